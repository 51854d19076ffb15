import LSQScalars
import MultiPrecision
import Testing

/// One of the scalar types that every law of the solver is checked in.
struct ScalarCase: CustomTestStringConvertible, Sendable {
  let type: any LSQScalar.Type

  var testDescription: String { "\(type)" }

  /// The built-in types, one that mimics `Double`, and a wide one.
  static let all: [ScalarCase] =
    builtIn + [
      ScalarCase(type: MPFloat<53, 1>.self), ScalarCase(type: MPFloat128.self),
    ]

  static var builtIn: [ScalarCase] {
    #if (arch(i386) || arch(x86_64)) && !os(Windows) && !os(Android)
      [Float.self, Double.self, Float80.self].map { ScalarCase(type: $0) }
    #else
      [Float.self, Double.self].map { ScalarCase(type: $0) }
    #endif
  }
}

extension LSQScalar {
  /// The number nearest to one of another type, by way of decimal text.
  init(rounding other: some LSQScalar) {
    guard let value = Self("\(other)") else {
      preconditionFailure("\(Self.self) does not read \(other)")
    }
    self = value
  }

  /// 2ᵏ, exactly.
  static func powerOfTwo(_ k: Int) -> Self {
    Self(sign: .plus, exponent: Exponent(k), significand: 1)
  }

  /// The error relative to a reference that is not zero.
  func relativeError(to reference: Self) -> Self { ((self - reference) / reference).magnitude }
}
