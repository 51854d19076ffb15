import CurveFitting

/// Which names of the formulas are columns and which are parameters.
struct NameCheck {
  let columns: [String]
  let parameters: [String]
  /// The option that gives the parameters' starts.
  let startOption: String

  /// Throws unless every name of the model is either a column or a parameter, and every parameter
  /// occurs in it.
  func checkParameters(of model: Formula) throws {
    if let both = parameters.first(where: columns.contains) {
      throw CommandFailure.usage(
        "\(both) is both a column and a parameter of \(startOption); rename the parameter.")
    }
    let known = Set(columns + parameters)
    if let unknown = model.names.first(where: { !known.contains($0.text) }) {
      throw CommandFailure.usage(
        "\(unknown.text) is neither a column nor a parameter with a start; columns are "
          + "\(columnList), parameters are \(Self.list(parameters)).",
        in: model.text, column: unknown.column, option: "--model")
    }
    let used = Set(model.names.map(\.text))
    if let idle = parameters.first(where: { !used.contains($0) }) {
      throw CommandFailure.usage(
        "\(idle) has a start but does not occur in the model, so that nothing determines it; remove "
          + "it from \(startOption).")
    }
  }

  /// Throws unless every name of the response is a column.
  func checkResponse(_ response: Formula) throws {
    guard let unknown = response.names.first(where: { !columns.contains($0.text) }) else { return }
    let remedy = "say what to fit by --response; columns are \(columnList)."
    guard response.text != "y" else {
      throw CommandFailure.usage("There is no column y; \(remedy)")
    }
    throw CommandFailure.usage(
      "\(unknown.text) is not a column; columns are \(columnList).",
      in: response.text, column: unknown.column, option: "--response")
  }

  /// The index of the column of standard deviations.
  func indexOfSigma(_ name: String) throws -> Int {
    guard let index = columns.firstIndex(of: name) else {
      throw CommandFailure.usage(
        "--sigma: There is no column \(name); columns are \(columnList).")
    }
    return index
  }

  /// The columns, and a hint if the first line of the data does not look like a header.
  private var columnList: String {
    let isHeader = columns.contains { Double($0) == nil }
    return Self.list(columns) + (isHeader ? "" : " (if there is no header line, give --columns)")
  }

  private static func list(_ names: [String]) -> String { names.joined(separator: ", ") }
}
