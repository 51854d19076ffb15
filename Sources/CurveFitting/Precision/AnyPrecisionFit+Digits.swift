import LSQScalars
import LeastSquares

extension AnyPrecisionFit {
  /// Fits to a number of correct decimal digits in every parameter, starting from a fit in `Double`.
  ///
  /// The standard errors and the sum of squares have as many. Residuals that are still negligible relative to the
  /// effects of the parameters, and a parameter relative to its standard error, at twice the digits asked for and at
  /// 150 more than these, are taken for zero (``ConfirmedFit/zeroDigits``). A Jacobian that is still singular at half
  /// of those digits, at a minimum that second derivatives make isolated, is taken for singular
  /// (``ConfirmedFit/undetermined``).
  ///
  /// - Parameters:
  ///   - digits: 1 to 10,000.
  ///   - ladder: the types to climb, such as `PrecisionLadder.scalarType(bits:)` of MultiPrecision.
  ///   - maximumResidualEvaluations: of the fit in `Double`; nil for a number that grows with that of
  ///     the parameters.
  ///   - maximumConcurrency: the number of threads that evaluate rows; nil for one per processor. The
  ///     result does not depend on it.
  ///   - isInterrupted: polled now and then; true ends the climb. By default, whether the task is cancelled.
  ///   - progress: called with the parameters of each point that was evaluated, unless the sum of squares was smaller
  ///     at an earlier one; nil saves writing them out.
  /// - Throws: ``DigitsOutOfRange``; ``DigitsNotReached``, with the best point so far, where the digits cannot be
  ///   confirmed: the fit does not converge, or leaves parameters undetermined and the minimum not isolated, Newton
  ///   steps do not contract, the ladder ends below the width that is needed, the climb is interrupted, or the task
  ///   cancelled; what the model and the ladder throw.
  public func fit(
    digits: Int, ladder: @escaping ScalarLadder, maximumResidualEvaluations: Int? = nil,
    maximumConcurrency: Int? = nil, isInterrupted: @escaping () -> Bool = { Task.isCancelled },
    progress: (([String]) -> Void)? = nil
  ) throws -> ConfirmedFit {
    guard DigitsOutOfRange.range.contains(digits) else { throw DigitsOutOfRange(digits: digits) }
    try Crew.requireSize(maximumConcurrency)
    return try Crew.employed(maximumConcurrency) { crew in
      var climb = PrecisionClimb(
        fit: self, ladder: ladder, digits: digits,
        maximumResidualEvaluations: maximumResidualEvaluations, crew: crew,
        isInterrupted: isInterrupted, progress: progress)
      return try climb.confirmedFit()
    }
  }
}
