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

  /// exp(Σ bₖ·xₖ), whose second derivatives couple all parameters.
  struct Product: Model {
    func value<Number: ModelNumber>(_ b: Span<Number>, at x: Span<Number>) -> Number {
      var sum: Number = 0
      for k in b.indices { sum += b[k] * x[k] }
      return .exp(sum)
    }
  }

  /// Residuals as large as the values, so that Gauss–Newton steps do not contract.
  private func fitProduct<Scalar: LSQScalar>(
    _: Scalar.Type, parameterCount n: Int
  ) throws -> Fit<Scalar> {
    // Quarters from a linear congruence, the same in every type.
    var state = 12345
    func next() -> Scalar {
      state = (state * 1_103_515_245 + 12345) & 0x7fff_ffff
      return Scalar((state >> 16) % 9 - 4) / 4
    }
    let m = 3 * n
    let predictors = (0..<m * n).map { _ in next() }
    let response = (0..<m).map { i in (next() + 1) * Scalar(i % 3 == 0 ? 6 : -2) }
    return try ModelProblem<Scalar>(
      model: Product(), predictors: predictors, predictorCount: n, response: response,
      parameterCount: n
    ).fit(from: Array(repeating: 0, count: n))
  }

  @Test(arguments: [3, 4, 6, 8, 20])
  func `Exact second derivatives end in a few steps, whatever the number of parameters`(
    parameterCount n: Int
  ) throws {
    let double = try fitProduct(Double.self, parameterCount: n)
    let wide = try fitProduct(MPFloat128.self, parameterCount: n)
    #expect(double.ending == .newtonSteps && double.isConverged)
    #expect(wide.ending == .newtonSteps && wide.isConverged)
    // Steps that contract quadratically, and one that confirms.
    #expect(double.newtonEvaluations <= 7 && wide.newtonEvaluations <= 7)
    for (value, exact) in zip(double.parameters, wide.parameters) {
      let tolerance = max(exact.magnitude, 1) * MPFloat128("1e-13")!
      #expect((MPFloat128(value) - exact).magnitude <= tolerance)
    }
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
