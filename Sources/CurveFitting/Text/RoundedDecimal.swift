import LSQScalars

/// A decimal number as its digits, to be rounded to fewer of them.
///
/// It works on text, so that it serves every scalar type at any precision.
struct RoundedDecimal {
  private var isNegative: Bool
  /// d₁d₂… without leading zeros; empty for zero. The value is 0.d₁d₂… · 10^`exponent`.
  private var digits: [Int]
  private var exponent: Int

  /// Reads a number as Swift prints it; nil for infinities and NaN.
  init?(_ text: String) {
    isNegative = text.hasPrefix("-")
    let unsigned = isNegative ? text.dropFirst() : text[...]
    let parts = unsigned.split(separator: "e", maxSplits: 1)
    guard let mantissa = parts.first, let power = parts.count > 1 ? Int(parts[1]) : 0 else {
      return nil
    }
    let point = mantissa.firstIndex(of: ".") ?? mantissa.endIndex
    digits = []
    for character in mantissa where character != "." {
      guard let digit = character.wholeNumberValue else { return nil }
      digits.append(digit)
    }
    exponent = mantissa.distance(from: mantissa.startIndex, to: point) + power
    removeLeadingZeros()
  }

  /// The number with `count` significant digits, all of them shown; halves are rounded away from zero.
  func text(significantDigits count: Int) -> String {
    guard !digits.isEmpty else { return "0" }
    var rounded = self
    rounded.round(to: count)
    return rounded.text
  }

  /// The exact square of the number.
  var squared: Self {
    var square = self
    square.isNegative = false
    square.exponent = 2 * exponent
    // Place by place, the last one first.
    var places = [Int](repeating: 0, count: 2 * digits.count)
    for (i, a) in digits.reversed().enumerated() {
      for (j, b) in digits.reversed().enumerated() {
        places[i + j] += a * b
      }
    }
    for k in places.indices.dropLast() {
      places[k + 1] += places[k] / 10
      places[k] %= 10
    }
    square.digits = places.reversed()
    square.removeLeadingZeros()
    return square
  }

  private mutating func removeLeadingZeros() {
    let zeros = digits.prefix { $0 == 0 }.count
    digits.removeFirst(zeros)
    exponent -= zeros
  }

  private mutating func round(to count: Int) {
    let roundsUp = digits.count > count && digits[count] >= 5
    digits = Array(digits.prefix(count))
    digits += Array(repeating: 0, count: count - digits.count)
    guard roundsUp else { return }
    guard let last = digits.lastIndex(where: { $0 != 9 }) else {
      digits = [1] + Array(repeating: 0, count: count - 1)
      exponent += 1
      return
    }
    digits[last] += 1
    for i in digits.indices.dropFirst(last + 1) { digits[i] = 0 }
  }

  /// Written with an exponent below 10⁻⁴, or where there are more digits before the point than are known.
  private var text: String {
    let sign = isNegative ? "-" : ""
    guard (-3...digits.count).contains(exponent) else {
      let power = exponent - 1
      let fraction = digits.dropFirst()
      return sign + "\(digits[0])" + (fraction.isEmpty ? "" : ".") + Self.text(of: fraction)
        + (power < 0 ? "e-" : "e+") + (power.magnitude < 10 ? "0" : "") + "\(power.magnitude)"
    }
    let whole = exponent > 0 ? Self.text(of: digits.prefix(exponent)) : "0"
    let fraction =
      String(repeating: "0", count: max(-exponent, 0))
      + Self.text(of: digits.dropFirst(max(exponent, 0)))
    return sign + whole + (fraction.isEmpty ? "" : ".") + fraction
  }

  private static func text(of digits: ArraySlice<Int>) -> String {
    digits.map(String.init).joined()
  }
}

extension String {
  /// The number that this text spells, rounded to `count` significant digits; the text itself where it is not a finite
  /// number.
  package func rounded(significantDigits count: Int) -> String {
    RoundedDecimal(self)?.text(significantDigits: count) ?? self
  }
}
