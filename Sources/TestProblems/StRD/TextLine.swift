import CurveFitting

/// A line of a text with its number.
struct TextLine {
  /// The number of the line, from 1.
  let number: Int
  /// The line without its end.
  let text: Substring

  /// The words of the line with their places.
  var words: [(text: Substring, position: TextPosition)] { words(in: text) }

  /// The words of a part of the line with their places.
  func words(in part: Substring) -> [(text: Substring, position: TextPosition)] {
    part.split(whereSeparator: \.isWhitespace).map { ($0, position(of: $0)) }
  }

  /// The place of a part of the line.
  func position(of part: Substring) -> TextPosition {
    let column = text.distance(from: text.startIndex, to: part.startIndex) + 1
    return TextPosition(line: number, column: column)
  }

  /// The line without blanks at either end.
  var trimmed: Substring { text.trimmed }

  /// What follows a label at the beginning of the line, or `nil` if the line begins otherwise. Case
  /// does not matter.
  func text(after label: String) -> Substring? {
    let line = trimmed
    guard line.lowercased().hasPrefix(label.lowercased()) else { return nil }
    return line.dropFirst(label.count)
  }

  /// Whether the line holds a phrase. Case does not matter.
  func contains(_ phrase: String) -> Bool {
    text.lowercased().contains(phrase.lowercased())
  }
}
