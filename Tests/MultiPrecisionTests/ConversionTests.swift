import MultiPrecision
import ScalarTesting
import Testing

@Suite("Conversions")
struct ConversionTests {
  @Test("A conversion to a narrower width is rounded once, ties to even")
  func narrowing() {
    let tie = MPFloat128(1) + MPFloat128(sign: .plus, exponent: -53, significand: 1)
    #expect(Double(tie) == 1 && MPFloat<53, 1>(tie) == 1)
    #expect(Double(tie.nextUp) == 1.0.nextUp && MPFloat<53, 1>(tie.nextUp) == 1 + .ulpOfOne)
    #expect(MPFloat<53, 1>(exactly: tie) == nil && MPFloat<54, 1>(exactly: tie) != nil)
    #expect(MPFloat<53, 1>(exactly: MPFloat128.nan) == nil)
    #expect(MPFloat<53, 1>(exactly: MPFloat128.infinity) == .infinity)
    let seed: UInt64 = 71
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<500 {
      let x: MPFloat256 = generator.fraction()
      #expect(MPFloat4096(x) == MPFloat4096(exactly: x) && MPFloat256(MPFloat4096(x)) == x)
      #expect(Double(x) == Double(MPFloat<53, 1>(x)), "seed \(seed)")
      #expect(Float(x) == Float(MPFloat<24, 1>(x)), "seed \(seed)")
    }
  }

  @Test("Subnormal and overflowing results of built-in types are rounded once")
  func endsOfTheRange() {
    for text in ["1e-310", "4.9e-324", "2.4e-324", "2.5e-324", "1e-400", "1.7976931348623159e308"] {
      #expect(Double(MPFloat1024(text)!) == Double(text)!, "\(text)")
      #expect(Double(-MPFloat1024(text)!) == -Double(text)!, "\(text)")
    }
    for text in ["1e-40", "1.4e-45", "7e-46", "1e39"] {
      #expect(Float(MPFloat1024(text)!) == Float(text)!, "\(text)")
    }
    #expect(MPFloat256(Double.leastNonzeroMagnitude) == MPFloat256("0x1p-1074"))
    #if (arch(i386) || arch(x86_64)) && !os(Windows) && !os(Android)
      for text in ["1e-4940", "3.7e-4951", "1e-5000", "1e4932", "1.5e4932"] {
        #expect(Float80(MPFloat1024(text)!) == Float80(text)!, "\(text)")
      }
      #expect(MPFloat256(Float80.leastNonzeroMagnitude) == MPFloat256("0x1p-16445"))
    #endif
  }

  @Test("Integers of every width, rounded once")
  func fromIntegers() {
    let seed: UInt64 = 72
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<2000 {
      let wide =
        Int128.random(in: .min...(.max), using: &generator)
        >> Int.random(in: 0..<127, using: &generator)
      #expect(MPFloat<53, 1>(wide) == MPFloat<53, 1>("\(wide)"), "\(wide), seed \(seed)")
      #expect(MPFloat128(wide) == MPFloat128("\(wide)"), "\(wide), seed \(seed)")
      #expect(Double(MPFloat<53, 1>(wide)) == Double(wide), "\(wide), seed \(seed)")
      #expect(MPFloat128(exactly: wide) == MPFloat128(wide), "\(wide), seed \(seed)")
      #expect(
        MPFloat<53, 1>(exactly: wide).map { Double($0) } == Double(exactly: wide),
        "\(wide), seed \(seed)")
      #expect(Int128(exactly: MPFloat128(wide)) == wide, "\(wide), seed \(seed)")
      #expect(
        Int128(MPFloat256(wide) + MPFloat256(wide.signum()) / 2) == wide, "\(wide), seed \(seed)")
    }
    #expect(MPFloat<24, 1>(UInt64.max) == MPFloat<24, 1>("18446744073709551615"))
    #expect(MPFloat128(UInt128.max) == MPFloat128("340282366920938463463374607431768211455"))
    #expect(MPFloat<64, 1>(exactly: Int64.min) == -MPFloat<64, 1>.exp2(63))
    #expect(MPFloat<2, 1>(exactly: 3) == 3 && MPFloat<2, 1>(exactly: 5) == nil)
    #expect(MPFloat256(Int8(-5)) == -5 && MPFloat256(exactly: 0) == 0)
  }

  @Test("Integers out of range or with a fraction")
  func toIntegers() async {
    #expect(Int(MPFloat256(-2.75)) == -2 && Int(MPFloat256(2.75)) == 2)
    #expect(Int(exactly: MPFloat256(2.5)) == nil && Int(exactly: MPFloat256.nan) == nil)
    #expect(Int(exactly: MPFloat256.infinity) == nil && Int(exactly: -MPFloat256.zero) == 0)
    #expect(Int(exactly: MPFloat256(Int.min)) == .min && Int(exactly: MPFloat256(Int.max)) == .max)
    #expect(Int(exactly: MPFloat256(Int.max) + 1) == nil)
    #expect(Int(exactly: MPFloat256(Int.min) - 1) == nil)
    #expect(Int8(exactly: MPFloat256(-128)) == -128 && Int8(exactly: MPFloat256(128)) == nil)
    #expect(Int8(exactly: MPFloat256(-129)) == nil && UInt8(exactly: MPFloat256(255)) == 255)
    #expect(UInt8(exactly: MPFloat256(256)) == nil && UInt(exactly: MPFloat256(-1)) == nil)
    #expect(UInt8(MPFloat<2, 1>(192)) == 192 && UInt8(MPFloat256(-0.5)) == 0)
    #expect(UInt128(exactly: MPFloat<53, 1>.exp2(127)) == 1 << 127)
    await #expect(processExitsWith: .failure) { _ = Int(MPFloat256("1e30")!) }
  }

  @Test("Integers with bounds have them in generic code too")
  func genericIntegers() {
    func exactly<I: BinaryInteger>(_: I.Type, _ x: MPFloat128) -> I? { I(exactly: x) }
    func truncating<I: BinaryInteger>(_: I.Type, _ x: MPFloat128) -> I { I(x) }
    let large = MPFloat128(sign: .plus, exponent: 70, significand: 1)
    #expect(exactly(UInt.self, large) == nil && exactly(UInt.self, large + 5) == nil)
    #expect(exactly(UInt8.self, 300) == nil && exactly(UInt8.self, 255) == 255)
    #expect(exactly(UInt.self, -1) == nil && exactly(Int.self, 0.5) == nil)
    #expect(exactly(Int.self, -MPFloat128.exp2(63)) == .min)
    #expect(truncating(Int8.self, -128.75) == -128 && truncating(Int8.self, 100.5) == 100)
  }
}
