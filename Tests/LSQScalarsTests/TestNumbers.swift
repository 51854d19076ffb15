import LSQScalars
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

/// A reproducible source of numbers (SplitMix64).
struct SeededNumbers<Scalar: LSQScalar> {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  private mutating func nextBits() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// A number of either sign whose exponent lies within ±`spread`.
  mutating func next(spread: Int = 8) -> Scalar {
    let significand = Scalar(Int(nextBits() >> 40) - (1 << 23)) / Scalar((1 << 22) + 1)
    let exponent = Int(nextBits() % UInt64(2 * spread + 1)) - spread
    return Scalar(sign: .plus, exponent: Scalar.Exponent(exponent), significand: significand)
  }

  mutating func next(_ count: Int, spread: Int = 8) -> [Scalar] {
    (0..<count).map { _ in next(spread: spread) }
  }
}
