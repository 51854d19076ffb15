import MultiPrecision
import ScalarTesting

extension SeededGenerator {
  /// A finite number with an exponent in `exponents`: half of them with a random significand, the
  /// others with a short one, whose sums and products often are exact or ties.
  mutating func number<H: BinaryFloatingPoint>(
    _: H.Type = H.self, exponents: ClosedRange<Int>
  ) -> H {
    var significand = H(next() >> (64 - UInt64(H.significandBitCount + 1)))
    if Bool.random(using: &self) { significand = H(next() & 0xF) + H(next() & 3) * 0x1p18 }
    if significand == 0 { significand = 1 }
    let exponent = Int.random(in: exponents, using: &self)
    return H(
      sign: Bool.random(using: &self) ? .plus : .minus, exponent: H.Exponent(exponent),
      significand: significand.significand)
  }

  /// A random number of full width in [0, 1).
  mutating func fraction<T: LSQScalar>(_: T.Type = T.self) -> T {
    var result: T = 0
    for _ in 0..<((T.precisionBits + 31) / 32) {
      let half: UInt32 = .random(in: 0...(.max), using: &self)
      result = (result + T(half)) / T(1 << 32)
    }
    return result < 1 ? result : 0
  }
}

/// Whether two values are the same, including the sign of zero; all NaN are the same.
func same<T: FloatingPoint>(_ a: T, _ b: T) -> Bool {
  a.isNaN ? b.isNaN : a == b && a.sign == b.sign
}
