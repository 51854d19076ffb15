import LSQScalars
import LeastSquares

extension AnyPrecisionFit {
  /// A fit in `Double` whose sum of squares and standard errors have their digits.
  ///
  /// Where data are met to a few units of their rounding, residuals are nothing but that rounding: the parameters have
  /// their digits, but sums and standard errors do not. So where ``Fit/sumOfSquaresError`` is not known, or more than the cube root of
  /// `Double`'s ε squared, that is, where a third of the digits may be lost, the data are read anew in a wider type, and Newton
  /// steps climb from the end of the fit until 17 digits are confirmed. Parameters, standard errors and sums are
  /// those, rounded, and ``Fit/refinement`` tells what that took.
  ///
  /// ```swift
  /// let lanczos = StartedProblem(try NISTProblem.named("Lanczos1"), start: 2)
  /// let fit = try lanczos.problem(over: Double.self).fit(from: lanczos.start(over: Double.self))
  /// let refined = try lanczos.refined(fit, ladder: { try PrecisionLadder.scalarType(bits: $0) })
  /// ```
  ///
  /// - Parameters:
  ///   - fit: a fit of this problem, with exact derivatives.
  ///   - ladder: the types to climb, such as `PrecisionLadder.scalarType(bits:)` of MultiPrecision.
  ///   - isInterrupted: asked now and then; true ends the climb.
  /// - Returns: the fit as it was where it needs nothing, has not converged, or cannot be climbed from.
  /// - Throws: what the model and the ladder throw.
  public func refined(
    _ fit: Fit<Double>, ladder: @escaping ScalarLadder,
    isInterrupted: @escaping () -> Bool = { false }
  ) throws -> Fit<Double> {
    guard fit.isConverged, fit.hidden.isEmpty, fit.derivatives == .exact, !fit.isSumOfSquaresKnown
    else { return fit }
    let confirmed = try Crew.employed(nil) { crew in
      var climb = PrecisionClimb(
        fit: self, ladder: ladder, digits: Fit<Double>.refinedDigits,
        maximumResidualEvaluations: nil, crew: crew, isInterrupted: isInterrupted, progress: nil)
      return try climb.run(after: fit)
    }
    return confirmed.map(fit.refined) ?? fit
  }
}

extension Fit {
  /// Whether rounding leaves two thirds of the type's digits to the sum of squares.
  var isSumOfSquaresKnown: Bool {
    guard let error = sumOfSquaresError else { return false }
    return error * error * error <= Scalar.ulpOfOne * Scalar.ulpOfOne
  }
}

extension Fit<Double> {
  /// The digits that tell every `Double` from its neighbours.
  fileprivate static var refinedDigits: Int { 17 }

  /// The same with the numbers of a wider fit, rounded.
  fileprivate func refined(by wide: ConfirmedFit) -> Self {
    let values = wide.parameters.compactMap { Double($0) }
    guard values.count == parameters.count, let sum = Double(wide.sumOfSquares) else { return self }
    var result = self
    result.refinement = wide
    result.parameters = values
    result.numericalErrors = values.map { $0.magnitude * .ulpOfOne }
    result.standardErrors = wide.standardErrors.map { $0.flatMap { Double($0) } }
    result.sumOfSquares = sum
    result.sumOfSquaresError = .ulpOfOne
    result.residualStandardDeviation = wide.residualStandardDeviation.flatMap { Double($0) }
    result.residualNorm =
      result.residualStandardDeviation.map { $0 * Double(degreesOfFreedom).squareRoot() }
      ?? sum.squareRoot()
    result.undetermined = wide.undetermined
    result.rescaleCovariance(from: standardErrors)
    return result
  }

  /// Brings the covariance to new standard errors; correlations stay.
  private mutating func rescaleCovariance(from old: [Double?]) {
    guard var scaled = covariance, undetermined.isEmpty else {
      covariance = nil
      return
    }
    let factors = zip(standardErrors, old).map { new, old in
      new.flatMap { new in old.map { $0 > 0 ? new / $0 : 1 } } ?? 1
    }
    for i in factors.indices {
      for j in factors.indices { scaled[i, j] *= factors[i] * factors[j] }
    }
    covariance = scaled
  }
}
