public import LSQScalars

extension SecondOrderDual: AlgebraicField {
  @inlinable
  public static prefix func - (a: Self) -> Self {
    var result = a
    result.negate()
    return result
  }

  @inlinable
  public mutating func negate() {
    value.negate()
    for j in Bits(active) { slopes[j].negate() }
    for i in Bits(curved) {
      for j in Bits(curved, through: i) { curvatures[Self.index(i, j)].negate() }
    }
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
    for j in Bits(b.active) { a.slopes[j] += b.slopes[j] }
    for i in Bits(b.curved) {
      for j in Bits(b.curved, through: i) {
        a.curvatures[index(i, j)] += b.curvatures[index(i, j)]
      }
    }
    a.active |= b.active
    a.curved |= b.curved
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
    for j in Bits(b.active) { a.slopes[j] -= b.slopes[j] }
    for i in Bits(b.curved) {
      for j in Bits(b.curved, through: i) {
        a.curvatures[index(i, j)] -= b.curvatures[index(i, j)]
      }
    }
    a.active |= b.active
    a.curved |= b.curved
  }

  /// (a·b)ᵢⱼ = b·aᵢⱼ + a·bᵢⱼ + aᵢ·bⱼ + bᵢ·aⱼ.
  @inlinable
  public static func * (a: Self, b: Self) -> Self {
    if a.active == 0 { return b.scaled(by: a.value) }
    if b.active == 0 { return a.scaled(by: b.value) }
    var result = combined(a, b, value: a.value * b.value, b.value, a.value)
    for i in Bits(result.active) {
      result.addToRow(i, b.slopes[i], times: a)
      result.addToRow(i, a.slopes[i], times: b)
    }
    return result
  }

  @inlinable
  public static func *= (a: inout Self, b: Self) { a = a * b }

  /// With q = a/b: qᵢⱼ = aᵢⱼ/b − q·bᵢⱼ/b − (aᵢ·bⱼ + bᵢ·aⱼ)/b² + 2·q·bᵢ·bⱼ/b².
  @inlinable
  public static func / (a: Self, b: Self) -> Self {
    let quotient = a.value / b.value
    let reciprocal = 1 / b.value
    if b.active == 0 {
      var result = a.scaled(by: reciprocal)
      result.value = quotient
      return result
    }
    let slope = -quotient * reciprocal
    let mixed = -reciprocal * reciprocal
    let second = -(slope + slope) * reciprocal
    guard a.active != 0 else {
      if a.value == 0 && b.value != 0 { return Self(constant: quotient) }
      return chain(b, value: quotient, slope, second)
    }
    return chain(a, b, value: quotient, reciprocal, slope, nil, mixed, second)
  }

  @inlinable
  public static func /= (a: inout Self, b: Self) { a = a / b }
}

// The chain rule, of one and of two arguments. Rows of the triangle are contiguous, so that they go
// through a kernel of `Base`.
extension SecondOrderDual {
  /// The number times a constant. A constant zero gives a constant, whatever the derivatives are.
  @inlinable
  func scaled(by factor: Base) -> Self {
    guard factor != 0 else { return Self(constant: value * factor) }
    var result = self
    result.value *= factor
    for j in Bits(active) { result.slopes[j] *= factor }
    for i in Bits(curved) {
      for j in Bits(curved, through: i) { result.curvatures[Self.index(i, j)] *= factor }
    }
    return result
  }

  /// Row i of the triangle becomes itself plus `factor` times the slopes of u.
  @inlinable
  mutating func addToRow(_ i: Int, _ factor: Base, times u: Self) {
    let start = u.active.trailingZeroBitCount
    guard factor != 0, start <= i else { return }
    let end = min(i, 63 - u.active.leadingZeroBitCount)
    var triangle = curvatures.mutableSpan
    Base.addScaled(
      factor, u.slopes.span, Lane(start: start, count: end + 1 - start), to: &triangle,
      Lane(start: Self.index(i, start), count: end + 1 - start))
  }

  /// g(u) from its value, g′ and g″: gᵢⱼ = g′·uᵢⱼ + g″·uᵢ·uⱼ.
  @inlinable
  static func chain(
    _ u: Self, value: Base, _ first: @autoclosure () -> Base, _ second: @autoclosure () -> Base
  ) -> Self {
    guard u.active != 0 else { return Self(constant: value) }
    let (first, second) = (first(), second())
    var result = u
    result.value = value
    result.curved = u.active
    for i in Bits(u.curved) {
      for j in Bits(u.curved, through: i) { result.curvatures[index(i, j)] *= first }
    }
    for i in Bits(u.active) { result.addToRow(i, second * u.slopes[i], times: u) }
    for j in Bits(u.active) { result.slopes[j] *= first }
    return result
  }

  /// A number with the slopes p·uⱼ + q·vⱼ, and p·uᵢⱼ + q·vᵢⱼ so far.
  @inlinable
  static func combined(_ u: Self, _ v: Self, value: Base, _ p: Base, _ q: Base) -> Self {
    var result = u
    result.value = value
    result.active = u.active | v.active
    result.curved = result.active
    for j in Bits(u.active) { result.slopes[j] *= p }
    for j in Bits(v.active) { result.slopes[j] += q * v.slopes[j] }
    for i in Bits(u.curved) {
      for j in Bits(u.curved, through: i) { result.curvatures[index(i, j)] *= p }
    }
    for i in Bits(v.curved) {
      for j in Bits(v.curved, through: i) {
        result.curvatures[index(i, j)] += q * v.curvatures[index(i, j)]
      }
    }
    return result
  }

  /// g(u, v) from its value, the first derivatives p along u and q along v, and the second ones; nil
  /// means zero.
  @inlinable
  static func chain(
    _ u: Self, _ v: Self, value: Base, _ p: Base, _ q: Base, _ pp: Base?, _ pq: Base, _ qq: Base?
  ) -> Self {
    var result = combined(u, v, value: value, p, q)
    for i in Bits(result.active) {
      var (alongU, alongV) = (pq * v.slopes[i], pq * u.slopes[i])
      if let pp { alongU += pp * u.slopes[i] }
      if let qq { alongV += qq * v.slopes[i] }
      result.addToRow(i, alongU, times: u)
      result.addToRow(i, alongV, times: v)
    }
    return result
  }
}

/// The bits that are set in a mask, from the lowest.
@usableFromInline
struct Bits: Sequence, IteratorProtocol {
  @usableFromInline var rest: UInt64

  @inlinable
  init(_ mask: UInt64) { rest = mask }

  /// Bits 0 … last.
  @inlinable
  init(_ mask: UInt64, through last: Int) {
    rest = mask & (UInt64.max >> UInt64(63 - last))
  }

  @inlinable
  mutating func next() -> Int? {
    guard rest != 0 else { return nil }
    let bit = rest.trailingZeroBitCount
    rest &= rest - 1
    return bit
  }
}
