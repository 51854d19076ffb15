public import LSQScalars

// Each function is its value, its derivative and its second derivative.

extension SecondOrderDual: ElementaryFunctions {
  @inlinable
  public static func exp(_ x: Self) -> Self {
    let value = Base.exp(x.value)
    return chain(x, value: value, value, value)
  }

  @inlinable
  public static func expMinusOne(_ x: Self) -> Self {
    let slope = Base.exp(x.value)
    return chain(x, value: .expMinusOne(x.value), slope, slope)
  }

  @inlinable
  public static func log(_ x: Self) -> Self {
    let slope = 1 / x.value
    return chain(x, value: .log(x.value), slope, -slope * slope)
  }

  @inlinable
  public static func log(onePlus x: Self) -> Self {
    let slope = 1 / (1 + x.value)
    return chain(x, value: .log(onePlus: x.value), slope, -slope * slope)
  }

  @inlinable
  public static func sqrt(_ x: Self) -> Self {
    let value = Base.sqrt(x.value)
    let slope = 1 / (value + value)
    return chain(x, value: value, slope, -slope / (x.value + x.value))
  }

  /// The n-th root v, with the slope v/(n·x): vertical at zero, never 0/0.
  @inlinable
  public static func root(_ x: Self, _ n: Int) -> Self {
    let value = Base.root(x.value, n)
    let degree = Base(n)
    let slope =
      x.value == 0 ? (n > 0 ? Base.infinity : -Base.infinity) : value / (degree * x.value)
    return chain(x, value: value, slope, slope * ((1 - degree) / (degree * x.value)))
  }

  /// A power with a whole exponent, for bases of either sign.
  @inlinable
  public static func pow(_ x: Self, _ n: Int) -> Self {
    let value = Base.pow(x.value, n)
    let degree = Base(n)
    switch n {
    case 0: return Self(constant: value)
    case 1: return x
    default:
      // xⁿ⁻², even where n − 2 is not an `Int`.
      let (lower, overflow) = n.subtractingReportingOverflow(2)
      let power = overflow ? value / x.value / x.value : Base.pow(x.value, lower)
      return chain(x, value: value, degree * power * x.value, degree * (degree - 1) * power)
    }
  }

  /// The real power p = e^(y·log x), with the slopes y·p/x along x and p·log x along y.
  @inlinable
  public static func pow(_ x: Self, _ y: Self) -> Self {
    let value = Base.pow(x.value, y.value)
    if x.active == 0 {
      // 0 to a positive power is the constant 0.
      guard y.active != 0, x.value != 0 || !(y.value > 0) else { return Self(constant: value) }
      let logarithm = Base.log(x.value)
      let slope = value * logarithm
      return chain(y, value: value, slope, slope * logarithm)
    }
    if y.active == 0, y.value == 0 { return Self(constant: value) }
    // A quotient costs much less than a power, but the power may be in range where xʸ is below it.
    func quotient(_ power: Base, _ exponent: Base) -> Base {
      if power.isNormal { return power / x.value }
      return exponent == 0 ? 1 : .pow(x.value, exponent)
    }
    let lower = quotient(value, y.value - 1)
    let alongX = y.value * lower
    let curvature = y.value == 1 ? 0 : y.value * (y.value - 1) * quotient(lower, y.value - 2)
    if y.active == 0 { return chain(x, value: value, alongX, curvature) }
    let logarithm = Base.log(x.value)
    let alongY = value * logarithm
    return chain(
      x, y, value: value, alongX, alongY, curvature, lower + alongX * logarithm, alongY * logarithm)
  }

  @inlinable
  public static func sin(_ x: Self) -> Self {
    let (sine, cosine) = Base.sineAndCosine(of: x.value)
    return chain(x, value: sine, cosine, -sine)
  }

  @inlinable
  public static func cos(_ x: Self) -> Self {
    let (sine, cosine) = Base.sineAndCosine(of: x.value)
    return chain(x, value: cosine, -sine, -cosine)
  }

  /// Evaluates the sine and the cosine once each.
  @inlinable
  public static func sineAndCosine(of x: Self) -> (sine: Self, cosine: Self) {
    let (sine, cosine) = Base.sineAndCosine(of: x.value)
    return (chain(x, value: sine, cosine, -sine), chain(x, value: cosine, -sine, -cosine))
  }

  @inlinable
  public static func tan(_ x: Self) -> Self {
    let value = Base.tan(x.value)
    let slope = 1 + value * value
    return chain(x, value: value, slope, (value + value) * slope)
  }

  @inlinable
  public static func asin(_ x: Self) -> Self {
    let slope = 1 / Base.sqrt((1 - x.value) * (1 + x.value))
    return chain(x, value: .asin(x.value), slope, x.value * slope * slope * slope)
  }

  @inlinable
  public static func acos(_ x: Self) -> Self {
    let slope = -1 / Base.sqrt((1 - x.value) * (1 + x.value))
    return chain(x, value: .acos(x.value), slope, x.value * slope * slope * slope)
  }

  @inlinable
  public static func atan(_ x: Self) -> Self {
    let square = 1 + x.value * x.value
    // Where the square overflows, the 1 does not count.
    let slope = square.isFinite ? 1 / square : (1 / x.value) * (1 / x.value)
    return chain(x, value: .atan(x.value), slope, -(x.value + x.value) * slope * slope)
  }

  @inlinable
  public static func sinh(_ x: Self) -> Self {
    let value = Base.sinh(x.value)
    return chain(x, value: value, .cosh(x.value), value)
  }

  @inlinable
  public static func cosh(_ x: Self) -> Self {
    let value = Base.cosh(x.value)
    return chain(x, value: value, .sinh(x.value), value)
  }

  @inlinable
  public static func tanh(_ x: Self) -> Self {
    let value = Base.tanh(x.value)
    // Not 1 − tanh², which cancels as tanh nears 1.
    let reciprocal = 1 / Base.cosh(x.value)
    let slope = reciprocal * reciprocal
    return chain(x, value: value, slope, -(value + value) * slope)
  }

  @inlinable
  public static func asinh(_ x: Self) -> Self {
    let square = 1 + x.value * x.value
    let slope = square.isFinite ? 1 / .sqrt(square) : 1 / x.value.magnitude
    return chain(x, value: .asinh(x.value), slope, -x.value * slope * slope * slope)
  }

  @inlinable
  public static func acosh(_ x: Self) -> Self {
    let slope = 1 / (Base.sqrt(x.value - 1) * .sqrt(x.value + 1))
    return chain(x, value: .acosh(x.value), slope, -x.value * slope * slope * slope)
  }

  @inlinable
  public static func atanh(_ x: Self) -> Self {
    let slope = 1 / ((1 - x.value) * (1 + x.value))
    return chain(x, value: .atanh(x.value), slope, (x.value + x.value) * slope * slope)
  }
}

extension SecondOrderDual {
  @inlinable
  public static func log2(_ x: Self) -> Self {
    let reciprocal = 1 / x.value
    let slope = (1 / Base.log(2)) / x.value
    return chain(x, value: .log2(x.value), slope, -slope * reciprocal)
  }

  @inlinable
  public static func log10(_ x: Self) -> Self {
    let reciprocal = 1 / x.value
    let slope = (1 / Base.log(10)) / x.value
    return chain(x, value: .log10(x.value), slope, -slope * reciprocal)
  }

  @inlinable
  public static func erf(_ x: Self) -> Self {
    let slope = 2 / Base.sqrt(.pi) * .gaussian(x.value)
    return chain(x, value: .erf(x.value), slope, -(x.value + x.value) * slope)
  }

  @inlinable
  public static func erfc(_ x: Self) -> Self {
    let slope = -2 / Base.sqrt(.pi) * .gaussian(x.value)
    return chain(x, value: .erfc(x.value), slope, -(x.value + x.value) * slope)
  }

  /// The angle of (x, y), with the slopes x/ρ² along y and −y/ρ² along x, ρ² = x² + y².
  @inlinable
  public static func atan2(y: Self, x: Self) -> Self {
    let value = Base.atan2(y: y.value, x: x.value)
    guard x.active | y.active != 0 else { return Self(constant: value) }
    // Divided through by the larger coordinate, since ρ² may overflow or vanish.
    let isFlat = x.value.magnitude >= y.value.magnitude
    let (large, small) = isFlat ? (x.value, y.value) : (y.value, x.value)
    let ratio = small / large
    let scale = 1 / (large * (1 + ratio * ratio))
    let (alongY, alongX) = isFlat ? (scale, -(ratio * scale)) : (ratio * scale, -scale)
    let twist = 2 * alongX * alongY
    return chain(
      y, x, value: value, alongY, alongX, twist, (alongX + alongY) * (alongX - alongY), -twist)
  }

  /// |x|, which has no derivative at 0.
  @inlinable
  public static func absoluteValue(_ x: Self) -> Self {
    guard x.active != 0 else { return Self(constant: x.value.magnitude) }
    if x.value > 0 { return x }
    return x.value < 0 ? -x : chain(x, value: x.value.magnitude, .nan, .nan)
  }
}
