import CurveFitting
import Testing

@Suite struct FormulaErrorTests {
  struct Row: Sendable, CustomTestStringConvertible {
    var formula: String
    var reason: FormulaError.Reason
    var column: Int
    var token: String
    init(_ formula: String, _ reason: FormulaError.Reason, _ column: Int, _ token: String) {
      self.formula = formula
      self.reason = reason
      self.column = column
      self.token = token
    }
    var testDescription: String { formula }
  }

  static let rows: [Row] = [
    Row("", .empty, 1, ""), Row("  \n ", .empty, 1, ""),
    Row("a # b", .unexpectedCharacter, 3, "#"), Row("a − b", .unexpectedCharacter, 3, "−"),
    Row("2\u{301}", .unexpectedCharacter, 1, "2\u{301}"), Row("é", .unexpectedCharacter, 1, "é"),
    Row("a +", .unexpectedEnd, 4, ""), Row("-", .unexpectedEnd, 2, ""),
    Row("(1+", .unexpectedEnd, 4, ""), Row("2^", .unexpectedEnd, 3, ""),
    Row("* a", .operandExpected, 1, "*"), Row("a */ b", .operandExpected, 4, "/"),
    Row("a *** b", .operandExpected, 5, "*"), Row("()", .operandExpected, 2, ")"),
    Row("(a + )", .operandExpected, 6, ")"), Row("sin(,a)", .operandExpected, 5, ","),
    Row("pow(a,)", .operandExpected, 7, ")"), Row(")", .operandExpected, 1, ")"),
    Row("2b", .operatorMissing, 2, "b"), Row("2 x", .operatorMissing, 3, "x"),
    Row("(a)(b)", .operatorMissing, 4, "("), Row("2(a)", .operatorMissing, 2, "("),
    Row("2exp(x)", .operatorMissing, 2, "exp"), Row("(2 x)", .operatorMissing, 4, "x"),
    Row("sin(2 x)", .operatorMissing, 7, "x"), Row("a 2", .operatorMissing, 3, "2"),
    Row("(a", .unbalancedParenthesis, 1, "("), Row("a*[b+(c)", .unbalancedParenthesis, 3, "["),
    Row("a)", .unbalancedParenthesis, 2, ")"), Row("(a]", .unbalancedParenthesis, 3, "]"),
    Row("[a)", .unbalancedParenthesis, 3, ")"), Row("sin(a", .unbalancedParenthesis, 4, "("),
    Row("a, b", .misplacedComma, 2, ","), Row("(a, b)", .misplacedComma, 3, ","),
    Row("1,5", .misplacedComma, 2, ","),
    Row("1.2.3", .malformedNumber, 1, "1.2.3"), Row("a + .", .malformedNumber, 5, "."),
    Row("1..2", .malformedNumber, 1, "1..2"), Row(".e3", .malformedNumber, 1, "."),
    Row("foo(a)", .unknownFunction(nearest: nil), 1, "foo"),
    Row("b1(x+1)", .unknownFunction(nearest: nil), 1, "b1"),
    Row("pi(2)", .unknownFunction(nearest: nil), 1, "pi"),
    Row("1+Exp(a)", .unknownFunction(nearest: "exp"), 3, "Exp"),
    Row("sqr(a)", .unknownFunction(nearest: "sqrt"), 1, "sqr"),
    Row("2*exp", .argumentsMissing, 3, "exp"), Row("exp x", .argumentsMissing, 1, "exp"),
    Row("sin()", .argumentCount(expected: 1, found: 0), 1, "sin"),
    Row("1+sin(a, b)", .argumentCount(expected: 1, found: 2), 3, "sin"),
    Row("atan2(a)", .argumentCount(expected: 2, found: 1), 1, "atan2"),
    Row("min(a)", .argumentCount(expected: 2, found: 1), 1, "min"),
    Row("a*erfc", .argumentsMissing, 3, "erfc"), Row("max(a,b", .unbalancedParenthesis, 4, "("),
    Row("erfc(a, b)", .argumentCount(expected: 1, found: 2), 1, "erfc"),
    Row("arsinh(a)", .unknownFunction(nearest: "arcsinh"), 1, "arsinh"),
    Row("pow(a, b, c)", .argumentCount(expected: 2, found: 3), 1, "pow"),
  ]

  @Test(arguments: rows)
  func `A mistake is reported with its column`(row: Row) {
    let error = #expect(throws: FormulaError.self) { try Formula(parsing: row.formula) }
    #expect(error?.reason == row.reason)
    #expect(error?.column == row.column && error?.token == row.token, "\(error as Any)")
    #expect(error?.description.hasPrefix("Column \(row.column): ") == true)
    #expect(error?.description.hasSuffix(".") == true || error?.description.hasSuffix("?") == true)
  }

  @Test(arguments: ["y ~ a + b*x", "y = a + b*x"])
  func `An equation is told to leave its response aside`(formula: String) {
    let error = #expect(throws: FormulaError.self) { try Formula(parsing: formula) }
    #expect(error?.description.contains("write what stands on its right") == true)
  }

  @Test func `Names are checked when they are bound`() throws {
    let expression = try Formula(parsing: "b1 + exp(x*b3)")
    let unknown = #expect(throws: FormulaError.self) {
      try expression.bound(parameters: ["b1"], predictors: ["x"])
    }
    #expect(unknown?.reason == .unknownName(known: ["b1", "x"]))
    #expect(unknown?.column == 12 && unknown?.token == "b3")
    for name in ["pi", "exp", "arctan", "pow"] {
      let parameter = #expect(throws: FormulaError.self) {
        try expression.bound(parameters: ["b1", "b3", name], predictors: ["x"])
      }
      #expect(parameter?.reason == .reservedName && parameter?.token == name)
      let predictor = #expect(throws: FormulaError.self) {
        try expression.bound(parameters: ["b1", "b3"], predictors: ["x", name])
      }
      #expect(predictor?.reason == .reservedName && predictor?.column == nil)
    }
    let twice = #expect(throws: FormulaError.self) {
      try expression.bound(parameters: ["b1", "b3", "x"], predictors: ["x"])
    }
    #expect(twice?.reason == .duplicateName && twice?.token == "x")
  }

  @Test(arguments: ["(", "[", "-", "+", "2^", "sin(", "pow(1,", "-(", "1*("])
  func `A formula nested too deeply is refused`(opening: String) {
    for count in [300, 100_000] {
      let formula = String(repeating: opening, count: count) + "1"
      let error = #expect(throws: FormulaError.self) { try Formula(parsing: formula) }
      #expect(error?.reason == .tooDeep(limit: 200))
    }
  }

  @Test(arguments: [("\0", #"\0"#), ("\u{1B}", #"\u{1B}"#), ("\u{202E}", #"\u{202E}"#), ("µ", "µ")])
  func `A message shows characters that are not seen`(character: String, shown: String) {
    let error = #expect(throws: FormulaError.self) { try Formula(parsing: "a" + character) }
    #expect(error?.token == character)
    #expect(error?.description.hasPrefix("Column 2: '\(shown)' has no meaning") == true)
  }

  @Test func `A formula nested deeply enough is read`() throws {
    let nested = String(repeating: "(", count: 199) + "x" + String(repeating: ")", count: 199)
    #expect(try evaluate(nested, ["x": 2.5]) == 2.5)
    // Every level keeps an operand waiting.
    let waiting =
      String(repeating: "(x*x+", count: 99) + "1" + String(repeating: ")", count: 99)
    #expect(try evaluate(waiting, ["x": 2.0]) == 99 * 4 + 1)
  }

  @Test func `A long formula needs no deep stack`() throws {
    let terms = 100_000
    let sum = "0" + String(repeating: "+x*1", count: terms)
    #expect(try evaluate(sum, ["x": 1.0]) == Double(terms))
    let quotient = "1" + String(repeating: "/x", count: terms)
    #expect(try evaluate(quotient, ["x": -1.0]) == 1)
  }
}
