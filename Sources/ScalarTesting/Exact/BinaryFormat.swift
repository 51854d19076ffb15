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

  init() {
    bits = 1 - Int(Scalar.ulpOfOne.exponent)
    greatestExponent = Int(Scalar.greatestFiniteMagnitude.exponent)
    leastExponent = Int(Scalar.leastNonzeroMagnitude.exponent)
    leastNormalExponent = Int(Scalar.leastNormalMagnitude.exponent)
  }

  var hasSubnormals: Bool { leastExponent < leastNormalExponent }

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
