import CurveFitting

/// The text of a formula, and where it came from, for messages.
struct FormulaSource {
  let text: String
  /// The option, or how messages name the file.
  let origin: String
  /// Whether it is the text of a file, whose lines separate definitions.
  let isFile: Bool

  /// The text of an option.
  init(_ text: String, option: String) {
    (self.text, origin, isFile) = (text, option, false)
  }

  /// The text of a file.
  ///
  /// - Throws: ``CommandFailure`` if it cannot be read or is not UTF-8.
  init(file path: String, on console: Console) throws {
    (text, origin, isFile) = (
      try console.text(ofFile: path), Console.name(ofFile: path), true
    )
  }

  /// The formula.
  ///
  /// - Throws: ``CommandFailure`` with the place of the first mistake.
  func formula() throws -> Formula {
    do throws(FormulaError) {
      return try isFile ? Formula(parsingLines: text) : Formula(parsing: text)
    } catch {
      throw failure(error)
    }
  }

  /// A mistake in the formula, with a caret below it.
  func failure(_ error: FormulaError) -> CommandFailure {
    guard let column = error.column else { return .usage("\(origin): \(error)") }
    // The description begins with "Column 7: ".
    return failure(String("\(error)".drop { $0 != ":" }.dropFirst(2)), column: column)
  }

  /// A message about a place in the text.
  ///
  /// - Parameter column: counted through all lines, from 1.
  func failure(_ message: String, column: Int) -> CommandFailure {
    guard isFile else {
      return .usage(
        "\(origin), column \(column): \(message)" + Self.excerpt(text, column: column))
    }
    let position = TextPosition(ofCharacter: column, in: text)
    let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    return .usage(
      "\(origin), \(position): \(message)"
        + Self.excerpt(String(lines[position.line - 1]), column: position.column))
  }

  /// A short text on one line, with escapes for control characters, and a caret below a place; nothing for a text whose
  /// characters may differ in width.
  private static func excerpt(_ text: String, column: Int) -> String {
    let text = text.map { $0 == "\t" ? " " : $0 }
    let shown = String(text).visible
    guard shown.allSatisfy(\.isASCII), shown.contains(where: { $0 != " " }), shown.count <= 90
    else { return "" }
    let indent = String(text.prefix(column - 1)).visible.count
    return "\n  \(shown)\n  \(String(repeating: " ", count: indent))^"
  }
}
