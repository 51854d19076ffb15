extension MPFloat {
  /// The same number.
  @inlinable
  public init(_ other: Self) { self = other }

  /// A number of another width, rounded once.
  public init<let b: Int, let w: Int>(_ other: MPFloat<b, w>) {
    self = MPFR.value(.copy, other, of: b, at: bits, words)
  }

  /// A number of another width if it fits exactly. NaN never does.
  public init?<let b: Int, let w: Int>(exactly other: MPFloat<b, w>) {
    self.init(other)
    guard MPFloat<b, w>(self) == other else { return nil }
  }

  /// An integer, rounded once; exact up to `bits` bits.
  @inlinable @inline(__always)
  public init(_ value: Int) { self = MPFR.number(value, bits, words) }

  /// A `Double`, rounded once; exact from 53 bits on.
  public init(_ value: Double) { self = MPFR.number(value, bits, words) }

  /// A `Float`, rounded once; exact from 24 bits on.
  public init(_ value: Float) { self.init(Double(value)) }

  /// An integer of any size, rounded once.
  public init<Source: BinaryInteger>(_ value: Source) {
    if let small = Int(exactly: value) {
      self.init(small)
    } else {
      self.init(magnitude: value.magnitude.words.map { UInt($0) }, isNegative: value < 0)
    }
  }

  /// ± the integer of the given words, least significant first, rounded once.
  private init(magnitude: [UInt], isNegative: Bool) {
    self = MPFR.number(magnitude: magnitude, isNegative: isNegative, bits, words)
  }

  /// An integer if it fits exactly.
  public init?<Source: BinaryInteger>(exactly value: Source) {
    // It fits if at most `bits` bits lie between its leading and its trailing one.
    let words = value.magnitude.words.map { UInt($0) }
    if let top = words.lastIndex(where: { $0 != 0 }) {
      let length = (top + 1) * UInt.bitWidth - words[top].leadingZeroBitCount
      guard length - value.trailingZeroBitCount <= bits else { return nil }
    }
    self.init(value)
  }
}

extension MPFloat: ExpressibleByIntegerLiteral {
  /// An integer literal of any size, rounded once.
  @inlinable @inline(__always)
  public init(integerLiteral value: StaticBigInt) {
    if value.bitWidth <= Int.bitWidth {
      self = MPFR.number(Int(bitPattern: value[0]), bits, words)
    } else {
      self.init(wideLiteral: value)
    }
  }

  @usableFromInline
  init(wideLiteral value: StaticBigInt) {
    // Two's complement, least significant word first; its negation is its complement plus one.
    let isNegative = value.signum() < 0
    var words = (0...(value.bitWidth / UInt.bitWidth)).map { value[$0] }
    if isNegative {
      var carry = true
      for i in words.indices {
        let (sum, overflow) = (~words[i]).addingReportingOverflow(carry ? 1 : 0)
        words[i] = sum
        carry = overflow
      }
    }
    self.init(magnitude: words, isNegative: isNegative)
  }
}

#if (arch(i386) || arch(x86_64)) && !os(Windows) && !os(Android)
  extension MPFloat {
    /// A `Float80`, rounded once; exact from 64 bits on.
    public init(_ value: Float80) { self = MPFR.number(value, bits, words) }
  }

  extension Float80 {
    /// The nearest `Float80`, ties to even.
    public init<let b: Int, let w: Int>(_ value: MPFloat<b, w>) { self = MPFR.float80(value, b) }
  }
#endif

extension Double {
  /// The nearest `Double`, ties to even.
  public init<let b: Int, let w: Int>(_ value: MPFloat<b, w>) { self = MPFR.double(value, b) }
}

extension Float {
  /// The nearest `Float`, ties to even.
  public init<let b: Int, let w: Int>(_ value: MPFloat<b, w>) { self = MPFR.float(value, b) }
}

extension FixedWidthInteger {
  /// The value without its fraction.
  ///
  /// - Precondition: the value is finite and lies in the range of the type.
  public init<let b: Int, let w: Int>(_ value: MPFloat<b, w>) {
    guard let integer = Self(exactly: value.rounded(.towardZero)) else {
      preconditionFailure("\(value) does not fit into \(Self.self)")
    }
    self = integer
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
