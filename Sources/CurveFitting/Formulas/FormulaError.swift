/// Why a text is not a formula, or a formula not a model.
public struct FormulaError: Error, Hashable, Sendable {
  /// The kinds of mistake.
  public enum Reason: Hashable, Sendable {
    /// The text holds nothing to evaluate.
    case empty
    /// Nothing stands before a semicolon.
    case emptyPart
    /// Nothing follows the last definition.
    case valueMissing
    /// A part that is not the last has no name.
    case nameOfPartMissing
    /// An equals sign elsewhere than after the name of a definition.
    case misplacedEquals
    /// A name is used in its own definition, or before it.
    case usedBeforeDefinition
    /// A name is defined twice.
    case duplicateDefinition
    /// A definition that nothing uses.
    case unusedDefinition
    /// A parameter, predictor or constant that is named like a definition.
    case definedName
    /// A character that no formula contains.
    case unexpectedCharacter
    /// The text stops where an operand should stand.
    case unexpectedEnd
    /// An operator, comma or closing parenthesis stands where an operand should.
    case operandExpected
    /// Two operands stand side by side, as in `2 x`.
    case operatorMissing
    /// A comma outside the arguments of a function.
    case misplacedComma
    /// A parenthesis without its partner.
    case unbalancedParenthesis
    /// Digits and points that do not form a decimal number.
    case malformedNumber
    /// A call of something that is not a function; `nearest` is what may have been meant.
    case unknownFunction(nearest: String?)
    /// A function's name without arguments.
    case argumentsMissing
    /// A function called with the wrong number of arguments.
    case argumentCount(expected: Int, found: Int)
    /// Parentheses, signs or powers nested too deeply.
    case tooDeep(limit: Int)
    /// A name that is neither parameter nor predictor nor constant; `known` lists those.
    case unknownName(known: [String])
    /// A parameter, predictor, constant or definition that is named like a function or `pi`.
    case reservedName
    /// A name given to two quantities.
    case duplicateName
    /// A constant beyond the range of the number type: infinite there, or zero although the constant is not.
    case constantOutOfRange(type: String)
  }

  /// What is wrong.
  public var reason: Reason
  /// The column of the offending text, from 1 and counted through all lines; `nil` if it is not in the formula.
  public var column: Int?
  /// The offending text.
  public var token: String

  @usableFromInline
  init(_ reason: Reason, column: Int?, token: String) {
    self.reason = reason
    self.column = column
    self.token = token
  }

  /// The line and the column of the offending text; `nil` if it is not in the formula.
  ///
  /// - Parameter text: the text that was read as a formula.
  /// - Complexity: O(length of the text).
  public func position(in text: String) -> TextPosition? {
    column.map { TextPosition(ofCharacter: $0, in: text) }
  }
}

extension TextPosition {
  /// The place of a character, counted from 1.
  package init(ofCharacter number: Int, in text: String) {
    let before = text.prefix(max(number - 1, 0))
    let line = before.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    self.init(line: line.count, column: (line.last?.count ?? 0) + 1)
  }
}

extension FormulaError: CustomStringConvertible {
  public var description: String {
    let message = message.visible
    return column.map { "Column \($0): \(message)" } ?? message
  }

  /// What is wrong, and what to do about it.
  private var message: String {
    switch reason {
    case .empty:
      "The formula is empty; write one such as b1*exp(-b2*x)."
    case .emptyPart:
      "Nothing stands before this semicolon; write a definition such as k = a*x there, or remove it."
    case .valueMissing:
      """
      Nothing follows the definition of '\(token)'; add the value of the formula after it. If '\(token)' is the \
      response, write what stands on its right, as the response is given separately.
      """
    case .nameOfPartMissing:
      """
      This part has no name, but another one follows; make it a definition such as k = a*x, or put an operator between \
      them.
      """
    case .misplacedEquals:
      """
      '=' belongs after a name alone, as in k = a*x; b*k. If it follows the response, write what stands on its right, \
      as the response is given separately.
      """
    case .usedBeforeDefinition:
      "'\(token)' is used where it is not yet defined; a definition can use only what is defined before it."
    case .duplicateDefinition:
      "'\(token)' is defined a second time; give every definition a name of its own."
    case .unusedDefinition:
      "'\(token)' is defined, but nothing uses it; use it or remove it."
    case .definedName:
      "'\(token)' is defined here, but is a parameter, predictor or constant as well; rename one of them."
    case .unexpectedCharacter where token == "~":
      "'\(token)' has no meaning in a formula; write what stands on its right, as the response is given separately."
    case .unexpectedCharacter:
      """
      '\(token)' has no meaning in a formula; use names of the letters a to z, digits and _, decimal \
      numbers, + - * / ^ and parentheses.
      """
    case .unexpectedEnd:
      "The formula stops where an operand is expected; complete it or remove the last operator."
    case .operandExpected:
      "'\(token)' stands where an operand is expected; put a number, a name or a parenthesis before it."
    case .operatorMissing:
      "There is no operator before '\(token)'; write * for a product."
    case .misplacedComma:
      "A comma separates the arguments of a function; write a decimal point as '.'."
    case .unbalancedParenthesis:
      "'\(token)' has no partner; close every ( with ) and every [ with ]."
    case .malformedNumber:
      "'\(token)' is not a decimal number; write it like 12, 0.5 or 1.5e-3."
    case .unknownFunction(let nearest):
      unknownFunctionMessage(nearest)
    case .argumentsMissing:
      "The function '\(token)' has no arguments; put them in parentheses after it."
    case .argumentCount(let expected, let found):
      "'\(token)' takes \(expected == 1 ? "one argument" : "\(expected) arguments"), not \(found); "
        + (found > expected ? "remove the rest." : "add the missing ones, separated by commas.")
    case .tooDeep(let limit):
      "The formula is nested more than \(limit) levels deep here; remove unneeded parentheses or signs."
    case .unknownName(let known):
      known.isEmpty
        ? "'\(token)' is unknown; a constant formula has no names."
        : "'\(token)' is neither a parameter nor a predictor; the known names are \(known.joined(separator: ", "))."
    case .reservedName:
      "'\(token)' is the name of a function or constant; choose another name for \(column == nil ? "the parameter, predictor or constant" : "the definition")."
    case .duplicateName:
      "'\(token)' names two quantities; give every parameter and predictor a name of its own."
    case .constantOutOfRange(let type):
      "\(token) is beyond the range of \(type); scale it or use a wider type."
    }
  }

  private func unknownFunctionMessage(_ nearest: String?) -> String {
    if let nearest { return "There is no function '\(token)'; did you mean \(nearest)?" }
    let known = MathFunction.spellings.keys.sorted().joined(separator: ", ")
    return
      "There is no function '\(token)'; write \(token)*(…) for a product. Functions are \(known)."
  }
}
