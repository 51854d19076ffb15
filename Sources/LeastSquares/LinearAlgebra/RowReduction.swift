import LSQScalars

extension Matrix where Element: LSQScalar {
  /// A matrix R of few rows with RᵀR = AᵀA: blocks of rows are reduced to triangles, and the triangles likewise, so
  /// that rounding grows with log m and not with m.
  ///
  /// - Complexity: O(m·n²) where there are many rows.
  @specialized(where Element == Double)
  @specialized(where Element == Float)
  #if (arch(i386) || arch(x86_64)) && !os(Windows) && !os(Android)
    @specialized(where Element == Float80)
  #endif
  func reducedToFewRows() -> Self {
    let n = columnCount
    let blockRowCount = max(1024, 4 * n)
    var matrix = self
    while matrix.rowCount > blockRowCount {
      var rest: [Element] = []
      for first in stride(from: 0, to: matrix.rowCount, by: blockRowCount) {
        let rows = first..<min(first + blockRowCount, matrix.rowCount)
        let block = Array(matrix.elements[(rows.lowerBound * n)..<(rows.upperBound * n)])
        rest += rows.count > n ? Self.triangle(of: block, rows.count, n) : block
      }
      matrix = Matrix(rowCount: rest.count / n, columnCount: n, elements: rest)
    }
    return matrix
  }

  /// R·Pᵀ of a block of rows.
  private static func triangle(of block: [Element], _ rowCount: Int, _ n: Int) -> [Element] {
    let factor = LeastSquaresFactor(
      Matrix(rowCount: rowCount, columnCount: n, elements: block))
    return factor.triangle.unpermutedTriangle(factor.permutation).elements
  }

  /// R·Pᵀ, n×n, with R in and above the diagonal, of which column j belongs to column `permutation[j]`.
  func unpermutedTriangle(_ permutation: [Int]) -> Self {
    let n = columnCount
    var columns = Matrix(rowCount: n, columnCount: n, repeating: 0)
    for j in 0..<n {
      for i in 0...j { columns[i, permutation[j]] = self[i, j] }
    }
    return columns
  }
}
