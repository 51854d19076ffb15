public import RealModule

// Every operation is rounded once, to nearest, ties to even. Some are always inlined, so that
// unspecialised callers reach `MPFR` straight from the protocol's witness.

extension MPFloat: AdditiveArithmetic {
  /// Zero.
  @inlinable @inline(__always)
  public static var zero: Self { Self() }

  @inlinable @inline(__always)
  public static func += (a: inout Self, b: Self) { MPFR.add(b, to: &a, bits) }

  @inlinable @inline(__always)
  public static func -= (a: inout Self, b: Self) { MPFR.subtract(b, from: &a, bits) }

  @inlinable @inline(__always)
  public static func + (a: Self, b: Self) -> Self {
    var result = a
    MPFR.add(b, to: &result, bits)
    return result
  }

  @inlinable @inline(__always)
  public static func - (a: Self, b: Self) -> Self {
    var result = a
    MPFR.subtract(b, from: &result, bits)
    return result
  }
}

extension MPFloat: AlgebraicField {
  @inlinable @inline(__always)
  public static func *= (a: inout Self, b: Self) { MPFR.multiply(&a, by: b, bits) }

  @inlinable @inline(__always)
  public static func /= (a: inout Self, b: Self) { MPFR.divide(&a, by: b, bits) }

  @inlinable @inline(__always)
  public static func * (a: Self, b: Self) -> Self {
    var result = a
    MPFR.multiply(&result, by: b, bits)
    return result
  }

  @inlinable @inline(__always)
  public static func / (a: Self, b: Self) -> Self {
    var result = a
    MPFR.divide(&result, by: b, bits)
    return result
  }
}

extension MPFloat: SignedNumeric {
  @inlinable @inline(__always)
  public var magnitude: Self { MPFR.withSign(1, of: self, replacing: true) }

  @inlinable
  public mutating func negate() { storedSign = -storedSign }

  @inlinable @inline(__always)
  public static prefix func - (x: Self) -> Self { MPFR.withSign(-1, of: x, replacing: false) }
}

extension MPFloat {
  @inlinable @inline(__always)
  public func squareRoot() -> Self { MPFR.value(.squareRoot, self, bits) }

  public mutating func formSquareRoot() { self = squareRoot() }

  /// The value plus the product of the two others, with one rounding.
  @inlinable @inline(__always)
  public func addingProduct(_ x: Self, _ y: Self) -> Self { MPFR.fused(self, x, y, bits) }

  public mutating func addProduct(_ x: Self, _ y: Self) { self = addingProduct(x, y) }

  public mutating func formRemainder(dividingBy other: Self) {
    MPFR.replace(.remainder, &self, other, bits)
  }

  public mutating func formTruncatingRemainder(dividingBy other: Self) {
    MPFR.replace(.truncatingRemainder, &self, other, bits)
  }

  public mutating func round(_ rule: FloatingPointRoundingRule) {
    self = MPFR.rounded(self, rule, bits)
  }
}
