import LSQScalars
import LeastSquares

/// The eigenvalues of a symmetric matrix and their unit vectors, by Jacobi's rotations.
///
/// - Complexity: O(n³) for each of a few sweeps.
///
/// Source: G. Golub, C. Van Loan, *Matrix Computations*, 4th ed. (2013), section 8.5.
struct Eigenpairs<Scalar: LSQScalar> {
  let values: [Scalar]
  /// Column k belongs to value k.
  private let vectors: Matrix<Scalar>

  init(_ matrix: Matrix<Scalar>) {
    let n = matrix.rowCount
    var a = matrix
    var vectors = Matrix<Scalar>(rowCount: n, columnCount: n, repeating: 0)
    for j in 0..<n { vectors[j, j] = 1 }
    let negligible = a.elements.reduce(0) { max($0, $1.magnitude) } * Scalar.ulpOfOne
    var isRotated = true
    var sweeps = 0
    // Convergence is quadratic; the limit is never met.
    while isRotated, sweeps < 64 {
      isRotated = false
      sweeps += 1
      for p in 0..<n {
        for q in (p + 1)..<n where a[p, q].magnitude > negligible {
          isRotated = true
          Self.rotate(&a, &vectors, p, q)
        }
      }
    }
    values = (0..<n).map { a[$0, $0] }
    self.vectors = vectors
  }

  /// The unit vector of an eigenvalue.
  func vector(_ k: Int) -> [Scalar] { values.indices.map { vectors[$0, k] } }

  /// The least eigenvalue and its vector.
  var least: (value: Scalar, vector: [Scalar]) {
    let k = values.indices.min { values[$0] < values[$1] } ?? 0
    return (values[k], vector(k))
  }

  /// The rotation in the plane of p and q that makes a_pq zero.
  private static func rotate(
    _ a: inout Matrix<Scalar>, _ vectors: inout Matrix<Scalar>, _ p: Int, _ q: Int
  ) {
    let theta = (a[q, q] - a[p, p]) / (2 * a[p, q])
    let size = 1 / (theta.magnitude + (theta * theta + 1).squareRoot())
    let tangent = theta < 0 ? -size : size
    let cosine = 1 / (tangent * tangent + 1).squareRoot()
    let sine = tangent * cosine
    for k in 0..<a.rowCount {
      (a[k, p], a[k, q]) = (
        cosine * a[k, p] - sine * a[k, q], sine * a[k, p] + cosine * a[k, q]
      )
    }
    for k in 0..<a.rowCount {
      (a[p, k], a[q, k]) = (
        cosine * a[p, k] - sine * a[q, k], sine * a[p, k] + cosine * a[q, k]
      )
      (vectors[k, p], vectors[k, q]) = (
        cosine * vectors[k, p] - sine * vectors[k, q],
        sine * vectors[k, p] + cosine * vectors[k, q]
      )
    }
  }
}
