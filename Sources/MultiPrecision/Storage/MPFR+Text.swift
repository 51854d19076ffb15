import CMPFR
import CMPFRWords

extension MPFR {
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
}
