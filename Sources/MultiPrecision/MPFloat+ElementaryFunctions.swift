public import RealModule

// All correctly rounded, to nearest, ties to even.

extension MPFloat: ElementaryFunctions {
  private static func value(_ f: UnaryFunction, _ x: Self) -> Self {
    var result = x
    result.apply(f)
    return result
  }

  public static func exp(_ x: Self) -> Self { value(.exp, x) }
  public static func expMinusOne(_ x: Self) -> Self { value(.expMinusOne, x) }
  public static func cosh(_ x: Self) -> Self { value(.cosh, x) }
  public static func sinh(_ x: Self) -> Self { value(.sinh, x) }
  public static func tanh(_ x: Self) -> Self { value(.tanh, x) }
  public static func cos(_ x: Self) -> Self { value(.cos, x) }
  public static func sin(_ x: Self) -> Self { value(.sin, x) }
  public static func tan(_ x: Self) -> Self { value(.tan, x) }
  public static func log(_ x: Self) -> Self { value(.log, x) }
  public static func log(onePlus x: Self) -> Self { value(.logOnePlus, x) }
  public static func acosh(_ x: Self) -> Self { value(.acosh, x) }
  public static func asinh(_ x: Self) -> Self { value(.asinh, x) }
  public static func atanh(_ x: Self) -> Self { value(.atanh, x) }
  public static func acos(_ x: Self) -> Self { value(.acos, x) }
  public static func asin(_ x: Self) -> Self { value(.asin, x) }
  public static func atan(_ x: Self) -> Self { value(.atan, x) }
  public static func sqrt(_ x: Self) -> Self { x.squareRoot() }

  /// exp(y·log x), as swift-numerics and IEEE 754's `powr` define it.
  ///
  /// NaN for x < 0, and where y·log x has no value: 0⁰, ∞⁰ and 1^∞.
  public static func pow(_ x: Self, _ y: Self) -> Self {
    guard !x.isNaN && !y.isNaN && x >= 0 else { return .nan }
    if y.isZero && (x.isZero || x.isInfinite) { return .nan }
    if y.isInfinite && x == 1 { return .nan }
    // The sign of a zero does not enter exp(y·log x).
    var result = x.magnitude
    result.update(.power, y)
    return result
  }

  /// x multiplied n times by itself; 1 for n = 0, whatever x is.
  public static func pow(_ x: Self, _ n: Int) -> Self {
    var result = x
    result.apply(.power, n)
    return result
  }

  /// The real n-th root: of a negative x for odd n, else NaN; NaN for n = 0.
  ///
  /// For n < 0 it is 1/ⁿ√x, rounded once.
  public static func root(_ x: Self, _ n: Int) -> Self {
    var result = x
    result.apply(.root, n)
    return result
  }
}

extension MPFloat: RealFunctions {
  /// The angle of the point (x, y), in [−π, π].
  public static func atan2(y: Self, x: Self) -> Self {
    var result = y
    result.update(.angle, x)
    return result
  }

  public static func hypot(_ x: Self, _ y: Self) -> Self {
    var result = x
    result.update(.hypotenuse, y)
    return result
  }

  public static func erf(_ x: Self) -> Self { value(.erf, x) }
  public static func erfc(_ x: Self) -> Self { value(.erfc, x) }
  public static func exp2(_ x: Self) -> Self { value(.exp2, x) }
  public static func exp10(_ x: Self) -> Self { value(.exp10, x) }
  public static func log2(_ x: Self) -> Self { value(.log2, x) }
  public static func log10(_ x: Self) -> Self { value(.log10, x) }

  /// Γ(x); NaN at the negative integers, ±∞ at ±0.
  public static func gamma(_ x: Self) -> Self { value(.gamma, x) }

  /// log |Γ(x)|; +∞ at zero and at the negative integers.
  public static func logGamma(_ x: Self) -> Self { value(.logGamma, x) }
}

extension MPFloat: Real {}
