import MultiPrecision
import ScalarTesting
import Testing

@Suite("Literals mean their decimal")
struct LiteralTests {
  /// Literals in generic code, with the text that they are written as.
  private func literals<T: LSQScalar>(_: T.Type) -> [(T, String)] {
    [
      (0.1, "0.1"), (-0.1, "-0.1"), (0.5, "0.5"), (0.375, "0.375"), (3.0, "3"), (1e22, "1e22"),
      (1e23, "1e23"), (1e30, "1e30"), (1e-30, "1e-30"), (1e-20, "1e-20"), (123.456, "123.456"),
      (6.02214076e23, "6.02214076e23"), (1.602176634e-19, "1.602176634e-19"), (0.7, "0.7"),
      (1e300, "1e300"), (1e-300, "1e-300"), (1.23456789e-200, "1.23456789e-200"),
      (123456789.012345, "123456789.012345"), (1e17, "1e17"), (2.5e18, "2.5e18"),
      (0.000001, "0.000001"), (9.99999999999999, "9.99999999999999"), (0x1p-200, "0x1p-200"),
      (0x1.8p300, "0x1.8p300"), (1e15, "1e15"), (100.0, "100"),
      (9.094947017729282379150390625e-13, "0x1p-40"), (0.25, "0.25"), (1.0e10, "1e10"),
      (0x1p-64, "0x1p-64"), (0x1.ffep-64, "0x1.ffep-64"), (12345.0, "12345"),
      // Of 29 and 30 bits once they are rounded for the compiler.
      (8.93236637e-11, "8.93236637e-11"), (4.11932691e27, "4.11932691e27"),
    ]
  }

  private func check<T: LSQScalar>(_ type: T.Type) {
    for (value, text) in literals(type) {
      #expect(T(text) == value, "\(text) at \(T.precisionBits) bits")
    }
  }

  @Test("At every width, generic code included")
  func everyWidth() {
    check(MPFloat<24, 1>.self)
    check(MPFloat<53, 1>.self)
    check(MPFloat<64, 1>.self)
    check(MPFloat<113, 2>.self)
    check(MPFloat256.self)
    check(MPFloat4096.self)
  }

  #if (arch(i386) || arch(x86_64)) && !os(Windows) && !os(Android)
    @Test("Every decimal of 18 digits is recovered")
    func eighteenDigits() {
      let seed: UInt64 = 61
      var generator = SeededGenerator(seed: seed)
      for _ in 0..<3000 {
        let digits = Int.random(in: 1..<1_000_000_000_000_000_000, using: &generator)
        let power = Int.random(in: -60...60, using: &generator)
        let text = "\(digits)e\(power)"
        #expect(MPFloat256(floatLiteral: Float80(text)!) == MPFloat256(text), "seed \(seed)")
      }
      // Of few bits once they are rounded for the compiler.
      for text in ["1.16490150858794550e-13", "1.23873133972551841e-13"] {
        #expect(MPFloat256(floatLiteral: Float80(text)!) == MPFloat256(text), "\(text)")
      }
    }
  #endif

  @Test("A literal of more digits than the compiler passes on stops the program")
  func tooManyDigits() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = 3.14159265358979323846264338327950288 as MPFloat256
    }
    let message = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    // Only a debug build prints why.
    #if DEBUG
      #expect(message.contains("write MPFloat("), "\(message)")
    #endif
    await #expect(processExitsWith: .failure) {
      _ = 2.71828182845904523536 as MPFloat<53, 1>
    }
  }

  @Test func `What rounds to a number of few bits is that number`() {
    #expect((5.42101086242752217e-20 as MPFloat256) == .exp2(-64))
    #expect((1.00000000000000000001 as MPFloat256) == 1)
  }

  @Test("Special values pass through the literal initialiser")
  func specialValues() {
    #expect(MPFloat256(floatLiteral: .infinity) == .infinity)
    #expect(MPFloat256(floatLiteral: .nan).isNaN)
    #expect(same(MPFloat256(floatLiteral: -0.0), -MPFloat256.zero))
  }

  @Test("Integer literals of any length are exact where they fit")
  func integers() {
    #expect((0 as MPFloat256).isZero && -7 as MPFloat256 == MPFloat256("-7"))
    #expect((9_223_372_036_854_775_807 as MPFloat256) == MPFloat256("9223372036854775807"))
    #expect((-9_223_372_036_854_775_808 as MPFloat256) == MPFloat256("-9223372036854775808"))
    #expect((18_446_744_073_709_551_616 as MPFloat256) == MPFloat256("18446744073709551616"))
    #expect(
      (-123_456_789_012_345_678_901_234_567_890 as MPFloat256)
        == MPFloat256("-123456789012345678901234567890"))
    #expect(
      (-170_141_183_460_469_231_731_687_303_715_884_105_728 as MPFloat256)
        == -MPFloat256.exp2(127))
    #expect((9_007_199_254_740_993 as MPFloat<53, 1>) == MPFloat<53, 1>("9007199254740993"))
  }
}
