/// Rows of text with aligned columns.
struct TextTable {
  enum Alignment { case left, right }

  let alignments: [Alignment]
  private var rows: [[String]] = []

  init(_ alignments: [Alignment]) { self.alignments = alignments }

  mutating func append(_ row: [String]) { rows.append(row) }

  /// The rows, each with a line end, with two blanks between columns and none at line ends.
  var text: String {
    let widths = alignments.indices.map { column in
      rows.map { $0[column].count }.max() ?? 0
    }
    return rows.map { row in
      let cells = row.indices.map { column in
        let padding = String(repeating: " ", count: widths[column] - row[column].count)
        return alignments[column] == .left ? row[column] + padding : padding + row[column]
      }
      let line = cells.joined(separator: "  ")
      let blanks = line.reversed().prefix { $0 == " " }.count
      return line.dropLast(blanks) + "\n"
    }.joined()
  }
}
