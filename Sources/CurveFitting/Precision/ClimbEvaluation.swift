import LSQScalars
import LeastSquares

/// What one evaluation of the gradient tells on a climb; numbers without type, since the next one has
/// another.
///
/// Sizes are powers of two, and digits those that remain in doubt by no more than one.
struct ClimbEvaluation {
  /// The correct digits of the point beside the largest effect of a parameter on the residuals,
  /// −log₁₀ of the effect of the step; no more than the type shows.
  let digits: Double
  /// The correct digits of the worst parameter that does not vanish.
  let parameterDigits: Double
  /// By how many digits the effect of a parameter that does not vanish is smaller than the largest.
  let spread: Double
  /// For each parameter whether its effect is smaller by so many digits that it is taken for zero.
  let vanishes: [Bool]
  /// By how many digits the residuals are smaller than the largest effect of a parameter.
  let residualDigits: Double
  /// The width of the type.
  let bits: Int
  /// The digits that the type shows.
  let shown: Double
  /// The point after the step.
  let next: [BinaryReal]
  /// The same in decimal, which takes time to write.
  let nextInDecimal: () -> [String]
  /// The sum of squares and what follows from it; nil where it was not asked for.
  let statistics: Statistics?
  /// Whether standard errors are in proportion to the residuals.
  private let isScatterUnknown: Bool

  /// What a fit says beside the parameters.
  struct Statistics {
    /// The standard errors that are known, then the sum of squares.
    let values: [BinaryReal]
    /// By how many digits these lag behind the point, by comparison with an evaluation before; nil
    /// without one.
    let lostDigits: Double?
    /// The same in decimal.
    let inDecimal: () -> Decimals
    let degreesOfFreedom: Int

    struct Decimals {
      let sumOfSquares: String
      let residualStandardDeviation: String?
      let standardErrors: [String?]
    }
  }

  /// Whether the residuals are more than the error of the point.
  var areResidualsKnown: Bool { residualDigits < digits - 3 }

  /// The bits that cancel in the residuals.
  var cancelledBits: Int {
    areResidualsKnown ? Int(max(residualDigits, 0) / Double.log10(2)) + 16 : 0
  }

  /// nil where the model is not finite, or JᵀJ is singular in the type.
  ///
  /// - Parameters:
  ///   - vanishingDigits: the digits by which an effect has to be smaller than the largest to vanish.
  ///   - reference: an evaluation before with statistics.
  ///   - shown: the digits that the type shows.
  init?<Scalar: LSQScalar>(
    of problem: ModelProblem<Scalar>, at x: [Scalar], _ hessian: HessianFactor,
    vanishingDigits: Int, after reference: Self?, shown: Double, withStatistics: Bool,
    by crew: Crew
  ) throws {
    let sweep = try GradientSweep(
      of: problem, at: x, withNormalMatrix: withStatistics, by: crew)
    guard sweep.isFinite, let step = hessian.solved(sweep.gradient.map { $0.binaryReal })
    else { return nil }
    let point = x.indices.map { x[$0] - Scalar(rounding: step[$0]) }
    next = point.map { $0.binaryReal }
    nextInDecimal = { point.map { $0.description } }
    let norms = hessian.normExponents
    // log₂ of sizes; nothing is smaller than all that counts.
    let nothing = -Double.greatestFiniteMagnitude
    func sizes(_ numbers: [BinaryReal]) -> [Double] {
      numbers.map { $0.binaryExponent.map(Double.init) ?? nothing }
    }
    let effects = zip(norms, sizes(next)).map { Double($0) + $1 }
    let largest = effects.max() ?? nothing
    let digitsPerBit = Double.log10(2)
    let negligible = largest - Double(vanishingDigits) / digitsPerBit
    vanishes = effects.map { $0 <= negligible }
    let least = effects.filter { $0 > negligible }.min() ?? largest
    spread = (largest - least) * digitsPerBit
    let changes = zip(norms, sizes(step)).map { Double($0) + $1 + 1 }
    digits = min((largest - (changes.max() ?? nothing)) * digitsPerBit, shown)
    let own = zip(effects, changes).map { (max($0, negligible) - $1) * digitsPerBit }
    parameterDigits = min(own.min() ?? digits, shown - spread)
    bits = Scalar.precisionBits
    self.shown = shown
    residualDigits = (largest - sizes([sweep.sumOfSquares.binaryReal])[0] / 2) * digitsPerBit
    isScatterUnknown = problem.sigma == nil
    guard withStatistics else {
      statistics = nil
      return
    }
    guard let variances = sweep.variances else { return nil }
    let degrees = problem.rowCount - x.count
    statistics = Statistics(
      sweep.sumOfSquares, variances, degreesOfFreedom: degrees,
      isScatterUnknown: isScatterUnknown, after: reference)
  }

  /// The result, with what vanishes as zero.
  func confirmed(
    digits count: Int, vanishingDigits: Int, termination: Termination, work: [ClimbStage]
  ) -> ConfirmedFit? {
    guard let statistics else { return nil }
    let decimals = statistics.inDecimal()
    let isExact = residualDigits >= Double(vanishingDigits)
    func scatter(_ text: String) -> String { isExact ? "0.0" : text }
    return ConfirmedFit(
      parameters: zip(nextInDecimal(), vanishes).map { $1 ? "0.0" : $0 },
      standardErrors: decimals.standardErrors.map {
        isScatterUnknown ? $0.map(scatter) : $0
      },
      sumOfSquares: scatter(decimals.sumOfSquares),
      residualStandardDeviation: decimals.residualStandardDeviation.map(scatter),
      degreesOfFreedom: statistics.degreesOfFreedom, digitsConfirmed: count, bits: bits,
      termination: termination, work: work)
  }
}

extension ClimbEvaluation.Statistics {
  fileprivate init<Scalar: LSQScalar>(
    _ sumOfSquares: Scalar, _ variances: [Scalar], degreesOfFreedom: Int, isScatterUnknown: Bool,
    after reference: ClimbEvaluation?
  ) {
    let variance = degreesOfFreedom > 0 ? sumOfSquares / Scalar(degreesOfFreedom) : nil
    let scale = isScatterUnknown ? variance : 1
    let errors = variances.map { v in scale.map { ($0 * v).squareRoot() } }
    let values = errors.compactMap { $0 } + [sumOfSquares]
    self.values = values.map { $0.binaryReal }
    lostDigits = reference.flatMap { reference in
      guard let before = reference.statistics?.values else { return nil }
      let agreement = zip(before, values).map { old, new in
        let change = Scalar(rounding: old) - new
        return change.isZero ? .infinity : Scalar.leadingZeros(change / new)
      }.min()
      return max(reference.digits - (agreement ?? .infinity), 0)
    }
    inDecimal = {
      Decimals(
        sumOfSquares: sumOfSquares.description,
        residualStandardDeviation: variance?.squareRoot().description,
        standardErrors: errors.map { $0?.description })
    }
    self.degreesOfFreedom = degreesOfFreedom
  }
}
