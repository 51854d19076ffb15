import LSQScalars
import LeastSquares

/// What is summed over rows for the normal equations.
struct NormalSums<Scalar: LSQScalar>: Sendable {
  private let parameterCount: Int
  var sumOfSquares: Scalar = 0
  /// Jᵀr.
  var gradient: [Scalar]
  /// The lower triangle of JᵀJ, row after row; empty where it is not asked for.
  var products: [Scalar]

  init(parameterCount n: Int, withNormalMatrix: Bool) {
    parameterCount = n
    gradient = Array(repeating: 0, count: n)
    products = Array(repeating: 0, count: withNormalMatrix ? n * (n + 1) / 2 : 0)
  }

  /// Sums that stand one after another.
  init(_ sums: ArraySlice<Scalar>, parameterCount n: Int, _ withNormalMatrix: Bool) {
    parameterCount = n
    sumOfSquares = sums.first ?? 0
    gradient = Array(sums.dropFirst().prefix(n))
    products = withNormalMatrix ? Array(sums.dropFirst(1 + n)) : []
  }

  var isFinite: Bool {
    sumOfSquares.isFinite && gradient.span.areFinite && products.span.areFinite
  }

  /// JᵀJ, symmetric.
  var normalMatrix: Matrix<Scalar> {
    let n = parameterCount
    var matrix = Matrix<Scalar>(rowCount: n, columnCount: n, repeating: 0)
    for i in 0..<n {
      for j in 0...i {
        matrix[i, j] = products[i * (i + 1) / 2 + j]
        matrix[j, i] = matrix[i, j]
      }
    }
    return matrix
  }

  mutating func add(_ other: Self) {
    sumOfSquares += other.sumOfSquares
    for j in gradient.indices { gradient[j] += other.gradient[j] }
    for k in products.indices { products[k] += other.products[k] }
  }
}
