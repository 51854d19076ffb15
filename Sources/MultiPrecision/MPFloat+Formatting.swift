/// How a number is written in decimal.
///
/// ```swift
/// let third = MPFloat256(1) / 3
/// third.formatted(digits: 5)                           // 0.33333
/// third.formatted(.fixed(fractionDigits: 2))           // 0.33
/// third.formatted(.scientific(digits: 4))              // 3.333e-01
/// third.formatted(digits: 5, rounded: .up)             // 0.33334
/// ```
/// Every digit that is shown is correct: the value is rounded once, to nearest, ties to even,
/// unless another rule is given.
public struct DecimalFormat: Hashable, Sendable {
  enum Layout: Hashable {
    case shortest, automatic, fixed, scientific, hexadecimal
  }

  var layout: Layout
  /// The significant digits; those of the fraction in the fixed layout.
  var digits = 0

  /// The fewest digits from which the value reads back, as `description` has them.
  public static let shortest = Self(layout: .shortest)

  /// The given number of significant digits, all of them shown: `0.12500`, `31.416`, `3.1416e+20`.
  /// There is an exponent if the value is below 10⁻⁴ or has more digits before the point than are asked
  /// for.
  ///
  /// - Precondition: `digits` ≥ 1.
  public static func significant(digits: Int) -> Self {
    precondition(digits >= 1, "\(digits) significant digits: ask for 1 or more")
    return Self(layout: .automatic, digits: digits)
  }

  /// The given number of digits after the point and no exponent, however large the value is: `1234.50`.
  ///
  /// - Precondition: `fractionDigits` ≥ 0.
  public static func fixed(fractionDigits: Int) -> Self {
    precondition(fractionDigits >= 0, "\(fractionDigits) digits after the point: ask for 0 or more")
    return Self(layout: .fixed, digits: fractionDigits)
  }

  /// The given number of significant digits, one of them before the point, and an exponent: `1.2345e+03`.
  ///
  /// - Precondition: `digits` ≥ 1.
  public static func scientific(digits: Int) -> Self {
    precondition(digits >= 1, "\(digits) significant digits: ask for 1 or more")
    return Self(layout: .scientific, digits: digits)
  }

  /// The exact value in hexadecimal without trailing zeros: `0x1.8p+3`.
  ///
  /// It reads back at every width that holds it.
  public static let hexadecimal = Self(layout: .hexadecimal)
}

extension MPFloat {
  /// The value rounded to `digits` significant decimal digits, all of them shown:
  /// ``DecimalFormat/significant(digits:)``.
  ///
  /// - Precondition: `digits` ≥ 1.
  public func formatted(
    digits: Int, rounded rule: FloatingPointRoundingRule = .toNearestOrEven
  ) -> String {
    formatted(.significant(digits: digits), rounded: rule)
  }

  /// The value in decimal, rounded once by `rule`, or exactly in hexadecimal.
  ///
  /// The rule does not affect the layouts that lose nothing, ``DecimalFormat/shortest`` and
  /// ``DecimalFormat/hexadecimal``.
  ///
  /// - Complexity: about that of multiplying numbers as long as the text.
  public func formatted(
    _ format: DecimalFormat = .shortest,
    rounded rule: FloatingPointRoundingRule = .toNearestOrEven
  ) -> String {
    guard isFinite else { return nameOfSpecialValue }
    let rule = rule.ofMagnitude(isNegative: sign == .minus)
    switch format.layout {
    case .shortest: return description
    case .hexadecimal: return hexadecimalText
    case .fixed: return fixedText(fractionDigits: format.digits, rule)
    case .scientific:
      let (digits, exponent) = shownDigits(format.digits, rule)
      return scientific(digits, exponent)
    case .automatic:
      let (digits, exponent) = shownDigits(format.digits, rule)
      return exponent < -3 || exponent > format.digits
        ? scientific(digits, exponent)
        : fixed(digits, exponent, minimumFractionDigits: 0)
    }
  }

  private func zeros(_ count: Int) -> [UInt8] { Array(repeating: UInt8(ascii: "0"), count: count) }

  /// The value as 0.d₁d₂… · 10^exponent; zero has a digit before the point like any other number.
  private func shownDigits(
    _ count: Int, _ rule: MagnitudeRounding
  ) -> (digits: [UInt8], exponent: Int) {
    isZero ? (zeros(count), 1) : decimalDigits(count, rule)
  }

  private func fixedText(fractionDigits: Int, _ rule: MagnitudeRounding) -> String {
    var shown = (digits: zeros(fractionDigits), exponent: 0)
    if !isZero {
      // Truncated, so that 9.99 has one digit before the point.
      let leading = decimalDigits(2, .towardZero)
      let count = leading.exponent + fractionDigits
      if count >= 1 {
        shown = decimalDigits(count, rule)
      } else if isRoundedUp(toPlace: fractionDigits, rule, belowPlace: count, leading.digits[0]) {
        shown = ([UInt8(ascii: "1")], 1 - fractionDigits)
      }
    }
    // Rounding up to a power of ten gives one more digit, a zero, which the layout adds.
    return fixed(shown.digits, shown.exponent, minimumFractionDigits: fractionDigits)
  }

  /// Whether a value in [0.1, 1)·10^(belowPlace − place), less than 10^−place, becomes 10^−place.
  ///
  /// Half of a power of ten is a binary number only at place zero, so that ties occur only there.
  private func isRoundedUp(
    toPlace place: Int, _ rule: MagnitudeRounding, belowPlace: Int, _ leadingDigit: UInt8
  ) -> Bool {
    switch rule {
    case .towardZero: return false
    case .awayFromZero: return true
    case .toNearestOrEven, .toNearestOrAwayFromZero:
      guard belowPlace == 0, leadingDigit >= UInt8(ascii: "5") else { return false }
      return rule == .toNearestOrAwayFromZero || place > 0 || 2 * magnitude > 1
    }
  }

  var hexadecimalText: String {
    guard !isZero else { return signText + "0x0p+0" }
    // The leading bit stands before the point; four bits make a digit behind it.
    let names = Array("0123456789abcdef".utf8)
    var digits: [UInt8] = []
    digits.reserveCapacity(16 * words)
    for i in limbs.indices.reversed() {
      let below = i > 0 ? limbs[i - 1] >> 63 : 0
      let shifted = limbs[i] << 1 | below
      for shift in stride(from: UInt(60), through: 0, by: -4) {
        digits.append(names[Int(shifted >> shift & 15)])
      }
    }
    while digits.last == names[0] { digits.removeLast() }
    return signText + (digits.isEmpty ? "0x1" : "0x1.") + String(decoding: digits, as: UTF8.self)
      + (exponent < 0 ? "p-" : "p+") + String(exponent.magnitude)
  }
}
