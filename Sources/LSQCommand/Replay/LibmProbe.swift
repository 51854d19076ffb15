import LSQScalars

/// A call of an elementary function, with the result that the reference runs used.
struct LibmProbe: Decodable, Sendable {
  let precision: String
  let function: String
  let x: String
  let y: String
}

/// The elementary functions of a scalar type that have other bits here than in the reference runs.
struct LibmDisagreements<Scalar: LSQScalar>: Sendable {
  let functions: Set<String>

  /// Tries every recorded call of a precision.
  init(_ probes: [LibmProbe], precision: String) {
    var functions: Set<String> = []
    for probe in probes where probe.precision == precision {
      guard let x: Scalar = hexadecimal(probe.x), let y: Scalar = hexadecimal(probe.y),
        let value = Self.value(of: probe.function, at: x), areIdentical(value, y)
      else {
        functions.insert(probe.function)
        continue
      }
    }
    self.functions = functions
  }

  /// Whether a run calls none of them.
  func allowsExactComparison(of run: ReferenceRun) -> Bool {
    functions.isDisjoint(with: run.libm ?? [])
  }

  private static func value(of function: String, at x: Scalar) -> Scalar? {
    switch function {
    case "exp": Scalar.exp(x)
    case "sin": Scalar.sin(x)
    case "cos": Scalar.cos(x)
    case "atan": Scalar.atan(x)
    default: nil
    }
  }
}
