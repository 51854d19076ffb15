import BigInt

// Text is converted by integers of any length, so that it is exact.

extension DoubleDouble: LosslessStringConvertible, ExpressibleByFloatLiteral {
  /// The decimal that a literal of at most 10 digits spells.
  ///
  /// The literal arrives as a `Double`. One of at most 12 bits, such as 0.375 or 0x1p-200, is exact as it stands. Any
  /// other is taken to be the shortest decimal that reads as that `Double`, which is the one that was written if that
  /// has at most 15 digits.
  public init(floatLiteral value: Double) {
    let isShort = value.significandWidth < 12
    self = isShort ? Self(value) : Self("\(value)") ?? Self(value)
  }

  /// Reads `12`, `-.5`, `6.02e23`, `inf`, `nan`, rounded correctly; nil for everything else.
  public init?(_ text: String) {
    let isNegative = text.hasPrefix("-")
    let body = text.hasPrefix("-") || text.hasPrefix("+") ? text.dropFirst() : text[...]
    let magnitude: Self
    switch body.lowercased() {
    case "inf", "infinity": magnitude = .infinity
    case "nan": magnitude = .nan
    default:
      guard let decimal = Decimal(body) else { return nil }
      magnitude = decimal.value
    }
    self = isNegative ? -magnitude : magnitude
  }

  /// A decimal from which the number reads back: of 31 digits if that is enough, usually 33.
  public var description: String {
    guard isFinite && !isZero else { return high.description }
    let exact = Decimal(exactly: magnitude)
    let decimal =
      (31...48).lazy.map { exact.rounded(toDigits: $0) }.first { $0.value == magnitude } ?? exact
    return (sign == .minus ? "-" : "") + decimal.description
  }
}

/// digits·10^exponent.
private struct Decimal: CustomStringConvertible {
  var digits: BigUInt
  var exponent: Int

  init(digits: BigUInt, exponent: Int) {
    self.digits = digits
    self.exponent = exponent
  }

  /// Reads digits with a point among them and perhaps an exponent.
  init?(_ text: Substring) {
    let parts = text.split(separator: /[eE]/, maxSplits: 1, omittingEmptySubsequences: false)
    let mantissa = parts[0].split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    let all = mantissa.joined()
    guard !all.isEmpty, all.utf8.allSatisfy({ (48...57).contains($0) }), let digits = BigUInt(all)
    else { return nil }
    var exponent = mantissa.count > 1 ? -mantissa[1].count : 0
    if parts.count > 1 {
      guard let power = Int(parts[1]), power.magnitude < 1_000_000 else { return nil }
      exponent += power
    }
    self.init(digits: digits, exponent: exponent)
  }

  /// The value of a positive number: m·2^−k = m·5^k·10^−k.
  init(exactly x: DoubleDouble) {
    let last = min(x.high.ulp.exponent, x.low == 0 ? .max : x.low.ulp.exponent)
    // Exact in two steps, as each part fits.
    let shift = { (part: Double) in
      BigInt(sign: part.sign, integer: part.significandInteger) << (part.ulp.exponent - last)
    }
    let sum = (shift(x.high) + (x.low == 0 ? 0 : shift(x.low))).magnitude
    self.init(
      digits: last < 0 ? sum * BigUInt(5).power(-last) : sum << last, exponent: min(last, 0))
  }

  func rounded(toDigits count: Int) -> Self {
    let excess = String(digits).count - count
    guard excess > 0 else { return self }
    let unit = BigUInt(10).power(excess)
    return Self(digits: (digits + unit / 2) / unit, exponent: exponent + excess)
  }

  /// The nearest double-double: the quotient of two integers, cut off after more bits than can matter.
  var value: DoubleDouble {
    guard !digits.isZero else { return .zero }
    let scale = BigUInt(10).power(abs(exponent))
    let (numerator, denominator) =
      exponent < 0 ? (digits, scale) : (digits * scale, BigUInt(1))
    // Numbers whose low part is far below the high one have many decimals.
    let bits = 160 + 4 * String(digits).count
    let shift = max(0, bits + denominator.bitWidth - numerator.bitWidth)
    guard numerator.bitWidth - denominator.bitWidth <= 1025 else { return .infinity }
    let quotient = BigInt((numerator << shift) / denominator)
    // The high part first, in the range of `Double`.
    let binary = quotient.magnitude.bitWidth - 1
    let high = Double(leading: quotient)
    let rest = quotient - (BigInt(high.significandInteger) << (high.ulp.exponent + binary))
    let low =
      rest.isZero ? 0 : Double(leading: rest).scaled(by: rest.magnitude.bitWidth - 1 - binary)
    return DoubleDouble(high: high, low: low).scaled(by: binary - shift)
  }

  var description: String {
    var text = String(digits)
    let power = exponent + text.count - 1
    while text.count > 1 && text.hasSuffix("0") { text.removeLast() }
    if power < -4 || power > 30 {
      let fraction = text.dropFirst()
      return
        "\(text.prefix(1))\(fraction.isEmpty ? "" : ".")\(fraction)e\(power < 0 ? "" : "+")\(power)"
    }
    if power < 0 { return "0." + String(repeating: "0", count: -power - 1) + text }
    let whole = text.prefix(power + 1)
    let fraction = text.dropFirst(power + 1)
    return whole + String(repeating: "0", count: power + 1 - whole.count) + "."
      + (fraction.isEmpty ? "0" : fraction)
  }
}

extension Double {
  /// The significand as an integer, so that |x| is this times `ulp`.
  fileprivate var significandInteger: BigUInt {
    BigUInt(significandBitPattern | (isSubnormal || self == 0 ? 0 : 1 << 52))
  }

  /// The integer divided by its leading power of two, rounded to nearest, ties to even.
  fileprivate init(leading integer: BigInt) {
    let excess = integer.magnitude.bitWidth - 64
    var top = excess > 0 ? integer.magnitude >> excess : integer.magnitude << -excess
    // What is cut off decides ties.
    if excess > 0 && top << excess != integer.magnitude { top |= 1 }
    self = Double(UInt64(top)) * 0x1p-63
    if integer.signum() < 0 { negate() }
  }

  fileprivate func scaled(by exponent: Int) -> Double {
    Double(sign: .plus, exponent: exponent, significand: self)
  }
}

extension BigInt {
  fileprivate init(sign: FloatingPointSign, integer: BigUInt) {
    self.init(sign: sign == .minus ? .minus : .plus, magnitude: integer)
  }
}
