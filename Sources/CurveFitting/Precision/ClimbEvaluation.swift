import LSQScalars
import LeastSquares

/// What one evaluation of the gradient tells on a climb; numbers as text, since the next type is another.
struct ClimbEvaluation {
  /// The correct digits of the worst parameter at the point of the evaluation, −log₁₀ of the step's largest
  /// relative change; no more than the type shows.
  let digits: Double
  /// The width of the type.
  let bits: Int
  /// The digits that the type shows.
  let shown: Double
  /// The point after the step.
  let next: [String]
  /// The same in decimal, which takes time to write.
  let nextInDecimal: () -> [String]
  /// For each parameter whether its effect on the residuals is negligible beside the largest.
  let vanishes: [Bool]
  /// By how many digits the residuals are smaller than the largest effect of a parameter.
  let residualDigits: Double
  /// The digits to which standard errors and sum of squares agree with those of the evaluation before.
  let agreement: Double
  /// The sum of squares and what follows from it; nil where it was not asked for.
  let statistics: Statistics?
  /// Whether standard errors are in proportion to the residuals.
  private let isScatterUnknown: Bool

  /// What a fit says beside the parameters.
  struct Statistics {
    /// The standard errors that are known, then the sum of squares, for the evaluation after.
    let values: [String]
    /// The same in decimal.
    let inDecimal: () -> Decimals
    let degreesOfFreedom: Int

    struct Decimals {
      let sumOfSquares: String
      let residualStandardDeviation: String?
      let standardErrors: [String?]
    }
  }

  /// The bits that cancel in the residuals; none as long as they are nothing but the error of the point.
  var cancelledBits: Int {
    residualDigits < digits - 3 ? Int(max(residualDigits, 0) / Double.log10(2)) + 16 : 0
  }

  /// nil where the model is not finite, or JᵀJ is singular in the type.
  ///
  /// - Parameters:
  ///   - wanted: digits; the change of a parameter whose effect on the residuals is smaller by more than so
  ///     many digits than that of the largest is taken relative to that.
  ///   - shown: the digits that the type shows.
  ///   - withStatistics: whether the end is near.
  init?<Scalar: LSQScalar>(
    of problem: ModelProblem<Scalar>, at x: [Scalar], _ hessian: HessianFactor, wanted: Double,
    after previous: Self?, shown: Double, withStatistics: Bool
  ) throws {
    let (m, n) = (problem.rowCount, x.count)
    let sweep = try GradientSweep(of: problem, at: x, withNormalMatrix: withStatistics)
    guard sweep.isFinite, let step = hessian.solved(sweep.gradient) else { return nil }
    let point = (0..<n).map { x[$0] - step[$0] }
    let norms = hessian.columnNorms(as: Scalar.self)
    let effects = zip(norms, point).map { $0 * $1.magnitude }
    let largest = effects.max() ?? 0
    let places = Scalar.Exponent((wanted / Double.log10(2)).rounded(.up))
    let negligible = largest * Scalar(sign: .plus, exponent: -places, significand: 1)
    vanishes = effects.map { $0 <= negligible }
    let changes: [Scalar] = step.indices.map { j in
      let change = norms[j] * step[j].magnitude
      return change == 0 ? 0 : change / max(effects[j], negligible)
    }
    digits = min(Scalar.leadingZeros(changes.max() ?? 0), shown)
    bits = Scalar.precisionBits
    self.shown = shown
    next = point.map { $0.transferText }
    nextInDecimal = { point.map(\.description) }
    let norm = sweep.sumOfSquares.squareRoot()
    residualDigits = largest > 0 ? Scalar.leadingZeros(norm / largest) : 0
    isScatterUnknown = problem.sigma == nil
    guard withStatistics else {
      statistics = nil
      agreement = 0
      return
    }
    guard let variances = sweep.variances else { return nil }
    let variance = m > n ? sweep.sumOfSquares / Scalar(m - n) : nil
    let scale = isScatterUnknown ? variance : 1
    let errors = variances.map { v in scale.map { ($0 * v).squareRoot() } }
    let sumOfSquares = sweep.sumOfSquares
    let values = errors.compactMap { $0 } + [sumOfSquares]
    statistics = Statistics(
      values: values.map { $0.transferText },
      inDecimal: {
        .init(
          sumOfSquares: sumOfSquares.description,
          residualStandardDeviation: variance?.squareRoot().description,
          standardErrors: errors.map { $0?.description })
      }, degreesOfFreedom: m - n)
    let before = previous?.statistics?.values ?? []
    let pairs = zip(before.map { Scalar($0) ?? .nan }, values)
    agreement = pairs.map { old, new in Scalar.leadingZeros((old - new) / new) }.min() ?? 0
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
