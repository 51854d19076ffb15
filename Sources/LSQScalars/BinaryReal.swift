/// A real number without a type, in binary: the form in which one scalar type passes numbers to another.
///
/// Nothing is rounded on the way out; the number is rounded once on the way in.
public enum BinaryReal: Sendable, Hashable {
  /// ±(w₀ + w₁·2⁶⁴ + …)·2^`exponent`; no words for zero. Exponents beyond a quarter of the range of `Int`, which no
  /// type has, may overflow.
  case finite(sign: FloatingPointSign, words: [UInt64], exponent: Int)
  /// ±∞.
  case infinity(sign: FloatingPointSign)
  /// Not a number.
  case nan

  /// e with 2ᵉ ≤ |x| < 2ᵉ⁺¹; nil where there is none, for zero, infinity and NaN.
  public var binaryExponent: Int? {
    guard case .finite(_, let words, let exponent) = self,
      let top = words.lastIndex(where: { $0 != 0 })
    else { return nil }
    let bits = UInt64.bitWidth
    return exponent + bits * top + bits - 1 - words[top].leadingZeroBitCount
  }

  /// The number times a power of two.
  ///
  /// - Precondition: the exponent stays within a quarter of the range of `Int`, far beyond that of any type.
  public func scaled(byPowerOfTwo power: Int) -> Self {
    guard case .finite(let sign, let words, let exponent) = self else { return self }
    return .finite(sign: sign, words: words, exponent: exponent + power)
  }
}

// By arithmetic alone, for every binary type.
extension LSQScalar {
  public var binaryReal: BinaryReal { binaryRealByArithmetic }

  /// What ``binaryReal`` is by default.
  package var binaryRealByArithmetic: BinaryReal {
    guard !isNaN else { return .nan }
    guard isFinite else { return .infinity(sign: sign) }
    guard !isZero else { return .finite(sign: sign, words: [], exponent: 0) }
    // Bit by bit from the leading one.
    var rest = significand.magnitude
    var words: [UInt64] = []
    repeat {
      var word: UInt64 = 0
      for _ in 0..<UInt64.bitWidth {
        word <<= 1
        if rest >= 1 {
          word |= 1
          rest -= 1
        }
        rest += rest
      }
      words.append(word)
    } while rest != 0
    let places = UInt64.bitWidth * words.count - 1
    return .finite(sign: sign, words: words.reversed(), exponent: Int(exponent) - places)
  }

  public static func rounded<Source: LSQScalar>(_ numbers: [Source]) -> [Self] {
    numbers.map { Self(rounding: $0.binaryReal) }
  }

  public init(rounding number: BinaryReal) {
    switch number {
    case .nan: self = .nan
    case .infinity(let sign): self = sign == .minus ? -.infinity : .infinity
    case .finite(let sign, let words, let exponent):
      let magnitude = number.binaryExponent.map { Self.nearest(words, exponent, leading: $0) } ?? 0
      self = sign == .minus ? -magnitude : magnitude
    }
  }

  /// The number of this type nearest to (w₀ + w₁·2⁶⁴ + …)·2^`exponent`, ties to even; 2^`leading` is the value of its
  /// leading bit.
  private static func nearest(_ words: [UInt64], _ exponent: Int, leading: Int) -> Self {
    let isGradual = leastNonzeroMagnitude < leastNormalMagnitude
    // 2^last is the value of the last bit that the type holds; `place` is that bit's place among those of the words.
    let last = max(
      leading - precisionBits + 1, isGradual ? Int(leastNonzeroMagnitude.exponent) : .min)
    let place = last - exponent
    func isSet(_ bit: Int) -> Bool {
      words.indices.contains(bit >> 6) && words[bit >> 6] >> UInt64(bit & 63) & 1 == 1
    }
    // Pieces that every type holds, from the least upward: every sum is exact.
    var sum: Self = 0
    for start in stride(from: 0, to: UInt64.bitWidth * words.count, by: 16) {
      let cut = max(place - start, 0)
      guard cut < 16 else { continue }
      let piece = (words[start >> 6] >> UInt64(start & 63) & 0xffff) >> UInt64(cut)
      guard piece != 0 else { continue }
      sum += Self(
        sign: .plus, exponent: Exponent(exponent + start + cut), significand: Self(Int(piece)))
    }
    if isSet(place - 1), isSet(place) || (0..<(place - 1)).reversed().contains(where: isSet) {
      sum += Self(sign: .plus, exponent: Exponent(last), significand: 1)
    }
    return sum
  }
}
