extension MPFloat: Comparable {
  @inlinable
  public static func == (a: Self, b: Self) -> Bool { holds(.equal, a, b) }

  @inlinable
  public static func < (a: Self, b: Self) -> Bool { holds(.less, a, b) }

  @inlinable
  public static func <= (a: Self, b: Self) -> Bool { holds(.lessOrEqual, a, b) }

  @inlinable
  public static func > (a: Self, b: Self) -> Bool { holds(.less, b, a) }

  @inlinable
  public static func >= (a: Self, b: Self) -> Bool { holds(.lessOrEqual, b, a) }

  @inlinable
  public func isEqual(to other: Self) -> Bool { Self.holds(.equal, self, other) }

  @inlinable
  public func isLess(than other: Self) -> Bool { Self.holds(.less, self, other) }

  @inlinable
  public func isLessThanOrEqualTo(_ other: Self) -> Bool { Self.holds(.lessOrEqual, self, other) }

  /// Whether the value comes before `other`, or is the same, in IEEE 754's total order, where −0
  /// precedes 0 and NaN with a positive sign follows everything.
  @inlinable
  public func isTotallyOrdered(belowOrEqualTo other: Self) -> Bool {
    Self.holds(.totalOrder, self, other)
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
