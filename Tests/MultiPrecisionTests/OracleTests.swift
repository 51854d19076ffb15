import Foundation
import MultiPrecision
import Testing

/// Cases that mpmath computed and Scripts/generate-oracle rounded, for every function and rule.
@Suite("Against mpmath")
struct OracleTests {
  struct Case: Sendable {
    var line: String
    var function: String
    var bits: Int
    var rule: FloatingPointRoundingRule
    var numbers: [String]
  }

  static func cases() throws -> [Case] {
    let url = try #require(
      Bundle.module.url(forResource: "oracle", withExtension: "txt", subdirectory: "Reference"))
    let rules: [Substring: FloatingPointRoundingRule] = [
      "n": .toNearestOrEven, "a": .toNearestOrAwayFromZero, "u": .up, "d": .down, "z": .towardZero,
      "o": .awayFromZero,
    ]
    return try String(contentsOf: url, encoding: .utf8).split(separator: "\n")
      .filter { !$0.hasPrefix("#") }
      .map { line in
        let fields = line.split(separator: " ")
        return Case(
          line: String(line), function: String(fields[0]), bits: try #require(Int(fields[1])),
          rule: try #require(rules[fields[2]]),
          // The sign comes before MPFloat's mark of hexadecimal text.
          numbers: fields.dropFirst(3).map { "\($0.first!)0x\($0.dropFirst())" })
      }
  }

  struct Check: MPFloatVisitor {
    var test: Case

    func visit<let bits: Int, let words: Int>(_: MPFloat<bits, words>.Type) throws -> Bool {
      try OracleTests.holds(test, MPFloat<bits, words>.self)
    }
  }

  struct UnknownFunction: Error {
    var name: String
  }

  // Generic over the width without macros or optionals, on which the compiler stumbles in debug builds.

  /// Whether a case holds, bit for bit.
  static func holds<let bits: Int, let words: Int>(
    _ test: Case, _: MPFloat<bits, words>.Type
  ) throws -> Bool {
    func number(_ i: Int) throws -> MPFloat<bits, words> {
      MPFloat<bits, words>(try MPFloat<8192, 128>(parsing: test.numbers[i]))
    }
    let expected = try number(test.numbers.count - 1)
    switch test.numbers.count {
    case 1: return same(try constant(test.function, test.rule), expected)
    case 2: return same(try unary(test.function, try number(0), test.rule), expected)
    case 3:
      let x = try number(0)
      let y = try number(1)
      guard same(try binary(test.function, x, y, test.rule), expected) else { return false }
      return test.rule != .toNearestOrEven
        || same(byOperator(test.function, x, y, expected), expected)
    default:
      return same(
        try number(0).addingProduct(try number(1), try number(2), rounded: test.rule), expected)
    }
  }

  /// The operators take other ways than the functions with a rule.
  private static func byOperator<let bits: Int, let words: Int>(
    _ name: String, _ x: MPFloat<bits, words>, _ y: MPFloat<bits, words>,
    _ other: MPFloat<bits, words>
  ) -> MPFloat<bits, words> {
    switch name {
    case "add": x + y
    case "subtract": x - y
    case "multiply": x * y
    case "divide": x / y
    default: other
    }
  }

  private static func constant<let bits: Int, let words: Int>(
    _ name: String, _ rule: FloatingPointRoundingRule
  ) throws -> MPFloat<bits, words> {
    switch name {
    case "pi": .pi(rounded: rule)
    case "ln2": .ln2(rounded: rule)
    case "eulerGamma": .eulerGamma(rounded: rule)
    case "catalan": .catalan(rounded: rule)
    default: throw UnknownFunction(name: name)
    }
  }

  private static func unary<let bits: Int, let words: Int>(
    _ name: String, _ x: MPFloat<bits, words>, _ rule: FloatingPointRoundingRule
  ) throws -> MPFloat<bits, words> {
    switch name {
    case "log2": return .log2(x, rounded: rule)
    case "log10": return .log10(x, rounded: rule)
    case "log": return .log(x, rounded: rule)
    case "logOnePlus": return .log(onePlus: x, rounded: rule)
    case "squareRoot": return x.squareRoot(rounded: rule)
    case "reciprocalSquareRoot": return .reciprocalSquareRoot(x, rounded: rule)
    case "exponentialIntegral": return .exponentialIntegral(x, rounded: rule)
    case "dilogarithm": return .dilogarithm(x, rounded: rule)
    case "digamma": return .digamma(x, rounded: rule)
    case "zeta": return .zeta(x, rounded: rule)
    case "airy": return .airy(x, rounded: rule)
    case "besselJ0": return .besselJ0(x, rounded: rule)
    case "besselJ1": return .besselJ1(x, rounded: rule)
    case "besselJ5": return .besselJn(5, x, rounded: rule)
    case "besselY0": return .besselY0(x, rounded: rule)
    case "besselY1": return .besselY1(x, rounded: rule)
    case "besselY4": return .besselYn(4, x, rounded: rule)
    case "sinPi": return .sinPi(x, rounded: rule)
    case "cosPi": return .cosPi(x, rounded: rule)
    case "atanPi": return .atanPi(x, rounded: rule)
    case "cubeRoot": return .root(x, 3, rounded: rule)
    case "seventhRoot": return .root(x, 7, rounded: rule)
    default: return try elementary(name, x, rule)
    }
  }

  private static func elementary<let bits: Int, let words: Int>(
    _ name: String, _ x: MPFloat<bits, words>, _ rule: FloatingPointRoundingRule
  ) throws -> MPFloat<bits, words> {
    switch name {
    case "exp": .exp(x, rounded: rule)
    case "expMinusOne": .expMinusOne(x, rounded: rule)
    case "exp2": .exp2(x, rounded: rule)
    case "exp10": .exp10(x, rounded: rule)
    case "sin": .sin(x, rounded: rule)
    case "cos": .cos(x, rounded: rule)
    case "tan": .tan(x, rounded: rule)
    case "asin": .asin(x, rounded: rule)
    case "acos": .acos(x, rounded: rule)
    case "atan": .atan(x, rounded: rule)
    case "sinh": .sinh(x, rounded: rule)
    case "cosh": .cosh(x, rounded: rule)
    case "tanh": .tanh(x, rounded: rule)
    case "asinh": .asinh(x, rounded: rule)
    case "acosh": .acosh(x, rounded: rule)
    case "atanh": .atanh(x, rounded: rule)
    case "erf": .erf(x, rounded: rule)
    case "erfc": .erfc(x, rounded: rule)
    case "gamma": .gamma(x, rounded: rule)
    case "logGamma": .logGamma(x, rounded: rule)
    default: throw UnknownFunction(name: name)
    }
  }

  private static func binary<let bits: Int, let words: Int>(
    _ name: String, _ x: MPFloat<bits, words>, _ y: MPFloat<bits, words>,
    _ rule: FloatingPointRoundingRule
  ) throws -> MPFloat<bits, words> {
    switch name {
    case "add": x.adding(y, rounded: rule)
    case "subtract": x.subtracting(y, rounded: rule)
    case "multiply": x.multiplied(by: y, rounded: rule)
    case "divide": x.divided(by: y, rounded: rule)
    case "pow": .pow(x, y, rounded: rule)
    case "atan2": .atan2(y: x, x: y, rounded: rule)
    case "hypot": .hypot(x, y, rounded: rule)
    case "agm": .agm(x, y, rounded: rule)
    case "beta": .beta(x, y, rounded: rule)
    default: throw UnknownFunction(name: name)
    }
  }

  @Test("Every case of the table, bit for bit")
  func table() throws {
    let cases = try Self.cases()
    #expect(cases.count > 4000)
    for test in cases {
      let holds =
        test.bits == 320
        ? try Self.holds(test, MPFloat<320, 5>.self)
        : try withMPFloat(bits: test.bits, Check(test: test))
      #expect(holds, "\(test.line)")
    }
  }
}
