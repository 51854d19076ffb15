import LSQScalars

/// Residuals and Jacobian in one evaluation, where the caller offers that.
///
/// The algorithm asks for residuals at a trial point, and for the Jacobian there only after the step was
/// accepted. So the two are computed together where a step is expected to be accepted and not to be the
/// last, and the Jacobian is kept until it is asked for. Nothing that the algorithm computes depends on
/// whether that was so.
extension Solve {
  /// Evaluates the residuals at a point and, where it pays, the Jacobian ahead.
  static func evaluate(
    _ problem: LeastSquaresProblem<Scalar>, at point: [Scalar], _ residuals: inout [Scalar],
    ahead jacobian: inout [Scalar], isJacobianLikelyWanted: Bool
  ) throws -> Bool {
    guard isJacobianLikelyWanted, case .withResiduals(let evaluate) = problem.jacobian else {
      try fill(&residuals, at: point, by: problem.residuals)
      return false
    }
    try fill(&residuals, &jacobian, at: point, by: evaluate)
    return true
  }

  /// Evaluates the residuals at the present parameters, and returns their norm.
  mutating func evaluateResiduals() throws -> Scalar {
    counts.residuals += 1
    if let rows = problem.rows {
      return try rows.residualNorm(at: memory.parameters, anticipating: true)
    }
    hasJacobianAhead = false
    hasJacobianAhead = try Self.evaluate(
      problem, at: memory.parameters, &memory.residuals, ahead: &memory.jacobianAhead,
      isJacobianLikelyWanted: true)
    return constants.norm(memory.residuals)
  }

  /// Evaluates the residuals at the trial point, and returns their norm.
  mutating func evaluateTrialResiduals() throws -> Scalar {
    counts.residuals += 1
    if let rows = problem.rows {
      return try rows.residualNorm(
        at: memory.trialParameters, anticipating: anticipatesLinearization)
    }
    hasJacobianAhead = false
    hasJacobianAhead = try Self.evaluate(
      problem, at: memory.trialParameters, &memory.trialResiduals, ahead: &memory.jacobianAhead,
      isJacobianLikelyWanted: isAcceptanceLikely)
    return constants.norm(memory.trialResiduals)
  }

  /// Whether the step will probably be taken and be followed by another: the last one was taken, and the
  /// linear model still promises more than the tolerance.
  private var isAcceptanceLikely: Bool {
    let promise = predictedChange / residualNorm
    return (quality.isAcceptable || counts.residuals == 2)
      && promise * promise > tests.tolerances.reduction
  }

  /// Makes the Jacobian at the present parameters the matrix to be factorised.
  mutating func takeJacobian(_ evaluate: ResidualJacobianFunction<Scalar>) throws {
    counts.jacobians += 1
    if !hasJacobianAhead {
      try fill(
        &memory.trialResiduals, &memory.jacobianAhead, at: memory.parameters, by: evaluate)
    }
    hasJacobianAhead = false
    swap(&memory.linearization.factor, &memory.jacobianAhead)
  }
}
