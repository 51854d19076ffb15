public import LSQScalars
public import LeastSquares

/// The result of fitting a model to data.
///
/// It can be saved, without the data, and loaded where the scalar is `Codable`, as `Double`, `Float` and `MPFloat` are:
///
/// ```swift
/// let saved = try JSONEncoder().encode(fit)
/// let loaded = try JSONDecoder().decode(Fit<MPFloat256>.self, from: saved)
/// ```
///
/// No bit is lost, but JSON has no infinity, which ``numericalErrors`` may hold: for `Double` and `Float` set the
/// `nonConformingFloatEncodingStrategy` of the encoder, and that of the decoder, or an infinity is an error. `MPFloat` is
/// written as text. What is loaded is trusted to be what was saved.
public struct Fit<Scalar: LSQScalar>: Sendable {
  /// The parameters b.
  public internal(set) var parameters: [Scalar]
  /// The standard errors of the parameters; nil for a parameter that the data do not determine, and
  /// where there is no degree of freedom left to estimate the scatter from.
  ///
  /// They are √(C_jj) with known σ, and s·√(C_jj) with relative or unknown σ, where C = (JᵀJ)⁻¹ at the solution.
  public internal(set) var standardErrors: [Scalar?]
  /// Estimates of the errors of the computation, meant as bounds, to compare with the standard errors; nil for a
  /// parameter that the data do not determine, and where the fit has not converged.
  ///
  /// With the exact Hessian H = JᵀJ + Σ rᵢ∇²rᵢ, C = (JᵀJ)⁻¹ and ε the type's `ulpOfOne`
  ///
  ///     Σᵢ |(H⁻¹Jᵀ)_ji|·δᵢ + ε·‖r‖·Σ_k |(H⁻¹)_jk|·‖J_k‖ + |Σᵢ (H⁻¹Jᵀ)_ji·rᵢ| + √C_jj·t·‖r‖ + ε·|b_j|/2,
  ///     δᵢ = ε·((|yᵢ| + Σ_k |z̄_k·z_k|)/σᵢ + |rᵢ|).
  ///
  /// δᵢ is the rounding of a residual: the z_k are the parameters, predictors and constants that the model is computed
  /// from and the results of all its steps, and z̄_k the derivatives of the model with respect to them, from one
  /// backward sweep over its tape, or over the steps that each row takes if the model looks at its numbers. The
  /// second term is the effect of the rounding of J, with ‖δ‖/‖f/σ‖ in place of ε where J is nearly singular; the third
  /// is the Newton step that was left to take; in the fourth, t is the relative change of r that the fit could not
  /// resolve: 0 where closing steps contracted, else √ftol. The last term is the rounding of b_j itself.
  ///
  /// Where the data leave some parameters open, all this holds along the others. Where steps were taken that did not
  /// contract, that left a parameter without a digit, or that left a Newton step longer than rounding makes it, twice
  /// the length of two Gauss–Newton steps C·Jᵀr is added.
  ///
  /// Where derivatives came from differences, ``residualPrecision``·√C_jj·Σ_k ‖J_k‖·|b_k| is added, and t·‖r‖ is
  /// replaced by twice the length of two Gauss–Newton steps C·Jᵀr with exact derivatives, which lead from the point
  /// where differences see a minimum towards the minimum. Where those cannot be taken, three times all of this counts,
  /// if H is definite and that is small relative to the parameters.
  ///
  /// An error within which √C_jj changes by more than a half is no linear matter, as at a minimum of higher order; it
  /// is enlarged by 16. An error within which the effect of its parameter is halved, if no more than two digits of the
  /// parameter are computed, bounds nothing: it becomes infinite or, where that happens towards zero, no less than the
  /// parameter.
  public internal(set) var numericalErrors: [Scalar?]
  /// The sum of squares of the residuals, Σ rᵢ²; infinite or zero where that is beyond the range of the type, which
  /// ``residualNorm`` and the standard errors seldom are.
  public internal(set) var sumOfSquares: Scalar
  /// How much the rounding of the residuals may have changed the sum of squares, relative to it: Σ (2·|rᵢ| + δᵢ)·δᵢ/‖r‖²
  /// with the δᵢ of ``numericalErrors``, plus pᵀJᵀr/‖r‖² with the Newton step p that was left, by which the sum exceeds
  /// that at the minimum; four times the latter where only MINPACK's tests, or differences, took the point for a
  /// minimum. nil where the numerical errors do not bound the distance to the minimum.
  public internal(set) var sumOfSquaresError: Scalar?
  /// How much rounding may have changed the standard errors, relative to them:
  ///
  ///     ½·(error of ‖r‖²) + n·ε·κ·max_j Σ_k |C_jk|·‖J_k‖/√C_jj + max_j |√(C_jj(b + Δ)/C_jj(b)) − 1|
  ///
  /// without the first term where σ is known. The second term is the effect of the rounding of J, κ times that of a
  /// value; the third, that of the change of J when displacements Δ as long as the numerical errors move the
  /// parameters. nil where ``sumOfSquaresError`` is nil, or there are no standard errors.
  public internal(set) var standardErrorError: Scalar?
  /// The fit in wider arithmetic from which these numbers were rounded, once, since rounding had left too few digits;
  /// nil where that was not needed, or not asked for. See `AnyPrecisionFit.refined(_:ladder:)`.
  public internal(set) var refinement: ConfirmedFit?
  /// ‖r‖.
  public internal(set) var residualNorm: Scalar
  /// ‖δ‖, with the δᵢ of ``numericalErrors``; nil where it is not known.
  let residualRounding: Scalar?
  /// The range of the exponents of what the model computes with; nil where that is not known.
  let modelExponents: ClosedRange<Int>?
  /// Whether in some row a value may be nothing but rounding, so that the δᵢ are no more than a sample.
  let isBlurred: Bool
  /// m − n, counting parameters that the data leave open as well.
  public let degreesOfFreedom: Int
  /// s = √(Σ rᵢ²/(m − n)); nil where m = n.
  public internal(set) var residualStandardDeviation: Scalar?
  /// The covariance matrix of the parameters, scaled like the standard errors; nil where one of those is, or where the
  /// square of one leaves the range in which numbers have all their digits.
  public internal(set) var covariance: Matrix<Scalar>?
  /// What the Jacobian at the solution says about each parameter: rank, dependencies, (JᵀJ)⁻¹; nil where
  /// it is not finite.
  public internal(set) var determinacy: Determinacy<Scalar>?
  /// The parameters, counted from zero, that the data do not determine.
  public internal(set) var undetermined: [Int]
  /// The parameters, counted from zero, of which rounding leaves no digit: the numerical error is no less than the
  /// parameter, its start (1 for a start of zero) and, where steps contracted, its standard error. For one that the data
  /// do not determine, the error is that with the dependent ones held. All of them, where rounding is as large as the
  /// response and the residuals. A wider type helps, except for those that drift to infinity along a plateau.
  public internal(set) var hidden: [Int] = []
  /// Where parameters are ``undetermined`` by rounding alone, the bits of the narrowest type that tells them apart at
  /// the same point, with half of its digits left; nil otherwise, and where that was not examined. See
  /// `AnyPrecisionFit.judged(_:ladder:)`.
  public internal(set) var bitsNeeded: Int?
  /// Whether Newton steps along all parameters contracted, so that the exact Hessian is positive definite.
  let isProvenMinimum: Bool
  /// Those of the hidden parameters that, within their numerical error, lose an effect that they had at the start.
  var drifting: [Int] = []
  /// Those of the hidden parameters along which the exact Hessian is not positive definite, as far as the type shows, though
  /// the sum of squares is not seen to be smaller nearby: the end may be a saddle, or a minimum of higher order.
  public internal(set) var uncurved: [Int] = []
  /// The rows, counted from zero, in which `min`, `max` or `abs` changes over at the end of a fit that is not solved: there
  /// the sum of squares has no derivative, and no step confirms a minimum.
  public internal(set) var kinks: [Int] = []
  /// Whether the fit went as far as its tolerance asks, with meaningful derivatives, to what is a minimum as far as the
  /// type shows. Rounding may have ended it on the way to infinity: see ``isSolved``.
  public let isConverged: Bool
  /// Whether the fit has converged and rounding leaves a digit of every parameter: none is ``hidden``. Some may still
  /// be ``undetermined``.
  public var isSolved: Bool { isConverged && hidden.isEmpty }
  /// Whether the residuals are so large, or the steps so small, that their differences lost the effect of a parameter
  /// that exact derivatives still see at the solution. The solver then mistakes a point for a minimum.
  public let areDifferencesLost: Bool
  /// Whether the solver ended on a plateau, where a parameter has no influence that it has at the start or elsewhere, or
  /// at a point that is no minimum, and no retry helped.
  public let isPlateau: Bool
  /// Whether the fit ended at a saddle or a maximum, where the gradient vanishes and the exact Hessian JᵀJ + Σ rᵢ∇²rᵢ
  /// is not positive definite: near that point the sum of squares is smaller.
  public let isSaddle: Bool
  /// Whether a monitor, the model or the task's cancellation ended the fit prematurely: its parameters are the best so
  /// far, and its standard errors those of a point that need not be a minimum.
  public let isInterrupted: Bool
  /// Whether ``FitOptions/maximumResidualEvaluations`` left no evaluation for the steps to the last digits, or to look for a
  /// smaller sum of squares near that point, where the exact Hessian is not positive definite, or where parameters have
  /// no effect.
  public let isMinimumUnproven: Bool
  /// How often a solve began anew, successfully or not: because the first one ended on a plateau, at a saddle or at
  /// its own limit of evaluations, or the model threw an error at a trial point, or to judge an end in its own units.
  public let retries: Int
  /// Which of the retries ended well; nil if the first solve did, or none did.
  public let remedy: FitRemedy?
  /// The evaluations of the solves that were discarded, in addition to those of ``solution``; they include those of
  /// solves that an error ended, of a solve in `Double`, and of searches for a smaller sum of squares.
  public let discardedEvaluations: EvaluationCounts
  /// Where the derivatives came from.
  public let derivatives: FitDerivatives
  /// The relative error of the residuals that differences assumed, given or measured; the type's ε otherwise.
  public let residualPrecision: Scalar
  /// What produced the last digits.
  public let ending: Ending
  /// The number of evaluations, each of the residuals and of the Jacobian, that Newton steps took beyond the solver's
  /// counts, whether or not they contracted; second derivatives came with all but the last.
  public let newtonEvaluations: Int
  /// All evaluations: those of ``solution``, those of Newton steps, and ``discardedEvaluations``.
  public var evaluations: EvaluationCounts {
    solution.counts + discardedEvaluations
      + EvaluationCounts(residuals: newtonEvaluations, jacobians: newtonEvaluations)
  }
  /// The result of the solver; its parameters are those before Newton steps, where any were taken.
  public let solution: Solution<Scalar>

  /// What produced the last digits of a fit.
  public enum Ending: String, Sendable, Hashable, Codable {
    /// MINPACK's tests.
    case tests
    /// Gauss–Newton steps that contracted until rounding stopped them.
    case gaussNewtonSteps
    /// Newton steps on the gradient that contracted: where Gauss–Newton steps do not, and in wide types.
    case newtonSteps
  }
}

extension Fit: Codable where Scalar: Codable {}

extension Fit {
  /// The fit that an end amounts to, but for what is found out about it later: hidden and drifting parameters, kinks, the
  /// error of the standard errors.
  ///
  /// - Parameters:
  ///   - tally: of all solves, looks and steps.
  ///   - determinacy: what the exact Jacobian at the end says; nil where there is none.
  ///   - hasKnownScatter: whether σ is known, not only up to a factor.
  ///   - remainingDistances: how far two Gauss–Newton steps go along each parameter; nil where they cannot be taken, or
  ///     need not be.
  init(
    _ end: FitEnd<Scalar>, _ tally: SolveTally, _ determinacy: Determinacy<Scalar>?,
    hasKnownScatter: Bool, _ options: FitOptions<Scalar>, residualPrecision: Scalar,
    areDifferencesLost: Bool, remainingDistances: [Scalar]?
  ) {
    let solution = end.attempt.solution
    let (m, n) = (solution.residualCount, solution.parameters.count)
    (self.solution, parameters, self.determinacy) = (solution, end.parameters, determinacy)
    undetermined = determinacy?.undetermined ?? Array(0..<n)
    (derivatives, self.residualPrecision) = (options.derivatives, residualPrecision)

    // How it ended.
    (isInterrupted, retries) = (tally.isInterrupted, tally.retries)
    (isPlateau, isSaddle, isMinimumUnproven) = (end.isPlateau, end.descent != nil, end.isUnproven)
    self.areDifferencesLost = areDifferencesLost
    isConverged =
      end.isAtGoal && !isInterrupted && !areDifferencesLost && !isSaddle && !isPlateau
      && !isMinimumUnproven
    remedy = isConverged ? end.attempt.remedy : nil
    let isContracted = solution.closing?.isContracted == true
    ending = end.newton?.point != nil ? .newtonSteps : isContracted ? .gaussNewtonSteps : .tests
    isProvenMinimum = end.newton?.isAtMinimum == true
    newtonEvaluations = end.newton?.evaluations ?? 0
    discardedEvaluations =
      tally.counts - solution.counts
      - EvaluationCounts(residuals: newtonEvaluations, jacobians: newtonEvaluations)

    // The sum of squares, and the standard errors.
    let sums =
      end.residuals.isEmpty ? ResidualSums(norm: end.residualNorm) : ResidualSums(end.residuals)
    (sumOfSquares, residualNorm) = (sums.sumOfSquares, sums.norm)
    degreesOfFreedom = m - n
    // From the norm, which neither overflows nor underflows where the sum of squares does.
    residualStandardDeviation = m > n ? residualNorm / .sqrt(Scalar(m - n)) : nil
    let scale = hasKnownScatter ? 1 : residualStandardDeviation
    standardErrors = determinacy?.standardErrors(scale: scale) ?? Array(repeating: nil, count: n)
    covariance = determinacy?.covariance(scale: scale)

    // What rounding did. How far away a minimum is that was not found is not known.
    residualRounding = end.look.rounding?.norm
    modelExponents = end.look.rounding?.exponents
    isBlurred = end.look.rounding?.isBlurred ?? false
    let isExact = options.derivatives == .exact
    numericalErrors = Self.numericalErrors(
      end, isConverged ? determinacy : nil, residualNorm, isExact: isExact,
      unresolved: isExact ? options.unresolvedChange(ending: ending) : 0,
      noise: isExact ? 0 : residualPrecision, remainingDistances)
    let isResolved = isExact && ending != .tests && !end.isUnsettled
    let isBounded =
      (!isExact || options.isByTests) && end.look.errors != nil
      && numericalErrors.allSatisfy { $0?.isFinite ?? true }
    sumOfSquaresError =
      isConverged && (isResolved || isBounded)
      ? end.look.sumOfSquaresError(
        end.residuals, norm: residualNorm, excessTimes: isResolved ? 1 : 4) : nil
  }

  /// The numerical errors at a minimum; nil of what the data leave open.
  ///
  /// - Parameter determinacy: nil where no minimum was found.
  private static func numericalErrors(
    _ end: FitEnd<Scalar>, _ determinacy: Determinacy<Scalar>?, _ residualNorm: Scalar,
    isExact: Bool, unresolved: Scalar, noise: Scalar, _ remainingDistances: [Scalar]?
  ) -> [Scalar?] {
    guard let determinacy else { return Array(repeating: nil, count: end.parameters.count) }
    let isOpen = Set(determinacy.undetermined)
    let (isNear, leadsOn) = (isExact && end.isNear, isExact && end.leadsOn)
    let isHeld = !isExact && end.look.errors?.holdMinimum(near: end.parameters) == true
    let errors = errors(end, determinacy, residualNorm, unresolved: unresolved, noise: noise)
    return errors.indices.map { j in
      if isOpen.contains(j) { return nil }
      if isNear { return errors[j] }
      // Steps that are longer than rounding makes them lead on, to an unknown distance.
      if leadsOn { return .infinity }
      if let remainingDistances { return errors[j] + 2 * remainingDistances[j] }
      // The distance is unknown, too, where the next steps lead out of the model's domain, unless J is so small that H
      // alone says where they lead.
      return isHeld ? 3 * errors[j] : .infinity
    }
  }

  /// The numerical errors, except for the distance to the minimum that differences leave.
  private static func errors(
    _ end: FitEnd<Scalar>, _ determinacy: Determinacy<Scalar>, _ residualNorm: Scalar,
    unresolved: Scalar, noise: Scalar
  ) -> [Scalar] {
    let n = end.parameters.count
    let deviations = determinacy.deviations
    let sizes = end.look.errors?.sizes
    let effects = determinacy.sumOfEffects(of: end.parameters)
    let rounding =
      (end.look.rounding?.norm ?? Scalar.ulpOfOne * effects)
      + Scalar(n) * Scalar.ulpOfOne * residualNorm
    let unfinished = unresolved * residualNorm + noise * effects
    return (0..<n).map { j in
      let size = sizes?[j] ?? deviations[j] * rounding
      let own = max(Scalar.ulpOfOne * end.parameters[j].magnitude / 2, .leastNonzeroMagnitude)
      let error = size + deviations[j] * unfinished + own
      return error.isNaN ? .infinity : error
    }
  }
}
