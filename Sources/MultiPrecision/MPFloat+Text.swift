extension MPFloat: LosslessStringConvertible {
  /// The number that `text` spells, rounded once.
  ///
  /// Takes decimal numbers (`12`, `-.5`, `6.02e23`), hexadecimal ones (`0x1.8p+3`, the exponent in
  /// decimal, a power of two), `inf`, `infinity` and `nan`, with or without sign, in upper or lower case.
  /// Everything else is nil, blanks included. A number that is too large is infinity, and one that is too
  /// small is zero.
  ///
  /// - Complexity: about that of multiplying numbers as long as the text.
  public init?(_ text: String) {
    guard let number = try? Self(parsing: text) else { return nil }
    self = number
  }
}

extension MPFloat {
  /// The number that `text` spells, rounded once, by `rule`.
  ///
  /// Takes what `init(_:)` takes and says what is wrong with everything else.
  ///
  /// - Throws: ``NumberTextError`` with the place of the first character that belongs to no number.
  public init(
    parsing text: String, rounded rule: FloatingPointRoundingRule = .toNearestOrEven
  ) throws(NumberTextError) {
    let number = try NumberText(text)
    switch number.kind {
    case .decimal:
      if rule == .toNearestOrEven, let short = Self.shortDecimal(text) {
        self = short
        return
      }
      self = MPFR.number(number.text, base: 10, bits, words, rule)
    case .hexadecimal: self = MPFR.number(number.text, base: 16, bits, words, rule)
    case .infinity: self = number.isNegative ? -.infinity : .infinity
    case .nan: self = number.isNegative ? -.nan : .nan
    }
  }
}

extension MPFloat {
  /// A decimal of at most 18 digits with at most 18 places behind the point, as the quotient of two short
  /// integers, so that it is rounded once; nil for every other, and for zero.
  ///
  /// Most data are of this form, and MPFR's way through a power of ten as wide as the type takes far
  /// longer.
  private static func shortDecimal(_ text: String) -> Self? {
    guard bits > 64, text.utf8.count <= 28 else { return nil }
    var (digits, count, scale, isBehindPoint) = (0, 0, 0, false)
    var rest = text.utf8[...]
    let isNegative = rest.first == UInt8(ascii: "-")
    if isNegative || rest.first == UInt8(ascii: "+") { rest.removeFirst() }
    while let byte = rest.popFirst() {
      switch byte {
      case UInt8(ascii: "."): isBehindPoint = true
      case UInt8(ascii: "0")...UInt8(ascii: "9"):
        guard count < 18 else { return nil }
        digits = 10 * digits + Int(byte - UInt8(ascii: "0"))
        if digits > 0 { count += 1 }
        if isBehindPoint { scale -= 1 }
      default:
        guard rest.count <= 4, let exponent = Int(Substring(rest)) else { return nil }
        scale += exponent
        rest = rest[rest.endIndex...]
      }
    }
    // Zeros at the end after the point do not matter.
    while digits != 0, scale < 0, digits % 10 == 0 { (digits, scale) = (digits / 10, scale + 1) }
    guard digits != 0, -18...0 ~= scale || scale > 0 && scale + count <= 18 else { return nil }
    let power = (0..<Swift.abs(scale)).reduce(1) { power, _ in 10 * power }
    let number: Self = MPFR.number(
      isNegative ? -digits : digits, power, isQuotient: scale < 0, bits, words)
    return number
  }
}

extension MPFloat: CustomStringConvertible, CustomDebugStringConvertible {
  /// A decimal number of the fewest digits from which the value reads back, laid out as Swift lays out
  /// its own floating-point numbers: `0.1`, `12.0`, `1e-20`, `-0.0`, `inf`, `nan`.
  ///
  /// - Complexity: one conversion, or O(log `bits`) where that leaves the number of digits in doubt.
  public var description: String {
    guard isFinite, !isZero else { return nameOfSpecialValue }
    var (digits, exponent) = shortestDigits()
    while digits.count > 1 && digits.last == UInt8(ascii: "0") { digits.removeLast() }
    // Swift writes integers in full as long as the type distinguishes neighbours.
    let isLong = magnitude > Self(sign: .plus, exponent: Swift.min(bits, 64), significand: 1)
    return exponent < -3 || isLong
      ? scientific(digits, exponent)
      : fixed(digits, exponent, minimumFractionDigits: 1)
  }

  /// The value with its width, such as `MPFloat<256>(0.1)`.
  public var debugDescription: String { "MPFloat<\(bits)>(\(self))" }

  /// The fewest digits from which the value reads back.
  private func shortestDigits() -> (digits: [UInt8], exponent: Int) {
    shortestDigitsByTail() ?? shortestDigitsByBisection()
  }

  /// The same from one conversion to a few more digits, by comparing what rounding cuts off with half a
  /// unit in the last place of the number; nil where the two are too close to decide.
  ///
  /// A decimal that reads back and has three digits fewer than suffice for every number is the only one of
  /// its length, so that shorter ones are that one without its zeros.
  private func shortestDigitsByTail() -> (digits: [UInt8], exponent: Int)? {
    // Narrow types have subnormal numbers, and below a power of two neighbours are nearer.
    guard bits > 64, significandWidth > 0 else { return nil }
    let enough = MPFR.sufficientDecimalDigits(bits)
    let spare = 12
    let (digits, exponent) = decimalDigits(enough + spare)
    for count in (enough - 3)...enough {
      let tail =
        digits[count..<(count + spare)].reversed().reduce(0) { tail, digit in
          (tail + Double(digit - UInt8(ascii: "0"))) / 10
        }
      guard abs(tail - 0.5) > 1e-6 else { return nil }
      // log₂ of what is cut off, in units of half of the last place.
      let cut = Double.log2(Swift.max(Swift.min(tail, 1 - tail), 1e-9))
      let excess =
        cut + Double(exponent - count) * Double.log2(10) - Double(self.exponent - bits)
      guard abs(excess) > 1e-4 else { return nil }
      guard excess < 0 else { continue }
      var rounded = Array(digits.prefix(count))
      guard tail > 0.5 else { return (rounded, exponent) }
      let nine = UInt8(ascii: "9")
      guard let last = rounded.lastIndex(where: { $0 != nine }) else { return nil }
      rounded[last] += 1
      for i in (last + 1)..<count { rounded[i] = UInt8(ascii: "0") }
      return (rounded, exponent)
    }
    return nil
  }

  private func shortestDigitsByBisection() -> (digits: [UInt8], exponent: Int) {
    // A decimal that reads back also does so with one more digit, so that bisection finds the fewest.
    var tooFew = 0
    var enough = MPFR.sufficientDecimalDigits(bits)
    var found = decimalDigits(enough)
    while enough - tooFew > 1 {
      let count = (tooFew + enough) / 2
      if let digits = digitsReadingBack(count) {
        enough = count
        found = digits
      } else {
        tooFew = count
      }
    }
    return found
  }

  /// The nearest decimal of `count` digits from which the magnitude reads back, if there is one.
  private func digitsReadingBack(_ count: Int) -> (digits: [UInt8], exponent: Int)? {
    func ifReadsBack(_ rule: MagnitudeRounding) -> (digits: [UInt8], exponent: Int)? {
      let (digits, exponent) = decimalDigits(count, rule)
      let text = "0." + String(decoding: digits, as: UTF8.self) + "e\(exponent)"
      return MPFR.number(text, base: 10, bits, words) == magnitude ? (digits, exponent) : nil
    }
    if let nearest = ifReadsBack(.toNearestOrEven) { return nearest }
    // The decimals that read as a power of two reach further above it than below, so that the next decimal up may read
    // back where the nearest does not.
    return significandWidth == 0 ? ifReadsBack(.awayFromZero) : nil
  }

  /// The magnitude as 0.d₁d₂… · 10^exponent, rounded to `count` digits.
  func decimalDigits(
    _ count: Int, _ rule: MagnitudeRounding = .toNearestOrEven
  ) -> (digits: [UInt8], exponent: Int) {
    guard rule == .toNearestOrAwayFromZero else {
      return MPFR.decimal(magnitude, count: count, rule, bits)
    }
    // One more digit, truncated, shows whether the rest is at least a half.
    var (digits, exponent) = MPFR.decimal(magnitude, count: count + 1, .towardZero, bits)
    let zero = UInt8(ascii: "0")
    let nine = UInt8(ascii: "9")
    guard digits.removeLast() >= UInt8(ascii: "5") else { return (digits, exponent) }
    guard let last = digits.lastIndex(where: { $0 != nine }) else {
      digits = [UInt8(ascii: "1")] + Array(repeating: zero, count: count - 1)
      return (digits, exponent + 1)
    }
    digits[last] += 1
    for i in (last + 1)..<count { digits[i] = zero }
    return (digits, exponent)
  }

  var nameOfSpecialValue: String {
    if isNaN { return "nan" }
    return signText + (isZero ? "0.0" : "inf")
  }

  var signText: String { sign == .minus ? "-" : "" }

  /// d₁.d₂…e±xx for 0.d₁d₂… · 10^exponent.
  func scientific(_ digits: [UInt8], _ exponent: Int) -> String {
    let power = exponent - 1
    let powerDigits = String(power.magnitude)
    return signText + String(decoding: digits.prefix(1), as: UTF8.self)
      + (digits.count > 1 ? "." : "") + String(decoding: digits.dropFirst(), as: UTF8.self)
      + (power < 0 ? "e-" : "e+") + (powerDigits.count < 2 ? "0" : "") + powerDigits
  }

  /// 0.d₁d₂… · 10^exponent without an exponent.
  func fixed(_ digits: [UInt8], _ exponent: Int, minimumFractionDigits: Int) -> String {
    let zero = UInt8(ascii: "0")
    var whole = Array(digits.prefix(Swift.max(exponent, 0)))
    whole += Array(repeating: zero, count: Swift.max(exponent - digits.count, 0))
    if whole.isEmpty { whole = [zero] }
    var fraction = Array(repeating: zero, count: Swift.max(-exponent, 0))
    fraction += digits.dropFirst(Swift.max(exponent, 0))
    fraction += Array(repeating: zero, count: Swift.max(minimumFractionDigits - fraction.count, 0))
    return signText + String(decoding: whole, as: UTF8.self)
      + (fraction.isEmpty ? "" : ".") + String(decoding: fraction, as: UTF8.self)
  }
}
