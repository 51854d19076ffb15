import LSQScalars
import LeastSquares
import MultiPrecision
import Testing

@testable import CurveFitting

/// erfc far out, where 1 − erf would have no digit left, in every way of evaluating a model.
@Suite struct ErrorFunctionTests {
  typealias Wide = MPFloat256

  /// a·erfc(b·x) at x = 3, 10 and 20, for a = b = 1.
  private func problem<Scalar: LSQScalar>(over _: Scalar.Type) throws -> ModelProblem<Scalar> {
    try ModelProblem(
      model: Formula(parsing: "a*erfc(b*x)").bound(parameters: ["a", "b"], predictors: ["x"]),
      predictors: [3, 10, 20], predictorCount: 1, response: [0, 0, 0], parameterCount: 2)
  }

  private func isNear(_ found: Double, _ exact: Wide) -> Bool {
    (Wide(found) - exact).magnitude <= 6 * exact.magnitude * Wide(Double.ulpOfOne)
  }

  /// Values and slopes, row by row.
  private func exact() throws -> [[Wide]] {
    let factor = -2 / Wide.sqrt(.pi)
    return [3, 10, 20].map { (x: Wide) in [.erfc(x), .erfc(x), factor * x * .exp(-x * x)] }
  }

  @Test(arguments: [false, true])
  func `Values and slopes keep their digits`(prefersTape: Bool) throws {
    let plain = try problem(over: Double.self)
    let problem = prefersTape ? ModelProblem(preferringTapeOf: plain) : plain
    var residuals = [Double](repeating: 0, count: 3)
    var jacobian = [Double](repeating: 0, count: 6)
    var r = residuals.mutableSpan
    var J = jacobian.mutableSpan
    try problem.residualsAndJacobian([1, 1].span, &r, &J)
    for (i, row) in try exact().enumerated() {
      let found = [residuals[i], jacobian[2 * i], jacobian[2 * i + 1]]
      for (number, exact) in zip(found, row) {
        #expect(isNear(number, exact), "row \(i): \(number), not \(exact)")
      }
    }
  }

  @Test func `Second derivatives keep their digits`() throws {
    // S = Σ rᵢ·∇²fᵢ of the row x = 10 alone: r·∂²f/∂b² = r·(−2·b·x)·x·∂f/∂b/x.
    let problem = try ModelProblem<Double>(
      model: Formula(parsing: "a*erfc(b*x)").bound(parameters: ["a", "b"], predictors: ["x"]),
      predictors: [10], predictorCount: 1, response: [-1], parameterCount: 2)
    let sweep = try #require(try CurvatureSweep(of: problem, at: [1, 1]))
    let slope = try exact()[1][2]
    #expect(isNear(sweep.secondOrder[1, 0], slope))
    #expect(isNear(sweep.secondOrder[1, 1], -200 * slope))
  }

  @Test func `Rounding counts as often as erfc magnifies it`() throws {
    let problem = try problem(over: Double.self)
    let tape = try #require(try problem.tape(at: [1, 1].span))
    let sizes = TapeRounding(of: tape, problem.data, at: [1, 1]).sizes
    // The errors of b, of x and of b·x count 2·x² times or a little more, those of a, erfc and the product once.
    for (size, (x, row)) in zip(sizes, zip([3.0, 10, 20], try exact())) {
      let relative = size / Double(row[0])
      #expect(relative > 6 * x * x && relative < 7 * x * x + 10, "at \(x): \(relative)")
    }
  }

  @Test func `A model in Swift has the bits of the formula`() throws {
    struct Tail: Model {
      func value<Number: ModelNumber>(_ b: Span<Number>, at x: Span<Number>) -> Number {
        b[0] * .erfc(b[1] * x[0])
      }
    }
    let written = try ModelProblem<Double>(
      model: Tail(), predictors: [3, 10, 20], predictorCount: 1, response: [0, 0, 0],
      parameterCount: 2)
    let formula = try problem(over: Double.self)
    #expect(try written.residuals(at: [2, 0.5]) == formula.residuals(at: [2, 0.5]))
    #expect(
      try written.jacobian(at: [2, 0.5]).elements == formula.jacobian(at: [2, 0.5]).elements)
    #expect(try written.tape(at: [2, 0.5].span) != nil)
  }

  @Test func `A diffusion profile is fitted to all digits`() throws {
    let rows = (1...12).map { (0.5 * Double($0), (1e6 * Double.erfc(0.4 * Double($0))).rounded()) }
    let fit = try formulaFit(
      "c*erfc(x/(2*sqrt(d)))", ["c", "d"], from: [8e5, 0.5], to: rows, over: Double.self)
    let wide = try formulaFit(
      "c*erfc(x/(2*sqrt(d)))", ["c", "d"], from: [8e5, 0.5], to: rows, over: Wide.self)
    #expect(fit.isSolved && wide.isSolved)
    for (j, exact) in wide.parameters.enumerated() {
      let error = abs(fit.parameters[j] - Double(exact))
      #expect(try error <= #require(fit.numericalErrors[j]))
      #expect(error <= 1e-12 * Double(exact))
    }
  }
}
