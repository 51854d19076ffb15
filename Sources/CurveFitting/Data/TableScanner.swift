/// Splits a text into rows of cells, working on its UTF-8 bytes.
///
/// Cells are separated by commas or by blanks. A cell may stand in quotation marks, which may be
/// doubled inside, and may then contain separators and line ends. Blank lines and lines that start with `#` are
/// skipped; where blanks separate cells, a `#` after one begins a comment too.
struct TableScanner {
  /// The bytes of one cell, without surrounding blanks and quotation marks.
  struct Cell {
    var start: Int
    var end: Int
    var isQuoted = false
  }

  let bytes: [UInt8]
  /// The number of the text's first line.
  let firstLine: Int
  private(set) var offset: Int
  private var separatesByComma = false

  init(_ bytes: [UInt8], firstLine: Int) {
    self.bytes = bytes
    self.firstLine = firstLine
    offset = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0  // A byte order mark is no text.
  }

  /// Moves to the next row and decides by its first line whether commas separate the cells.
  ///
  /// Returns false at the end of the text.
  mutating func findFirstRow() -> Bool {
    guard skipToRow() else { return false }
    var (isQuoted, followsBlank) = (false, false)
    for byte in bytes[offset...] {
      if byte == Self.quote { isQuoted.toggle() }
      if isQuoted { continue }
      if byte == Self.comma { separatesByComma = true }
      if Self.isLineEnd(byte) || followsBlank && byte == Self.hash { break }
      followsBlank = Self.isBlank(byte)
    }
    return true
  }

  /// Appends the cells of the next row and returns their number, or `nil` at the end of the text.
  mutating func readRow(into cells: inout [Cell]) throws(DataTableError) -> Int? {
    guard skipToRow() else { return nil }
    let countBefore = cells.count
    repeat {
      skipBlanks()
      if !separatesByComma {
        skipComment()
        if isAtLineEnd { break }
      }
      try cells.append(readCell())
      skipBlanks()
    } while skipSeparator()
    skipLineEnd()
    return cells.count - countBefore
  }

  // MARK: - Cells

  private mutating func readCell() throws(DataTableError) -> Cell {
    if offset < bytes.count, bytes[offset] == Self.quote { return try readQuotedCell() }
    let start = offset
    var end = offset  // After the last byte that is no blank.
    while !isAtLineEnd && bytes[offset] != separator {
      let isBlank = Self.isBlank(bytes[offset])
      if isBlank && !separatesByComma { break }
      offset += 1
      if !isBlank { end = offset }
    }
    return Cell(start: start, end: end)
  }

  private mutating func readQuotedCell() throws(DataTableError) -> Cell {
    let opening = offset
    offset += 1
    while true {
      guard let closing = bytes[offset...].firstIndex(of: Self.quote) else {
        throw .unterminatedQuote(at: position(of: opening))
      }
      offset = closing + 1
      guard offset < bytes.count, bytes[offset] == Self.quote else { break }
      offset += 1
    }
    let end = offset - 1
    let blanksFollow = offset < bytes.count && Self.isBlank(bytes[offset])
    if separatesByComma { skipBlanks() }
    guard isAtLineEnd || bytes[offset] == separator || (!separatesByComma && blanksFollow) else {
      throw .textAfterQuote(at: position(of: offset))
    }
    return Cell(start: opening + 1, end: end, isQuoted: true)
  }

  /// Whether a cell that stands alone in its row holds values separated by semicolons.
  func isSeparatedBySemicolons(_ cell: Cell) -> Bool {
    !cell.isQuoted && bytes(of: cell).contains(Self.semicolon)
  }

  /// The bytes of a cell.
  func bytes(of cell: Cell) -> ArraySlice<UInt8> { bytes[cell.start..<cell.end] }

  /// The text of a cell, with doubled quotation marks made single.
  func text(of cell: Cell) -> String {
    let text = String(decoding: bytes(of: cell), as: UTF8.self)
    guard cell.isQuoted else { return text }
    var result = ""
    var previousIsQuote = false
    for character in text {
      previousIsQuote = character == "\"" && !previousIsQuote
      if !previousIsQuote { result.append(character) }
    }
    return result
  }

  // MARK: - Separators and lines

  private var separator: UInt8? { separatesByComma ? Self.comma : nil }

  private var isAtLineEnd: Bool { offset >= bytes.count || Self.isLineEnd(bytes[offset]) }

  /// Passes a comma, or the blanks already skipped, and tells whether the row goes on.
  private mutating func skipSeparator() -> Bool {
    guard !isAtLineEnd else { return false }
    if separatesByComma { offset += 1 }
    return true
  }

  private mutating func skipBlanks() {
    while offset < bytes.count && Self.isBlank(bytes[offset]) { offset += 1 }
  }

  private mutating func skipLineEnd() {
    guard offset < bytes.count else { return }
    let isReturn = bytes[offset] == Self.carriageReturn
    offset += 1
    if isReturn && offset < bytes.count && bytes[offset] == Self.lineFeed { offset += 1 }
  }

  /// Passes a comment that begins here.
  private mutating func skipComment() {
    guard offset < bytes.count, bytes[offset] == Self.hash else { return }
    while !isAtLineEnd { offset += 1 }
  }

  /// Skips blank lines and comments; false at the end of the text.
  private mutating func skipToRow() -> Bool {
    while true {
      let lineStart = offset
      skipBlanks()
      guard offset < bytes.count else { return false }
      skipComment()
      guard isAtLineEnd else {
        offset = lineStart
        return true
      }
      skipLineEnd()
    }
  }

  // MARK: - Places

  /// The place of a byte. Only errors ask, so lines are counted only then.
  func position(of offset: Int) -> TextPosition {
    let before = bytes[..<min(offset, bytes.count)]
    var line = firstLine
    var lineStart = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    for (i, byte) in before.enumerated() where Self.isLineEnd(byte) {
      // The pair CR LF ends one line.
      if byte == Self.carriageReturn && i + 1 < bytes.count && bytes[i + 1] == Self.lineFeed {
        continue
      }
      line += 1
      lineStart = i + 1
    }
    let column = String(
      decoding: bytes[min(lineStart, before.endIndex)..<before.endIndex], as: UTF8.self
    ).count
    return TextPosition(line: line, column: column + 1)
  }

  private static let comma = UInt8(ascii: ",")
  private static let quote = UInt8(ascii: "\"")
  private static let semicolon = UInt8(ascii: ";")
  private static let hash = UInt8(ascii: "#")
  private static let lineFeed = UInt8(ascii: "\n")
  private static let carriageReturn = UInt8(ascii: "\r")

  private static func isBlank(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t")
  }

  private static func isLineEnd(_ byte: UInt8) -> Bool {
    byte == lineFeed || byte == carriageReturn
  }
}
