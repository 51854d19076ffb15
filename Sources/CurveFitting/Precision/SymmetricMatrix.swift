import LSQScalars
import LeastSquares

/// A symmetric matrix and its Cholesky factor, if it is positive definite.
struct SymmetricMatrix<Scalar: LSQScalar> {
  /// L with L·Lᵀ = A, by rows; nil where A is not positive definite, or a pivot is beyond the range of the type: an infinite
  /// one would turn a nonzero step into zero.
  let lower: Matrix<Scalar>?

  /// Factorises A.
  ///
  /// - Complexity: O(n³).
  init(_ a: Matrix<Scalar>) {
    let n = a.rowCount
    var l = a
    for j in 0..<n {
      for i in j..<n {
        var sum = l[i, j]
        for k in 0..<j { sum -= l[i, k] * l[j, k] }
        if i == j {
          guard sum > 0, sum.isFinite else {
            lower = nil
            return
          }
          l[j, j] = sum.squareRoot()
        } else {
          l[i, j] = sum / l[j, j]
        }
      }
    }
    lower = l
  }

  /// A⁻¹·b; nil where A is not positive definite.
  func solved(_ b: [Scalar]) -> [Scalar]? {
    guard let l = lower else { return nil }
    let n = b.count
    var x = b
    for i in 0..<n {
      for k in 0..<i { x[i] -= l[i, k] * x[k] }
      x[i] /= l[i, i]
    }
    for i in (0..<n).reversed() {
      for k in (i + 1)..<n { x[i] -= l[k, i] * x[k] }
      x[i] /= l[i, i]
    }
    return x
  }
}

extension Matrix where Element: LSQScalar {
  /// Whether this symmetric matrix, with a number added to its diagonal, is positive definite.
  ///
  /// - Complexity: O(n³).
  func isDefinite(plus shift: Element) -> Bool {
    var shifted = self
    for j in 0..<rowCount { shifted[j, j] += shift }
    return SymmetricMatrix(shifted).lower != nil
  }
}
