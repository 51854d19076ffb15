/// A binary floating-point number of `bits` significant bits, every operation rounded correctly.
///
/// Values are ±m·2ᵉ with a significand m of exactly `bits` bits and an exponent of about ±2³⁰. All operations and
/// elementary functions return the representable number nearest to the exact result (ties to even); they are
/// MPFR's. There are no subnormal numbers: a result that is too small becomes zero or ``leastNormalMagnitude``,
/// whichever is nearer. Only numbers of 24, 53 and 64 bits keep to the range of the hardware's formats, subnormal
/// numbers included: they are `Float`, `Double` and `Float80` to the last bit.
///
/// `words` is ⌈`bits`/64⌉, which Swift cannot yet work out by itself. Write the aliases instead, ``MPFloat128``
/// to ``MPFloat4096``; `MPFloat<113, 2>` rounds as IEEE's quadruple format does.
///
/// The significand lies inside the value. Nothing is allocated or reference-counted, and arrays are contiguous.
///
/// MPFR's status flags and exponent range, one set per thread, are left as they were found. Narrowing the range
/// in a thread narrows that of most operations of this type in that thread, but not that of sums, products,
/// exponentials, logarithms, powers, sines and cosines of 65 to 1024 bits, which do not use MPFR.
///
/// Source: L. Fousse, G. Hanrot, V. Lefèvre, P. Pélissier, P. Zimmermann, "MPFR: A multiple-precision
/// binary floating-point library with correct rounding", *ACM TOMS* 33(2), 2007.
///
/// - Precondition: `words` = ⌈`bits`/64⌉ and 2 ≤ `bits` ≤ 73728, checked wherever a value is made.
public struct MPFloat<let bits: Int, let words: Int>: BitwiseCopyable, Sendable {
  // MPFR's own exponent and sign, in MPFR's encoding: the value is ±0.1… · 2^storedExponent. They
  // come first so that their offsets do not depend on `words`.
  @usableFromInline var storedExponent: Int
  @usableFromInline var storedSign: Int
  // The significand, least significant word first, leading bit set, unused low bits zero.
  @usableFromInline var limbs: InlineArray<words, UInt>

  /// Zero.
  @inlinable @inline(__always)
  public init() {
    self = MPFR.special(exponent: MPFR.exponentOfZero, bits, words)
  }
}

/// 128 significant bits, 38 decimal digits.
public typealias MPFloat128 = MPFloat<128, 2>
/// 192 significant bits, 57 decimal digits.
public typealias MPFloat192 = MPFloat<192, 3>
/// 256 significant bits, 76 decimal digits.
public typealias MPFloat256 = MPFloat<256, 4>
/// 384 significant bits, 115 decimal digits.
public typealias MPFloat384 = MPFloat<384, 6>
/// 512 significant bits, 153 decimal digits.
public typealias MPFloat512 = MPFloat<512, 8>
/// 768 significant bits, 230 decimal digits.
public typealias MPFloat768 = MPFloat<768, 12>
/// 1024 significant bits, 307 decimal digits.
public typealias MPFloat1024 = MPFloat<1024, 16>
/// 1536 significant bits, 462 decimal digits.
public typealias MPFloat1536 = MPFloat<1536, 24>
/// 2048 significant bits, 616 decimal digits.
public typealias MPFloat2048 = MPFloat<2048, 32>
/// 3072 significant bits, 924 decimal digits.
public typealias MPFloat3072 = MPFloat<3072, 48>
/// 4096 significant bits, 1232 decimal digits.
public typealias MPFloat4096 = MPFloat<4096, 64>
