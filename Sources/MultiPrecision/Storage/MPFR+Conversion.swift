import CMPFR
import CMPFRWords

extension MPFR {
  /// An integer, rounded once.
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

  /// A `Double`, rounded by any rule.
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

  /// The nearest `Double`.
  @safe
  static func double<T: BitwiseCopyable>(_ x: T, _ bits: Int) -> Double {
    unsafe read(x, bits) { unsafe mpfr_get_d($0, MPFR_RNDN) }
  }

  /// The nearest `Float`.
  @safe
  static func float<T: BitwiseCopyable>(_ x: T, _ bits: Int) -> Float {
    unsafe read(x, bits) { unsafe mpfr_get_flt($0, MPFR_RNDN) }
  }

  #if (arch(i386) || arch(x86_64)) && !os(Windows) && !os(Android)
    /// A `Float80`, rounded by any rule.
    @safe
    static func number<T: BitwiseCopyable>(
      _ x: Float80, _ bits: Int, _ words: Int,
      _ rule: FloatingPointRoundingRule = .toNearestOrEven
    ) -> T {
      var result: T = blank(bits, words)
      unsafe compute(&result, bits, rule) { r, rounding in unsafe mpfr_set_ld(r, x, rounding) }
      return result
    }

    /// The nearest `Float80`.
    @safe
    static func float80<T: BitwiseCopyable>(_ x: T, _ bits: Int) -> Float80 {
      unsafe read(x, bits) { unsafe mpfr_get_ld($0, MPFR_RNDN) }
    }
  #endif
}
