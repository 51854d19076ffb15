import CurveFitting

/// Which names of the formulas are columns and which are parameters.
struct NameCheck {
  let columns: [String]
  let parameters: [String]
  /// The parameters that are held.
  let fixed: [String]
  /// The option that gives the parameters' starts.
  let startOption: String

  /// Throws unless every name of the model is a column or a parameter or defined in it, and not two of these, every
  /// parameter occurs in it, and one of them is free.
  func checkParameters(of model: Formula, _ source: FormulaSource) throws {
    try checkDefinitions(of: model, source)
    for (option, names) in [(startOption, parameters), ("--fix", fixed)] {
      guard let both = names.first(where: columns.contains) else { continue }
      throw CommandFailure.usage(
        "\(both) is both a column and a parameter of \(option); rename the parameter.")
    }
    if let both = fixed.first(where: parameters.contains) {
      throw CommandFailure.usage(
        "\(both) is fixed by --fix, but has a start in \(startOption); drop one of them.")
    }
    let known = Set(columns + parameters + fixed)
    if let unknown = model.names.first(where: { !known.contains($0.text) }) {
      throw source.failure(
        "\(unknown.text) is neither a column nor a parameter with a start; columns are \(columnList)"
          + (parameters.isEmpty ? "" : ", parameters are \(Self.list(parameters))")
          + (fixed.isEmpty ? "" : ", fixed are \(Self.list(fixed))")
          + (parameters.isEmpty ? "; give starts by \(startOption)." : "."),
        column: unknown.column)
    }
    let used = Set(model.names.map(\.text))
    if let idle = parameters.first(where: { !used.contains($0) }) {
      throw CommandFailure.usage(
        "\(idle) has a start but does not occur in the model, so that nothing determines it; remove "
          + "it from \(startOption).")
    }
    if let idle = fixed.first(where: { !used.contains($0) }) {
      throw CommandFailure.usage(
        "\(idle) is fixed but does not occur in the model; remove it from --fix.")
    }
    if parameters.isEmpty { throw CommandFailure.everythingFixed }
  }

  /// Throws if a name that the formula defines is that of a column, or of a parameter, or π that of a column.
  private func checkDefinitions(of formula: Formula, _ source: FormulaSource) throws {
    if let column = formula.piColumn, columns.contains("pi") {
      throw source.failure(
        "pi is a column, but stands for π in a formula; rename the column.", column: column)
    }
    for name in formula.definitions {
      let isColumn = columns.contains(name.text)
      guard isColumn || (parameters + fixed).contains(name.text) else { continue }
      let option = fixed.contains(name.text) ? "--fix" : startOption
      throw source.failure(
        "\(name.text) is defined here, but is "
          + (isColumn ? "a column" : "a parameter of \(option)")
          + " as well; rename the definition.",
        column: name.column)
    }
  }

  /// Throws unless every name of a formula in columns is one, or defined in it and no column.
  func checkColumns(of formula: Formula, _ source: FormulaSource) throws {
    try checkDefinitions(of: formula, source)
    guard let unknown = formula.names.first(where: { !columns.contains($0.text) }) else { return }
    guard formula.text[...].trimmed != unknown.text else {
      throw CommandFailure.usage(
        "\(source.origin): There is no column \(unknown.text); columns are \(columnList).")
    }
    throw source.failure(
      "\(unknown.text) is not a column; columns are \(columnList).", column: unknown.column)
  }

  /// The columns, and a hint if the first line of the data does not look like a header.
  private var columnList: String {
    let isHeader = columns.contains { Double($0) == nil }
    return Self.list(columns) + (isHeader ? "" : " (if there is no header line, give --columns)")
  }

  private static func list(_ names: [String]) -> String { names.joined(separator: ", ") }
}
