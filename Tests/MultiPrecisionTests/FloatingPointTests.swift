import MultiPrecision
import ScalarTesting
import Testing

@Suite("The facts of a floating-point type")
struct FloatingPointTests {
  static let widths: [any LSQScalar.Type] = [
    MPFloat<2, 1>.self, MPFloat<24, 1>.self, MPFloat<53, 1>.self, MPFloat<64, 1>.self,
    MPFloat<65, 2>.self, MPFloat<113, 2>.self, MPFloat128.self, MPFloat<200, 4>.self,
    MPFloat256.self, MPFloat4096.self, MPFloat<73728, 1152>.self,
  ]

  @Test("The constants are what FloatingPoint says they are", arguments: widths.indices)
  func constants(index: Int) { checkConstants(of: Self.widths[index]) }

  private func checkConstants<T: LSQScalar>(of type: T.Type) {
    let one: T = 1
    #expect(T.radix == 2)
    #expect(T.ulpOfOne == one.nextUp - 1 && T.ulpOfOne == one.ulp)
    #expect(1 + T.ulpOfOne / 2 == one)
    #expect(Int(T.ulpOfOne.exponent) == 1 - T.precisionBits)
    #expect(T.infinity == .greatestFiniteMagnitude.nextUp)
    #expect(T.greatestFiniteMagnitude.isFinite && T.greatestFiniteMagnitude * 2 == .infinity)
    #expect(
      T.greatestFiniteMagnitude.ulp == T.greatestFiniteMagnitude - .greatestFiniteMagnitude.nextDown
    )
    #expect(T.leastNonzeroMagnitude == T(0).nextUp && T.leastNonzeroMagnitude > 0)
    let hasSubnormals = [24, 53, 64].contains(T.precisionBits)
    #expect(hasSubnormals == (T.leastNonzeroMagnitude < T.leastNormalMagnitude))
    #expect(T.leastNormalMagnitude.ulp == T.leastNonzeroMagnitude)
    #expect(same((-T.leastNonzeroMagnitude).nextUp, -T.zero))
    #expect(T(0).ulp == T.leastNonzeroMagnitude && T.infinity.ulp.isNaN && T.nan.ulp.isNaN)
    #expect(T.nan.isNaN && T.nan != T.nan && !T.nan.isSignalingNaN && T.nan.isCanonical)
    #expect(T.signalingNaN.isNaN)
    #expect(T.zero.isZero && T.zero.sign == .plus && !T.zero.isNormal && T.zero.isFinite)
    #expect(T.infinity.isInfinite && !T.infinity.isFinite && !T.infinity.isNaN)
    #expect(one.isNormal && !one.isSubnormal)
    #expect((-one).sign == .minus && (-one).magnitude == one)
  }

  @Test("π is the greatest number of the type below π", arguments: widths.indices)
  func pi(index: Int) { checkPi(of: Self.widths[index]) }

  private func checkPi<T: LSQScalar>(of type: T.Type) {
    // sin is positive below π and negative above; correct rounding keeps its sign.
    #expect(T.sin(.pi) > 0 || T.precisionBits == 2)
    #expect(T.sin(T.pi.nextUp) < 0)
    #expect(T.pi > 2)
  }

  @Test("Parts put together again make the number")
  func parts() {
    let seed: UInt64 = 11
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<2000 {
      let x =
        generator.fraction(MPFloat192.self)
        * MPFloat192(generator.number(Double.self, exponents: -99...99))
      #expect(MPFloat192(sign: x.sign, exponent: x.exponent, significand: x.significand) == x)
      #expect(x.isZero || (1..<2).contains(x.significand), "\(x), seed \(seed)")
      #expect(x.nextUp.nextDown == x && x.nextUp > x && x.nextDown < x, "\(x), seed \(seed)")
    }
    #expect(MPFloat192(sign: .minus, exponent: 3, significand: -1.5) == 12)
    #expect(MPFloat192(sign: .plus, exponent: .max, significand: 1) == .infinity)
    #expect(same(MPFloat192(sign: .minus, exponent: .min, significand: 1), -MPFloat192.zero))
    #expect(MPFloat192(sign: .plus, exponent: 5, significand: .nan).isNaN)
  }

  @Test("Equal numbers hash alike, whatever lies unseen in their limbs")
  func hashing() {
    let third = MPFloat256(1) / 3
    // Zeros and infinities made by arithmetic keep the limbs of their operands.
    #expect(Set([third - third, 0, -MPFloat256.zero, third * 0]).count == 1)
    #expect(Set([third / 0, .infinity, 1 / MPFloat256(0)]).count == 1)
    #expect(Set([MPFloat256.infinity, -.infinity, 0, third, -third, 1]).count == 6)
    #expect(MPFloat256.nan.hashValue == (third * .nan).hashValue)
  }

  @Test("A range strides by the number's own arithmetic")
  func strides() {
    let tenth: MPFloat256 = 0.1
    let values = Array(stride(from: MPFloat256(0), to: 1, by: tenth))
    // Each is start + i·step with one rounding, as for the built-in types, so that errors do not add up.
    #expect(values.count == 10)
    for (i, value) in values.enumerated() { #expect(value == MPFloat256(i) * tenth, "\(i)") }
    #expect(MPFloat256(2).distance(to: 5) == 3 && MPFloat256(2).advanced(by: 3) == 5)
  }

  @Test("A value is its limbs and two words, without gaps")
  func layout() {
    #expect(MemoryLayout<MPFloat256>.stride == 16 + 32)
    #expect(MemoryLayout<MPFloat<65, 2>>.size == 16 + 16)
    #expect(MemoryLayout<MPFloat4096>.alignment == 8)
  }

  @Test("A type whose words do not match its bits stops at once")
  func wrongWords() async {
    await #expect(processExitsWith: .failure) { _ = MPFloat<256, 3>() }
    await #expect(processExitsWith: .failure) { let _: MPFloat<64, 2> = 1 }
  }
}
