import MultiPrecision
import RealModule
import ScalarTesting
import Testing

@Suite("Any rounding rule on request")
struct RoundingTests {
  static let rules: [FloatingPointRoundingRule] = [
    .toNearestOrEven, .toNearestOrAwayFromZero, .up, .down, .towardZero, .awayFromZero,
  ]

  typealias Function<T> = (T, FloatingPointRoundingRule) -> T

  /// Every function of one number, with what it makes of the default rule.
  static func functions<let b: Int, let w: Int>(
    _: MPFloat<b, w>.Type
  ) -> [(name: String, rounded: Function<MPFloat<b, w>>, nearest: (MPFloat<b, w>) -> MPFloat<b, w>)]
  {
    typealias T = MPFloat<b, w>
    return [
      ("exp", { .exp($0, rounded: $1) }, { .exp($0) }),
      ("expMinusOne", { .expMinusOne($0, rounded: $1) }, { .expMinusOne($0) }),
      ("cosh", { .cosh($0, rounded: $1) }, { .cosh($0) }),
      ("sinh", { .sinh($0, rounded: $1) }, { .sinh($0) }),
      ("tanh", { .tanh($0, rounded: $1) }, { .tanh($0) }),
      ("cos", { .cos($0, rounded: $1) }, { .cos($0) }),
      ("cosMinusOne", { .cosMinusOne($0, rounded: $1) }, { .cosMinusOne($0) }),
      ("sin", { .sin($0, rounded: $1) }, { .sin($0) }),
      ("tan", { .tan($0, rounded: $1) }, { .tan($0) }),
      ("log", { .log($0.magnitude, rounded: $1) }, { .log($0.magnitude) }),
      ("log1p", { .log(onePlus: $0.magnitude, rounded: $1) }, { .log(onePlus: $0.magnitude) }),
      ("acosh", { .acosh($0.magnitude + 1, rounded: $1) }, { .acosh($0.magnitude + 1) }),
      ("asinh", { .asinh($0, rounded: $1) }, { .asinh($0) }),
      ("atanh", { .atanh($0 / 32, rounded: $1) }, { .atanh($0 / 32) }),
      ("acos", { .acos($0 / 32, rounded: $1) }, { .acos($0 / 32) }),
      ("asin", { .asin($0 / 32, rounded: $1) }, { .asin($0 / 32) }),
      ("atan", { .atan($0, rounded: $1) }, { .atan($0) }),
      ("erf", { .erf($0 / 8, rounded: $1) }, { .erf($0 / 8) }),
      ("erfc", { .erfc($0 / 8, rounded: $1) }, { .erfc($0 / 8) }),
      ("exp2", { .exp2($0, rounded: $1) }, { .exp2($0) }),
      ("exp10", { .exp10($0, rounded: $1) }, { .exp10($0) }),
      ("log2", { .log2($0.magnitude, rounded: $1) }, { .log2($0.magnitude) }),
      ("log10", { .log10($0.magnitude, rounded: $1) }, { .log10($0.magnitude) }),
      ("gamma", { .gamma($0, rounded: $1) }, { .gamma($0) }),
      ("logGamma", { .logGamma($0, rounded: $1) }, { .logGamma($0) }),
      ("sqrt", { .sqrt($0.magnitude, rounded: $1) }, { $0.magnitude.squareRoot() }),
      ("root", { .root($0, 3, rounded: $1) }, { .root($0, 3) }),
      ("power", { .pow($0, 5, rounded: $1) }, { .pow($0, 5) }),
      ("pow", { .pow(3, $0, rounded: $1) }, { .pow(3, $0) }),
      ("atan2", { .atan2(y: $0, x: -3, rounded: $1) }, { .atan2(y: $0, x: -3) }),
      ("hypot", { .hypot($0, 3, rounded: $1) }, { .hypot($0, 3) }),
      ("+", { $0.adding(1 / T(64), rounded: $1) }, { $0 + 1 / T(64) }),
      ("-", { T(7).subtracting($0, rounded: $1) }, { 7 - $0 }),
      ("*", { $0.multiplied(by: $0, rounded: $1) }, { $0 * $0 }),
      ("/", { $0.divided(by: 7, rounded: $1) }, { $0 / 7 }),
      ("fma", { T(1).addingProduct($0, $0, rounded: $1) }, { T(1).addingProduct($0, $0) }),
      ("digamma", { .digamma($0, rounded: $1) }, { .digamma($0) }),
      ("zeta", { .zeta($0, rounded: $1) }, { .zeta($0) }),
      ("Ei", { .exponentialIntegral($0, rounded: $1) }, { .exponentialIntegral($0) }),
      ("dilogarithm", { .dilogarithm($0, rounded: $1) }, { .dilogarithm($0) }),
      ("airy", { .airy($0, rounded: $1) }, { .airy($0) }),
      ("J0", { .besselJ0($0, rounded: $1) }, { .besselJ0($0) }),
      ("J1", { .besselJ1($0, rounded: $1) }, { .besselJ1($0) }),
      ("J5", { .besselJn(5, $0, rounded: $1) }, { .besselJn(5, $0) }),
      ("Y0", { .besselY0($0.magnitude, rounded: $1) }, { .besselY0($0.magnitude) }),
      ("Y1", { .besselY1($0.magnitude, rounded: $1) }, { .besselY1($0.magnitude) }),
      ("Y4", { .besselYn(4, $0.magnitude, rounded: $1) }, { .besselYn(4, $0.magnitude) }),
      ("agm", { .agm($0.magnitude, 2, rounded: $1) }, { .agm($0.magnitude, 2) }),
      ("sinPi", { .sinPi($0, rounded: $1) }, { .sinPi($0) }),
      ("cosPi", { .cosPi($0, rounded: $1) }, { .cosPi($0) }),
      ("tanPi", { .tanPi($0, rounded: $1) }, { .tanPi($0) }),
      ("pi", { _, rule in .pi(rounded: rule) }, { _ in .pi(rounded: .toNearestOrEven) }),
      ("ln2", { _, rule in .ln2(rounded: rule) }, { _ in .ln2 }),
      ("eulerGamma", { _, rule in .eulerGamma(rounded: rule) }, { _ in .eulerGamma }),
      ("catalan", { _, rule in .catalan(rounded: rule) }, { _ in .catalan }),
    ]
  }

  @Test(
    "Every function at 128 bits is its result of 1024 bits, rounded by the rule", arguments: 0..<55)
  func againstWider(index: Int) {
    let narrow = Self.functions(MPFloat128.self)[index]
    let wide = Self.functions(MPFloat1024.self)[index]
    let seed: UInt64 = 81
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<8 {
      let x = Double(Int.random(in: (-20 << 20)...(20 << 20), using: &generator)) * 0x1p-20
      let expected = wide.nearest(MPFloat1024(x))
      for rule in Self.rules {
        #expect(
          same(narrow.rounded(MPFloat128(x), rule), MPFloat128(expected, rounded: rule)),
          "\(narrow.name) \(x) \(rule), seed \(seed)")
      }
      #expect(
        same(narrow.nearest(MPFloat128(x)), narrow.rounded(MPFloat128(x), .toNearestOrEven)),
        "\(narrow.name) \(x), seed \(seed)")
    }
  }

  @Test("The list of functions is tested to its end")
  func count() { #expect(Self.functions(MPFloat128.self).count == 55) }

  @Test("cos x − 1 is that of twelve times as many bits, also where x is tiny", arguments: rules)
  func cosMinusOne(rule: FloatingPointRoundingRule) {
    typealias Number = MPFloat128
    typealias Wide = MPFloat<1536, 24>
    let seed: UInt64 = 5
    var generator = SeededGenerator(seed: seed)
    for power in [-600, -200, -131, -130, -129, -100, -66, -65, -64, -20, -3, 0, 2, 40] {
      for _ in 0..<20 {
        let significand = Number(Int.random(in: (1 << 40)..<(1 << 41), using: &generator))
        let x = Number(sign: .minus, exponent: power - 40, significand: significand / 3)
        for x in [x, Number(sign: .plus, exponent: power, significand: 1)] {
          let wide = Wide(x)
          let half = Wide.sin(wide / 2)
          // No 128 bits of it come near the end of 1536 where x is not tiny; where it is, 2·sin² may round to x²/2.
          let value = power < -300 ? (wide * wide / 2).nextDown : 2 * half * half
          #expect(
            same(Number.cosMinusOne(x, rounded: rule), Number(-value, rounded: rule)),
            "\(x), seed \(seed)")
        }
      }
    }
    #expect(Number.cosMinusOne(.infinity, rounded: rule).isNaN)
    #expect(same(Number.cosMinusOne(0, rounded: rule), -0.0))
    let least = Number.leastNormalMagnitude
    let isAway = rule == .down || rule == .awayFromZero
    #expect(same(Number.cosMinusOne(least, rounded: rule), isAway ? -least : -0.0))
  }

  /// x in units of the last place of a hardware format, as an integer by `rule`, put together again.
  private func reference(_ x: MPFloat1024, _ rule: FloatingPointRoundingRule) -> Double {
    guard !x.isZero else { return Double(x) }
    let place = max(x.exponent, -1022) - 52
    // No conversion to Double is inexact here, so the library's own rounding is not asked.
    let units = (x * .exp2(MPFloat1024(-place))).rounded(rule)
    let result = units * .exp2(MPFloat1024(place))
    let greatest = MPFloat1024(Double.greatestFiniteMagnitude)
    guard result.magnitude > greatest else { return Double(result) }
    let truncates =
      switch rule {
      case .towardZero: true
      case .up: x < 0
      case .down: x > 0
      default: false
      }
    return (x < 0 ? -1 : 1) * (truncates ? Double.greatestFiniteMagnitude : .infinity)
  }

  @Test("Hardware widths round by the rule at the ends of their range too", arguments: rules)
  func endsOfTheRange(rule: FloatingPointRoundingRule) {
    typealias T = MPFloat<53, 1>
    let seed: UInt64 = 82
    var generator = SeededGenerator(seed: seed)
    for i in 0..<3000 {
      let exponents = [-540...(-500), 505...515, -20...20][i % 3]
      let (x, y): (Double, Double) = (
        generator.number(exponents: exponents), generator.number(exponents: exponents)
      )
      let exact = MPFloat1024(x) * MPFloat1024(y)
      let expected = reference(exact, rule)
      let found = Double(T(x).multiplied(by: T(y), rounded: rule))
      #expect(same(found, expected), "\(x)·\(y) \(rule), seed \(seed)")
      #expect(same(Double(exact, rounded: rule), expected), "\(exact) \(rule), seed \(seed)")
    }
    for (x, y): (Double, Double) in [
      (.leastNonzeroMagnitude, 0.5), (.leastNonzeroMagnitude, 0.25), (.leastNonzeroMagnitude, 0.75),
      (-.leastNonzeroMagnitude, 0.5), (.greatestFiniteMagnitude, 2), (-.greatestFiniteMagnitude, 2),
      (.leastNormalMagnitude, 0.5.nextUp), (.leastNonzeroMagnitude, .leastNonzeroMagnitude),
    ] {
      let exact = MPFloat1024(x) * MPFloat1024(y)
      #expect(
        same(Double(T(x).multiplied(by: T(y), rounded: rule)), reference(exact, rule)),
        "\(x)·\(y) \(rule)")
    }
  }

  @Test("Ties move away from zero where asked, at the ends of MPFR's range too")
  func ties() {
    let tie = MPFloat256(1) + .ulpOfOne
    let half = MPFloat256(0.5)
    let one = MPFloat128(1)
    #expect(MPFloat<2, 1>(1.25 as MPFloat256, rounded: .toNearestOrAwayFromZero) == 1.5)
    #expect(MPFloat<2, 1>(1.25 as MPFloat256, rounded: .toNearestOrEven) == 1)
    #expect(MPFloat<2, 1>(-1.25 as MPFloat256, rounded: .toNearestOrAwayFromZero) == -1.5)
    #expect(tie.adding(-tie, rounded: .down).sign == .minus && (tie - tie).sign == .plus)
    #expect(one.adding(MPFloat128.ulpOfOne / 2, rounded: .toNearestOrAwayFromZero) == one.nextUp)
    let least = MPFloat256.leastNonzeroMagnitude
    for sign: MPFloat256 in [1, -1] {
      let x = sign * least
      #expect(same(x.multiplied(by: half, rounded: .toNearestOrAwayFromZero), x))
      #expect(same(x.multiplied(by: half, rounded: .toNearestOrEven), sign * 0))
      #expect(same(x.multiplied(by: half.nextDown, rounded: .toNearestOrAwayFromZero), sign * 0))
      #expect(same(x.multiplied(by: half, rounded: .awayFromZero), x))
      #expect(same(x.multiplied(by: half, rounded: .towardZero), sign * 0))
    }
    let greatest = MPFloat256.greatestFiniteMagnitude
    #expect(greatest.multiplied(by: 2, rounded: .towardZero) == greatest)
    #expect(greatest.multiplied(by: 2, rounded: .toNearestOrAwayFromZero) == .infinity)
    #expect(greatest.adding(greatest.ulp / 4, rounded: .toNearestOrAwayFromZero) == greatest)
    #expect(greatest.adding(greatest.ulp / 2, rounded: .toNearestOrAwayFromZero) == .infinity)
    #expect((-greatest).adding(-1, rounded: .up) == -greatest)
    #expect((-greatest).adding(-1, rounded: .down) == -.infinity)
  }

  @Test("Text, integers and built-in numbers by the rule")
  func conversions() throws {
    let tenth = MPFloat4096("0.1")!
    for rule in Self.rules {
      #expect(try MPFloat128(parsing: "0.1", rounded: rule) == MPFloat128(tenth, rounded: rule))
      #expect(
        MPFloat<24, 1>(0x1p53 + 2, rounded: rule)
          == MPFloat<24, 1>(MPFloat128(0x1p53 + 2), rounded: rule))
      #expect(
        MPFloat<53, 1>(UInt64.max, rounded: rule)
          == MPFloat<53, 1>(MPFloat128(UInt64.max), rounded: rule))
    }
    #expect(Double(MPFloat256(1) / 3, rounded: .up) == (1.0 / 3).nextUp)
    #expect(Double(MPFloat256(1) / 3, rounded: .down) == 1.0 / 3)
    #expect(Float(MPFloat256("1e39")!, rounded: .down) == .greatestFiniteMagnitude)
  }
}
