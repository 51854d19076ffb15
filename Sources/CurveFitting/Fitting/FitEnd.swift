import LSQScalars
import LeastSquares

/// Where a solve ended, Newton steps included, and what exact second derivatives say of that point.
struct FitEnd<Scalar: LSQScalar> {
  let attempt: AttemptedSolve<Scalar>
  /// nil where Gauss–Newton steps contracted, or no test was met.
  let newton: NewtonEnding<Scalar>?
  /// Whether the solve went as far as its tolerance asks.
  let isAtGoal: Bool
  /// Residuals and exact derivatives at the end; nil where they are not finite or the model throws.
  let sweep: CurvatureSweep<Scalar>?
  /// The exact Jacobian at the end; nil where it is not finite or the model throws.
  let jacobian: Matrix<Scalar>?
  /// What rounding does to the residuals there.
  let rounding: RowRounding<Scalar>?
  /// A point beside the end where the sum of squares is smaller, if the end is a saddle or a maximum; nil otherwise.
  let descent: [Scalar]?
  /// Whether the Hessian is not positive definite, and there were no evaluations left to look beside the end.
  let isUnproven: Bool
  /// The evaluations of the residuals that it took to find that.
  let descentEvaluations: Int

  /// - Parameter options: with the limit of the evaluations of all solves and steps.
  /// - Throws: `CancellationError` of the model's.
  init(
    of problem: ModelProblem<Scalar>, _ attempt: AttemptedSolve<Scalar>,
    _ options: FitOptions<Scalar>
  ) throws {
    let solution = attempt.solution
    let isAtRest = solution.termination.isSolved || solution.termination.isAtPrecision
    self.attempt = attempt
    isAtGoal = isAtRest && (options.tolerance == .tight || solution.termination.isSolved)
    if options.derivatives == .exact, let closing = solution.closing, !closing.isContracted,
      isAtRest
    {
      newton = try NewtonEnding(of: problem, from: solution)
    } else {
      newton = nil
    }
    let x = newton?.point?.parameters ?? solution.parameters
    do {
      let found = try CurvatureSweep(of: problem, at: x)
      sweep = found.isFinite ? found : nil
    } catch  where !(error is CancellationError || Task.isCancelled) {
      sweep = nil
    }
    let residuals = newton?.point?.residuals ?? solution.residuals
    // Where the rank is judged by it, it is the solver's, rounding included.
    let isContracted = options.derivatives == .exact && solution.closing?.isContracted == true
    let jacobian =
      try (isContracted ? sweep?.jacobian : nil) ?? problem.finiteJacobian(at: x)
    self.jacobian = jacobian
    rounding = jacobian.map { RowRounding(of: problem, residuals, $0, at: x) }
    var evaluations = 0
    var search = NegativeCurvature<Scalar>.Search.nothing
    // Where Newton steps contract the Hessian is definite.
    if isAtGoal, newton?.point == nil, let sweep, let rounding,
      let curvature = NegativeCurvature(sweep)
    {
      let spent =
        attempt.solution.counts.residuals + attempt.discarded.residuals + (newton?.evaluations ?? 0)
      search = try curvature.descent(
        of: problem, from: x, residualNorm: EuclideanNorm<Scalar>()(sweep.residuals.span),
        rounding: rounding.norm,
        limit: options.maximumResidualEvaluations.map { $0 - spent },
        counting: &evaluations)
    }
    (descent, isUnproven) =
      switch search {
      case .descent(let point): (point, false)
      case .nothing: (nil, false)
      case .outOfEvaluations: (nil, true)
      }
    descentEvaluations = evaluations
  }

  /// Whether the minimum may be farther away than rounding explains: closing steps were taken, and neither they nor Newton
  /// steps contracted, or they left a parameter without a digit, as where it is zero, or so small that the next step is as
  /// long as it.
  var isUnsettled: Bool {
    guard newton?.point == nil, let closing = attempt.solution.closing else { return false }
    return !closing.isContracted || Scalar(16) * closing.relativeStep > 1
  }

  /// The parameters.
  var parameters: [Scalar] { newton?.point?.parameters ?? attempt.solution.parameters }

  /// The evaluations of all solves and steps.
  var counts: EvaluationCounts {
    let own = newton?.evaluations ?? 0
    return attempt.solution.counts + attempt.discarded
      + EvaluationCounts(residuals: own + descentEvaluations, jacobians: own)
  }
}
