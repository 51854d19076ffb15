// `BinaryFloatingPoint` has these for the built-in types; `FloatingPoint` alone does not.

extension MPFloat {
  /// A random number from a range that does not contain its upper bound.
  ///
  /// As if a real number were drawn uniformly and rounded down: every number of the range can come up, with
  /// the probability of the real numbers between it and the next, to within 2⁻⁶⁰ of it.
  ///
  /// - Precondition: the range is not empty and its bounds are finite.
  public static func random<Generator: RandomNumberGenerator>(
    in range: Range<Self>, using generator: inout Generator
  ) -> Self {
    guard !range.isEmpty else { fatalError("a random number from an empty range: widen the range") }
    return random(from: range.lowerBound, to: range.upperBound, .down, using: &generator)
  }

  /// A random number from a range that does not contain its upper bound, by the system's generator.
  ///
  /// - Precondition: the range is not empty and its bounds are finite.
  public static func random(in range: Range<Self>) -> Self {
    var generator = SystemRandomNumberGenerator()
    return random(in: range, using: &generator)
  }

  /// A random number from a range that contains its upper bound.
  ///
  /// As if a real number were drawn uniformly and rounded to nearest: every number of the range can come up,
  /// with the probability of the real numbers that are nearer to it than to any other, to within 2⁻⁶⁰ of it.
  ///
  /// - Precondition: the bounds are finite.
  public static func random<Generator: RandomNumberGenerator>(
    in range: ClosedRange<Self>, using generator: inout Generator
  ) -> Self {
    random(from: range.lowerBound, to: range.upperBound, .toNearestOrEven, using: &generator)
  }

  /// A random number from a range that contains its upper bound, by the system's generator.
  ///
  /// - Precondition: the bounds are finite.
  public static func random(in range: ClosedRange<Self>) -> Self {
    var generator = SystemRandomNumberGenerator()
    return random(in: range, using: &generator)
  }

  private static func random<Generator: RandomNumberGenerator>(
    from lower: Self, to upper: Self, _ rule: FloatingPointRoundingRule,
    using generator: inout Generator
  ) -> Self {
    guard lower.isFinite, upper.isFinite else {
      fatalError("a random number between \(lower) and \(upper): choose finite bounds")
    }
    // A real number in [0, 1), truncated after at least `bits` + 64 significant bits: the zeros before
    // the first one, which are few unless the generator is constant, then full words.
    var exponent = 0
    var leading = UInt(truncatingIfNeeded: generator.next())
    while leading == 0, exponent > -(1 << 20) {
      exponent -= UInt.bitWidth
      leading = UInt(truncatingIfNeeded: generator.next())
    }
    var digits = (0...words).map { _ in UInt(truncatingIfNeeded: generator.next()) }
    digits.append(leading)
    return MPFR.between(
      lower, upper, digits, exponent: exponent - digits.count * UInt.bitWidth, rule, bits)
  }
}
