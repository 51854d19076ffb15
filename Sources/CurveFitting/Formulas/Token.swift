/// A word of a formula.
struct Token {
  enum Kind: Equatable {
    case number, name
    case plus, minus, times, divide, power, comma
    case open, close
    case end
  }

  var kind: Kind
  var text: String
  /// The column of the first character, from 1.
  var column: Int
}

/// Takes a formula apart into tokens, one at a time.
struct Lexer {
  private let characters: [Character]
  private var position = 0

  init(_ text: String) { characters = Array(text) }

  /// The next token; at the end of the text, a token of kind `end`, again and again.
  mutating func next() throws(FormulaError) -> Token {
    skip(\.isWhitespace)
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
