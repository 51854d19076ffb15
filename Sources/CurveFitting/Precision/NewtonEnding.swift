import LSQScalars
import LeastSquares

/// The last digits where Gauss–Newton steps do not contract: Newton steps on the gradient, in the type of
/// the fit, with exact second derivatives.
///
/// It does not wander: a point is taken only while steps become shorter, where the Hessian is positive
/// definite, at the last point as well, and where the sum of squares is no larger than rounding explains.
///
/// - Complexity: for every step an evaluation of the model on second-order numbers on every row, and
///   O(m·n²).
struct NewtonEnding<Scalar: LSQScalar> {
  /// The point that the shortest step led to.
  let parameters: [Scalar]
  /// The residuals there.
  let residuals: [Scalar]
  /// Their norm.
  let residualNorm: Scalar
  /// The evaluations of the residuals and of the Jacobian that it took, of each; second derivatives come
  /// with them.
  let evaluations: Int

  private static var maximumSteps: Int { 40 }

  /// An ending from where MINPACK's tests ended; nil where steps do not contract.
  ///
  /// - Throws: what the model throws.
  init?(of problem: ModelProblem<Scalar>, from solution: Solution<Scalar>) throws {
    var x = solution.parameters
    // The digits of x that the first step and the shortest one show.
    var (first, best) = (nil as Double?, -Double.infinity)
    var steps = 0
    while best < .infinity {
      guard steps < Self.maximumSteps else { return nil }
      let sweep = try CurvatureSweep(of: problem, at: x)
      guard sweep.isFinite, let step = NewtonStep(from: x, sweep) else { return nil }
      steps += 1
      guard step.digits > best else { break }
      first = first ?? step.digits
      (x, best) = (step.parameters, step.digits)
    }
    // The steps must have become shorter by a digit at least.
    guard let first, best >= first + 1 else { return nil }
    var residuals = [Scalar](repeating: 0, count: problem.rowCount)
    var target = residuals.mutableSpan
    try problem.residuals(x.span, &target)
    let norm = EuclideanNorm<Scalar>()(residuals.span)
    let slack = solution.residualNorm * Scalar.ulpOfOne.squareRoot()
    guard norm <= solution.residualNorm + slack else { return nil }
    parameters = x
    self.residuals = residuals
    residualNorm = norm
    evaluations = steps + 1
  }
}
