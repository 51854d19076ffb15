import CurveFitting
import LSQScalars

/// The model's own noise, as the user gives it.
enum ResidualPrecision: Sendable {
  case measured
  /// A positive decimal below 1.
  case relative(String)

  /// Reads `auto` or a decimal.
  ///
  /// - Throws: ``CommandFailure`` for anything else.
  init(_ text: String) throws {
    guard text.lowercased() != "auto" else {
      self = .measured
      return
    }
    guard let value = Double(text), value > 0, value < 1 else {
      throw CommandFailure.usage(
        "--residual-precision is “\(text)”; give auto, or a relative error between 0 and 1 such as "
          + "1e-8.")
    }
    self = .relative(text)
  }

  /// The option of the library.
  func option<Scalar: LSQScalar>(over _: Scalar.Type) -> FitOptions<Scalar>.ResidualPrecision {
    switch self {
    case .measured: .measured
    case .relative(let text): .relative(Scalar(text) ?? .ulpOfOne)
    }
  }
}
