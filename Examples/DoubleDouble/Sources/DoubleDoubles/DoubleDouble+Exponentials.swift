// Exponentials by a short Taylor series, logarithms by Newton's method from those of `Double`.

extension DoubleDouble: ElementaryFunctions {
  /// log 2 in three parts, to 160 bits.
  static let logOfTwo = [0x1.62e42fefa39efp-1, 0x1.abc9e3b39803fp-56, 0x1.7b57a079a1934p-111]
  static let log2: Self = Self(high: logOfTwo[0], low: logOfTwo[1])
  static let log10: Self = Self(high: 0x1.26bb1bbb55516p+1, low: -0x1.f48ad494ea3e9p-53)

  public static func exp(_ x: Self) -> Self {
    guard x.high.magnitude < 760 else { return Self(Double.exp(x.high)) }
    // x = k·log 2 + r.
    let k = (x.high / logOfTwo[0]).rounded()
    let r = x - multiple(k, of: logOfTwo)
    return (exponentialMinusOne(reduced: r) + 1).scaled(by: Int(k))
  }

  public static func expMinusOne(_ x: Self) -> Self {
    x.high.magnitude < 0.4 ? exponentialMinusOne(reduced: x) : exp(x) - 1
  }

  /// eˣ − 1 for |x| < 0.4: nine terms at x/512, then nine times (1 + m)² − 1 = 2m + m².
  private static func exponentialMinusOne(reduced x: Self) -> Self {
    if x.isZero { return x }
    let r = x.scaled(by: -9)
    var sum = r / 10
    for k in (2...9).reversed() { sum = (1 + sum) * r / Self(k) }
    var m = r + r * sum
    for _ in 0..<9 { m = twice(m) + m * m }
    return m
  }

  /// n times a constant in parts, for an integer n.
  static func multiple(_ n: Double, of parts: [Double]) -> Self {
    parts.reversed().reduce(Self.zero) { $0 + Self(product: n, $1) }
  }

  static func twice(_ x: Self) -> Self { x.scaled(by: 1) }
  static func half(_ x: Self) -> Self { x.scaled(by: -1) }

  public static func log(_ x: Self) -> Self {
    guard x.isFinite && x > 0 else { return Self(Double.log(x.high)) }
    // x = m·2^k with m near 1, where log(1 + (m − 1)) loses nothing.
    let k = x.exponent + (x.significand.high > 1.4 ? 1 : 0)
    let logarithm = log(onePlus: x.scaled(by: -k) - 1)
    return k == 0 ? logarithm : multiple(Double(k), of: logOfTwo) + logarithm
  }

  /// One step of Halley's method for eʸ − 1 = x, which triples the digits.
  public static func log(onePlus x: Self) -> Self {
    let start = Double.log(onePlus: x.high)
    guard start.isFinite && start != 0 else { return Self(start) }
    if start > 1 { return log(1 + x) }
    let m = expMinusOne(Self(start))
    return Self(start) + twice(x - m) / (2 + x + m)
  }

  // MARK: - Powers

  /// exp(y·log x), NaN for x < 0; the relative error grows with |y·log x|.
  public static func pow(_ x: Self, _ y: Self) -> Self {
    let estimate = Double.pow(x.high, y.high)
    guard estimate.isFinite && estimate != 0 && x.isFinite else { return Self(estimate) }
    return exp(y * log(x))
  }

  public static func pow(_ x: Self, _ n: Int) -> Self {
    var result: Self = 1
    var power = x
    var rest = n.magnitude
    while rest != 0 {
      if rest & 1 == 1 { result *= power }
      rest >>= 1
      if rest != 0 { power *= power }
    }
    return n < 0 ? 1 / result : result
  }

  /// Two steps of Newton's method for rⁿ = x.
  public static func root(_ x: Self, _ n: Int) -> Self {
    var r = Self(Double.root(x.high, n))
    guard r.isFinite && !r.isZero && x.isFinite else { return r }
    for _ in 0..<2 { r += r * (x / pow(r, n) - 1) / Self(n) }
    return r
  }

  // MARK: - Hyperbolic functions

  public static func sinh(_ x: Self) -> Self {
    if x.high.magnitude > 40 { return Self(signOf: x, magnitudeOf: half(exp(x.magnitude))) }
    let m = expMinusOne(x)
    return half(m + m / (m + 1))
  }

  public static func cosh(_ x: Self) -> Self {
    let e = exp(x.magnitude)
    return half(e + 1 / e)
  }

  public static func tanh(_ x: Self) -> Self {
    if x.high.magnitude > 40 { return Self(signOf: x, magnitudeOf: 1) }
    let m = expMinusOne(twice(x))
    return m / (m + 2)
  }

  public static func asinh(_ x: Self) -> Self {
    let a = x.magnitude
    let result = a > 1e30 ? log(a) + log2 : log(onePlus: a + a * a / (1 + (1 + a * a).squareRoot()))
    return Self(signOf: x, magnitudeOf: result)
  }

  public static func acosh(_ x: Self) -> Self {
    if x > 1e30 { return log(x) + log2 }
    let t = x - 1
    return log(onePlus: t + (t * (t + 2)).squareRoot())
  }

  public static func atanh(_ x: Self) -> Self { half(log(onePlus: twice(x) / (1 - x))) }
}
