import LSQScalars

/// f and J at a point: all rows, or n + 1 that stand for them in every sum of squares and products over the rows,
///
///     f′ = [Qᵀf; ρ],   J′ = [R; 0],   J′ᵀJ′ = JᵀJ,   J′ᵀf′ = Jᵀf,   ‖f′‖ = ‖f‖,
///
/// with J = Q·R.
package struct LinearModel<Scalar: LSQScalar>: Sendable {
  /// f, or f′.
  package let residuals: [Scalar]
  /// J, or J′.
  package let jacobian: Matrix<Scalar>

  /// All rows.
  package init(residuals: [Scalar], jacobian: Matrix<Scalar>) {
    self.residuals = residuals
    self.jacobian = jacobian
  }

  /// The rows that stand for all.
  ///
  /// - Parameters:
  ///   - triangle: R, with the columns of J in their order.
  ///   - rotated: Qᵀf.
  ///   - norm: ‖f‖.
  init(triangle: Matrix<Scalar>, rotated: [Scalar], norm: Scalar) {
    let n = triangle.columnCount
    let share = EuclideanNorm<Scalar>()(rotated.span)
    let rest = max(0, norm - share).squareRoot() * (norm + share).squareRoot()
    residuals = rotated + [rest]
    jacobian = Matrix(
      rowCount: n + 1, columnCount: n,
      elements: triangle.elements + Array(repeating: 0, count: n))
  }
}

extension Solution {
  /// The rows that stand for all where the Jacobian of the solution was computed: there, if closing steps contracted.
  package var linearModel: LinearModel<Scalar> {
    LinearModel(
      triangle: factor.unpermutedTriangle(permutation), rotated: rotatedResiduals,
      norm: residualNorm)
  }
}

extension LeastSquaresProblem {
  /// The rows that stand for all, of a problem by blocks; nil where something is not finite.
  ///
  /// It is computed even if the task is cancelled, so that what is known of the best point so far can be reported.
  ///
  /// - Throws: the errors of the caller's functions.
  package func linearModelByBlocks(at point: [Scalar]) throws -> LinearModel<Scalar>? {
    try rows?.linearModel(at: point)
  }
}
