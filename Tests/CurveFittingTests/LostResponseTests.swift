import CurveFitting
import LSQScalars
import MultiPrecision
import Testing

/// Fits of which rounding leaves nothing: neither the values of the model nor the parameters on which they depend.
@Suite struct LostResponseTests {
  /// A formula with parameters a and b, or a alone, that loses what it is fitted to.
  struct Loss: Sendable, CustomStringConvertible {
    let description: String
    let formula: String
    let start: [Double]
  }

  static let losses = [
    Loss(
      description: "an angle without a digit after the point", formula: "cos(a)*x", start: [1e20]),
    Loss(
      description: "a power of next to one", formula: "a+b*((1+1e-20*x)^1e19)", start: [1, 1]),
    Loss(
      description: "a wave far from its origin", formula: "a*sin(1e20+x)+b", start: [1, 1]),
  ]

  /// Rows near a line.
  private static let (xs, ys): ([Double], [Double]) = (
    [1, 2, 3, 4, 5, 6, 7, 8, 9, 10], [1.1, 2.3, 2.9, 4.2, 5.1, 6.3, 6.9, 8.1, 9.2, 9.6]
  )

  private static func fit<Scalar: LSQScalar>(
    _ formula: String, from start: [Double], over _: Scalar.Type
  ) throws -> Fit<Scalar> {
    func scalar(_ x: Double) -> Scalar { Scalar(x.description) ?? .nan }
    return try ModelProblem<Scalar>(
      model: Formula(parsing: formula).bound(
        parameters: ["a", "b"].prefix(start.count).map { $0 }, predictors: ["x"]),
      predictors: xs.map(scalar), predictorCount: 1, response: ys.map(scalar),
      parameterCount: start.count
    ).fit(from: start.map(scalar))
  }

  @Test(arguments: losses)
  func `A fit whose values are nothing but rounding is not solved, and no parameter has a digit`(
    loss: Loss
  ) throws {
    let fit = try Self.fit(loss.formula, from: loss.start, over: Float.self)
    #expect(!fit.isSolved, "\(fit)")
    for (j, error) in fit.numericalErrors.enumerated() {
      if let error { #expect(error >= abs(fit.parameters[j]), "\(error)") }
    }
  }

  @Test func `A step by an infinite Hessian is no contraction`() throws {
    // The minimum is at zero; a² is beyond the range of the type.
    let fit = try Self.fit("cos(a)*x/2", from: [1e-30], over: Float.self)
    let isRight = fit.numericalErrors.allSatisfy { $0.map { $0 >= 1e-30 } ?? true }
    #expect(fit.parameters == [0] || isRight, "\(fit)")
  }

  @Test func `No parameter is known to less than half of its last bit`() throws {
    let problem = try ModelProblem<Float>(
      model: Formula(parsing: "1e8*(a+b*x+c*(x-d)*(0.5+atan(1000*(x-d))/pi))").bound(
        parameters: ["a", "b", "c", "d"], predictors: ["x"]),
      predictors: [0.287, 1.481, 2.709, 4.004, 5.218], predictorCount: 1,
      response: [0.0161438959314686, -0.00744907497242929, 3e8, 0.00235772293272195, -0.00460676],
      parameterCount: 4)
    let fit = try problem.fit(from: [1.389, 1, 2, 2.951])
    for (value, error) in zip(fit.parameters, fit.numericalErrors) {
      #expect(try #require(error) >= value.ulp / 2, "\(fit)")
    }
  }

  @Test func `A parameter whose effect another one takes away within its error has no digit`()
    throws
  {
    // At b = -1 any a will do.
    let problem = try ModelProblem<Double>(
      model: Formula(parsing: "cos((a+x))*b*(1+b)+exp(-x)").bound(
        parameters: ["a", "b"], predictors: ["x"]),
      predictors: [-2.41, -0.28], predictorCount: 1,
      response: [11.133961145065305, 1.3231298123374369], parameterCount: 2)
    let fit = try problem.fit(from: [0.6887, -1.012])
    let error = try #require(fit.numericalErrors[0])
    #expect(error >= abs(fit.parameters[0]) && !fit.isSolved, "\(fit)")
  }

  @Test func `What other parameters make up for is solved as it was`() throws {
    for formula in ["(a+b)*x", "a*b*x", "a*exp(b)*x"] {
      let fit = try Self.fit(formula, from: [1, 1], over: Float.self)
      #expect(fit.isSolved && fit.undetermined == [0, 1], "\(formula): \(fit)")
    }
  }
}
