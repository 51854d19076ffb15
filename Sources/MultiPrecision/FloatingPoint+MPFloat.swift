// The hardware's numbers, from those of any precision.

extension Double {
  /// The nearest `Double`, ties to even.
  public init<let b: Int, let w: Int>(_ value: MPFloat<b, w>) { self = MPFR.double(value, b) }

  /// The value rounded by `rule`.
  public init<let b: Int, let w: Int>(
    _ value: MPFloat<b, w>, rounded rule: FloatingPointRoundingRule
  ) {
    self.init(MPFloat<53, 1>(value, rounded: rule))
  }

  /// The value if a `Double` holds it. NaN never fits.
  public init?<let b: Int, let w: Int>(exactly value: MPFloat<b, w>) {
    guard let same = MPFloat<53, 1>(exactly: value) else { return nil }
    self.init(same)
  }
}

extension Float {
  /// The nearest `Float`, ties to even.
  public init<let b: Int, let w: Int>(_ value: MPFloat<b, w>) { self = MPFR.float(value, b) }

  /// The value rounded by `rule`.
  public init<let b: Int, let w: Int>(
    _ value: MPFloat<b, w>, rounded rule: FloatingPointRoundingRule
  ) {
    self.init(MPFloat<24, 1>(value, rounded: rule))
  }

  /// The value if a `Float` holds it. NaN never fits.
  public init?<let b: Int, let w: Int>(exactly value: MPFloat<b, w>) {
    guard let same = MPFloat<24, 1>(exactly: value) else { return nil }
    self.init(same)
  }
}

#if !((os(macOS) || targetEnvironment(macCatalyst)) && arch(x86_64))
  extension Float16 {
    /// The nearest `Float16`, ties to even.
    public init<let b: Int, let w: Int>(_ value: MPFloat<b, w>) {
      self.init(value, rounded: .toNearestOrEven)
    }

    /// The value rounded by `rule`.
    public init<let b: Int, let w: Int>(
      _ value: MPFloat<b, w>, rounded rule: FloatingPointRoundingRule
    ) {
      guard value.isFinite, !value.isZero, value.exponent <= 16 else {
        // Zero, infinity, NaN, and values that are too large whichever way they are rounded.
        self = Self.overflowed(value, rule)
        return
      }
      // Eleven bits, or as many as are left above the least subnormal number.
      let lastPlace = Swift.max(value.exponent, -14) - 10
      // A number far below the last place rounds like a quarter of a unit in that place.
      let units =
        value.exponent < lastPlace - 2
        ? MPFloat<24, 1>(sign: value.sign, exponent: -2, significand: 1).rounded(rule)
        : MPFloat<24, 1>(
          MPFloat<b, w>(sign: .plus, exponent: -lastPlace, significand: value).rounded(rule))
      let rounded = MPFloat<24, 1>(sign: .plus, exponent: lastPlace, significand: units)
      guard rounded.magnitude <= 65504 else {
        self = Self.overflowed(value, rule)
        return
      }
      self = Self(signOf: value.sign == .minus ? -1 : 1, magnitudeOf: Self(Float(rounded)))
    }

    /// The value if a `Float16` holds it. NaN never fits.
    public init?<let b: Int, let w: Int>(exactly value: MPFloat<b, w>) {
      let rounded = Self(value)
      guard MPFloat<24, 1>(exactly: value) == MPFloat<24, 1>(Float(rounded)) else { return nil }
      self = rounded
    }

    /// What becomes of zero, infinity, NaN and of finite values beyond the range.
    private static func overflowed<let b: Int, let w: Int>(
      _ value: MPFloat<b, w>, _ rule: FloatingPointRoundingRule
    ) -> Self {
      guard value.isFinite, !value.isZero else { return Self(Float(value)) }
      let isTruncated = rule.ofMagnitude(isNegative: value.sign == .minus) == .towardZero
      return Self(
        signOf: value.sign == .minus ? -1 : 1,
        magnitudeOf: isTruncated ? .greatestFiniteMagnitude : .infinity)
    }
  }
#endif

#if (arch(i386) || arch(x86_64)) && !os(Windows) && !os(Android)
  extension Float80 {
    /// The nearest `Float80`, ties to even.
    public init<let b: Int, let w: Int>(_ value: MPFloat<b, w>) { self = MPFR.float80(value, b) }

    /// The value rounded by `rule`.
    public init<let b: Int, let w: Int>(
      _ value: MPFloat<b, w>, rounded rule: FloatingPointRoundingRule
    ) {
      self.init(MPFloat<64, 1>(value, rounded: rule))
    }

    /// The value if a `Float80` holds it. NaN never fits.
    public init?<let b: Int, let w: Int>(exactly value: MPFloat<b, w>) {
      guard let same = MPFloat<64, 1>(exactly: value) else { return nil }
      self.init(same)
    }
  }
#endif
