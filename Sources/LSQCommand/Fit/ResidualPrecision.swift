import CurveFitting
import LSQScalars

/// The model's own noise, as the user gives it.
enum ResidualPrecision: Sendable {
  case measured
  /// A decimal; whether it is in range shows when a scalar type asks for it.
  case relative(String)

  /// Reads `auto` or a decimal.
  init(_ text: String) {
    self = text.lowercased() == "auto" ? .measured : .relative(text)
  }

  /// Throws where ``option(over:)`` does.
  func validate(over scalar: ScalarName) throws {
    func validate<Scalar: LSQScalar>(_ type: Scalar.Type) throws { _ = try option(over: type) }
    try validate(scalar.type)
  }

  /// The option of the library.
  ///
  /// - Throws: ``CommandFailure`` for text that is not a number between 0 and 1, or too small for the type.
  func option<Scalar: LSQScalar>(
    over type: Scalar.Type
  ) throws -> FitOptions<Scalar>.ResidualPrecision {
    guard case .relative(let text) = self else { return .measured }
    let number = DecimalText(
      text, quantity: "residual precision", at: TextPosition(line: 1, column: 1))
    let value: Scalar?
    do {
      value = try number.value(as: type)
    } catch .underflow {
      throw CommandFailure.usage(
        "--residual-precision \(text) is too small for \(ScalarName(of: type)); take a wider scalar."
      )
    } catch {
      value = nil
    }
    guard let value, value > 0, value < 1 else {
      throw CommandFailure.usage(
        "--residual-precision is “\(text)”; give auto, or a relative error between 0 and 1 such as "
          + "1e-8.")
    }
    return .relative(value)
  }
}
