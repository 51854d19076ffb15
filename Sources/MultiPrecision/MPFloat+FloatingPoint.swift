extension MPFloat: FloatingPoint {
  public typealias Exponent = Int
  public typealias Magnitude = MPFloat
  public typealias Stride = MPFloat

  /// The number of significant bits, `bits`.
  public static var precisionBits: Int { bits }

  public static var radix: Int { 2 }
}

// MARK: - The constants of the type

extension MPFloat {
  public static var nan: Self { MPFR.special(exponent: MPFR.exponentOfNaN, bits, words) }

  /// The same as ``nan``: no NaN signals.
  public static var signalingNaN: Self { nan }

  public static var infinity: Self {
    MPFR.special(exponent: MPFR.exponentOfInfinity, bits, words)
  }

  /// (1 − 2^−bits)·2^emax, with MPFR's emax of 2³⁰ − 1 unless it has been changed, or the greatest
  /// number of the hardware's format.
  public static var greatestFiniteMagnitude: Self {
    guard let format else { return -(-infinity).nextUp }
    return Self(sign: .plus, exponent: format.greatestExponent, significand: 2 - ulpOfOne)
  }

  /// 2^(emin − 1), with MPFR's emin of 1 − 2³⁰ unless it has been changed, or the least normal number of
  /// the hardware's format.
  public static var leastNormalMagnitude: Self {
    guard let format else { return Self().nextUp }
    return Self(sign: .plus, exponent: format.leastExponent, significand: 1)
  }

  /// The same as ``leastNormalMagnitude``, since there are no subnormal numbers, or the least number of
  /// the hardware's format.
  public static var leastNonzeroMagnitude: Self {
    guard let format else { return leastNormalMagnitude }
    return Self(sign: .plus, exponent: format.leastExponent - (bits - 1), significand: 1)
  }

  /// The hardware's format of this width, if there is one.
  static var format: IEEEFormat? { IEEEFormat(bits: bits) }

  /// π rounded toward zero, as `FloatingPoint` demands; ``pi(rounded:)`` rounds otherwise.
  public static var pi: Self { pi(rounded: .towardZero) }

  /// 2^(1 − bits).
  public static var ulpOfOne: Self { Self(sign: .plus, exponent: 1 - bits, significand: 1) }
}

// MARK: - The parts of a number

extension MPFloat {
  /// The sign. That of a NaN has no meaning.
  public var sign: FloatingPointSign { storedSign < 0 ? .minus : .plus }

  /// The exponent of the leading bit; `Int.min` for zero, `Int.max` for infinity and NaN.
  public var exponent: Int {
    if isZero { return .min }
    return isFinite ? storedExponent - 1 : .max
  }

  /// The magnitude scaled into [1, 2); zero, infinity and NaN are their own significands, without sign.
  public var significand: Self {
    guard isFinite, !isZero else { return isNaN ? self : magnitude }
    var result = magnitude
    result.storedExponent = 1
    return result
  }

  /// ±2^exponent; zero for zero, and NaN for infinity, as for `Double`.
  public var binade: Self {
    guard isFinite, !isZero else { return isZero ? self : .nan }
    return Self(sign: sign, exponent: exponent, significand: 1)
  }

  /// The number of bits behind the leading one of the significand, without trailing zeros; −1 for zero,
  /// infinity and NaN.
  public var significandWidth: Int {
    guard isFinite, !isZero else { return -1 }
    var trailingZeros = 0
    for i in limbs.indices {
      trailingZeros += limbs[i].trailingZeroBitCount
      if limbs[i] != 0 { break }
    }
    return words * UInt.bitWidth - 1 - trailingZeros
  }

  /// ±significand·2^exponent, rounded once where the range ends.
  public init(sign: FloatingPointSign, exponent: Int, significand: Self) {
    self = significand
    if sign == .minus { negate() }
    if isFinite, !isZero { self = MPFR.value(.scale, self, exponent, bits) }
  }

  public init(signOf signSource: Self, magnitudeOf magnitudeSource: Self) {
    self = magnitudeSource
    storedSign = signSource.storedSign
  }

  /// The distance to the next number of greater magnitude; NaN for infinity and NaN.
  public var ulp: Self {
    guard isFinite else { return .nan }
    let least = Self.leastNonzeroMagnitude
    guard !isZero, exponent - least.exponent >= bits - 1 else { return least }
    return Self(sign: .plus, exponent: exponent - (bits - 1), significand: 1)
  }

  public var nextUp: Self {
    guard let format = Self.format, !isNaN else { return MPFR.next(above: self, bits) }
    if self == -.infinity { return -.greatestFiniteMagnitude }
    guard exponent <= format.leastExponent else { return MPFR.next(above: self, bits) }
    let next = self + .leastNonzeroMagnitude
    return next.isZero ? -next : next
  }
}

// MARK: - Classification

extension MPFloat {
  public var isNormal: Bool { isFinite && !isZero && !isSubnormal }

  public var isFinite: Bool { !isInfinite && !isNaN }

  public var isZero: Bool { storedExponent == MPFR.exponentOfZero }

  /// Whether the number is below the normal range of the hardware's format; no other width has such
  /// numbers.
  public var isSubnormal: Bool {
    guard let format = Self.format, isFinite, !isZero else { return false }
    return exponent < format.leastExponent
  }

  public var isInfinite: Bool { storedExponent == MPFR.exponentOfInfinity }

  public var isNaN: Bool { storedExponent == MPFR.exponentOfNaN }

  /// Always false: no NaN signals.
  public var isSignalingNaN: Bool { false }

  /// Always true: a number has one representation.
  public var isCanonical: Bool { true }

  public var floatingPointClass: FloatingPointClassification {
    if isNaN { return .quietNaN }
    switch (isZero, isInfinite, sign) {
    case (true, _, .plus): return .positiveZero
    case (true, _, .minus): return .negativeZero
    case (_, true, .plus): return .positiveInfinity
    case (_, true, .minus): return .negativeInfinity
    case (_, _, .plus): return isSubnormal ? .positiveSubnormal : .positiveNormal
    case (_, _, .minus): return isSubnormal ? .negativeSubnormal : .negativeNormal
    }
  }
}
