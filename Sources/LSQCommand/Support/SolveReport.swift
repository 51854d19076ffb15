import CurveFitting
import LSQScalars
import LeastSquares

/// The result of a solve in whatever scalar type, with its reals as text that reads back exactly.
struct SolveReport {
  struct Parameter {
    var name: String
    var value: String
    /// Nil where the data do not determine it.
    var standardError: String?
  }

  /// The problem and its start, 1 or 2, in `compare`.
  var problem: (name: String, start: Int)?
  var scalar: ScalarName
  var jacobian: SolverOptions.Jacobian
  var reason: StopReason
  var isConverged = false
  var iterations = 0
  var residualEvaluations = 0
  var jacobianEvaluations = 0
  var seconds = 0.0
  var parameters: [Parameter]
  var sumOfSquares = "nan"
  var residualStandardDeviation: String?
  var degreesOfFreedom: Int
  /// The names of the parameters that the data do not determine.
  var undetermined: [String] = []
  /// The correct digits of the worst parameter, in `compare`.
  var digits: Double?

  /// The report on a fit.
  init<Scalar: LSQScalar>(
    _ fit: Fit<Scalar>, parameterNames names: [String], scalar: ScalarName,
    jacobian: SolverOptions.Jacobian, duration: Duration
  ) {
    self.scalar = scalar
    self.jacobian = jacobian
    reason = StopReason(fit)
    isConverged = fit.isConverged
    iterations = fit.solution.iterations
    residualEvaluations =
      fit.solution.counts.residuals + fit.discardedEvaluations.residuals + fit.newtonEvaluations
    jacobianEvaluations =
      fit.solution.counts.jacobians + fit.discardedEvaluations.jacobians + fit.newtonEvaluations
    seconds = duration / .seconds(1)
    parameters = names.indices.map { j in
      Parameter(
        name: names[j], value: fit.parameters[j].description,
        standardError: fit.standardErrors[j]?.description)
    }
    sumOfSquares = fit.sumOfSquares.description
    residualStandardDeviation = fit.residualStandardDeviation?.description
    degreesOfFreedom = fit.degreesOfFreedom
    undetermined = fit.undetermined.map { names[$0] }
  }

  /// The report on a fit to confirmed digits.
  init(_ fit: ConfirmedFit, parameterNames names: [String], duration: Duration) {
    scalar = .rung(bits: fit.bits)
    jacobian = .exact
    reason = .confirmed(fit)
    isConverged = true
    iterations = fit.work.count { $0.kind == .step }
    residualEvaluations = fit.work.reduce(0) { $0 + $1.residualEvaluations }
    jacobianEvaluations = fit.work.reduce(0) { $0 + $1.jacobianEvaluations }
    seconds = duration / .seconds(1)
    parameters = names.indices.map { j in
      Parameter(name: names[j], value: fit.parameters[j], standardError: fit.standardErrors[j])
    }
    sumOfSquares = fit.sumOfSquares
    residualStandardDeviation = fit.residualStandardDeviation
    degreesOfFreedom = fit.degreesOfFreedom
  }

  /// The report on a fit that could not begin; the parameters are the start.
  init(
    failure message: String, start: [Parameter], scalar: ScalarName,
    jacobian: SolverOptions.Jacobian, degreesOfFreedom: Int
  ) {
    self.scalar = scalar
    self.jacobian = jacobian
    self.degreesOfFreedom = degreesOfFreedom
    reason = .failure(message)
    parameters = start
  }

  /// The report as one line of JSON, without the line end.
  var json: String {
    var members: [(key: String, value: JSONText)] = []
    if let problem {
      members += [("problem", .string(problem.name)), ("start", .integer(problem.start))]
    }
    members += [
      ("scalar", .string(scalar.description)),
      ("bits", .integer(scalar.bits)),
      ("jacobian", .string(jacobian.rawValue)),
      ("termination", .string(reason.name)),
      ("info", .integer(reason.info)),
      ("converged", .boolean(isConverged)),
      ("iterations", .integer(iterations)),
      ("residualEvaluations", .integer(residualEvaluations)),
      ("jacobianEvaluations", .integer(jacobianEvaluations)),
      ("seconds", .number(seconds)),
      ("parameters", .array(parameters.map(\.json))),
      ("ssr", .string(sumOfSquares)),
      ("residualStandardDeviation", JSONText(residualStandardDeviation)),
      ("degreesOfFreedom", .integer(degreesOfFreedom)),
    ]
    if let digits { members.append(("digits", .number(digits))) }
    return JSONText.object(members).text
  }

  /// The time in words.
  var time: String {
    seconds < 1
      ? "\(seconds * 1000)".rounded(significantDigits: 3) + " ms"
      : "\(seconds)".rounded(significantDigits: 3) + " s"
  }
}

extension SolveReport.Parameter {
  fileprivate var json: JSONText {
    .object([
      ("name", .string(name)), ("value", .string(value)),
      ("standardError", JSONText(standardError)),
    ])
  }
}
