/// A number of about 106 significant bits: the sum of two `Double`, of which the second is at most half
/// a unit in the last place of the first.
///
/// Zero, and numbers that are not finite, are in `high` alone. The sign of `high` is that of the number. The range is
/// that of `Double`; below ``leastNormalMagnitude`` bits of `low` are lost.
///
/// The error bounds beside the algorithms are relative, in u = 2⁻⁵³. One `ulpOfOne` is 4u².
///
/// Source: T. J. Dekker, "A floating-point technique for extending the available precision",
/// *Numerische Mathematik* 18 (1971); M. Joldes, J.-M. Muller, V. Popescu, "Tight and rigorous error
/// bounds for basic building blocks of double-word arithmetic", *ACM TOMS* 44(2), 2017.
public struct DoubleDouble: Sendable {
  /// The number, rounded to `Double`.
  public let high: Double
  /// The rest.
  public let low: Double

  /// A `Double`, exactly.
  public init(_ value: Double) {
    high = value
    low = 0
  }

  /// The sum of two numbers that already form a double-double.
  init(high: Double, low: Double) {
    self.high = high
    self.low = low
  }

  /// a + b exactly, for |a| ≥ |b| or a = 0 (Dekker 1971).
  init(fastSum a: Double, _ b: Double) {
    let sum = a + b
    guard sum.isFinite else {
      self.init(sum)
      return
    }
    self.init(high: sum, low: b - (sum - a))
  }

  /// a + b exactly (Knuth, *The Art of Computer Programming* 2, section 4.2.2).
  init(sum a: Double, _ b: Double) {
    let sum = a + b
    let bRounded = sum - a
    let aRounded = sum - bRounded
    self.init(high: sum, low: (a - aRounded) + (b - bRounded))
  }

  /// a·b exactly, by a fused multiply-add, while nothing underflows.
  init(product a: Double, _ b: Double) {
    let product = a * b
    self.init(high: product, low: (-product).addingProduct(a, b))
  }

  /// The number times 2^exponent, exactly while it stays in range.
  func scaled(by exponent: Int) -> Self {
    let high = Double(sign: .plus, exponent: exponent, significand: self.high)
    guard high.isFinite else { return Self(high) }
    return Self(high: high, low: Double(sign: .plus, exponent: exponent, significand: low))
  }
}
