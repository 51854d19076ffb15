/// What can be wrong with a table of data, with the place where it is wrong.
public enum DataTableError: Error, Hashable, Sendable {
  /// There is nothing but blanks and comments.
  case empty
  /// There is a header line and nothing after it.
  case noRows(header: TextPosition)
  /// A row has more or fewer values than there are columns. The place is the first surplus value or
  /// the end of the row.
  case raggedRow(expected: Int, found: Int, at: TextPosition)
  /// A value that has to be a number is not one.
  case malformedNumber(text: String, quantity: String, at: TextPosition)
  /// A value is NaN or infinite.
  case nonFiniteValue(text: String, quantity: String, at: TextPosition)
  /// A value is too large for the scalar type.
  case overflow(text: String, quantity: String, scalar: String, at: TextPosition)
  /// A value that is not zero is too small for the scalar type.
  case underflow(text: String, quantity: String, scalar: String, at: TextPosition)
  /// A column has no name. The place is `nil` if the caller gave the names.
  case emptyColumnName(number: Int, at: TextPosition?)
  /// Two columns have the same name. The place is `nil` if the caller gave the names.
  case duplicateColumnName(String, at: TextPosition?)
  /// There is no column of the name asked for.
  case unknownColumn(String, known: [String])
  /// Semicolons separate names or values.
  case separatedBySemicolons(at: TextPosition)
  /// A quotation mark is never closed.
  case unterminatedQuote(at: TextPosition)
  /// A closing quotation mark is followed by something other than a separator.
  case textAfterQuote(at: TextPosition)

  /// The place of the error, if it has one.
  public var position: TextPosition? {
    switch self {
    case .empty, .unknownColumn: nil
    case .noRows(let position), .raggedRow(_, _, let position),
      .malformedNumber(_, _, let position), .nonFiniteValue(_, _, let position),
      .overflow(_, _, _, let position), .underflow(_, _, _, let position),
      .separatedBySemicolons(let position),
      .unterminatedQuote(let position), .textAfterQuote(let position):
      position
    case .emptyColumnName(_, let position), .duplicateColumnName(_, let position): position
    }
  }
}

extension DataTableError: CustomStringConvertible {
  public var description: String { message.visible }

  private var message: String {
    switch self {
    case .empty:
      "The data are empty; give at least one row of numbers."
    case .noRows(let header):
      "No rows follow the header in line \(header.line); give at least one row of numbers."
    case .raggedRow(let expected, let found, let position):
      """
      The row at \(position) has \(found.counting("value")) where \(expected) \
      \(expected == 1 ? "is" : "are") expected; every row needs one value per column.
      """
    case .malformedNumber("", let quantity, let position):
      "There is no value for \(quantity) at \(position); write a number such as 1.5e-3."
    case .malformedNumber(let text, let quantity, let position):
      """
      “\(text)” at \(position) is not a number, but \(quantity) needs one; write it like 1.5e-3, with a \
      decimal point.
      """
    case .nonFiniteValue(let text, let quantity, let position):
      """
      “\(text)” at \(position), a value of \(quantity), is not a finite number; correct it or remove \
      the row.
      """
    case .overflow(let text, let quantity, let scalar, let position):
      """
      “\(text)” at \(position), a value of \(quantity), is too large for \(scalar); correct it or \
      take a scalar type with a larger range.
      """
    case .underflow(let text, let quantity, let scalar, let position):
      """
      “\(text)” at \(position), a value of \(quantity), is too small for \(scalar), where it would be \
      zero; scale the data or take a scalar type with a larger range.
      """
    case .separatedBySemicolons(let position):
      "Semicolons separate the values at \(position); separate names and values by commas."
    case .emptyColumnName(let number, let position):
      "Column \(number) has no name\(place(position)); name every column."
    case .duplicateColumnName(let name, let position):
      "Two columns are named “\(name)”\(place(position)); give every column a name of its own."
    case .unknownColumn(let name, let known):
      "There is no column “\(name)”; the columns are \(known.joined(separator: ", "))."
    case .unterminatedQuote(let position):
      "The quotation mark at \(position) is never closed; close it or remove it."
    case .textAfterQuote(let position):
      "Text follows a quoted value at \(position); put a separator between them."
    }
  }

  private func place(_ position: TextPosition?) -> String {
    position.map { " at \($0)" } ?? " in the list of names"
  }
}
