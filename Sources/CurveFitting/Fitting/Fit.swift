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
  /// Whether the fit ended at a saddle or a maximum, where the gradient vanishes and the exact Hessian
  /// JᵀJ + Σ rᵢ∇²rᵢ is not positive definite: beside that point the sum of squares is smaller.
  public let isSaddle: Bool
  /// How often a solve began anew: because the first one ended on a plateau or the model threw an error at a
  /// trial point, or because it ended at a saddle.
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

extension Fit {
  init(
    _ end: FitEnd<Scalar>, _ determinacy: Determinacy<Scalar>?, hasSigma: Bool,
    _ options: FitOptions<Scalar>, residualPrecision: Scalar, areDifferencesLost: Bool,
    remainingDistances: [Scalar]?
  ) {
    let (attempt, newton) = (end.attempt, end.newton)
    let solution = attempt.solution
    let (m, n) = (solution.residuals.count, solution.parameters.count)
    self.solution = solution
    // Where Newton steps contract the Hessian is definite, whatever the rank of the Jacobian.
    isPlateau = attempt.isPlateau && newton?.point == nil
    isSaddle = end.descent != nil
    retries = attempt.retries
    remedy = attempt.remedy
    discardedEvaluations =
      attempt.discarded + EvaluationCounts(residuals: end.descentEvaluations, jacobians: 0)
    self.determinacy = determinacy
    self.residualPrecision = residualPrecision
    derivatives = options.derivatives
    isConverged = end.isAtGoal && !areDifferencesLost && !isSaddle && !isPlateau
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
