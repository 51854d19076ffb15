/// Text that is not a number, with the place where it stops being one.
public struct NumberTextError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What could have stood at the place of the error.
  public enum Expectation: Hashable, Sendable {
    /// A digit, of a number or of its exponent.
    case digit
    /// A number, `inf`, `infinity` or `nan`.
    case number
    /// Nothing more.
    case end
  }

  /// The text.
  public let text: String
  /// The place of the first byte that belongs to no number: the number of UTF-8 bytes before it.
  public let utf8Offset: Int
  /// What stands at that place; nil at the end of the text.
  public let unexpected: Unicode.Scalar?
  /// What could have stood there.
  public let expected: Expectation

  /// The place as an index of ``text``.
  public var position: String.Index { text.utf8.index(text.startIndex, offsetBy: utf8Offset) }

  /// Such as: “1.2x5” is not a number: “x” stands at position 4, where the number should end.
  public var description: String {
    let isShort = text.utf8.count <= 40
    let excerpt = text.unicodeScalars.prefix(isShort ? 40 : 32).map(Self.visible).joined()
    let found =
      unexpected.map { "“\(Self.visible($0))” stands at position" } ?? "the text ends at position"
    let remedy =
      switch expected {
      case .digit: "where a digit should be"
      case .number: "where a number, “inf” or “nan” should be"
      case .end: "where the number should end"
      }
    return
      "“\(excerpt)\(isShort ? "" : "…")” is not a number: \(found) \(characterOffset + 1), \(remedy)."
  }

  /// The character, or its code where it would not show or would change how the message shows.
  private static func visible(_ character: Unicode.Scalar) -> String {
    switch character.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned:
      "\\u{\(String(character.value, radix: 16, uppercase: true))}"
    default: "\(character)"
    }
  }

  /// The number of characters before the place of the error.
  private var characterOffset: Int { text.unicodeScalars[..<position].count }
}
