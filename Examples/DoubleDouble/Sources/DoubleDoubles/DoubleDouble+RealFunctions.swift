extension DoubleDouble: RealFunctions {
  public static func hypot(_ x: Self, _ y: Self) -> Self {
    if x.isInfinite || y.isInfinite { return .infinity }
    let largest = max(x.magnitude, y.magnitude)
    guard largest.isFinite && !largest.isZero else { return largest }
    // Scaled by a power of two, so that no square leaves the range.
    let (a, b) = (x.scaled(by: -largest.exponent), y.scaled(by: -largest.exponent))
    return (a * a + b * b).squareRoot().scaled(by: largest.exponent)
  }

  /// The power of two first, which is exact.
  public static func exp2(_ x: Self) -> Self {
    guard x.high.magnitude < 1080 else { return Self(Double.exp2(x.high)) }
    let k = x.high.rounded()
    return exp((x - Self(k)) * log2).scaled(by: Int(k))
  }

  /// The integer part as a power of ten, the rest by the exponential.
  public static func exp10(_ x: Self) -> Self {
    guard x.high.magnitude < 330 else { return Self(Double.exp10(x.high)) }
    let k = x.high.rounded()
    return exp((x - Self(k)) * log10) * pow(10, Int(k))
  }

  public static func log2(_ x: Self) -> Self { log(x) / log2 }
  public static func log10(_ x: Self) -> Self { log(x) / log10 }

  // MARK: - The error function

  /// (2/√π)·e^(−x²)·(x + 2x³/3 + 4x⁵/15 + …), all terms of one sign, or 1 − erfc x.
  public static func erf(_ x: Self) -> Self {
    if x.isNaN || x.isZero { return x }
    guard x.high.magnitude < 3 else {
      return x.sign == .minus ? erfc(-x) - 1 : 1 - erfc(x)
    }
    var term = x
    var sum = x
    var k = 1
    while term.magnitude > sum.magnitude * ulpOfOne / 8 {
      term *= twice(x * x) / Self(2 * k + 1)
      sum += term
      k += 1
    }
    return twice(exp(-x * x)) / pi.squareRoot() * sum
  }

  /// 1 − erf x, or for x ≥ 1 Laplace's continued fraction
  /// e^(−x²)/√π · 1/(x + (1/2)/(x + (2/2)/(x + (3/2)/(x + …)))).
  public static func erfc(_ x: Self) -> Self {
    guard x >= 1 else { return 1 - erf(x) }
    guard x < 28 else { return 0 }
    var tail = x
    for k in (1...(40 + Int(900 / (x.high * x.high)))).reversed() {
      tail = x + half(Self(k)) / tail
    }
    return exp(-x * x) / (pi.squareRoot() * tail)
  }

  // MARK: - The gamma function

  /// Γ, by Stirling's series beyond 30; good to about 98 bits.
  public static func gamma(_ x: Self) -> Self {
    let estimate = Double.gamma(x.high)
    guard estimate.isFinite && estimate != 0 && x.isFinite else { return Self(estimate) }
    if x < 0.5 { return pi / (sin(pi * x) * gamma(1 - x)) }
    var (product, z) = (1 as Self, x)
    while z < 30 {
      product *= z
      z += 1
    }
    return exp(stirling(z)) / product
  }

  public static func logGamma(_ x: Self) -> Self {
    x > 30 && x.isFinite ? stirling(x) : x.isFinite ? log(gamma(x).magnitude) : Self(x.magnitude)
  }

  /// (z − ½)·log z − z + ½·log 2π + Σ B₂ₖ/(2k·(2k − 1)·z^(2k−1)).
  private static func stirling(_ z: Self) -> Self {
    let square = z * z
    var power = z
    var series: Self = 0
    for (k, bernoulli) in bernoulliNumbers.enumerated() {
      series += Self(bernoulli.0) / Self(bernoulli.1) / (Self((2 * k + 2) * (2 * k + 1)) * power)
      power *= square
    }
    return (z - half(1)) * log(z) - z + half(log(twice(pi))) + series
  }

  /// B₂, B₄, … B₃₀ as fractions.
  private static let bernoulliNumbers: [(Int, Int)] = [
    (1, 6), (-1, 30), (1, 42), (-1, 30), (5, 66), (-691, 2730), (7, 6), (-3617, 510),
    (43867, 798), (-174_611, 330), (854_513, 138), (-236_364_091, 2730), (8_553_103, 6),
    (-23_749_461_029, 870), (8_615_841_276_005, 14322),
  ]
}
