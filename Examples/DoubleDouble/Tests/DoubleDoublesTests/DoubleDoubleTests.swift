import DoubleDoubles
import LeastSquares
import ScalarTesting
import Testing

@Suite("Double-double")
struct DoubleDoubleTests {
  @Test("It keeps the laws of a scalar, with its own error bounds") func laws() {
    // The worst of the proven bounds is that of division, 15u², and an ulp of one is 4u².
    let laws = ScalarLaws<DoubleDouble>(
      samples: 100, rounding: .within(ulps: 4), functionUlps: 8,
      // The first two are not rounded just once; the third is less exact.
      omitting: [.fusedMultiplyAdd, .remainders, .gamma])
    for violation in laws.check() { Issue.record("\(violation)") }
    for violation in ScalarLaws<DoubleDouble>(functionUlps: 32).check(.gamma) {
      Issue.record("\(violation)")
    }
  }

  @Test("It does not round correctly, and the laws tell") func nearest() {
    #expect(ScalarLaws<DoubleDouble>(rounding: .nearest).check(.multiplication) != [])
  }

  @Test("Literals mean their decimals") func literals() {
    #expect((0.1 as DoubleDouble).description == "0.1")
    #expect((0.1 as DoubleDouble) * 10 == 1)
    #expect(DoubleDouble("0.1") == 0.1)
    #expect(DoubleDouble(Double(0.1)) != 0.1)
    // Has 24 bits as a `Double`.
    #expect((6.6448819563e-31 as DoubleDouble) == DoubleDouble("6.6448819563e-31"))
  }

  @Test func `Integers are converted exactly or not at all`() {
    func isExact<Source: FixedWidthInteger>(_: Source.Type) -> Bool {
      [Source.min, .min + 1, 0, 1, .max / 2, .max - 1, .max].allSatisfy {
        DoubleDouble(exactly: $0) == DoubleDouble("\($0)")
      }
    }
    #expect(isExact(Int8.self) && isExact(UInt8.self) && isExact(Int.self) && isExact(UInt.self))
    #expect(isExact(Int128.self) && isExact(UInt128.self))
    #expect(DoubleDouble(exactly: Int128(1) << 120 + Int128(1) << 60 + 1) == nil)
  }

  @Test("Text reads back, also where the low part is far below the high one") func text() {
    for x in [1 + DoubleDouble(0x1p-300), .pi, -.pi, .greatestFiniteMagnitude, 1e-300, 2 / 3] {
      #expect(DoubleDouble(x.description) == x)
    }
    #expect(DoubleDouble.pi.description == "3.1415926535897932384626433832795")
  }

  @Test("A fit to exact data returns the parameters to 27 digits") func fit() throws {
    let x: [DoubleDouble] = [1, 2, 3, 4, 5]
    let y = x.map { 3 * DoubleDouble.exp(-$0 / 7) }
    let fit = try leastsq(
      { (b: [DoubleDouble]) in zip(x, y).map { x, y in y - b[0] * .exp(-b[1] * x) } }, x0: [2, 0.2])
    #expect((fit.x[0] - 3).magnitude < 1e-27)
    #expect((fit.x[1] - 1 / 7).magnitude < 1e-27)
  }
}
