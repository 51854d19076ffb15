import LSQScalars

/// A call of an elementary function, with the result that the reference runs used.
struct LibmProbe: Decodable, Sendable {
  let precision: String
  let function: String
  let x: String
  let y: String

  /// The calls that are embedded in the command.
  static let all: [LibmProbe] = LibmProbeData.text.split(separator: "\n").map { line in
    let words = line.split(separator: " ").map(String.init)
    return LibmProbe(precision: words[0], function: words[1], x: words[2], y: words[3])
  }

  /// The recorded result, and that of a scalar type's function.
  ///
  /// - Throws: ``ReplayError`` where the record cannot be read.
  func results<Scalar: LSQScalar>(in _: Scalar.Type) throws -> (recorded: Scalar, found: Scalar) {
    let x: Scalar = try real(self.x, in: id)
    let found =
      switch function {
      case "exp": Scalar.exp(x)
      case "sin": Scalar.sin(x)
      case "cos": Scalar.cos(x)
      case "atan": Scalar.atan(x)
      default: throw ReplayError.unknownFunction(function, record: id)
      }
    return (try real(y, in: id), found)
  }

  /// Whether a scalar type's function gives the recorded bits.
  func holds<Scalar: LSQScalar>(in _: Scalar.Type) -> Bool {
    (try? results(in: Scalar.self)).map(areIdentical) ?? false
  }
}

/// The elementary functions of a scalar type whose results here differ in some bit from those of the reference runs.
struct LibmDisagreements<Scalar: LSQScalar>: Sendable {
  let functions: Set<String>

  /// Tries every recorded call of a precision.
  init(precision: String) {
    functions = Set(
      LibmProbe.all.lazy
        .filter { $0.precision == precision && !$0.holds(in: Scalar.self) }
        .map(\.function))
  }

  /// Whether a result that comes from `functions` must have the recorded bits.
  func allowsExactComparison(calling functions: [String]) -> Bool {
    self.functions.isDisjoint(with: functions)
  }
}
