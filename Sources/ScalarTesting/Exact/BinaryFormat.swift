import BigInt
import LSQScalars

/// The numbers that a scalar type holds, as its constants describe them.
struct BinaryFormat<Scalar: LSQScalar> {
  /// The number of significant bits.
  let bits: Int
  /// The exponent of the greatest finite number.
  let greatestExponent: Int
  /// The exponent of the least positive number.
  let leastExponent: Int
  let leastNormalExponent: Int

  /// - Throws: the constant that describes no format, or none that can be examined.
  init() throws(Finding) {
    // The numbers that the laws are checked on reach from 2⁻¹⁰⁰ to 2¹⁰⁰, and MINPACK's thresholds need about as much.
    let reach = 100
    // Beyond these, exact arithmetic takes too long or overflows.
    let (mostBits, farthest) = (1 << 20, 1 << 40)
    bits =
      try 1 - Self.exponent(of: "ulpOfOne", Scalar.ulpOfOne, in: (1 - mostBits)...(-1))
    greatestExponent = try Self.exponent(
      of: "greatestFiniteMagnitude", Scalar.greatestFiniteMagnitude, in: reach...farthest)
    leastNormalExponent = try Self.exponent(
      of: "leastNormalMagnitude", Scalar.leastNormalMagnitude, in: -farthest ... -reach)
    leastExponent = try Self.exponent(
      of: "leastNonzeroMagnitude", Scalar.leastNonzeroMagnitude,
      in: -farthest...leastNormalExponent)
  }

  private static func exponent(
    of name: String, _ constant: Scalar, in range: ClosedRange<Int>
  ) throws(Finding) -> Int {
    guard constant.isFinite, constant > 0, let exponent = Int(exactly: constant.exponent),
      range ~= exponent
    else {
      throw Finding(
        name, found: "\(constant)",
        expected: "from 2^\(range.lowerBound) to less than 2^\(range.upperBound + 1)")
    }
    return exponent
  }

  var hasSubnormals: Bool { leastExponent < leastNormalExponent }

  /// The places behind the leading bit that are looked at. A number that is a sum of several may have more than `bits`.
  var greatestSpan: Int { 8192 + 4 * bits }

  /// The magnitude nearest to that of an exact number, ties to even; nil if that is infinity.
  func nearest(to exact: ExactNumber) -> ExactNumber? {
    guard !exact.isZero else { return exact }
    let least = ExactNumber(exact.isNegative ? -1 : 1, exponent: leastExponent)
    if !hasSubnormals && exact.leadingExponent < leastExponent {
      return exact.magnitude > ExactNumber(1, exponent: leastExponent - 1) ? least : .zero
    }
    let rounded = exact.rounded(toBits: bits, quantum: hasSubnormals ? leastExponent : .min)
    return rounded.isZero || rounded.leadingExponent <= greatestExponent ? rounded : nil
  }
}
