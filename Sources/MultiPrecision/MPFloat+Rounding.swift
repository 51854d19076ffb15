// Any rounding rule on request, for what is otherwise rounded to nearest. The name and the operands are
// those of the operator or function, and `rounded:` comes last:
// ```
// let below = a.adding(b, rounded: .down)
// let above = MPFloat256.exp(x, rounded: .up)
// ```
// `.toNearestOrAwayFromZero` allocates scratch space; no other rule does.

extension MPFloat {
  /// The sum, rounded by `rule`.
  public func adding(_ other: Self, rounded rule: FloatingPointRoundingRule) -> Self {
    MPFR.value(.add, self, other, bits, rule)
  }

  /// The difference, rounded by `rule`.
  public func subtracting(_ other: Self, rounded rule: FloatingPointRoundingRule) -> Self {
    MPFR.value(.subtract, self, other, bits, rule)
  }

  /// The product, rounded by `rule`.
  public func multiplied(by other: Self, rounded rule: FloatingPointRoundingRule) -> Self {
    MPFR.value(.multiply, self, other, bits, rule)
  }

  /// The quotient, rounded by `rule`.
  public func divided(by other: Self, rounded rule: FloatingPointRoundingRule) -> Self {
    MPFR.value(.divide, self, other, bits, rule)
  }

  /// The value plus the product of the two others, rounded once, by `rule`.
  public func addingProduct(
    _ x: Self, _ y: Self, rounded rule: FloatingPointRoundingRule
  ) -> Self {
    MPFR.fused(self, x, y, bits, rule)
  }

  /// The square root, rounded by `rule`.
  public func squareRoot(rounded rule: FloatingPointRoundingRule) -> Self {
    MPFR.value(.squareRoot, self, bits, rule)
  }
}

// MARK: - Elementary functions

extension MPFloat {
  /// eˣ, rounded by `rule`.
  public static func exp(_ x: Self, rounded rule: FloatingPointRoundingRule) -> Self {
    MPFR.value(.exp, x, bits, rule)
  }

  /// eˣ − 1, rounded by `rule`.
  public static func expMinusOne(_ x: Self, rounded rule: FloatingPointRoundingRule) -> Self {
    MPFR.value(.expMinusOne, x, bits, rule)
  }

  /// cosh x, rounded by `rule`.
  public static func cosh(_ x: Self, rounded rule: FloatingPointRoundingRule) -> Self {
    MPFR.value(.cosh, x, bits, rule)
  }

  /// sinh x, rounded by `rule`.
  public static func sinh(_ x: Self, rounded rule: FloatingPointRoundingRule) -> Self {
    MPFR.value(.sinh, x, bits, rule)
  }

  /// tanh x, rounded by `rule`.
  public static func tanh(_ x: Self, rounded rule: FloatingPointRoundingRule) -> Self {
    MPFR.value(.tanh, x, bits, rule)
  }

  /// cos x, rounded by `rule`.
  public static func cos(_ x: Self, rounded rule: FloatingPointRoundingRule) -> Self {
    MPFR.value(.cos, x, bits, rule)
  }

  /// cos x − 1, rounded by `rule`.
  public static func cosMinusOne(_ x: Self, rounded rule: FloatingPointRoundingRule) -> Self {
    MPFR.value(.cosMinusOne, x, bits, rule)
  }

  /// sin x, rounded by `rule`.
  public static func sin(_ x: Self, rounded rule: FloatingPointRoundingRule) -> Self {
    MPFR.value(.sin, x, bits, rule)
  }

  /// tan x, rounded by `rule`.
  public static func tan(_ x: Self, rounded rule: FloatingPointRoundingRule) -> Self {
    MPFR.value(.tan, x, bits, rule)
  }

  /// The natural logarithm, rounded by `rule`.
  public static func log(_ x: Self, rounded rule: FloatingPointRoundingRule) -> Self {
    MPFR.value(.log, x, bits, rule)
  }

  /// log(1 + x), rounded by `rule`.
  public static func log(onePlus x: Self, rounded rule: FloatingPointRoundingRule) -> Self {
    MPFR.value(.logOnePlus, x, bits, rule)
  }

  /// arcosh x, rounded by `rule`.
  public static func acosh(_ x: Self, rounded rule: FloatingPointRoundingRule) -> Self {
    MPFR.value(.acosh, x, bits, rule)
  }

  /// arsinh x, rounded by `rule`.
  public static func asinh(_ x: Self, rounded rule: FloatingPointRoundingRule) -> Self {
    MPFR.value(.asinh, x, bits, rule)
  }

  /// artanh x, rounded by `rule`.
  public static func atanh(_ x: Self, rounded rule: FloatingPointRoundingRule) -> Self {
    MPFR.value(.atanh, x, bits, rule)
  }

  /// arccos x, rounded by `rule`.
  public static func acos(_ x: Self, rounded rule: FloatingPointRoundingRule) -> Self {
    MPFR.value(.acos, x, bits, rule)
  }

  /// arcsin x, rounded by `rule`.
  public static func asin(_ x: Self, rounded rule: FloatingPointRoundingRule) -> Self {
    MPFR.value(.asin, x, bits, rule)
  }

  /// arctan x, rounded by `rule`.
  public static func atan(_ x: Self, rounded rule: FloatingPointRoundingRule) -> Self {
    MPFR.value(.atan, x, bits, rule)
  }

  /// The error function, rounded by `rule`.
  public static func erf(_ x: Self, rounded rule: FloatingPointRoundingRule) -> Self {
    MPFR.value(.erf, x, bits, rule)
  }

  /// 1 − erf x, rounded by `rule`.
  public static func erfc(_ x: Self, rounded rule: FloatingPointRoundingRule) -> Self {
    MPFR.value(.erfc, x, bits, rule)
  }

  /// 2ˣ, rounded by `rule`.
  public static func exp2(_ x: Self, rounded rule: FloatingPointRoundingRule) -> Self {
    MPFR.value(.exp2, x, bits, rule)
  }

  /// 10ˣ, rounded by `rule`.
  public static func exp10(_ x: Self, rounded rule: FloatingPointRoundingRule) -> Self {
    MPFR.value(.exp10, x, bits, rule)
  }

  /// The binary logarithm, rounded by `rule`.
  public static func log2(_ x: Self, rounded rule: FloatingPointRoundingRule) -> Self {
    MPFR.value(.log2, x, bits, rule)
  }

  /// The decimal logarithm, rounded by `rule`.
  public static func log10(_ x: Self, rounded rule: FloatingPointRoundingRule) -> Self {
    MPFR.value(.log10, x, bits, rule)
  }

  /// Γ(x), rounded by `rule`.
  public static func gamma(_ x: Self, rounded rule: FloatingPointRoundingRule) -> Self {
    MPFR.value(.gamma, x, bits, rule)
  }

  /// log |Γ(x)|, rounded by `rule`.
  public static func logGamma(_ x: Self, rounded rule: FloatingPointRoundingRule) -> Self {
    MPFR.value(.logGamma, x, bits, rule)
  }

  /// √x, rounded by `rule`.
  public static func sqrt(_ x: Self, rounded rule: FloatingPointRoundingRule) -> Self {
    x.squareRoot(rounded: rule)
  }

  /// exp(y·log x), rounded by `rule`, with the exceptions of `pow(x, y)`.
  public static func pow(
    _ x: Self, _ y: Self, rounded rule: FloatingPointRoundingRule
  ) -> Self {
    guard hasPower(x, y) else { return .nan }
    return MPFR.value(.power, x.magnitude, y, bits, rule)
  }

  /// xⁿ, rounded by `rule`; 1 for n = 0, whatever x is.
  public static func pow(_ x: Self, _ n: Int, rounded rule: FloatingPointRoundingRule) -> Self {
    MPFR.value(.power, x, n, bits, rule)
  }

  /// The real n-th root, rounded by `rule`.
  public static func root(_ x: Self, _ n: Int, rounded rule: FloatingPointRoundingRule) -> Self {
    MPFR.value(.root, x, n, bits, rule)
  }

  /// The angle of the point (x, y), rounded by `rule`.
  public static func atan2(
    y: Self, x: Self, rounded rule: FloatingPointRoundingRule
  ) -> Self {
    MPFR.value(.angle, y, x, bits, rule)
  }

  /// √(x² + y²), rounded by `rule`.
  public static func hypot(
    _ x: Self, _ y: Self, rounded rule: FloatingPointRoundingRule
  ) -> Self {
    MPFR.value(.hypotenuse, x, y, bits, rule)
  }
}
