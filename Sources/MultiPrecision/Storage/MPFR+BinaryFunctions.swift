import CMPFR
import CMPFRWords

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

  /// result = f(x, y), rounded by any rule. The result overlaps neither operand.
  private static func binary(
    _ f: BinaryFunction, _ result: UnsafeMutableRawPointer, _ bits: Int,
    _ x: UnsafeRawPointer, _ y: UnsafeRawPointer, _ rule: FloatingPointRoundingRule
  ) {
    var x = unsafe view(x, bits)
    var y = unsafe view(y, bits)
    unsafe compute(result, bits, rule) { r, rounding in unsafe f.body(r, &x, &y, rounding) }
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

  /// result = f(x, y), rounded once. The result overlaps neither operand.
  private static func binary(
    _ f: BinaryFunction, _ result: UnsafeMutableRawPointer, _ bits: Int,
    _ x: UnsafeRawPointer, _ y: UnsafeRawPointer, _ operandBits: Int
  ) {
    var x = unsafe view(x, operandBits)
    var y = unsafe view(y, operandBits)
    unsafe modify(result, bits) { r in unsafe f.body(r, &x, &y, MPFR_RNDN) }
  }
}
