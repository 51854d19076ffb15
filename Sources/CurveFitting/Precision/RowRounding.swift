import LSQScalars
import LeastSquares

/// How large the rounding of each residual may be.
///
///     δᵢ = ε·(|yᵢ| + |fᵢ| + Σ_k |∂fᵢ/∂b_k·b_k|)/σᵢ
struct RowRounding<Scalar: LSQScalar> {
  /// δ.
  let sizes: [Scalar]

  init(of problem: ModelProblem<Scalar>, _ sweep: CurvatureSweep<Scalar>, at x: [Scalar]) {
    sizes = (0..<problem.rowCount).map { i in
      let weight = problem.sigma.map { 1 / $0[i] } ?? 1
      let response = (problem.response[i] * weight).magnitude
      let effects = x.indices.reduce(0) { $0 + (sweep.jacobian[i, $1] * x[$1]).magnitude }
      return Scalar.ulpOfOne * (2 * response + sweep.residuals[i].magnitude + effects)
    }
  }

  /// ‖δ‖.
  var norm: Scalar { EuclideanNorm<Scalar>()(sizes.span) }
}
