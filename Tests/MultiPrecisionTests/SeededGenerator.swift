import MultiPrecision

/// SplitMix64: small, and the same on every run and machine.
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

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
