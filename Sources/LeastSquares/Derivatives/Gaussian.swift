public import LSQScalars

extension ModelNumber {
  /// exp(−x²), the slope of the error functions, with its digits where x is large.
  ///
  /// The rounding of x² would change the result by x² units. So x is split into h, the upper half of its digits, whose
  /// square is exact, and a rest:
  ///
  ///     exp(−x²)  =  exp(−h²)·exp((h − x)·(h + x))
  ///
  /// Source: W. J. Cody, *Rational Chebyshev approximations for the error function*, Math. Comp. 23 (1969).
  @inlinable
  static func gaussian(_ x: Self) -> Self {
    let square = x * x
    guard square.realPart > 1, square.realPart.isFinite else { return .exp(-square) }
    let high = x.realPart.upperHalf
    let peak = Scalar.exp(-(high * high))
    guard peak > 0 else { return .exp(-square) }
    return Self(peak) * .exp((Self(high) - x) * (Self(high) + x))
  }
}

extension LSQScalar {
  /// The number rounded to half of its digits, so that its square is exact.
  ///
  /// Source: T. J. Dekker, *A floating-point technique for extending the available precision*, Numer. Math. 18 (1971).
  @inlinable
  var upperHalf: Self {
    let half = Self(sign: .plus, exponent: Exponent((Self.precisionBits + 1) / 2), significand: 1)
    let scaled = (half + 1) * self
    return scaled - (scaled - self)
  }
}
