import LSQScalars
import Testing

@testable import LSQCommand

@Suite struct HexadecimalTextTests {
  @Test func `Hexadecimal text is read exactly`() {
    #expect(hexadecimal("0x1.8p+1") == 3.0)
    #expect(hexadecimal("0x1.999999999999ap-4") == 0.1)
    #expect(hexadecimal("-0x8p-3") == Float(-1))
    #expect(hexadecimal("-0x0p+0").map { (x: Double) in x.sign } == .minus)
    #expect(hexadecimal("-inf") == -Float.infinity)
    #expect(hexadecimal("0x1p-1074") == Double.leastNonzeroMagnitude)
    #expect((hexadecimal("1.5") as Double?) == nil)
    #expect((hexadecimal("0x1.8") as Double?) == nil)
    #expect((hexadecimal("0x1.8p\(Int.min)") as Double?) == nil)
    #expect(hexadecimal("0x1.8p\(Int.min + 4)") == 0.0)
    #if (arch(i386) || arch(x86_64)) && !os(Windows) && !os(Android)
      #expect(hexadecimal("0xc.ccccccccccccccdp-7") == Float80("0.1"))
    #endif
  }
}
