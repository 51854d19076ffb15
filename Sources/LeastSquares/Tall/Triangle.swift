import LSQScalars

/// R and the first n entries of Qᵀf: what a set of rows of [J f] comes down to.
///
/// n rows and n + 1 columns, by rows; what stands below the diagonal is zero.
struct Triangle<Sum: LSQScalar>: Sendable {
  let columnCount: Int
  private(set) var elements: [Sum]

  /// The triangle of no rows.
  init(columnCount: Int) {
    self.columnCount = columnCount
    elements = Array(repeating: 0, count: (columnCount - 1) * columnCount)
  }

  var rowCount: Int { columnCount - 1 }

  func sumOfSquares(ofColumn c: Int) -> Sum {
    var sum: Sum = 0
    for i in 0..<min(c + 1, rowCount) { sum += self[i, c] * self[i, c] }
    return sum
  }

  @inline(__always)
  subscript(i: Int, j: Int) -> Sum {
    get { elements[i * columnCount + j] }
    set { elements[i * columnCount + j] = newValue }
  }
}

extension Triangle {
  /// Applies to row k the reflector that takes the numbers below its diagonal element into it.
  ///
  /// - Parameters:
  ///   - products: of the column below the diagonal element with itself and the columns on its right.
  ///   - factors: receives the multiple of the reflector's vector to be subtracted from each of those
  ///     columns.
  /// - Returns: false where there is nothing below, and nothing to be done.
  mutating func reflect(row k: Int, products: [Sum], factors: inout [Sum]) -> Bool {
    let below = products[k]
    guard below != 0 else { return false }
    // Through spans, since this is done n times for every block.
    let (columnCount, start) = (self.columnCount, k * self.columnCount)
    var rows = elements.mutableSpan
    var multiples = factors.mutableSpan
    let sums = products.span
    let diagonal = rows[start + k]
    let norm = (diagonal * diagonal + below).squareRoot()
    // The sign that does not cancel.
    let leading = diagonal < 0 ? diagonal - norm : diagonal + norm
    let reciprocal = 1 / (norm * leading.magnitude)
    rows[start + k] = diagonal < 0 ? norm : -norm
    for c in (k + 1)..<columnCount {
      let factor = (sums[c] + leading * rows[start + c]) * reciprocal
      multiples[c] = factor
      rows[start + c] -= factor * leading
    }
    return true
  }
}

extension Triangle {
  /// Divides the first columns, one for each divisor: all that were scaled, or the n of R if they stand for undivided
  /// differences.
  mutating func divideColumns(by divisors: [Sum]) {
    for i in 0..<rowCount { for c in i..<divisors.count { self[i, c] /= divisors[c] } }
  }
}

/// Squares that would overflow or underflow.
///
/// A column whose sum of squares is near the ends of the exponent's range is multiplied by a power of
/// two before it is reduced, and its column of the triangle divided by it afterwards. Both are exact,
/// and Q does not change.
extension Triangle {
  /// Whether all columns, the rows of a block included, are in the middle of the range.
  ///
  /// - Parameters:
  ///   - squares: the sums of squares of the block's columns.
  ///   - sums: scratch of n + 1.
  func isInSafeRange(beside squares: [Sum], sums: inout [Sum]) -> Bool {
    // Row by row, one sum a column: it is done for every block.
    var total = sums.mutableSpan
    let rows = elements.span
    for c in 0..<columnCount { total[c] = squares[c] }
    for i in 0..<rowCount {
      let start = i * columnCount
      for c in i..<columnCount { total[c] += rows[start + c] * rows[start + c] }
    }
    let range = ScaledSquares<Sum>.safeRange
    for c in 0..<columnCount where !(total[c] > range.above && total[c] < range.below) {
      return false
    }
    return true
  }

  /// A power of two for each column, or nil where all columns are in the middle of the range.
  func scalesToSafeRange<Block: RowBlock>(block: Block, squares: [Sum]) -> [Sum]?
  where Block.Sum == Sum {
    var scales: [Sum]?
    for c in 0..<columnCount {
      guard !ScaledSquares<Sum>.isSafe(squares[c] + sumOfSquares(ofColumn: c)) else { continue }
      var largest = block.largest(inColumn: c)
      for i in 0..<min(c + 1, rowCount) { largest = max(largest, self[i, c].magnitude) }
      guard largest > 0, largest.isFinite else { continue }
      if scales == nil { scales = Array(repeating: 1, count: columnCount) }
      scales?[c] = ScaledSquares<Sum>.scale(bringingToOne: largest)
    }
    return scales
  }

  /// Multiplies every column by its power of two.
  mutating func scaleColumns(by scales: [Sum]) {
    for i in 0..<rowCount { for c in i..<columnCount { self[i, c] *= scales[c] } }
  }
}
