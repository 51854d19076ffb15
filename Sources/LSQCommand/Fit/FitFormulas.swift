import ArgumentParser
import CurveFitting
import TestProblems

/// What the arguments of `fit` say before any data are read.
struct FitFormulas {
  let model: Formula
  let modelSource: FormulaSource
  let response: Formula
  let responseSource: FormulaSource
  let start: [StartValue]
  /// The name of the option that gives the start.
  let startOption: String

  /// Reads the formulas and the start.
  ///
  /// - Throws: ``CommandFailure`` with the place of the first mistake.
  init(
    model: FormulaSource, response: String, start: String, startOption: String = "--start"
  ) throws {
    modelSource = model
    self.model = try model.formula()
    responseSource = FormulaSource(response, option: "--response")
    self.response = try responseSource.formula()
    self.start = try StartValue.list(start, option: startOption)
    self.startOption = startOption
  }

  /// Takes the formulas of an StRD file, and its start 1 or 2 or a list of starts.
  ///
  /// - Throws: ``CommandFailure`` with the column of the first mistake.
  init(_ file: StRDFile, start: String) throws {
    let starts = ["1": \StRDFile.Parameter.start1, "2": \.start2]
    let list = starts[start].map { values in
      file.parameters.map { "\($0.name)=\($0[keyPath: values].text)" }.joined(separator: ",")
    }
    try self.init(
      model: FormulaSource(file.model, option: "--model"), response: file.response,
      start: list ?? start)
  }

  /// - Throws: `ValidationError` if an option that belongs to a formula is given without a model.
  static func requireModel(
    _ model: String?, _ missing: String, for options: KeyValuePairs<String, String?>
  ) throws {
    if model == nil, let (name, _) = options.first(where: { $0.value != nil }) {
      throw ValidationError("\(name) belongs to a formula: give \(missing) too, or drop it.")
    }
  }
}

/// A parameter with its start, as decimal text.
struct StartValue {
  let name: String
  let text: String

  /// Reads a list such as `b1=205, b2=0.08`.
  ///
  /// - Throws: ``CommandFailure`` with the column of the first mistake.
  static func list(_ text: String, option: String) throws -> [Self] {
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
          "“\(entry.trimmed)” is not a start; write name=value, separated by commas.")
      }
      guard sides[0].isName else {
        throw mistake(
          "“\(sides[0])” cannot name a parameter; use the letters a to z, digits and _, a letter first, "
            + "but not the name of a function or constant.")
      }
      guard !values.contains(where: { $0.name == sides[0] }) else {
        throw mistake("\(sides[0]) has two starts; give every parameter one.")
      }
      let number = DecimalText(
        sides[1], quantity: "start of \(sides[0])", at: TextPosition(line: 1, column: column))
      guard (try? number.requireNumber()) != nil else {
        throw mistake(
          "“\(sides[1])”, the start of \(sides[0]), is not a finite decimal number; "
            + (sides[1].contains("=")
              ? "separate starts with commas." : "write it like 205 or 1.5e-3."))
      }
      values.append(Self(name: sides[0], text: sides[1]))
    }
    return values
  }

  /// The start in a scalar type.
  ///
  /// - Throws: ``CommandFailure`` where it is out of range.
  func value<Scalar: LSQScalar>(as type: Scalar.Type) throws -> Scalar {
    let number = DecimalText(
      text, quantity: "start of \(name)", at: TextPosition(line: 1, column: 1))
    guard let value = try? number.value(as: type) else {
      throw CommandFailure.usage(
        "The start \(text) of \(name) is beyond the range of \(ScalarName(of: type)); take a wider scalar."
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
