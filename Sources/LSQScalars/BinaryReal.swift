/// A real number without a type, in binary: what one type of scalar hands on to another.
///
/// Nothing is rounded on the way out, and once on the way in.
public enum BinaryReal: Sendable, Hashable {
  /// ±(w₀ + w₁·2⁶⁴ + …)·2^`exponent`; no words for zero.
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
  public func scaled(byPowerOfTwo power: Int) -> Self {
    guard case .finite(let sign, let words, let exponent) = self else { return self }
    return .finite(sign: sign, words: words, exponent: exponent + power)
  }
}

// By arithmetic alone, for every binary type.
extension LSQScalar {
  public var binaryReal: BinaryReal {
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
      // Pieces that every type holds, from the least of those that matter upward.
      let (pieceBits, bits) = (16, Self.precisionBits + 2 * UInt64.bitWidth)
      let first = max(words.count - (bits + UInt64.bitWidth - 1) / UInt64.bitWidth, 0)
      var sum: Self = 0
      for i in words.indices[first...] {
        for shift in stride(from: 0, to: UInt64.bitWidth, by: pieceBits) {
          let piece = Int(words[i] >> UInt64(shift) & 0xffff)
          guard piece != 0 else { continue }
          let place = exponent + UInt64.bitWidth * i + shift
          sum += Self(sign: .plus, exponent: Exponent(place), significand: Self(piece))
        }
      }
      self = sign == .minus ? -sum : sum
    }
  }
}
