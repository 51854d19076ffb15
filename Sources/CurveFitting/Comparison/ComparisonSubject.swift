import LSQScalars
import LeastSquares

/// What is compared: something that can be solved, and differentiated, in any scalar type.
protocol ComparisonSubject {
  /// Solves in a scalar type, and reports every step to the monitor.
  ///
  /// - Throws: where the solve cannot begin.
  func solve<Scalar: LSQScalar>(
    over type: Scalar.Type, _ options: FitOptions<Scalar>, monitor: @escaping Monitor<Scalar>
  ) throws -> SubjectOutcome<Scalar>

  /// Climbs to a number of digits.
  ///
  /// - Throws: ``DigitsNotReached`` where they cannot be confirmed.
  func climb(
    digits: Int, ladder: @escaping ScalarLadder, _ options: PrecisionComparison.Options
  ) throws -> ConfirmedFit

  /// The exact Jacobian at a point, where there is one.
  func jacobian<Scalar: LSQScalar>(over type: Scalar.Type, at x: [Scalar]) throws -> Matrix<Scalar>?

  /// The start in a scalar type, as text.
  func startText<Scalar: LSQScalar>(over type: Scalar.Type) throws -> [String]
}

extension ComparisonSubject {
  /// The start in the first type that holds it; nil where none does.
  func startText(in types: [any LSQScalar.Type]) -> [String]? {
    types.lazy.compactMap { try? startText(over: $0) }.first
  }
}

/// The outcome in one scalar type.
struct SubjectOutcome<Scalar: LSQScalar> {
  let parameters: [Scalar]
  let standardErrors: [Scalar?]
  /// The parameters, counted from zero, that the data leave open.
  let undetermined: [Int]
  /// As text, also where it is beyond the range of the type.
  let sumOfSquares: String
  let residualStandardDeviation: Scalar?
  let degreesOfFreedom: Int
  let isConverged: Bool
  let reason: StopReason
  let iterations: Int
  let residualEvaluations: Int
  let jacobianEvaluations: Int
  let duration: Duration
}

extension SubjectOutcome {
  /// What a fit came to.
  ///
  /// - Parameter names: of the parameters; nil for b1, b2, ….
  init(_ fit: Fit<Scalar>, parameterNames names: [String]?, _ duration: Duration) {
    self.init(
      parameters: fit.parameters, standardErrors: fit.standardErrors,
      undetermined: fit.openParameters, sumOfSquares: fit.sumOfSquaresText,
      residualStandardDeviation: fit.residualStandardDeviation,
      degreesOfFreedom: fit.degreesOfFreedom, isConverged: fit.isSolved,
      reason: StopReason(fit, parameterNames: names), iterations: fit.solution.iterations,
      residualEvaluations: fit.evaluations.residuals,
      jacobianEvaluations: fit.evaluations.jacobians,
      duration: duration)
  }
}

/// A model fitted to data.
struct FitSubject: ComparisonSubject {
  let fit: any AnyPrecisionFit
  /// Nil for b1, b2, ….
  var parameterNames: [String]?
  /// The types to look in where parameters may be redundant by rounding alone.
  var ladder: ScalarLadder?

  func solve<Scalar: LSQScalar>(
    over type: Scalar.Type, _ options: FitOptions<Scalar>, monitor: @escaping Monitor<Scalar>
  ) throws -> SubjectOutcome<Scalar> {
    let problem = try fit.problem(over: type)
    let start = try fit.start(over: type)
    let clock = ContinuousClock()
    let begin = clock.now
    let found = try problem.fit(from: start, options: options, monitor: monitor)
    let duration = begin.duration(to: clock.now)
    let result = try ladder.map { try fit.judged(found, ladder: $0) } ?? found
    return SubjectOutcome(result, parameterNames: parameterNames, duration)
  }

  func climb(
    digits: Int, ladder: @escaping ScalarLadder, _ options: PrecisionComparison.Options
  ) throws -> ConfirmedFit {
    try fit.fit(
      digits: digits, ladder: ladder,
      maximumResidualEvaluations: options.maximumResidualEvaluations,
      isInterrupted: options.isInterrupted)
  }

  func jacobian<Scalar: LSQScalar>(
    over type: Scalar.Type, at x: [Scalar]
  ) throws -> Matrix<Scalar>? {
    try fit.problem(over: type).jacobian(at: x)
  }

  func startText<Scalar: LSQScalar>(over type: Scalar.Type) throws -> [String] {
    try fit.start(over: type).map(\.description)
  }
}
