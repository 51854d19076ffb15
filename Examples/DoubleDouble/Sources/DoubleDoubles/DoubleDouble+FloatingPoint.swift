extension DoubleDouble: FloatingPoint {
  public typealias Exponent = Int
  public typealias Magnitude = DoubleDouble
  public typealias Stride = DoubleDouble

  public static var radix: Int { 2 }
  public static var nan: Self { Self(Double.nan) }
  public static var signalingNaN: Self { nan }
  public static var infinity: Self { Self(Double.infinity) }
  public static var pi: Self { twice(halfPi) }

  /// 2⁻¹⁰⁴: the spacing at which all numbers between 1 and 2 are distinct, and to which operations round.
  public static var ulpOfOne: Self { Self(0x1p-104) }

  /// The greatest `Double` in `high`, and the greatest number below half of its last unit in `low`.
  public static var greatestFiniteMagnitude: Self {
    Self(high: .greatestFiniteMagnitude, low: (Double.greatestFiniteMagnitude.ulp / 2).nextDown)
  }

  /// 2⁻⁹¹⁶; below it the low parts of products are no longer exact.
  public static var leastNormalMagnitude: Self { Self(0x1p-916) }
  public static var leastNonzeroMagnitude: Self { Self(Double.leastNonzeroMagnitude) }
}

// MARK: - Order

extension DoubleDouble: Comparable, Hashable, Strideable {
  public func isEqual(to other: Self) -> Bool { high == other.high && low == other.low }

  public func isLess(than other: Self) -> Bool {
    high < other.high || (high == other.high && low < other.low)
  }

  public func isLessThanOrEqualTo(_ other: Self) -> Bool {
    high < other.high || (high == other.high && low <= other.low)
  }

  public func isTotallyOrdered(belowOrEqualTo other: Self) -> Bool {
    if self == other { return sign == .minus || other.sign == .plus }
    return isNaN || other.isNaN
      ? high.isTotallyOrdered(belowOrEqualTo: other.high) : self < other
  }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(high)
    hasher.combine(low)
  }

  public func distance(to other: Self) -> Self { other - self }
  public func advanced(by distance: Self) -> Self { self + distance }
}

// MARK: - The parts of a number

extension DoubleDouble {
  public var sign: FloatingPointSign { high.sign }

  /// The exponent of the leading bit of the sum, which is one less than that of `high` where `low` takes
  /// something away from a power of two.
  public var exponent: Int {
    guard high.isFinite && high != 0 else { return high.exponent }
    let isPowerOfTwo = high.significand == 1
    return high.exponent - (isPowerOfTwo && low != 0 && low.sign != high.sign ? 1 : 0)
  }

  public var significand: Self {
    isFinite && !isZero ? magnitude.scaled(by: -exponent) : Self(high.significand)
  }

  public init(sign: FloatingPointSign, exponent: Int, significand: Self) {
    let scaled = significand.scaled(by: exponent)
    self = sign == .minus ? -scaled : scaled
  }

  public init(signOf signSource: Self, magnitudeOf magnitudeSource: Self) {
    self = signSource.sign == magnitudeSource.sign ? magnitudeSource : -magnitudeSource
  }

  public var ulp: Self {
    guard isFinite else { return .nan }
    return Self(max(Double(sign: .plus, exponent: exponent - 104, significand: 1), 0x1p-1074))
  }

  /// The number plus its ulp. There may be numbers between, since `low` may be as small as it likes.
  public var nextUp: Self {
    if isInfinite { return sign == .minus ? -Self.greatestFiniteMagnitude : self }
    return isZero ? .leastNonzeroMagnitude : self + ulp
  }

  public var isFinite: Bool { high.isFinite }
  public var isZero: Bool { high == 0 }
  public var isNormal: Bool { isFinite && magnitude >= .leastNormalMagnitude }
  public var isSubnormal: Bool { isFinite && !isZero && !isNormal }
  public var isInfinite: Bool { high.isInfinite }
  public var isNaN: Bool { high.isNaN }
  public var isSignalingNaN: Bool { false }
  public var isCanonical: Bool { true }

  public var floatingPointClass: FloatingPointClassification {
    if isSubnormal { return sign == .minus ? .negativeSubnormal : .positiveSubnormal }
    return high.floatingPointClass
  }
}

// MARK: - Integers

extension DoubleDouble {
  public init(_ value: Int) {
    // Halves of 32 bits are exact, and so is their sum.
    self = Self(sum: Double(value >> 32) * 0x1p32, Double(value & 0xFFFF_FFFF))
  }

  public init<Source: BinaryInteger>(_ value: Source) {
    var result = Self.zero
    for word in value.magnitude.words.reversed() {
      let wordValue = Self(sum: Double(word >> 32) * 0x1p32, Double(word & 0xFFFF_FFFF))
      result = result.scaled(by: 64) + wordValue
    }
    self = value < 0 ? -result : result
  }

  public init?<Source: BinaryInteger>(exactly value: Source) {
    self.init(value)
    // In halves, since `high` alone may be the first integer that `Source` cannot hold.
    let half = (high / 2).rounded(.towardZero)
    guard let near = Source(exactly: half), let far = Source(exactly: high - half),
      let low = Source(exactly: low.magnitude)
    else { return nil }
    guard value - near == (self.low < 0 ? far - low : far + low) else { return nil }
  }

  public init(integerLiteral value: Int) { self.init(value) }
}
