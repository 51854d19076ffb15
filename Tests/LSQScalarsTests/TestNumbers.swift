import LSQScalars
import ScalarTesting
import Testing

/// A scalar type that the platform brings.
struct BuiltInScalar: CustomTestStringConvertible, Sendable {
  let type: any LSQScalar.Type

  var testDescription: String { "\(type)" }

  static var all: [BuiltInScalar] {
    #if (arch(i386) || arch(x86_64)) && !os(Windows) && !os(Android)
      [Float.self, Double.self, Float80.self].map { BuiltInScalar(type: $0) }
    #else
      [Float.self, Double.self].map { BuiltInScalar(type: $0) }
    #endif
  }
}

/// A reproducible source of numbers.
struct SeededNumbers<Scalar: LSQScalar> {
  private var generator: SeededGenerator

  init(seed: UInt64) { generator = SeededGenerator(seed: seed) }

  /// A number of either sign whose exponent lies within ±`spread`.
  mutating func next(spread: Int = 8) -> Scalar {
    let significand = Scalar(Int(generator.next() >> 40) - (1 << 23)) / Scalar((1 << 22) + 1)
    let exponent = Int(generator.next() % UInt64(2 * spread + 1)) - spread
    return Scalar(sign: .plus, exponent: Scalar.Exponent(exponent), significand: significand)
  }

  mutating func next(_ count: Int, spread: Int = 8) -> [Scalar] {
    (0..<count).map { _ in next(spread: spread) }
  }
}
