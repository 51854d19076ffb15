import MultiPrecision
import ScalarTesting
import Testing

@Suite("Text: errors, formats, long numbers")
struct FormattingTests {
  @Test(
    "Junk is thrown with its place",
    arguments: [
      ("", 0, nil), (" 1", 0, " "), ("1 ", 1, " "), ("-", 1, nil), ("1.2.3", 3, "."),
      ("1e", 2, nil),
      ("1e+x", 3, "x"), ("0xg", 2, "g"), ("0x1.8p", 6, nil), ("infi", 4, nil), ("inx", 2, "x"),
      ("nan(1)", 3, "("), ("1f", 1, "f"), ("12½", 2, "½"), ("−1", 0, "−"), ("1\u{0}", 1, "\u{0}"),
      ("+-1", 1, "-"), ("infinity1", 8, "1"),
    ] as [(String, Int, Unicode.Scalar?)])
  func junk(text: String, offset: Int, unexpected: Unicode.Scalar?) {
    let error = #expect(throws: NumberTextError.self) { try MPFloat256(parsing: text) }
    #expect(error?.utf8Offset == offset && error?.unexpected == unexpected && error?.text == text)
    #expect(MPFloat256(text) == nil)
  }

  @Test("An error says what stands where, and what should")
  func messages() {
    func message(_ text: String) -> String? {
      do throws(NumberTextError) {
        _ = try MPFloat256(parsing: text)
        return nil
      } catch { return error.description }
    }
    #expect(
      message("1.2x5")
        == "“1.2x5” is not a number: “x” stands at position 4, where the number should end.")
    #expect(
      message("1e") == "“1e” is not a number: the text ends at position 3, where a digit should be."
    )
    #expect(message(String(repeating: "1", count: 1000) + "z")!.contains("position 1001"))
    #expect(message(String(repeating: "1", count: 1000) + "z")!.count < 150)
  }

  @Test("Fixed, scientific, significant, shortest")
  func formats() {
    let x = MPFloat256("1234.5678")!
    #expect(x.formatted(.fixed(fractionDigits: 2)) == "1234.57")
    #expect(x.formatted(.fixed(fractionDigits: 0)) == "1235")
    #expect(x.formatted(.fixed(fractionDigits: 6)) == "1234.567800")
    #expect((-x).formatted(.scientific(digits: 3)) == "-1.23e+03")
    #expect(x.formatted(.scientific(digits: 1)) == "1e+03")
    #expect(x.formatted(digits: 6) == "1234.57" && x.formatted() == "1234.5678")
    #expect(MPFloat256("9.995")!.formatted(.fixed(fractionDigits: 1)) == "10.0")
    #expect(MPFloat256("0.05")!.formatted(.fixed(fractionDigits: 1)) == "0.1")
    #expect(MPFloat256("0.04")!.formatted(.fixed(fractionDigits: 1)) == "0.0")
    #expect(MPFloat256("0.96")!.formatted(.fixed(fractionDigits: 1)) == "1.0")
    #expect(MPFloat256("0.0004")!.formatted(.fixed(fractionDigits: 2)) == "0.00")
    #expect(MPFloat256(0.5).formatted(.fixed(fractionDigits: 0)) == "0")
    #expect(MPFloat256(1.5).formatted(.fixed(fractionDigits: 0)) == "2")
    #expect(MPFloat256(0.5).nextUp.formatted(.fixed(fractionDigits: 0)) == "1")
    #expect(MPFloat256(0).formatted(.fixed(fractionDigits: 2)) == "0.00")
    #expect((-MPFloat256.zero).formatted(.fixed(fractionDigits: 0)) == "-0")
    #expect(MPFloat256(0).formatted(.scientific(digits: 3)) == "0.00e+00")
    #expect(
      MPFloat256.exp10(25).formatted(.fixed(fractionDigits: 1)) == "10000000000000000000000000.0")
    #expect(MPFloat256.infinity.formatted(.fixed(fractionDigits: 2)) == "inf")
    #expect(MPFloat256(6).formatted(.hexadecimal) == "0x1.8p+2")
    #expect((-MPFloat256(1)).formatted(.hexadecimal) == "-0x1p+0")
    #expect(MPFloat256(0.1 as Double).formatted(.hexadecimal) == "0x1.999999999999ap-4")
    #expect("\(MPFloat128(1) / 4)" == "0.25" && String(describing: MPFloat128(2)) == "2.0")
  }

  @Test("Hexadecimal text is exact, and fixed text agrees with Double's digits")
  func roundTrips() throws {
    let seed: UInt64 = 56
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<500 {
      let x: MPFloat192 = generator.fraction() - 0.5
      #expect(try MPFloat192(parsing: x.formatted(.hexadecimal)) == x, "seed \(seed)")
      #expect(try MPFloat1024(parsing: x.formatted(.hexadecimal)) == MPFloat1024(x), "seed \(seed)")
      // The text is within half of the last place, and no nearer text has as many digits.
      for places in [0, 1, 5, 40] {
        let text = x.formatted(.fixed(fractionDigits: places))
        let error = (MPFloat1024(text)! - MPFloat1024(x)).magnitude
        #expect(error * .pow(10, places) <= 0.5 + MPFloat1024("1e-200")!, "\(text), seed \(seed)")
        #expect(text.utf8.count == (x < 0 ? 1 : 0) + 1 + (places > 0 ? 1 + places : 0), "\(text)")
      }
    }
    let minute = MPFloat<53, 1>(Double.leastNonzeroMagnitude)
    #expect(minute.formatted(.hexadecimal) == "0x1p-1074")
  }

  @Test("Texts of 100,000 digits are read and written, rounded once")
  func longTexts() {
    typealias Wide = MPFloat<73728, 1152>
    let count = 100_000
    // A tie that a digit in the hundred-thousandth place decides.
    let zeros = String(repeating: "0", count: count - 40)
    let tie = "340282366920938463463374607431768211457"  // 2¹²⁸ + 1
    #expect(MPFloat128("\(tie).\(zeros)") == .exp2(128))
    #expect(MPFloat128("\(tie).\(zeros)1") == MPFloat128.exp2(128).nextUp)
    let third = "0." + String(repeating: "3", count: count)
    #expect(MPFloat4096(third) == MPFloat4096(1) / 3)
    let x = Wide(1) / 3
    let text = x.formatted(digits: count)
    #expect(text.utf8.count == count + 2 && Wide(text) == x)
    #expect(Wide(x.description) == x)
  }

  @Test("A visitor is run at the width that was asked for")
  func visitors() throws {
    struct Bits: MPFloatVisitor {
      func visit<let bits: Int, let words: Int>(_: MPFloat<bits, words>.Type) -> Int {
        MPFloat<bits, words>.ulpOfOne == MPFloat<bits, words>(1).ulp ? bits : -1
      }
    }
    for bits in PrecisionLadder.rungs { #expect(try withMPFloat(bits: bits, Bits()) == bits) }
    #expect(try withMPFloat(bits: 129, Bits()) == 192)
    #expect(try withMPFloat(digits: 1000, Bits()) == 3584)
    #expect(try withMPFloat(digits: 1, Bits()) == 24)
    #expect(throws: PrecisionError.bits(73729)) { try withMPFloat(bits: 73729, Bits()) }
    func circle<T: LSQScalar>(_: T.Type) -> String { "\(2 * T.pi)" }
    #expect(try withMPFloat(digits: 15) { circle($0) } == "\(2 * Double.pi)")
    #expect(try withMPFloat(bits: 53) { $0.precisionBits } == 53)
  }
}
