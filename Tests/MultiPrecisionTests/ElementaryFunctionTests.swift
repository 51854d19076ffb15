import MultiPrecision
import ScalarTesting
import Testing

/// The functions of one number, with an interval that arguments are drawn from.
enum FunctionUnderTest: String, CaseIterable {
  case exp, expMinusOne, exp2, exp10, log, logOnePlus, log2, log10, sqrt
  case sin, cos, tan, asin, acos, atan, sinh, cosh, tanh, asinh, acosh, atanh
  case erf, erfc, gamma, logGamma, cubeRoot, inverseFifthRoot, seventhPower, power, angle, hypot

  var interval: (lower: Int, upper: Int) {
    switch self {
    case .log, .log2, .log10, .sqrt, .power: (0, 100)
    case .logOnePlus, .asin, .acos, .atanh: (0, 1)
    case .acosh: (1, 40)
    case .gamma, .logGamma: (-20, 20)
    case .erf, .erfc: (-6, 6)
    default: (-20, 20)
    }
  }

  func callAsFunction<T: Real>(_ x: T) -> T {
    switch self {
    case .exp: .exp(x)
    case .expMinusOne: .expMinusOne(x)
    case .exp2: .exp2(x)
    case .exp10: .exp10(x)
    case .log: .log(x)
    case .logOnePlus: .log(onePlus: x)
    case .log2: .log2(x)
    case .log10: .log10(x)
    case .sqrt: .sqrt(x)
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
    case .gamma: .gamma(x)
    case .logGamma: .logGamma(x)
    case .cubeRoot: .root(x, 3)
    case .inverseFifthRoot: .root(x, -5)
    case .seventhPower: .pow(x, 7)
    case .power: .pow(x, x - 30)
    case .angle: .atan2(y: x, x: 2 - x)
    case .hypot: .hypot(x, 3)
    }
  }
}

@Suite("Elementary functions")
struct ElementaryFunctionTests {
  @Test(
    "A result of 4096 bits rounds to the result of 128, 113 and 53 bits",
    arguments: FunctionUnderTest.allCases)
  func correctRounding(function: FunctionUnderTest) {
    let seed: UInt64 = 31
    var generator = SeededGenerator(seed: seed)
    let (lower, upper) = function.interval
    for _ in 0..<12 {
      // Few bits, so that the arguments that are sums are exact at every width.
      let x = Double(Int.random(in: (lower << 30)...(upper << 30), using: &generator)) * 0x1p-30
      let wide = function(MPFloat4096(x))
      #expect(same(function(MPFloat128(x)), MPFloat128(wide)), "\(function) \(x), seed \(seed)")
      #expect(
        same(function(MPFloat<113, 2>(x)), MPFloat<113, 2>(wide)), "\(function) \(x), seed \(seed)")
      #expect(
        same(function(MPFloat<53, 1>(x)), MPFloat<53, 1>(wide)), "\(function) \(x), seed \(seed)")
      #expect(wide.isNaN == function(x).isNaN, "\(function) \(x), seed \(seed)")
    }
  }

  @Test("The functions agree with the system's in Double", arguments: FunctionUnderTest.allCases)
  func againstTheSystem(function: FunctionUnderTest) {
    let seed: UInt64 = 32
    var generator = SeededGenerator(seed: seed)
    let (lower, upper) = function.interval
    for _ in 0..<200 {
      let x = Double(Int.random(in: (lower << 30)...(upper << 30), using: &generator)) * 0x1p-30
      let found = Double(function(MPFloat<53, 1>(x)))
      let expected = function(x)
      #expect(
        same(found, expected) || (found - expected).magnitude <= 64 * expected.ulp,
        "\(function) \(x): \(found), the system's is \(expected), seed \(seed)")
    }
  }

  @Test("Constants to 100 digits")
  func constants() {
    let known: [(MPFloat384, String)] = [
      (
        .pi,
        "3.14159265358979323846264338327950288419716939937510"
          + "58209749445923078164062862089986280348253421170679"
      ),
      (
        .exp(1),
        "2.71828182845904523536028747135266249775724709369995"
          + "95749669676277240766303535475945713821785251664274"
      ),
      (
        .sqrt(2),
        "1.41421356237309504880168872420969807856967187537694"
          + "80731766797379907324784621070388503875343276415727"
      ),
      (
        .log(2),
        "0.69314718055994530941723212145817656807550013436025"
          + "52541206800094933936219696947156058633269964186875"
      ),
    ]
    for (value, digits) in known {
      let error = (value - MPFloat384(digits)!).magnitude
      #expect(error <= MPFloat384("1e-100")!, "\(digits)")
    }
  }

  @Test("Edges that swift-numerics and IEEE 754 define")
  func edges() {
    typealias T = MPFloat256
    #expect(T.pow(-2, T(3)).isNaN && T.pow(-2, 3) == -8)
    #expect(T.pow(0, T(0)).isNaN && T.pow(T(0), 0 as Int) == 1)
    #expect(T.pow(.infinity, T(0)).isNaN && T.pow(1, T.infinity).isNaN)
    #expect(T.pow(0, T(-1)) == .infinity && T.pow(-T.zero, T(-3)) == .infinity)
    #expect(same(T.pow(-T.zero, T(3)), 0) && same(T.pow(-T.zero, 3), -T.zero))
    #expect(T.pow(2, T.nan).isNaN && T.pow(.nan, T(0)).isNaN && T.pow(T.nan, 0 as Int) == 1)
    #expect(T.root(-27, 3) == -3 && T.root(-16, 4).isNaN && T.root(8, -3) == 0.5)
    #expect(T.root(5, 0).isNaN && T.root(0, 2) == 0 && T.root(0, -2) == .infinity)
    #expect(T.root(-32, -5) == -0.5 && T.pow(2, Int.min) == 0 && T.pow(2, Int.max) == .infinity)
    #expect(T.log(0) == -.infinity && T.log(-1).isNaN && T.log(onePlus: -1) == -.infinity)
    #expect(T.exp(.infinity) == .infinity && T.exp(-.infinity) == 0 && T.sin(.infinity).isNaN)
    #expect(T.gamma(5) == 24 && T.gamma(-3).isNaN && T.logGamma(-3) == .infinity)
    #expect(T.signGamma(-0.5) == .minus && T.signGamma(-1.5) == .plus && T.signGamma(3) == .plus)
    #expect(same(T.atan2(y: -T.zero, x: -1), -T.atan2(y: 0, x: -1)))
    #expect(T.atan2(y: 1, x: 0) == .pi / 2 || T.atan2(y: 1, x: 0) == (T.pi / 2).nextUp)
    #expect(T.sqrt(-1).isNaN && T.acosh(0).isNaN && T.atanh(1) == .infinity)
    #expect(T.hypot(.infinity, .nan) == .infinity && T.hypot(3, 4) == 5)
    #expect(T(4).reciprocal == 0.25 && T(0).reciprocal == .infinity)
  }
}
