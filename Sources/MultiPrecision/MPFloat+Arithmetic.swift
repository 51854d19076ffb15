public import RealModule

// Every operation is rounded once, to nearest, ties to even. Those that are inlined always are so that
// unspecialised callers reach `MPFR` straight from the protocol's witness.

extension MPFloat: AdditiveArithmetic {
  /// Zero.
  @inlinable @inline(__always)
  public static var zero: Self { Self() }

  @inlinable @inline(__always)
  public static func += (a: inout Self, b: Self) { MPFR.replace(.add, &a, b, bits) }

  @inlinable @inline(__always)
  public static func -= (a: inout Self, b: Self) { MPFR.replace(.subtract, &a, b, bits) }

  @inlinable @inline(__always)
  public static func + (a: Self, b: Self) -> Self {
    MPFR.value(.add, a, b, bits)
  }

  @inlinable @inline(__always)
  public static func - (a: Self, b: Self) -> Self {
    MPFR.value(.subtract, a, b, bits)
  }
}

extension MPFloat: AlgebraicField {
  @inlinable @inline(__always)
  public static func *= (a: inout Self, b: Self) { MPFR.replace(.multiply, &a, b, bits) }

  @inlinable @inline(__always)
  public static func /= (a: inout Self, b: Self) { MPFR.replace(.divide, &a, b, bits) }

  @inlinable @inline(__always)
  public static func * (a: Self, b: Self) -> Self {
    MPFR.value(.multiply, a, b, bits)
  }

  @inlinable @inline(__always)
  public static func / (a: Self, b: Self) -> Self {
    MPFR.value(.divide, a, b, bits)
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
