import LSQScalars
import LeastSquares

extension AnyPrecisionFit {
  /// The fit in `Double`, redone in wider arithmetic where rounding took more than a third of its digits.
  ///
  /// Data that the model meets to a few units of their rounding leave residuals that are nothing but that rounding, and
  /// so sums and standard errors without digits; parameters that nearly compensate each other lose digits themselves.
  /// Where ``Fit/sumOfSquaresError``, ``Fit/standardErrorError`` or one of ``Fit/numericalErrors``, relative to the
  /// parameter or its standard error, is not known or more than the cube root of `Double`'s ε squared, or where a value
  /// in some row may be nothing but rounding, the data are read again in a wider type, and Newton steps climb until 17
  /// digits are confirmed. They begin at the end of the fit, but at the start where rounding hid parameters or their
  /// independence, or made up the residuals and the path of a drifting parameter, or kept the fit so far from the
  /// minimum that steps do not contract. Parameters, standard errors and sums are then those of the climb, rounded, and
  /// ``Fit/refinement`` says what that took.
  ///
  /// ```swift
  /// let lanczos = StartedProblem(try NISTProblem.named("Lanczos1"), start: 2)
  /// let fit = try lanczos.problem(over: Double.self).fit(from: lanczos.start(over: Double.self))
  /// let refined = try lanczos.refined(fit, ladder: PrecisionLadder.scalarType(bits:))
  /// ```
  ///
  /// - Parameters:
  ///   - fit: a fit of this problem, with exact derivatives.
  ///   - ladder: the types to climb, such as `PrecisionLadder.scalarType(bits:)` of MultiPrecision.
  ///   - maximumConcurrency: the number of threads that evaluate rows; nil for one per processor. No bit of the result
  ///     depends on it.
  ///   - isInterrupted: polled now and then; true ends the climb. By default, whether the task is cancelled.
  /// - Returns: the fit as it was where it needs no refinement, has not converged, or cannot be climbed from, and where
  ///   `Double` does not hold the parameters and standard errors; but with parameters that rounding alone makes
  ///   redundant among the hidden ones (``judged(_:ladder:)``).
  /// - Throws: what the model and the ladder throw.
  public func refined(
    _ fit: Fit<Double>, ladder: @escaping ScalarLadder, maximumConcurrency: Int? = nil,
    isInterrupted: @escaping () -> Bool = { Task.isCancelled }
  ) throws -> Fit<Double> {
    try Crew.requireSize(maximumConcurrency)
    guard fit.isConverged, fit.derivatives == .exact,
      fit.drifting.isEmpty || fit.residualRounding ?? 0 >= fit.residualNorm,
      fit.isBlurred || !fit.isKnownEnough
    else { return fit }
    let isLost = !fit.hidden.isEmpty || !fit.undetermined.isEmpty
    let look = try isLost ? wideLook(at: fit.parameters.map { $0.binaryReal }, ladder) : nil
    func unrefined() throws -> Fit<Double> {
      try look.map { try judged(fit, by: $0, ladder) } ?? fit
    }
    // Redundant parameters are so in every type.
    guard !isLost || look?.conditionDigits != nil else { return try unrefined() }
    let confirmed = try Crew.employed(maximumConcurrency) { crew in
      func climb() -> PrecisionClimb {
        PrecisionClimb(
          fit: self, ladder: ladder, digits: Fit<Double>.refinedDigits,
          maximumResidualEvaluations: nil, crew: crew, isInterrupted: isInterrupted, progress: nil)
      }
      var (fromEnd, fromStart) = (climb(), climb())
      return try (isLost ? nil : fromEnd.run(after: fit)) ?? fromStart.run()
    }
    guard let confirmed else { return try unrefined() }
    guard let refined = try fit.refined(by: confirmed, roundedDeterminacy(of: confirmed, ladder))
    else { return try unrefined() }
    return fit.isKnownEnough && fit.isConsistent(with: refined) ? fit : refined
  }

  /// The determinacy in the type that confirmed the standard errors, so that covariances have their digits too; where the
  /// Jacobian is singular, in the one that shows this.
  private func roundedDeterminacy(
    of fit: ConfirmedFit, _ ladder: ScalarLadder
  ) throws -> Determinacy<Double>? {
    func look<Scalar: LSQScalar>(_ type: Scalar.Type) throws -> Determinacy<Double>? {
      try determinacy(of: fit, over: type).map { Determinacy(rounding: $0) }
    }
    return try look(ladder(fit.undetermined.isEmpty ? fit.bits : fit.bitsToShowRank))
  }
}

extension Fit {
  /// Whether rounding leaves two thirds of the type's digits to the sum of squares and to the parameters.
  fileprivate var isKnownEnough: Bool {
    func isSmall(_ error: Scalar) -> Bool {
      error * error * error <= Scalar.ulpOfOne * Scalar.ulpOfOne
    }
    guard undetermined.isEmpty, let error = sumOfSquaresError, isSmall(error),
      standardErrorError.map(isSmall) ?? true
    else { return false }
    return parameters.indices.allSatisfy { j in
      let unit = max(parameters[j].magnitude, standardErrors[j] ?? 0)
      return numericalErrors[j].map { $0 == 0 || isSmall($0 / unit) } ?? false
    }
  }
}

extension Fit<Double> {
  /// Whether the numbers of a better fit are within the errors of these.
  fileprivate func isConsistent(with other: Self) -> Bool {
    let excess = (sumOfSquares - other.sumOfSquares).magnitude
    return parameters.indices.allSatisfy {
      (parameters[$0] - other.parameters[$0]).magnitude <= numericalErrors[$0] ?? 0
    } && excess <= (sumOfSquaresError ?? 0) * other.sumOfSquares
  }

  /// The digits that distinguish every `Double` from its neighbours.
  fileprivate static var refinedDigits: Int { 17 }

  /// The same with the numbers of a wider fit, rounded; nil where this type does not hold them.
  fileprivate func refined(by wide: ConfirmedFit, _ determinacy: Determinacy<Double>?) -> Self? {
    let values = wide.parameters.compactMap { Double($0) }
    let errors = wide.standardErrors.map { $0.flatMap { Double($0) } }
    guard values.count == parameters.count, let sum = Double(wide.sumOfSquares),
      (values + errors.compactMap { $0 }).allSatisfy(\.isFinite)
    else { return nil }
    var result = self
    result.refinement = wide
    result.parameters = values
    result.numericalErrors = values.map(\.rounding)
    result.standardErrors = errors
    result.sumOfSquares = sum
    result.standardErrorError = errors.compactMap { $0?.relativeRounding }.max()
    result.residualStandardDeviation = wide.residualStandardDeviation.flatMap { Double($0) }
    result.residualNorm =
      result.residualStandardDeviation.map { $0 * Double(degreesOfFreedom).squareRoot() }
      ?? sum.squareRoot()
    let scatter = result.residualStandardDeviation ?? result.residualNorm
    result.sumOfSquaresError = scatter.isSubnormal ? 2 * scatter.relativeRounding : .ulpOfOne
    result.undetermined = wide.undetermined
    (result.hidden, result.drifting, result.uncurved) = ([], [], [])
    result.determinacy = determinacy
    result.covariance = determinacy.flatMap { result.covariance(from: $0) }
    return result
  }

  /// The covariance with the correlations of a Jacobian and the standard errors of the fit.
  private func covariance(from determinacy: Determinacy<Double>) -> Matrix<Double>? {
    let errors = standardErrors.compactMap { $0 }
    guard undetermined.isEmpty, errors.count == parameters.count else { return nil }
    let correlation = determinacy.unitCovariance
    return correlation.covariance(
      units: errors.indices.map { errors[$0] / correlation[$0, $0].squareRoot() })
  }
}

extension Double {
  /// What rounding to the type may have changed in a number of this size: ε of it, or the spacing of subnormal numbers.
  fileprivate var rounding: Double {
    isSubnormal ? .leastNonzeroMagnitude : magnitude * .ulpOfOne
  }

  /// The same relative to the number; ε for zero.
  fileprivate var relativeRounding: Double { isZero ? .ulpOfOne : rounding / magnitude }
}
