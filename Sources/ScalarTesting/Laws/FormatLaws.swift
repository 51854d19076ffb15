import LSQScalars

// What all other laws stand on.

extension Examination {
  /// Checks that the numbers of the other laws can be made and read. What is only inexact is left to those.
  mutating func checkFormat() {
    let (zero, infinity, nan) = (Scalar.zero, Scalar.infinity, Scalar.nan)
    expect(Scalar.radix == 2, "the radix is 2")
    expect(zero.isZero && zero.isFinite && !zero.isNaN, "zero is zero")
    expect(!infinity.isFinite, "infinity is not finite")
    expect(!(-infinity).isFinite, "-infinity is not finite")
    expect(nan.isNaN && !nan.isFinite, "NaN is NaN and not finite")
    let next = 1 + Scalar.ulpOfOne
    expect(1 < next && next < 2, "1 + ulpOfOne, \(next), lies between 1 and 2")
    for k in -100...100 where !isDone {
      let power = Scalar(sign: .plus, exponent: Scalar.Exponent(k), significand: 1)
      let twice = power + power
      expect(
        power.exponent == k && power.significand == 1 && twice.exponent == k + 1,
        "2^\(k), \(power), has its exponent, and twice as much, \(twice), the next")
    }
    forEachSample(of: 20) { e throws(Finding) in
      let exponent = Int.random(in: -60...60, using: &e.generator)
      let x = try e.number(exponent: exponent)
      let value = try e.exact(x)
      e.expect(
        value.leadingExponent == exponent && value.isNegative == (x.sign == .minus),
        "\(x), of the value \(value), has the exponent \(exponent) and the sign \(x.sign)")
    }
  }
}
