public import LSQScalars

extension Dual: AlgebraicField {
  /// The size of the value.
  ///
  /// `Numeric` requires a comparable magnitude, and dual numbers have no order. In a model use
  /// ``absoluteValue(_:)``, which has derivatives.
  @inlinable
  public var magnitude: Scalar { realPart.magnitude }

  @inlinable
  public static prefix func - (a: Self) -> Self {
    var result = a
    result.negate()
    return result
  }

  @inlinable
  public mutating func negate() {
    value.negate()
    guard active != 0 else { return }
    for j in 0..<count { partials[j].negate() }
  }

  @inlinable
  public static func + (a: Self, b: Self) -> Self {
    var result = a
    result += b
    return result
  }

  @inlinable
  public static func += (a: inout Self, b: Self) {
    a.value += b.value
    guard b.active != 0 else { return }
    if a.active == 0 {
      a.partials = b.partials
    } else {
      for j in 0..<count { a.partials[j] += b.partials[j] }
    }
    a.active |= b.active
  }

  @inlinable
  public static func - (a: Self, b: Self) -> Self {
    var result = a
    result -= b
    return result
  }

  @inlinable
  public static func -= (a: inout Self, b: Self) {
    a.value -= b.value
    guard b.active != 0 else { return }
    for j in 0..<count { a.partials[j] -= b.partials[j] }
    a.active |= b.active
  }

  @inlinable
  public static func * (a: Self, b: Self) -> Self {
    var result = a
    result *= b
    return result
  }

  /// (a·b)ⱼ = b·aⱼ + a·bⱼ.
  @inlinable
  public static func *= (a: inout Self, b: Self) {
    guard a.active | b.active != 0 else {
      a.value *= b.value
      return
    }
    guard a.value.isRegularFactor && b.value.isRegularFactor else {
      a.multiplyWithCare(by: b)
      return
    }
    if b.active == 0 {
      var slopes = a.partials.mutableSpan
      Base.multiply(&slopes, by: b.value)
    } else if a.active == 0 {
      a.partials = b.partials
      let factor = a.value
      var slopes = a.partials.mutableSpan
      Base.multiply(&slopes, by: factor)
    } else {
      let factor = a.value
      var slopes = a.partials.mutableSpan
      Base.combine(&slopes, times: b.value, adding: b.partials.span, times: factor)
    }
    a.value *= b.value
    a.active |= b.active
  }

  @inlinable
  public static func / (a: Self, b: Self) -> Self {
    var result = a
    result /= b
    return result
  }

  /// (a/b)ⱼ = (aⱼ − q·bⱼ)·w with q = a/b and w = 1/b: one quotient for all slopes.
  @inlinable
  public static func /= (a: inout Self, b: Self) {
    guard a.active | b.active != 0 else {
      a.value /= b.value
      return
    }
    let quotient = a.value / b.value
    let reciprocal = 1 / b.value
    guard
      a.value.isRegularFactor && b.value.isRegularFactor && quotient.isFiniteThroughout
        && reciprocal.isFiniteThroughout
    else {
      a.divideWithCare(by: b)
      return
    }
    if b.active != 0 {
      let factor = -quotient
      if a.active == 0 {
        a.partials = b.partials
        var slopes = a.partials.mutableSpan
        Base.multiply(&slopes, by: factor)
      } else {
        var slopes = a.partials.mutableSpan
        Base.combine(&slopes, times: 1, adding: b.partials.span, times: factor)
      }
      a.active |= b.active
    }
    a.value = quotient
    var slopes = a.partials.mutableSpan
    Base.multiply(&slopes, by: reciprocal)
  }
}

// Products and quotients with zeros, infinities or NaN among the values.
extension Dual {
  /// The term b·aⱼ of the product rule.
  ///
  /// Where b = 0 meets an infinite slope, the term vanishes if b has a finite slope itself.
  @inlinable
  static func term(_ b: Base, _ slopeOfB: Base, times slopeOfA: Base) -> Base {
    if b == 0 && slopeOfA.isInfiniteSomewhere && slopeOfB.isFiniteThroughout { return 0 }
    return b * slopeOfA
  }

  /// The product rule, parameter by parameter.
  @inlinable
  mutating func multiplyWithCare(by b: Self) {
    let a = self
    value *= b.value
    active |= b.active
    for j in 0..<count where isActive(j) {
      let first = a.isActive(j) ? Self.term(b.value, b.partials[j], times: a.partials[j]) : 0
      let second = b.isActive(j) ? Self.term(a.value, a.partials[j], times: b.partials[j]) : 0
      partials[j] = first + second
    }
    if a.value == 0 { deactivate(~a.active) }
    if b.value == 0 { deactivate(~b.active) }
  }

  /// The quotient rule, parameter by parameter.
  @inlinable
  mutating func divideWithCare(by b: Self) {
    let a = self
    value /= b.value
    active |= b.active
    let quotientVanishes = a.value == 0 && b.value.isRegularFactor
    for j in 0..<count where isActive(j) {
      var slope = a.partials[j]
      if b.isActive(j) {
        slope -=
          quotientVanishes
          ? Self.term(a.value, slope, times: b.partials[j]) : value * b.partials[j]
      }
      partials[j] = slope / b.value
    }
    if a.value == 0 && b.value != 0 { deactivate(~a.active) }
  }
}
