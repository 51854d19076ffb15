public import RealModule

// All correctly rounded, to nearest, ties to even.

extension MPFloat: ElementaryFunctions {
  public static func exp(_ x: Self) -> Self { MPFR.value(.exp, x, bits) }
  public static func expMinusOne(_ x: Self) -> Self { MPFR.value(.expMinusOne, x, bits) }
  public static func cosh(_ x: Self) -> Self { MPFR.value(.cosh, x, bits) }
  public static func sinh(_ x: Self) -> Self { MPFR.value(.sinh, x, bits) }
  public static func tanh(_ x: Self) -> Self { MPFR.value(.tanh, x, bits) }
  public static func cos(_ x: Self) -> Self { MPFR.value(.cos, x, bits) }
  /// cos x − 1, which keeps its digits where x is small.
  public static func cosMinusOne(_ x: Self) -> Self { MPFR.value(.cosMinusOne, x, bits) }
  public static func sin(_ x: Self) -> Self { MPFR.value(.sin, x, bits) }
  public static func tan(_ x: Self) -> Self { MPFR.value(.tan, x, bits) }
  public static func log(_ x: Self) -> Self { MPFR.value(.log, x, bits) }
  public static func log(onePlus x: Self) -> Self { MPFR.value(.logOnePlus, x, bits) }
  public static func acosh(_ x: Self) -> Self { MPFR.value(.acosh, x, bits) }
  public static func asinh(_ x: Self) -> Self { MPFR.value(.asinh, x, bits) }
  public static func atanh(_ x: Self) -> Self { MPFR.value(.atanh, x, bits) }
  public static func acos(_ x: Self) -> Self { MPFR.value(.acos, x, bits) }
  public static func asin(_ x: Self) -> Self { MPFR.value(.asin, x, bits) }
  public static func atan(_ x: Self) -> Self { MPFR.value(.atan, x, bits) }
  public static func sqrt(_ x: Self) -> Self { x.squareRoot() }

  /// exp(y·log x), as swift-numerics and IEEE 754's `powr` define it.
  ///
  /// NaN for x < 0, and where y·log x has no value: 0⁰, ∞⁰ and 1^∞.
  public static func pow(_ x: Self, _ y: Self) -> Self {
    guard hasPower(x, y) else { return .nan }
    // The sign of a zero does not enter exp(y·log x).
    return MPFR.value(.power, x.magnitude, y, bits)
  }

  /// Whether y·log x has a value.
  static func hasPower(_ x: Self, _ y: Self) -> Bool {
    guard !x.isNaN && !y.isNaN && x >= 0 else { return false }
    if y.isZero && (x.isZero || x.isInfinite) { return false }
    return !(y.isInfinite && x == 1)
  }

  /// x multiplied n times by itself; 1 for n = 0, whatever x is.
  public static func pow(_ x: Self, _ n: Int) -> Self {
    MPFR.value(.power, x, n, bits)
  }

  /// The real n-th root: of a negative x for odd n, else NaN; NaN for n = 0.
  ///
  /// For n < 0 it is 1/ⁿ√x, rounded once.
  public static func root(_ x: Self, _ n: Int) -> Self {
    MPFR.value(.root, x, n, bits)
  }
}

extension MPFloat: RealFunctions {
  /// The angle of the point (x, y), in [−π, π].
  public static func atan2(y: Self, x: Self) -> Self {
    MPFR.value(.angle, y, x, bits)
  }

  public static func hypot(_ x: Self, _ y: Self) -> Self {
    MPFR.value(.hypotenuse, x, y, bits)
  }

  public static func erf(_ x: Self) -> Self { MPFR.value(.erf, x, bits) }
  public static func erfc(_ x: Self) -> Self { MPFR.value(.erfc, x, bits) }
  public static func exp2(_ x: Self) -> Self { MPFR.value(.exp2, x, bits) }
  public static func exp10(_ x: Self) -> Self { MPFR.value(.exp10, x, bits) }
  public static func log2(_ x: Self) -> Self { MPFR.value(.log2, x, bits) }
  public static func log10(_ x: Self) -> Self { MPFR.value(.log10, x, bits) }

  /// Γ(x); NaN at the negative integers, ±∞ at ±0.
  public static func gamma(_ x: Self) -> Self { MPFR.value(.gamma, x, bits) }

  /// log |Γ(x)|; +∞ at zero and at the negative integers.
  public static func logGamma(_ x: Self) -> Self { MPFR.value(.logGamma, x, bits) }
}

extension MPFloat: Real {}
