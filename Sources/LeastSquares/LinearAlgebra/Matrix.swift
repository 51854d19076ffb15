package import LSQScalars

/// A dense matrix, stored by rows in one flat array.
@frozen
public struct Matrix<Element> {
  /// The number of rows.
  public let rowCount: Int
  /// The number of columns.
  public let columnCount: Int
  /// The elements, row after row: element (i, j) stands at `i * columnCount + j`.
  public var elements: [Element]

  /// A matrix with every element equal to `value`.
  ///
  /// - Precondition: the counts are not negative.
  @inlinable
  public init(rowCount: Int, columnCount: Int, repeating value: Element) {
    self.rowCount = rowCount
    self.columnCount = columnCount
    elements = Array(repeating: value, count: rowCount * columnCount)
  }

  /// A matrix that is yet to receive its elements.
  init(emptyWithRowCount rowCount: Int, columnCount: Int) {
    self.rowCount = rowCount
    self.columnCount = columnCount
    elements = []
  }

  /// A matrix with the given elements, row after row.
  ///
  /// - Precondition: `elements.count == rowCount * columnCount`.
  @inlinable
  public init(rowCount: Int, columnCount: Int, elements: [Element]) {
    precondition(
      elements.count == rowCount * columnCount,
      "a \(rowCount)×\(columnCount) matrix does not have \(elements.count) elements")
    self.rowCount = rowCount
    self.columnCount = columnCount
    self.elements = elements
  }

  /// The element in row `i` and column `j`, counted from zero.
  ///
  /// - Precondition: `0 <= i < rowCount`, `0 <= j < columnCount`.
  @inlinable
  public subscript(i: Int, j: Int) -> Element {
    get { elements[offset(i, j)] }
    set { elements[offset(i, j)] = newValue }
  }

  /// Where an element stands; the array traps on a row that does not exist.
  @inlinable
  func offset(_ i: Int, _ j: Int) -> Int {
    precondition(0 <= j && j < columnCount, "There is no column \(j) in a matrix of \(columnCount)")
    return i * columnCount + j
  }

  /// Where the elements of column `j` stand.
  package func column(_ j: Int) -> Lane { Lane(start: j, count: rowCount, stride: columnCount) }

  /// The rows as arrays.
  public var rows: [[Element]] {
    (0..<rowCount).map { Array(elements[($0 * columnCount)..<(($0 + 1) * columnCount)]) }
  }
}

extension Matrix: Equatable where Element: Equatable {}
extension Matrix: Hashable where Element: Hashable {}
extension Matrix: Sendable where Element: Sendable {}

extension Matrix {
  private enum CodingKeys: CodingKey { case rowCount, columnCount, elements }
}

extension Matrix: Encodable where Element: Encodable {
  /// Writes the counts and the elements, row after row.
  ///
  /// - Throws: `EncodingError` for an element that the format does not hold.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(rowCount, forKey: .rowCount)
    try container.encode(columnCount, forKey: .columnCount)
    try container.encode(elements, forKey: .elements)
  }
}

extension Matrix: Decodable where Element: Decodable {
  /// Reads what ``encode(to:)`` writes.
  ///
  /// - Throws: `DecodingError`, also where the number of elements is not that of rows times columns.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    rowCount = try container.decode(Int.self, forKey: .rowCount)
    columnCount = try container.decode(Int.self, forKey: .columnCount)
    elements = try container.decode([Element].self, forKey: .elements)
    let (size, isTooLarge) = rowCount.multipliedReportingOverflow(by: columnCount)
    guard rowCount >= 0, columnCount >= 0, !isTooLarge, size == elements.count else {
      throw DecodingError.dataCorruptedError(
        forKey: .elements, in: container,
        debugDescription:
          "A \(rowCount)×\(columnCount) matrix does not have \(elements.count) elements; give one per row and column."
      )
    }
  }
}
