import CurveFitting
import LSQScalars

/// A parameter with its start, or with the value at which it is held, as decimal text.
struct ParameterValue {
  /// What a value is to its parameter.
  enum Role: String {
    case start
    case fixed = "fixed value"
  }

  let name: String
  let text: String
  let role: Role

  /// Reads a list such as `b1=205, b2=0.08`.
  ///
  /// - Throws: ``CommandFailure`` with the column of the first mistake.
  static func list(
    _ text: String, as role: Role = .start, option: String
  ) throws -> [Self] {
    var values: [Self] = []
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      let entry = part.drop(while: \.isWhitespace)
      let column = text.distance(from: text.startIndex, to: entry.startIndex) + 1
      func mistake(_ message: String) -> CommandFailure {
        FormulaSource(text, option: option).failure(message, column: column)
      }
      let sides = entry.split(
        separator: "=", maxSplits: 1, omittingEmptySubsequences: false
      ).map { String($0.trimmed) }
      guard sides.count == 2, !sides[0].isEmpty, !sides[1].isEmpty else {
        throw mistake(
          "“\(entry.trimmed)” is not a \(role.rawValue); write name=value, separated by commas.")
      }
      guard sides[0].isName else {
        throw mistake(
          "“\(sides[0])” cannot name a parameter; use the letters a to z, digits and _, a letter first, "
            + "but not the name of a function or constant.")
      }
      guard !values.contains(where: { $0.name == sides[0] }) else {
        throw mistake("\(sides[0]) has two \(role.rawValue)s; give every parameter one.")
      }
      let number = DecimalText(
        sides[1], quantity: "\(role.rawValue) of \(sides[0])",
        at: TextPosition(line: 1, column: column))
      guard (try? number.requireNumber()) != nil else {
        throw mistake(
          "“\(sides[1])”, the \(role.rawValue) of \(sides[0]), is not a finite decimal number; "
            + (sides[1].dropFirst().contains("=")
              ? "separate \(role.rawValue)s with commas." : "write it like 205 or 1.5e-3."))
      }
      values.append(Self(name: sides[0], text: sides[1], role: role))
    }
    return values
  }

  /// The number in a scalar type.
  ///
  /// - Throws: ``CommandFailure`` where it is out of range.
  func value<Scalar: LSQScalar>(as type: Scalar.Type) throws -> Scalar {
    let number = DecimalText(
      text, quantity: "\(role.rawValue) of \(name)", at: TextPosition(line: 1, column: 1))
    guard let value = try? number.value(as: type) else {
      throw CommandFailure.usage(
        "The \(role.rawValue) \(text) of \(name) is beyond the range of \(ScalarName(of: type)); take a wider scalar."
      )
    }
    return value
  }
}

extension String {
  /// Whether a formula can use this as a name: functions and pi cannot be renamed.
  fileprivate var isName: Bool {
    (try? Formula(parsing: self))?.names.map(\.text) == [self]
  }
}
