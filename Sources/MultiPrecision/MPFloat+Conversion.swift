extension MPFloat {
  /// The same number.
  @inlinable
  public init(_ other: Self) { self = other }

  /// A number of another width, rounded once.
  public init<let b: Int, let w: Int>(_ other: MPFloat<b, w>) {
    self = MPFR.value(.copy, other, of: b, at: bits, words)
  }

  /// A number of another width, rounded by `rule`.
  public init<let b: Int, let w: Int>(
    _ other: MPFloat<b, w>, rounded rule: FloatingPointRoundingRule
  ) {
    self = MPFR.value(.copy, other, of: b, at: bits, words, rule)
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

  /// A number of any binary format whose significand and exponent fit into 64 bits each, rounded once.
  ///
  /// `Float16`, `Float`, `Double` and `Float80` qualify.
  public init<Source: BinaryFloatingPoint>(_ value: Source) {
    self.init(value, rounded: .toNearestOrEven)
  }

  /// A number of any binary format whose significand and exponent fit into 64 bits each, rounded by
  /// `rule`.
  public init<Source: BinaryFloatingPoint>(
    _ value: Source, rounded rule: FloatingPointRoundingRule
  ) {
    if value.isZero || !value.isFinite {
      self.init(Double(value))
      return
    }
    // The significand as an integer: shifted left by all the bits behind its point.
    let width = value.significandWidth
    precondition(width < 64, "\(Source.self) has more bits than can be converted")
    let scaled =
      value.significand * Source(sign: .plus, exponent: Source.Exponent(width), significand: 1)
    let digits = MPFloat<64, 1>(UInt64(scaled))
    // Scaled at a width that holds every bit and has no hardware format, so that nothing is rounded.
    let exact = MPFloat<128, 2>(
      sign: value.sign, exponent: Int(value.exponent) - width, significand: MPFloat<128, 2>(digits))
    self.init(exact, rounded: rule)
  }

  /// A number of any binary format if it fits exactly. NaN never does.
  public init?<Source: BinaryFloatingPoint>(exactly value: Source) {
    self.init(exactly: MPFloat<128, 2>(value))
  }

  /// An integer of any size, rounded once.
  public init<Source: BinaryInteger>(_ value: Source) {
    if let small = Int(exactly: value) {
      self.init(small)
    } else {
      self.init(value, rounded: .toNearestOrEven)
    }
  }

  /// An integer of any size, rounded by `rule`.
  public init<Source: BinaryInteger>(
    _ value: Source, rounded rule: FloatingPointRoundingRule
  ) {
    self = MPFR.number(
      magnitude: value.magnitude.words.map { UInt($0) }, isNegative: value < 0, bits, words, rule)
  }

  /// ± the integer of the given words, least significant first, rounded once.
  private init(magnitude: [UInt], isNegative: Bool) {
    self = MPFR.number(magnitude: magnitude, isNegative: isNegative, bits, words)
  }

  /// An integer if it fits exactly.
  public init?<Source: BinaryInteger>(exactly value: Source) {
    // It fits if at most `bits` bits lie between its leading and its trailing one, and within the range.
    let words = value.magnitude.words.map { UInt($0) }
    if let top = words.lastIndex(where: { $0 != 0 }) {
      let length = (top + 1) * UInt.bitWidth - words[top].leadingZeroBitCount
      guard length - value.trailingZeroBitCount <= bits else { return nil }
    }
    self.init(value)
    guard isFinite else { return nil }
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

extension MPFloat {
  /// The number without its type.
  public var binaryReal: BinaryReal {
    guard isFinite else { return isNaN ? .nan : .infinity(sign: sign) }
    guard !isZero else { return .finite(sign: sign, words: [], exponent: 0) }
    return .finite(
      sign: sign, words: MPFR.words(of: self, words),
      exponent: storedExponent - UInt.bitWidth * words)
  }

  /// A number of another type, rounded once.
  public init(rounding number: BinaryReal) {
    switch number {
    case .nan: self = .nan
    case .infinity(let sign): self = sign == .minus ? -.infinity : .infinity
    case .finite(let sign, let magnitude, let exponent):
      self = MPFR.number(
        magnitude: magnitude, isNegative: sign == .minus, exponent: exponent, bits, words)
      if magnitude.isEmpty, sign == .minus { negate() }
    }
  }

  /// Numbers of another type, each rounded once; from any width to one of more than 64 bits they stay words.
  public static func rounded<Source: LSQScalar>(_ numbers: [Source]) -> [Self] {
    bits > 64 && Source.self is any StoredAsWords.Type
      ? MPFR.numbers(rounding: numbers, of: Source.precisionBits, bits, words)
      : numbers.map { Self(rounding: $0.binaryReal) }
  }
}

/// The numbers that lie in memory as MPFR's do: those of ``MPFloat``.
private protocol StoredAsWords {}

extension MPFloat: StoredAsWords {}

#if (arch(i386) || arch(x86_64)) && !os(Windows) && !os(Android)
  extension MPFloat {
    /// A `Float80`, rounded once; exact from 64 bits on.
    public init(_ value: Float80) { self = MPFR.number(value, bits, words) }
  }
#endif
