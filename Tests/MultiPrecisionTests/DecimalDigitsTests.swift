import LSQScalars
import MultiPrecision
import ScalarTesting
import Testing

/// Digits of numbers near 1, which are not MPFR's work.
@Suite struct DecimalDigitsTests {
  @Test func `Digits to nearest are those that MPFR cuts off, rounded`() {
    check(MPFloat128.self)
    check(MPFloat<129, 3>.self)
    check(MPFloat192.self)
    check(MPFloat1024.self)
    check(MPFloat<3584, 56>.self)
    check(MPFloat<20480, 320>.self)
  }

  private func check<let bits: Int, let words: Int>(_: MPFloat<bits, words>.Type) {
    typealias Number = MPFloat<bits, words>
    let seed: UInt64 = 77
    var generator = SeededGenerator(seed: seed)
    let enough = bits * 3 / 10
    for _ in 0..<(bits > 4096 ? 4 : 60) {
      let scale = Number(
        sign: .plus, exponent: Number.Exponent(Int.random(in: -140...70, using: &generator)),
        significand: 1)
      var x = Number.random(in: 1..<2, using: &generator) * scale
      // Some that begin with nines, and some that end early.
      switch Int.random(in: 0..<4, using: &generator) {
      case 0: x = Number("1e\(Int.random(in: -30...18, using: &generator))")!.nextDown
      case 1: x = (x / scale * 1024).rounded() * scale + scale / 8
      default: break
      }
      for count in [1, 2, 18, 19, 20, Int.random(in: 1...enough, using: &generator), enough + 12] {
        let even = x.formatted(.scientific(digits: count))
        let away = x.formatted(.scientific(digits: count), rounded: .toNearestOrAwayFromZero)
        let cut = x.formatted(.scientific(digits: count), rounded: .towardZero)
        // They differ for ties alone, which are exact with a digit more.
        let isTie = even != away && even == cut
        #expect(
          even == away || isTie && Number(x.formatted(.scientific(digits: count + 1))) == x,
          "\(bits) bits, \(count) digits of \(x), seed \(seed)")
      }
    }
  }
}
