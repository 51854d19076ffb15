// All unsafe Swift of this module, deliberately in one long file. The C module CMPFRWords computes
// sums and products of a few words and states its law.
//
// A value in memory is `storedExponent`, `storedSign`, then the limbs. `MPFR` builds on the stack the
// header that MPFR's functions expect, with a pointer to the limbs where they lie, and stores sign and
// exponent back after the call. The calls are not generic, so that unspecialised generic code pays for
// one or two copies of a value per operation and little else.

import CMPFR
import CMPFRWords
public import LSQScalars

// MARK: - What MPFR computes

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

/// Functions of two numbers.
@usableFromInline
enum BinaryFunction {
  case add, subtract, multiply, divide, remainder, truncatingRemainder, power, angle, hypotenuse
  case anglePi, arithmeticGeometricMean, beta

  typealias Body =
    @convention(c) (
      UnsafeMutablePointer<__mpfr_struct>?, UnsafePointer<__mpfr_struct>?,
      UnsafePointer<__mpfr_struct>?, mpfr_rnd_t
    ) -> Int32

  var body: Body {
    switch self {
    case .add: unsafe mpfr_add
    case .subtract: unsafe mpfr_sub
    case .multiply: unsafe mpfr_mul
    case .divide: unsafe mpfr_div
    case .remainder: unsafe mpfr_remainder
    case .truncatingRemainder: unsafe mpfr_fmod
    case .power: unsafe mpfr_pow
    case .angle: unsafe mpfr_atan2
    case .hypotenuse: unsafe mpfr_hypot
    case .anglePi: unsafe mpfr_atan2pi
    case .arithmeticGeometricMean: unsafe mpfr_agm
    case .beta: unsafe mpfr_beta
    }
  }
}

/// Functions of a number and an integer.
enum IntegerFunction {
  case power, root, scale, compound, besselJ, besselY

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

/// Comparisons; all but the total order are false when an operand is NaN.
@usableFromInline
enum Relation {
  case equal, less, lessOrEqual, totalOrder
}

// MARK: - MPFR on values in memory

@usableFromInline
enum MPFR {
  @usableFromInline static var exponentOfZero: Int { lsq_exponent_of_zero() }
  static var exponentOfInfinity: Int { lsq_exponent_of_infinity() }
  static var exponentOfNaN: Int { lsq_exponent_of_nan() }

  /// The bytes before the limbs.
  static var headerSize: Int { 16 }

  static func setExponentAndSign(_ exponent: Int, _ sign: Int, _ value: UnsafeMutableRawPointer) {
    unsafe value.storeBytes(of: exponent, as: Int.self)
    unsafe value.storeBytes(of: sign, toByteOffset: 8, as: Int.self)
  }

  /// MPFR's header for the value at `value`.
  @inline(__always)
  static func view(_ value: UnsafeRawPointer, _ bits: Int) -> __mpfr_struct {
    unsafe __mpfr_struct(
      _mpfr_prec: bits,
      _mpfr_sign: Int32(truncatingIfNeeded: value.load(fromByteOffset: 8, as: Int.self)),
      _mpfr_exp: value.load(as: Int.self),
      _mpfr_d: UnsafeMutableRawPointer(mutating: value + headerSize)
        .assumingMemoryBound(to: mp_limb_t.self))
  }

  /// Stores what is not in the limbs already.
  @inline(__always)
  static func store(_ header: __mpfr_struct, _ value: UnsafeMutableRawPointer) {
    unsafe setExponentAndSign(header._mpfr_exp, Int(header._mpfr_sign), value)
  }

  /// Before a call that may leave something in MPFR's caches: ensures that they are freed when the
  /// thread ends, and returns MPFR's flags, to be restored after the call.
  @inline(__always)
  private static func enter() -> mpfr_flags_t {
    lsq_free_caches_at_end_of_thread()
    return mpfr_flags_save()
  }

  /// Hands the header of `value` to `body`, which changes it.
  ///
  /// An operand that is also the result must be the same header, not a second one on the same limbs:
  /// MPFR recognises aliases by the header's address. MPFR's flags are left as they were found.
  @inline(__always)
  static func modify(
    _ value: UnsafeMutableRawPointer, _ bits: Int,
    _ body: (UnsafeMutablePointer<__mpfr_struct>) -> Int32
  ) {
    var header = unsafe view(value, bits)
    let flags = enter()
    let ternary = unsafe withUnsafeMutablePointer(to: &header) { unsafe body($0) }
    lsq_restore_flags(flags)
    // No format of the hardware ends within these exponents; zero, infinity and NaN are outside them, too.
    if bits <= 64, unsafe UInt(bitPattern: header._mpfr_exp &+ 120) > 240 {
      unsafe fit(&header, ternary: ternary, bits)
    }
    unsafe store(header, value)
  }

  /// Brings a result of a hardware format's width into the range of that format.
  @inline(never)
  private static func fit(
    _ header: inout __mpfr_struct, ternary: Int32, _ bits: Int,
    _ rule: FloatingPointRoundingRule = .toNearestOrEven
  ) {
    guard let format = IEEEFormat(bits: bits),
      ![exponentOfZero, exponentOfInfinity, exponentOfNaN].contains(unsafe header._mpfr_exp)
    else { return }
    let magnitude = unsafe IEEEFormat.Magnitude(
      exponent: header._mpfr_exp, significand: header._mpfr_d[0])
    let sign = unsafe Int(header._mpfr_sign)
    switch format.fit(
      magnitude, excess: Int(ternary) * sign, rule.ofMagnitude(isNegative: sign < 0))
    {
    case .unchanged: break
    case .zero: unsafe header._mpfr_exp = exponentOfZero
    case .infinite: unsafe header._mpfr_exp = exponentOfInfinity
    case .rounded(let result):
      unsafe header._mpfr_exp = result.exponent
      unsafe header._mpfr_d[0] = result.significand
    }
  }

  /// Sets `result` to what `body` computes, rounded by any rule. The result overlaps no operand.
  static func compute(
    _ result: UnsafeMutableRawPointer, _ bits: Int, _ rule: FloatingPointRoundingRule,
    _ body: (UnsafeMutablePointer<__mpfr_struct>, mpfr_rnd_t) -> Int32
  ) {
    var header = unsafe view(result, bits)
    let flags = enter()
    let ternary = unsafe withUnsafeMutablePointer(to: &header) { header in
      switch rule {
      case .toNearestOrEven: unsafe body(header, MPFR_RNDN)
      case .up: unsafe body(header, MPFR_RNDU)
      case .down: unsafe body(header, MPFR_RNDD)
      case .towardZero: unsafe body(header, MPFR_RNDZ)
      case .awayFromZero: unsafe body(header, MPFR_RNDA)
      case .toNearestOrAwayFromZero: unsafe computeTiesAway(header, body)
      @unknown default: preconditionFailure("unknown rounding rule \(rule)")
      }
    }
    lsq_restore_flags(flags)
    if bits <= 64 { unsafe fit(&header, ternary: ternary, bits, rule) }
    unsafe store(header, result)
  }

  /// Rounds to nearest, ties away from zero, which MPFR does not: one more bit, truncated, shows whether
  /// the rest is at least a half.
  private static func computeTiesAway(
    _ result: UnsafeMutablePointer<__mpfr_struct>,
    _ body: (UnsafeMutablePointer<__mpfr_struct>, mpfr_rnd_t) -> Int32
  ) -> Int32 {
    var wider = unsafe __mpfr_struct()
    unsafe mpfr_init2(&wider, result.pointee._mpfr_prec + 1)
    defer { unsafe mpfr_clear(&wider) }
    var cut = unsafe body(&wider, MPFR_RNDZ)
    if unsafe mpfr_zero_p(&wider) != 0, cut != 0 {
      // Below MPFR's range. The result is either zero or the least number, so it is computed once more
      // with room below.
      let least = mpfr_get_emin()
      mpfr_set_emin(mpfr_get_emin_min())
      cut = unsafe body(&wider, MPFR_RNDZ)
      mpfr_set_emin(least)
      let isUp = unsafe wider._mpfr_exp == least - 1
      unsafe mpfr_set_zero(result, wider._mpfr_sign)
      if isUp { unsafe wider._mpfr_sign < 0 ? mpfr_nextbelow(result) : mpfr_nextabove(result) }
      return isUp ? unsafe wider._mpfr_sign : -(unsafe wider._mpfr_sign)
    }
    let rounded = unsafe mpfr_set(result, &wider, MPFR_RNDA)
    return rounded != 0 ? rounded : cut
  }

  /// result = f(x), rounded by any rule. The two do not overlap.
  static func unary(
    _ f: UnaryFunction, _ result: UnsafeMutableRawPointer, _ bits: Int,
    _ x: UnsafeRawPointer, _ xBits: Int, _ rule: FloatingPointRoundingRule
  ) {
    var x = unsafe view(x, xBits)
    unsafe compute(result, bits, rule) { r, rounding in unsafe f.body(r, &x, rounding) }
  }

  /// result = f(x, y), rounded by any rule. The result overlaps neither operand.
  static func binary(
    _ f: BinaryFunction, _ result: UnsafeMutableRawPointer, _ bits: Int,
    _ x: UnsafeRawPointer, _ y: UnsafeRawPointer, _ rule: FloatingPointRoundingRule
  ) {
    var x = unsafe view(x, bits)
    var y = unsafe view(y, bits)
    unsafe compute(result, bits, rule) { r, rounding in unsafe f.body(r, &x, &y, rounding) }
  }

  /// result = f(x, n), rounded by any rule. The two do not overlap.
  static func integer(
    _ f: IntegerFunction, _ result: UnsafeMutableRawPointer, _ bits: Int,
    _ x: UnsafeRawPointer, _ n: Int, _ rule: FloatingPointRoundingRule
  ) {
    var x = unsafe view(x, bits)
    unsafe compute(result, bits, rule) { r, rounding in f(r, &x, n, rounding) }
  }

  /// result = z + x·y, rounded by any rule. The result overlaps no operand.
  static func addProduct(
    _ result: UnsafeMutableRawPointer, _ z: UnsafeRawPointer, _ x: UnsafeRawPointer,
    _ y: UnsafeRawPointer, _ bits: Int, _ rule: FloatingPointRoundingRule
  ) {
    var z = unsafe view(z, bits)
    var x = unsafe view(x, bits)
    var y = unsafe view(y, bits)
    unsafe compute(result, bits, rule) { r, rounding in unsafe mpfr_fma(r, &x, &y, &z, rounding) }
  }

  /// result = f(x), rounded once. The two do not overlap.
  static func unary(
    _ f: UnaryFunction, _ result: UnsafeMutableRawPointer, _ bits: Int,
    _ x: UnsafeRawPointer, _ xBits: Int
  ) {
    var x = unsafe view(x, xBits)
    unsafe modify(result, bits) { r in unsafe f.body(r, &x, MPFR_RNDN) }
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

  /// result = f(x, y), rounded once. The result overlaps neither operand.
  @usableFromInline
  static func binary(
    _ f: BinaryFunction, _ result: UnsafeMutableRawPointer, _ bits: Int,
    _ x: UnsafeRawPointer, _ y: UnsafeRawPointer, _ operandBits: Int
  ) {
    var x = unsafe view(x, operandBits)
    var y = unsafe view(y, operandBits)
    unsafe modify(result, bits) { r in unsafe f.body(r, &x, &y, MPFR_RNDN) }
  }

  /// value = f(value, y), rounded once. The two do not overlap.
  @usableFromInline
  static func update(
    _ f: BinaryFunction, _ value: UnsafeMutableRawPointer, _ y: UnsafeRawPointer, _ bits: Int
  ) {
    if f == .power, bits > 64 {
      unsafe lsq_form_power(value, y, bits)
      return
    }
    var y = unsafe view(y, bits)
    unsafe modify(value, bits) { r in unsafe f.body(r, r, &y, MPFR_RNDN) }
  }

  /// ``update`` for the hardware's widths, kept apart from the others.
  @inline(never)
  private static func updateNarrow(
    _ f: BinaryFunction, _ value: UnsafeMutableRawPointer, _ y: UnsafeRawPointer, _ bits: Int
  ) {
    unsafe update(f, value, y, bits)
  }

  /// value = value + y, rounded once. The two do not overlap.
  ///
  /// Sums, differences and products of 65 to 1024 bits are computed on words where that gives MPFR's
  /// result (CMPFRWords).
  @usableFromInline
  static func add(_ value: UnsafeMutableRawPointer, _ y: UnsafeRawPointer, _ bits: Int) {
    unsafe bits > 64 ? lsq_form_sum(value, y, bits) : updateNarrow(.add, value, y, bits)
  }

  /// value = value − y, rounded once. The two do not overlap.
  @usableFromInline
  static func subtract(_ value: UnsafeMutableRawPointer, _ y: UnsafeRawPointer, _ bits: Int) {
    unsafe bits > 64 ? lsq_form_difference(value, y, bits) : updateNarrow(.subtract, value, y, bits)
  }

  /// value = value·y, rounded once. The two do not overlap.
  @usableFromInline
  static func multiply(_ value: UnsafeMutableRawPointer, _ y: UnsafeRawPointer, _ bits: Int) {
    unsafe bits > 64 ? lsq_form_product(value, y, bits) : updateNarrow(.multiply, value, y, bits)
  }

  /// value = value/y, rounded once. The two do not overlap.
  @usableFromInline
  static func divide(_ value: UnsafeMutableRawPointer, _ y: UnsafeRawPointer, _ bits: Int) {
    unsafe bits > 64 ? lsq_form_quotient(value, y, bits) : updateNarrow(.divide, value, y, bits)
  }

  /// value = value + x·y, rounded once. The value overlaps neither factor.
  @usableFromInline
  static func addProduct(
    _ value: UnsafeMutableRawPointer, _ x: UnsafeRawPointer, _ y: UnsafeRawPointer, _ bits: Int
  ) {
    var x = unsafe view(x, bits)
    var y = unsafe view(y, bits)
    unsafe modify(value, bits) { r in unsafe mpfr_fma(r, &x, &y, r, MPFR_RNDN) }
  }

  /// value = f(value, n), rounded once.
  static func integer(
    _ f: IntegerFunction, _ value: UnsafeMutableRawPointer, _ n: Int, _ bits: Int
  ) {
    unsafe modify(value, bits) { r in f(r, r, n, MPFR_RNDN) }
  }

  static func round(
    _ rule: FloatingPointRoundingRule, _ value: UnsafeMutableRawPointer, _ bits: Int
  ) {
    unsafe modify(value, bits) { r in
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
  }

  static func stepUp(_ value: UnsafeMutableRawPointer, _ bits: Int) {
    unsafe modify(value, bits) { r in
      unsafe mpfr_nextabove(r)
      return 0
    }
  }

  @usableFromInline
  static func setSign(_ factor: Int, _ value: UnsafeMutableRawPointer, _ replacing: Bool) {
    let sign = unsafe replacing ? 1 : value.load(fromByteOffset: 8, as: Int.self)
    unsafe value.storeBytes(of: sign * factor, toByteOffset: 8, as: Int.self)
  }

  @usableFromInline
  static func holds(
    _ relation: Relation, _ x: UnsafeRawPointer, _ y: UnsafeRawPointer, _ bits: Int
  ) -> Bool {
    if bits > 64 {
      let order = unsafe lsq_compare(x, y, bits)
      if order != LSQ_UNORDERED {
        return switch relation {
        case .equal: order == 0
        case .less: order < 0
        case .lessOrEqual, .totalOrder: order <= 0
        }
      }
    }
    var a = unsafe view(x, bits)
    var b = unsafe view(y, bits)
    // A comparison with NaN raises a flag.
    let flags = mpfr_flags_save()
    defer { lsq_restore_flags(flags) }
    return switch relation {
    case .equal: unsafe mpfr_equal_p(&a, &b) != 0
    case .less: unsafe mpfr_less_p(&a, &b) != 0
    case .lessOrEqual: unsafe mpfr_lessequal_p(&a, &b) != 0
    case .totalOrder: unsafe mpfr_total_order_p(&a, &b) != 0
    }
  }
}

// MARK: - Safe wrappers

// Generic over `T`, which is always `MPFloat`, and not members of it: a member would be handed `bits`
// and `words`, and would look up the type's metadata at every call to learn how large a value is. The
// second operand is copied, since taking its address in place costs unspecialised code more.
extension MPFR {
  /// f(x, y), rounded once.
  @inlinable @safe
  static func value<T: BitwiseCopyable>(_ f: BinaryFunction, _ x: T, _ y: T, _ bits: Int) -> T {
    var result = x
    var y = y
    unsafe update(f, &result, &y, bits)
    return result
  }

  /// x = f(x, y), rounded once.
  @inlinable @safe
  static func replace<T: BitwiseCopyable>(
    _ f: BinaryFunction, _ x: inout T, _ y: T, _ bits: Int
  ) {
    var y = y
    unsafe update(f, &x, &y, bits)
  }

  /// x = x + y, rounded once.
  @inlinable @inline(__always) @safe
  static func add<T: BitwiseCopyable>(_ y: T, to x: inout T, _ bits: Int) {
    var y = y
    unsafe add(&x, &y, bits)
  }

  /// x = x − y, rounded once.
  @inlinable @inline(__always) @safe
  static func subtract<T: BitwiseCopyable>(_ y: T, from x: inout T, _ bits: Int) {
    var y = y
    unsafe subtract(&x, &y, bits)
  }

  /// x = x/y, rounded once.
  @inlinable @inline(__always) @safe
  static func divide<T: BitwiseCopyable>(_ x: inout T, by y: T, _ bits: Int) {
    var y = y
    unsafe divide(&x, &y, bits)
  }

  /// x = x·y, rounded once.
  @inlinable @inline(__always) @safe
  static func multiply<T: BitwiseCopyable>(_ x: inout T, by y: T, _ bits: Int) {
    var y = y
    unsafe multiply(&x, &y, bits)
  }

  /// f(x), rounded once.
  @inlinable @safe
  static func value<T: BitwiseCopyable>(_ f: UnaryFunction, _ x: T, _ bits: Int) -> T {
    var result = x
    unsafe apply(f, &result, bits)
    return result
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

  /// f(x, y), rounded by any rule.
  @safe
  static func value<T: BitwiseCopyable>(
    _ f: BinaryFunction, _ x: T, _ y: T, _ bits: Int, _ rule: FloatingPointRoundingRule
  ) -> T {
    var result = x
    var x = x
    var y = y
    unsafe binary(f, &result, bits, &x, &y, rule)
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

  /// z + x·y, rounded by any rule.
  @safe
  static func fused<T: BitwiseCopyable>(
    _ z: T, _ x: T, _ y: T, _ bits: Int, _ rule: FloatingPointRoundingRule
  ) -> T {
    var result = z
    var z = z
    var x = x
    var y = y
    unsafe addProduct(&result, &z, &x, &y, bits, rule)
    return result
  }

  /// A constant, rounded by any rule.
  @safe
  static func constant<T: BitwiseCopyable>(
    _ constant: Constant, _ bits: Int, _ words: Int, _ rule: FloatingPointRoundingRule
  ) -> T {
    var result: T = blank(bits, words)
    unsafe compute(&result, bits, rule) { r, rounding in unsafe constant.body(r, rounding) }
    return result
  }

  /// f(x, n), rounded once.
  @safe
  static func value<T: BitwiseCopyable>(
    _ f: IntegerFunction, _ x: T, _ n: Int, _ bits: Int
  ) -> T {
    var result = x
    unsafe integer(f, &result, n, bits)
    return result
  }

  /// f(x, y) of operands of another width, rounded once.
  @safe
  static func value<T: BitwiseCopyable, Operand: BitwiseCopyable>(
    _ f: BinaryFunction, _ x: Operand, _ y: Operand, of operandBits: Int, at bits: Int, _ words: Int
  ) -> T {
    var result: T = blank(bits, words)
    var x = x
    var y = y
    unsafe binary(f, &result, bits, &x, &y, operandBits)
    return result
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

  /// z + x·y, rounded once.
  @inlinable @safe
  static func fused<T: BitwiseCopyable>(_ z: T, _ x: T, _ y: T, _ bits: Int) -> T {
    var result = z
    var x = x
    var y = y
    unsafe addProduct(&result, &x, &y, bits)
    return result
  }

  /// x with its sign multiplied by `factor`, or replaced by it.
  @inlinable @safe
  static func withSign<T: BitwiseCopyable>(_ factor: Int, of x: T, replacing: Bool) -> T {
    var result = x
    unsafe setSign(factor, &result, replacing)
    return result
  }

  @inlinable @safe
  static func holds<T: BitwiseCopyable>(_ relation: Relation, _ x: T, _ y: T, _ bits: Int) -> Bool {
    var x = x
    var y = y
    return unsafe holds(relation, &x, &y, bits)
  }

  @safe
  static func rounded<T: BitwiseCopyable>(
    _ x: T, _ rule: FloatingPointRoundingRule, _ bits: Int
  ) -> T {
    var result = x
    unsafe round(rule, &result, bits)
    return result
  }

  @safe
  static func next<T: BitwiseCopyable>(above x: T, _ bits: Int) -> T {
    var result = x
    unsafe stepUp(&result, bits)
    return result
  }

  /// Zero, infinity or NaN, by MPFR's exponent for it.
  @usableFromInline @safe
  static func special<T: BitwiseCopyable>(exponent: Int, _ bits: Int, _ words: Int) -> T {
    var result: T = blank(bits, words)
    unsafe setExponentAndSign(exponent, 1, &result)
    return result
  }

  /// A value to be set. Every value that is made from scratch starts here.
  ///
  /// It is copied from a block of zeros, since unspecialised code is slow to make an `InlineArray`.
  @safe
  static func blank<T: BitwiseCopyable>(_ bits: Int, _ words: Int) -> T {
    guard bits > 1 && bits <= 64 * Int(LSQ_MAXIMUM_WORDS) && words == (bits + 63) / 64 else {
      // Not a `precondition`, which says nothing in a release build.
      fatalError(
        "MPFloat<\(bits), \(words)>: choose 2 to \(64 * LSQ_MAXIMUM_WORDS) bits and \((bits + 63) / 64) words, ⌈bits/64⌉"
      )
    }
    assert(fits(T.self, words: words), "\(T.self) does not lie in memory as assumed")
    var result = unsafe lsq_blank().load(as: T.self)
    // MPFR gives NaN no sign, so that there must be one before.
    unsafe setExponentAndSign(exponentOfZero, 1, &result)
    return result
  }
}

// MARK: - Safe wrappers: kernels

// Elements are addressed by bytes, so that code that does not know the width at compile time moves no
// value: `T` is always `MPFloat` of more than 64 bits. A lane that leaves its buffer stops the program.
extension MPFR {
  /// sum = sum + Σ xᵢ·yᵢ, upward, two roundings per term.
  @usableFromInline @safe
  static func addProducts<T: BitwiseCopyable>(
    of x: Span<T>, _ xLane: Lane, _ y: Span<T>, _ yLane: Lane, to sum: inout T, _ bits: Int
  ) {
    checkCounts(xLane, yLane)
    let size = MemoryLayout<T>.stride
    unsafe withElements(x, xLane) { x in
      unsafe withElements(y, yLane) { y in
        unsafe lsq_add_products(
          &sum, 0, x, xLane.stride * size, y, yLane.stride * size, xLane.count, 1, bits)
      }
    }
  }

  /// sum = sum + Σ xᵢ², upward, two roundings per term, as long as small < |xᵢ| < large is plain or xᵢ is
  /// zero. Returns the number of elements done with.
  @usableFromInline @safe
  static func addSquares<T: BitwiseCopyable>(
    of x: Span<T>, _ lane: Lane, to sum: inout T, between small: T, _ large: T, _ bits: Int
  ) -> Int {
    var small = small
    var large = large
    return unsafe withElements(x, lane) { x in
      unsafe lsq_add_squares(
        &sum, x, lane.stride * MemoryLayout<T>.stride, lane.count, &small, &large, bits)
    } ?? 0
  }

  /// yᵢ = yᵢ + factor·xᵢ, two roundings per element.
  @usableFromInline @safe
  static func addScaled<T: BitwiseCopyable>(
    _ factor: T, _ x: Span<T>, _ xLane: Lane, to y: inout MutableSpan<T>,
    _ yLane: Lane, _ bits: Int
  ) {
    checkCounts(xLane, yLane)
    let size = MemoryLayout<T>.stride
    var factor = factor
    unsafe withElements(x, xLane) { x in
      unsafe withElements(&y, yLane) { y in
        unsafe lsq_add_products(
          y, yLane.stride * size, &factor, 0, x, xLane.stride * size, xLane.count, 1, bits)
      }
    }
  }

  /// yᵢ = yᵢ + factor·xᵢ for two lanes of one buffer that share no element, two roundings per element.
  @usableFromInline @safe
  static func addScaled<T: BitwiseCopyable>(
    _ factor: T, _ xLane: Lane, to yLane: Lane, in buffer: inout MutableSpan<T>, _ bits: Int
  ) {
    checkCounts(xLane, yLane)
    check(xLane, in: buffer.count)
    let size = MemoryLayout<T>.stride
    var factor = factor
    unsafe withElements(&buffer, yLane) { y in
      let x = unsafe y + (xLane.start - yLane.start) * size
      unsafe lsq_add_products(
        y, yLane.stride * size, &factor, 0, x, xLane.stride * size, xLane.count, 1, bits)
    }
  }

  /// zᵢ from xᵢ and yᵢ, for lanes of one buffer.
  @usableFromInline @safe
  static func apply<T: BitwiseCopyable>(
    _ step: LaneStep, in buffer: inout MutableSpan<T>, _ bits: Int
  ) {
    let (size, count) = (MemoryLayout<T>.stride, buffer.count)
    unsafe buffer.withUnsafeMutableBytes { bytes in
      unsafe apply(step, to: bytes.baseAddress, size, count, bits)
    }
  }

  /// The same for steps one after another.
  @usableFromInline @safe
  static func apply<T: BitwiseCopyable>(
    _ steps: Span<LaneStep>, in buffer: inout MutableSpan<T>, _ bits: Int
  ) {
    let (size, count) = (MemoryLayout<T>.stride, buffer.count)
    unsafe buffer.withUnsafeMutableBytes { bytes in
      for k in steps.indices {
        unsafe apply(steps[k], to: bytes.baseAddress, size, count, bits)
      }
    }
  }

  /// A step over elements of `size` bytes.
  private static func apply(
    _ step: LaneStep, to elements: UnsafeMutableRawPointer?, _ size: Int, _ elementCount: Int,
    _ bits: Int
  ) {
    let (lanes, count) = ((x: step.x, y: step.y, z: step.z), step.z.count)
    checkCounts(lanes.x, lanes.z)
    checkCounts(lanes.y, lanes.z)
    check(lanes.x, in: elementCount)
    check(lanes.y, in: elementCount)
    check(lanes.z, in: elementCount)
    guard count > 0, let elements = unsafe elements else { return }
    let x = unsafe elements + lanes.x.start * size
    let y = unsafe elements + lanes.y.start * size
    let z = unsafe elements + lanes.z.start * size
    let (xStep, yStep, zStep) =
      (lanes.x.stride * size, lanes.y.stride * size, lanes.z.stride * size)
    switch step.operation {
    case .copy: unsafe lsq_copy_lane(z, zStep, x, xStep, count, 1, bits)
    case .negate: unsafe lsq_copy_lane(z, zStep, x, xStep, count, -1, bits)
    case .add: unsafe lsq_add_lanes(z, zStep, x, xStep, y, yStep, count, 1, bits)
    case .subtract: unsafe lsq_add_lanes(z, zStep, x, xStep, y, yStep, count, -1, bits)
    case .multiply: unsafe lsq_multiply_lanes(z, zStep, x, xStep, y, yStep, count, bits)
    case .divide: unsafe lsq_divide_lanes(z, zStep, x, xStep, y, yStep, count, bits)
    case .addProduct: unsafe lsq_add_products(z, zStep, x, xStep, y, yStep, count, 1, bits)
    case .subtractProduct: unsafe lsq_add_products(z, zStep, x, xStep, y, yStep, count, -1, bits)
    case .exponential:
      unsafe lsq_copy_lane(z, zStep, x, xStep, count, 1, bits)
      for i in 0..<count { unsafe apply(.exp, z + i * zStep, bits) }
    }
  }

  /// yᵢ = xᵢ, for buffers of their own.
  @usableFromInline @safe
  static func copy<T: BitwiseCopyable>(
    _ x: Span<T>, _ xLane: Lane, to y: inout MutableSpan<T>, _ yLane: Lane, _ bits: Int
  ) {
    checkCounts(xLane, yLane)
    let size = MemoryLayout<T>.stride
    unsafe withElements(x, xLane) { x in
      unsafe withElements(&y, yLane) { y in
        unsafe lsq_copy_lane(y, yLane.stride * size, x, xLane.stride * size, xLane.count, 1, bits)
      }
    }
  }

  /// xᵢ = xᵢ·factor.
  @usableFromInline @safe
  static func multiply<T: BitwiseCopyable>(
    _ lane: Lane, of buffer: inout MutableSpan<T>, by factor: T, _ bits: Int
  ) {
    var factor = factor
    unsafe withElements(&buffer, lane) { x in
      unsafe lsq_multiply_lane(x, lane.stride * MemoryLayout<T>.stride, lane.count, &factor, bits)
    }
  }

  /// xᵢ = xᵢ/divisor.
  @usableFromInline @safe
  static func divide<T: BitwiseCopyable>(
    _ lane: Lane, of buffer: inout MutableSpan<T>, by divisor: T, _ bits: Int
  ) {
    var divisor = divisor
    unsafe withElements(&buffer, lane) { x in
      unsafe lsq_divide_lane(x, lane.stride * MemoryLayout<T>.stride, lane.count, &divisor, bits)
    }
  }

  /// xᵢ = a·xᵢ + b·yᵢ, three roundings per element.
  @usableFromInline @safe
  static func combine<T: BitwiseCopyable>(
    _ x: inout MutableSpan<T>, times a: T, adding y: Span<T>, times b: T, _ bits: Int
  ) {
    let lane = Lane(count: x.count)
    let size = MemoryLayout<T>.stride
    var a = a
    var b = b
    unsafe withElements(&x, lane) { x in
      unsafe withElements(y, lane) { y in
        unsafe lsq_combine(x, size, &a, y, size, &b, lane.count, bits)
      }
    }
  }

  /// (xᵢ, yᵢ) = (c·xᵢ + s·yᵢ, −(s·xᵢ) + c·yᵢ), three roundings for each.
  @usableFromInline @safe
  static func rotate<T: BitwiseCopyable>(
    _ x: inout MutableSpan<T>, _ xLane: Lane, _ y: inout MutableSpan<T>, _ yLane: Lane,
    cosine: T, sine: T, _ bits: Int
  ) {
    checkCounts(xLane, yLane)
    let size = MemoryLayout<T>.stride
    var cosine = cosine
    var sine = sine
    unsafe withElements(&x, xLane) { x in
      unsafe withElements(&y, yLane) { y in
        unsafe lsq_rotate(
          x, xLane.stride * size, y, yLane.stride * size, xLane.count, &cosine, &sine, bits)
      }
    }
  }

  /// Applies the reflector in a column of a row-major matrix to the columns on its right.
  @usableFromInline @safe
  static func applyReflector<T: BitwiseCopyable>(
    inColumn pivot: Int, of matrix: inout MutableSpan<T>, rowCount: Int, columnCount: Int,
    sums: inout MutableSpan<T>, _ bits: Int
  ) {
    precondition(
      0 <= pivot && pivot < min(rowCount, columnCount),
      "no pivot \(pivot) in \(rowCount)×\(columnCount)")
    unsafe withElements(&matrix, Lane(count: rowCount * columnCount)) { matrix in
      unsafe withElements(&sums, Lane(count: columnCount)) { sums in
        unsafe lsq_apply_reflector(matrix, rowCount, columnCount, pivot, sums, bits)
      }
    }
  }

  /// Hands the address of a lane's first element to `body`, unless there is none.
  @inline(__always) @discardableResult
  private static func withElements<T: BitwiseCopyable, Result>(
    _ x: Span<T>, _ lane: Lane, _ body: (UnsafeRawPointer) -> Result
  ) -> Result? {
    check(lane, in: x.count)
    return unsafe x.withUnsafeBytes { bytes in
      guard lane.count > 0, let start = bytes.baseAddress else { return nil }
      return unsafe body(start + lane.start * MemoryLayout<T>.stride)
    }
  }

  /// Hands the address of a lane's first element to `body`, which may change the elements.
  @inline(__always) @discardableResult
  private static func withElements<T: BitwiseCopyable, Result>(
    _ x: inout MutableSpan<T>, _ lane: Lane, _ body: (UnsafeMutableRawPointer) -> Result
  ) -> Result? {
    check(lane, in: x.count)
    return unsafe x.withUnsafeMutableBytes { bytes in
      guard lane.count > 0, let start = bytes.baseAddress else { return nil }
      return unsafe body(start + lane.start * MemoryLayout<T>.stride)
    }
  }

  private static func checkCounts(_ x: Lane, _ y: Lane) {
    precondition(x.count == y.count, "lanes of \(x.count) and \(y.count) elements")
  }

  /// Stops the program unless every element of a lane lies in a buffer of `count`.
  private static func check(_ lane: Lane, in count: Int) {
    guard lane.count > 0 else { return }
    let last = lane[lane.count - 1]
    precondition(
      (0..<count).contains(lane.start) && (0..<count).contains(last),
      "a lane from \(lane.start) to \(last) leaves its \(count) elements")
  }
}

// MARK: - Safe wrappers: converting

extension MPFR {
  @usableFromInline @safe
  static func number<T: BitwiseCopyable>(_ x: Int, _ bits: Int, _ words: Int) -> T {
    var result: T = blank(bits, words)
    if bits < 64 {
      unsafe modify(&result, bits) { r in unsafe mpfr_set_si_2exp(r, x, 0, MPFR_RNDN) }
    } else if x != 0 {
      // It fits the highest word.
      let size = x.magnitude
      let zeros = size.leadingZeroBitCount
      unsafe withUnsafeMutableBytes(of: &result) { bytes in
        unsafe bytes.storeBytes(
          of: size << UInt(zeros), toByteOffset: headerSize + 8 * (words - 1), as: UInt.self)
      }
      unsafe setExponentAndSign(64 - zeros, x.signum(), &result)
    }
    return result
  }

  /// x·y or x/y, rounded once; `bits` is at least 64.
  @safe
  static func number<T: BitwiseCopyable>(
    _ x: Int, _ y: Int, isQuotient: Bool, _ bits: Int, _ words: Int
  ) -> T {
    var result: T = number(x, bits, words)
    unsafe modify(&result, bits) { r in
      unsafe isQuotient
        ? mpfr_div_si(r, r, y, MPFR_RNDN) : mpfr_mul_si(r, r, y, MPFR_RNDN)
    }
    return result
  }

  @safe
  static func number<T: BitwiseCopyable>(
    _ x: Double, _ bits: Int, _ words: Int,
    _ rule: FloatingPointRoundingRule = .toNearestOrEven
  ) -> T {
    var result: T = blank(bits, words)
    unsafe compute(&result, bits, rule) { r, rounding in unsafe mpfr_set_d(r, x, rounding) }
    return result
  }

  /// ± the integer of the given words, least significant first, times 2^exponent.
  @safe
  static func number<T: BitwiseCopyable, Word: BitwiseCopyable>(
    magnitude: [Word], isNegative: Bool, exponent: Int = 0, _ bits: Int, _ words: Int,
    _ rule: FloatingPointRoundingRule = .toNearestOrEven
  ) -> T {
    precondition(MemoryLayout<Word>.size == MemoryLayout<UInt>.size, "words of another size")
    var result: T = blank(bits, words)
    unsafe compute(&result, bits, rule) { r, rounding in
      unsafe magnitude.withUnsafeBytes { words in
        unsafe lsq_set_words(
          r, words.baseAddress?.assumingMemoryBound(to: UInt.self), magnitude.count,
          isNegative ? 1 : 0, exponent, rounding)
      }
    }
    return result
  }

  /// Numbers of `sourceBits` bits, each rounded once to `bits`.
  @safe
  static func numbers<T: BitwiseCopyable, Source>(
    rounding numbers: [Source], of sourceBits: Int, _ bits: Int, _ words: Int
  ) -> [T] {
    var result = [T](repeating: blank(bits, words), count: numbers.count)
    unsafe result.withUnsafeMutableBytes { target in
      unsafe numbers.withUnsafeBytes { source in
        guard let z = target.baseAddress, let x = source.baseAddress else { return }
        unsafe lsq_round_lane(
          z, MemoryLayout<T>.stride, bits, x, MemoryLayout<Source>.stride, sourceBits,
          numbers.count)
      }
    }
    return result
  }

  /// The words of a value, least significant first.
  @safe
  static func words<T: BitwiseCopyable>(of x: T, _ count: Int) -> [UInt64] {
    var x = x
    return unsafe withUnsafeBytes(of: &x) { bytes in
      unsafe [UInt64](unsafeUninitializedCapacity: count) { words, initializedCount in
        unsafe UnsafeMutableRawBufferPointer(words).copyMemory(
          from: UnsafeRawBufferPointer(rebasing: bytes[headerSize..<headerSize + 8 * count]))
        initializedCount = count
      }
    }
  }

  /// The number that `text` spells, which is one that `NumberText` accepts.
  @safe
  static func number<T: BitwiseCopyable>(
    _ text: String, base: Int32, _ bits: Int, _ words: Int,
    _ rule: FloatingPointRoundingRule = .toNearestOrEven
  ) -> T {
    var result: T = blank(bits, words)
    unsafe compute(&result, bits, rule) { r, rounding in
      unsafe text.withCString { unsafe mpfr_strtofr(r, $0, nil, base, rounding) }
    }
    return result
  }

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

  @safe
  static func double<T: BitwiseCopyable>(_ x: T, _ bits: Int) -> Double {
    unsafe read(x, bits) { unsafe mpfr_get_d($0, MPFR_RNDN) }
  }

  @safe
  static func float<T: BitwiseCopyable>(_ x: T, _ bits: Int) -> Float {
    unsafe read(x, bits) { unsafe mpfr_get_flt($0, MPFR_RNDN) }
  }

  #if (arch(i386) || arch(x86_64)) && !os(Windows) && !os(Android)
    @safe
    static func number<T: BitwiseCopyable>(
      _ x: Float80, _ bits: Int, _ words: Int,
      _ rule: FloatingPointRoundingRule = .toNearestOrEven
    ) -> T {
      var result: T = blank(bits, words)
      unsafe compute(&result, bits, rule) { r, rounding in unsafe mpfr_set_ld(r, x, rounding) }
      return result
    }

    @safe
    static func float80<T: BitwiseCopyable>(_ x: T, _ bits: Int) -> Float80 {
      unsafe read(x, bits) { unsafe mpfr_get_ld($0, MPFR_RNDN) }
    }
  #endif

  /// 0.d₁d₂… · 10^exponent, rounded to `count` digits in ASCII.
  ///
  /// - Precondition: x is finite and positive; `count` ≥ 1; ties go to even.
  @safe
  static func decimal<T: BitwiseCopyable>(
    _ x: T, count: Int, _ rule: MagnitudeRounding, _ bits: Int
  ) -> (digits: [UInt8], exponent: Int) {
    var exponent = 0
    let rounding =
      switch rule {
      case .towardZero: MPFR_RNDZ
      case .awayFromZero: MPFR_RNDA
      case .toNearestOrEven, .toNearestOrAwayFromZero: MPFR_RNDN
      }
    let text = unsafe [UInt8](unsafeUninitializedCapacity: max(count + 2, 7)) { text, length in
      unsafe text.withMemoryRebound(to: CChar.self) { text in
        if rounding == MPFR_RNDN, bits > 64 {
          let isDone = unsafe withUnsafeBytes(of: x) { x in
            unsafe lsq_decimal_digits(text.baseAddress, &exponent, x.baseAddress, count, bits)
          }
          if isDone != 0 { return }
        }
        unsafe read(x, bits) { x in
          _ = unsafe mpfr_get_str(text.baseAddress, &exponent, 10, count, x, rounding)
        }
      }
      length = count
    }
    return (text, exponent)
  }

  /// A number of decimal digits from which every value reads back.
  @safe
  static func sufficientDecimalDigits(_ bits: Int) -> Int { mpfr_get_str_ndigits(10, bits) }

  /// Frees what MPFR keeps for this thread: constants and scratch numbers.
  @safe
  static func freeCaches() { mpfr_free_cache2(MPFR_FREE_LOCAL_CACHE) }

  /// What MPFR keeps for this thread in addition to its caches.
  @safe
  static var state: MPFloatState {
    MPFloatState(
      flags: mpfr_flags_save(), leastExponent: mpfr_get_emin(), greatestExponent: mpfr_get_emax())
  }

  /// Whether a value lies in memory as this file reads it.
  @safe
  static func fits<T: BitwiseCopyable>(_: T.Type, words: Int) -> Bool {
    MemoryLayout<T>.size == headerSize + words * MemoryLayout<UInt>.size
      && MemoryLayout<T>.stride == MemoryLayout<T>.size
      && MemoryLayout<T>.alignment == MemoryLayout<UInt>.alignment
      && MemoryLayout<mp_limb_t>.size == MemoryLayout<UInt>.size
  }

  /// Hands MPFR's header of x to `body`, which does not change it.
  private static func read<T: BitwiseCopyable, Result>(
    _ x: T, _ bits: Int, _ body: (UnsafePointer<__mpfr_struct>) -> Result
  ) -> Result {
    var x = x
    return unsafe withUnsafeBytes(of: &x) { bytes in
      guard let start = bytes.baseAddress else {
        preconditionFailure("a value has no bytes")
      }
      var header = unsafe view(start, bits)
      let flags = enter()
      defer { lsq_restore_flags(flags) }
      return unsafe body(&header)
    }
  }
}
