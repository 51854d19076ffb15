import BigInt
import LSQScalars

// Text and literals.

extension Examination {
  mutating func checkBinaryReal() {
    forEachSample { e throws(Finding) in
      let x = try e.number(exponents: -60...60)
      let number = try e.binaryReal(x)
      let y = Scalar(rounding: number)
      // By arithmetic alone, the last place is uncertain.
      e.expect((y - x).magnitude <= x.ulp, "\(x) reads back as \(y)")
      let z = Scalar(rounding: number.scaled(byPowerOfTwo: 3))
      e.expect((z - 8 * x).magnitude <= 8 * x.ulp, "8 times \(x) reads as \(z)")
    }
    for x in [Scalar.infinity, -.infinity, 0, -0.0, .nan] {
      attempt { e throws(Finding) in
        e.expect(Scalar(rounding: try e.binaryReal(x)), is: x, "handing on \(x)")
        let others = Scalar.rounded([x])
        e.expect(
          others.count == 1 && Self.same(others[0], x), "handing on \(x) among others returns it")
      }
    }
  }

  /// The number without its type, to an ulp.
  private func binaryReal(_ x: Scalar) throws(Finding) -> BinaryReal {
    guard comesApart(x) else {
      throw Finding(
        "doubling \(x) and subtracting 1", found: "endless", expected: "a number bit by bit")
    }
    let number = x.binaryReal
    let value = ExactNumber(x, in: format) ?? .zero
    let ulp =
      value.isZero ? value : ExactNumber(1, exponent: value.leadingExponent - format.bits + 1)
    let isSame =
      switch number {
      case .nan: x.isNaN
      case .infinity(let sign): !x.isFinite && sign == x.sign
      case .finite(let sign, let words, let exponent):
        // Exponents far beyond those of the format may overflow.
        exponent.magnitude < 1 << 50
          && ExactNumber(isNegative: sign == .minus, words: words, exponent: exponent)
            .distance(to: value) <= ulp
      }
    guard isSame else {
      throw Finding("\(x) without its type", found: "\(number)", expected: text(x))
    }
    return number
  }

  /// Whether doubling and subtracting comes to an end, by which `binaryReal` reads a number where a type leaves it to
  /// the default.
  private func comesApart(_ x: Scalar) -> Bool {
    guard !x.isNaN, x.isFinite, !x.isZero else { return true }
    guard x.exponent >= format.leastExponent, x.exponent <= format.greatestExponent else {
      return false
    }
    var rest = x.significand.magnitude
    for _ in 0...(format.greatestSpan / UInt64.bitWidth) {
      for _ in 0..<UInt64.bitWidth {
        if rest >= 1 { rest -= 1 }
        rest += rest
      }
      if rest == 0 { return true }
    }
    return false
  }

  mutating func checkTextRoundTrip() {
    forEachSample { e throws(Finding) in
      let x = try e.number(exponents: -60...60)
      e.expectRoundTrip(x)
      // Results of arithmetic as well, which a compound type may represent differently.
      e.expectRoundTrip(x / (try e.number(exponents: -3...3)))
      e.expectRoundTrip(x + (try e.number(exponents: -60...60)))
    }
    forEachSample(of: max(1, laws.samples / 20)) { e throws(Finding) in
      e.expectRoundTrip(try e.number(exponent: e.possible(e.resultExponent())))
      e.expectRoundTrip(Scalar(Int.random(in: -1000...1000, using: &e.generator)))
    }
    let extremes: [Scalar] = [
      0, 1, 10, .leastNormalMagnitude, .leastNonzeroMagnitude, .greatestFiniteMagnitude, .ulpOfOne,
      .pi, Scalar(1).nextDown, Scalar(1).nextUp, .leastNormalMagnitude.nextDown, .infinity,
    ]
    for x in extremes {
      expectRoundTrip(x)
      expectRoundTrip(-x)
    }
    expectRoundTrip(.nan)
  }

  private mutating func expectRoundTrip(_ x: Scalar) {
    guard let back = Scalar(x.description) else {
      return report("reading \"\(x)\"", found: "nil", expected: "\(x)")
    }
    guard !Self.same(back, x) else { return }
    report("reading \"\(x)\"", found: text(back), expected: text(x))
  }

  mutating func checkDecimalText() {
    for decimal in ["0.1", "0.2", "0.3", "1e-5", "3.834e-20", "1.304e19", "-2.5e-3", "1e23"] {
      expectRounded(decimal)
    }
    forEachSample { e throws(Finding) in
      // Up to a few more digits than the type can hold.
      let count = Int.random(in: 1...(e.format.bits * 3 / 10 + 4), using: &e.generator)
      var digits = ""
      for _ in 0..<count { digits += "\(Int.random(in: 0...9, using: &e.generator))" }
      let exponent = Int.random(in: -20...20, using: &e.generator)
      let sign = Bool.random(using: &e.generator) ? "-" : ""
      let point = Bool.random(using: &e.generator) ? ".5" : ""
      e.expectRounded("\(sign)\(digits)\(point)e\(exponent - count)")
    }
    guard laws.rounding == .nearest else { return }
    // Ties, and decimals just beside them.
    forEachSample(of: max(1, laws.samples / 10)) { e throws(Finding) in
      let x = try e.number(exponents: -8...8)
      let value = try e.exact(x)
      let tie = value + ExactNumber(1, exponent: value.leadingExponent - e.format.bits)
      guard tie.exponent < 0 else { return }
      let digits = tie.significand * BigInt(5).power(-tie.exponent)
      e.expectRounded("\(digits)e\(tie.exponent)")
      e.expectRounded("\(digits)01e\(tie.exponent - 2)")
    }
  }

  /// Expects text of the form digits[.5]e… to be read as the decimal that it spells.
  private mutating func expectRounded(_ decimal: String) {
    guard let found = Scalar(decimal) else {
      return report("reading \"\(decimal)\"", found: "nil", expected: "a number")
    }
    let isNegative = decimal.hasPrefix("-")
    expect(
      found, rounds: Self.exact(decimal, bits: workingBits), zeroSign: isNegative ? .minus : .plus,
      "reading \"\(decimal)\"")
  }

  /// The decimal, exact or rounded to odd.
  static func exact(_ decimal: String, bits: Int) -> ExactNumber {
    let parts = decimal.split(separator: "e")
    let mantissa = parts[0].split(separator: ".")
    let fraction = mantissa.count > 1 ? mantissa[1] : ""
    let power = (parts.count > 1 ? Int(parts[1]) ?? 0 : 0) - fraction.count
    let digits = ExactNumber(BigInt(String(mantissa[0] + fraction)) ?? 0)
    let scale = ExactNumber(BigInt(10).power(abs(power)))
    return power < 0 ? .quotient(digits, scale, bits: bits) : digits * scale
  }

  mutating func checkTextRejection() {
    let junk = [
      "", " ", "1 ", " 1", "abc", "1e", "1e+", "--1", "+-1", "+", "-", ".", "e5", ".e5", "1.2.3",
      "1,5", "1_000", "0x", "1e1.5", "1e5e5", "½", "१", "1.5f", "nanana", "infinit", "1\n",
    ]
    for text in junk {
      if let found = Scalar(text) {
        report("reading \"\(text)\"", found: "\(found)", expected: "nil")
      }
    }
  }

  mutating func checkDyadicLiterals() {
    expectLiterals([
      (0.5, "5e-1"), (0.25, "25e-2"), (1.5, "15e-1"), (-0.75, "-75e-2"), (1024.0, "1024"),
      (0x1p-20, "95367431640625e-20"), (0.0, "0"), (3.0, "3"),
    ])
  }

  mutating func checkDecimalLiterals() {
    expectLiterals([
      (0.1, "0.1"), (0.2, "0.2"), (0.3, "0.3"), (-0.7, "-0.7"), (2.5e-3, "2.5e-3"),
      (3.14159, "3.14159"), (1e10, "1e10"), (6.02e23, "6.02e23"), (1e-9, "1e-9"),
      (3.834e-20, "3.834e-20"), (0.123456789012345, "0.123456789012345"),
    ])
  }

  /// Expects literals, which the compiler has rounded to `FloatLiteralType` before the type sees them, to
  /// be the decimals that they were written as.
  private mutating func expectLiterals(_ literals: [(Scalar, String)]) {
    for (literal, decimal) in literals {
      expect(literal, rounds: Self.exact(decimal, bits: workingBits), "the literal \(decimal)")
    }
  }
}
