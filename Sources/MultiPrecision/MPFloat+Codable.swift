extension MPFloat: Codable {
  /// Writes the value as text: the shortest decimal that reads back to the same bits, `-0.0`, `inf` or
  /// `nan`.
  ///
  /// Most formats hold a number as a `Double` at best, so a number would lose digits.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }

  /// Reads text that ``init(parsing:rounded:)`` takes: decimal, hexadecimal, `inf` or `nan`.
  ///
  /// Text that was written at another width is rounded once.
  ///
  /// - Throws: `DecodingError.dataCorrupted` with a ``NumberTextError`` underneath if the text is not a
  ///   number; `DecodingError.typeMismatch` if there is no text, such as for a bare number.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let text: String
    do {
      text = try container.decode(String.self)
    } catch DecodingError.typeMismatch(_, let context) {
      throw DecodingError.typeMismatch(
        Self.self,
        .init(
          codingPath: context.codingPath,
          debugDescription:
            "An MPFloat<\(bits)> is written as text, such as \"0.1\", so that no digit"
            + " is lost; put the number in quotes.",
          underlyingError: DecodingError.typeMismatch(String.self, context)))
    }
    do throws(NumberTextError) {
      self = try Self(parsing: text)
    } catch {
      throw DecodingError.dataCorrupted(
        .init(
          codingPath: decoder.codingPath, debugDescription: error.description,
          underlyingError: error))
    }
  }
}
