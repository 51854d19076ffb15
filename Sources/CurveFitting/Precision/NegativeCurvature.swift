import LSQScalars
import LeastSquares

/// A direction along which the sum of squares is curved downwards where its gradient vanishes, so that the point
/// is a saddle or a maximum.
///
/// The exact Hessian of ½‖r‖² is H = JᵀJ + S with S = Σ rᵢ·∇²rᵢ. It is scaled to D⁻¹·H·D⁻¹ with
/// d_j² = ‖J_j‖² + |S_jj|, or where that is zero the largest |H_jk|, so that units do not matter, and its least eigenvalue λ
/// has to be less than −16·n·ε, which is more than its rounding: a Hessian that is singular, or barely definite, says
/// nothing.
///
/// - Complexity: O(m·n²), and O(n³) for the eigenvalues where they are needed; a descent takes some evaluations of the
///   residuals for every four bits of the type at most.
///
/// Source: J. Nocedal, S. Wright, *Numerical Optimization*, 2nd ed. (Springer, 2006), theorem 2.3.
struct NegativeCurvature<Scalar: LSQScalar> {
  /// D⁻¹·u with the unit eigenvector u.
  let direction: [Scalar]
  /// −λ.
  let size: Scalar

  /// nil where the Hessian is not clearly indefinite, or beyond the range of the type.
  init?(_ sweep: CurvatureSweep<Scalar>) {
    guard let (hessian, units) = Self.scaledHessian(sweep) else { return nil }
    let threshold = Self.threshold(hessian.rowCount)
    guard !hessian.isDefinite(plus: threshold),
      case let (value, vector) = Eigenpairs(hessian).least, value < -threshold
    else { return nil }
    direction = units.indices.map { vector[$0] / units[$0] }
    size = -value
  }

  /// Whether the Hessian is clearly positive definite.
  static func isExcluded(by sweep: CurvatureSweep<Scalar>) -> Bool {
    scaledHessian(sweep).map { $0.hessian.isDefinite(plus: -threshold($0.hessian.rowCount)) }
      ?? false
  }

  /// 16·n·ε.
  private static func threshold(_ n: Int) -> Scalar { Scalar(16 * n) * Scalar.ulpOfOne }

  /// D⁻¹·H·D⁻¹ and D; nil where they are not finite.
  private static func scaledHessian(
    _ sweep: CurvatureSweep<Scalar>
  ) -> (hessian: Matrix<Scalar>, units: [Scalar])? {
    let normal = sweep.normalMatrix
    var hessian = sweep.secondOrder.adding(normal)
    guard hessian.elements.span.areFinite else { return nil }
    let n = hessian.rowCount
    let units = (0..<n).map { j in
      let square = normal[j, j] + sweep.secondOrder[j, j].magnitude
      let largest = (0..<n).reduce(square) { max($0, hessian[j, $1].magnitude) }
      return (square > 0 ? square : largest > 0 ? largest : 1).squareRoot()
    }
    for i in 0..<n {
      for j in 0..<n { hessian[i, j] /= units[i] * units[j] }
    }
    return hessian.elements.span.areFinite ? (hessian, units) : nil
  }

  /// A point where the sum of squares is smaller by at least a quarter of what the curvature promises, which rounding
  /// does not explain, so that the probe's point is a saddle or a maximum. nil where there is none.
  ///
  /// A step of t·‖r‖ along ±`direction` promises ‖r‖²·t²·`size`. From t = 1 on, or from where that is no longer many
  /// times the whole sum, t is quartered until rounding hides it.
  ///
  /// - Throws: `CancellationError` of the model's.
  func descent(by probe: inout DescentProbe<Scalar>) throws -> [Scalar]? {
    guard probe.residualNorm > 0, size.isFinite else { return nil }
    let quarterings = max(0, size.exponent + 1) / 4
    var t = Scalar(sign: .plus, exponent: -2 * quarterings, significand: 1)
    while size * (t * t) > probe.noise {
      let point = try probe.descent(
        along: direction, t * probe.residualNorm, reduction: size * (t * t) / 4)
      if point != nil || probe.isOutOfEvaluations { return point }
      t /= 4
    }
    return nil
  }
}
