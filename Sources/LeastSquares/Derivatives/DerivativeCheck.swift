public import LSQScalars

/// Checks a Jacobian against the residuals at a neighbouring point (MINPACK: chkder).
///
/// Each residual gets a score: 1 says that its gradient is right, 0 that it is wrong; above 0.5 it is
/// probably right, below probably wrong. The check is no proof: it looks along one direction, and
/// cancellation can spoil the score of a correct gradient.
///
/// ```swift
/// let scores = try DerivativeCheck.scores(of: problem, at: x)
/// let suspects = scores.indices.filter { scores[$0] < 0.5 }  // the rows of J to look at
/// ```
///
/// For gradients by rows, check `LeastSquaresProblem(rowwiseProblem)`. A `Model` needs no check: dual numbers
/// differentiate the text that computes its value. As in MINPACK, the values can also come from elsewhere:
///
/// ```swift
/// let check = DerivativeCheck(at: x)
/// // evaluate f and J at x, and f at check.neighbor
/// let scores = check.scores(residuals: f, jacobian: J, neighborResiduals: fNear)
/// ```
///
/// Source: MINPACK `chkder`.
/// Deviations: D-012.
public struct DerivativeCheck<Scalar: LSQScalar>: Sendable {
  /// x, n values.
  public let point: [Scalar]
  /// The neighbouring point, xⱼ + √ε·|xⱼ|, or √ε where xⱼ is zero (MINPACK: xp, mode 1).
  public let neighbor: [Scalar]

  private static var relativeStep: Scalar { Scalar.ulpOfOne.squareRoot() }

  /// A check at a point, no component of which should be zero or one.
  public init(at point: [Scalar]) {
    self.point = point
    let step = Self.relativeStep
    neighbor = point.map { x in
      let width = step * x.magnitude
      return x + (width == 0 ? step : width)
    }
  }

  /// The score of every residual, between 0 (wrong) and 1 (right) (MINPACK: err, mode 2).
  ///
  /// - Parameters:
  ///   - residuals: f(x), m values.
  ///   - jacobian: J(x), m×n.
  ///   - neighborResiduals: f at ``neighbor``, m values.
  /// - Precondition: the shapes agree.
  /// - Complexity: O(m·n).
  public func scores(
    residuals: [Scalar], jacobian: Matrix<Scalar>, neighborResiduals: [Scalar]
  ) -> [Scalar] {
    precondition(
      jacobian.rowCount == residuals.count && jacobian.columnCount == point.count
        && neighborResiduals.count == residuals.count,
      "the Jacobian is \(jacobian.rowCount)×\(jacobian.columnCount) and the neighbor has "
        + "\(neighborResiduals.count) residuals; expected \(residuals.count)×\(point.count) and "
        + "\(residuals.count)")
    let step = Self.relativeStep
    let logStep = Scalar.log10(step)
    let significance = Scalar(100) * Scalar.ulpOfOne
    return residuals.indices.map { i in
      var directional: Scalar = 0
      for j in point.indices {
        let size = point[j].magnitude
        directional += (size == 0 ? 1 : size) * jacobian[i, j]
      }
      let (f, near) = (residuals[i], neighborResiduals[i])
      var error: Scalar = 1
      if f != 0, near != 0, (near - f).magnitude >= significance * f.magnitude {
        error =
          step * ((near - f) / step - directional).magnitude / (f.magnitude + near.magnitude)
      }
      // The comparison is false for NaN, which counts as wrong (D-012).
      guard error < step else { return 0 }
      return error > Scalar.ulpOfOne ? (Scalar.log10(error) - logStep) / logStep : 1
    }
  }

  /// The scores of a problem whose Jacobian is given.
  ///
  /// - Returns: m scores, between 0 (wrong) and 1 (right).
  /// - Throws: ``LeastSquaresError/derivativesNotGiven`` where the Jacobian comes from differences, the errors of
  ///   ``LeastSquaresProblem/givenJacobian(at:)``, what the residuals throw.
  /// - Complexity: two evaluations of the residuals, one of the Jacobian, and O(m·n).
  public static func scores(
    of problem: LeastSquaresProblem<Scalar>, at point: [Scalar]
  ) throws -> [Scalar] {
    guard let jacobian = try problem.givenJacobian(at: point) else {
      throw LeastSquaresError.derivativesNotGiven
    }
    let check = Self(at: point)
    var residuals = [Scalar](repeating: 0, count: problem.residualCount)
    var near = residuals
    try fill(&residuals, at: point, by: problem.residuals)
    try fill(&near, at: check.neighbor, by: problem.residuals)
    return check.scores(residuals: residuals, jacobian: jacobian, neighborResiduals: near)
  }
}
