import LSQScalars

/// Residuals and Jacobian in one evaluation, where the caller offers it or the problem is given by rows.
///
/// The algorithm asks for residuals at a trial point, and for the Jacobian there only once the step has
/// been accepted. So the two are computed together where a step is expected to be accepted and not to be
/// the last, and the Jacobian is kept until it is asked for. No result of the algorithm depends on
/// whether that was done.
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
  mutating func evaluateResiduals(
    _ problem: LeastSquaresProblem<Scalar>
  ) throws -> Scalar {
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
  mutating func evaluateTrialResiduals(
    _ problem: LeastSquaresProblem<Scalar>
  ) throws -> Scalar {
    counts.residuals += 1
    if let rows = problem.rows {
      return try rows.residualNorm(
        at: memory.trialParameters, anticipating: anticipatesLinearization(of: problem))
    }
    hasJacobianAhead = false
    hasJacobianAhead = try Self.evaluate(
      problem, at: memory.trialParameters, &memory.trialResiduals, ahead: &memory.jacobianAhead,
      isJacobianLikelyWanted: problem.jacobian.isWithResiduals
        && anticipatesLinearization(of: problem))
    return measureTrial()
  }

  /// ‖f‖ at the trial point; a whole step returns ‖D·(x − p)‖ with it.
  private mutating func measureTrial() -> Scalar {
    guard Scalar.hasWholeSteps else { return constants.norm(memory.trialResiduals) }
    let norms = Self.measureWhole(
      memory.trialResiduals, memory.trialParameters, memory.scaling, constants, &memory.room)
    trialScaledNorm = norms.scaledNorm
    return norms.residualNorm
  }

  /// The same in one call, where the scalar type offers it.
  @inline(__always)
  static func measureWhole(
    _ residuals: [Scalar], _ parameters: [Scalar], _ scaling: [Scalar],
    _ constants: Constants<Scalar>, _ room: inout [Scalar]
  ) -> (residualNorm: Scalar, scaledNorm: Scalar) {
    room.asScratch {
      Scalar.measure(
        residuals: residuals.span, parameters: parameters.span, scaling: scaling.span,
        norm: constants.norm, scratch: &$0)
    }
  }

  /// Whether the derivatives at the trial point will probably be asked for next: most trial steps are
  /// accepted, unless the last one was not, and all but the last are followed by another.
  ///
  /// The answer affects the time alone, and no number.
  private func anticipatesLinearization(of problem: LeastSquaresProblem<Scalar>) -> Bool {
    if isProbablyLast { return options.closingSteps }
    let isFirstTrial = quality.gainRatio == 0 && iteration == 1
    // Differences save one evaluation in n + 2 where the step is accepted, and waste n where it is
    // not.
    return problem.jacobian.isByDifferences
      ? quality.gainRatio >= constants.threeQuarters
      : isFirstTrial || quality.isAcceptable
  }

  /// Whether the step promises so little that the convergence tests will be met.
  private var isProbablyLast: Bool {
    let linear = predictedChange / residualNorm
    let damped = memory.damping.value.squareRoot() * stepLength / residualNorm
    return linear * linear + damped * damped / constants.half <= options.tolerances.reduction
      || stepLength / constants.half <= options.tolerances.step * scaledNorm
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
