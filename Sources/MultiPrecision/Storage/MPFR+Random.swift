import CMPFR

extension MPFR {
  /// x + (y − x)·digits·2^exponent, rounded by `rule` as if once.
  ///
  /// - Precondition: the factor of y − x is less than 1.
  @safe
  static func between<T: BitwiseCopyable>(
    _ x: T, _ y: T, _ digits: [UInt], exponent: Int, _ rule: FloatingPointRoundingRule, _ bits: Int
  ) -> T {
    var result = x
    var x = x
    var y = y
    unsafe between(&result, &x, &y, digits, exponent: exponent, rule, bits)
    return result
  }

  /// result = x + (y − x)·digits·2^exponent. The result overlaps neither operand.
  private static func between(
    _ result: UnsafeMutableRawPointer, _ x: UnsafeRawPointer, _ y: UnsafeRawPointer,
    _ digits: [UInt], exponent: Int, _ rule: FloatingPointRoundingRule, _ bits: Int
  ) {
    var x = unsafe view(x, bits)
    var y = unsafe view(y, bits)
    unsafe compute(result, bits, rule) { r, rounding in
      unsafe digits.withUnsafeBufferPointer { digits in
        unsafe lsq_between(r, &x, &y, digits.baseAddress, digits.count, exponent, rounding)
      }
    }
  }
}
