import LSQScalars

extension Examination {
  /// Checks the law.
  mutating func run() {
    switch law {
    case .addition: checkSums(sign: .plus)
    case .subtraction: checkSums(sign: .minus)
    case .multiplication: checkProducts()
    case .division: checkQuotients()
    case .squareRoot: checkSquareRoots()
    case .fusedMultiplyAdd: checkFusedMultiplyAdd()
    case .inPlaceForms: checkInPlaceForms()
    case .signs: checkSigns()
    case .remainders: checkRemainders()
    case .integerRounding: checkIntegerRounding()
    case .integers: checkIntegers()
    case .order: checkOrder()
    case .zeros: checkZeros()
    case .infinities: checkInfinities()
    case .notANumber: checkNotANumber()
    case .spacing: checkSpacing()
    case .parts: checkParts()
    case .range: checkRange()
    case .euclideanNorm: checkEuclideanNorm()
    case .dotProduct: checkDotProduct()
    case .addScaled: checkAddScaled()
    case .addScaledWithinBuffer: checkAddScaledWithinBuffer()
    case .applyToLanes: checkApplyToLanes()
    case .copy: checkCopy()
    case .divide: checkDivide()
    case .applyReflector: checkApplyReflector()
    case .rotate: checkRotate()
    case .solveDamped: checkSolveDamped()
    case .multiply: checkMultiply()
    case .combine: checkCombine()
    case .binaryReal: checkBinaryReal()
    case .textRoundTrip: checkTextRoundTrip()
    case .decimalText: checkDecimalText()
    case .textRejection: checkTextRejection()
    case .dyadicLiterals: checkDyadicLiterals()
    case .decimalLiterals: checkDecimalLiterals()
    case .modelNumber: checkModelNumber()
    case .elementaryFunctions: checkElementaryFunctions()
    case .gamma: checkGamma()
    case .specialValuesOfFunctions: checkSpecialValuesOfFunctions()
    }
  }
}
