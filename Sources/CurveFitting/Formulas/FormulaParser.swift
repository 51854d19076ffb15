/// A step of a formula in postfix order: operands first, then what is done with them.
enum PostfixStep: Sendable {
  /// A decimal constant, as text.
  case number(String, column: Int)
  case pi
  case name(String, column: Int)
  /// The value of a definition, counted from zero. What defines it comes before, in steps of its own.
  case definition(Int)
  case negate
  case add, subtract, multiply, divide, power
  /// A function of one argument or two.
  case call(MathFunction)
}

/// Brings a formula into postfix order by precedence climbing.
///
/// From loose to tight: sums, products, signs, powers. Sums and products group from the left, powers from
/// the right. A sign binds looser than a power, so −x² is −(x²), and may stand in an exponent.
///
/// Definitions come first; each leaves its value at the bottom of the stack of operands, in their order.
///
/// The recursion is as deep as the formula is nested, and bounded; long formulas only make long arrays.
struct FormulaParser {
  /// How deep parentheses, signs and powers may nest. Far beyond any model and far within any stack.
  static let depthLimit = 200

  private var lexer: Lexer
  private var current: Token
  private var depth = 0
  private(set) var steps: [PostfixStep] = []
  private(set) var names = FormulaNames()

  /// - Parameter linesSeparate: whether the end of a line separates definitions, and `#` begins a comment.
  init(_ text: String, linesSeparate: Bool) throws(FormulaError) {
    lexer = Lexer(text, linesSeparate: linesSeparate)
    current = try lexer.next()
  }

  /// Reads the whole text.
  mutating func parse() throws(FormulaError) {
    guard current.kind != .end else {
      throw FormulaError(.empty, column: 1, token: "")
    }
    while let name = try definedName() {
      try names.begin(name)
      try parsePart()
      names.end(name)
      if current.kind == .separator { try advance() }
      guard current.kind != .end else {
        throw FormulaError(.valueMissing, column: name.column, token: name.text)
      }
    }
    let first = current
    try parsePart()
    if current.kind == .separator { try advance() }
    guard current.kind == .end else {
      throw FormulaError(.nameOfPartMissing, column: first.column, token: first.text)
    }
    try names.requireAllUsed()
  }

  /// Reads a name and the equals sign after it, if that is what comes next.
  private mutating func definedName() throws(FormulaError) -> Token? {
    guard current.kind == .name else { return nil }
    let (before, name) = (lexer, current)
    try advance()
    if current.kind == .equals {
      try advance()
      return name
    }
    (lexer, current) = (before, name)
    return nil
  }

  /// Reads an expression up to a separator or the end.
  private mutating func parsePart() throws(FormulaError) {
    if current.kind == .separator { throw error(.emptyPart) }
    try parse(Precedence.sum)
    switch current.kind {
    case .end, .separator: return
    case .close: throw error(.unbalancedParenthesis)
    case .comma: throw error(.misplacedComma)
    case .equals: throw error(.misplacedEquals)
    default: throw error(.operatorMissing)
    }
  }

  private enum Precedence {
    static let sum = 1
    static let product = 2
    static let sign = 3
    static let power = 4
  }

  /// The operator that a token is between operands: its precedence, that of its right operand, its step.
  private static func binaryOperator(_ kind: Token.Kind) -> (Int, Int, PostfixStep)? {
    switch kind {
    case .plus: (Precedence.sum, Precedence.product, .add)
    case .minus: (Precedence.sum, Precedence.product, .subtract)
    case .times: (Precedence.product, Precedence.sign, .multiply)
    case .divide: (Precedence.product, Precedence.sign, .divide)
    case .power: (Precedence.power, Precedence.power, .power)
    default: nil
    }
  }

  /// Reads operands and the operators between them, down to a precedence.
  private mutating func parse(_ minimum: Int) throws(FormulaError) {
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.depthLimit else { throw error(.tooDeep(limit: Self.depthLimit)) }
    try parseOperand()
    while let (precedence, right, step) = Self.binaryOperator(current.kind), precedence >= minimum {
      try advance()
      try parse(right)
      steps.append(step)
    }
  }

  private mutating func parseOperand() throws(FormulaError) {
    let token = current
    switch token.kind {
    case .number:
      try advance()
      steps.append(.number(Self.normalized(token.text), column: token.column))
    case .name:
      try advance()
      try parseName(token)
    case .minus:
      try advance()
      try parse(Precedence.sign)
      steps.append(.negate)
    case .plus:
      try advance()
      try parse(Precedence.sign)
    case .open:
      try advance()
      try parse(Precedence.sum)
      try close(token)
    case .end: throw error(.unexpectedEnd)
    case .equals: throw error(.misplacedEquals)
    case .times, .divide, .power, .comma, .close, .separator: throw error(.operandExpected)
    }
  }

  private mutating func parseName(_ name: Token) throws(FormulaError) {
    let function = MathFunction.spellings[name.text]
    guard current.kind == .open else {
      if function != nil, MathFunction.isReserved(name.text) {
        throw FormulaError(.argumentsMissing, column: name.column, token: name.text)
      }
      if name.text == MathFunction.pi {
        names.piColumn = names.piColumn ?? name.column
        steps.append(.pi)
      } else {
        steps.append(try names.step(for: name))
      }
      return
    }
    guard let function else {
      let nearest = MathFunction.nearest(to: name.text)
      throw FormulaError(
        .unknownFunction(nearest: nearest), column: name.column, token: name.text)
    }
    let found = try parseArguments()
    guard found == function.argumentCount else {
      throw FormulaError(
        .argumentCount(expected: function.argumentCount, found: found), column: name.column,
        token: name.text)
    }
    steps.append(function == .pow ? .power : .call(function))
  }

  /// Reads arguments in parentheses and returns how many there are.
  private mutating func parseArguments() throws(FormulaError) -> Int {
    let opening = current
    try advance()
    if current.kind == .close {
      try close(opening)
      return 0
    }
    try parse(Precedence.sum)
    var count = 1
    while current.kind == .comma {
      try advance()
      try parse(Precedence.sum)
      count += 1
    }
    try close(opening)
    return count
  }

  /// Reads the partner of an opening parenthesis.
  private mutating func close(_ opening: Token) throws(FormulaError) {
    switch current.kind {
    case .close:
      guard (opening.text == "(") == (current.text == ")") else {
        throw error(.unbalancedParenthesis)
      }
      try advance()
    case .end, .separator:
      throw FormulaError(.unbalancedParenthesis, column: opening.column, token: opening.text)
    case .equals: throw error(.misplacedEquals)
    case .comma: throw error(.misplacedComma)
    default: throw error(.operatorMissing)
    }
  }

  private mutating func advance() throws(FormulaError) { current = try lexer.next() }

  private func error(_ reason: FormulaError.Reason) -> FormulaError {
    FormulaError(reason, column: current.column, token: current.text)
  }

  /// The same decimal with a digit on both sides of its point, as every scalar type reads it.
  private static func normalized(_ number: String) -> String {
    let mantissa = number.prefix { $0 != "e" && $0 != "E" }
    let exponent = number[mantissa.endIndex...]
    let leading = mantissa.hasPrefix(".") ? "0" : ""
    return leading + (mantissa.hasSuffix(".") ? mantissa.dropLast() : mantissa) + exponent
  }
}
