import CMPFR

extension MPFR {
  /// x rounded to an integer by any rule.
  @safe
  static func rounded<T: BitwiseCopyable>(
    _ x: T, _ rule: FloatingPointRoundingRule, _ bits: Int
  ) -> T {
    var result = x
    unsafe modify(&result, bits) { r in
      switch rule {
      case .toNearestOrAwayFromZero: unsafe mpfr_round(r, r)
      case .toNearestOrEven: unsafe mpfr_roundeven(r, r)
      case .up: unsafe mpfr_rint(r, r, MPFR_RNDU)
      case .down: unsafe mpfr_rint(r, r, MPFR_RNDD)
      case .towardZero: unsafe mpfr_rint(r, r, MPFR_RNDZ)
      case .awayFromZero: unsafe mpfr_rint(r, r, MPFR_RNDA)
      @unknown default: preconditionFailure("unknown rounding rule \(rule)")
      }
    }
    return result
  }

  /// The least number above x.
  @safe
  static func next<T: BitwiseCopyable>(above x: T, _ bits: Int) -> T {
    var result = x
    unsafe modify(&result, bits) { r in
      unsafe mpfr_nextabove(r)
      return 0
    }
    return result
  }
}
