import LSQScalars
import LeastSquares

/// Residuals without data.
struct ResidualSubject: ComparisonSubject {
  let residuals: any AnyPrecisionResiduals

  func solve<Scalar: LSQScalar>(
    over type: Scalar.Type, _ options: FitOptions<Scalar>
  ) throws -> SubjectOutcome<Scalar> {
    let problem = try residuals.residualProblem(over: type, derivatives: options.derivatives)
    let start = try residuals.start(over: type)
    let clock = ContinuousClock()
    let begin = clock.now
    var spent = EvaluationCounts()
    let attempt = try AttemptedSolve(
      problem, from: start, options.solverOptions(parameterCount: problem.parameterCount),
      counting: &spent)
    let solution = attempt.solution
    let newton = try newtonEnding(from: solution, options)
    let duration = begin.duration(to: clock.now)
    let (m, n) = (problem.residualCount, problem.parameterCount)
    let norm = newton?.point?.residualNorm ?? solution.residualNorm
    let deviation = m > n ? norm / .sqrt(Scalar(m - n)) : nil
    let determinacy =
      try newton?.point.map {
        Determinacy(jacobian: try problem.givenJacobian(at: $0.parameters))
      } ?? solution.determinacy
    let isOpen = Set(determinacy.undetermined)
    let extra = newton?.evaluations ?? 0
    return SubjectOutcome(
      parameters: newton?.point?.parameters ?? solution.parameters,
      standardErrors: (0..<n).map { j in
        isOpen.contains(j)
          ? nil : deviation.map { $0 * determinacy.deviations[j] }
      },
      sumOfSquares: norm * norm, residualStandardDeviation: deviation,
      degreesOfFreedom: m - n,
      isConverged: (!attempt.isPlateau || newton?.point != nil)
        && (solution.termination.isSolved
          || options.tolerance == .tight && solution.termination.isAtPrecision),
      reason: reason(attempt, newton, options.derivatives), iterations: solution.iterations,
      residualEvaluations: spent.residuals + extra, jacobianEvaluations: spent.jacobians + extra,
      duration: duration)
  }

  /// Newton steps where Gauss–Newton steps do not contract, and second derivatives can be had.
  private func newtonEnding<Scalar: LSQScalar>(
    from solution: Solution<Scalar>, _ options: FitOptions<Scalar>
  ) throws -> NewtonEnding<Scalar>? {
    guard options.derivatives == .exact, let model = residuals.model,
      let closing = solution.closing, !closing.isContracted,
      solution.termination.isSolved || solution.termination.isAtPrecision
    else { return nil }
    return try NewtonEnding(of: model.problem(over: Scalar.self), from: solution)
  }

  private func reason<Scalar: LSQScalar>(
    _ attempt: AttemptedSolve<Scalar>, _ newton: NewtonEnding<Scalar>?,
    _ derivatives: FitDerivatives
  ) -> StopReason {
    let termination = attempt.solution.termination
    if newton?.point != nil { return .newtonContracted(termination) }
    if attempt.isPlateau { return .plateau(termination, retries: attempt.retries) }
    return attempt.solution.closing?.isContracted == true
      ? .contracted(termination, derivatives: derivatives) : StopReason(termination)
  }

  func climb(
    digits: Int, ladder: @escaping ScalarLadder, _ options: PrecisionComparison.Options
  ) throws -> ConfirmedFit? {
    guard let model = residuals.model else { throw NoModel() }
    return try FitSubject(fit: Ladder(residuals: residuals, model: model))
      .climb(digits: digits, ladder: ladder, options)
  }

  func jacobian<Scalar: LSQScalar>(
    over type: Scalar.Type, at x: [Scalar]
  ) throws -> Matrix<Scalar> {
    let problem = try residuals.residualProblem(over: type, derivatives: .exact)
    return try problem.givenJacobian(at: x)
  }

  func startText() throws -> [String] { try residuals.start(over: Double.self).map(\.description) }

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
