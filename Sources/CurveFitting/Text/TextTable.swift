/// Rows of text with aligned columns.
package struct TextTable {
  package enum Alignment { case left, right }

  package let alignments: [Alignment]
  private var rows: [[String]] = []

  package init(_ alignments: [Alignment]) { self.alignments = alignments }

  package mutating func append(_ row: [String]) { rows.append(row) }

  /// The rows, each with a line end, with two blanks between columns and none at line ends.
  package var text: String {
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
