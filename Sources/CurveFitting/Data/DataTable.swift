public import LSQScalars

/// A table of text cells with named columns, whose columns become numbers when they are asked for.
///
/// The text has a header line of names, or the caller gives the names. Values are separated by
/// commas if the first line has one, and by blanks otherwise.
///
/// ```swift
/// let table = try DataTable("time, signal\n0.5, 1.25e-3\n1.0, 7.5e-4\n")
/// let signal = try table.column("signal", as: Float80.self)
/// ```
///
/// Blanks around values, empty lines, lines that start with `#`, either kind of line end, a byte
/// order mark and the quotation marks of RFC 4180 are understood; where blanks separate values, a `#` after one begins
/// a comment. Names may be any text; those that a formula can use are made of the letters a to z and A to Z, digits and
/// underscores and do not begin with a digit.
///
/// - Complexity: O(length of the text) to read it, O(number of rows) per column.
public struct DataTable: Sendable {
  /// The names of the columns, from left to right.
  public let columnNames: [String]
  /// The number of rows, without the header.
  public let rowCount: Int

  private let scanner: TableScanner
  /// Row by row.
  private let cells: [TableScanner.Cell]

  /// Reads a table from a text, with the names of its columns or, where they are `nil`, with the first
  /// line as their names.
  ///
  /// - Throws: ``DataTableError`` if there are no rows, a row does not have one value per column, two columns share a
  ///   name, or semicolons are the separators.
  public init(_ text: String, columns: [String]? = nil) throws(DataTableError) {
    try self.init(utf8: Array(text.utf8), columns: columns)
  }

  /// Reads a table from the bytes of a text in UTF-8.
  ///
  /// - Throws: ``DataTableError``, as ``init(_:columns:)`` does.
  public init(utf8 bytes: [UInt8], columns: [String]? = nil) throws(DataTableError) {
    try self.init(utf8: bytes, columns: columns, firstLine: 1)
  }

  /// Reads a table that is part of a longer text, whose errors count lines from `firstLine`.
  package init(utf8 bytes: [UInt8], columns: [String]?, firstLine: Int) throws(DataTableError) {
    var scanner = TableScanner(bytes, firstLine: firstLine)
    guard scanner.findFirstRow() else { throw .empty }
    let header = scanner.position(of: scanner.offset)

    let names: [String]
    if let columns {
      names = columns
      try Self.checkNames(names) { _ in nil }
    } else {
      var headerCells: [TableScanner.Cell] = []
      _ = try scanner.readRow(into: &headerCells)
      names = headerCells.map { scanner.text(of: $0) }
      if names.count == 1, scanner.isSeparatedBySemicolons(headerCells[0]) {
        throw .separatedBySemicolons(at: header)
      }
      try Self.checkNames(names) { scanner.position(of: headerCells[$0].start) }
    }

    var cells: [TableScanner.Cell] = []
    var rowCount = 0
    while let found = try scanner.readRow(into: &cells) {
      guard found == names.count else {
        let row = cells.suffix(found)
        if found == 1, scanner.isSeparatedBySemicolons(row[row.startIndex]) {
          throw .separatedBySemicolons(at: scanner.position(of: row[row.startIndex].start))
        }
        let place =
          found > names.count ? row[row.startIndex + names.count].start : row.last?.end
        throw .raggedRow(
          expected: names.count, found: found, at: scanner.position(of: place ?? scanner.offset))
      }
      rowCount += 1
    }
    guard rowCount > 0 else { throw .noRows(header: header) }
    (columnNames, self.rowCount) = (names, rowCount)
    (self.scanner, self.cells) = (scanner, cells)
  }

  private static func checkNames(
    _ names: [String], at position: (Int) -> TextPosition?
  ) throws(DataTableError) {
    var seen: Set<String> = []
    for (i, name) in names.enumerated() {
      if name.isEmpty { throw .emptyColumnName(number: i + 1, at: position(i)) }
      if !seen.insert(name).inserted { throw .duplicateColumnName(name, at: position(i)) }
    }
  }

  // MARK: - Values

  /// The values of a column, each rounded once from its text to the scalar type.
  ///
  /// - Throws: ``DataTableError`` if there is no such column, or one of its values is not a number
  ///   or not finite in `Scalar`. Other columns may hold any text.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  public func column<Scalar: LSQScalar>(
    _ name: String, as _: Scalar.Type
  ) throws(DataTableError) -> [Scalar] {
    let index = try index(ofColumn: name)
    var values: [Scalar] = []
    values.reserveCapacity(rowCount)
    for row in 0..<rowCount { try values.append(value(row: row, column: index)) }
    return values
  }

  /// The values of some columns, row by row.
  ///
  /// - Throws: as ``column(_:as:)``.
  public func rows<Scalar: LSQScalar>(
    of names: [String], as type: Scalar.Type
  ) throws(DataTableError) -> [Scalar] {
    var values = [Scalar](repeating: 0, count: rowCount * names.count)
    for (j, name) in names.enumerated() {
      let column = try column(name, as: type)
      for i in 0..<rowCount { values[i * names.count + j] = column[i] }
    }
    return values
  }

  /// Whether a number in some columns, as ``rows(of:as:)`` read it, is plainly whole although its text is not, as
  /// 5.0000000000000001 in `Double`.
  package func hasRoundedWholes<Scalar: LSQScalar>(
    in names: [String], readAs numbers: [Scalar]
  ) -> Bool {
    let columns = names.compactMap(columnNames.firstIndex(of:))
    return numbers.indices.contains { k in
      let (row, place) = k.quotientAndRemainder(dividingBy: columns.count)
      return numbers[k].isPlainlyWhole
        && !DecimalText.isWhole(scanner.bytes(of: cell(row, columns[place])))
    }
  }

  private func value<Scalar: LSQScalar>(row: Int, column: Int) throws(DataTableError) -> Scalar {
    // Finding the place of a number takes a walk through the text: done only for an error.
    let text = text(row: row, column: column)
    if DecimalText.isDecimal(text), let value = DecimalText.parsed(text, as: Scalar.self) {
      return value
    }
    return try decimal(row: row, column: column).value(as: Scalar.self)
  }

  /// The text of a cell. Rows and columns count from zero.
  ///
  /// - Precondition: the table has the cell.
  public func text(row: Int, column: Int) -> String {
    scanner.text(of: cell(row, column))
  }

  /// A cell with its place, which takes a walk through the text to find.
  ///
  /// - Precondition: the table has the cell.
  public func decimal(row: Int, column: Int) -> DecimalText {
    let cell = cell(row, column)
    return DecimalText(
      scanner.text(of: cell), quantity: "column \(columnNames[column])",
      at: scanner.position(of: cell.start))
  }

  /// The index of a column.
  ///
  /// - Throws: ``DataTableError/unknownColumn(_:known:)``.
  public func index(ofColumn name: String) throws(DataTableError) -> Int {
    guard let index = columnNames.firstIndex(of: name) else {
      throw .unknownColumn(name, known: columnNames)
    }
    return index
  }

  /// Throws unless every cell is a decimal number.
  package func requireNumbers() throws(DataTableError) {
    for row in 0..<rowCount {
      for column in columnNames.indices where !DecimalText.isDecimal(text(row: row, column: column))
      {
        try decimal(row: row, column: column).requireNumber()
      }
    }
  }

  private func cell(_ row: Int, _ column: Int) -> TableScanner.Cell {
    precondition(columnNames.indices.contains(column), "there is no column \(column)")
    return cells[row * columnNames.count + column]
  }
}
