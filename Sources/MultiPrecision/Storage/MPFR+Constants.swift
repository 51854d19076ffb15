import CMPFR

/// Constants that MPFR computes to any width.
enum Constant {
  case pi, ln2, eulerGamma, catalan

  typealias Body = @convention(c) (UnsafeMutablePointer<__mpfr_struct>?, mpfr_rnd_t) -> Int32

  var body: Body {
    switch self {
    case .pi: unsafe mpfr_const_pi
    case .ln2: unsafe mpfr_const_log2
    case .eulerGamma: unsafe mpfr_const_euler
    case .catalan: unsafe mpfr_const_catalan
    }
  }
}

extension MPFR {
  /// A constant, rounded by any rule.
  @safe
  static func constant<T: BitwiseCopyable>(
    _ constant: Constant, _ bits: Int, _ words: Int, _ rule: FloatingPointRoundingRule
  ) -> T {
    var result: T = blank(bits, words)
    unsafe compute(&result, bits, rule) { r, rounding in unsafe constant.body(r, rounding) }
    return result
  }
}
