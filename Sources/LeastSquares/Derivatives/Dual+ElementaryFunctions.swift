public import LSQScalars

// Each function is its value and its derivative. Derivatives are written so that they neither cancel nor
// overflow where the true one is representable.

extension Dual: ElementaryFunctions {
  @inlinable
  public static func exp(_ x: Self) -> Self {
    let value = Base.exp(x.value)
    return chain(x, value: value, derivative: value)
  }

  @inlinable
  public static func expMinusOne(_ x: Self) -> Self {
    // Not 1 + (eˣ − 1), which would lose every digit for x far below zero.
    chain(x, value: .expMinusOne(x.value), derivative: .exp(x.value))
  }

  @inlinable
  public static func log(_ x: Self) -> Self {
    chain(x, value: .log(x.value), derivative: 1 / x.value)
  }

  @inlinable
  public static func log(onePlus x: Self) -> Self {
    chain(x, value: .log(onePlus: x.value), derivative: 1 / (1 + x.value))
  }

  @inlinable
  public static func sqrt(_ x: Self) -> Self {
    let value = Base.sqrt(x.value)
    return chain(x, value: value, derivative: 1 / (value + value))
  }

  /// The n-th root v, with slope v¹⁻ⁿ/n: vertical at zero, never 0/0.
  @inlinable
  public static func root(_ x: Self, _ n: Int) -> Self {
    let value = Base.root(x.value, n)
    func power() -> Base { n == .min ? 1 / Self.power(value, oneLessThan: n) : .pow(value, 1 - n) }
    return chain(x, value: value, derivative: power() / Base(Scalar(n)))
  }

  /// A power with a whole exponent, for bases of either sign.
  @inlinable
  public static func pow(_ x: Self, _ n: Int) -> Self {
    let value = Base.pow(x.value, n)
    guard n != 0 else { return Self(constant: value) }
    return chain(x, value: value, derivative: Base(Scalar(n)) * power(x.value, oneLessThan: n))
  }

  /// xⁿ⁻¹, even where n − 1 is not an `Int`.
  @inlinable
  static func power(_ x: Base, oneLessThan n: Int) -> Base {
    n == .min ? .pow(x, n) / x : .pow(x, n - 1)
  }

  /// The real power p = e^(y·log x), with the slope y·xʸ⁻¹·xⱼ + p·log(x)·yⱼ.
  ///
  /// As for `Base`, it is defined for x ≥ 0 only; whole powers of other numbers are taken with an `Int`
  /// exponent. At x = 0 and y > 0 the power is the constant 0 as far as y is concerned, and x¹ has the
  /// slope 1.
  @inlinable
  public static func pow(_ x: Self, _ y: Self) -> Self {
    let value = Base.pow(x.value, y.value)
    guard x.active | y.active != 0 else { return Self(constant: value) }
    let isConstantZero = x.value == 0 && y.value.realPart > 0
    // xʸ⁻¹. In wide types it is a quotient, which costs much less than a power; the hardware's types, whose digits
    // are few, avoid the quotient's rounding. xʸ⁻¹ may be in range where xʸ is below it, so only a normal xʸ is divided.
    func lowerPower() -> Base {
      Scalar.precisionBits > UInt64.bitWidth && value.realPart.isNormal
        ? value / x.value : .pow(x.value, y.value - 1)
    }
    var result = chain(
      x, y, value: value,
      alongFirst: y.value == 1 ? 1 : y.value * lowerPower(),
      alongSecond: isConstantZero ? 0 : value * .log(x.value))
    if isConstantZero { result.deactivate(~x.active) }
    if y.value == 0 { result.deactivate(~y.active) }
    return result
  }

  @inlinable
  public static func sin(_ x: Self) -> Self {
    guard x.active != 0 else { return Self(constant: .sin(x.value)) }
    let (sine, cosine) = Base.sineAndCosine(of: x.value)
    return chain(x, value: sine, derivative: cosine)
  }

  @inlinable
  public static func cos(_ x: Self) -> Self {
    guard x.active != 0 else { return Self(constant: .cos(x.value)) }
    let (sine, cosine) = Base.sineAndCosine(of: x.value)
    return chain(x, value: cosine, derivative: -sine)
  }

  /// Evaluates the sine and the cosine once each.
  @inlinable
  public static func sineAndCosine(of x: Self) -> (sine: Self, cosine: Self) {
    let (sine, cosine) = Base.sineAndCosine(of: x.value)
    return (
      chain(x, value: sine, derivative: cosine), chain(x, value: cosine, derivative: -sine)
    )
  }

  @inlinable
  public static func tan(_ x: Self) -> Self {
    let value = Base.tan(x.value)
    return chain(x, value: value, derivative: 1 + value * value)
  }

  @inlinable
  public static func asin(_ x: Self) -> Self {
    chain(x, value: .asin(x.value), derivative: 1 / .sqrt((1 - x.value) * (1 + x.value)))
  }

  @inlinable
  public static func acos(_ x: Self) -> Self {
    chain(x, value: .acos(x.value), derivative: -1 / .sqrt((1 - x.value) * (1 + x.value)))
  }

  @inlinable
  public static func atan(_ x: Self) -> Self {
    func slope() -> Base {
      let square = 1 + x.value * x.value
      // Where the square overflows, the 1 does not count.
      return square.isFiniteThroughout ? 1 / square : (1 / x.value) * (1 / x.value)
    }
    return chain(x, value: .atan(x.value), derivative: slope())
  }

  @inlinable
  public static func sinh(_ x: Self) -> Self {
    chain(x, value: .sinh(x.value), derivative: .cosh(x.value))
  }

  @inlinable
  public static func cosh(_ x: Self) -> Self {
    chain(x, value: .cosh(x.value), derivative: .sinh(x.value))
  }

  @inlinable
  public static func tanh(_ x: Self) -> Self {
    // Not 1 − tanh², which cancels as tanh nears 1.
    func slope() -> Base {
      let reciprocal = 1 / Base.cosh(x.value)
      return reciprocal * reciprocal
    }
    return chain(x, value: .tanh(x.value), derivative: slope())
  }

  @inlinable
  public static func asinh(_ x: Self) -> Self {
    func slope() -> Base {
      let square = 1 + x.value * x.value
      // Where the square overflows, the 1 does not count.
      return square.isFiniteThroughout ? 1 / .sqrt(square) : 1 / .absoluteValue(x.value)
    }
    return chain(x, value: .asinh(x.value), derivative: slope())
  }

  @inlinable
  public static func acosh(_ x: Self) -> Self {
    chain(
      x, value: .acosh(x.value), derivative: 1 / (.sqrt(x.value - 1) * .sqrt(x.value + 1)))
  }

  @inlinable
  public static func atanh(_ x: Self) -> Self {
    chain(x, value: .atanh(x.value), derivative: 1 / ((1 - x.value) * (1 + x.value)))
  }
}
