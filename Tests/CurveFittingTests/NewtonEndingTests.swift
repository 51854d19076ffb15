import CurveFitting
import LSQScalars
import MultiPrecision
import Testing

/// Fits whose residuals are so large that Gauss–Newton steps do not contract.
@Suite struct NewtonEndingTests {
  struct Growth: Model {
    func value<Number: ModelNumber>(_ b: Span<Number>, at x: Span<Number>) -> Number {
      .exp(b[0] * x[0])
    }
  }

  private func fit<Scalar: LSQScalar>(_: Scalar.Type) throws -> Fit<Scalar> {
    try ModelProblem<Scalar>(
      model: Growth(), predictors: [1, 2, 3, 4, 5], predictorCount: 1,
      response: [2, -10, 60, -80, 3], parameterCount: 1
    ).fit(from: [3 / 10])
  }

  @Test func `Newton steps find the last digits where Gauss–Newton steps do not contract`() throws {
    let double = try fit(Double.self)
    let wide = try fit(MPFloat256.self)
    #expect(double.ending == .newtonSteps && double.isConverged)
    #expect(wide.ending == .newtonSteps)
    // Computed by Newton's method on the gradient, at 60 digits.
    let exact = MPFloat256("-0.789887333628422521525595544212")!
    #expect((wide.parameters[0] - exact).magnitude < MPFloat256("1e-29")!)
    #expect((MPFloat256(double.parameters[0]) - exact).magnitude < MPFloat256("1e-15")!)
    #expect(double.sumOfSquares <= double.solution.sumOfSquares * (1 + 1e-12))
  }

  @Test func `Where Gauss–Newton steps contract they are enough`() throws {
    let line = try Expression(parsing: "a+b*x").bound(parameters: ["a", "b"], predictors: ["x"])
    let fit = try ModelProblem<Double>(
      model: line, predictors: [1, 2, 3, 4], predictorCount: 1, response: [1, 3, 2, 5],
      parameterCount: 2
    ).fit(from: [0, 0])
    #expect(fit.ending == .gaussNewtonSteps && fit.newtonEvaluations == 0)
  }
}
