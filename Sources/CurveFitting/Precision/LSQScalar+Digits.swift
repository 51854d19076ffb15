import LSQScalars

extension LSQScalar {
  /// −log₁₀ of a size, infinite for zero.
  static func digits(_ size: Self) -> Double {
    size == 0 ? .infinity : -(Double(log10(size.magnitude).description) ?? -.infinity)
  }

  /// For a positive number x, the e with 2ᵉ ≤ √x < 2ᵉ⁺¹.
  var rootExponent: Int { Int(exponent) >> 1 }

  /// The number of leading zeros of a size, −log₁₀ of it rounded down to a multiple of log₁₀2: cheap in wide types.
  /// Infinite for zero.
  static func leadingZeros(_ size: Self) -> Double {
    if size == 0 { return .infinity }
    guard size.isFinite else { return -.infinity }
    return -Double(Int(size.magnitude.exponent) + 1) * .log10(2)
  }

  /// The same for a finite size in units of a normal one, without the quotient, which in wide types takes as long as a
  /// root.
  static func leadingZeros(_ size: Self, over unit: Self) -> Double {
    if size == 0 { return .infinity }
    let isLess = size.significand < unit.significand
    let exponent = Int(size.exponent) - Int(unit.exponent) - (isLess ? 1 : 0)
    return -Double(exponent + 1) * .log10(2)
  }
}
