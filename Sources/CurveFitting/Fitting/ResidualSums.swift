import LSQScalars

/// ‖r‖² and ‖r‖ of residuals, summed pairwise, so that rounding grows with log m and not with m, and in units of the
/// largest, so that ‖r‖ is in range where squares are not.
struct ResidualSums<Scalar: LSQScalar> {
  /// ‖r‖²; infinite or zero where that is beyond the range of the type.
  let sumOfSquares: Scalar
  /// ‖r‖.
  let norm: Scalar

  /// The sums of residuals that are not held.
  init(norm: Scalar) { (sumOfSquares, self.norm) = (norm * norm, norm) }

  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  #if (arch(i386) || arch(x86_64)) && !os(Windows) && !os(Android)
    @specialized(where Scalar == Float80)
  #endif
  init(_ residuals: [Scalar]) {
    // NaN stays.
    let largest = residuals.reduce(0 as Scalar) {
      $1.magnitude <= $0 || $0.isNaN ? $0 : $1.magnitude
    }
    guard largest > 0, largest.isFinite else {
      (sumOfSquares, norm) = (largest, largest)
      return
    }
    let unit = Scalar(sign: .plus, exponent: largest.exponent, significand: 1)
    let sum = Self.sum(residuals.span, 0, residuals.count, unit)
    (sumOfSquares, norm) = ((sum * unit) * unit, sum.squareRoot() * unit)
  }

  /// Σ (rᵢ/unit)² of `count` residuals.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  #if (arch(i386) || arch(x86_64)) && !os(Windows) && !os(Android)
    @specialized(where Scalar == Float80)
  #endif
  private static func sum(
    _ residuals: Span<Scalar>, _ first: Int, _ count: Int, _ unit: Scalar
  ) -> Scalar {
    if count > 8 {
      let half = count / 2
      return sum(residuals, first, half, unit)
        + sum(residuals, first + half, count - half, unit)
    }
    var sum: Scalar = 0
    for i in first..<(first + count) {
      let ratio = residuals[i] / unit
      sum += ratio * ratio
    }
    return sum
  }
}
