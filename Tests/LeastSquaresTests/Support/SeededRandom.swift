import LSQScalars
import LeastSquares
import ScalarTesting

/// A reproducible source of numbers.
struct SeededRandom {
  private var generator: SeededGenerator

  init(seed: UInt64) { generator = SeededGenerator(seed: seed) }

  mutating func nextBits() -> UInt64 { generator.next() }

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
