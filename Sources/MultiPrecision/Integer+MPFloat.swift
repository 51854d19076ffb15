// Integers, from numbers of any precision.

extension BinaryInteger {
  /// The value without its fraction.
  ///
  /// - Precondition: the value is finite and lies in the range of the type.
  public init<let b: Int, let w: Int>(_ value: MPFloat<b, w>) {
    self = value.fitting(Self(exactly: value.rounded(.towardZero)))
  }

  /// The value if it is an integer in the range of the type.
  ///
  /// A type without bounds holds every integer.
  public init?<let b: Int, let w: Int>(exactly value: MPFloat<b, w>) {
    // Generic code comes here with types that have bounds as well.
    if let bounded = Self.self as? any FixedWidthInteger.Type {
      func integer<Bounded: FixedWidthInteger>(_: Bounded.Type) -> Self? {
        Bounded(exactly: value) as? Self
      }
      guard let integer = integer(bounded) else { return nil }
      self = integer
      return
    }
    guard value.isFinite, value.rounded(.towardZero) == value, Self.isSigned || value >= 0
    else { return nil }
    // Word i stands for limbs[i]·2^shift; what a shift to the right drops is zero.
    var magnitude: Self = 0
    for i in value.limbs.indices where !value.isZero {
      let shift = value.exponent + 1 - UInt.bitWidth * (w - i)
      magnitude +=
        shift < 0 ? Self(value.limbs[i] >> UInt(-shift)) : Self(value.limbs[i]) << shift
    }
    self = value.sign == .plus ? magnitude : 0 - magnitude
  }
}

extension FixedWidthInteger {
  /// The value without its fraction.
  ///
  /// - Precondition: the value is finite and lies in the range of the type.
  public init<let b: Int, let w: Int>(_ value: MPFloat<b, w>) {
    self = value.fitting(Self(exactly: value.rounded(.towardZero)))
  }

  /// The value if it is an integer in the range of the type.
  public init?<let b: Int, let w: Int>(exactly value: MPFloat<b, w>) {
    if value.isZero {
      self = 0
      return
    }
    guard value.isFinite, value.exponent < Self.bitWidth, value.rounded(.towardZero) == value
    else { return nil }
    // Word i stands for limbs[i]·2^shift. Smart shifts push out what is zero.
    var magnitude: Magnitude = 0
    for i in value.limbs.indices {
      let shift = value.exponent + 1 - UInt.bitWidth * (w - i)
      magnitude |=
        shift < 0
        ? Magnitude(truncatingIfNeeded: value.limbs[i] >> -shift)
        : Magnitude(truncatingIfNeeded: value.limbs[i]) << shift
    }
    if value.sign == .plus {
      self.init(exactly: magnitude)
    } else {
      guard magnitude <= Self.min.magnitude else { return nil }
      self = 0 &- Self(truncatingIfNeeded: magnitude)
    }
  }
}

extension MPFloat {
  /// An integer that the value has to fit into.
  fileprivate func fitting<Integer>(_ integer: Integer?) -> Integer {
    guard let integer else { preconditionFailure("\(self) does not fit into \(Integer.self)") }
    return integer
  }
}
