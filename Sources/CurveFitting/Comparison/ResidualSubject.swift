import LSQScalars
import LeastSquares

/// Residuals without data.
struct ResidualSubject: ComparisonSubject {
  let residuals: any AnyPrecisionResiduals

  func solve<Scalar: LSQScalar>(
    over type: Scalar.Type, _ options: FitOptions<Scalar>, monitor: @escaping Monitor<Scalar>
  ) throws -> SubjectOutcome<Scalar> {
    let problem = try residuals.residualProblem(over: type, derivatives: options.derivatives)
    let start = try residuals.start(over: type)
    let clock = ContinuousClock()
    let begin = clock.now
    let solve: FitSearch<Scalar>.Attempt = { start, options, tally in
      try AttemptedSolve(
        problem, from: start, options.solverOptions, unresolvedStep: options.unresolvedStep,
        monitor: monitor, tally: &tally)
    }
    var search = try residuals.model.map {
      try FitSearch($0.problem(over: type), options, by: solve)
    }
    let end = try search?.end(from: start)
    var tally = search?.tally ?? SolveTally()
    let attempt = try end?.attempt ?? solve(start, options, &tally)
    let (solution, newton) = (attempt.solution, end?.newton)
    let duration = begin.duration(to: clock.now)
    let (m, n) = (problem.residualCount, problem.parameterCount)
    let norm = end?.residualNorm ?? solution.residualNorm
    let deviation = m > n ? norm / .sqrt(Scalar(m - n)) : nil
    let determinacy =
      try newton?.point.flatMap { try problem.givenJacobian(at: $0.parameters) }
      .map { Determinacy(jacobian: $0) } ?? solution.determinacy
    let isElsewhere = end.map { $0.descent != nil || $0.isUnproven } ?? false
    let isPlateau = end?.isPlateau ?? attempt.isPlateau
    return SubjectOutcome(
      parameters: newton?.point?.parameters ?? solution.parameters,
      standardErrors: determinacy.standardErrors(scale: deviation),
      undetermined: determinacy.undetermined,
      sumOfSquares: Fit<Scalar>.text(ofSquare: norm * norm, of: norm),
      residualStandardDeviation: deviation,
      degreesOfFreedom: m - n,
      isConverged: !isElsewhere && !tally.isInterrupted && !isPlateau
        && (solution.termination.isSolved
          || options.tolerance == .tight && solution.termination.isAtPrecision),
      reason: reason(attempt, end, tally, options.derivatives), iterations: solution.iterations,
      residualEvaluations: tally.counts.residuals,
      jacobianEvaluations: tally.counts.jacobians,
      duration: duration)
  }

  private func reason<Scalar: LSQScalar>(
    _ attempt: AttemptedSolve<Scalar>, _ end: FitEnd<Scalar>?, _ tally: SolveTally,
    _ derivatives: FitDerivatives
  ) -> StopReason {
    let termination = attempt.solution.termination
    if tally.isInterrupted { return StopReason(.stopped(code: -1)) }
    if end?.descent != nil { return .saddle(termination) }
    if end?.isUnproven == true { return StopReason(.evaluationLimit) }
    if end?.isPlateau ?? attempt.isPlateau {
      return .plateau(termination, retries: tally.retries, over: Scalar.self)
    }
    if end?.newton?.point != nil { return .newtonContracted(termination) }
    return attempt.solution.closing?.isContracted == true
      ? .contracted(termination, derivatives: derivatives) : StopReason(termination)
  }

  func climb(
    digits: Int, ladder: @escaping ScalarLadder, _ options: PrecisionComparison.Options
  ) throws -> ConfirmedFit {
    guard let model = residuals.model else { throw NoModel() }
    return try FitSubject(fit: Ladder(residuals: residuals, model: model))
      .climb(digits: digits, ladder: ladder, options)
  }

  func jacobian<Scalar: LSQScalar>(
    over type: Scalar.Type, at x: [Scalar]
  ) throws -> Matrix<Scalar>? {
    let problem = try residuals.residualProblem(over: type, derivatives: .exact)
    return try problem.givenJacobian(at: x)
  }

  func startText<Scalar: LSQScalar>(over type: Scalar.Type) throws -> [String] {
    try residuals.start(over: type).map(\.description)
  }

  /// The residuals with their start, for a climb.
  private struct Ladder: AnyPrecisionFit {
    let residuals: any AnyPrecisionResiduals
    let model: any ResidualModel

    func problem<Scalar: LSQScalar>(over type: Scalar.Type) throws -> ModelProblem<Scalar> {
      try model.problem(over: type)
    }

    func start<Scalar: LSQScalar>(over type: Scalar.Type) throws -> [Scalar] {
      try residuals.start(over: type)
    }
  }

  private struct NoModel: Error, CustomStringConvertible {
    var description: String {
      "A ladder needs second derivatives: pose the residuals as a ResidualModel."
    }
  }
}
