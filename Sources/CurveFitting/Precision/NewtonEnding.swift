import LSQScalars
import LeastSquares

/// The last digits where Gauss–Newton steps do not contract: Newton steps on the gradient, in the type of
/// the fit, with the second-order term from differences of the exact Jacobian.
///
/// It does not wander: a point is taken only while steps become shorter, where the Hessian is positive
/// definite, and where the sum of squares is no larger than rounding explains.
struct NewtonEnding<Scalar: LSQScalar> {
  /// The point that the shortest step led to.
  let parameters: [Scalar]
  /// The residuals there.
  let residuals: [Scalar]
  /// Their norm.
  let residualNorm: Scalar
  /// The evaluations of the residuals and of the Jacobian that it took.
  let evaluations: Int

  private static var maximumSteps: Int { 40 }

  /// An ending from where MINPACK's tests ended; nil where steps do not contract.
  ///
  /// - Throws: what the model throws.
  init?(of problem: ModelProblem<Scalar>, from solution: Solution<Scalar>) throws {
    let n = solution.parameters.count
    let differences = SecondOrderTerm.Differences.fourthOrder
    let term = try SecondOrderTerm(of: problem, at: solution.parameters, differences)
    let wanted = Double(Scalar.precisionBits) * Double.log10(2)
    var x = solution.parameters
    var best: (parameters: [Scalar], digits: Double)?
    var first: Double?
    var steps = 0
    while steps < Self.maximumSteps {
      guard let step = try NewtonStep(of: problem, at: x, term, wanted: wanted) else { break }
      steps += 1
      if let best, step.digits <= best.digits { break }
      if first == nil { first = step.digits }
      x = step.parameters
      best = (x, step.digits)
      if step.digits == .infinity { break }
    }
    // The steps must have become shorter by a digit at least.
    guard let best, let first, best.digits >= first + 1 else { return nil }
    let sweep = try Sweep(of: problem, at: best.parameters)
    let norm = EuclideanNorm<Scalar>()(sweep.residuals.span)
    let slack = solution.residualNorm * Scalar.ulpOfOne.squareRoot()
    guard sweep.isFinite, norm <= solution.residualNorm + slack else { return nil }
    parameters = best.parameters
    residuals = sweep.residuals
    residualNorm = norm
    evaluations = steps + 1 + differences.evaluations(parameterCount: n)
  }
}
