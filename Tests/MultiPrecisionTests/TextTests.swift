import MultiPrecision
import ScalarTesting
import Testing

@Suite("Decimal text")
struct TextTests {
  @Test(
    "What is not a number is nil",
    arguments: [
      "", " ", " 1", "1 ", "1\n", "\t1", "1\0", "\0", "+", "-", ".", "-.", "e5", ".e5", "1e", "1e+",
      "1e-",
      "--1", "+-1", "1..2", "1.2.3", "1e5.0", "1e5e5", "1,5", "1_000", "0x", "0x.", "0x1p",
      "0x1.8p",
      "0xg", "0b101", "1p3", "1f", "1.5d0", "in", "infi", "infinit", "infinityy", "nan(1)", "nan()",
      "@nan@", "@inf@", "nann", "١", "1e٣", "½", "−1",
    ])
  func junk(text: String) {
    #expect(MPFloat256(text) == nil)
    #expect(MPFloat<53, 1>(text) == nil)
  }

  @Test("What Double reads, MPFloat of its width reads alike")
  func againstDouble() {
    let texts = [
      "0", "-0", "+0", "1", "-1", "1.", ".5", "-.5e1", "00012.500", "6.02214076e23", "1E-7", "1e+5",
      "0x1p3", "0X1.8P+3", "0x1.8p-3", "0xf.8p3", "0x.8", "0x1F", "-0xAp1", "inf", "-INF",
      "Infinity",
      "+infinity", "nan", "NaN", "-nan", "4.35", "9007199254740993",
      "123456789012345678901234567890",
      "1.7976931348623157e308", "2.2250738585072014e-308",
    ]
    for text in texts {
      let expected = Double(text)!
      #expect(MPFloat<53, 1>(text).map { same(Double($0), expected) } == true, "\(text)")
    }
  }

  @Test("Exponents of any length neither trap nor wrap")
  func largeExponents() {
    let nines = String(repeating: "9", count: 200)
    #expect(MPFloat256("1e\(nines)") == .infinity && MPFloat256("-1e\(nines)") == -.infinity)
    #expect(MPFloat256("1e-\(nines)") == 0 && MPFloat256("0e\(nines)") == 0)
    #expect(MPFloat256("0x1p\(nines)") == .infinity && MPFloat256("0x1p-\(nines)") == 0)
    #expect(MPFloat256("1e9223372036854775807") == .infinity)
    #expect(MPFloat256("1e-9223372036854775808") == 0)
    for text in ["0.05e-\(nines)", "0.001e-99999999999999999999", "0.01e-9223372036854775808"] {
      #expect(MPFloat256(text) == 0 && (try? MPFloat256(parsing: text, rounded: .towardZero)) == 0)
    }
    #expect(MPFloat256("0.05e\(nines)") == .infinity && MPFloat256("0x0.1p-\(nines)") == 0)
    let zeros = String(repeating: "0", count: 20)
    #expect(MPFloat256("0.05e-\(zeros)3") == 0.00005 && MPFloat256("0.05e+\(zeros)3") == 50)
    #expect(MPFloat256("0x0.1p\(zeros)3") == 0.5)
    #expect(MPFloat256("1e300000000")?.isFinite == true)
    #expect(MPFloat256("1\(String(repeating: "0", count: 500))e-500") == 1)
  }

  @Test("Text is rounded once, to nearest")
  func rounding() {
    // 2⁵³ + 1 lies half way; one digit far behind decides.
    #expect(MPFloat<53, 1>("9007199254740993") == 9_007_199_254_740_992)
    let zeros = String(repeating: "0", count: 100)
    #expect(MPFloat<53, 1>("9007199254740993.\(zeros)1") == 9_007_199_254_740_994)
    let third = MPFloat256("0.\(String(repeating: "3", count: 200))")
    #expect(third == MPFloat256(1) / 3)
  }

  @Test("A value reads back from its description at every width")
  func roundTrip() {
    check(MPFloat<2, 1>.self)
    check(MPFloat<24, 1>.self)
    check(MPFloat<53, 1>.self)
    check(MPFloat<64, 1>.self)
    check(MPFloat<113, 2>.self)
    check(MPFloat128.self)
    check(MPFloat<129, 3>.self)
    check(MPFloat256.self)
    check(MPFloat1024.self)
    check(MPFloat4096.self)
  }

  private func check<T: LSQScalar>(_: T.Type) {
    let seed: UInt64 = 51
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<(T.precisionBits > 1000 ? 10 : 100) {
      let scale: Double = generator.number(exponents: -200...200)
      let x = generator.fraction(T.self) * T("\(scale)")!
      #expect(T(x.description).map { same($0, x) } == true, "\(x), seed \(seed)")
    }
    for x in [
      T.greatestFiniteMagnitude, .leastNormalMagnitude, .leastNonzeroMagnitude, .pi, -T.pi, 0,
      -T.zero, .infinity,
    ] {
      #expect(T(x.description).map { same($0, x) } == true, "\(x)")
    }
    #expect(T(T.nan.description)?.isNaN == true)
  }

  @Test("Descriptions are those of Double and Float at their widths")
  func descriptions() {
    let seed: UInt64 = 52
    var generator = SeededGenerator(seed: seed)
    var values: [Double] = [
      0, -0.0, 1, 12, 0.1, -0.5, 1e-20, 1e15, 1e16, 0x1p53, 0x1p53 + 2, 0.0001, 0.00001, 123456.789,
      5e100,
      .infinity, -.infinity, .nan, 100, 1e22, 1e23,
    ]
    for _ in 0..<500 { values.append(generator.number(exponents: -250...250)) }
    for _ in 0..<500 { values.append(generator.number(exponents: -16...56)) }
    for exponent in -1074...1023 {
      values.append(Double(sign: .plus, exponent: exponent, significand: 1))
    }
    for x in values {
      #expect(MPFloat<53, 1>(x).description == x.description, "seed \(seed)")
      let y = Float(x)
      #expect(MPFloat<24, 1>(y).description == y.description, "seed \(seed)")
    }
    #expect(MPFloat256("0.1")!.description == "0.1")
    #expect(MPFloat256("1e-20")!.description == "1e-20")
    #expect(MPFloat4096("-1.25e1000")!.description == "-1.25e+1000")
    #expect(MPFloat256("0.1")!.debugDescription == "MPFloat<256>(0.1)")
  }

  @Test func `Of a power of two no shorter decimal reads back either`() {
    func check<let bits: Int, let words: Int>(_: MPFloat<bits, words>.Type) {
      for exponent in stride(from: -1000, to: 1000, by: 7) {
        let x = MPFloat<bits, words>(sign: .plus, exponent: exponent, significand: 1)
        let digits = x.description.prefix { $0 != "e" }.filter { $0 != "." }
        let count = digits.drop { $0 == "0" }.count - 1
        guard count > 0, digits.last != "0" else { continue }
        for rule in [FloatingPointRoundingRule.down, .up] {
          let shorter = x.formatted(.scientific(digits: count), rounded: rule)
          #expect(MPFloat<bits, words>(shorter) != x, "\(x)")
        }
      }
    }
    check(MPFloat<64, 1>.self)
    check(MPFloat128.self)
    check(MPFloat256.self)
  }

  @Test("So many significant digits, all of them shown")
  func formatted() {
    let value = MPFloat256("31415.9265")!
    #expect(value.formatted(digits: 3) == "3.14e+04")
    #expect(value.formatted(digits: 5) == "31416")
    #expect(value.formatted(digits: 8) == "31415.927")
    #expect(value.formatted(digits: 12) == "31415.9265000")
    #expect((-value).formatted(digits: 1) == "-3e+04")
    #expect(MPFloat256("0.00012345")!.formatted(digits: 2) == "0.00012")
    #expect(MPFloat256("0.000012345")!.formatted(digits: 2) == "1.2e-05")
    #expect(MPFloat256("9.99")!.formatted(digits: 2) == "10")
    #expect(MPFloat256(0.125).formatted(digits: 2) == "0.12")
    #expect(MPFloat256(0.375).formatted(digits: 2) == "0.38")
    #expect(MPFloat256.nan.formatted(digits: 2) == "nan")
    #expect((-MPFloat256.infinity).formatted(digits: 2) == "-inf")
    #expect(
      (MPFloat256(1) / 3).formatted(digits: 60)
        == "0." + String(repeating: "3", count: 60))
  }
}
