import CMPFR
import CMPFRWords

extension MPFR {
  /// x = x + y, rounded once.
  @inlinable @inline(__always) @safe
  static func add<T: BitwiseCopyable>(_ y: T, to x: inout T, _ bits: Int) {
    var y = y
    unsafe add(&x, &y, bits)
  }

  /// value = value + y, rounded once. The two do not overlap.
  ///
  /// Sums, differences and products of 65 to 1024 bits are computed on words where that gives MPFR's
  /// result (CMPFRWords).
  @usableFromInline
  static func add(_ value: UnsafeMutableRawPointer, _ y: UnsafeRawPointer, _ bits: Int) {
    unsafe bits > 64 ? lsq_form_sum(value, y, bits) : updateNarrow(.add, value, y, bits)
  }

  /// x = x − y, rounded once.
  @inlinable @inline(__always) @safe
  static func subtract<T: BitwiseCopyable>(_ y: T, from x: inout T, _ bits: Int) {
    var y = y
    unsafe subtract(&x, &y, bits)
  }

  /// value = value − y, rounded once. The two do not overlap.
  @usableFromInline
  static func subtract(_ value: UnsafeMutableRawPointer, _ y: UnsafeRawPointer, _ bits: Int) {
    unsafe bits > 64 ? lsq_form_difference(value, y, bits) : updateNarrow(.subtract, value, y, bits)
  }

  /// x = x·y, rounded once.
  @inlinable @inline(__always) @safe
  static func multiply<T: BitwiseCopyable>(_ x: inout T, by y: T, _ bits: Int) {
    var y = y
    unsafe multiply(&x, &y, bits)
  }

  /// value = value·y, rounded once. The two do not overlap.
  @usableFromInline
  static func multiply(_ value: UnsafeMutableRawPointer, _ y: UnsafeRawPointer, _ bits: Int) {
    unsafe bits > 64 ? lsq_form_product(value, y, bits) : updateNarrow(.multiply, value, y, bits)
  }

  /// x = x/y, rounded once.
  @inlinable @inline(__always) @safe
  static func divide<T: BitwiseCopyable>(_ x: inout T, by y: T, _ bits: Int) {
    var y = y
    unsafe divide(&x, &y, bits)
  }

  /// value = value/y, rounded once. The two do not overlap.
  @usableFromInline
  static func divide(_ value: UnsafeMutableRawPointer, _ y: UnsafeRawPointer, _ bits: Int) {
    unsafe bits > 64 ? lsq_form_quotient(value, y, bits) : updateNarrow(.divide, value, y, bits)
  }

  /// ``update`` for the hardware's widths, kept apart from the others.
  @inline(never)
  private static func updateNarrow(
    _ f: BinaryFunction, _ value: UnsafeMutableRawPointer, _ y: UnsafeRawPointer, _ bits: Int
  ) {
    unsafe update(f, value, y, bits)
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

  /// value = value + x·y, rounded once. The value overlaps neither factor.
  @usableFromInline
  static func addProduct(
    _ value: UnsafeMutableRawPointer, _ x: UnsafeRawPointer, _ y: UnsafeRawPointer, _ bits: Int
  ) {
    var x = unsafe view(x, bits)
    var y = unsafe view(y, bits)
    unsafe modify(value, bits) { r in unsafe mpfr_fma(r, &x, &y, r, MPFR_RNDN) }
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

  /// result = z + x·y, rounded by any rule. The result overlaps no operand.
  private static func addProduct(
    _ result: UnsafeMutableRawPointer, _ z: UnsafeRawPointer, _ x: UnsafeRawPointer,
    _ y: UnsafeRawPointer, _ bits: Int, _ rule: FloatingPointRoundingRule
  ) {
    var z = unsafe view(z, bits)
    var x = unsafe view(x, bits)
    var y = unsafe view(y, bits)
    unsafe compute(result, bits, rule) { r, rounding in unsafe mpfr_fma(r, &x, &y, &z, rounding) }
  }

  /// x with its sign multiplied by `factor`, or replaced by it.
  @inlinable @safe
  static func withSign<T: BitwiseCopyable>(_ factor: Int, of x: T, replacing: Bool) -> T {
    var result = x
    unsafe setSign(factor, &result, replacing)
    return result
  }

  /// Multiplies the sign of a value by `factor`, or replaces it.
  @usableFromInline
  static func setSign(_ factor: Int, _ value: UnsafeMutableRawPointer, _ replacing: Bool) {
    let sign = unsafe replacing ? 1 : value.load(fromByteOffset: 8, as: Int.self)
    unsafe value.storeBytes(of: sign * factor, toByteOffset: 8, as: Int.self)
  }
}
