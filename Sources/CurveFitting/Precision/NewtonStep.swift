import LSQScalars
import LeastSquares

/// One Newton step on the gradient, in any width.
///
///     p = H⁻¹·Jᵀr,   H = JᵀJ + S,   S = Σ rᵢ·∇²rᵢ
///
/// - Complexity: O(m·n² + n³).
struct NewtonStep<Scalar: LSQScalar> {
  /// How H⁻¹ is obtained.
  enum Form: CaseIterable {
    /// R⁻¹·M⁻¹·R⁻ᵀ with J = Q·R and M = I + R⁻ᵀ·S·R⁻¹, so that p = R⁻¹·M⁻¹·Qᵀr: the condition of the
    /// problem enters once, as in Gauss–Newton, where M = I.
    case factorised
    /// H itself, where J is singular at the minimum (``ScaledHessian``).
    case whole
  }

  /// x − p.
  let parameters: [Scalar]
  /// −log₁₀ of the largest relative change of a parameter.
  let digits: Double
  /// For each parameter, whether it changed by as much as its size, and has less effect than even the type's ε of what
  /// counts as none.
  let vanishes: [Bool]

  /// A step from x; nil where the Jacobian is singular to rounding, unless H is taken whole, or the point is no minimum.
  ///
  /// The change of a parameter whose effect on the residuals is below the type's ε times the largest effect or, if
  /// larger, ‖r‖, is taken relative to that.
  init?(from x: [Scalar], _ sweep: CurvatureSweep<Scalar>, _ form: Form) {
    let found =
      switch form {
      case .factorised: Self.factorised(sweep)
      case .whole: Self.whole(sweep)
      }
    guard let (step, norms) = found, step.span.areFinite else { return nil }
    let point = x.indices.map { x[$0] - step[$0] }
    parameters = point
    let effects = zip(norms, point).map { $0 * $1.magnitude }
    let residualNorm = EuclideanNorm<Scalar>()(sweep.residuals.span)
    let negligible = max(effects.max() ?? 0, residualNorm) * Scalar.ulpOfOne
    var largest: Scalar = 0
    for j in step.indices where step[j] != 0 {
      let change = norms[j] * step[j].magnitude
      largest = max(largest, change / max(effects[j], negligible))
    }
    digits = Scalar.digits(largest)
    vanishes = step.indices.map {
      effects[$0] < Scalar.ulpOfOne * negligible
        && step[$0].magnitude + step[$0].magnitude >= point[$0].magnitude
    }
  }

  /// p, and the norms of the Jacobian's columns.
  private static func factorised(
    _ sweep: CurvatureSweep<Scalar>
  ) -> (step: [Scalar], norms: [Scalar])? {
    let factor = LeastSquaresFactor(sweep.jacobian)
    // R⁻¹ of a pivot that is rounding beside its column is no number to judge definiteness by.
    let negligible = Scalar(sweep.jacobian.columnCount) * Scalar.ulpOfOne
    guard factor.hasFullRank, factor.leastPivot > negligible,
      let solution = curvature(sweep.secondOrder, factor).solved(factor.rotated(sweep.residuals))
    else { return nil }
    return (factor.solve(solution), factor.columnNorms)
  }

  /// p, and the roots of the diagonal of H, by which H is scaled.
  private static func whole(
    _ sweep: CurvatureSweep<Scalar>
  ) -> (step: [Scalar], norms: [Scalar])? {
    let (m, n) = (sweep.jacobian.rowCount, sweep.jacobian.columnCount)
    let gradient = (0..<n).map { j in
      Scalar.dotProduct(
        sweep.jacobian.elements.span, Lane(start: j, count: m, stride: n), sweep.residuals.span,
        Lane(count: m))
    }
    guard let hessian = ScaledHessian(sweep.jacobian, secondOrder: sweep.secondOrder),
      let step = hessian.solved(gradient)
    else { return nil }
    return (step, hessian.norms)
  }

  /// M, factorised.
  static func curvature(
    _ s: Matrix<Scalar>, _ factor: LeastSquaresFactor<Scalar>
  ) -> SymmetricMatrix<Scalar> {
    SymmetricMatrix(curvatureMatrix(s, factor))
  }

  /// M.
  static func curvatureMatrix(
    _ s: Matrix<Scalar>, _ factor: LeastSquaresFactor<Scalar>
  ) -> Matrix<Scalar> {
    let n = s.rowCount
    // R⁻ᵀ·S, column by column, then the same from the other side.
    let left = (0..<n).map { j in factor.solveTransposed((0..<n).map { s[$0, j] }) }
    let both = (0..<n).map { i in factor.solveTransposed((0..<n).map { left[$0][i] }) }
    var m = Matrix<Scalar>(rowCount: n, columnCount: n, repeating: 0)
    for i in 0..<n {
      for j in 0..<n { m[i, j] = (both[i][j] + both[j][i]) / 2 + (i == j ? 1 : 0) }
    }
    return m
  }
}
