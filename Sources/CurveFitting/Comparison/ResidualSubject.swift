import LSQScalars
import LeastSquares

/// Residuals without data.
struct ResidualSubject: ComparisonSubject {
  let residuals: any AnyPrecisionResiduals
  let parameterNames: [String]
  /// The types to look in where parameters may be redundant by rounding alone.
  let ladder: ScalarLadder?

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
    guard let model = residuals.model else {
      var tally = SolveTally()
      let attempt = try solve(start, options, &tally)
      return outcome(of: attempt, tally, options, begin.duration(to: clock.now))
    }
    let differentiable = try model.problem(over: type)
    var search = FitSearch(differentiable, options, by: solve)
    let end = try search.end(from: start)
    let found = try differentiable.fit(
      at: end, search.tally, from: start, options, residualPrecision: .ulpOfOne)
    let duration = begin.duration(to: clock.now)
    let fit = try ladder.map {
      try Ladder(residuals: residuals, model: model).judged(found, ladder: $0)
    }
    return SubjectOutcome(fit ?? found, parameterNames: parameterNames, duration)
  }

  /// The outcome where there are no second derivatives to judge it by.
  private func outcome<Scalar: LSQScalar>(
    of attempt: AttemptedSolve<Scalar>, _ tally: SolveTally, _ options: FitOptions<Scalar>,
    _ duration: Duration
  ) -> SubjectOutcome<Scalar> {
    let (solution, determinacy) = (attempt.solution, attempt.solution.determinacy)
    let norm = solution.residualNorm
    return SubjectOutcome(
      parameters: solution.parameters, standardErrors: solution.standardErrors,
      undetermined: determinacy.undetermined,
      sumOfSquares: Fit<Scalar>.text(ofSquare: norm * norm, of: norm),
      residualStandardDeviation: solution.residualStandardDeviation,
      degreesOfFreedom: solution.degreesOfFreedom,
      isConverged: !tally.isInterrupted && !attempt.isPlateau
        && (solution.termination.isSolved
          || options.tolerance == .tight && solution.termination.isAtPrecision),
      reason: reason(attempt, tally, options.derivatives), iterations: solution.iterations,
      residualEvaluations: tally.counts.residuals, jacobianEvaluations: tally.counts.jacobians,
      duration: duration)
  }

  private func reason<Scalar: LSQScalar>(
    _ attempt: AttemptedSolve<Scalar>, _ tally: SolveTally, _ derivatives: FitDerivatives
  ) -> StopReason {
    let termination = attempt.solution.termination
    if tally.isInterrupted { return StopReason(.stopped(code: -1)) }
    if attempt.isPlateau {
      return .plateau(termination, retries: tally.retries, over: Scalar.self)
    }
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
