import LSQScalars
import LeastSquares

/// ‖r‖², its half gradient Jᵀr and, where asked for, JᵀJ at a point, from one evaluation of the model and
/// its gradient on every row. No row is kept.
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
    let n = problem.parameterCount
    var row = [Scalar](repeating: 0, count: n)
    var sums = [Scalar](repeating: 0, count: n)
    var products = [Scalar](repeating: 0, count: withNormalMatrix ? n * n : 0)
    var sumOfSquares: Scalar = 0
    for i in 0..<problem.rowCount {
      var slopes = row.mutableSpan
      let residual = try problem.linearization(i, x.span, &slopes, from: 0)
      sumOfSquares += residual * residual
      var target = sums.mutableSpan
      Scalar.addScaled(residual, row.span, Lane(count: n), to: &target, Lane(count: n))
      guard withNormalMatrix else { continue }
      var matrix = products.mutableSpan
      for j in 0..<n {
        Scalar.addScaled(
          row[j], row.span, Lane(count: j + 1), to: &matrix, Lane(start: j * n, count: j + 1))
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
