import CMPFR

/// Functions of a number and an integer.
enum IntegerFunction {
  case power, root, scale, compound, besselJ, besselY

  /// result = f(x, n), rounded by `rounding`; MPFR's ternary value. The two may be the same header.
  @safe
  func callAsFunction(
    _ result: UnsafeMutablePointer<__mpfr_struct>, _ x: UnsafePointer<__mpfr_struct>, _ n: Int,
    _ rounding: mpfr_rnd_t
  ) -> Int32 {
    switch self {
    case .power: unsafe mpfr_pow_si(result, x, n, rounding)
    case .root: unsafe mpfr_rootn_si(result, x, n, rounding)
    case .scale: unsafe mpfr_mul_2si(result, x, n, rounding)
    case .compound: unsafe mpfr_compound_si(result, x, n, rounding)
    case .besselJ: unsafe Self.bessel(mpfr_jn, result, n, x, rounding)
    case .besselY: unsafe Self.bessel(mpfr_yn, result, n, x, rounding)
    }
  }

  /// A Bessel function of negative order as (−1)ⁿ times that of order −n.
  ///
  /// MPFR's asymptotic expansion fails for negative orders, and its fallback takes a number of bits that
  /// grows with the argument.
  private static func bessel(
    _ f:
      @convention(c) (
        UnsafeMutablePointer<__mpfr_struct>?, Int, UnsafePointer<__mpfr_struct>?, mpfr_rnd_t
      ) -> Int32,
    _ result: UnsafeMutablePointer<__mpfr_struct>, _ n: Int, _ x: UnsafePointer<__mpfr_struct>,
    _ rounding: mpfr_rnd_t
  ) -> Int32 {
    guard n != .min, n < 0, unsafe mpfr_inf_p(x) == 0 else {
      return unsafe f(result, n, x, rounding)
    }
    guard !n.isMultiple(of: 2) else { return unsafe f(result, -n, x, rounding) }
    let mirrored =
      switch rounding {
      case MPFR_RNDU: MPFR_RNDD
      case MPFR_RNDD: MPFR_RNDU
      default: rounding
      }
    let ternary = unsafe f(result, -n, x, mirrored)
    unsafe mpfr_neg(result, result, MPFR_RNDN)
    return -ternary
  }
}

extension MPFR {
  /// f(x, n), rounded once.
  @safe
  static func value<T: BitwiseCopyable>(
    _ f: IntegerFunction, _ x: T, _ n: Int, _ bits: Int
  ) -> T {
    var result = x
    unsafe modify(&result, bits) { r in f(r, r, n, MPFR_RNDN) }
    return result
  }

  /// f(x, n), rounded by any rule.
  @safe
  static func value<T: BitwiseCopyable>(
    _ f: IntegerFunction, _ x: T, _ n: Int, _ bits: Int, _ rule: FloatingPointRoundingRule
  ) -> T {
    var result = x
    var x = x
    unsafe integer(f, &result, bits, &x, n, rule)
    return result
  }

  /// result = f(x, n), rounded by any rule. The two do not overlap.
  private static func integer(
    _ f: IntegerFunction, _ result: UnsafeMutableRawPointer, _ bits: Int,
    _ x: UnsafeRawPointer, _ n: Int, _ rule: FloatingPointRoundingRule
  ) {
    var x = unsafe view(x, bits)
    unsafe compute(result, bits, rule) { r, rounding in f(r, &x, n, rounding) }
  }
}
