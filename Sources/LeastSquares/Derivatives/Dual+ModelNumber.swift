public import LSQScalars

extension Dual {
  @inlinable
  public static func log2(_ x: Self) -> Self {
    chain(x, value: .log2(x.value), derivative: Base(1 / Scalar.log(2)) / x.value)
  }

  @inlinable
  public static func log10(_ x: Self) -> Self {
    chain(x, value: .log10(x.value), derivative: Base(1 / Scalar.log(10)) / x.value)
  }

  @inlinable
  public static func erf(_ x: Self) -> Self {
    chain(
      x, value: .erf(x.value),
      derivative: Base(2 / Scalar.sqrt(Scalar.pi)) * .gaussian(x.value))
  }

  @inlinable
  public static func erfc(_ x: Self) -> Self {
    chain(
      x, value: .erfc(x.value),
      derivative: Base(-2 / Scalar.sqrt(Scalar.pi)) * .gaussian(x.value))
  }

  /// The angle of (x, y), with the slope (x·yⱼ − y·xⱼ)/(x² + y²), undefined at the origin.
  @inlinable
  public static func atan2(y: Self, x: Self) -> Self {
    let value = Base.atan2(y: y.value, x: x.value)
    guard x.active | y.active != 0 else { return Self(constant: value) }
    // Divided through by the larger coordinate, since x² + y² may overflow or vanish.
    if x.value.realPart.magnitude >= y.value.realPart.magnitude {
      let slope = y.value / x.value
      let scale = 1 / (x.value * (1 + slope * slope))
      return chain(y, x, value: value, alongFirst: scale, alongSecond: -(slope * scale))
    }
    let slope = x.value / y.value
    let scale = 1 / (y.value * (1 + slope * slope))
    return chain(y, x, value: value, alongFirst: slope * scale, alongSecond: -scale)
  }

  /// |x|, which has no derivative at 0.
  @inlinable
  public static func absoluteValue(_ x: Self) -> Self {
    var result = x
    result.value = .absoluteValue(x.value)
    guard x.active != 0 else { return result }
    let real = x.realPart
    if real < 0 {
      for j in 0..<count { result.partials[j].negate() }
    } else if !(real > 0) {
      result.scalePartials(by: Base(Scalar.nan))
    }
    return result
  }

  /// The lesser of two numbers, with its slopes. Where they are equal, slopes that differ have no common value.
  @inlinable
  public static func lesser(_ x: Self, _ y: Self) -> Self {
    if x.realPart < y.realPart { return x }
    return y.realPart < x.realPart ? y : common(x, y, value: .lesser(x.value, y.value))
  }

  /// The greater of two numbers, with its slopes. Where they are equal, slopes that differ have no common value.
  @inlinable
  public static func greater(_ x: Self, _ y: Self) -> Self {
    if x.realPart > y.realPart { return x }
    return y.realPart > x.realPart ? y : common(x, y, value: .greater(x.value, y.value))
  }

  /// A value with the slopes that two numbers have in common, and NaN for the others.
  @inlinable
  static func common(_ x: Self, _ y: Self, value: Base) -> Self {
    var result = x
    result.value = value
    result.active |= y.active
    for j in 0..<count where !(x.partials[j] == y.partials[j]) {
      result.partials[j] = Base(Scalar.nan)
    }
    return result
  }
}
