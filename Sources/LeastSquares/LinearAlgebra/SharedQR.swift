import LSQScalars

/// The factorisation with its columns shared out to a crew, for numbers so wide that reflectors take the time.
///
/// Each column is an array of its own, to which any free task applies the reflector. A column goes through the
/// operations of ``factorizeMeasured(_:)`` in their order, so that the numbers are the same. The norm of the next
/// column, which is one sum, is computed by the caller.
///
/// - Complexity: O(m·n²/min(k, n) + m·n) with a crew of k.
extension Linearization {
  /// The number of products from which waking the crew pays, in units of one at 128 bits.
  private static var leastShare: Int { 4000 }

  /// Whether the factorisation takes longer than sharing it out.
  func isWorthSharing(by crew: Crew) -> Bool {
    guard crew.size > 1, Scalar.precisionBits > UInt64.bitWidth else { return false }
    let words = (Scalar.precisionBits + UInt64.bitWidth - 1) / UInt64.bitWidth
    return rowCount * columnCount * (20 + words * words) / 24 >= Self.leastShare
  }

  /// Sets `columnNorms`, with the crew.
  mutating func measureColumns(by crew: Crew, _ constants: Constants<Scalar>) {
    let (matrix, m, n) = (factor, rowCount, columnCount)
    columnNorms = crew.map(n, scratch: {}) { j, _ in
      constants.norm(matrix.span, Lane(start: j, count: m, stride: n))
    }
  }

  /// Factorises where `columnNorms` are known, with the crew.
  mutating func factorizeMeasured(by crew: Crew, _ constants: Constants<Scalar>) {
    let (m, n) = (rowCount, columnCount)
    let below = Lane(count: m)
    var columns = (0..<n).map { j in
      // An array of m to write over.
      var column = reflected
      Scalar.copy(factor, Lane(start: j, count: m, stride: n), to: &column, below)
      return SharedColumn(column)
    }
    columns.append(SharedColumn(reflected))
    for j in 0..<n {
      permutation[j] = j
      diagonalOfR[j] = columnNorms[j]
      referenceNorms[j] = columnNorms[j]
    }
    for j in 0..<min(m, n) {
      let largest = Self.indexOfLargest(diagonalOfR.span, from: j)
      if largest != j {
        columns.swapAt(j, largest)
        diagonalOfR[largest] = diagonalOfR[j]
        referenceNorms[largest] = referenceNorms[j]
        permutation.swapAt(j, largest)
      }
      diagonalOfR[j] = -reflect(columns, j, by: crew, constants)
    }
    for (j, column) in columns.prefix(n).enumerated() {
      Scalar.copy(column.elements, below, to: &factor, Lane(start: j, count: m, stride: n))
    }
    reflected = columns[n].elements
  }

  /// Makes the reflector of column j, and applies it to the columns on its right, the last of which is the vector;
  /// returns the norm of the column, with the sign of its first element.
  private mutating func reflect(
    _ columns: [SharedColumn<Scalar>], _ j: Int, by crew: Crew, _ constants: Constants<Scalar>
  ) -> Scalar {
    let below = Lane(start: j, count: rowCount - j)
    let rest = Lane(start: j + 1, count: rowCount - j - 1)
    let column = columns[j].elements
    var norm = j == 0 ? columnNorms[permutation[0]] : constants.norm(column.span, below)
    guard norm != 0 else { return norm }
    if column[j] < 0 { norm = -norm }
    let reflector = Self.reflector(of: column, below, norm: norm, by: crew)
    columns[j].elements = reflector
    crew.perform(columnCount - j, scratch: {}) { k, _ in
      columns[j + 1 + k].update { column in
        let sum = Scalar.dotProduct(reflector, below, column, below)
        Scalar.addScaled(-sum / reflector[j], reflector, below, to: &column, below)
      }
    }
    for k in j + 1..<max(columnCount, j + 1) {
      let column = columns[k].elements
      Self.downdate(&diagonalOfR[k], &referenceNorms[k], by: column[j], constants) {
        constants.norm(column.span, rest)
      }
    }
    return norm
  }

  /// a/`norm` with 1 added to its first element, in the place of the lane a.
  private static func reflector(
    of column: [Scalar], _ a: Lane, norm: Scalar, by crew: Crew
  ) -> [Scalar] {
    let pieces = (a.start..<a.start + a.count).pieces(of: max(64, a.count / crew.size + 1))
    let quotients = crew.map(pieces.count, scratch: {}) { k, _ in
      var piece = Array(column[pieces[k]])
      Scalar.divide(Lane(count: piece.count), of: &piece, by: norm)
      return piece
    }
    var result = column
    for (piece, range) in zip(quotients, pieces) {
      let lane = Lane(start: range.lowerBound, count: range.count)
      Scalar.copy(piece, Lane(count: piece.count), to: &result, lane)
    }
    result[a.start] += 1
    return result
  }
}

/// A column that one task at a time works on.
private final class SharedColumn<Scalar: LSQScalar>: Sendable {
  private let guarded: Guarded<[Scalar]>

  init(_ elements: [Scalar]) { guarded = Guarded(elements) }

  var elements: [Scalar] {
    get { guarded.withLock { $0 } }
    set { guarded.withLock { $0 = newValue } }
  }

  func update(_ body: (inout [Scalar]) -> Void) { guarded.withLock { body(&$0) } }
}
