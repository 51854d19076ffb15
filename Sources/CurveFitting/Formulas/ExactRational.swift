/// A fraction of integers, for telling whether an exponent is whole. Arithmetic that does not fit gives
/// `nil`.
struct ExactRational: Equatable {
  private var numerator: Int
  /// Positive, and without a common divisor with the numerator.
  private var denominator: Int

  private init?(_ numerator: Int?, over denominator: Int? = 1) {
    guard let numerator, let denominator, denominator != 0, numerator != .min, denominator != .min
    else { return nil }
    var (a, b) = (numerator.magnitude, denominator.magnitude)
    while b != 0 { (a, b) = (b, a % b) }
    let divisor = Int(a) * denominator.signum()
    self.numerator = numerator / divisor
    self.denominator = denominator / divisor
  }

  /// The value of a decimal such as `1.5e-3`.
  init?(decimal text: String) {
    let parts = text.split(whereSeparator: { $0 == "e" || $0 == "E" })
    guard let mantissa = parts.first, let exponent = parts.count > 1 ? Int(parts[1]) : 0 else {
      return nil
    }
    let point = mantissa.firstIndex(of: ".") ?? mantissa.endIndex
    let fraction = mantissa[point...].dropFirst()
    guard exponent.magnitude <= 40, fraction.count <= 40 else { return nil }
    let shift = exponent - fraction.count
    guard let digits = Int(mantissa[..<point] + fraction), let scale = Self.power(10, abs(shift))
    else { return nil }
    self.init(shift < 0 ? digits : Self.product(digits, scale), over: shift < 0 ? scale : 1)
  }

  /// The value, if it is whole.
  var integer: Int? { denominator == 1 ? numerator : nil }

  var negated: Self? { Self(-numerator, over: denominator) }

  func plus(_ other: Self) -> Self? {
    let first = Self.product(numerator, other.denominator)
    let second = Self.product(other.numerator, denominator)
    guard let first, let second else { return nil }
    let (sum, overflow) = first.addingReportingOverflow(second)
    return Self(overflow ? nil : sum, over: Self.product(denominator, other.denominator))
  }

  func times(_ other: Self) -> Self? {
    Self(
      Self.product(numerator, other.numerator), over: Self.product(denominator, other.denominator))
  }

  func divided(by other: Self) -> Self? {
    Self(
      Self.product(numerator, other.denominator), over: Self.product(denominator, other.numerator))
  }

  func raised(to exponent: Self) -> Self? {
    guard let n = exponent.integer, abs(n) <= 64 else { return nil }
    let up = Self.power(numerator, abs(n))
    let down = Self.power(denominator, abs(n))
    return n < 0 ? Self(down, over: up) : Self(up, over: down)
  }

  private static func product(_ a: Int, _ b: Int) -> Int? {
    let (product, overflow) = a.multipliedReportingOverflow(by: b)
    return overflow ? nil : product
  }

  private static func power(_ base: Int, _ exponent: Int) -> Int? {
    var result = 1
    for _ in 0..<exponent {
      guard let next = product(result, base) else { return nil }
      result = next
    }
    return result
  }
}
