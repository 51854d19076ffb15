import CurveFitting
import LSQScalars
import LeastSquares

/// The result of a fit in any scalar type, with its reals as text that reads back exactly.
struct SolveReport {
  struct Parameter {
    var name: String
    var value: String
    /// Nil if the data do not determine the parameter.
    var standardError: String?
  }

  var scalar: ScalarName
  var jacobian: FitDerivatives
  var reason: StopReason
  var isConverged = false
  var iterations = 0
  var residualEvaluations = 0
  var jacobianEvaluations = 0
  var seconds = 0.0
  var parameters: [Parameter]
  /// The parameters that were held, which are not among these.
  var fixed: [ParameterValue] = []
  /// The covariance matrix by rows, from a fit in one type.
  var covariance: [[String]]?
  var sumOfSquares = "nan"
  var residualStandardDeviation: String?
  var degreesOfFreedom: Int
  /// How often a solve began anew; those evaluations are included.
  var retries = 0
  /// The remedy of the retry that succeeded.
  var remedy: FitRemedy?
  /// The names of the parameters that the data do not determine.
  var undetermined: [String] = []
  /// The digits that were asked for and confirmed.
  var digitsConfirmed: Int?
  /// The digits of the parameters that an interrupted climb reached, not confirmed.
  var digitsReached: Int?
  /// The width at which digits were confirmed, if it is not that of the scalar.
  var bitsNeeded: Int?
  /// Where the digits are lost, in a fit in one type.
  var accuracy: FitAccuracy?
  /// The relative error of the residuals that differences assumed.
  var residualPrecision: String?

  /// The report on a fit.
  init<Scalar: LSQScalar>(
    _ fit: Fit<Scalar>, parameterNames names: [String], scalar: ScalarName, duration: Duration
  ) {
    self.scalar = scalar
    jacobian = fit.derivatives
    reason = StopReason(fit, parameterNames: names)
    isConverged = fit.isSolved
    iterations = fit.solution.iterations
    residualEvaluations = fit.evaluations.residuals
    jacobianEvaluations = fit.evaluations.jacobians
    seconds = duration / .seconds(1)
    parameters = names.indices.map { j in
      Parameter(
        name: names[j], value: fit.parameters[j].description,
        standardError: fit.standardErrors[j]?.description)
    }
    covariance = fit.covariance.map { matrix in
      names.indices.map { i in names.indices.map { matrix[i, $0].description } }
    }
    sumOfSquares = fit.sumOfSquaresText
    residualStandardDeviation = fit.residualStandardDeviation?.description
    degreesOfFreedom = fit.degreesOfFreedom
    undetermined = fit.openParameters.map { names[$0] }
    retries = fit.retries
    remedy = fit.remedy
    if let wide = fit.refinement {
      add(wide.work.evaluations)
      (digitsConfirmed, bitsNeeded) = (wide.digitsConfirmed, wide.bits)
      if !fit.sumOfSquares.isNormal, fit.residualNorm > 0 {
        sumOfSquares = wide.sumOfSquares.rounded(significantDigits: wide.digitsConfirmed)
      }
    }
    accuracy = fit.accuracy(parameterNames: names)
    if fit.derivatives != .exact { residualPrecision = fit.residualPrecision.description }
  }

  /// The report on a fit to confirmed digits, without the time.
  init(_ fit: ConfirmedFit, parameterNames names: [String]) {
    scalar = .rung(bits: fit.bits)
    jacobian = .exact
    reason = StopReason(fit, parameterNames: names)
    isConverged = true
    iterations = fit.work.stepCount
    parameters = names.indices.map { j in
      Parameter(name: names[j], value: fit.parameters[j], standardError: fit.standardErrors[j])
    }
    sumOfSquares = fit.sumOfSquares
    residualStandardDeviation = fit.residualStandardDeviation
    degreesOfFreedom = fit.degreesOfFreedom
    undetermined = fit.undetermined.map { names[$0] }
    digitsConfirmed = fit.digitsConfirmed
    add(fit.work.evaluations)
  }

  /// The report on a climb that was interrupted, without the time.
  init(_ end: DigitsNotReached, parameterNames names: [String], degreesOfFreedom: Int) {
    scalar = .rung(bits: end.bits)
    jacobian = .exact
    reason = .interruptedClimb
    iterations = end.work.stepCount
    let digits = end.digitsReached > 0 ? end.digitsReached : nil
    func known(_ text: String) -> String {
      digits.map { text.rounded(significantDigits: $0) } ?? text
    }
    parameters = zip(names, end.parameters).map {
      Parameter(name: $0, value: known($1), standardError: nil)
    }
    sumOfSquares = known(end.sumOfSquares ?? "nan")
    self.degreesOfFreedom = degreesOfFreedom
    digitsReached = digits
    add(end.work.evaluations)
  }

  /// The report on a fit to every bit of a scalar.
  init<Scalar: LSQScalar>(
    _ fit: CorrectlyRoundedFit<Scalar>, parameterNames names: [String], scalar: ScalarName,
    duration: Duration
  ) {
    self.init(fit.confirmed, parameterNames: names)
    self.scalar = scalar
    seconds = duration / .seconds(1)
    bitsNeeded = fit.confirmed.bits
    reason = .correctlyRounded(fit.confirmed, parameterNames: names, to: scalar)
    for j in names.indices {
      parameters[j].value = fit.parameters[j].description
      parameters[j].standardError = fit.standardErrors[j]?.description
    }
    sumOfSquares = fit.sumOfSquares.description
    residualStandardDeviation = fit.residualStandardDeviation?.description
  }

  /// The same for a fit that was interrupted before its end was examined.
  var interrupted: Self {
    var result = self
    result.reason = .interruptedFit
    result.isConverged = false
    return result
  }

  private mutating func add(_ counts: EvaluationCounts) {
    residualEvaluations += counts.residuals
    jacobianEvaluations += counts.jacobians
  }

  /// Sets residuals that are no more than rounding to zero, and the scatter with them.
  mutating func takeResidualsForZero(hasKnownScatter: Bool) {
    sumOfSquares = "0.0"
    if residualStandardDeviation != nil { residualStandardDeviation = "0.0" }
    guard !hasKnownScatter else { return }
    for j in parameters.indices where parameters[j].standardError != nil {
      parameters[j].standardError = "0.0"
    }
    covariance = covariance.map { $0.map { $0.map { _ in "0.0" } } }
  }

  /// The time in words.
  var time: String { seconds.durationText }
}
