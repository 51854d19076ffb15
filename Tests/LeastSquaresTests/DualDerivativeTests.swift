import LSQScalars
import LeastSquares
import Testing

/// Every function of one number, with points inside its domain.
enum UnaryFunction: String, CaseIterable, Sendable, CustomTestStringConvertible {
  case exp, expMinusOne, log, logOnePlus, log2, log10, sqrt
  case cubeRoot, fourthRoot, cube, reciprocalSquare, realPower, exponential
  case sin, cos, tan, asin, acos, atan, sinh, cosh, tanh, asinh, acosh, atanh
  case erf, erfc, absoluteValue, negative, reciprocal, rational

  var testDescription: String { rawValue }

  func callAsFunction<Number: ModelNumber>(_ x: Number) -> Number {
    switch self {
    case .exp: .exp(x)
    case .expMinusOne: .expMinusOne(x)
    case .log: .log(x)
    case .logOnePlus: .log(onePlus: x)
    case .log2: .log2(x)
    case .log10: .log10(x)
    case .sqrt: .sqrt(x)
    case .cubeRoot: .root(x, 3)
    case .fourthRoot: .root(x, 4)
    case .cube: .pow(x, 3)
    case .reciprocalSquare: .pow(x, -2)
    case .realPower: .pow(x, 5 / 2)
    case .exponential: .pow(3, x)
    case .sin: .sin(x)
    case .cos: .cos(x)
    case .tan: .tan(x)
    case .asin: .asin(x)
    case .acos: .acos(x)
    case .atan: .atan(x)
    case .sinh: .sinh(x)
    case .cosh: .cosh(x)
    case .tanh: .tanh(x)
    case .asinh: .asinh(x)
    case .acosh: .acosh(x)
    case .atanh: .atanh(x)
    case .erf: .erf(x)
    case .erfc: .erfc(x)
    case .absoluteValue: .absoluteValue(x)
    case .negative: -x
    case .reciprocal: 1 / x
    case .rational: (x * x - 2 * x) / (3 + x)
    }
  }

  var points: [Double] {
    switch self {
    case .log, .log2, .log10, .sqrt, .fourthRoot, .realPower: [0.03, 0.7, 1.9, 40]
    case .logOnePlus: [-0.9, -0.01, 0.3, 20]
    case .asin, .acos, .atanh: [-0.8, -0.1, 0.4, 0.95]
    case .acosh: [1.1, 2, 30]
    default: [-2.3, -0.4, 0.1, 1.7]
    }
  }
}

/// Every function of two numbers, with points inside its domain.
enum BinaryFunction: String, CaseIterable, Sendable, CustomTestStringConvertible {
  case sum, difference, product, quotient, power, angle

  var testDescription: String { rawValue }

  func callAsFunction<Number: ModelNumber>(_ x: Number, _ y: Number) -> Number {
    switch self {
    case .sum: x + y
    case .difference: x - y
    case .product: x * y
    case .quotient: x / y
    case .power: .pow(x, y)
    case .angle: .atan2(y: x, x: y)
    }
  }

  var points: [(Double, Double)] {
    let right = [(0.3, 1.7), (2.5, -0.6), (4, 0.2)]
    return self == .power ? right : right + [(-1.2, 3), (-2, -0.7)]
  }
}

#if (arch(i386) || arch(x86_64)) && !os(Windows) && !os(Android)
  /// A central difference, good to about 13 digits where the function is of moderate size.
  private func slope(at x: Double, of f: (Float80) -> Float80) -> Double {
    let step = max(Float80(x).magnitude, 0.01) * 1e-7
    let (above, below) = (Float80(x) + step, Float80(x) - step)
    return Double((f(above) - f(below)) / (above - below))
  }

  private func agree(_ a: Double, _ b: Double) -> Bool {
    (a - b).magnitude <= 1e-10 * max(a.magnitude, b.magnitude)
  }
#endif

@Suite struct DualDerivativeTests {
  typealias D = Dual<Double, 3>

  @Test(arguments: UnaryFunction.allCases)
  func `Values are the bits of the base type`(function: UnaryFunction) {
    for x in function.points {
      #expect(function(D.variable(x, index: 1)).value == function(x))
      #expect(function(D(x)) == D(function(x)))
    }
  }

  @Test(arguments: BinaryFunction.allCases)
  func `Values of two numbers are the bits of the base type`(function: BinaryFunction) {
    for (x, y) in function.points {
      let (u, v) = (D.variable(x, index: 0), D.variable(y, index: 2))
      let expected = function(x, y)
      #expect(function(u, v).value == expected)
      #expect(function(u, D(y)).value == expected)
      #expect(function(D(x), v).value == expected)
      #expect(function(D(x), D(y)) == D(expected))
    }
  }

  #if (arch(i386) || arch(x86_64)) && !os(Windows) && !os(Android)
    @Test(arguments: UnaryFunction.allCases)
    func `Slopes agree with central differences`(function: UnaryFunction) {
      for x in function.points {
        let result = function(3 * D.variable(x / 3, index: 1))
        let expected = 3 * slope(at: x) { function($0) }
        #expect(agree(result.partials[1], expected), "at \(x): \(result), not \(expected)")
        #expect(result.partials[0] == 0 && result.partials[2] == 0)
        #expect(result.active == 0b010)
      }
    }

    @Test(arguments: BinaryFunction.allCases)
    func `Slopes along both operands agree with central differences`(function: BinaryFunction) {
      for (x, y) in function.points {
        let u = D.variable(x, index: 0)
        let v = D.variable(y, index: 2)
        let along = slope(at: x) { function($0, Float80(y)) }
        let across = slope(at: y) { function(Float80(x), $0) }
        let both = function(u, v)
        #expect(agree(both.partials[0], along) && agree(both.partials[2], across), "\(both)")
        #expect(both.partials[1] == 0 && both.active == 0b101)
        #expect(agree(function(u, D(y)).partials[0], along))
        #expect(agree(function(D(x), v).partials[2], across))
        let diagonal = function(2 * u, u + (D(y) - D(x)))
        let expected = slope(at: x) { function(2 * $0, $0 + (Float80(y) - Float80(x))) }
        #expect(agree(diagonal.partials[0], expected), "\(diagonal), not \(expected)")
      }
    }
  #endif

  @Test func `Slopes neither cancel nor overflow where they are representable`() {
    func slope(_ x: Double, _ f: (D) -> D) -> Double { f(.variable(x, index: 0)).partials[0] }
    #expect(slope(-700) { .expMinusOne($0) } == Double.exp(-700))
    #expect(agree(slope(30) { .tanh($0) }, 4 * Double.exp(-60)))
    // −2/√π·exp(−400), whose last digits the rounding of a square would change.
    #expect(slope(20) { .erfc($0) } == -2.1610374743867984e-174)
    #expect(agree(slope(1e200) { .asinh($0) }, 1e-200))
    #expect(agree(slope(1e200) { .acosh($0) }, 1e-200))
    #expect(agree(slope(1e200) { .atan2(y: $0, x: D(1e200)) }, 0.5e-200))
    #expect(agree(slope(1e-200) { .atan2(y: D(1e-200), x: $0) }, -0.5e200))
    func agree(_ a: Double, _ b: Double) -> Bool { (a - b).magnitude <= 1e-12 * b.magnitude }
  }

  @Test func `In-place operators do what the others do`() {
    let (a, b) = (D.variable(3, index: 0), D.variable(-2, index: 1))
    var x = a
    x += b
    #expect(x == a + b)
    x -= a
    #expect(x == a + b - a)
    x *= b
    #expect(x == (a + b - a) * b)
    x /= a
    #expect(x == (a + b - a) * b / a)
    x.negate()
    #expect(x == -((a + b - a) * b / a))
    #expect(x.magnitude == x.realPart.magnitude)
  }

  @Test func `Literals and converted integers are constants`() {
    let x: D = 2.5
    #expect(x == D(2.5) && x.active == 0)
    #expect(D(exactly: 7) == D(7))
    #expect(Dual<Float, 2>(exactly: Int.max) == nil)
    #expect(D.variable(0, index: 0) != 0)
  }
}

@Suite struct NestedDualTests {
  typealias Inner = Dual<Double, 2>
  typealias Second = Dual<Inner, 2>

  /// Both levels differentiate along (x, y).
  private func variables(_ x: Double, _ y: Double) -> (Second, Second) {
    (
      .variable(.variable(x, index: 0), index: 0), .variable(.variable(y, index: 1), index: 1)
    )
  }

  @Test func `Duals of duals have the second derivatives of polynomials exactly`() {
    let (x, y) = variables(3, 2)
    // f = x²y³ + x/y at (3, 2).
    let f = x * x * y * y * y + x / y
    #expect(f.realPart == 72 + 1.5)
    #expect(f.partials[0].value == 48 + 0.5 && f.partials[1].value == 108 - 0.75)
    #expect(f.partials[0].partials[0] == 16)
    #expect(f.partials[0].partials[1] == 72 - 0.25)
    #expect(f.partials[1].partials[0] == 72 - 0.25)
    #expect(f.partials[1].partials[1] == 108 + 0.75)
  }

  @Test(arguments: UnaryFunction.allCases)
  func `Second derivatives are the slopes of slopes`(function: UnaryFunction) {
    for x in function.points {
      let u = Second.variable(.variable(x, index: 0), index: 0)
      let result = function(u)
      let slope = { (t: Double) in function(Dual<Double, 1>.variable(t, index: 0)).partials[0] }
      let step = max(x.magnitude, 0.01) * 1e-5
      let expected = (slope(x + step) - slope(x - step)) / ((x + step) - (x - step))
      let scale = max(expected.magnitude, slope(x).magnitude)
      let second = result.partials[0].partials[0]
      #expect((second - expected).magnitude <= 1e-7 * scale, "at \(x): \(second), not \(expected)")
    }
  }

  @Test func `A second derivative that does not exist is not hidden`() {
    // x^1.5 has a vertical slope of its slope at 0.
    let x = Second.variable(.variable(0, index: 0), index: 0)
    let f = x * .sqrt(x)
    #expect(f.realPart == 0)
    #expect(!f.partials[0].partials[0].isFinite)
  }
}
