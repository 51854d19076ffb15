import LSQScalars
import LeastSquares

/// A reproducible source of numbers (SplitMix64).
struct SeededRandom {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func nextBits() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// A number in (−1, 1) with all bits of its significand in use.
  mutating func number<Scalar: LSQScalar>(_: Scalar.Type) -> Scalar {
    Scalar(Int(nextBits() >> 40) - (1 << 23)) / Scalar((1 << 23) + 1)
  }

  mutating func numbers<Scalar: LSQScalar>(_ count: Int, _ type: Scalar.Type) -> [Scalar] {
    (0..<count).map { _ in number(type) }
  }

  mutating func matrix<Scalar: LSQScalar>(
    _ m: Int, _ n: Int, _ type: Scalar.Type
  ) -> Matrix<Scalar> {
    Matrix(rowCount: m, columnCount: n, elements: numbers(m * n, type))
  }
}
