import LSQScalars
import LeastSquares

/// What is compared: something that can be solved, and differentiated, in any scalar type.
protocol ComparisonSubject {
  /// Solves in a scalar type, and tells the monitor every step.
  ///
  /// - Throws: where the solve cannot begin.
  func solve<Scalar: LSQScalar>(
    over type: Scalar.Type, _ options: FitOptions<Scalar>
  ) throws -> SubjectOutcome<Scalar>

  /// Climbs to a number of digits; nil where the problem resists.
  func climb(
    digits: Int, ladder: @escaping ScalarLadder, _ options: PrecisionComparison.Options
  ) throws -> ConfirmedFit?

  /// The exact Jacobian at a point.
  func jacobian<Scalar: LSQScalar>(over type: Scalar.Type, at x: [Scalar]) throws -> Matrix<Scalar>

  /// The start, as text.
  func startText() throws -> [String]
}

/// What came out in one scalar type.
struct SubjectOutcome<Scalar: LSQScalar> {
  let parameters: [Scalar]
  let standardErrors: [Scalar?]
  let sumOfSquares: Scalar
  let residualStandardDeviation: Scalar?
  let degreesOfFreedom: Int
  let isConverged: Bool
  let reason: StopReason
  let iterations: Int
  let residualEvaluations: Int
  let jacobianEvaluations: Int
  let duration: Duration
}

/// A model fitted to data.
struct FitSubject: ComparisonSubject {
  let fit: any AnyPrecisionFit

  func solve<Scalar: LSQScalar>(
    over type: Scalar.Type, _ options: FitOptions<Scalar>
  ) throws -> SubjectOutcome<Scalar> {
    let problem = try fit.problem(over: type)
    let start = try fit.start(over: type)
    let clock = ContinuousClock()
    let begin = clock.now
    let result = try problem.fit(from: start, options: options)
    let duration = begin.duration(to: clock.now)
    let counts = result.solution.counts
    return SubjectOutcome(
      parameters: result.parameters, standardErrors: result.standardErrors,
      sumOfSquares: result.sumOfSquares,
      residualStandardDeviation: result.residualStandardDeviation,
      degreesOfFreedom: result.degreesOfFreedom, isConverged: result.isConverged,
      reason: StopReason(result), iterations: result.solution.iterations,
      residualEvaluations: counts.residuals + result.newtonEvaluations,
      jacobianEvaluations: counts.jacobians + result.newtonEvaluations, duration: duration)
  }

  func climb(
    digits: Int, ladder: @escaping ScalarLadder, _ options: PrecisionComparison.Options
  ) throws -> ConfirmedFit? {
    try fit.fit(
      digits: digits, ladder: ladder,
      maximumResidualEvaluations: options.maximumResidualEvaluations,
      isInterrupted: options.isInterrupted)
  }

  func jacobian<Scalar: LSQScalar>(
    over type: Scalar.Type, at x: [Scalar]
  ) throws -> Matrix<Scalar> {
    let problem = try fit.problem(over: type)
    var matrix = Matrix<Scalar>(
      rowCount: problem.rowCount, columnCount: problem.parameterCount, repeating: 0)
    var elements = matrix.elements.mutableSpan
    try problem.jacobian(x.span, &elements)
    return matrix
  }

  func startText() throws -> [String] { try fit.start(over: Double.self).map(\.description) }
}

/// Residuals without data.
struct ResidualSubject: ComparisonSubject {
  let residuals: any AnyPrecisionResiduals

  func solve<Scalar: LSQScalar>(
    over type: Scalar.Type, _ options: FitOptions<Scalar>
  ) throws -> SubjectOutcome<Scalar> {
    let problem = try residuals.residualProblem(over: type, derivatives: options.derivatives)
    let start = try residuals.start(over: type)
    let solver = LevenbergMarquardt(
      options: options.solverOptions(parameterCount: problem.parameterCount))
    let clock = ContinuousClock()
    let begin = clock.now
    let solution = try solver.minimize(problem, from: start)
    let duration = begin.duration(to: clock.now)
    let (m, n) = (problem.residualCount, problem.parameterCount)
    let deviation = m > n ? solution.residualNorm / .sqrt(Scalar(m - n)) : nil
    let determinacy = solution.determinacy
    let isOpen = Set(determinacy.undetermined)
    let isContracted = solution.closing?.isContracted == true
    return SubjectOutcome(
      parameters: solution.parameters,
      standardErrors: (0..<n).map { j in
        isOpen.contains(j)
          ? nil : deviation.map { $0 * determinacy.covariance[j, j].squareRoot() }
      },
      sumOfSquares: solution.sumOfSquares, residualStandardDeviation: deviation,
      degreesOfFreedom: m - n,
      isConverged: solution.termination.isSolved
        || options.tolerance == .tight && solution.termination.isAtPrecision,
      reason: isContracted
        ? .contracted(solution.termination, derivatives: options.derivatives)
        : StopReason(solution.termination),
      iterations: solution.iterations, residualEvaluations: solution.counts.residuals,
      jacobianEvaluations: solution.counts.jacobians, duration: duration)
  }

  func climb(
    digits: Int, ladder: @escaping ScalarLadder, _ options: PrecisionComparison.Options
  ) throws -> ConfirmedFit? { nil }

  func jacobian<Scalar: LSQScalar>(
    over type: Scalar.Type, at x: [Scalar]
  ) throws -> Matrix<Scalar> {
    let problem = try residuals.residualProblem(over: type, derivatives: .exact)
    return try problem.givenJacobian(at: x)
  }

  func startText() throws -> [String] { try residuals.start(over: Double.self).map(\.description) }
}
