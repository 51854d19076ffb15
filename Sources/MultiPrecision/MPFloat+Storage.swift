// All unsafe code of this module.
//
// A value in memory is `storedExponent`, `storedSign`, then the limbs. `MPFR` builds the header that
// MPFR wants on the stack, with a pointer to the limbs where they lie, and stores sign and exponent
// back after the call. It is not generic: whoever calls a generic `MPFloat` operator unspecialised
// pays for one copy and one call, and for no type metadata beyond the size of the value.

import CMPFR

// MARK: - What MPFR computes

/// Functions of one number.
@usableFromInline
enum UnaryFunction {
  case copy, squareRoot, exp, expMinusOne, exp2, exp10, log, logOnePlus, log2, log10
  case cos, sin, tan, acos, asin, atan, cosh, sinh, tanh, acosh, asinh, atanh
  case erf, erfc, gamma, logGamma, pi

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
    case .pi: { result, _, _ in unsafe mpfr_const_pi(result, MPFR_RNDZ) }
    }
  }
}

/// Functions of two numbers.
@usableFromInline
enum BinaryFunction {
  case add, subtract, multiply, divide, remainder, truncatingRemainder, power, angle, hypotenuse

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
    }
  }
}

/// Functions of a number and an integer.
enum IntegerFunction {
  case power, root, scale
}

/// Comparisons; all but the total order are false when an operand is NaN.
@usableFromInline
enum Relation {
  case equal, less, lessOrEqual, totalOrder
}

// MARK: - MPFR on values in memory

@usableFromInline
enum MPFR {
  static var exponentOfZero: Int { lsq_exponent_of_zero() }
  static var exponentOfInfinity: Int { lsq_exponent_of_infinity() }
  static var exponentOfNaN: Int { lsq_exponent_of_nan() }

  /// The bytes before the limbs.
  static var headerSize: Int { 16 }

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
    unsafe value.storeBytes(of: header._mpfr_exp, as: Int.self)
    unsafe value.storeBytes(of: Int(header._mpfr_sign), toByteOffset: 8, as: Int.self)
  }

  /// Hands the header of `value` to `body`, which changes it.
  ///
  /// An operand that is also the result must be the same header, not a second one on the same limbs:
  /// MPFR tells aliases by the header's address.
  @inline(__always)
  static func modify(
    _ value: UnsafeMutableRawPointer, _ bits: Int,
    _ body: (UnsafeMutablePointer<__mpfr_struct>) -> Void
  ) {
    var header = unsafe view(value, bits)
    unsafe withUnsafeMutablePointer(to: &header) { unsafe body($0) }
    unsafe store(header, value)
  }

  /// result = f(x), rounded once. The two do not overlap.
  static func unary(
    _ f: UnaryFunction, _ result: UnsafeMutableRawPointer, _ bits: Int,
    _ x: UnsafeRawPointer, _ xBits: Int
  ) {
    var x = unsafe view(x, xBits)
    unsafe modify(result, bits) { r in _ = unsafe f.body(r, &x, MPFR_RNDN) }
  }

  /// value = f(value), rounded once.
  @usableFromInline
  static func apply(_ f: UnaryFunction, _ value: UnsafeMutableRawPointer, _ bits: Int) {
    unsafe modify(value, bits) { r in _ = unsafe f.body(r, r, MPFR_RNDN) }
  }

  /// result = f(x, y), rounded once. The result overlaps neither operand.
  @usableFromInline
  static func binary(
    _ f: BinaryFunction, _ result: UnsafeMutableRawPointer, _ bits: Int,
    _ x: UnsafeRawPointer, _ y: UnsafeRawPointer, _ operandBits: Int
  ) {
    var x = unsafe view(x, operandBits)
    var y = unsafe view(y, operandBits)
    unsafe modify(result, bits) { r in _ = unsafe f.body(r, &x, &y, MPFR_RNDN) }
  }

  /// value = f(value, y), rounded once. The two do not overlap.
  @usableFromInline
  static func update(
    _ f: BinaryFunction, _ value: UnsafeMutableRawPointer, _ y: UnsafeRawPointer, _ bits: Int
  ) {
    var y = unsafe view(y, bits)
    unsafe modify(value, bits) { r in _ = unsafe f.body(r, r, &y, MPFR_RNDN) }
  }

  /// value = value + x·y, rounded once. The value overlaps neither factor.
  @usableFromInline
  static func addProduct(
    _ value: UnsafeMutableRawPointer, _ x: UnsafeRawPointer, _ y: UnsafeRawPointer, _ bits: Int
  ) {
    var x = unsafe view(x, bits)
    var y = unsafe view(y, bits)
    unsafe modify(value, bits) { r in _ = unsafe mpfr_fma(r, &x, &y, r, MPFR_RNDN) }
  }

  /// value = f(value, n), rounded once.
  static func integer(
    _ f: IntegerFunction, _ value: UnsafeMutableRawPointer, _ n: Int, _ bits: Int
  ) {
    unsafe modify(value, bits) { r in
      switch f {
      case .power: _ = unsafe mpfr_pow_si(r, r, n, MPFR_RNDN)
      case .root: _ = unsafe mpfr_rootn_si(r, r, n, MPFR_RNDN)
      case .scale: _ = unsafe mpfr_mul_2si(r, r, n, MPFR_RNDN)
      }
    }
  }

  static func round(
    _ rule: FloatingPointRoundingRule, _ value: UnsafeMutableRawPointer, _ bits: Int
  ) {
    unsafe modify(value, bits) { r in
      switch rule {
      case .toNearestOrAwayFromZero: _ = unsafe mpfr_round(r, r)
      case .toNearestOrEven: _ = unsafe mpfr_roundeven(r, r)
      case .up: _ = unsafe mpfr_rint(r, r, MPFR_RNDU)
      case .down: _ = unsafe mpfr_rint(r, r, MPFR_RNDD)
      case .towardZero: _ = unsafe mpfr_rint(r, r, MPFR_RNDZ)
      case .awayFromZero: _ = unsafe mpfr_rint(r, r, MPFR_RNDA)
      @unknown default: preconditionFailure("unknown rounding rule \(rule)")
      }
    }
  }

  static func stepUp(_ value: UnsafeMutableRawPointer, _ bits: Int) {
    unsafe modify(value, bits) { r in unsafe mpfr_nextabove(r) }
  }

  @usableFromInline
  static func holds(
    _ relation: Relation, _ x: UnsafeRawPointer, _ y: UnsafeRawPointer, _ bits: Int
  ) -> Bool {
    var a = unsafe view(x, bits)
    var b = unsafe view(y, bits)
    return switch relation {
    case .equal: unsafe mpfr_equal_p(&a, &b) != 0
    case .less: unsafe mpfr_less_p(&a, &b) != 0
    case .lessOrEqual: unsafe mpfr_lessequal_p(&a, &b) != 0
    case .totalOrder: unsafe mpfr_total_order_p(&a, &b) != 0
    }
  }
}

// MARK: - Safe wrappers: computing

extension MPFloat {
  /// self = f(self, y).
  @inlinable @inline(__always) @safe
  mutating func update(_ f: BinaryFunction, _ y: Self) {
    unsafe withUnsafePointer(to: y) { y in unsafe MPFR.update(f, &self, y, bits) }
  }

  /// self = f(x, y).
  @inlinable @inline(__always) @safe
  mutating func set(_ f: BinaryFunction, _ x: Self, _ y: Self) {
    unsafe withUnsafePointer(to: x) { x in
      unsafe withUnsafePointer(to: y) { y in unsafe MPFR.binary(f, &self, bits, x, y, bits) }
    }
  }

  /// f(x, y) of operands of another width, rounded once to this one.
  @safe
  init<let b: Int, let w: Int>(_ f: BinaryFunction, _ x: MPFloat<b, w>, _ y: MPFloat<b, w>) {
    self.init()
    unsafe withUnsafePointer(to: x) { x in
      unsafe withUnsafePointer(to: y) { y in unsafe MPFR.binary(f, &self, bits, x, y, b) }
    }
  }

  /// self = f(self).
  @inlinable @inline(__always) @safe
  mutating func apply(_ f: UnaryFunction) {
    unsafe MPFR.apply(f, &self, bits)
  }

  /// f(x) of an operand of another width, rounded once to this one.
  @safe
  init<let b: Int, let w: Int>(_ f: UnaryFunction, _ x: MPFloat<b, w>) {
    self.init()
    unsafe withUnsafePointer(to: x) { x in unsafe MPFR.unary(f, &self, bits, x, b) }
  }

  /// self = f(self, n).
  @safe
  mutating func apply(_ f: IntegerFunction, _ n: Int) {
    unsafe MPFR.integer(f, &self, n, bits)
  }

  /// self = self + x·y, rounded once.
  @inlinable @inline(__always) @safe
  mutating func fuse(_ x: Self, _ y: Self) {
    unsafe withUnsafePointer(to: x) { x in
      unsafe withUnsafePointer(to: y) { y in unsafe MPFR.addProduct(&self, x, y, bits) }
    }
  }

  /// Rounds to an integer.
  @safe
  mutating func roundToInteger(_ rule: FloatingPointRoundingRule) {
    unsafe MPFR.round(rule, &self, bits)
  }

  /// Replaces the value with the next greater one.
  @safe
  mutating func stepUp() { unsafe MPFR.stepUp(&self, bits) }

  @inlinable @inline(__always) @safe
  static func holds(_ relation: Relation, _ x: Self, _ y: Self) -> Bool {
    unsafe withUnsafePointer(to: x) { x in
      unsafe withUnsafePointer(to: y) { y in unsafe MPFR.holds(relation, x, y, bits) }
    }
  }

  /// Whether the value lies in memory as `MPFR` reads it.
  @safe
  static var hasExpectedLayout: Bool {
    MemoryLayout<Self>.size == MPFR.headerSize + words * MemoryLayout<UInt>.size
      && MemoryLayout<Self>.stride == MemoryLayout<Self>.size
      && MemoryLayout<Self>.alignment == MemoryLayout<UInt>.alignment
      && MemoryLayout<mp_limb_t>.size == MemoryLayout<UInt>.size
  }
}

// MARK: - Safe wrappers: converting

extension MPFloat {
  /// Hands MPFR's header of a new value to `fill`, which sets it.
  private static func make(_ fill: (UnsafeMutablePointer<__mpfr_struct>) -> Void) -> Self {
    var result = Self()
    unsafe withUnsafeMutablePointer(to: &result) { value in
      var header = unsafe MPFR.view(value, bits)
      unsafe fill(&header)
      unsafe MPFR.store(header, value)
    }
    return result
  }

  /// Hands MPFR's header of this value to `read`, which leaves it alone.
  private func read<Result>(_ body: (UnsafePointer<__mpfr_struct>) -> Result) -> Result {
    unsafe withUnsafePointer(to: self) { value in
      var header = unsafe MPFR.view(value, bits)
      return unsafe body(&header)
    }
  }

  @safe
  static func rounding(_ x: Int) -> Self {
    unsafe make { header in unsafe mpfr_set_si_2exp(header, x, 0, MPFR_RNDN) }
  }

  @safe
  static func rounding(_ x: Double) -> Self {
    unsafe make { header in unsafe mpfr_set_d(header, x, MPFR_RNDN) }
  }

  /// ± the integer of the given words, least significant first.
  @safe
  static func rounding(magnitude: [UInt], isNegative: Bool) -> Self {
    unsafe make { header in
      unsafe magnitude.withUnsafeBufferPointer { words in
        _ = unsafe lsq_set_words(header, words.baseAddress, words.count, isNegative ? 1 : 0)
      }
    }
  }

  @safe var nearestDouble: Double { unsafe read { header in unsafe mpfr_get_d(header, MPFR_RNDN) } }

  @safe var nearestFloat: Float { unsafe read { header in unsafe mpfr_get_flt(header, MPFR_RNDN) } }

  #if (arch(i386) || arch(x86_64)) && !os(Windows) && !os(Android)
    @safe
    static func rounding(_ x: Float80) -> Self {
      unsafe make { header in unsafe mpfr_set_ld(header, x, MPFR_RNDN) }
    }

    @safe var nearestFloat80: Float80 {
      unsafe read { header in unsafe mpfr_get_ld(header, MPFR_RNDN) }
    }
  #endif

  /// The number that `text` spells, rounded once.
  ///
  /// - Parameter text: a number as `DecimalText` accepts it, without NUL.
  @safe
  static func rounding(_ text: String, base: Int32) -> Self {
    unsafe make { header in
      unsafe text.withCString { text in
        _ = unsafe mpfr_strtofr(header, text, nil, base, MPFR_RNDN)
      }
    }
  }

  /// The magnitude as 0.d₁d₂… · 10^exponent, rounded to `count` digits in ASCII.
  ///
  /// - Precondition: the value is finite and not zero; `count` ≥ 1.
  @safe
  func decimalDigits(_ count: Int) -> (digits: [UInt8], exponent: Int) {
    var exponent = 0
    var text = [CChar](repeating: 0, count: Swift.max(count + 2, 7))
    unsafe read { header in
      unsafe text.withUnsafeMutableBufferPointer { text in
        _ = unsafe mpfr_get_str(text.baseAddress, &exponent, 10, count, header, MPFR_RNDN)
      }
    }
    let first = storedSign < 0 ? 1 : 0
    return (text[first..<(first + count)].map { UInt8(bitPattern: $0) }, exponent)
  }

  /// A number of decimal digits from which every value reads back.
  @safe
  static var sufficientDecimalDigits: Int { mpfr_get_str_ndigits(10, bits) }
}
