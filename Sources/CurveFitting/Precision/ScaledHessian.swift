import LSQScalars
import LeastSquares

/// H = JᵀJ + S as it is, scaled to a unit diagonal and factorised: what is left where J is singular at the minimum and S
/// alone makes H definite, as with m = n and residuals that do not vanish. The condition is that of H.
struct ScaledHessian<Scalar: LSQScalar> {
  /// The roots of the diagonal of H.
  let norms: [Scalar]
  private let matrix: SymmetricMatrix<Scalar>

  /// nil where a pivot may be rounding, including that of the model, and leaves a direction open.
  init?(_ jacobian: Matrix<Scalar>, secondOrder: Matrix<Scalar>) {
    var hessian = secondOrder.adding(jacobian.normalMatrix)
    let n = hessian.rowCount
    let norms = (0..<n).map { hessian[$0, $0] > 0 ? hessian[$0, $0].squareRoot() : .nan }
    guard norms.span.areFinite else { return nil }
    for i in 0..<n {
      for j in 0..<n { hessian[i, j] /= norms[i] * norms[j] }
    }
    matrix = SymmetricMatrix(hessian)
    self.norms = norms
    let negligible = Scalar.ulpOfOne.squareRoot()
    guard let lower = matrix.lower,
      (0..<n).allSatisfy({ lower[$0, $0] * lower[$0, $0] > negligible })
    else { return nil }
  }

  /// H⁻¹·g.
  func solved(_ g: [Scalar]) -> [Scalar]? {
    matrix.solved(g.indices.map { g[$0] / norms[$0] }).map { p in
      p.indices.map { p[$0] / norms[$0] }
    }
  }
}
