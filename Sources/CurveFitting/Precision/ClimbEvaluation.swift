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
    let sumOfSquares: String
    let residualStandardDeviation: String?
    let standardErrors: [String?]
    let degreesOfFreedom: Int
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
    let effects = hessian.effects(of: point)
    let largest = effects.max() ?? 0
    let negligible = largest * (Scalar("1e-\(Int(wanted))") ?? Scalar.ulpOfOne)
    vanishes = effects.map { $0 <= negligible }
    let changes = zip(hessian.effects(of: step), effects).map { change, effect in
      change == 0 ? 0 : change / max(effect, negligible)
    }
    digits = min(Scalar.leadingZeros(changes.max() ?? 0), shown)
    bits = Scalar.precisionBits
    self.shown = shown
    next = point.map(\.description)
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
    statistics = Statistics(
      sumOfSquares: sweep.sumOfSquares.description,
      residualStandardDeviation: variance?.squareRoot().description,
      standardErrors: errors.map { $0?.description }, degreesOfFreedom: m - n)
    let before =
      previous?.statistics.map { $0.standardErrors.compactMap { $0 } + [$0.sumOfSquares] } ?? []
    let pairs = zip(
      before.map { Scalar($0) ?? .nan }, errors.compactMap { $0 } + [sweep.sumOfSquares])
    agreement = pairs.map { old, new in Scalar.leadingZeros((old - new) / new) }.min() ?? 0
  }

  /// The result, with what vanishes as zero.
  func confirmed(
    digits count: Int, vanishingDigits: Int, termination: Termination, work: [ClimbStage]
  ) -> ConfirmedFit? {
    guard let statistics else { return nil }
    let isExact = residualDigits >= Double(vanishingDigits)
    func scatter(_ text: String) -> String { isExact ? "0.0" : text }
    return ConfirmedFit(
      parameters: zip(next, vanishes).map { $1 ? "0.0" : $0 },
      standardErrors: statistics.standardErrors.map {
        isScatterUnknown ? $0.map(scatter) : $0
      },
      sumOfSquares: scatter(statistics.sumOfSquares),
      residualStandardDeviation: statistics.residualStandardDeviation.map(scatter),
      degreesOfFreedom: statistics.degreesOfFreedom, digitsConfirmed: count, bits: bits,
      termination: termination, work: work)
  }
}
