import LSQScalars
import LeastSquares

/// What is summed over rows for the normal equations: ‖r‖², Jᵀr and, if asked for, JᵀJ.
struct NormalSums<Scalar: LSQScalar>: Sendable {
  private let parameterCount: Int
  /// ‖r‖², Jᵀr, and the lower triangle of JᵀJ, row after row.
  private var sums: [Scalar]

  /// How many sums there are.
  static func count(parameterCount n: Int, withNormalMatrix: Bool) -> Int {
    1 + n + (withNormalMatrix ? n * (n + 1) / 2 : 0)
  }

  /// The sums over no rows.
  init(parameterCount n: Int, withNormalMatrix: Bool) {
    let count = Self.count(parameterCount: n, withNormalMatrix: withNormalMatrix)
    self.init(Array(repeating: 0, count: count), parameterCount: n)
  }

  /// Sums in their order.
  init(_ sums: [Scalar], parameterCount n: Int) {
    parameterCount = n
    self.sums = sums
  }

  var isFinite: Bool { sums.span.areFinite }

  var sumOfSquares: Scalar { sums[0] }

  /// Jᵀr.
  var gradient: [BinaryReal] {
    var gradient: [BinaryReal] = []
    for j in 0..<parameterCount { gradient.append(sums[1 + j].binaryReal) }
    return gradient
  }

  /// JᵀJ, symmetric; nil where it was not asked for.
  var normalMatrix: Matrix<Scalar>? {
    let n = parameterCount
    guard sums.count > 1 + n else { return nil }
    return Matrix(symmetric: n, lowerTriangle: Array(sums[(1 + n)...]))
  }

  /// Adds the sums over other rows.
  mutating func add(_ other: Self) {
    for k in 0..<sums.count { sums[k] += other.sums[k] }
  }
}
