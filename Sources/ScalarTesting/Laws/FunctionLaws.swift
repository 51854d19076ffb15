import BigInt
import LSQScalars

// Functions: error bounds against series in fixed point, definitions, special values.

/// A function of one variable with its reference and the arguments on which it is checked.
struct FunctionCase<Scalar: LSQScalar> {
  let name: String
  let range: ClosedRange<Double>
  let function: (Scalar) -> Scalar
  let reference: (FixedPoint, ExactNumber) -> BigInt
}

extension Examination {
  mutating func checkElementaryFunctions() {
    let fixed = FixedPoint(bits: format.bits + 64)
    let count = max(1, laws.samples / 10)
    for function in Self.functions {
      forEachSample(of: count) { e throws(Finding) in
        let (x, value) = try e.argument(in: function.range)
        let reference = fixed.exact(function.reference(fixed, value))
        e.expect(function.function(x), near: reference, "\(function.name)(\(x))")
      }
    }
    forEachSample(of: count) { e throws(Finding) in
      let (x, a) = try e.argument(in: 0.2...5)
      let (y, b) = try e.argument(in: -3...3)
      let power = fixed.exp(fixed.multiply(fixed.log(a), fixed.fixed(b)))
      e.expect(.pow(x, y), near: fixed.exact(power), "pow(\(x), \(y))")
      let length = (a * a + b * b).squareRoot(bits: e.workingBits)
      e.expect(.hypot(x, y), near: length, "hypot(\(x), \(y))")
      let n = Int.random(in: 1...9, using: &e.generator)
      let exact = (0..<n).reduce(ExactNumber(1)) { product, _ in product * b }
      e.expect(.pow(y, n), near: exact, "pow(\(y), \(n))")
      e.expect(
        .pow(y, -n), near: .quotient(ExactNumber(1), exact, bits: e.workingBits),
        "pow(\(y), \(-n))")
      let root = fixed.exp(fixed.log(a) / BigInt(n))
      e.expect(.root(x, n), near: fixed.exact(root), "root(\(x), \(n))")
      var angle = fixed.arctangent(fixed.fixed(.quotient(b, a, bits: fixed.working + 8)))
      e.expect(.atan2(y: y, x: x), near: fixed.exact(angle), "atan2(y: \(y), x: \(x))")
      angle = (y.sign == .minus ? -1 : 1) * fixed.piFixed - angle
      e.expect(.atan2(y: y, x: -x), near: fixed.exact(angle), "atan2(y: \(y), x: \(-x))")
    }
  }

  /// The functions of one variable.
  private static var functions: [FunctionCase<Scalar>] {
    exponentials + trigonometry + errorFunctions
  }

  private static var exponentials: [FunctionCase<Scalar>] {
    [
      .init(name: "exp", range: -8...8, function: Scalar.exp) { $0.exp($0.fixed($1)) },
      .init(name: "expMinusOne", range: -0.1...2, function: Scalar.expMinusOne) {
        $0.exp($0.fixed($1)) - $0.one
      },
      .init(name: "exp2", range: -8...8, function: Scalar.exp2) {
        $0.exp($0.multiply($0.fixed($1), $0.log2))
      },
      .init(name: "exp10", range: -3...3, function: Scalar.exp10) {
        $0.exp($0.multiply($0.fixed($1), $0.log(ExactNumber(10))))
      },
      .init(name: "log", range: 0.01...100, function: { Scalar.log($0) }) { $0.log($1) },
      .init(name: "log(onePlus:)", range: -0.3...0.3, function: { Scalar.log(onePlus: $0) }) {
        $0.log(ExactNumber(1) + $1)
      },
      .init(name: "log2", range: 0.01...100, function: Scalar.log2) {
        $0.divide($0.log($1), $0.log2)
      },
      .init(name: "log10", range: 0.01...100, function: Scalar.log10) {
        $0.divide($0.log($1), $0.log(ExactNumber(10)))
      },
      .init(name: "sinh", range: -4...4, function: Scalar.sinh) {
        ($0.exp($0.fixed($1)) - $0.exp(-$0.fixed($1))) / 2
      },
      .init(name: "cosh", range: -4...4, function: Scalar.cosh) {
        ($0.exp($0.fixed($1)) + $0.exp(-$0.fixed($1))) / 2
      },
      .init(name: "tanh", range: -4...4, function: Scalar.tanh) {
        let square = $0.exp(2 * $0.fixed($1))
        return $0.divide(square - $0.one, square + $0.one)
      },
      .init(name: "asinh", range: 0.1...9, function: Scalar.asinh) {
        let x = $0.fixed($1)
        return $0.log($0.exact(x + $0.squareRoot($0.multiply(x, x) + $0.one)))
      },
      .init(name: "acosh", range: 1.1...9, function: Scalar.acosh) {
        let x = $0.fixed($1)
        return $0.log($0.exact(x + $0.squareRoot($0.multiply(x, x) - $0.one)))
      },
      .init(name: "atanh", range: -0.9...0.9, function: Scalar.atanh) {
        let x = $0.fixed($1)
        return $0.log($0.exact($0.divide($0.one + x, $0.one - x))) / 2
      },
    ]
  }

  private static var trigonometry: [FunctionCase<Scalar>] {
    [
      .init(name: "sin", range: -8...8, function: Scalar.sin) {
        $0.sineAndCosine($0.fixed($1)).sine
      },
      .init(name: "cos", range: -8...8, function: Scalar.cos) {
        $0.sineAndCosine($0.fixed($1)).cosine
      },
      .init(name: "tan", range: -8...8, function: Scalar.tan) {
        let (sine, cosine) = $0.sineAndCosine($0.fixed($1))
        return $0.divide(sine, cosine)
      },
      .init(name: "atan", range: -9...9, function: Scalar.atan) { $0.arctangent($0.fixed($1)) },
      .init(name: "asin", range: -0.99...0.99, function: Scalar.asin) {
        let x = $0.fixed($1)
        return $0.arctangent($0.divide(x, $0.squareRoot($0.one - $0.multiply(x, x))))
      },
      .init(name: "acos", range: -0.99...0.9, function: Scalar.acos) {
        let x = $0.fixed($1)
        return $0.piFixed / 2
          - $0.arctangent($0.divide(x, $0.squareRoot($0.one - $0.multiply(x, x))))
      },
    ]
  }

  private static var errorFunctions: [FunctionCase<Scalar>] {
    [
      .init(name: "erf", range: -3...3, function: Scalar.erf) { $0.errorFunction($0.fixed($1)) },
      .init(name: "erfc", range: -2...3, function: Scalar.erfc) {
        $0.one - $0.errorFunction($0.fixed($1))
      },
    ]
  }

  /// A random number of full width in a range, with its value. It is not zero, and the range contains a power of two,
  /// so that every type has numbers there.
  private mutating func argument(
    in range: ClosedRange<Double>
  ) throws(Finding) -> (Scalar, ExactNumber) {
    let places = format.bits + 20
    let lower = BigInt(range.lowerBound * 0x1p20) << format.bits
    let upper = BigInt(range.upperBound * 0x1p20) << format.bits
    var value = ExactNumber.zero
    while value.isZero || value < ExactNumber(lower, exponent: -places)
      || value > ExactNumber(upper, exponent: -places)
    {
      let above = BigUInt.randomInteger(lessThan: (upper - lower).magnitude, using: &generator)
      // Rounding may leave the range.
      value = ExactNumber(lower + BigInt(above), exponent: -places)
        .rounded(toBits: format.bits, quantum: .min)
    }
    return (try number(value), value)
  }

  /// Expects a value within the bound for functions.
  private mutating func expect(
    _ found: Scalar, near exact: ExactNumber, _ operation: @autoclosure () -> String
  ) {
    guard !exact.isZero else { return expect(found == 0, "\(operation()) is 0") }
    let ulp = ExactNumber(1, exponent: exact.leadingExponent - format.bits + 1)
    guard let value = ExactNumber(found, in: format) else {
      return report(operation(), found: "\(found)", expected: "\(exact)")
    }
    let error = value.distance(to: exact)
    guard error > ulp * ExactNumber(BigInt(laws.functionUlps)) else { return }
    // A greater error is no matter of rounding, and would be a long number.
    guard error.leadingExponent - ulp.leadingExponent < format.bits + 64 else {
      return report(operation(), found: text(found), expected: "\(exact)")
    }
    let ulps = ExactNumber.quotient(error, ulp, bits: 8).fixedPoint(0)
    report(
      operation(), found: "\(found), off by \(ulps) units in the last place,",
      expected: "\(laws.functionUlps) at most")
  }

  mutating func checkGamma() {
    let fixed = FixedPoint(bits: format.bits + 64)
    // Γ(n) = (n − 1)!, and Γ(n + ½) = (2n)!/(4ⁿ·n!)·√π.
    var factorial = ExactNumber(1)
    for n in 1...12 {
      let exact = ExactNumber(BigInt(n))
      // In a narrow type, not every integer is a number.
      if exact.leadingExponent - exact.exponent < format.bits {
        expect(.gamma(Scalar(n)), near: factorial, "gamma(\(n))")
        if n > 2 {
          expect(.logGamma(Scalar(n)), near: fixed.exact(fixed.log(factorial)), "logGamma(\(n))")
        }
      }
      factorial = factorial * exact
    }
    let half = fixed.exact(fixed.squareRoot(fixed.piFixed))
    expect(.gamma(Scalar(1) / 2), near: half, "gamma(1/2)")
    expect(.gamma(Scalar(3) / 2), near: half * ExactNumber(1, exponent: -1), "gamma(3/2)")
  }

  // MARK: - Definitions

  mutating func checkModelNumber() {
    let pi = FixedPoint(bits: format.bits + 32).pi
    for k in -10...10 {
      let power = Scalar(sign: .plus, exponent: Scalar.Exponent(k), significand: 1)
      expect(.log2(power), near: ExactNumber(BigInt(k)), "log2(\(power))")
      if k >= 0 {
        let ten = (0..<k).reduce(Scalar(1)) { power, _ in power * 10 }
        if format.bits >= 36 { expect(.log10(ten), near: ExactNumber(BigInt(k)), "log10(\(ten))") }
      }
    }
    let zero = Scalar.zero
    let half = pi * ExactNumber(1, exponent: -1)
    let quarter = pi * ExactNumber(1, exponent: -2)
    expect(.atan2(y: zero, x: 1), is: 0, "atan2(y: 0, x: 1)")
    expect(.atan2(y: 1, x: 0), near: half, "atan2(y: 1, x: 0)")
    expect(.atan2(y: -1, x: 0), near: -half, "atan2(y: -1, x: 0)")
    expect(.atan2(y: zero, x: -1), near: pi, "atan2(y: 0, x: -1)")
    expect(.atan2(y: 1, x: 1), near: quarter, "atan2(y: 1, x: 1)")
    expect(.atan2(y: 1, x: -1), near: half + quarter, "atan2(y: 1, x: -1)")
    expect(.atan2(y: -1, x: -1), near: -(half + quarter), "atan2(y: -1, x: -1)")
    expect(.atan2(y: -1, x: 1), near: -quarter, "atan2(y: -1, x: 1)")
    forEachSample { e throws(Finding) in
      let x = try e.number(exponents: -3...1)
      e.expect(.erf(-x), is: -.erf(x), "erf(\(-x))")
      e.expect(.absoluteValue(x), is: x.magnitude, "absoluteValue(\(x))")
      let (less, more) = (x - x.magnitude, x + x.magnitude)
      e.expect(.lesser(more, less), is: less, "lesser(\(more), \(less))")
      e.expect(.greater(less, more), is: more, "greater(\(less), \(more))")
      e.expect(x.realPart, is: x, "the real part of \(x)")
      e.expect(Scalar(x), is: x, "the constant \(x)")
    }
  }

  mutating func checkSpecialValuesOfFunctions() {
    let (zero, one, infinity, nan) = (Scalar.zero, Scalar(1), Scalar.infinity, Scalar.nan)
    let values: [(String, Scalar, Scalar)] = [
      ("exp(0)", .exp(zero), 1), ("exp(-inf)", .exp(-infinity), 0),
      ("exp(inf)", .exp(infinity), infinity), ("expMinusOne(0)", .expMinusOne(zero), 0),
      ("log(1)", .log(one), 0), ("log(0)", .log(zero), -infinity), ("log(-1)", .log(-one), nan),
      ("log(inf)", .log(infinity), infinity), ("log(onePlus: 0)", .log(onePlus: zero), 0),
      ("sin(0)", .sin(zero), 0), ("cos(0)", .cos(zero), 1), ("tan(0)", .tan(zero), 0),
      ("sin(inf)", .sin(infinity), nan), ("atan(0)", .atan(zero), 0), ("asin(2)", .asin(2), nan),
      ("acos(1)", .acos(one), 0), ("sinh(0)", .sinh(zero), 0), ("cosh(0)", .cosh(zero), 1),
      ("tanh(0)", .tanh(zero), 0), ("tanh(inf)", .tanh(infinity), 1), ("erf(0)", .erf(zero), 0),
      ("erf(inf)", .erf(infinity), 1), ("erfc(inf)", .erfc(infinity), 0),
      ("sqrt(4)", .sqrt(4), 2), ("pow(3, 0)", .pow(3, 0 as Int), 1),
      ("root(-4, 2)", .root(-4, 2), nan),
      ("lesser(1, nan)", .lesser(one, nan), nan), ("lesser(nan, 1)", .lesser(nan, one), nan),
      ("greater(1, nan)", .greater(one, nan), nan), ("greater(nan, 1)", .greater(nan, one), nan),
      ("exp(nan)", .exp(nan), nan), ("log(nan)", .log(nan), nan), ("sin(nan)", .sin(nan), nan),
    ]
    for (name, found, expected) in values { expect(found, is: expected, name) }
    expect(.pow(2, 8 as Scalar), near: ExactNumber(256), "pow(2, 8)")
    expect(.pow(-2, 3 as Int), near: ExactNumber(-8), "pow(-2, 3)")
    expect(.hypot(3, 4), near: ExactNumber(5), "hypot(3, 4)")
    expect(.root(8, 3), near: ExactNumber(2), "root(8, 3)")
    expect(.root(-8, 3), near: ExactNumber(-2), "root(-8, 3)")
    expect(.root(32, -5), near: ExactNumber(1, exponent: -1), "root(32, -5)")
  }
}
