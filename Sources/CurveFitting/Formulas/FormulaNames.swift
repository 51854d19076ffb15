/// The names of a formula while it is read: which are defined in it, and which come from outside.
struct FormulaNames {
  /// The definitions, in their order.
  private(set) var definitions: [Formula.Name] = []
  /// The other names, in order of appearance.
  private(set) var others: [Formula.Name] = []
  /// Where π first stands.
  var piColumn: Int?
  private var indices: [String: Int] = [:]
  private var isUsed: [Bool] = []
  private var columns: [String: Int] = [:]
  private var current: String?

  /// Begins a definition.
  ///
  /// - Throws: ``FormulaError`` for a name that has been used or defined before, or belongs to a function or constant.
  mutating func begin(_ name: Token) throws(FormulaError) {
    let text = name.text
    guard !MathFunction.isReserved(text) else {
      throw FormulaError(.reservedName, column: name.column, token: text)
    }
    guard indices[text] == nil else {
      throw FormulaError(.duplicateDefinition, column: name.column, token: text)
    }
    if let column = columns[text] {
      throw FormulaError(.usedBeforeDefinition, column: column, token: text)
    }
    current = text
  }

  /// Ends it, so that its name can be used.
  mutating func end(_ name: Token) {
    current = nil
    indices[name.text] = definitions.count
    definitions.append(Formula.Name(text: name.text, column: name.column))
    isUsed.append(false)
  }

  /// The step for a name in an expression.
  ///
  /// - Throws: ``FormulaError`` for the name that is just being defined.
  mutating func step(for name: Token) throws(FormulaError) -> PostfixStep {
    let (text, column) = (name.text, name.column)
    if let index = indices[text] {
      isUsed[index] = true
      return .definition(index)
    }
    guard text != current else {
      throw FormulaError(.usedBeforeDefinition, column: column, token: text)
    }
    if columns.updateValue(columns[text] ?? column, forKey: text) == nil {
      others.append(Formula.Name(text: text, column: column))
    }
    return .name(text, column: column)
  }

  /// Throws ``FormulaError`` for the first definition that nothing uses.
  func requireAllUsed() throws(FormulaError) {
    guard let index = isUsed.firstIndex(of: false) else { return }
    let name = definitions[index]
    throw FormulaError(.unusedDefinition, column: name.column, token: name.text)
  }
}
