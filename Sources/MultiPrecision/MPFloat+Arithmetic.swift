public import RealModule

// Every operation is rounded once, to nearest, ties to even. The first operand is copied and the
// operation done in place, which costs one copy of the value and no initialisation.

extension MPFloat: AdditiveArithmetic {
  /// Zero.
  public static var zero: Self { Self() }

  @inlinable
  public static func += (a: inout Self, b: Self) { a.update(.add, b) }

  @inlinable
  public static func -= (a: inout Self, b: Self) { a.update(.subtract, b) }

  @inlinable
  public static func + (a: Self, b: Self) -> Self {
    var result = a
    result.update(.add, b)
    return result
  }

  @inlinable
  public static func - (a: Self, b: Self) -> Self {
    var result = a
    result.update(.subtract, b)
    return result
  }
}

extension MPFloat: AlgebraicField {
  @inlinable
  public static func *= (a: inout Self, b: Self) { a.update(.multiply, b) }

  @inlinable
  public static func /= (a: inout Self, b: Self) { a.update(.divide, b) }

  @inlinable
  public static func * (a: Self, b: Self) -> Self {
    var result = a
    result.update(.multiply, b)
    return result
  }

  @inlinable
  public static func / (a: Self, b: Self) -> Self {
    var result = a
    result.update(.divide, b)
    return result
  }
}

extension MPFloat: SignedNumeric {
  @inlinable
  public var magnitude: Self {
    var result = self
    result.storedSign = 1
    return result
  }

  @inlinable
  public mutating func negate() { storedSign = -storedSign }

  @inlinable
  public static prefix func - (x: Self) -> Self {
    var result = x
    result.storedSign = -result.storedSign
    return result
  }
}

extension MPFloat {
  @inlinable
  public mutating func formSquareRoot() { apply(.squareRoot) }

  @inlinable
  public func squareRoot() -> Self {
    var result = self
    result.apply(.squareRoot)
    return result
  }

  /// Adds the product of the two values, with one rounding.
  @inlinable
  public mutating func addProduct(_ x: Self, _ y: Self) { fuse(x, y) }

  @inlinable
  public func addingProduct(_ x: Self, _ y: Self) -> Self {
    var result = self
    result.fuse(x, y)
    return result
  }

  public mutating func formRemainder(dividingBy other: Self) { update(.remainder, other) }

  public mutating func formTruncatingRemainder(dividingBy other: Self) {
    update(.truncatingRemainder, other)
  }

  public mutating func round(_ rule: FloatingPointRoundingRule) { roundToInteger(rule) }
}
