import LSQScalars
import LeastSquares
import MultiPrecision
import ScalarTesting
import Testing

@testable import CurveFitting

private typealias Row = FormulaErrorTests.Row

/// Names that formulas define.
@Suite struct DefinitionTests {
  @Test(arguments: [
    ("k = 2*x; k+1", 7.0), ("k=x;k", 3), ("k = x; m = k*k; m - k", 6), ("k = 4; x*k;", 12),
    ("n = 3; x^n", 27), ("n = 1+1; (-x)^(n+1)", -27), ("n = 2; k = x-5; k^n/k", -2),
    ("_a = x; B2 = _a/2; B2*2 - _a", 0), ("k = -x; -k^2", -9), ("k = x; k - (k - (k - 1))", 2),
    ("k = x*x; m = 1; k - m*(k - (m + k))", 10), ("k = x+1; m = x-1; m/(k/m)", 1),
    ("p = pi; p*0 + x", 3), ("k = x\n ;\n k", 3), ("k = min(x, 2); max(k, 1)*k", 4),
  ])
  func `A defined name has its value wherever it is used`(formula: String, value: Double) throws {
    #expect(try evaluate(formula, ["x": 3.0]) == value)
    #expect(try evaluate(formula, ["x": Dual<Double, 1>(3)]).value == value)
    let wide: MPFloat256 = try evaluate(formula, ["x": 3])
    #expect(wide == MPFloat256(value))
  }

  @Test func `Each definition is evaluated once`() throws {
    // k₆₀ = 2⁶⁰·x, in sixty additions.
    let doublings = (1...60).map { "k\($0) = k\($0 - 1) + k\($0 - 1); " }.joined()
    let model = try Formula(parsing: "k0 = b*x; " + doublings + "k60*k60 - k60")
      .bound(parameters: ["b"], predictors: ["x"])
    #expect(model.tape.instructions.count == 63 && model.plan.steps.count == 63)
    let (b, x) = ([0.5], [3.0])
    #expect(try model.value(b.span, at: x.span) == 0x1.8p60 * 0x1.8p60 - 0x1.8p60)
    let slope = try model.value(
      [Dual<Double, 1>.variable(0.5, index: 0)].span, at: [Dual<Double, 1>(3)].span)
    #expect(slope.partials[0] == 2 * 0x1.8p60 * 0x3p60 - 0x3p60)
  }

  @Test func `Many definitions are read in time`() throws {
    let count = 50_000
    let chain = (1...count).map { "k\($0) = k\($0 - 1) + 1; " }.joined()
    #expect(try evaluate("k0 = x; " + chain + "k\(count)", ["x": 1.0]) == Double(count + 1))
  }

  @Test func `Defined names are listed apart from the others`() throws {
    let formula = try Formula(parsing: "k = b1*exp(-b2/x); s = a + k; k*s/(1 + a)")
    #expect(formula.names.map(\.text) == ["b1", "b2", "x", "a"])
    #expect(formula.names.map(\.column) == [5, 13, 16, 24])
    #expect(formula.definitions.map(\.text) == ["k", "s"])
    #expect(formula.definitions.map(\.column) == [1, 20])
    #expect(formula.description == "k = b1*exp(-b2/x); s = a + k; k*s/(1 + a)")
  }

  @Test func `A random formula of definitions has the bits of direct evaluation`() throws {
    // Every definition is used several times, in both places of operations that are not commutative.
    for seed in 1...200 {
      var generator = SeededGenerator(seed: UInt64(seed))
      func index(_ count: Int) -> Int { Int.random(in: 0..<count, using: &generator) }
      var (text, values) = ("", [0.75])
      func name(_ k: Int) -> String { k == 0 ? "x" : "d\(k)" }
      for k in 1...12 {
        let (i, j, l) = (index(k), index(k), index(k))
        let (u, v, w) = (values[i], values[j], values[l])
        let (a, b, c) = (name(i), name(j), name(l))
        switch index(5) {
        case 0:
          text += "d\(k) = \(a)-\(b)*(\(c)-\(a)); "
          values.append(u - v * (w - u))
        case 1:
          text += "d\(k) = \(a)/(\(b)+2)+(\(c)-(\(b)-\(a))); "
          values.append((w - (v - u)) + u / (v + 2))
        case 2:
          text += "d\(k) = (\(a)+\(b))*(\(b)-\(c))-\(a); "
          values.append((u + v) * (v - w) - u)
        case 3:
          text += "d\(k) = \(a); "
          values.append(u)
        default:
          text += "d\(k) = atan2(\(a), sin(\(b)))-(-\(c))^2; "
          values.append(.atan2(y: u, x: .sin(v)) - (-w) * (-w))
        }
      }
      let sum = (1...12).map { "d\($0)" }.joined(separator: "-")
      let expected = values.dropFirst(2).reduce(values[1], -)
      let found: Double = try evaluate(text + sum, ["x": 0.75])
      #expect(found == expected || found.isNaN && expected.isNaN, "seed \(seed): \(text)\(sum)")
    }
  }

  @Test(arguments: [
    Row("k = k+1; k", .usedBeforeDefinition, 5, "k"),
    Row("p = q*x; q = b; a+p", .usedBeforeDefinition, 5, "q"),
    Row("k = x; k = 2; k", .duplicateDefinition, 8, "k"),
    Row("k = x; a*b", .unusedDefinition, 1, "k"),
    Row("k = x; m = k; a*b", .unusedDefinition, 8, "m"),
    Row("exp = x; a", .reservedName, 1, "exp"),
    Row("x; pi = 3; a", .nameOfPartMissing, 1, "x"),
    Row("k = x; pi = 3; a", .reservedName, 8, "pi"),
    Row("; a", .emptyPart, 1, ";"), Row(";", .emptyPart, 1, ";"),
    Row("k = ; k", .emptyPart, 5, ";"),
    Row("k = x;; k", .emptyPart, 7, ";"),
    Row("k = 2", .valueMissing, 1, "k"),
    Row("k = 2; ", .valueMissing, 1, "k"),
    Row("k = 2; m = k", .valueMissing, 8, "m"),
    Row("k =", .unexpectedEnd, 4, ""),
    Row("k = x; k +", .unexpectedEnd, 11, ""),
    Row("a + b; a", .nameOfPartMissing, 1, "a"),
    Row("a;;", .nameOfPartMissing, 1, "a"),
    Row("= x", .misplacedEquals, 1, "="),
    Row("k == x; k", .misplacedEquals, 4, "="),
    Row("k = m = 2; k", .misplacedEquals, 7, "="),
    Row("2 = k; k", .misplacedEquals, 3, "="),
    Row("f(x) = 2; f(x)", .unknownFunction(nearest: nil), 1, "f"),
    Row("(k = 2; k)", .misplacedEquals, 4, "="),
    Row("sin(k; x)", .unbalancedParenthesis, 4, "("),
    Row("k = 2; k(x)", .unknownFunction(nearest: nil), 8, "k"),
  ])
  func `A mistake in definitions is reported with its column`(row: FormulaErrorTests.Row) {
    let error = #expect(throws: FormulaError.self) { try Formula(parsing: row.formula) }
    #expect(error?.reason == row.reason)
    #expect(error?.column == row.column && error?.token == row.token, "\(error as Any)")
    #expect(error?.description.hasSuffix(".") == true)
  }

  @Test func `A defined name is neither parameter nor predictor`() throws {
    let formula = try Formula(parsing: "k = b*x; m = k; a + m")
    for (parameters, predictors) in [(["a", "b", "m"], ["x"]), (["a", "b"], ["x", "m"])] {
      let error = #expect(throws: FormulaError.self) {
        try formula.bound(parameters: parameters, predictors: predictors)
      }
      #expect(error?.reason == .definedName && error?.column == 10 && error?.token == "m")
    }
  }

  @Test(arguments: [
    ("k = b*x\nk+1", 7.0), ("k = b*x\r\nk+1\r\n", 7), ("# c = 2\n\n  k = b # ; + (\n k*x#\n", 6),
    ("\u{FEFF}k = b\nk*x", 6), ("k = b*\nx; \n\n k\n+ 1\n", 7), ("k = max(b,\n 0\n) \n k*x", 6),
    ("k\n=\nb\n;\nk*x\n;\n", 6), ("k = b\n(k)*x", 6), ("(b\n+ x)\n*\n2", 10), ("[b\n\n-x]", -1),
    ("b\n^x", 8), ("k = b; m = x\nk**\nm", 8), ("x", 3), ("k = (b\n#)\n)\nk", 2),
  ])
  func `Lines separate definitions unless the formula goes on`(
    text: String, value: Double
  ) throws {
    let model = try Formula(parsingLines: text).bound(parameters: ["b"], predictors: ["x"])
    let (b, x) = ([2.0], [3.0])
    #expect(try model.value(b.span, at: x.span) == value)
  }

  @Test(arguments: [
    ("\n# a\n", FormulaError.Reason.empty, 1, 1), ("k = b\nk + é", .unexpectedCharacter, 2, 5),
    ("k = b\r\n\r\nk + c*\r\n  )", .operandExpected, 4, 3), ("a\nb", .nameOfPartMissing, 1, 1),
    ("k = b\nk (x", .unknownFunction(nearest: nil), 2, 1),
    ("k = 2*(b\nk*x", .operatorMissing, 2, 1), ("k = 2*(b\n+k*x", .usedBeforeDefinition, 2, 2),
    ("k = b\n-k", .usedBeforeDefinition, 2, 2), ("\u{FEFF}k = $", .unexpectedCharacter, 1, 6),
    ("k = b;\n;\nk", .emptyPart, 2, 1), ("x = 1\n\nk = x\n", .valueMissing, 3, 1),
  ])
  func `A mistake in a text of lines is reported with line and column`(
    text: String, reason: FormulaError.Reason, line: Int, column: Int
  ) {
    let error = #expect(throws: FormulaError.self) { try Formula(parsingLines: text) }
    #expect(error?.reason == reason)
    #expect(error?.position(in: text) == TextPosition(line: line, column: column))
  }

  @Test func `A fit of a formula with definitions has the bits of one without`() throws {
    let rows = (1...8).map { (k: Int) -> (Double, Double) in
      let decay = Double.exp(-0.7 * Double(k))
      return (Double(k), (100 / (1 + 9 * decay)).rounded())
    }
    let plain = try formulaFit(
      "a/(1+b*exp(-c*x)) + b*exp(-c*x)", ["a", "b", "c"], from: [90, 8, 0.5], to: rows,
      over: Double.self)
    let defined = try formulaFit(
      "e = b*exp(-c*x); a/(1+e) + e", ["a", "b", "c"], from: [90, 8, 0.5], to: rows,
      over: Double.self)
    #expect(plain.parameters == defined.parameters && plain.isSolved)
    #expect(plain.standardErrors == defined.standardErrors)
  }
}
