import LSQScalars

// What a FitAccuracy says, in sentences.

extension FitAccuracy {
  /// Everything worth saying: a line per parameter, what rounding did to the sums, the arithmetic that suits, what the
  /// data leave open, and what differences cost.
  public var sentences: [String] {
    parameters.map(\.description) + [sums, arithmetic, differences].compactMap { $0 }
      + combinations.map(\.description)
  }

  /// What rounding leaves of the sum of squares and the standard errors; nil where that is at least two thirds of the
  /// type's digits.
  public var sums: String? {
    guard let digits = sumOfSquaresDigits else { return nil }
    let errorDigits = standardErrorDigits ?? digits
    guard min(digits, errorDigits) < Arithmetic(bits: bits).digits * 2 / 3 else { return nil }
    guard digits >= 1 else {
      return
        "sum of squares: no digit computed, the residuals are no larger than their numerical errors"
    }
    let sum = "sum of squares: computed to \(FitAccuracy.bound(digits))"
    guard let standardErrorDigits else { return sum }
    // Half of the error of the sum is that of its root.
    guard standardErrorDigits < digits else { return sum + ", and the standard errors with it" }
    return sum + ", standard errors "
      + (standardErrorDigits < 1
        ? "without a correct digit" : "to \(FitAccuracy.bound(standardErrorDigits))")
  }

  /// The arithmetic that shows the standard errors, such as "`Double` is ample, `Float` would do"; nil
  /// where there are no standard errors, or a point that is no minimum.
  public var arithmetic: String? {
    guard let digitsNeeded else { return nil }
    let used = Arithmetic(bits: bits)
    guard digitsNeeded <= used.digits else {
      return
        "needs \(Int(digitsNeeded.rounded(.up))) digits of arithmetic to see the standard errors"
    }
    // If the arithmetic shows the standard errors but no digit of a parameter, it is not what the fit lacks.
    guard !parameters.contains(where: \.isHidden) else { return nil }
    let verdict = "\(used.name) is ample"
    let least = Arithmetic.named.first {
      digitsNeeded <= $0.digits && $0.exponents.contains(exponents ?? 0...0)
    }
    guard let least, least.bits < bits else { return verdict }
    return verdict + ", \(least.name) would do"
  }

  /// What differences in place of derivatives cost; nil with exact derivatives.
  public var differences: String? {
    guard let differencesCap else { return nil }
    let share = derivatives == .forward ? "half" : "two thirds"
    let isWorseThanData = parameters.contains {
      ($0.digitsComputed ?? .infinity) < ($0.digitsKnown ?? -.infinity)
    }
    return
      "\(derivatives.rawValue) differences keep about \(share) of the digits, "
      + "\(Int(differencesCap.rounded()))"
      + (isWorseThanData ? ", fewer than the data know" : "")
      + "; exact derivatives keep them all"
  }
}

extension FitAccuracy.Parameter: CustomStringConvertible {
  /// Whether no digit is computed.
  var isHidden: Bool { digitsComputed.map { $0 <= 0 && !isAbsolute } ?? isAbsolute }

  /// Such as "b1: computed to 3e-13, known to 2e-3", or "b2: no digit computed, known to 2e7".
  public var description: String {
    guard let digitsComputed else {
      return "\(name): " + (isAbsolute ? "no digit computed" : "not determined")
    }
    let computed =
      isHidden
      ? "\(name): no digit computed" : "\(name): computed to \(FitAccuracy.bound(digitsComputed))"
    let known = digitsKnown.map { ", known to \(FitAccuracy.size($0))" } ?? ""
    return computed + known + (isAbsolute ? " (absolute)" : "")
  }
}

extension FitAccuracy {
  /// 10^−digits with one significant digit, in any range.
  fileprivate static func size(_ digits: Double) -> String { size(digits) { $0.rounded() } }

  /// The same rounded up, allowing for the rounding of the logarithm.
  fileprivate static func bound(_ digits: Double) -> String {
    size(digits) { ($0 - 1 / 1_000_000_000).rounded(.up) }
  }

  private static func size(_ digits: Double, round: (Double) -> Double) -> String {
    guard digits.isFinite else { return digits > 0 ? "0" : "nothing" }
    var power = Int((-digits).rounded(.down))
    var leading = Int(round(Double.pow(10, -digits - Double(power))))
    if leading == 10 { (leading, power) = (1, power + 1) }
    switch power {
    case 0: return "\(leading)"
    case 1: return "\(leading)0"
    default: return "\(leading)e\(power)"
    }
  }
}

extension FitAccuracy.Combination: CustomStringConvertible {
  /// Such as "b2 and b4 only matter through b2 + 3·b4".
  public var description: String {
    let names = Self.list(parameters)
    guard !sums.isEmpty else {
      return parameters.count > 1
        ? "\(names) only matter together" : "\(names) has no effect on the residuals"
    }
    return "\(names) only matter through \(Self.list(sums.map(Self.text)))"
  }

  private static func list(_ words: [String]) -> String {
    guard let last = words.last, words.count > 1 else { return words.first ?? "" }
    return words.dropLast().joined(separator: ", ") + " and " + last
  }

  private static func text(_ terms: [Term]) -> String {
    var text = ""
    for term in terms {
      let magnitude = term.factor.magnitude
      // A factor that is 1 to the digits shown, as rounding leaves it in narrow types, is omitted.
      let shown = number(magnitude)
      let factor = shown == "1" ? "" : shown + "·"
      let sign = term.factor < 0 ? "-" : "+"
      text += text.isEmpty ? (sign == "-" ? "-" : "") : " \(sign) "
      text += factor + term.name
    }
    return text
  }

  /// To four significant digits, without zeros at the end.
  private static func number(_ value: Double) -> String {
    let text = "\(value)".rounded(significantDigits: 4)
    let parts = text.split(separator: "e", maxSplits: 1)
    guard let mantissa = parts.first, mantissa.contains(".") else { return text }
    let zeros = mantissa.reversed().prefix { $0 == "0" }.count
    let trimmed = mantissa.dropLast(zeros)
    return (trimmed.hasSuffix(".") ? trimmed.dropLast() : trimmed)
      + (parts.count > 1 ? "e" + parts[1] : "")
  }
}

/// A type of number by name, with the digits and the range that it has.
private struct Arithmetic {
  let name: String
  let bits: Int
  /// Those of its normal numbers.
  let exponents: ClosedRange<Int>

  /// −log₁₀ of the type's ulp of one.
  var digits: Double { Double(bits - 1) * Double.log10(2) }

  /// The types of the hardware, from the narrowest.
  static let named = [Arithmetic(Float.self), Arithmetic(Double.self)]

  private init<Number: BinaryFloatingPoint>(_: Number.Type) {
    name = "\(Number.self)"
    bits = Number.significandBitCount + 1
    exponents =
      Int(Number.leastNormalMagnitude.exponent)...Int(Number.greatestFiniteMagnitude.exponent)
  }

  init(bits: Int) {
    name = Self.named.first { $0.bits == bits }?.name ?? "arithmetic of \(bits) bits"
    self.bits = bits
    exponents = .min ... .max
  }
}
