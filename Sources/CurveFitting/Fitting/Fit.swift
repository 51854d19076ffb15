public import LSQScalars
public import LeastSquares

/// The result of fitting a model to data.
public struct Fit<Scalar: LSQScalar>: Sendable {
  /// The parameters b.
  public let parameters: [Scalar]
  /// The standard errors of the parameters; nil for a parameter that the data do not determine, and
  /// where there is no degree of freedom left to estimate the scatter from.
  ///
  /// With known σ they are √(C_jj), else s·√(C_jj), with C = (JᵀJ)⁻¹ at the solution.
  public let standardErrors: [Scalar?]
  /// Bounds of the errors of the computation, to be held beside the standard errors; nil for a parameter
  /// that the data do not determine.
  ///
  /// With C = (JᵀJ)⁻¹, ε the type's `ulpOfOne` and t the relative change of r that the fit could not
  /// resolve,
  ///
  ///     √C_jj · (ε·Σ_k ‖J_k‖·|b_k| + t·‖r‖).
  ///
  /// t is 0 where closing steps contracted, else √ftol. The bound is an estimate, one or two digits too
  /// large on NIST's problems. Where derivatives came from differences, ε is ``residualPrecision``, and in
  /// the place of t·‖r‖ stands twice the length of two Gauss–Newton steps C·Jᵀr with exact derivatives,
  /// which lead from the point where differences see a minimum towards the minimum.
  public let numericalErrors: [Scalar?]
  /// The sum of squares of the residuals, Σ rᵢ².
  public let sumOfSquares: Scalar
  /// m − n.
  public let degreesOfFreedom: Int
  /// s = √(Σ rᵢ²/(m − n)); nil where m = n.
  public let residualStandardDeviation: Scalar?
  /// The covariance matrix of the parameters, scaled like the standard errors; nil where one of those is.
  public let covariance: Matrix<Scalar>?
  /// What the Jacobian at the solution says about each parameter: rank, dependencies, (JᵀJ)⁻¹; nil where
  /// it is not finite.
  public let determinacy: Determinacy<Scalar>?
  /// The parameters, counted from zero, that the data do not determine.
  public let undetermined: [Int]
  /// Whether the fit went as far as its tolerance asks, with derivatives that mean something.
  public let isConverged: Bool
  /// Whether the residuals are so large, or the steps so small, that their differences lost the effect of
  /// a parameter that exact derivatives still see at the solution. The solver then takes a point for a
  /// minimum that is none.
  public let areDifferencesLost: Bool
  /// Whether the solver ended on a plateau, where a parameter has lost the influence that it had at the
  /// start, or at a point that is no minimum, and other first regions and scalings did not help.
  public let isPlateau: Bool
  /// How often the start was tried again, because the first solve ended on a plateau or the model threw an
  /// error at a trial point.
  public let retries: Int
  /// Which of the retries ended well; nil where the first solve did, or none.
  public let remedy: FitRemedy?
  /// The evaluations of the solves that do not count, beside those of ``solution``; those of solves that an
  /// error ended, and of a solve in `Double`, included.
  public let discardedEvaluations: EvaluationCounts
  /// Where the derivatives came from.
  public let derivatives: FitDerivatives
  /// The relative error of the residuals that differences reckoned with, given or measured; the type's ε
  /// otherwise.
  public let residualPrecision: Scalar
  /// What made the last digits.
  public let ending: Ending
  /// Evaluations of the residuals and of the Jacobian, of each, that Newton steps took beyond the
  /// solver's counts, whether or not they contracted; second derivatives came with all but the last.
  public let newtonEvaluations: Int
  /// What the solver says; its parameters are those before Newton steps, where any were taken.
  public let solution: Solution<Scalar>

  /// What made the last digits of a fit.
  public enum Ending: Sendable, Hashable {
    /// MINPACK's tests.
    case tests
    /// Gauss–Newton steps that contracted until rounding stopped them.
    case gaussNewtonSteps
    /// Newton steps on the gradient that did, where Gauss–Newton steps do not contract.
    case newtonSteps
  }
}

extension ModelProblem {
  /// Fits the model from a start.
  ///
  /// Where the solver ends on a plateau, or the model throws an error at a trial point, the start is tried
  /// again by the means of ``FitRemedy``.
  ///
  /// - Throws: `LeastSquaresError` where the problem cannot be solved as posed; what the model throws, at the
  ///   start at once, and at a trial point where none of these means helps.
  /// - Complexity: O(m·n²) per iteration, beside m evaluations of the model and of its gradient.
  public func fit(
    from start: [Scalar], options: FitOptions<Scalar> = FitOptions()
  ) throws -> Fit<Scalar> {
    let precision = try residualPrecision(options, at: start)
    var counts = EvaluationCounts()
    let attempt = try attempt(from: start, options, residualPrecision: precision, &counts)
    let solution = attempt.solution
    let isExact = options.derivatives == .exact
    let isContracted = solution.closing?.isContracted == true
    var newton: NewtonEnding<Scalar>?
    if isExact, let closing = solution.closing, !closing.isContracted,
      solution.termination.isSolved || solution.termination.isAtPrecision
    {
      newton = try NewtonEnding(of: self, from: solution)
    }
    let jacobian =
      isExact && isContracted
      ? nil : try finiteJacobian(at: newton?.point?.parameters ?? solution.parameters)
    let determinacy =
      isExact && isContracted
      ? solution.determinacy : jacobian.map { Determinacy(jacobian: $0) }
    let areDifferencesLost = !isExact && solution.determinacy.rank < determinacy?.rank ?? 0
    let isAtGoal =
      solution.termination.isSolved
      || options.tolerance == .tight && solution.termination.isAtPrecision
    // Beside the solution the model may throw what it likes: then the distance is not known.
    let distances = isExact ? nil : try? remainingDistances(from: solution.parameters)
    return Fit(
      attempt, newton, determinacy, hasSigma: sigma != nil, options, residualPrecision: precision,
      isConverged: isAtGoal && !areDifferencesLost
        && (!attempt.isPlateau || newton?.point != nil),
      areDifferencesLost: areDifferencesLost,
      remainingDistances: distances)
  }

  /// Solves, by more than one means if need be, and adds up the evaluations, also where an error is thrown.
  private func attempt(
    from start: [Scalar], _ options: FitOptions<Scalar>, residualPrecision: Scalar,
    _ counts: inout EvaluationCounts
  ) throws -> AttemptedSolve<Scalar> {
    let problem = try LeastSquaresProblem(
      residualCount: rowCount, parameterCount: parameterCount,
      jacobian: jacobianSource(options.derivatives, residualPrecision), residuals: residuals)
    return try AttemptedSolve(
      problem, from: start, options.solverOptions(parameterCount: parameterCount),
      inDouble: Scalar.precisionBits < Double.precisionBits
        ? { try self.endInDouble(from: start, options, limit: $0, &$1) } : nil, counting: &counts)
  }

  /// Where a solve in `Double` ends, if it ends well; the data are those of this type.
  private func endInDouble(
    from start: [Scalar], _ options: FitOptions<Scalar>, limit: Int?,
    _ counts: inout EvaluationCounts
  ) throws -> [Scalar]? {
    let wide = try ModelProblem<Double>(
      model: model, predictors: predictors.map { Double(nearest: $0) },
      predictorCount: predictorCount, response: response.map { Double(nearest: $0) },
      sigma: sigma.map { $0.map { Double(nearest: $0) } }, parameterCount: parameterCount)
    let wideStart = start.map { Double(nearest: $0) }
    let wideOptions = options.inDouble(limit: limit)
    let end = try wide.attempt(
      from: wideStart, wideOptions,
      residualPrecision: wide.residualPrecision(wideOptions, at: wideStart), &counts)
    let termination = end.solution.termination
    let parameters = end.solution.parameters.map { Scalar(nearest: $0) }
    let isGood =
      !end.isPlateau && (termination.isSolved || termination.isAtPrecision)
      && parameters.allSatisfy(\.isFinite)
    return isGood ? parameters : nil
  }

  /// For every parameter how far two Gauss–Newton steps with exact derivatives go; nil where they cannot be
  /// taken. The first one misses what curvature mixes into a parameter from the others.
  private func remainingDistances(from parameters: [Scalar]) throws -> [Scalar]? {
    var x = parameters
    var distances = [Scalar](repeating: 0, count: parameterCount)
    for _ in 0..<2 {
      guard let jacobian = try finiteJacobian(at: x) else { return nil }
      let factor = LeastSquaresFactor(jacobian)
      guard factor.hasFullRank else { return nil }
      var residuals = [Scalar](repeating: 0, count: rowCount)
      var target = residuals.mutableSpan
      try self.residuals(x.span, &target)
      let step = factor.solve(factor.rotated(residuals))
      for j in x.indices {
        x[j] -= step[j]
        distances[j] += step[j].magnitude
      }
    }
    return distances
  }

  private func jacobianSource(
    _ derivatives: FitDerivatives, _ precision: Scalar
  ) -> JacobianSource<Scalar> {
    switch derivatives {
    case .exact: .withResiduals(residualsAndJacobian)
    case .forward: .forwardDifferences(residualPrecision: precision)
    case .central: .centralDifferences(residualPrecision: precision)
    }
  }

  /// The relative error of the residuals that differences reckon with.
  private func residualPrecision(
    _ options: FitOptions<Scalar>, at start: [Scalar]
  ) throws -> Scalar {
    switch options.residualPrecision {
    case .machine: return .ulpOfOne
    case .relative(let precision): return precision
    case .measured:
      // Where the solver will refuse the start there is nothing to measure.
      guard options.derivatives != .exact, start.count == parameterCount,
        start.allSatisfy(\.isFinite)
      else { return .ulpOfOne }
      let noise = try measuredNoise(of: residuals, residualCount: rowCount, at: start)
      return max(noise.relative ?? .ulpOfOne, .ulpOfOne)
    }
  }

  /// The exact Jacobian at the solution, since the solver's own is mostly of the point before; nil where it
  /// is not finite, or the model throws.
  private func finiteJacobian(at parameters: [Scalar]) throws -> Matrix<Scalar>? {
    var jacobian = Matrix<Scalar>(
      rowCount: rowCount, columnCount: parameterCount, repeating: 0)
    var elements = jacobian.elements.mutableSpan
    do { try self.jacobian(parameters.span, &elements) } catch  where !(error is CancellationError)
    {
      return nil
    }
    return jacobian.elements.allSatisfy(\.isFinite) ? jacobian : nil
  }
}

extension Fit {
  init(
    _ attempt: AttemptedSolve<Scalar>, _ newton: NewtonEnding<Scalar>?,
    _ determinacy: Determinacy<Scalar>?, hasSigma: Bool, _ options: FitOptions<Scalar>,
    residualPrecision: Scalar, isConverged: Bool, areDifferencesLost: Bool,
    remainingDistances: [Scalar]?
  ) {
    let solution = attempt.solution
    let (m, n) = (solution.residuals.count, solution.parameters.count)
    self.solution = solution
    // Where Newton steps contract the Hessian is definite, whatever the rank of the Jacobian.
    isPlateau = attempt.isPlateau && newton?.point == nil
    retries = attempt.retries
    remedy = attempt.remedy
    discardedEvaluations = attempt.discarded
    self.determinacy = determinacy
    self.residualPrecision = residualPrecision
    derivatives = options.derivatives
    self.isConverged = isConverged
    self.areDifferencesLost = areDifferencesLost
    let isContracted = solution.closing?.isContracted == true
    ending = newton?.point != nil ? .newtonSteps : isContracted ? .gaussNewtonSteps : .tests
    newtonEvaluations = newton?.evaluations ?? 0
    parameters = newton?.point?.parameters ?? solution.parameters
    sumOfSquares = (newton?.point?.residuals ?? solution.residuals).reduce(0) { $0 + $1 * $1 }
    let norm = newton?.point?.residualNorm ?? solution.residualNorm
    degreesOfFreedom = m - n
    // From the norm, which neither overflows nor underflows where the sum of squares does.
    let deviation = m > n ? norm / .sqrt(Scalar(m - n)) : nil
    residualStandardDeviation = deviation
    undetermined = determinacy?.undetermined ?? Array(0..<n)
    let parameters = parameters
    let isExact = options.derivatives == .exact
    let precision = isExact ? .ulpOfOne : residualPrecision
    let unresolved = isExact ? options.unresolvedChange(ending: ending) * norm : 0
    numericalErrors = (0..<n).map { j in
      guard let determinacy, !determinacy.undetermined.contains(j) else { return nil }
      let size = (0..<n).reduce(0) { $0 + determinacy.columnNorms[$1] * parameters[$1].magnitude }
      let bound = determinacy.covariance[j, j].squareRoot() * (precision * size + unresolved)
      guard !isExact else { return bound }
      return remainingDistances.map { bound + 2 * $0[j] }
    }
    guard let determinacy, let scale = hasSigma ? 1 : deviation else {
      standardErrors = Array(repeating: nil, count: n)
      covariance = nil
      return
    }
    var scaled = determinacy.covariance
    for i in scaled.elements.indices { scaled.elements[i] *= scale * scale }
    let isUndetermined = Set(determinacy.undetermined)
    standardErrors = (0..<n).map { j in
      isUndetermined.contains(j) ? nil : determinacy.covariance[j, j].squareRoot() * scale
    }
    covariance = isUndetermined.isEmpty ? scaled : nil
  }
}
