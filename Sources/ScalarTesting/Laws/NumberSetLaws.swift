import BigInt
import LSQScalars

// Which numbers there are: spacing, parts, range.

extension Examination {
  mutating func checkSpacing() {
    let one: Scalar = 1
    let ulp = Scalar.ulpOfOne
    expect(one.nextUp - one, is: ulp, "the distance from 1 to the next number")
    expect(one.ulp, is: ulp, "the ulp of 1")
    expect(ulp > 0 && ulp.significand == 1, "ulpOfOne \(ulp) is a power of two")
    forEachSample { e throws(Finding) in
      let x = try e.number(exponents: -20...20)
      let (up, down) = (x.nextUp, x.nextDown)
      e.expect(down < x && x < up, "\(x) lies between its neighbours \(down) and \(up)")
      e.expect(
        x.ulp, is: Scalar(sign: .plus, exponent: x.exponent, significand: ulp), "the ulp of \(x)")
      e.expect((-x).nextUp, is: -down, "the number after \(-x)")
      guard e.laws.rounding == .nearest else {
        e.expect(up - x <= 2 * x.ulp, "the step from \(x) to \(up) is about an ulp")
        return
      }
      e.expect(up.nextDown, is: x, "the number before the number after \(x)")
      e.expect(down.nextUp, is: x, "the number after the number before \(x)")
      let outward = x < 0 ? x - down : up - x
      e.expect(outward, is: x.ulp, "the step outward from \(x)")
    }
    expect(Scalar.zero.nextUp, is: Scalar.leastNonzeroMagnitude, "the number after 0")
    expect(Scalar.zero.nextDown, is: -Scalar.leastNonzeroMagnitude, "the number before 0")
    expect(Scalar.greatestFiniteMagnitude.nextUp, is: .infinity, "the number after the greatest")
    expect(Scalar.infinity.nextUp, is: .infinity, "the number after infinity")
    expect(Scalar.nan.nextUp, is: .nan, "the number after NaN")
    if laws.rounding == .nearest {
      expect(
        Scalar.infinity.nextDown, is: Scalar.greatestFiniteMagnitude, "the number before infinity")
    }
  }

  mutating func checkParts() {
    forEachSample { e throws(Finding) in
      let x = try e.number(exponents: -40...40)
      let significand = x.significand
      e.expect(
        significand >= 1 && significand < 2, "the significand \(significand) of \(x) is in 1..<2")
      e.expect(
        Scalar(sign: x.sign, exponent: x.exponent, significand: significand), is: x,
        "\(x), recomposed of \(x.sign), \(x.exponent) and \(significand)")
      e.expect(
        Scalar(sign: .minus, exponent: 0, significand: x), is: -x, "\(x) with sign and exponent")
      e.expect(
        x.isNormal && x.isFinite && !x.isSubnormal && !x.isZero, "\(x) is a normal number")
    }
    expect(
      Scalar(sign: .plus, exponent: 1, significand: Scalar.greatestFiniteMagnitude), is: .infinity,
      "the greatest finite number, scaled by two")
    expect(Scalar.zero.floatingPointClass == .positiveZero, "the class of 0")
    expect((-Scalar.zero).floatingPointClass == .negativeZero, "the class of -0")
    expect(Scalar(1).floatingPointClass == .positiveNormal, "the class of 1")
    expect((-Scalar.infinity).floatingPointClass == .negativeInfinity, "the class of -inf")
    expect(Scalar.nan.floatingPointClass == .quietNaN, "the class of NaN")
  }

  mutating func checkRange() {
    let least = Scalar.leastNormalMagnitude
    let tiniest = Scalar.leastNonzeroMagnitude
    let greatest = Scalar.greatestFiniteMagnitude
    expect(tiniest > 0 && tiniest <= least, "the least magnitudes are in order")
    expect(least.isNormal && !least.isSubnormal, "the least normal magnitude is normal")
    expect(least.significand, is: 1, "the significand of the least normal magnitude")
    expect(tiniest.isSubnormal, is: tiniest < least)
    expect(greatest.isFinite && greatest > 1, "the greatest finite magnitude is finite")
    expect(greatest + greatest, is: .infinity, "twice the greatest finite magnitude")
    expect(least * least, is: 0, "the square of the least normal magnitude")
    expect(1 + Scalar.ulpOfOne / 4, rounds: nearlyOne, "1 + ulpOfOne / 4")
    let pi = FixedPoint(bits: format.bits + 32).pi
    let ulp = ExactNumber(1, exponent: pi.leadingExponent - format.bits + 1)
    let error = ExactNumber(Scalar.pi, in: format)?.distance(to: pi)
    expect(error.map { $0 <= ulp } ?? false, "pi is \(Scalar.pi) to an ulp")
    guard laws.rounding == .nearest else { return }
    expect(greatest.ulp, is: greatest - greatest.nextDown, "the last ulp")
    expect(
      ExactNumber(greatest, in: format),
      is: ExactNumber(1, exponent: format.greatestExponent + 1)
        - ExactNumber(1, exponent: format.greatestExponent - format.bits + 1))
    expect(tiniest / 2, is: 0, "half the least magnitude")
    let isGradual = tiniest < least
    expect(least.nextDown < least && (isGradual || least.nextDown == 0), "the gap around zero")
  }

  private var nearlyOne: ExactNumber {
    ExactNumber(1) + ExactNumber(1, exponent: -format.bits - 1)
  }

  private mutating func expect(_ found: Bool, is expected: Bool) {
    if found != expected {
      report("subnormality", found: "\(found)", expected: "\(expected)")
    }
  }

  private mutating func expect(_ found: ExactNumber?, is expected: ExactNumber) {
    if found != expected {
      report(
        "the greatest finite magnitude", found: found?.description ?? "no number",
        expected: "\(expected)")
    }
  }
}
