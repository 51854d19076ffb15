/// A word of a formula.
struct Token {
  enum Kind: Equatable {
    case number, name
    case plus, minus, times, divide, power, comma
    case equals, separator
    case open, close
    case end
  }

  var kind: Kind
  var text: String
  /// The column of the first character, from 1.
  var column: Int
}

/// Takes a formula apart into tokens, one at a time.
///
/// Where lines separate, the end of a line is a separator unless the formula plainly goes on: within parentheses, and where
/// an operator, a comma or an equals sign ends the line or begins the next one, as a closing parenthesis may.
struct Lexer {
  private let characters: [Character]
  private let linesSeparate: Bool
  private var position = 0
  /// The number of open parentheses.
  private var depth = 0
  /// Whether the last token ended an operand.
  private var isAfterOperand = false

  /// - Parameter linesSeparate: whether the end of a line separates, and `#` begins a comment.
  init(_ text: String, linesSeparate: Bool) {
    characters = Array(text)
    self.linesSeparate = linesSeparate
    // A byte order mark.
    if linesSeparate, characters.first == "\u{FEFF}" { position = 1 }
  }

  /// The next token; at the end of the text, a token of kind `end`, again and again.
  mutating func next() throws(FormulaError) -> Token {
    let token = if let separator = skipBlanks() { separator } else { try read() }
    switch token.kind {
    case .open: depth += 1
    case .close: depth = max(depth - 1, 0)
    default: break
    }
    isAfterOperand = [.number, .name, .close].contains(token.kind)
    return token
  }

  /// Skips blanks and comments; the separator, if one of the ends of lines is one.
  private mutating func skipBlanks() -> Token? {
    var lineEnd: Int?
    while let character = peek() {
      if linesSeparate, character == "#" {
        skip { !$0.isNewline }
      } else if character.isWhitespace {
        if character.isNewline { lineEnd = lineEnd ?? position }
        position += 1
      } else {
        break
      }
    }
    guard linesSeparate, isAfterOperand, depth == 0, let lineEnd, let next = peek(),
      !"+-*/^,)]=;".contains(next)
    else { return nil }
    return Token(kind: .separator, text: ";", column: lineEnd + 1)
  }

  private mutating func read() throws(FormulaError) -> Token {
    let start = position
    guard let first = peek() else { return Token(kind: .end, text: "", column: start + 1) }
    if Self.isDigit(first) || first == "." { return try number() }
    if Self.isLetter(first) {
      skip { Self.isLetter($0) || Self.isDigit($0) }
      return token(.name, from: start)
    }
    position += 1
    switch first {
    case "+": return token(.plus, from: start)
    case "-": return token(.minus, from: start)
    case "/": return token(.divide, from: start)
    case "^": return token(.power, from: start)
    case ",": return token(.comma, from: start)
    case "=": return token(.equals, from: start)
    case ";": return token(.separator, from: start)
    case "(", "[": return token(.open, from: start)
    case ")", "]": return token(.close, from: start)
    case "*":
      guard peek() == "*" else { return token(.times, from: start) }
      position += 1
      return token(.power, from: start)
    default:
      throw FormulaError(.unexpectedCharacter, column: start + 1, token: String(first))
    }
  }

  /// A decimal number: digits with at most one point among them, and an exponent if digits follow the e.
  private mutating func number() throws(FormulaError) -> Token {
    let start = position
    skip(Self.isDigit)
    var digitCount = position - start
    if peek() == "." {
      position += 1
      let fraction = position
      skip(Self.isDigit)
      digitCount += position - fraction
    }
    if digitCount == 0 || peek() == "." {
      skip { Self.isDigit($0) || $0 == "." }
      let malformed = token(.number, from: start)
      throw FormulaError(.malformedNumber, column: malformed.column, token: malformed.text)
    }
    if peek() == "e" || peek() == "E" {
      let beforeExponent = position
      position += 1
      if peek() == "+" || peek() == "-" { position += 1 }
      let exponent = position
      skip(Self.isDigit)
      // In `2exp(x)` the e begins a name; the parser will miss the operator.
      if position == exponent { position = beforeExponent }
    }
    return token(.number, from: start)
  }

  private func peek() -> Character? {
    position < characters.count ? characters[position] : nil
  }

  private mutating func skip(_ belongs: (Character) -> Bool) {
    while let character = peek(), belongs(character) { position += 1 }
  }

  private func token(_ kind: Token.Kind, from start: Int) -> Token {
    Token(kind: kind, text: String(characters[start..<position]), column: start + 1)
  }

  private static func isDigit(_ character: Character) -> Bool {
    character.isASCII && character.isNumber
  }

  private static func isLetter(_ character: Character) -> Bool {
    character.isASCII && (character.isLetter || character == "_")
  }
}
