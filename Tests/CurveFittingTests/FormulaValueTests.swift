import CurveFitting
import LSQScalars
import MultiPrecision
import RealModule
import Testing

/// The value of a formula in one number type, its names bound to predictors.
func evaluate<Number: ModelNumber>(
  _ formula: String, _ values: KeyValuePairs<String, Number> = [:]
) throws -> Number {
  let model = try Formula(parsing: formula).bound(
    parameters: [], predictors: values.map(\.key))
  let parameters: [Number] = []
  let predictors = values.map(\.value)
  return try model.value(parameters.span, at: predictors.span)
}

@Suite struct FormulaValueTests {
  struct Row: Sendable, CustomTestStringConvertible {
    var formula: String
    var value: Double
    init(_ formula: String, _ value: Double) {
      self.formula = formula
      self.value = value
    }
    var testDescription: String { formula }
  }

  // With a = 3, b = 5, c = -2.
  static let precedence: [Row] = [
    Row("a+b*c", 3 + 5 * -2),
    Row("a*b+c", 3 * 5 - 2),
    Row("a-b-c", 3 - 5 + 2),
    Row("a-(b-c)", 3 - (5 + 2)),
    Row("a/b/c", 3.0 / 5.0 / -2.0),
    Row("a/b*c", 3.0 / 5.0 * -2.0),
    Row("a/(b*c)", 3.0 / (5.0 * -2.0)),
    Row("c^2", 4), Row("-c^2", -4), Row("(-c)^2", 4), Row("-a^2", -9), Row("(-a)^2", 9),
    Row("a**2", 9), Row("2^3^2", 512), Row("(2^3)^2", 64), Row("2**3**2", 512),
    Row("2^-1", 0.5), Row("2^-1*6", 3), Row("2^-2^2", 0.0625), Row("2^+3", 8),
    Row("a*-c", 6), Row("a--c", 1), Row("a+-c", 5), Row("a-+c", 5), Row("--a", 3), Row("-+-a", 3),
    Row("-a*b", -15), Row("-a+b", 2), Row("a*c^3", -24), Row("c^3", -8), Row("c^(3-1)", 4),
    Row("c^(-2)", 0.25), Row("c^(-1)", -0.5), Row("c^0", 1), Row("0^0", 1), Row("(a-a)^0", 1),
    Row("c^1", -2), Row("c^(4/2)", 4), Row("c^(2*1.5)", -8), Row("c^3.0", -8), Row("c^2e0", 4),
    Row("c^(2^2)", 16), Row("c^(1/2+3/2)", 4), Row("c^-(-2)", 4), Row("a^2^-1", .pow(3, 0.5)),
    Row("a^(1/2)", .pow(3, 0.5)), Row("a^(1/3)", .pow(3, 1.0 / 3)), Row("a^b", .pow(3, 5)),
    Row("[a+b]*[c]", -16), Row("[(a)]", 3), Row("((((b))))", 5),
    Row("pow(c, 2)", 4), Row("pow(a, b)", .pow(3, 5)), Row("pow(a,2)^2", 81),
    Row(" a\t+\n b ", 8), Row(".5", 0.5), Row("3.", 3), Row("3.e1", 30), Row("1.5e-3", 1.5e-3),
    Row("1E3", 1000), Row("1e+3", 1000), Row("007", 7), Row("0.1", 0.1),
    Row("a*(b+c)", 9), Row("a*(b*(c+1))", -15), Row("a-(b-(c-1))", -5), Row("a/(b/(c/1))", -1.2),
    Row("(a+b)*(b+c)-(c-a)/(b-a)", 26.5), Row("a-b*(c-a*(b-c))", 118),
    Row("c^(2+(3-1))", 16), Row("b-a*c^(2*(3-1))*b", 5 - 3 * 16 * 5), Row("(a*b)^((5-3)*2)", 50625),
    Row("2*pi", 2 * Double.pi),
  ]

  @Test(arguments: precedence)
  func `Operators bind as in mathematics`(row: Row) throws {
    #expect(try evaluate(row.formula, ["a": 3, "b": 5, "c": -2]) == row.value)
  }

  static let functions: [(String, @Sendable (Double) -> Double)] = [
    ("exp", { .exp($0) }), ("log", { .log($0) }), ("ln", { .log($0) }), ("log10", { .log10($0) }),
    ("log2", { .log2($0) }), ("sqrt", { .sqrt($0) }), ("cbrt", { .root($0, 3) }),
    ("sin", { .sin($0) }), ("cos", { .cos($0) }), ("tan", { .tan($0) }), ("asin", { .asin($0) }),
    ("acos", { .acos($0) }), ("atan", { .atan($0) }), ("arcsin", { .asin($0) }),
    ("arccos", { .acos($0) }), ("arctan", { .atan($0) }), ("sinh", { .sinh($0) }),
    ("cosh", { .cosh($0) }), ("tanh", { .tanh($0) }), ("abs", { $0.magnitude }),
    ("erf", { .erf($0) }), ("erfc", { .erfc($0) }), ("expm1", { .expMinusOne($0) }),
    ("log1p", { .log(onePlus: $0) }), ("asinh", { .asinh($0) }), ("arcsinh", { .asinh($0) }),
    ("atanh", { .atanh($0) }), ("arctanh", { .atanh($0) }),
  ]

  @Test func `Functions have the bits of the number type`() throws {
    for (name, function) in Self.functions {
      for x in [0.3, 0.875] {
        #expect(try evaluate("\(name)(x)", ["x": x]) == function(x), "\(name)(\(x))")
        #expect(try evaluate("\(name)[x*1]", ["x": x]) == function(x), "\(name)(\(x))")
      }
    }
    for x in [-0.3, -0.9] {
      for (name, function) in Self.functions where !function(x).isNaN {
        #expect(try evaluate("\(name)(x)", ["x": x]) == function(x), "\(name)(\(x))")
      }
    }
  }

  @Test func `An inverse cosine of either kind is known by two names`() throws {
    for x in [1.0, 1.25, 7] {
      #expect(try evaluate("acosh(x)", ["x": x]) == Double.acosh(x))
      #expect(try evaluate("arccosh(x)", ["x": x]) == Double.acosh(x))
    }
    #expect(try (evaluate("acosh(x)", ["x": 0.5]) as Double).isNaN)
  }

  @Test func `Differences from one keep their digits`() throws {
    #expect(try evaluate("expm1(x)", ["x": 1e-20]) == 1e-20)
    #expect(try evaluate("log1p(x)", ["x": 1e-20]) == 1e-20)
    #expect(try evaluate("erfc(10)") == 2.088487583762545e-45)
    let wide = try evaluate("erfc(10)") as MPFloat128
    let known = MPFloat128("2.0884875837625447570007862949577886115608181193211634e-45")
    #expect(try (wide - #require(known)).magnitude <= wide * MPFloat128.ulpOfOne)
  }

  @Test func `The lesser and the greater argument are picked by value, with its slopes`() throws {
    typealias D = Dual<Double, 2>
    let (x, y) = (D.variable(2, index: 0), D.variable(3, index: 1))
    #expect(try evaluate("min(x, y)", ["x": x, "y": y]) == x)
    #expect(try evaluate("max(x, y)", ["x": x, "y": y]) == y)
    #expect(try evaluate("max(-x, -y)", ["x": x, "y": y]) == -x)
    #expect(try evaluate("min(x*x, y)", ["x": x, "y": y]) == y)
    let kink = try evaluate("min(x+1, y)", ["x": x, "y": y])
    #expect(kink.value == 3 && kink.partials[0].isNaN && kink.partials[1].isNaN)
    let smooth = try evaluate("max(x+1, 3*x-3) + y", ["x": x, "y": y])
    #expect(smooth.value == 6 && smooth.partials[0].isNaN && smooth.partials[1] == 1)
    #expect(try evaluate("max(x+1, 1+x)", ["x": x]) == x + 1)
    for (a, b) in [(1.0, Double.nan), (.nan, 1), (.nan, .nan)] {
      #expect(try (evaluate("min(a, b)", ["a": a, "b": b]) as Double).isNaN)
      #expect(try (evaluate("max(a, b)", ["a": a, "b": b]) as Double).isNaN)
    }
    #expect(try evaluate("max(min(x, 7), -7)", ["x": -Double.infinity]) == -7)
  }

  @Test func `atan2 takes y first`() throws {
    for (y, x) in [(1.0, -2.0), (-1, -2), (3, 0), (0, -1)] {
      #expect(try evaluate("atan2(y, x)", ["x": x, "y": y]) == Double.atan2(y: y, x: x))
      #expect(try evaluate("atan2(y, x+0)", ["x": x, "y": y]) == Double.atan2(y: y, x: x))
    }
  }

  @Test func `Zero to the power zero is one, with the slopes that it has`() throws {
    #expect(try evaluate("x^y", ["x": 0.0, "y": 0]) == 1)
    #expect(try evaluate("pow(x, y)", ["x": -0.0, "y": 0]) as Double == 1)
    #expect(try evaluate("x^y", ["x": 0 as Float, "y": 0]) == 1)
    #expect(try evaluate("x^y", ["x": 0.0, "y": 2.5]) == 0)
    #expect(try evaluate("x^y", ["x": 3.0, "y": 0]) == 1)
    let zero = Dual<Double, 2>(constant: 0)
    let alongBase = try evaluate("x^y", ["x": .variable(0, index: 0), "y": zero])
    #expect(alongBase.value == 1 && alongBase.partials[0] == 0 && alongBase.partials[1] == 0)
    let alongExponent = try evaluate("x^y", ["x": zero, "y": .variable(0, index: 1)])
    #expect(alongExponent.value == 1 && alongExponent.partials[1] == -.infinity)
  }

  @Test func `Powers that are not whole are undefined for negative bases`() throws {
    #expect(try (evaluate("x^y", ["x": -2.0, "y": 2.5]) as Double).isNaN)
    #expect(try (evaluate("x^y", ["x": -2.0, "y": .infinity]) as Double).isNaN)
    #expect(try (evaluate("x^0.5", ["x": -2.0]) as Double).isNaN)
    #expect(try evaluate("x^0.5", ["x": 0.0]) == 0)
  }

  @Test func `Whole powers of negative bases have a value, and no slope along the exponent`() throws
  {
    for y in [-3.0, -2, 0, 1, 2, 3, 4, 2e9, 1e300] {
      #expect(
        try evaluate("x^y", ["x": -1.0, "y": y]) == .pow(-1, Int(y.remainder(dividingBy: 2))))
    }
    #expect(try evaluate("pow(x, y)", ["x": -2 as Float, "y": 3]) == -8)
    let (minus, three) = (Dual<Double, 2>.variable(-2, index: 0), Dual<Double, 2>(constant: 3))
    let alongBase = try evaluate("x^y", ["x": minus, "y": three])
    #expect(alongBase.value == -8 && alongBase.partials[0] == 12 && alongBase.partials[1] == 0)
    let alongBoth = try evaluate("x^y", ["x": minus, "y": .variable(3, index: 1)])
    #expect(alongBoth.value == -8 && alongBoth.partials[0] == 12 && alongBoth.partials[1].isNaN)
  }

  /// By gradients, tapes and climbs alike.
  @Test func `A geometric sequence of alternating sign is fitted to all digits`() throws {
    let rows = [(1.0, -0.5), (2, 0.26), (3, -0.12), (4, 0.06), (5, -0.03)]
    let fit = try formulaFit("c*r^x", ["c", "r"], from: [1, -0.4], to: rows, over: Double.self)
    let wide = try formulaFit(
      "c*r^x", ["c", "r"], from: [1, -0.4], to: rows, over: MPFloat128.self)
    #expect(fit.isSolved && wide.isSolved && fit.ending != .tests)
    for (j, value) in wide.parameters.enumerated() {
      let error = abs(fit.parameters[j] - Double(value))
      #expect(try error <= #require(fit.numericalErrors[j]) && error < 1e-13)
    }
    #expect(abs(fit.parameters[1] + 0.5) < 0.02)
  }

  @Test func `Constants are read at the precision of the number`() throws {
    #expect(try evaluate("0.1") as Float == 0.1)
    #expect(try evaluate("0.1") as Dual<Float, 2> == Dual<Float, 2>(0.1 as Float))
    #if (arch(i386) || arch(x86_64)) && !os(Windows) && !os(Android)
      #expect(try evaluate("0.1") as Float80 == Float80("0.1"))
      #expect(try evaluate("pi") as Float80 == Float80.pi)
      #expect(try evaluate("1.5e-3*1") as Float80 == Float80("1.5e-3"))
    #endif
  }

  @Test func `A constant beyond the range of the number is an error`() throws {
    let model = try Formula(parsing: "2 + 1e60").bound(parameters: [], predictors: [])
    #expect(try evaluate("2 + 1e60") == 1e60)
    let error = #expect(throws: FormulaError.self) { _ = try model.evaluator(over: Float.self) }
    #expect(error?.column == 5 && error?.token == "1e60")
    #expect(error?.reason == .constantOutOfRange(type: "Float"))
    let small = try Formula(parsing: "1e-60").bound(parameters: [], predictors: [])
    #expect(throws: FormulaError.self) { _ = try small.evaluator(over: Float.self) }
    #expect(try evaluate("0e-400") == 0)
  }

  @Test func `Names are listed in order of appearance`() throws {
    let names = try Formula(parsing: "b2*exp(-b1*x) + b2*pi + _y").names
    #expect(names.map(\.text) == ["b2", "b1", "x", "_y"])
    #expect(names.map(\.column) == [1, 9, 12, 25])
    #expect(try Formula(parsing: "1 + 2").names.isEmpty)
    #expect(try Formula(parsing: " 1+ 2").description == " 1+ 2")
  }

  @Test func `Parameters come before predictors and may be left out`() throws {
    let model = try Formula(parsing: "x - b").bound(
      parameters: ["a", "b"], predictors: ["y", "x"])
    let (b, x): ([Double], [Double]) = ([1, 2], [3, 7])
    #expect(try model.value(b.span, at: x.span) == 5)
    let evaluator = try model.evaluator(over: Double.self)
    #expect(try evaluator(b.span, x.span) == 5)
    #expect(try evaluator(x.span, b.span) == -5)
  }

  @Test func `A bare name is a formula`() throws {
    #expect(try evaluate("x", ["x": 4.5]) == 4.5)
    #expect(try evaluate("7") == 7.0)
  }
}
