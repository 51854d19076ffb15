import LSQScalars

// Order, zeros, infinities and NaN.

extension Examination {
  mutating func checkOrder() {
    forEachSample { e throws(Finding) in
      let x = try e.number(exponents: -3...3)
      let y =
        switch Int.random(in: 0..<4, using: &e.generator) {
        case 0: x
        case 1: x.nextUp
        case 2: -x
        default: try e.number(exponents: -3...3)
        }
      try e.expectConsistentOrder(x, y, e.exact(x), e.exact(y))
    }
    let extremes: [Scalar] = [
      -.infinity, -.greatestFiniteMagnitude, -1, -.leastNonzeroMagnitude, 0, .leastNonzeroMagnitude,
      1, .greatestFiniteMagnitude, .infinity,
    ]
    for i in extremes.indices {
      for j in extremes.indices {
        let (x, y) = (extremes[i], extremes[j])
        expect(x < y, is: i < j, "\(x) < \(y)")
        expect(x == y, is: i == j, "\(x) == \(y)")
        expect(x <= y, is: i <= j, "\(x) <= \(y)")
        expect(
          x.isTotallyOrdered(belowOrEqualTo: y), is: i <= j, "the total order of \(x) and \(y)")
      }
    }
    expect(
      (-Scalar.zero).isTotallyOrdered(belowOrEqualTo: 0), is: true, "the total order of -0 and 0")
    expect(
      Scalar.zero.isTotallyOrdered(belowOrEqualTo: -Scalar.zero), is: false,
      "the total order of 0 and -0")
    expect(
      Set([Scalar.zero, -Scalar.zero]).count == 1, is: true, "the equality of the hashes of ±0")
    expect(Scalar.minimum(1, 2), is: 1, "the minimum of 1 and 2")
    expect(Scalar.maximum(1, 2), is: 2, "the maximum of 1 and 2")
  }

  private mutating func expectConsistentOrder(
    _ x: Scalar, _ y: Scalar, _ a: ExactNumber, _ b: ExactNumber
  ) {
    expect(x < y, is: a < b, "\(x) < \(y)")
    expect(x == y, is: a == b, "\(x) == \(y)")
    expect(x != y, is: a != b, "\(x) != \(y)")
    expect(x > y, is: b < a, "\(x) > \(y)")
    expect(x <= y, is: !(b < a), "\(x) <= \(y)")
    expect(x >= y, is: !(a < b), "\(x) >= \(y)")
    expect(x.isLess(than: y), is: a < b, "\(x) is less than \(y)")
    expect(x.isEqual(to: y), is: a == b, "\(x) is equal to \(y)")
    expect(x.isLessThanOrEqualTo(y), is: !(b < a), "\(x) is less than or equal to \(y)")
    expect(
      x.isTotallyOrdered(belowOrEqualTo: y), is: !(b < a), "the total order of \(x) and \(y)")
    if x == y { expect(x.hashValue == y.hashValue, "\(x) hashes as \(y)") }
  }

  private mutating func expect(
    _ found: Bool, is expected: Bool, _ operation: @autoclosure () -> String
  ) {
    if found != expected { report(operation(), found: "\(found)", expected: "\(expected)") }
  }

  mutating func checkZeros() {
    let zero = Scalar.zero
    let minusZero = -zero
    expect(zero == minusZero && !(minusZero < zero) && !(zero < minusZero), "-0 is equal to 0")
    expect(zero.sign == .plus && minusZero.sign == .minus, "the zeros differ in sign")
    expect(zero.isZero && minusZero.isZero, "both zeros are zero")
    expect(zero.isFinite && !zero.isNormal && !zero.isNaN, "zero is finite and not normal")
    expect(minusZero.magnitude, is: zero, "|-0|")
    expect(-minusZero, is: zero, "-(-0)")
    expect(zero + minusZero, is: zero, "0 + -0")
    expect(minusZero + minusZero, is: minusZero, "-0 + -0")
    expect(zero - zero, is: zero, "0 - 0")
    expect(minusZero - zero, is: minusZero, "-0 - 0")
    expect(minusZero.squareRoot(), is: minusZero, "the square root of -0")
    expect(1 / minusZero, is: -.infinity, "1 / -0")
    expect(1 / zero, is: .infinity, "1 / 0")
    expect(zero / zero, is: .nan, "0 / 0")
    forEachSample { e throws(Finding) in
      let x = try e.number(exponents: -20...20)
      let signed = x.sign == .minus ? minusZero : zero
      e.expect(x * zero, is: signed, "\(x) * 0")
      e.expect(x * minusZero, is: -signed, "\(x) * -0")
      e.expect(zero / x, is: signed, "0 / \(x)")
      e.expect(minusZero / x, is: -signed, "-0 / \(x)")
      e.expect(x - x, is: zero, "\(x) - \(x)")
      e.expect(x + minusZero, is: x, "\(x) + -0")
      e.expect(x + zero, is: x, "\(x) + 0")
      e.expect(x / minusZero, is: x.sign == .minus ? .infinity : -.infinity, "\(x) / -0")
    }
  }

  mutating func checkInfinities() {
    let infinity = Scalar.infinity
    expect(
      infinity.isInfinite && !infinity.isFinite && !infinity.isNormal && !infinity.isNaN,
      "infinity is infinite")
    expect(infinity.sign == .plus && (-infinity).sign == .minus, "infinities have signs")
    expect(infinity - infinity, is: .nan, "inf - inf")
    expect(infinity + infinity, is: infinity, "inf + inf")
    expect(infinity * 0, is: .nan, "inf * 0")
    expect(infinity / infinity, is: .nan, "inf / inf")
    expect(infinity * -infinity, is: -infinity, "inf * -inf")
    expect(infinity.squareRoot(), is: infinity, "the square root of inf")
    expect(
      Scalar.greatestFiniteMagnitude * 2, is: infinity, "twice the greatest finite magnitude")
    forEachSample { e throws(Finding) in
      let x = try e.number(exponents: -20...20)
      let signed = x.sign == .minus ? -infinity : infinity
      e.expect(x + infinity, is: infinity, "\(x) + inf")
      e.expect(x - infinity, is: -infinity, "\(x) - inf")
      e.expect(x * infinity, is: signed, "\(x) * inf")
      e.expect(infinity / x, is: signed, "inf / \(x)")
      e.expect(x / infinity, is: x.sign == .minus ? -Scalar.zero : 0, "\(x) / inf")
      e.expect(-infinity < x && x < infinity, "\(x) lies between the infinities")
    }
  }

  mutating func checkNotANumber() {
    let nan = Scalar.nan
    expect(nan.isNaN && !nan.isFinite && !nan.isInfinite && !nan.isZero, "NaN is NaN alone")
    expect(nan.squareRoot(), is: nan, "the square root of NaN")
    expect(nan.magnitude, is: nan, "|NaN|")
    expect(-nan, is: nan, "-NaN")
    for x in [nan, 0, 1, -1, .infinity, -.infinity] as [Scalar] {
      expect(!(nan == x) && !(x == nan) && nan != x, "NaN is not equal to \(x)")
      expect(
        !(nan < x) && !(nan > x) && !(nan <= x) && !(nan >= x), "NaN is not ordered against \(x)")
      expect(
        !(x < nan) && !(x > nan) && !(x <= nan) && !(x >= nan), "\(x) is not ordered against NaN")
      expect(nan + x, is: nan, "NaN + \(x)")
      expect(x - nan, is: nan, "\(x) - NaN")
      expect(nan * x, is: nan, "NaN * \(x)")
      expect(x / nan, is: nan, "\(x) / NaN")
      expect(nan / x, is: nan, "NaN / \(x)")
    }
  }
}
