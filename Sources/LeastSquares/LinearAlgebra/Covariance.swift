public import LSQScalars

/// The covariance matrix (JᵀJ)⁻¹ of the parameters for residuals of unit variance, from R and P with
/// J·P = Q·R.
///
/// Only the leading block of R up to the first |r_kk| ≤ `tolerance`·|r_00| is inverted; the entries of
/// the other parameters are zero.
///
/// - Parameters:
///   - triangle: at least n rows and n columns; only R, in and above the diagonal, is read.
///   - permutation: column j of J·P is column `permutation[j]` of J.
///   - tolerance: relative to |r_00|, not negative.
/// - Returns: a symmetric n×n matrix in the order of J's columns.
/// - Complexity: O(n³).
///
/// Source: MINPACK `covar`.
public func covariance<Scalar: LSQScalar>(
  ofTriangle triangle: Matrix<Scalar>, permutation: [Int], tolerance: Scalar = 0
) -> Matrix<Scalar> {
  let n = triangle.columnCount
  precondition(
    triangle.rowCount >= n && permutation.count == n,
    "covariance needs a triangle of \(n) rows and a permutation of \(n) columns")
  var r = Array(triangle.elements[0..<(n * n)])
  /// The first `count` elements of column j.
  func column(_ j: Int, _ count: Int) -> Lane { Lane(start: j, count: count, stride: n) }

  // R⁻¹, column by column.
  let rank = triangle.rank(ofTriangleWithin: tolerance)
  for k in 0..<rank {
    r[k * n + k] = 1 / r[k * n + k]
    for j in 0..<k {
      let factor = r[k * n + k] * r[j * n + k]
      r[j * n + k] = 0
      Scalar.addScaled(-factor, column(j, j + 1), to: column(k, j + 1), in: &r)
    }
  }
  // R⁻¹·R⁻ᵀ, in the upper triangle.
  for k in 0..<rank {
    for j in 0..<k {
      Scalar.addScaled(r[j * n + k], column(k, j + 1), to: column(j, j + 1), in: &r)
    }
    let factor = r[k * n + k]
    for i in 0...k { r[i * n + k] = factor * r[i * n + k] }
  }
  var result = Matrix<Scalar>(rowCount: n, columnCount: n, repeating: 0)
  for j in 0..<rank {
    for i in 0...j {
      result[permutation[i], permutation[j]] = r[i * n + j]
      result[permutation[j], permutation[i]] = r[i * n + j]
    }
  }
  return result
}

extension Matrix where Element: LSQScalar {
  /// How many leading elements of the diagonal are larger than a tolerance times the first one.
  func rank(ofTriangleWithin tolerance: Element) -> Int {
    let threshold = tolerance * (elements.first?.magnitude ?? 0)
    return (0..<columnCount).first { !(self[$0, $0].magnitude > threshold) } ?? columnCount
  }
}
