import LSQScalars

extension String {
  /// The number of characters to insert, delete or replace to turn this word into another.
  ///
  /// - Complexity: O(product of the lengths).
  package func editDistance(to other: String) -> Int {
    let other = Array(other)
    var distances = Array(0...other.count)
    for (i, character) in enumerated() {
      var diagonal = distances[0]
      distances[0] = i + 1
      for j in other.indices {
        let replaced = diagonal + (character == other[j] ? 0 : 1)
        diagonal = distances[j + 1]
        distances[j + 1] = Swift.min(replaced, distances[j] + 1, diagonal + 1)
      }
    }
    return distances[other.count]
  }
}

extension Substring {
  /// The text without blanks at either end.
  package var trimmed: Substring {
    let start = drop(while: \.isWhitespace)
    guard let last = start.lastIndex(where: { !$0.isWhitespace }) else { return start }
    return start[...last]
  }
}

extension [String] {
  /// The end of a sentence about a name that is none of these: it suggests those nearby, or lists all.
  package func remedy(near: Self, called kind: String) -> String {
    near.isEmpty
      ? "the \(kind) are \(joined(separator: ", "))."
      : "did you mean \(near.joined(separator: ", "))?"
  }

  /// Cells as a row of a table in Markdown.
  package var markdownRow: String { "| " + map(\.markdown).joined(separator: " | ") + " |\n" }
}

extension String {
  /// The text escaped for Markdown, where names and formulas could read as markup.
  package var markdown: String {
    var text = ""
    for character in self {
      if #"\`*_[<|"#.contains(character) { text.append("\\") }
      text.append(character)
    }
    return text
  }
}

extension Unicode.Scalar {
  /// The character, or an escape such as `\u{1B}` or `\n` for one that is not seen, or changes how others are.
  package var visible: String {
    switch properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator: escaped(asASCII: true)
    default: String(self)
    }
  }
}

extension String {
  /// The text on one line, with escapes for what is not seen, or would change how a message is.
  package var visible: String { unicodeScalars.map(\.visible).joined() }
}

extension Int {
  /// A count of a noun whose plural takes an s.
  package func counting(_ noun: String) -> String { "\(self) \(noun)\(self == 1 ? "" : "s")" }
}

extension LSQScalar {
  /// What messages call the type: "Double", "MPFloat of 128 bits".
  static var nameInWords: String {
    let name = "\(Self.self)"
    guard let generic = name.firstIndex(of: "<") else { return name }
    return "\(name[..<generic]) of \(precisionBits) bits"
  }
}
