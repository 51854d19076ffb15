// This folder holds all unsafe Swift of the module. The C module CMPFRWords computes sums, products and
// some functions on words, and states its law.
//
// A value in memory is `storedExponent`, `storedSign`, then the limbs. `MPFR` builds on the stack the
// header that MPFR's functions expect, with a pointer to the limbs where they lie, and stores sign and
// exponent back after the call.
//
// What takes addresses is not generic, so that unspecialised generic code pays for one or two copies of a
// value per operation and little else. A safe function of `T`, which is always `MPFloat`, stands before
// it, and is not a member of `MPFloat`: a member would be handed `bits` and `words`, and would look up the
// type's metadata at every call to learn how large a value is. The second operand is copied, since taking
// its address in place costs unspecialised code more.

import CMPFR
import CMPFRWords

/// MPFR's functions on values in memory.
@usableFromInline
enum MPFR {
  @usableFromInline static var exponentOfZero: Int { lsq_exponent_of_zero() }
  static var exponentOfInfinity: Int { lsq_exponent_of_infinity() }
  static var exponentOfNaN: Int { lsq_exponent_of_nan() }

  /// The bytes before the limbs.
  static var headerSize: Int { 16 }

  /// Stores what stands before the limbs.
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
}

extension MPFR {
  /// Hands MPFR's header of x to `body`, which does not change it.
  static func read<T: BitwiseCopyable, Result>(
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

  /// Whether a value lies in memory as ``view(_:_:)`` reads it.
  @safe
  static func fits<T: BitwiseCopyable>(_: T.Type, words: Int) -> Bool {
    MemoryLayout<T>.size == headerSize + words * MemoryLayout<UInt>.size
      && MemoryLayout<T>.stride == MemoryLayout<T>.size
      && MemoryLayout<T>.alignment == MemoryLayout<UInt>.alignment
      && MemoryLayout<mp_limb_t>.size == MemoryLayout<UInt>.size
  }
}
