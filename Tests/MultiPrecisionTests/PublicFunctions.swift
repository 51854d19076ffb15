import MultiPrecision

/// Every public function of the number at one width, by the name it has in the table of the oracle.
struct PublicFunctions<let bits: Int, let words: Int> {
  typealias Number = MPFloat<bits, words>
  typealias Rule = FloatingPointRoundingRule

  /// What a name stands for is not there.
  struct Unknown: Error {
    var name: String
  }

  let constants: [String: (Rule) -> Number] = [
    "pi": { .pi(rounded: $0) }, "ln2": { .ln2(rounded: $0) },
    "eulerGamma": { .eulerGamma(rounded: $0) }, "catalan": { .catalan(rounded: $0) },
  ]

  let unary: [String: (Number, Rule) -> Number] = [
    "exp": { .exp($0, rounded: $1) }, "expMinusOne": { .expMinusOne($0, rounded: $1) },
    "exp2": { .exp2($0, rounded: $1) }, "exp2MinusOne": { .exp2MinusOne($0, rounded: $1) },
    "exp10": { .exp10($0, rounded: $1) }, "exp10MinusOne": { .exp10MinusOne($0, rounded: $1) },
    "log": { .log($0, rounded: $1) }, "logOnePlus": { .log(onePlus: $0, rounded: $1) },
    "log2": { .log2($0, rounded: $1) }, "log2OnePlus": { .log2(onePlus: $0, rounded: $1) },
    "log10": { .log10($0, rounded: $1) }, "log10OnePlus": { .log10(onePlus: $0, rounded: $1) },
    "squareRoot": { $0.squareRoot(rounded: $1) }, "sqrt": { .sqrt($0, rounded: $1) },
    "reciprocalSquareRoot": { .reciprocalSquareRoot($0, rounded: $1) },
    "sin": { .sin($0, rounded: $1) }, "cos": { .cos($0, rounded: $1) },
    "cosMinusOne": { .cosMinusOne($0, rounded: $1) },
    "tan": { .tan($0, rounded: $1) }, "asin": { .asin($0, rounded: $1) },
    "acos": { .acos($0, rounded: $1) }, "atan": { .atan($0, rounded: $1) },
    "sinPi": { .sinPi($0, rounded: $1) }, "cosPi": { .cosPi($0, rounded: $1) },
    "tanPi": { .tanPi($0, rounded: $1) }, "asinPi": { .asinPi($0, rounded: $1) },
    "acosPi": { .acosPi($0, rounded: $1) }, "atanPi": { .atanPi($0, rounded: $1) },
    "sinh": { .sinh($0, rounded: $1) }, "cosh": { .cosh($0, rounded: $1) },
    "tanh": { .tanh($0, rounded: $1) }, "asinh": { .asinh($0, rounded: $1) },
    "acosh": { .acosh($0, rounded: $1) }, "atanh": { .atanh($0, rounded: $1) },
    "erf": { .erf($0, rounded: $1) }, "erfc": { .erfc($0, rounded: $1) },
    "gamma": { .gamma($0, rounded: $1) }, "logGamma": { .logGamma($0, rounded: $1) },
    "digamma": { .digamma($0, rounded: $1) }, "zeta": { .zeta($0, rounded: $1) },
    "exponentialIntegral": { .exponentialIntegral($0, rounded: $1) },
    "dilogarithm": { .dilogarithm($0, rounded: $1) }, "airy": { .airy($0, rounded: $1) },
    "besselJ0": { .besselJ0($0, rounded: $1) }, "besselJ1": { .besselJ1($0, rounded: $1) },
    "besselY0": { .besselY0($0, rounded: $1) }, "besselY1": { .besselY1($0, rounded: $1) },
    "integer": { $0.rounded($1) },
  ]

  let binary: [String: (Number, Number, Rule) -> Number] = [
    "adding": { $0.adding($1, rounded: $2) }, "subtracting": { $0.subtracting($1, rounded: $2) },
    "multiplied": { $0.multiplied(by: $1, rounded: $2) },
    "divided": { $0.divided(by: $1, rounded: $2) },
    "pow": { .pow($0, $1, rounded: $2) }, "atan2": { .atan2(y: $0, x: $1, rounded: $2) },
    "atan2Pi": { .atan2Pi(y: $0, x: $1, rounded: $2) },
    "hypot": { .hypot($0, $1, rounded: $2) }, "agm": { .agm($0, $1, rounded: $2) },
    "beta": { .beta($0, $1, rounded: $2) },
  ]

  /// Functions of a number and an integer, which follows the name and a colon: `root:3`.
  let ofInteger: [String: (Number, Int, Rule) -> Number] = [
    "pow": { .pow($0, $1, rounded: $2) }, "root": { .root($0, $1, rounded: $2) },
    "compound": { .compound($0, $1, rounded: $2) },
    "besselJn": { .besselJn($1, $0, rounded: $2) }, "besselYn": { .besselYn($1, $0, rounded: $2) },
  ]

  // What has another name, or another way to its result, when it is rounded to nearest.

  let plainConstants: [String: () -> Number] = [
    "ln2": { .ln2 }, "eulerGamma": { .eulerGamma }, "catalan": { .catalan },
  ]

  let plainUnary: [String: (Number) -> Number] = [
    "exp": { .exp($0) }, "expMinusOne": { .expMinusOne($0) }, "exp2": { .exp2($0) },
    "exp10": { .exp10($0) }, "log": { .log($0) }, "logOnePlus": { .log(onePlus: $0) },
    "log2": { .log2($0) }, "log10": { .log10($0) }, "squareRoot": { $0.squareRoot() },
    "sqrt": { .sqrt($0) }, "sin": { .sin($0) }, "cos": { .cos($0) }, "tan": { .tan($0) },
    "cosMinusOne": { .cosMinusOne($0) },
    "asin": { .asin($0) }, "acos": { .acos($0) }, "atan": { .atan($0) }, "sinh": { .sinh($0) },
    "cosh": { .cosh($0) }, "tanh": { .tanh($0) }, "asinh": { .asinh($0) },
    "acosh": { .acosh($0) }, "atanh": { .atanh($0) }, "erf": { .erf($0) }, "erfc": { .erfc($0) },
    "gamma": { .gamma($0) }, "logGamma": { .logGamma($0) },
  ]

  let plainBinary: [String: (Number, Number) -> Number] = [
    "adding": { $0 + $1 }, "subtracting": { $0 - $1 }, "multiplied": { $0 * $1 },
    "divided": { $0 / $1 }, "pow": { .pow($0, $1) }, "atan2": { .atan2(y: $0, x: $1) },
    "hypot": { .hypot($0, $1) },
  ]

  let plainOfInteger: [String: (Number, Int) -> Number] = [
    "pow": { .pow($0, $1) }, "root": { .root($0, $1) },
  ]

  /// Exact, and so without a rule.
  let exact: [String: (Number, Number) -> Number] = [
    "remainder": { $0.remainder(dividingBy: $1) },
    "truncatingRemainder": { $0.truncatingRemainder(dividingBy: $1) },
  ]

  /// What a function makes of its operands; twice where there are two ways to it.
  func results(_ name: String, _ operands: [Number], _ rule: Rule) throws -> [Number] {
    if let (name, n) = Self.splitting(name) {
      guard let function = ofInteger[name], operands.count == 1 else { throw Unknown(name: name) }
      let plain = rule == .toNearestOrEven ? plainOfInteger[name] : nil
      return [function(operands[0], n, rule)] + (plain.map { [$0(operands[0], n)] } ?? [])
    }
    let isNearest = rule == .toNearestOrEven
    switch operands.count {
    case 0:
      guard let constant = constants[name] else { break }
      let plain =
        isNearest ? plainConstants[name] : name == "pi" && rule == .towardZero ? { .pi } : nil
      return [constant(rule)] + (plain.map { [$0()] } ?? [])
    case 1:
      guard let function = unary[name] else { break }
      let plain = isNearest ? plainUnary[name] : nil
      return [function(operands[0], rule)] + (plain.map { [$0(operands[0])] } ?? [])
    case 2:
      if let function = exact[name] { return [function(operands[0], operands[1])] }
      guard let function = binary[name] else { break }
      let plain = isNearest ? plainBinary[name] : nil
      return [function(operands[0], operands[1], rule)]
        + (plain.map { [$0(operands[0], operands[1])] } ?? [])
    default:
      guard name == "addingProduct" else { break }
      let (z, x, y) = (operands[0], operands[1], operands[2])
      return [z.addingProduct(x, y, rounded: rule)] + (isNearest ? [z.addingProduct(x, y)] : [])
    }
    throw Unknown(name: name)
  }

  /// `root:3` in its two parts.
  private static func splitting(_ name: String) -> (String, Int)? {
    guard let colon = name.firstIndex(of: ":"), let n = Int(name[name.index(after: colon)...])
    else { return nil }
    return (String(name[..<colon]), n)
  }
}
