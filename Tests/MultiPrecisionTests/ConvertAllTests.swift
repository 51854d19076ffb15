import BigInt
import Foundation
import MultiPrecision
import ScalarTesting
import Testing

@Suite("Conversions from and to every type")
struct ConvertAllTests {
  #if !((os(macOS) || targetEnvironment(macCatalyst)) && arch(x86_64))
    @Test("Every Float16 there and back, and the numbers between")
    func float16() {
      let greatest = MPFloat128(Float16.greatestFiniteMagnitude)
      for pattern in UInt16.min...UInt16.max {
        let x = Float16(bitPattern: pattern)
        let wide = MPFloat128(x)
        #expect(same(Float16(wide), x))
        guard x.isFinite else { continue }
        #expect(Float16(exactly: wide) == x && MPFloat128(exactly: x) == wide)
        #expect(MPFloat128(Double(x)) == wide && wide.sign == x.sign)
        let next = MPFloat128(x.nextUp)
        guard x.nextUp.isFinite else { continue }
        // Quarters of the way to the next number.
        for quarter in 1...3 {
          let between = wide + (next - wide) * MPFloat128(quarter) / 4
          #expect(Float16(exactly: between) == nil)
          #expect(Float16(between) == Float16(Double(between)))
          #expect(same(Float16(between, rounded: .up), x.nextUp))
          #expect(same(Float16(between, rounded: .down), x == 0 ? 0 : x))
        }
      }
      #expect(Float16(greatest * 2) == .infinity && Float16(-greatest * 1000) == -.infinity)
      #expect(Float16(greatest * 1000, rounded: .down) == .greatestFiniteMagnitude)
      #expect(Float16(greatest + 15) == .greatestFiniteMagnitude)
      #expect(Float16(greatest + 16) == .infinity && Float16(MPFloat128("1e-30")!) == 0)
      #expect(Float16(MPFloat128("1e-30")!, rounded: .up) == .leastNonzeroMagnitude)
      #expect(same(Float16(-MPFloat128("1e-30")!), -0.0))
    }
  #endif

  @Test("Exactly, or not at all")
  func exactly() {
    #expect(Double(exactly: MPFloat256(0.1 as Double)) == 0.1)
    #expect(Double(exactly: MPFloat256("0.1")!) == nil && Double(exactly: MPFloat256.nan) == nil)
    #expect(Double(exactly: MPFloat256("0x1p-1074")!) == .leastNonzeroMagnitude)
    #expect(Double(exactly: MPFloat256("0x1p-1075")!) == nil)
    #expect(Double(exactly: -MPFloat256.zero)?.sign == .minus)
    #expect(Float(exactly: MPFloat256(0.5)) == 0.5 && Float(exactly: MPFloat256(0x1p128)) == nil)
    #expect(MPFloat<24, 1>(exactly: 0.5 as Float) == 0.5)
    #expect(MPFloat<24, 1>(exactly: Double(0x1p24 + 1)) == nil)
    #expect(MPFloat<24, 1>(exactly: Double(0x1p200)) == nil)
    #expect(MPFloat256(exactly: Double.infinity) == .infinity)
    #expect(MPFloat256(exactly: Double.nan) == nil)
    #expect(MPFloat256(exactly: Double.leastNonzeroMagnitude) == MPFloat256("0x1p-1074"))
    #if (arch(i386) || arch(x86_64)) && !os(Windows) && !os(Android)
      let third: Float80 = 1 / 3
      #expect(MPFloat<53, 1>(exactly: third) == nil && MPFloat<64, 1>(exactly: third) != nil)
      #expect(Float80(exactly: MPFloat256(third)) == third)
      #expect(Float80(exactly: MPFloat256(1) / 3) == nil)
      #expect(
        Float80(MPFloat256(1) / 3, rounded: .up) == third.nextUp
          || MPFloat256(third) > MPFloat256(1) / 3)
    #endif
  }

  @Test("Generic code over BinaryFloatingPoint converts as concrete code does")
  func generic() {
    func convert<B: BinaryFloatingPoint>(_ x: B) -> MPFloat256 { MPFloat256(x) }
    let seed: UInt64 = 91
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<2000 {
      let x: Double = generator.number(exponents: -1074...1023)
      #expect(same(convert(x), MPFloat256(x)), "\(x), seed \(seed)")
      let y: Float = generator.number(exponents: -149...127)
      #expect(same(convert(y), MPFloat256(y)), "\(y), seed \(seed)")
    }
    #expect(convert(-Double.infinity) == -.infinity && convert(Double.nan).isNaN)
    #expect(same(convert(-0.0), -MPFloat256.zero))
  }

  @Test("Integers without bounds")
  func bigIntegers() {
    let seed: UInt64 = 92
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<300 {
      var big = BigInt(0)
      for _ in 0..<8 {
        big = (big << 64) + BigInt(UInt64.random(in: 0...(.max), using: &generator))
      }
      big >>= Int.random(in: 0..<500, using: &generator)
      if Bool.random(using: &generator) { big = -big }
      let wide = MPFloat512(big)
      #expect(BigInt(exactly: wide) == big && MPFloat512(exactly: big) == wide, "seed \(seed)")
      #expect(MPFloat128(big) == MPFloat128("\(big)"), "\(big), seed \(seed)")
      #expect(BigInt(MPFloat1024(big) + 0.5 * MPFloat1024(big.signum())) == big, "seed \(seed)")
    }
    #expect(MPFloat<24, 1>(exactly: BigInt(1) << 127) != nil)
    #expect(MPFloat<24, 1>(exactly: BigInt(1) << 128) == nil)
    #expect(MPFloat256(exactly: BigInt(1) << 5000) == .exp2(5000))
    #expect(BigInt(exactly: MPFloat256(0.5)) == nil && BigInt(exactly: MPFloat256.nan) == nil)
    #expect(BigUInt(exactly: MPFloat256(-1)) == nil && BigUInt(exactly: -MPFloat256.zero) == 0)
    #expect(BigInt(MPFloat256.exp2(1000)) == BigInt(1) << 1000)
  }

  @Test("Coded as text, with nothing lost")
  func codable() throws {
    let values: [MPFloat384] = [
      .pi, -.pi, 0, -.zero, .infinity, -.infinity, .leastNonzeroMagnitude, .greatestFiniteMagnitude,
      MPFloat384(1) / 3, 1e-20,
    ]
    let decoded = try JSONDecoder().decode(
      [MPFloat384].self, from: JSONEncoder().encode(values))
    #expect(decoded.count == values.count)
    for (x, y) in zip(values, decoded) { #expect(same(x, y)) }
    let listed = try PropertyListDecoder().decode(
      [MPFloat384].self, from: PropertyListEncoder().encode(values))
    #expect(listed.count == values.count)
    for (x, y) in zip(values, listed) { #expect(same(x, y)) }
    let text = try String(decoding: JSONEncoder().encode(["x": MPFloat256(0.1)]), as: UTF8.self)
    #expect(text == #"{"x":"0.1"}"#)
    let nan = try JSONDecoder().decode(
      [MPFloat256].self, from: JSONEncoder().encode([MPFloat256.nan]))
    #expect(nan[0].isNaN)
    let hexadecimal = try JSONDecoder().decode([MPFloat128].self, from: Data(#"["0x1.8p+1"]"#.utf8))
    #expect(hexadecimal == [3])
  }

  @Test("What cannot be decoded says why")
  func decodingErrors() throws {
    let junk = #expect(throws: DecodingError.self) {
      try JSONDecoder().decode([MPFloat256].self, from: Data(#"["1.2x"]"#.utf8))
    }
    guard case .dataCorrupted(let context) = junk else {
      Issue.record("\(String(describing: junk))")
      return
    }
    #expect((context.underlyingError as? NumberTextError)?.utf8Offset == 3)
    let bare = #expect(throws: DecodingError.self) {
      try JSONDecoder().decode([MPFloat256].self, from: Data("[0.1]".utf8))
    }
    guard case .typeMismatch(_, let bareContext) = bare else {
      Issue.record("\(String(describing: bare))")
      return
    }
    #expect(bareContext.debugDescription.contains("quotes"))
  }
}
