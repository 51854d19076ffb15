import LSQScalars
import LeastSquares

/// Where a solve ended, Newton steps included, and what exact second derivatives say about that point.
struct FitEnd<Scalar: LSQScalar> {
  let attempt: AttemptedSolve<Scalar>
  /// nil where Gauss–Newton steps contracted to rounding, or no test was met.
  let newton: NewtonEnding<Scalar>?
  /// Whether the solve went as far as its tolerance asks.
  let isAtGoal: Bool
  /// What exact derivatives say about the end.
  let look: EndLook<Scalar>
  /// The parameters along which steps have to contract, so that the step that was left leads to the minimum: none where
  /// closing steps were taken by exact derivatives, or where these see nothing but rounding.
  let looseParameters: [Int]
  /// A point near the end where the sum of squares is smaller, if the end is a saddle or a maximum; nil otherwise.
  let descent: [Scalar]?
  /// Whether there were no evaluations left for Newton steps or the last digits, or to look near the end, where the Hessian
  /// is not positive definite, or around it, where parameters have no effect.
  private(set) var isUnproven: Bool
  /// Whether parameters that have no effect here have one elsewhere, and a smaller sum of squares is known.
  private var isLessInfluential = false

  /// - Parameters:
  ///   - options: with the limit of the evaluations of all solves and steps.
  ///   - tally: of all solves so far, this one included; what follows is added.
  ///   - withNewton: whether Newton steps may follow where no closing steps were taken.
  /// - Throws: `CancellationError` of the model's.
  init(
    of problem: ModelProblem<Scalar>, _ attempt: AttemptedSolve<Scalar>,
    _ options: FitOptions<Scalar>, _ tally: inout SolveTally, withNewton: Bool = false
  ) throws {
    let solution = attempt.solution
    let isAtRest = !tally.isInterrupted && solution.termination.hasSettled
    self.attempt = attempt
    isAtGoal = isAtRest && (options.tolerance == .tight || solution.termination.isSolved)
    let limit = options.maximumResidualEvaluations
    // A caller that interrupts is not kept waiting for more than the solver knows.
    let (newton, look) =
      tally.isInterrupted
      ? (nil, EndLook(of: solution))
      : try Self.steps(
        of: problem, from: solution, isExact: options.derivatives == .exact,
        mayStep: isAtRest && (withNewton || solution.closing != nil), tally, limit)
    (self.newton, self.look) = (newton, look)
    looseParameters =
      if options.derivatives != .exact {
        try look.errors?.isStepRounding == true
          || look.isContracting(of: problem, from: solution.parameters) ? [] : look.free
      } else if options.isByTests, newton?.point == nil {
        try look.looseParameters(of: solution, in: problem)
      } else {
        []
      }
    if let newton { tally.add(residuals: newton.evaluations, jacobians: newton.evaluations) }
    guard isAtGoal, newton?.isAtMinimum != true, !tally.isInterrupted else {
      // Where Newton steps contract the Hessian is definite.
      (descent, isUnproven) = (nil, newton?.isOutOfEvaluations == true)
      return
    }
    // Differences may end on a kink, where nothing exact is available.
    var probe = DescentProbe(
      of: problem, beside: newton?.point?.parameters ?? solution.parameters,
      newton?.point?.residuals ?? solution.residuals,
      rounding: look.rounding?.norm ?? solution.roundingByEffects,
      limit: tally.remaining(of: limit))
    defer { tally.add(residuals: probe.evaluations) }
    descent = try Self.descent(by: &probe, look, solution)
    isUnproven =
      descent == nil && (probe.isOutOfEvaluations || newton?.isOutOfEvaluations == true)
  }

  /// A point near the end where the sum of squares is smaller: along negative curvature, or along parameters without
  /// effect or dependent ones, of which curvature need not tell.
  private static func descent(
    by probe: inout DescentProbe<Scalar>, _ look: EndLook<Scalar>, _ solution: Solution<Scalar>
  ) throws -> [Scalar]? {
    let dependencies = (look.determinacy ?? solution.determinacy).dependencies
    let idle =
      look.sweep?.idleParameters
      ?? dependencies.filter { $0.factors.isEmpty }.map { $0.parameter }
    return try look.sweep.flatMap { NegativeCurvature($0) }?.descent(by: &probe)
      ?? probe.descent(ofIdle: idle) ?? probe.descent(ofDependent: dependencies)
  }

  /// Newton steps, where Gauss–Newton steps did not contract or left one that is longer than rounding makes it, and a
  /// look at the point where all these steps led. Where the Jacobian is singular and no steps contract along all parameters,
  /// those that it does not determine are held.
  private static func steps(
    of problem: ModelProblem<Scalar>, from solution: Solution<Scalar>, isExact: Bool, mayStep: Bool,
    _ tally: SolveTally, _ limit: Int?
  ) throws -> (NewtonEnding<Scalar>?, EndLook<Scalar>) {
    let isContracted = isExact && solution.closing?.isContracted == true
    func look(after newton: NewtonEnding<Scalar>?) throws -> EndLook<Scalar> {
      if tally.isInterrupted { return EndLook(of: solution) }
      return try EndLook(
        of: problem, at: newton?.point?.parameters ?? solution.parameters,
        newton?.point?.residuals ?? solution.residuals, units: solution.scaling,
        isContracted: isContracted,
        known: isContracted && newton?.point == nil ? solution : nil)
    }
    guard isExact, mayStep else { return (nil, try look(after: nil)) }
    let before = try isContracted ? look(after: nil) : nil
    // Where J is zero, steps by it say nothing.
    if let before, !before.free.isEmpty, before.errors?.isStepRounding != false {
      return (nil, before)
    }
    var count = EvaluationAllowance(tally, limit)
    let newton = try NewtonEnding(of: problem, from: solution, &count)
    if newton.point != nil { return (newton, try look(after: newton)) }
    let end = try before ?? look(after: nil)
    guard !newton.isOutOfEvaluations, !tally.isInterrupted,
      end.free.count < solution.parameters.count, end.errors?.isStepRounding != true
    else { return (newton, end) }
    let along = try NewtonEnding(
      of: problem, from: solution, along: end.free, &count)
    return (along, try along.point == nil ? end : look(after: along))
  }

  /// Whether the minimum may be farther away than rounding explains: closing steps were taken, and neither they nor Newton
  /// steps contracted; or they left a parameter without a digit, because it is zero or no larger than the next step; or
  /// the Newton step that is left is longer than rounding makes it.
  var isUnsettled: Bool {
    guard let closing = attempt.solution.closing else { return false }
    if leadsOn { return true }
    guard newton?.point == nil else { return false }
    return !closing.isContracted || Scalar(16) * closing.relativeStep > 1
  }

  /// Whether nothing says that the minimum is farther away than the errors.
  var isNear: Bool { !isUnsettled && looseParameters.isEmpty }

  /// Whether the solve ended on a plateau. Where Newton steps contract the Hessian is definite, whatever the rank of the
  /// Jacobian.
  var isPlateau: Bool {
    (attempt.isPlateau || isLessInfluential) && newton?.isAtMinimum != true
  }

  /// Whether the Newton step that is left after closing steps is longer than rounding makes it.
  var leadsOn: Bool {
    attempt.solution.closing != nil && look.errors?.isStepRounding == false
  }

  /// The parameters.
  var parameters: [Scalar] { newton?.point?.parameters ?? attempt.solution.parameters }

  /// The residuals.
  var residuals: [Scalar] { newton?.point?.residuals ?? attempt.solution.residuals }

  /// ‖r‖.
  var residualNorm: Scalar { newton?.point?.residualNorm ?? attempt.solution.residualNorm }

  /// Whether the solve went as far as its tolerance asks, and not to a plateau.
  var isSettled: Bool { isAtGoal && !attempt.isPlateau && !isLessInfluential }

  /// Whether it is settled, no saddle, and no step leads on from there.
  var isAtRest: Bool {
    isSettled && descent == nil && !isUnsettled && look.determinacy != nil
  }

  /// Whether the sum of squares is smaller than at another end by more than the last half of the digits.
  func isClearlySmaller(than other: Self) -> Bool {
    residualNorm.isClearlyLess(than: other.residualNorm)
  }

  /// The same on a plateau.
  var onPlateau: Self {
    var result = self
    result.isLessInfluential = true
    return result
  }

  /// The same end, with no evaluations left to prove that it is a minimum.
  var unproven: Self {
    var result = self
    result.isUnproven = descent == nil
    return result
  }
}

extension Solution {
  /// What rounding does to the residuals by the effects of the parameters, ε·(‖r‖ + Σ_j ‖J_j‖·|x_j|).
  fileprivate var roundingByEffects: Scalar {
    Scalar.ulpOfOne * (residualNorm + determinacy.sumOfEffects(of: parameters))
  }
}
