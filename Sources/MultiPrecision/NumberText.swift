/// Which text is a number, decided before MPFR reads it.
///
/// MPFR itself accepts leading blanks, other bases and names of its own; here only Swift's spellings count:
/// ```
/// number  = sign? ( decimal | hexadecimal | "inf" | "infinity" | "nan" )      any case
/// decimal = digits with at most one point, then ( "e" sign? digits )?
/// hexadecimal = "0x", hexadecimal digits with at most one point, then ( "p" sign? digits )?
/// ```
struct NumberText {
  enum Kind {
    case decimal, hexadecimal, infinity, nan
  }

  var kind: Kind
  var isNegative: Bool
  /// The text for MPFR, whose reader wraps if a huge exponent follows zeros after the point: the exponent is clamped to
  /// ±3·2⁶¹, of which MPFR's widest range takes two thirds.
  var text: String

  /// Recognises the number that `text` spells.
  init(_ text: String) throws(NumberTextError) {
    var scanner = Scanner(text: text, rest: Array(text.utf8)[...])
    let sign = scanner.skipSign()
    isNegative = sign == UInt8(ascii: "-")
    if let first = scanner.rest.first, Scanner.isLetter(first) {
      kind = try scanner.name()
    } else if scanner.rest.starts(with: "0x".utf8) || scanner.rest.starts(with: "0X".utf8) {
      scanner.rest.removeFirst(2)
      try scanner.number(digit: Scanner.isHexadecimalDigit, exponentMark: "p")
      kind = .hexadecimal
    } else {
      try scanner.number(digit: Scanner.isDecimalDigit, exponentMark: "e")
      kind = .decimal
    }
    guard scanner.rest.isEmpty else { throw scanner.unexpected(.end) }
    self.text = scanner.longExponent.map { Self.clampExponent(of: text, from: $0) } ?? text
  }

  /// The text with its exponent, which starts at a byte, clamped.
  private static func clampExponent(of text: String, from offset: Int) -> String {
    let start = text.utf8.index(text.startIndex, offsetBy: offset)
    let exponent = Int(text[start...]) ?? (text[start] == "-" ? .min : .max)
    let bound = 3 << 61
    return text[..<start] + String(min(max(exponent, -bound), bound))
  }

  /// The text and what of it has not been read.
  private struct Scanner {
    let text: String
    var rest: ArraySlice<UInt8>
    /// Where an exponent of more than 18 digits starts, as a byte of the text.
    var longExponent: Int?

    /// The error for what stands here where something else was expected.
    func unexpected(_ expected: NumberTextError.Expectation) -> NumberTextError {
      // The place of a whole character, since a byte of one means nothing to a reader.
      let before = text.utf8.count - rest.count
      let start = text.utf8.index(text.startIndex, offsetBy: before)
      return NumberTextError(
        text: text, utf8Offset: before,
        unexpected: rest.isEmpty ? nil : text.unicodeScalars[start], expected: expected)
    }

    /// Drops a leading sign and returns it.
    mutating func skipSign() -> UInt8? {
      guard let sign = rest.first, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") else {
        return nil
      }
      rest.removeFirst()
      return sign
    }

    /// Reads one of the names.
    mutating func name() throws(NumberTextError) -> Kind {
      let isNaN = rest.first.map { $0 | 0x20 } == UInt8(ascii: "n")
      for letter in isNaN ? "nan".utf8 : "inf".utf8 { try skip(letter) }
      if isNaN { return .nan }
      if !rest.isEmpty { for letter in "inity".utf8 { try skip(letter) } }
      return .infinity
    }

    private mutating func skip(_ letter: UInt8) throws(NumberTextError) {
      // The bit 0x20 makes an ASCII letter small.
      guard let first = rest.first, first | 0x20 == letter else { throw unexpected(.number) }
      rest.removeFirst()
    }

    /// Reads digits with at most one point among or beside them, then perhaps an exponent.
    mutating func number(
      digit: (UInt8) -> Bool, exponentMark: Unicode.Scalar
    ) throws(NumberTextError) {
      var digits = skip(while: digit)
      if rest.first == UInt8(ascii: ".") {
        rest.removeFirst()
        digits += skip(while: digit)
      }
      guard digits > 0 else { throw unexpected(.digit) }
      guard let mark = rest.first, mark | 0x20 == UInt8(ascii: exponentMark) else { return }
      rest.removeFirst()
      let start = rest.startIndex
      _ = skipSign()
      let length = skip(while: Self.isDecimalDigit)
      guard length > 0 else { throw unexpected(.digit) }
      if length > 18 { longExponent = start }
    }

    /// Drops leading bytes that satisfy `condition` and returns their number.
    private mutating func skip(while condition: (UInt8) -> Bool) -> Int {
      let end = rest.firstIndex { !condition($0) } ?? rest.endIndex
      defer { rest = rest[end...] }
      return end - rest.startIndex
    }

    static func isDecimalDigit(_ byte: UInt8) -> Bool {
      UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte
    }

    static func isLetter(_ byte: UInt8) -> Bool {
      UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte | 0x20
    }

    static func isHexadecimalDigit(_ byte: UInt8) -> Bool {
      isDecimalDigit(byte) || UInt8(ascii: "a")...UInt8(ascii: "f") ~= byte | 0x20
    }
  }
}
