extension MPFloat: Comparable {
  @inlinable @inline(__always)
  public static func == (a: Self, b: Self) -> Bool { MPFR.holds(.equal, a, b, bits) }

  @inlinable @inline(__always)
  public static func < (a: Self, b: Self) -> Bool { MPFR.holds(.less, a, b, bits) }

  @inlinable @inline(__always)
  public static func <= (a: Self, b: Self) -> Bool { MPFR.holds(.lessOrEqual, a, b, bits) }

  @inlinable @inline(__always)
  public static func > (a: Self, b: Self) -> Bool { MPFR.holds(.less, b, a, bits) }

  @inlinable @inline(__always)
  public static func >= (a: Self, b: Self) -> Bool { MPFR.holds(.lessOrEqual, b, a, bits) }

  @inlinable @inline(__always)
  public func isEqual(to other: Self) -> Bool { MPFR.holds(.equal, self, other, bits) }

  @inlinable @inline(__always)
  public func isLess(than other: Self) -> Bool { MPFR.holds(.less, self, other, bits) }

  @inlinable @inline(__always)
  public func isLessThanOrEqualTo(_ other: Self) -> Bool {
    MPFR.holds(.lessOrEqual, self, other, bits)
  }

  /// Whether the value comes before `other`, or is the same, in IEEE 754's total order, where −0
  /// precedes 0 and NaN with a positive sign follows everything.
  @inlinable @inline(__always)
  public func isTotallyOrdered(belowOrEqualTo other: Self) -> Bool {
    MPFR.holds(.totalOrder, self, other, bits)
  }
}

extension MPFloat: Hashable {
  /// Hashes the value: both zeros alike, all NaN alike.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(storedExponent)
    guard isFinite && !isZero else {
      if isInfinite { hasher.combine(storedSign) }
      return
    }
    hasher.combine(storedSign)
    for i in limbs.indices { hasher.combine(limbs[i]) }
  }
}

extension MPFloat: Strideable {
  public func distance(to other: Self) -> Self { other - self }

  public func advanced(by distance: Self) -> Self { self + distance }
}
