import LSQScalars
import LeastSquares

/// ‖r‖², its half gradient Jᵀr and, where asked for, JᵀJ at a point, from one evaluation of the model and
/// its gradient on every row. A block of rows is kept at a time.
///
/// Nothing is factorised: where digits are to be had by widening the type, the squared condition costs some
/// bits, and an orthogonal factorisation costs four times the products.
///
/// - Complexity: m evaluations, and O(m·n²).
struct GradientSweep<Scalar: LSQScalar> {
  let sumOfSquares: Scalar
  /// Jᵀr.
  let gradient: [Scalar]
  /// The lower triangle of JᵀJ.
  private let normalMatrix: Matrix<Scalar>?

  /// - Throws: what the model throws.
  init(
    of problem: ModelProblem<Scalar>, at x: [Scalar], withNormalMatrix: Bool
  ) throws {
    let (m, n) = (problem.rowCount, problem.parameterCount)
    let height = min(TapeRows<Scalar>.blockHeight, m)
    var rows = [Scalar](repeating: 0, count: height * n)
    var residuals = [Scalar](repeating: 0, count: height)
    var sums = [Scalar](repeating: 0, count: n)
    var products = [Scalar](repeating: 0, count: withNormalMatrix ? n * n : 0)
    var sumOfSquares: Scalar = 0
    for start in stride(from: 0, to: m, by: height) {
      let count = min(height, m - start)
      var values = residuals.mutableSpan
      var slopes = rows.mutableSpan
      try problem.linearize(start..<start + count, x.span, &values, &slopes)
      let r = residuals.span
      let J = rows.span
      let down = Lane(count: count)
      sumOfSquares += Scalar.dotProduct(r, down, r, down)
      for j in 0..<n {
        let column = Lane(start: j, count: count, stride: n)
        sums[j] += Scalar.dotProduct(J, column, r, down)
        guard withNormalMatrix else { continue }
        for k in 0...j {
          products[j * n + k] += Scalar.dotProduct(
            J, column, J, Lane(start: k, count: count, stride: n))
        }
      }
    }
    self.sumOfSquares = sumOfSquares
    gradient = sums
    normalMatrix =
      withNormalMatrix ? Matrix(rowCount: n, columnCount: n, elements: products) : nil
  }

  var isFinite: Bool {
    sumOfSquares.isFinite && gradient.allSatisfy(\.isFinite)
  }

  /// The diagonal of (JᵀJ)⁻¹; nil where JᵀJ is singular in this type or was not asked for.
  var variances: [Scalar]? {
    guard let normalMatrix else { return nil }
    let factor = SymmetricMatrix(normalMatrix)
    let n = gradient.count
    let diagonal = (0..<n).compactMap { j in factor.solved((0..<n).map { $0 == j ? 1 : 0 })?[j] }
    return diagonal.count == n ? diagonal : nil
  }
}
