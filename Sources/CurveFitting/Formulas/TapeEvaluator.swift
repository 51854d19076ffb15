public import LSQScalars
import LeastSquares

/// A tape with its registers for one type of number. Running it allocates nothing.
@usableFromInline
struct TapeEvaluator<Number: ModelNumber> {
  private let tape: Tape
  private var registers: [Number]

  /// Reads the constants of a tape at the precision of `Number`.
  ///
  /// - Throws: ``FormulaError`` for a constant beyond the range of the scalar.
  init(_ tape: Tape) throws(FormulaError) {
    self.tape = tape
    registers = Array(repeating: 0, count: tape.registerCount)
    let firstConstant = tape.parameterCount + tape.predictorCount
    for (index, constant) in tape.constants.enumerated() {
      registers[firstConstant + index] = Number(try tapeConstant(constant))
    }
  }

  /// The value of the formula.
  mutating func value(_ b: Span<Number>, _ x: Span<Number>) -> Number {
    precondition(
      b.count == tape.parameterCount && x.count == tape.predictorCount,
      "The formula has \(tape.parameterCount) parameters and \(tape.predictorCount) predictors")
    let instructions = tape.instructions
    var span = registers.mutableSpan
    evaluateTape(instructions.span, &span, b, x)
    return registers[tape.result]
  }
}

/// A tape as a function of one type of number.
///
/// - Throws: ``FormulaError`` for a constant beyond the range of the scalar.
@specialized(where Number == Double)
@specialized(where Number == Float)
#if (arch(i386) || arch(x86_64)) && !os(Windows) && !os(Android)
  @specialized(where Number == Float80)
#endif
@specialized(where Number == Dual<Double, 1>)
@specialized(where Number == Dual<Double, 2>)
@specialized(where Number == Dual<Double, 3>)
@specialized(where Number == Dual<Double, 4>)
@specialized(where Number == Dual<Double, 6>)
@specialized(where Number == Dual<Double, 8>)
@specialized(where Number == Dual<Double, 12>)
@specialized(where Number == Dual<Double, 16>)
@specialized(where Number == Dual<Float, 1>)
@specialized(where Number == Dual<Float, 2>)
@specialized(where Number == Dual<Float, 3>)
@specialized(where Number == Dual<Float, 4>)
@specialized(where Number == Dual<Float, 6>)
@specialized(where Number == Dual<Float, 8>)
@specialized(where Number == Dual<Float, 12>)
@specialized(where Number == Dual<Float, 16>)
#if (arch(i386) || arch(x86_64)) && !os(Windows) && !os(Android)
  @specialized(where Number == Dual<Float80, 1>)@specialized(where Number == Dual<Float80, 2>)@specialized(
    where Number == Dual<Float80, 3>
  )@specialized(where Number == Dual<Float80, 4>)@specialized(where Number == Dual<Float80, 6>)@specialized(
    where Number == Dual<Float80, 8>
  )@specialized(where Number == Dual<Float80, 12>)@specialized(where Number == Dual<Float80, 16>)
#endif
func tapeFunction<Number: ModelNumber>(
  _ tape: Tape, over type: Number.Type
) throws(FormulaError) -> (Span<Number>, Span<Number>) throws -> Number {
  var evaluator = try TapeEvaluator<Number>(tape)
  return { evaluator.value($0, $1) }
}

/// Copies the inputs into their registers and runs the instructions.
private func evaluateTape<Number: ModelNumber>(
  _ instructions: Span<Tape.Instruction>, _ registers: inout MutableSpan<Number>,
  _ b: Span<Number>, _ x: Span<Number>
) {
  for j in b.indices { registers[j] = b[j] }
  for k in x.indices { registers[b.count + k] = x[k] }
  for i in instructions.indices {
    let instruction = instructions[i]
    let target = instruction.target
    let left = instruction.left
    let right = instruction.right
    // In place where the target is the left operand: that saves a copy of the number.
    switch instruction.operation {
    case .add:
      if target != left { registers[target] = registers[left] }
      registers[target] += registers[right]
    case .subtract:
      if target == left {
        registers[target] -= registers[right]
      } else {
        registers[target] = registers[left] - registers[right]
      }
    case .multiply:
      if target != left { registers[target] = registers[left] }
      registers[target] *= registers[right]
    case .divide:
      if target == left {
        registers[target] /= registers[right]
      } else {
        registers[target] = registers[left] / registers[right]
      }
    case .negate:
      if target != left { registers[target] = registers[left] }
      registers[target].negate()
    case .power: registers[target] = power(registers[left], registers[right])
    case .integerPower: registers[target] = .pow(registers[left], right)
    case .root: registers[target] = .root(registers[left], right)
    case .call(.atan2): registers[target] = .atan2(y: registers[left], x: registers[right])
    case .call(.pow): registers[target] = .pow(registers[left], registers[right])
    case .call(.min): registers[target] = .lesser(registers[left], registers[right])
    case .call(.max): registers[target] = .greater(registers[left], registers[right])
    case .call(let function): registers[target] = apply(function, registers[left])
    }
  }
}

/// xʸ, with 0⁰ = 1 and whole powers of negative numbers as in C, Foundation and NumPy; `ElementaryFunctions` leaves
/// these undefined.
///
/// For 0⁰ the slope along x is that of x⁰, which is 0, and along y that of 0ʸ, which is −∞.
@inline(__always)
func power<Number: ModelNumber>(_ x: Number, _ y: Number) -> Number {
  typealias Recorded = RecordedNumber<Number.Scalar>
  if Number.self == Recorded.self, let x = x as? Recorded, let y = y as? Recorded {
    // One step, which looks at the numbers whenever it is taken.
    let result = Recorded.step(.power, x, y, value: power(x.value, y.value))
    if let result = result as? Number { return result }
  }
  guard x.realPart == 0, y.realPart == 0 else {
    return x.realPart < 0 ? powerOfNegative(x, y) : .pow(x, y)
  }
  // tʸ − 1 is 0 at y = 0 with the slope log t, which is then carried beyond the range.
  let scale = Number(Number.Scalar.greatestFiniteMagnitude)
  return 1 + (.pow(Number(Number.Scalar.leastNormalMagnitude), y) - 1) * scale
}

/// xʸ for x < 0, which is NaN unless y is whole. For y near a whole number there is no power, and so no slope along y.
@inline(never)
private func powerOfNegative<Number: ModelNumber>(_ x: Number, _ y: Number) -> Number {
  let exponent = y.realPart
  guard exponent.isFinite, exponent == exponent.rounded() else { return .pow(x, y) }
  let (half, size) = (exponent / 2, Number.pow(-x, y))
  // |y − y| is 0, with the slope NaN where y has one.
  return (half == half.rounded() ? size : -size) + .absoluteValue(y - Number(exponent))
}

/// A constant at the precision of a scalar type.
///
/// - Throws: ``FormulaError`` for a constant beyond the range of the scalar.
func tapeConstant<Scalar: LSQScalar>(_ constant: Tape.Constant) throws(FormulaError) -> Scalar {
  switch constant {
  case .pi: return .pi
  case .decimal(let text, let column):
    guard let value = DecimalText.parsed(text, as: Scalar.self) else {
      throw FormulaError(
        .constantOutOfRange(type: Scalar.nameInWords), column: column, token: text)
    }
    return value
  }
}

/// A function of one argument.
@inline(__always)
func apply<Number: ModelNumber>(_ function: MathFunction, _ x: Number) -> Number {
  switch function {
  case .exp: .exp(x)
  case .log: .log(x)
  case .log10: .log10(x)
  case .log2: .log2(x)
  case .sqrt: .sqrt(x)
  case .cbrt: .root(x, 3)
  case .sin: .sin(x)
  case .cos: .cos(x)
  case .tan: .tan(x)
  case .asin: .asin(x)
  case .acos: .acos(x)
  case .atan: .atan(x)
  case .sinh: .sinh(x)
  case .cosh: .cosh(x)
  case .tanh: .tanh(x)
  case .abs: .absoluteValue(x)
  case .erf: .erf(x)
  case .erfc: .erfc(x)
  case .expMinusOne: .expMinusOne(x)
  case .logOnePlus: .log(onePlus: x)
  case .asinh: .asinh(x)
  case .acosh: .acosh(x)
  case .atanh: .atanh(x)
  case .atan2, .pow, .min, .max:
    preconditionFailure("\(function.rawValue) has two arguments")
  }
}
