import Foundation
import MultiPrecision
import ScalarTesting
import Testing

/// An `MPFloat` as wide as a built-in type returns its bits, whether or not something overflows or
/// becomes subnormal.
@Suite("Against the built-in types")
struct HardwareTests {
  /// How to go from a built-in type to the `MPFloat` of its width and back.
  struct Pair<H: LSQScalar & BinaryFloatingPoint, M: LSQScalar>: Sendable {
    var raise: @Sendable (H) -> M
    var lower: @Sendable (M) -> H
    var exponents: ClosedRange<Int>
  }

  static let float = Pair<Float, MPFloat<24, 1>>(
    raise: { .init($0) }, lower: { .init($0) }, exponents: -149...127)
  static let double = Pair<Double, MPFloat<53, 1>>(
    raise: { .init($0) }, lower: { .init($0) }, exponents: -1074...1023)

  @Test("Float") func floats() { check(Self.float, seed: 1) }

  @Test("Double") func doubles() { check(Self.double, seed: 2) }

  #if (arch(i386) || arch(x86_64)) && !os(Windows) && !os(Android)
    static let float80 = Pair<Float80, MPFloat<64, 1>>(
      raise: { .init($0) }, lower: { .init($0) }, exponents: -16445...16383)

    @Test("Float80") func float80s() { check(Self.float80, seed: 3) }
  #endif

  /// 400,000 triples of operands, 2.4 million results, or as many as the environment asks for.
  static let tripleCount =
    ProcessInfo.processInfo.environment["DOUBLE_TRIPLES"].flatMap { Int($0) } ?? 400_000

  @Test("+ − × ÷ √ and fma are those of Double for every kind of operand, by the million")
  func doublesByTheMillion() {
    typealias M = MPFloat<53, 1>
    let seed: UInt64 = 4
    var generator = SeededGenerator(seed: seed)
    func bits(_ x: Double) -> UInt64 { x.isNaN ? .max : x.bitPattern }
    var wrong = 0
    for i in 0..<Self.tripleCount {
      var (x, y, z) = (
        Double(bitPattern: generator.next()), Double(bitPattern: generator.next()),
        Double(bitPattern: generator.next())
      )
      switch i % 4 {
      case 0: break  // Any bits: far apart, now and then infinite or NaN.
      case 1:  // Both ends of the range, subnormal numbers among them.
        x = Double(bitPattern: x.bitPattern & 0x801F_FFFF_FFFF_FFFF)
        y = Double(bitPattern: y.bitPattern & 0xBFFF_FFFF_FFFF_FFFF | 0x3FE0_0000_0000_0000)
        z = Double(bitPattern: z.bitPattern & 0x800F_FFFF_FFFF_FFFF)
      case 2:  // Near to one another, so that sums cancel and carry.
        y = Double(bitPattern: x.bitPattern ^ generator.next() & 0x803F_0000_0000_FFFF)
        z = -(x * y)
      default:  // Few bits, so that results are exact or ties; products near the greatest number.
        x = Double(bitPattern: x.bitPattern & 0xFFFF_FF00_0000_0000)
        y = Double(
          sign: y.sign, exponent: 1023 - Int(x.isNormal ? x.exponent : 0), significand: 1.5)
        z = Double(bitPattern: x.bitPattern ^ 0x0350_0000_0000_0001)
      }
      let (a, b, c) = (M(x), M(y), M(z))
      if bits(Double(a + b)) != bits(x + y) || bits(Double(a - b)) != bits(x - y)
        || bits(Double(a * b)) != bits(x * y) || bits(Double(a / b)) != bits(x / y)
        || bits(Double(a.magnitude.squareRoot())) != bits(x.magnitude.squareRoot())
        || bits(Double(c.addingProduct(a, b))) != bits(z.addingProduct(x, y))
        || (a < b) != (x < y) || (a == b) != (x == y)
      {
        wrong += 1
        if wrong < 20 { Issue.record("\(x), \(y), \(z), seed \(seed)") }
      }
    }
    #expect(wrong == 0)
  }

  private func check<H, M>(_ pair: Pair<H, M>, seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<40_000 {
      let x: H = generator.number(exponents: pair.exponents)
      let nearby =
        max(
          pair.exponents.lowerBound, Int(x.exponent) - H.significandBitCount - 3)...min(
          pair.exponents.upperBound, Int(x.exponent) + H.significandBitCount + 3)
      let y: H = generator.number(
        exponents: Bool.random(using: &generator) ? nearby : pair.exponents)
      let z: H = generator.number(exponents: pair.exponents)
      let (a, b, c) = (pair.raise(x), pair.raise(y), pair.raise(z))
      let rule = [
        FloatingPointRoundingRule.up, .down, .towardZero, .awayFromZero, .toNearestOrEven,
        .toNearestOrAwayFromZero,
      ].randomElement(using: &generator)!
      let results: [(String, H, M)] = [
        ("there and back", x, a), ("+", x + y, a + b), ("-", x - y, a - b), ("*", x * y, a * b),
        ("/", x / y, a / b), ("sqrt", x.magnitude.squareRoot(), a.magnitude.squareRoot()),
        ("fma", z.addingProduct(x, y), c.addingProduct(a, b)),
        ("remainder", x.remainder(dividingBy: y), a.remainder(dividingBy: b)),
        (
          "truncating remainder", x.truncatingRemainder(dividingBy: y),
          a.truncatingRemainder(dividingBy: b)
        ),
        ("\(rule)", x.rounded(rule), a.rounded(rule)), ("nextUp", x.nextUp, a.nextUp),
        ("nextDown", x.nextDown, a.nextDown), ("ulp", x.ulp, a.ulp),
        ("significand", x.significand, a.significand), ("negated", -x, -a),
        ("magnitude", x.magnitude, a.magnitude),
        ("least", x + .leastNonzeroMagnitude, a + .leastNonzeroMagnitude),
        ("greatest", x * .greatestFiniteMagnitude, a * .greatestFiniteMagnitude),
        ("normal", x / .leastNormalMagnitude, a / .leastNormalMagnitude),
      ]
      for (name, expected, found) in results {
        #expect(same(pair.lower(found), expected), "\(name) of \(x), \(y), \(z), seed \(seed)")
      }
      #expect(Int(a.exponent) == Int(x.exponent), "exponent of \(x), seed \(seed)")
      #expect(a.floatingPointClass == x.floatingPointClass, "class of \(x), seed \(seed)")
      #expect((a < b) == (x < y) && (a <= b) == (x <= y) && (a == b) == (x == y))
      #expect((a > b) == (x > y) && (a >= b) == (x >= y))
    }
  }

  @Test("Special values combine as IEEE 754 has it")
  func specialValues() {
    let pair = Self.double
    let values = [0, -0.0, 1, -1, 2.5, -2.5, .infinity, -.infinity, .nan]
    for x in values {
      let a = pair.raise(x)
      #expect(same(pair.lower(a), x))
      #expect(a.floatingPointClass == x.floatingPointClass)
      #expect(same(pair.lower(a.squareRoot()), x.squareRoot()), "sqrt \(x)")
      #expect(same(pair.lower(a.ulp), x.ulp) || x == 0, "ulp \(x)")
      #expect(same(pair.lower(a.significand), x.significand), "significand \(x)")
      #expect(a.exponent == x.exponent, "exponent \(x)")
      #expect(same(pair.lower(a.rounded()), x.rounded()), "rounded \(x)")
      for y in values {
        let b = pair.raise(y)
        #expect(same(pair.lower(a + b), x + y), "\(x) + \(y)")
        #expect(same(pair.lower(a - b), x - y), "\(x) - \(y)")
        #expect(same(pair.lower(a * b), x * y), "\(x) * \(y)")
        #expect(same(pair.lower(a / b), x / y), "\(x) / \(y)")
        #expect(
          same(pair.lower(a.remainder(dividingBy: b)), x.remainder(dividingBy: y)), "\(x) rem \(y)")
        #expect(
          same(
            pair.lower(a.truncatingRemainder(dividingBy: b)), x.truncatingRemainder(dividingBy: y)),
          "\(x) fmod \(y)")
        #expect((a == b) == (x == y) && (a < b) == (x < y) && (a <= b) == (x <= y))
        #expect(
          a.isTotallyOrdered(belowOrEqualTo: b) == x.isTotallyOrdered(belowOrEqualTo: y),
          "\(x) before \(y)")
        #expect(same(pair.lower(.minimum(a, b)), .minimum(x, y)), "minimum of \(x) and \(y)")
        #expect(
          same(pair.lower(.init(signOf: a, magnitudeOf: b)), .init(signOf: x, magnitudeOf: y)))
      }
    }
  }
}
