import LSQScalars
import LeastSquares
import MultiPrecision
import Testing

@testable import CurveFitting

/// Models with a kink, made of min and max.
@Suite struct SegmentedModelTests {
  typealias Wide = MPFloat256

  /// Two lines that meet at 4.3, with a little scatter.
  static let broken: [(Double, Double)] = (0...12).map {
    let x = Double($0)
    return (
      x,
      ((1 + 0.5 * min(x, 4.3) - 0.25 * max(x - 4.3, 0) + 0.01 * .sin(7 * x)) * 1e4).rounded() / 1e4
    )
  }

  @Test(arguments: ["a+b*min(x,c)+d*max(x-c,0)", "a+d*(x-c)+(b-d)*min(x-c,0)"])
  func `A segmented line is fitted, and its digits are as claimed`(formula: String) throws {
    let names = ["a", "b", "c", "d"]
    func check<Scalar: LSQScalar>(_ type: Scalar.Type, to limit: Double) throws {
      let fit = try formulaFit(
        formula, names, from: [0.5, 1, 4.6, 0], to: Self.broken, over: type)
      let wide = try formulaFit(
        formula, names, from: [0.5, 1, 4.6, 0], to: Self.broken, over: Wide.self)
      #expect(fit.isSolved && wide.isSolved)
      #expect(abs(Double(wide.parameters[2]) - 4.3) < 0.1)
      for (j, exact) in wide.parameters.enumerated() {
        let error = (Wide("\(fit.parameters[j])")! - exact).magnitude
        #expect(try error <= Wide("\(#require(fit.numericalErrors[j]))")!, "\(type): \(names[j])")
        #expect(error <= Wide(limit) * exact.magnitude, "\(type): \(names[j])")
      }
    }
    try check(Float.self, to: 1e-4)
    try check(Double.self, to: 1e-12)
  }

  @Test func `A minimum on a kink is not confirmed, and the kink is named`() throws {
    let rows = [0.9, 1.3, 0.7, 0.8, 1.1, 0.4, 2.2, 3.1, 3.9, 5.4, 6.2].enumerated().map {
      (Double($0), $1)
    }
    let formula = "a+b*max(x-c,0)"
    let fit = try formulaFit(
      formula, ["a", "b", "c"], from: [1, 1, 4.5], to: rows, over: Double.self)
    #expect(!fit.isSolved && fit.kinks == [5] && abs(fit.parameters[2] - 5) < 1e-9, "\(fit)")
    #expect(StopReason(fit).name == "kink" && StopReason(fit).sentence.contains("row 6"))
    // Both ways from there the sum of squares grows.
    func sum(_ c: String) throws -> Double {
      try formulaFit(
        "a+b*max(x-\(c),0)", ["a", "b"], from: [1, 1], to: rows, over: Double.self
      ).sumOfSquares
    }
    #expect(try sum("5") < min(sum("4.999"), sum("5.001")))
  }

  @Test func `Without parentheses min and max are names`() throws {
    let model = try Formula(parsing: "max*min(min, 2)").bound(
      parameters: ["max"], predictors: ["min"])
    let function = try model.evaluator(over: Double.self)
    let (scale, minutes): ([Double], [Double]) = ([3], [5])
    #expect(try function(scale.span, minutes.span) == 6)
  }

  @Test func `A start on a kink is moved off it`() throws {
    let fit = try formulaFit(
      "a+b*min(x,c)+d*max(x-c,0)", ["a", "b", "c", "d"], from: [0.5, 1, 5, 0], to: Self.broken,
      over: Double.self)
    #expect(fit.isSolved && abs(fit.parameters[2] - 4.3) < 0.1, "\(fit)")
  }

  @Test func `A zero argument that depends on nothing is no kink`() throws {
    // At x = 0 both arguments are 0, whatever b is.
    let problem = try ModelProblem<Double>(
      model: Formula(parsing: "a+max(b*x,0)").bound(parameters: ["a", "b"], predictors: ["x"]),
      predictors: [0, 1, 2], predictorCount: 1, response: [1, 2.1, 2.9], parameterCount: 2)
    let expected: [Double] = [1, 0, 1, 1, 1, 2]
    #expect(try problem.jacobian(at: [1, 1]).elements == expected)
    let byTape = ModelProblem(preferringTapeOf: problem)
    #expect(try byTape.jacobian(at: [1, 1]).elements == expected)
    let fit = try problem.fit(from: [1, 1])
    #expect(fit.isSolved && abs(fit.parameters[1] - 0.95) < 0.2, "\(fit)")
  }

  @Test func `A recorded model picks anew in every row and at every point`() throws {
    struct Clipped: Model {
      func value<Number: ModelNumber>(_ b: Span<Number>, at x: Span<Number>) -> Number {
        .lesser(b[0] * x[0], b[1]) + .greater(x[0] - b[1], 0)
      }
    }
    let plain = try ModelProblem<Double>(
      model: Clipped(), predictors: [1, 2, 3, 4], predictorCount: 1, response: [0, 0, 0, 0],
      parameterCount: 2)
    let problem = ModelProblem(preferringTapeOf: plain)
    #expect(try problem.tape(at: [1, 2.5].span) != nil)
    #expect(try problem.residuals(at: [1, 2.5]) == [1, 2, 3, 4])
    #expect(try problem.jacobian(at: [1, 2.5]).elements == [1, 0, 2, 0, 0, 0, 0, 0])
    #expect(try problem.residuals(at: [2, 3.25]) == [2, 3.25, 3.25, 4])
    #expect(try problem.jacobian(at: [2, 3.25]).elements == [1, 0, 0, 1, 0, 1, 0, 0])
    // By loops over dual numbers and by tape, a row on a kink has no slope, and the others keep theirs. Along b₂ the two
    // kinks of the third row cancel.
    for problem in [plain, problem] {
      let slopes = try problem.jacobian(at: [1, 3]).elements
      #expect(slopes[4].isNaN && slopes[5] == 0, "\(slopes)")
      #expect(slopes.prefix(4) == [1, 0, 2, 0] && slopes.suffix(2) == [0, 0], "\(slopes)")
    }
  }

  @Test func `An error that may pick the other argument counts`() throws {
    // exp(b·x) is uncertain by 600 units, and c is 50 units more; without the other argument c counts once.
    func rounding(_ c: Double) throws -> TapeRounding<Double> {
      let problem = try ModelProblem<Double>(
        model: Formula(parsing: "max(exp(b*x),c)").bound(
          parameters: ["b", "c"], predictors: ["x"]),
        predictors: [100], predictorCount: 1, response: [0], parameterCount: 2)
      let tape = try #require(try problem.tape(at: [3, c].span))
      return TapeRounding(of: tape, problem.data, at: [3, c])
    }
    let far = 2 * Double.exp(300)
    #expect(try rounding(far).sizes == [far] && !rounding(far).isBlurred)
    let near = Double.exp(300) * (1 + 50 * .ulpOfOne)
    #expect(try rounding(near).isBlurred)
    #expect(try rounding(near).sizes[0] > 600 * near)
  }
}
