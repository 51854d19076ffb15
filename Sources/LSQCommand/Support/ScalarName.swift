import CurveFitting
import LSQScalars
import MultiPrecision

/// The name of a scalar type: `float`, `double`, `float80`, or `mpN` for MPFR numbers of N bits.
struct ScalarName: Hashable, Sendable, CustomStringConvertible {
  private enum Kind: Hashable {
    case float, double, float80
    case multiPrecision(bits: Int)
  }

  private let kind: Kind

  static let float = ScalarName(kind: .float)
  static let double = ScalarName(kind: .double)

  /// MPFR numbers of at least `bits` bits: the width is that of the next rung.
  static func multiPrecision(bits: Int) throws(PrecisionError) -> Self {
    Self(kind: .multiPrecision(bits: try PrecisionLadder.scalarType(bits: bits).precisionBits))
  }

  /// The type of a rung.
  static func rung(bits: Int) -> Self { Self(kind: .multiPrecision(bits: bits)) }

  private init(kind: Kind) { self.kind = kind }

  /// The name of a type.
  init<Scalar: LSQScalar>(of type: Scalar.Type) {
    let hardware = [Self.float, .double] + (Self.hasFloat80 ? [Self(kind: .float80)] : [])
    self = hardware.first { $0.type == type } ?? .rung(bits: Scalar.precisionBits)
  }

  /// Reads a name, in any case.
  ///
  /// - Throws: ``CommandFailure`` that lists what is available.
  init(_ text: String) throws {
    switch text.lowercased() {
    case "float": kind = .float
    case "double": kind = .double
    case "float80":
      guard Self.hasFloat80 else {
        throw CommandFailure.usage("float80 does not exist on this platform; take mp64.")
      }
      kind = .float80
    case let name:
      let digits = name.dropFirst(2)
      guard name.hasPrefix("mp"), digits.allSatisfy(\.isDecimalDigit), let bits = Int(digits) else {
        throw CommandFailure.usage(
          "There is no scalar “\(text)”; take float, double, float80 or mpN with N from 24 to "
            + "\(PrecisionLadder.maximumBits)."
        )
      }
      self = try .multiPrecision(bits: bits)
    }
  }

  /// Whether the platform has the 80-bit extended format.
  static var hasFloat80: Bool {
    #if (arch(i386) || arch(x86_64)) && !os(Windows) && !os(Android)
      true
    #else
      false
    #endif
  }

  var description: String {
    switch kind {
    case .float: "float"
    case .double: "double"
    case .float80: "float80"
    case .multiPrecision(let bits): "mp\(bits)"
    }
  }

  /// The significant bits of the type.
  var bits: Int { type.precisionBits }

  var type: any LSQScalar.Type {
    switch kind {
    case .float: return Float.self
    case .double: return Double.self
    case .float80:
      #if (arch(i386) || arch(x86_64)) && !os(Windows) && !os(Android)
        return Float80.self
      #else
        preconditionFailure("float80 does not exist on this platform")
      #endif
    case .multiPrecision(let bits):
      guard let type = try? PrecisionLadder.scalarType(bits: bits) else {
        preconditionFailure("\(bits) bits are no rung of the ladder")
      }
      return type
    }
  }
}

extension Character {
  /// Whether this is one of 0 … 9.
  var isDecimalDigit: Bool { isASCII && isNumber }
}

/// Names of scalar types, separated by commas.
struct ScalarList: Sendable {
  let names: [ScalarName]

  /// All of the fixed formats and two wider ones.
  static let standard = "float,double,\(ScalarName.hasFloat80 ? "float80," : "")mp128,mp256"

  init(_ text: String) throws {
    names = try text.split(separator: ",", omittingEmptySubsequences: false).map {
      try ScalarName(String($0.trimmed))
    }
  }
}
