import LSQScalars

// The best point of a climb.

extension PrecisionClimb {
  /// A point that was evaluated.
  struct Point {
    let parameters: [BinaryReal]
    /// ‖r‖ there or, where rounding is known, the most that it may be.
    let residualNorm: BinaryReal
    /// The digits that every nonzero parameter has, as far as known, and the bits of its type.
    let (digits, bits): (Double, Int)
    /// The parameters and the sum of squares in decimal, which takes time to write.
    let inDecimal: () -> (parameters: [String], sumOfSquares: String)

    /// The whole digits, of which one may be in doubt.
    var digitsReached: Int { digits.isFinite ? Int(max(digits - 1, 0)) : 0 }
  }

  /// The end of a climb that did not reach its digits.
  func notReached(because cause: DigitsNotReached.Cause) -> DigitsNotReached {
    let decimals = best?.inDecimal()
    return DigitsNotReached(
      digits: digits, cause: cause, parameters: decimals?.parameters ?? [],
      sumOfSquares: decimals?.sumOfSquares,
      digitsReached: best?.digitsReached ?? 0,
      bits: best?.bits ?? Double.precisionBits, work: work)
  }

  /// Takes a point for the best one so far, and reports it, unless ‖r‖ is larger there.
  ///
  /// The next evaluation shows where a step leads. At the same point, a wider type knows ‖r‖ better.
  mutating func consider(_ point: Point) {
    let isKnown = point.parameters == best?.parameters
    guard
      best.map({
        isKnown ? point.bits >= $0.bits : !point.residualNorm.isLarger(than: $0.residualNorm)
      }) ?? true
    else { return }
    best = point
    if !isKnown { progress?(point.inDecimal().parameters) }
  }

  /// Whether ‖r‖ is not clearly larger than elsewhere: steps that leave a valley may end in another one, or on a slope.
  func isLeast(_ evaluation: ClimbEvaluation) -> Bool {
    best.map {
      !evaluation.residualNorm.isLarger(than: $0.residualNorm.scaled(byPowerOfTwo: 1))
    } ?? true
  }
}

extension BinaryReal {
  /// Whether this is the larger one of two numbers that are not negative, as far as the digits of `Double` tell.
  fileprivate func isLarger(than other: Self) -> Bool {
    let unit = [self, other].compactMap(\.binaryExponent).max() ?? 0
    func scaled(_ x: Self) -> Double { Double(rounding: x.scaled(byPowerOfTwo: -unit)) }
    return scaled(self) > scaled(other)
  }
}
