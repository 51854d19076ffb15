import MultiPrecision
import Testing

/// What every function makes of zeros, infinities, NaN, poles and arguments outside its domain, as
/// IEEE 754-2019, C23 and the mathematical limits have it.
@Suite("Exceptional arguments")
struct ExceptionalArgumentTests {
  /// f(−∞), f(−0), f(+0), f(+∞); then pairs of an argument and f of it.
  static let unary: [(String, [String], [(String, String)])] = [
    ("exp", ["0", "1", "1", "inf"], []),
    ("expMinusOne", ["-1", "-0", "0", "inf"], []),
    ("exp2", ["0", "1", "1", "inf"], [("3", "8"), ("-1", "0.5")]),
    ("exp2MinusOne", ["-1", "-0", "0", "inf"], [("3", "7")]),
    ("exp10", ["0", "1", "1", "inf"], [("2", "100")]),
    ("exp10MinusOne", ["-1", "-0", "0", "inf"], [("1", "9")]),
    ("log", ["nan", "-inf", "-inf", "inf"], [("1", "0"), ("-1", "nan")]),
    ("logOnePlus", ["nan", "-0", "0", "inf"], [("-1", "-inf"), ("-2", "nan")]),
    ("log2", ["nan", "-inf", "-inf", "inf"], [("1", "0"), ("8", "3"), ("-1", "nan")]),
    ("log2OnePlus", ["nan", "-0", "0", "inf"], [("-1", "-inf"), ("-2", "nan"), ("3", "2")]),
    ("log10", ["nan", "-inf", "-inf", "inf"], [("1", "0"), ("1000", "3"), ("-1", "nan")]),
    ("log10OnePlus", ["nan", "-0", "0", "inf"], [("-1", "-inf"), ("-2", "nan"), ("9", "1")]),
    ("cosMinusOne", ["nan", "-0", "-0", "nan"], []),
    ("squareRoot", ["nan", "-0", "0", "inf"], [("-1", "nan"), ("9", "3")]),
    ("sqrt", ["nan", "-0", "0", "inf"], [("-1", "nan"), ("9", "3")]),
    ("reciprocalSquareRoot", ["nan", "-inf", "inf", "0"], [("-1", "nan"), ("4", "0.5")]),
    ("sin", ["nan", "-0", "0", "nan"], []), ("cos", ["nan", "1", "1", "nan"], []),
    ("tan", ["nan", "-0", "0", "nan"], []),
    ("asin", ["nan", "-0", "0", "nan"], [("2", "nan"), ("-2", "nan")]),
    ("acos", ["nan", "*", "*", "nan"], [("1", "0"), ("2", "nan"), ("-2", "nan")]),
    ("atan", ["*", "-0", "0", "*"], []),
    ("sinPi", ["nan", "-0", "0", "nan"], [("1", "0"), ("-1", "-0"), ("0.5", "1"), ("1.5", "-1")]),
    ("cosPi", ["nan", "1", "1", "nan"], [("0.5", "0"), ("1", "-1"), ("-1.5", "0")]),
    ("tanPi", ["nan", "-0", "0", "nan"], [("0.25", "1"), ("0.5", "inf"), ("1.5", "-inf")]),
    ("asinPi", ["nan", "-0", "0", "nan"], [("1", "0.5"), ("-1", "-0.5"), ("2", "nan")]),
    ("acosPi", ["nan", "0.5", "0.5", "nan"], [("1", "0"), ("-1", "1"), ("2", "nan")]),
    ("atanPi", ["-0.5", "-0", "0", "0.5"], [("1", "0.25"), ("-1", "-0.25")]),
    ("sinh", ["-inf", "-0", "0", "inf"], []), ("cosh", ["inf", "1", "1", "inf"], []),
    ("tanh", ["-1", "-0", "0", "1"], []), ("asinh", ["-inf", "-0", "0", "inf"], []),
    ("acosh", ["nan", "nan", "nan", "inf"], [("1", "0"), ("0.5", "nan")]),
    ("atanh", ["nan", "-0", "0", "nan"], [("1", "inf"), ("-1", "-inf"), ("2", "nan")]),
    ("erf", ["-1", "-0", "0", "1"], []), ("erfc", ["2", "1", "1", "0"], []),
    ("gamma", ["nan", "-inf", "inf", "inf"], [("5", "24"), ("-1", "nan"), ("-2", "nan")]),
    ("logGamma", ["inf", "inf", "inf", "inf"], [("1", "0"), ("2", "0"), ("-1", "inf")]),
    ("digamma", ["nan", "inf", "-inf", "inf"], [("-1", "nan"), ("-2", "nan")]),
    ("zeta", ["nan", "-0.5", "-0.5", "1"], [("1", "inf"), ("-2", "0")]),
    ("exponentialIntegral", ["-0", "-inf", "-inf", "inf"], []),
    ("dilogarithm", ["-inf", "-0", "0", "-inf"], []),
    ("airy", ["0", "*", "*", "0"], []),
    ("besselJ0", ["0", "1", "1", "0"], []), ("besselJ1", ["0", "-0", "0", "0"], []),
    ("besselY0", ["nan", "-inf", "-inf", "0"], [("-1", "nan")]),
    ("besselY1", ["nan", "-inf", "-inf", "0"], [("-1", "nan")]),
    ("integer", ["-inf", "-0", "0", "inf"], []),
    ("besselJn:2", ["0", "0", "0", "0"], []), ("besselJn:-3", ["0", "*", "*", "0"], []),
    ("besselYn:2", ["nan", "-inf", "-inf", "0"], [("-1", "nan")]),
    ("besselYn:-3", ["nan", "inf", "inf", "0"], [("-1", "nan")]),
    ("pow:3", ["-inf", "-0", "0", "inf"], [("-2", "-8")]),
    ("pow:-3", ["-0", "-inf", "inf", "0"], [("-2", "-0.125")]),
    ("pow:0", ["1", "1", "1", "1"], [("nan", "1")]),
    ("root:3", ["-inf", "-0", "0", "inf"], [("-8", "-2")]),
    ("root:2", ["nan", "*", "0", "inf"], [("-4", "nan")]),
    ("root:-3", ["-0", "-inf", "inf", "0"], [("-8", "-0.5")]),
    ("root:0", ["nan", "nan", "nan", "nan"], [("1", "nan")]),
    ("compound:3", ["nan", "1", "1", "inf"], [("-1", "0"), ("-2", "nan"), ("1", "8")]),
    ("compound:-2", ["nan", "1", "1", "0"], [("-1", "inf"), ("-2", "nan"), ("1", "0.25")]),
  ]

  static let binary: [(String, [(String, String, String)])] = [
    (
      "pow",
      [
        ("0", "2", "0"), ("0", "-1", "inf"), ("inf", "2", "inf"), ("inf", "-2", "0"),
        ("0.5", "inf", "0"), ("2", "inf", "inf"), ("0.5", "-inf", "inf"), ("2", "-inf", "0"),
        ("0", "0", "nan"), ("inf", "0", "nan"), ("1", "inf", "nan"), ("-1", "2", "nan"),
      ]
    ),
    (
      "atan2",
      [
        ("0", "1", "0"), ("-0", "1", "-0"), ("0", "0", "0"), ("-0", "0", "-0"), ("1", "inf", "0"),
        ("-1", "inf", "-0"),
      ]
    ),
    (
      "atan2Pi",
      [
        ("0", "1", "0"), ("-0", "1", "-0"), ("0", "-1", "1"), ("-0", "-1", "-1"), ("0", "-0", "1"),
        ("-0", "-0", "-1"), ("1", "0", "0.5"), ("-1", "0", "-0.5"), ("1", "1", "0.25"),
        ("inf", "inf", "0.25"), ("inf", "-inf", "0.75"), ("-inf", "-inf", "-0.75"),
      ]
    ),
    (
      "hypot",
      [
        ("inf", "nan", "inf"), ("nan", "-inf", "inf"), ("3", "4", "5"), ("0", "-0", "0"),
        ("nan", "1", "nan"),
      ]
    ),
    (
      "agm",
      [
        ("0", "1", "0"), ("0", "0", "0"), ("-1", "1", "nan"), ("inf", "1", "inf"),
        ("0", "inf", "nan"), ("3", "3", "3"),
      ]
    ),
    ("beta", [("1", "1", "1"), ("2", "2", "*"), ("nan", "1", "nan"), ("1", "0.5", "2")]),
    (
      "divided",
      [
        ("1", "0", "inf"), ("1", "-0", "-inf"), ("0", "0", "nan"), ("inf", "inf", "nan"),
        ("1", "-inf", "-0"),
      ]
    ),
    ("multiplied", [("0", "inf", "nan"), ("-0", "3", "-0"), ("inf", "-2", "-inf")]),
    ("adding", [("inf", "-inf", "nan"), ("-0", "-0", "-0"), ("inf", "1", "inf")]),
    ("subtracting", [("inf", "inf", "nan"), ("-0", "0", "-0"), ("-inf", "1", "-inf")]),
    (
      "remainder",
      [
        ("1", "0", "nan"), ("inf", "1", "nan"), ("1", "inf", "1"), ("-0", "1", "-0"),
        ("6", "4", "-2"), ("-4", "2", "-0"),
      ]
    ),
    (
      "truncatingRemainder",
      [
        ("1", "0", "nan"), ("inf", "1", "nan"), ("-1", "inf", "-1"), ("-0", "1", "-0"),
        ("6", "4", "2"), ("-4", "2", "-0"),
      ]
    ),
  ]

  /// What is not as it should be, at one width.
  private func failures<let bits: Int, let words: Int>(
    _: MPFloat<bits, words>.Type
  ) throws -> [String] {
    let functions = PublicFunctions<bits, words>()
    var failures: [String] = []
    func check(_ name: String, _ arguments: [String], _ expected: String) throws {
      let operands = try arguments.map { text throws in try MPFloat<bits, words>(parsing: text) }
      for rule in RoundingTests.rules {
        for result in try functions.results(name, operands, rule) {
          let isRight =
            try expected == "*" ? !result.isNaN : same(result, MPFloat(parsing: expected))
          // The sign of an exact zero difference depends on the rule; none is asked for here.
          if !isRight { failures.append("\(name)(\(arguments)) is \(result), \(rule)") }
        }
      }
    }
    for (name, ends, others) in Self.unary {
      for (x, expected) in zip(["-inf", "-0", "0", "inf"], ends) { try check(name, [x], expected) }
      for (x, expected) in others { try check(name, [x], expected) }
      if name != "pow:0" { try check(name, ["nan"], "nan") }
    }
    for (name, rows) in Self.binary {
      for (x, y, expected) in rows { try check(name, [x, y], expected) }
      if name != "hypot" { try check(name, ["nan", "2"], "nan") }
      try check(name, ["2", "nan"], "nan")
    }
    return failures
  }

  private func report(_ failures: [String]) { #expect(failures == []) }

  @Test("By every rule, at widths with a hardware format and without")
  func table() throws {
    report(try failures(MPFloat<24, 1>.self))
    report(try failures(MPFloat<53, 1>.self))
    report(try failures(MPFloat<137, 3>.self))
    report(try failures(MPFloat1024.self))
  }

  @Test("The table has every function of one number")
  func completeness() {
    let names = Set(Self.unary.map(\.0))
    for name in PublicFunctions<53, 1>().unary.keys { #expect(names.contains(name), "\(name)") }
  }

  @Test(
    "Bessel functions of negative order mirror those of positive order, rounding included, however large x is"
  )
  func besselOfNegativeOrder() {
    typealias T = MPFloat128
    for x in [T.exp2(14), .exp2(40) + 1, .exp2(300), 12.5] {
      for n in [1, 2, 3, 4] {
        for (rule, mirrored) in [
          (FloatingPointRoundingRule.up, FloatingPointRoundingRule.down), (.down, .up),
          (.toNearestOrEven, .toNearestOrEven), (.awayFromZero, .awayFromZero),
          (.toNearestOrAwayFromZero, .toNearestOrAwayFromZero),
        ] {
          let (sign, other): (T, _) = n.isMultiple(of: 2) ? (1, rule) : (-1, mirrored)
          let j = T.besselJn(n, x, rounded: other)
          let y = T.besselYn(n, x, rounded: other)
          #expect(T.besselJn(-n, x, rounded: rule) == sign * j, "J\(n)(\(x)) \(rule)")
          #expect(T.besselYn(-n, x, rounded: rule) == sign * y, "Y\(n)(\(x)) \(rule)")
        }
      }
    }
  }
}
