import CMPFR
import CMPFRWords

/// Functions of one number.
@usableFromInline
enum UnaryFunction {
  case copy, squareRoot, exp, expMinusOne, exp2, exp10, log, logOnePlus, log2, log10
  case cos, cosMinusOne, sin, tan, acos, asin, atan, cosh, sinh, tanh, acosh, asinh, atanh
  case erf, erfc, gamma, logGamma, digamma, zeta, exponentialIntegral, dilogarithm, airy
  case besselJ0, besselJ1, besselY0, besselY1
  case cosPi, sinPi, tanPi, acosPi, asinPi, atanPi
  case reciprocalSquareRoot, exp2MinusOne, exp10MinusOne, log2OnePlus, log10OnePlus

  typealias Body =
    @convention(c) (
      UnsafeMutablePointer<__mpfr_struct>?, UnsafePointer<__mpfr_struct>?, mpfr_rnd_t
    ) -> Int32

  var body: Body {
    switch self {
    case .copy: unsafe mpfr_set
    case .squareRoot: unsafe mpfr_sqrt
    case .exp: unsafe mpfr_exp
    case .expMinusOne: unsafe mpfr_expm1
    case .exp2: unsafe mpfr_exp2
    case .exp10: unsafe mpfr_exp10
    case .log: unsafe mpfr_log
    case .logOnePlus: unsafe mpfr_log1p
    case .log2: unsafe mpfr_log2
    case .log10: unsafe mpfr_log10
    case .cos: unsafe mpfr_cos
    case .cosMinusOne: unsafe lsq_cosm1
    case .sin: unsafe mpfr_sin
    case .tan: unsafe mpfr_tan
    case .acos: unsafe mpfr_acos
    case .asin: unsafe mpfr_asin
    case .atan: unsafe mpfr_atan
    case .cosh: unsafe mpfr_cosh
    case .sinh: unsafe mpfr_sinh
    case .tanh: unsafe mpfr_tanh
    case .acosh: unsafe mpfr_acosh
    case .asinh: unsafe mpfr_asinh
    case .atanh: unsafe mpfr_atanh
    case .erf: unsafe mpfr_erf
    case .erfc: unsafe mpfr_erfc
    case .gamma: unsafe mpfr_gamma
    case .logGamma:
      { result, x, rounding in
        var sign: Int32 = 0
        return unsafe mpfr_lgamma(result, &sign, x, rounding)
      }
    case .digamma: unsafe mpfr_digamma
    case .zeta: unsafe mpfr_zeta
    case .exponentialIntegral: unsafe mpfr_eint
    case .dilogarithm: unsafe mpfr_li2
    case .airy: unsafe lsq_airy
    case .besselJ0: unsafe mpfr_j0
    case .besselJ1: unsafe mpfr_j1
    case .besselY0: unsafe mpfr_y0
    case .besselY1: unsafe mpfr_y1
    case .cosPi: unsafe mpfr_cospi
    case .sinPi: unsafe mpfr_sinpi
    case .tanPi: unsafe mpfr_tanpi
    case .acosPi: unsafe mpfr_acospi
    case .asinPi: unsafe mpfr_asinpi
    case .atanPi: unsafe mpfr_atanpi
    case .reciprocalSquareRoot: unsafe mpfr_rec_sqrt
    case .exp2MinusOne: unsafe mpfr_exp2m1
    case .exp10MinusOne: unsafe mpfr_exp10m1
    case .log2OnePlus: unsafe mpfr_log2p1
    case .log10OnePlus: unsafe mpfr_log10p1
    }
  }
}

extension MPFR {
  /// f(x), rounded once.
  @inlinable @safe
  static func value<T: BitwiseCopyable>(_ f: UnaryFunction, _ x: T, _ bits: Int) -> T {
    var result = x
    unsafe apply(f, &result, bits)
    return result
  }

  /// value = f(value), rounded once; some functions are computed on words, like sums and products.
  @usableFromInline
  static func apply(_ f: UnaryFunction, _ value: UnsafeMutableRawPointer, _ bits: Int) {
    switch f {
    case .exp where bits > 64: unsafe lsq_form_exponential(value, bits)
    case .log where bits > 64: unsafe lsq_form_logarithm(value, bits)
    case .sin where bits > 64: unsafe lsq_form_sine(value, bits)
    case .cos where bits > 64: unsafe lsq_form_cosine(value, bits)
    default: unsafe modify(value, bits) { r in unsafe f.body(r, r, MPFR_RNDN) }
    }
  }

  /// sin(x) and cos(x), rounded once.
  @safe
  static func sineAndCosine<T: BitwiseCopyable>(of x: T, _ bits: Int) -> (sine: T, cosine: T) {
    guard bits > 64 else { return (value(.sin, x, bits), value(.cos, x, bits)) }
    var (sine, cosine) = (x, x)
    unsafe lsq_form_sine_cosine(&sine, &cosine, bits)
    return (sine, cosine)
  }

  /// f(x), rounded by any rule.
  @safe
  static func value<T: BitwiseCopyable>(
    _ f: UnaryFunction, _ x: T, _ bits: Int, _ rule: FloatingPointRoundingRule
  ) -> T {
    var result = x
    var x = x
    unsafe unary(f, &result, bits, &x, bits, rule)
    return result
  }

  /// f(x) of an operand of another width, rounded by any rule.
  @safe
  static func value<T: BitwiseCopyable, Operand: BitwiseCopyable>(
    _ f: UnaryFunction, _ x: Operand, of operandBits: Int, at bits: Int, _ words: Int,
    _ rule: FloatingPointRoundingRule
  ) -> T {
    var result: T = blank(bits, words)
    var x = x
    unsafe unary(f, &result, bits, &x, operandBits, rule)
    return result
  }

  /// result = f(x), rounded by any rule. The two do not overlap.
  private static func unary(
    _ f: UnaryFunction, _ result: UnsafeMutableRawPointer, _ bits: Int,
    _ x: UnsafeRawPointer, _ xBits: Int, _ rule: FloatingPointRoundingRule
  ) {
    var x = unsafe view(x, xBits)
    unsafe compute(result, bits, rule) { r, rounding in unsafe f.body(r, &x, rounding) }
  }

  /// f(x) of an operand of another width, rounded once.
  @safe
  static func value<T: BitwiseCopyable, Operand: BitwiseCopyable>(
    _ f: UnaryFunction, _ x: Operand, of operandBits: Int, at bits: Int, _ words: Int
  ) -> T {
    var result: T = blank(bits, words)
    var x = x
    unsafe unary(f, &result, bits, &x, operandBits)
    return result
  }

  /// result = f(x), rounded once. The two do not overlap.
  private static func unary(
    _ f: UnaryFunction, _ result: UnsafeMutableRawPointer, _ bits: Int,
    _ x: UnsafeRawPointer, _ xBits: Int
  ) {
    var x = unsafe view(x, xBits)
    unsafe modify(result, bits) { r in unsafe f.body(r, &x, MPFR_RNDN) }
  }
}
