import LSQScalars
import MultiPrecision
import Testing

@Suite("Numbers handed on from type to type")
struct TransferTests {
  /// Numbers of a simple congruential generator, the same in every run.
  private struct Draws {
    var state: UInt64 = 20_240_611
    mutating func next(below bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }
  }

  @Test("A short decimal reads as the same number written with more zeros")
  func shortDecimals() {
    var draws = Draws()
    for _ in 0..<400 {
      let whole = draws.next(below: 100_000)
      let part = 1 + draws.next(below: 1_000_000)
      let sign = draws.next(below: 2) == 0 ? "" : "-"
      let exponent = draws.next(below: 20) - 10
      let text = "\(sign)\(whole).\(part)"
      let zeros = String(repeating: "0", count: 30)
      #expect(
        MPFloat<113, 2>("\(text)E\(exponent)") == MPFloat<113, 2>("\(text)\(zeros)E\(exponent)"))
      #expect(MPFloat1024("\(text)E\(exponent)") == MPFloat1024("\(text)\(zeros)E\(exponent)"))
    }
    for text in [
      "999999999999999999", "9999999999999999999", "18446744073709551616", "1e18", "1E+22",
    ] {
      let long = text.lowercased().split(separator: "e")
      let zeros = "." + String(repeating: "0", count: 30)
      let exponent = long.count > 1 ? "e" + long[1] : ""
      #expect(MPFloat256(text) == MPFloat256(long[0] + zeros + exponent), "\(text)")
    }
    #expect(MPFloat256("-0.000")?.sign == .minus)
  }

  @Test(
    "A number handed on is the same in its type and in wider ones, and rounded once in narrower ones"
  )
  func binaryReals() throws {
    var draws = Draws()
    for _ in 0..<200 {
      let x =
        MPFloat256(draws.next(below: 1 << 30) - (1 << 29)) / MPFloat256(1 + draws.next(below: 1000))
      #expect(MPFloat256(rounding: x.binaryReal) == x)
      #expect(MPFloat1024(rounding: x.binaryReal) == MPFloat1024(x))
      #expect(MPFloat<113, 2>(rounding: x.binaryReal) == MPFloat<113, 2>(x))
      let narrow = Double(x)
      #expect(MPFloat256(rounding: narrow.binaryReal) == MPFloat256(narrow))
      #expect(Double(rounding: x.binaryReal) == narrow)
      let tiny = MPFloat256(sign: .plus, exponent: -1060, significand: x)
      #expect(Double(rounding: tiny.binaryReal) == Double(tiny), "a subnormal of \(x)")
      let scaled = MPFloat256(rounding: x.binaryReal.scaled(byPowerOfTwo: 5000))
      #expect(scaled == MPFloat256(sign: .plus, exponent: 5000, significand: x))
    }
    #expect(MPFloat256(rounding: MPFloat256.infinity.binaryReal) == .infinity)
    #expect(MPFloat256(rounding: (-Double.infinity).binaryReal) == -.infinity)
    #expect(Double(rounding: MPFloat256.nan.binaryReal).isNaN)
    #expect(MPFloat256(rounding: (-MPFloat256(0)).binaryReal).sign == .minus)
    #expect(Double(rounding: (-0.0).binaryReal).sign == .minus)
    for x in [0.1, -3, .leastNonzeroMagnitude, .greatestFiniteMagnitude] as [Double] {
      #expect(Double(rounding: x.binaryReal) == x)
      #expect(MPFloat<53, 1>(rounding: x.binaryReal) == MPFloat<53, 1>(x))
      #expect(Float(rounding: x.binaryReal) == Float(x))
    }
  }

  @Test(
    "Numbers between two of a hardware type go to the nearer one, and from the middle to the even one"
  )
  func roundingToHardware() {
    func number(_ words: [UInt64], _ exponent: Int) -> BinaryReal {
      .finite(sign: .minus, words: words, exponent: exponent)
    }
    let even: UInt64 = 1 << 52
    // One bit below the last, and the least thing that makes it more than half.
    #expect(Double(rounding: number([2 * even + 1], -1)) == -Double(even))
    #expect(Double(rounding: number([1, 2 * even + 1], -65)) == -Double(even + 1))
    #expect(Double(rounding: number([2 * even + 3], -1)) == -Double(even + 2))
    #expect(Double(rounding: number([UInt64.max, 2 * even], -65)) == -Double(even))
    #expect(Float(rounding: number([(1 << 25) - 1], 103)) == -.infinity)
    #expect(Float(rounding: number([(1 << 25) - 2], 103)) == -.greatestFiniteMagnitude)
    #expect(Double(rounding: number([1], -1075)) == 0)
    #expect(Double(rounding: number([1, 1], -1139)) == -.leastNonzeroMagnitude)
    #expect(Double(rounding: number([3], -1075)) == -2 * .leastNonzeroMagnitude)
    #expect(Double(rounding: number([1], -5000)).sign == .minus)
  }

  @Test("Many numbers at once are rounded as one by one, from and to every kind of type")
  func roundedTogether() {
    var draws = Draws()
    let wide: [MPFloat256] =
      [.infinity, -.infinity, 0, -MPFloat256(0), 1, MPFloat256("1e-999999")!]
      + (0..<100).map { _ in
        MPFloat256(draws.next(below: 1 << 30) - (1 << 29)) / MPFloat256(1 + draws.next(below: 1000))
      }
    func check<Source: LSQScalar, Target: LSQScalar>(_ numbers: [Source], _: Target.Type) {
      let together = Target.rounded(numbers)
      #expect(together.count == numbers.count)
      for (x, y) in zip(numbers, together) {
        let alone = Target(rounding: x.binaryReal)
        #expect(y == alone && y.sign == alone.sign, "\(x), \(Target.self)")
      }
    }
    check(wide, MPFloat<40, 1>.self)
    check(wide, MPFloat<64, 1>.self)
    check(wide, MPFloat<113, 2>.self)
    check(wide, MPFloat256.self)
    check(wide, MPFloat1024.self)
    check(wide, Double.self)
    check(MPFloat<40, 1>.rounded(wide), MPFloat<113, 2>.self)
    check(wide.map { Double($0) }, MPFloat<24, 1>.self)
    check([Float](), MPFloat256.self)
    #expect(MPFloat1024.rounded([MPFloat256.nan])[0].isNaN)
  }

  @Test("A description has the fewest digits, also where it ends in nines or zeros")
  func shortestDescriptions() {
    for text in ["0.1", "123.456", "1e-300", "0.9999999999999999999999999999", "1e+40", "7.25"] {
      #expect(MPFloat256(text)?.description == text)
      #expect(MPFloat<3584, 56>(text)?.description == text)
    }
    var draws = Draws()
    for _ in 0..<50 {
      let x =
        1 + MPFloat256(1 + draws.next(below: 1 << 30)) / MPFloat256(1 + draws.next(below: 1000))
      let text = x.description
      #expect(MPFloat256(text) == x)
      guard text.utf8.count > 70 else { continue }
      let digits = text.utf8.count - 1
      let shorter = x.formatted(.scientific(digits: digits - 1))
      #expect(MPFloat256(shorter) != x, "\(text)")
    }
  }
}
