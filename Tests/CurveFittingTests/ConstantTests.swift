import LSQScalars
import LeastSquares
import MultiPrecision
import Testing

@testable import CurveFitting

/// Names that are bound to decimal numbers.
@Suite struct ConstantTests {
  private func bits<Scalar: LSQScalar>(
    _ formula: String, _ constants: [String: String], at x: Scalar
  ) throws -> Scalar {
    let model = try Formula(parsing: formula).bound(
      parameters: [], predictors: ["x"], constants: constants)
    return try model.value([Scalar]().span, at: [x].span)
  }

  @Test(arguments: [
    "0.1", "-0.1", "3", "-2", ".5", "-.5", "2.", "+7", "1e-3", "2.50e+1", "-0", "0",
  ])
  func `A constant has the value of its decimal at every precision`(text: String) throws {
    func check<Scalar: LSQScalar>(_: Scalar.Type) throws {
      let plain = "x*(\(text)) + (\(text))"
      let expected: Scalar = try bits(plain, [:], at: 3)
      #expect(try bits("x*c + c", ["c": text], at: 3) == expected)
      #expect(try bits("k = c; x*k + k", ["c": text, "unused": "1"], at: 3) == expected)
    }
    try check(Float.self)
    try check(Double.self)
    try check(MPFloat256.self)
  }

  @Test func `A whole constant makes a whole power`() throws {
    #expect(try bits("x^n", ["n": "3"], at: -2.0) == -8)
    #expect(try bits("(-x)^(n/2)", ["n": "-4.0"], at: 2.0) == 0.25)
    #expect(try bits("x^n", ["n": "0.5"], at: -2.0).isNaN)
    let model = try Formula(parsing: "x^n").bound(
      parameters: ["x"], predictors: [], constants: ["n": "3"])
    #expect(model.tape.instructions.map(\.operation) == [.integerPower])
    #expect(model.constants == ["n": "3"])
  }

  @Test func `Constants are checked when they are bound`() throws {
    let formula = try Formula(parsing: "k = c*x; a*k")
    func reason(_ parameters: [String], _ constants: [String: String]) -> FormulaError? {
      #expect(throws: FormulaError.self) {
        try formula.bound(parameters: parameters, predictors: ["x"], constants: constants)
      }
    }
    for text in ["", "abc", "1,5", "0x10", "nan", "inf", "1 ", "--1"] {
      let error = reason(["a"], ["c": text])
      #expect(error?.reason == .malformedNumber && error?.token == text && error?.column == nil)
    }
    #expect(reason(["a", "c"], ["c": "1"])?.reason == .duplicateName)
    #expect(reason(["a"], ["c": "1", "x": "1"])?.reason == .duplicateName)
    #expect(reason(["a"], ["c": "1", "exp": "1"])?.reason == .reservedName)
    let defined = reason(["a"], ["c": "1", "k": "1"])
    #expect(defined?.reason == .definedName && defined?.column == 1)
    let unknown = reason([], ["c": "1", "b": "2"])
    #expect(unknown?.reason == .unknownName(known: ["x", "b", "c"]) && unknown?.column == 10)
    let model = try formula.bound(
      parameters: ["a"], predictors: ["x"], constants: ["c": "-1e60"])
    let error = #expect(throws: FormulaError.self) { _ = try model.evaluator(over: Float.self) }
    #expect(error?.reason == .constantOutOfRange(type: "Float") && error?.column == 5)
  }

  @Test func `A fit with a constant is the fit of the formula that has it`() throws {
    func fit(_ formula: String, _ constants: [String: String]) throws -> Fit<Double> {
      try ModelProblem<Double>(
        model: Formula(parsing: formula).bound(
          parameters: ["a", "b"], predictors: ["x"], constants: constants),
        predictors: [1, 2, 3, 5, 8], predictorCount: 1, response: [9.1, 6.2, 4.4, 2.4, 1.3],
        parameterCount: 2
      ).fit(from: [10, 0.5])
    }
    let held = try fit("a*exp(-b*x)+c", ["c": "0.7"])
    let written = try fit("a*exp(-b*x)+0.7", [:])
    #expect(held.isSolved && held.parameters == written.parameters)
    #expect(held.standardErrors == written.standardErrors)
    #expect(held.numericalErrors == written.numericalErrors)
  }
}
