/// Why a text is not a formula, or a formula not a model.
public struct FormulaError: Error, Hashable, Sendable {
  /// The kinds of mistake.
  public enum Reason: Hashable, Sendable {
    /// The text holds nothing to evaluate.
    case empty
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
    /// A name that is neither parameter nor predictor; `known` lists those.
    case unknownName(known: [String])
    /// A parameter or predictor that is named like a function or a constant.
    case reservedName
    /// A name given to two quantities.
    case duplicateName
    /// A constant beyond the range of the number type: infinite there, or zero although the constant is not.
    case constantOutOfRange(type: String)
  }

  /// What is wrong.
  public var reason: Reason
  /// The column of the offending text, from 1; `nil` if it is not in the formula.
  public var column: Int?
  /// The offending text.
  public var token: String

  @usableFromInline
  init(_ reason: Reason, column: Int?, token: String) {
    self.reason = reason
    self.column = column
    self.token = token
  }
}

extension FormulaError: CustomStringConvertible {
  public var description: String {
    guard let column else { return message }
    return "Column \(column): \(message)"
  }

  /// What is wrong, and what to do about it.
  private var message: String {
    switch reason {
    case .empty:
      "The formula is empty; write one such as b1*exp(-b2*x)."
    case .unexpectedCharacter where ["~", "="].contains(token):
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
      "'\(token)' is the name of a function or constant; choose another name for the parameter or predictor."
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
