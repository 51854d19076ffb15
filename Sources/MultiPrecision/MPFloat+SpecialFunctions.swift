// Functions beyond `Real`, each rounded once, to nearest unless told otherwise.

extension MPFloat {
  /// The digamma function Γ′(x)/Γ(x); ∓∞ at ±0, NaN at the negative integers.
  public static func digamma(
    _ x: Self, rounded rule: FloatingPointRoundingRule = .toNearestOrEven
  ) -> Self {
    MPFR.value(.digamma, x, bits, rule)
  }

  /// Riemann's zeta function; +∞ at 1.
  public static func zeta(
    _ x: Self, rounded rule: FloatingPointRoundingRule = .toNearestOrEven
  ) -> Self {
    MPFR.value(.zeta, x, bits, rule)
  }

  /// The exponential integral Ei(x), the principal value of ∫ eᵗ/t dt from −∞ to x.
  ///
  /// For x < 0 it is −E₁(−x); −∞ at zero.
  public static func exponentialIntegral(
    _ x: Self, rounded rule: FloatingPointRoundingRule = .toNearestOrEven
  ) -> Self {
    MPFR.value(.exponentialIntegral, x, bits, rule)
  }

  /// The real part of the dilogarithm Li₂(x) = −∫₀ˣ log(1 − t)/t dt.
  public static func dilogarithm(
    _ x: Self, rounded rule: FloatingPointRoundingRule = .toNearestOrEven
  ) -> Self {
    MPFR.value(.dilogarithm, x, bits, rule)
  }

  /// The Airy function Ai(x).
  public static func airy(
    _ x: Self, rounded rule: FloatingPointRoundingRule = .toNearestOrEven
  ) -> Self {
    MPFR.value(.airy, x, bits, rule)
  }

  /// The Bessel function of the first kind of order 0.
  public static func besselJ0(
    _ x: Self, rounded rule: FloatingPointRoundingRule = .toNearestOrEven
  ) -> Self {
    MPFR.value(.besselJ0, x, bits, rule)
  }

  /// The Bessel function of the first kind of order 1.
  public static func besselJ1(
    _ x: Self, rounded rule: FloatingPointRoundingRule = .toNearestOrEven
  ) -> Self {
    MPFR.value(.besselJ1, x, bits, rule)
  }

  /// The Bessel function of the second kind of order 0; −∞ at zero, NaN below.
  public static func besselY0(
    _ x: Self, rounded rule: FloatingPointRoundingRule = .toNearestOrEven
  ) -> Self {
    MPFR.value(.besselY0, x, bits, rule)
  }

  /// The Bessel function of the second kind of order 1; −∞ at zero, NaN below.
  public static func besselY1(
    _ x: Self, rounded rule: FloatingPointRoundingRule = .toNearestOrEven
  ) -> Self {
    MPFR.value(.besselY1, x, bits, rule)
  }

  /// cos πx; exact where the result is rational.
  public static func cosPi(
    _ x: Self, rounded rule: FloatingPointRoundingRule = .toNearestOrEven
  ) -> Self {
    MPFR.value(.cosPi, x, bits, rule)
  }

  /// sin πx; exact where the result is rational.
  public static func sinPi(
    _ x: Self, rounded rule: FloatingPointRoundingRule = .toNearestOrEven
  ) -> Self {
    MPFR.value(.sinPi, x, bits, rule)
  }

  /// tan πx; exact where the result is rational.
  public static func tanPi(
    _ x: Self, rounded rule: FloatingPointRoundingRule = .toNearestOrEven
  ) -> Self {
    MPFR.value(.tanPi, x, bits, rule)
  }

  /// (arccos x)/π.
  public static func acosPi(
    _ x: Self, rounded rule: FloatingPointRoundingRule = .toNearestOrEven
  ) -> Self {
    MPFR.value(.acosPi, x, bits, rule)
  }

  /// (arcsin x)/π.
  public static func asinPi(
    _ x: Self, rounded rule: FloatingPointRoundingRule = .toNearestOrEven
  ) -> Self {
    MPFR.value(.asinPi, x, bits, rule)
  }

  /// (arctan x)/π.
  public static func atanPi(
    _ x: Self, rounded rule: FloatingPointRoundingRule = .toNearestOrEven
  ) -> Self {
    MPFR.value(.atanPi, x, bits, rule)
  }

  /// 1/√x, with one rounding; ±∞ at ±0, as IEEE 754's `rSqrt`.
  public static func reciprocalSquareRoot(
    _ x: Self, rounded rule: FloatingPointRoundingRule = .toNearestOrEven
  ) -> Self {
    x.isZero
      ? Self(signOf: x, magnitudeOf: .infinity)
      : MPFR.value(.reciprocalSquareRoot, x, bits, rule)
  }

  /// 2ˣ − 1.
  public static func exp2MinusOne(
    _ x: Self, rounded rule: FloatingPointRoundingRule = .toNearestOrEven
  ) -> Self {
    MPFR.value(.exp2MinusOne, x, bits, rule)
  }

  /// 10ˣ − 1.
  public static func exp10MinusOne(
    _ x: Self, rounded rule: FloatingPointRoundingRule = .toNearestOrEven
  ) -> Self {
    MPFR.value(.exp10MinusOne, x, bits, rule)
  }

  /// log₂(1 + x).
  public static func log2(
    onePlus x: Self, rounded rule: FloatingPointRoundingRule = .toNearestOrEven
  ) -> Self {
    MPFR.value(.log2OnePlus, x, bits, rule)
  }

  /// log₁₀(1 + x).
  public static func log10(
    onePlus x: Self, rounded rule: FloatingPointRoundingRule = .toNearestOrEven
  ) -> Self {
    MPFR.value(.log10OnePlus, x, bits, rule)
  }

  /// The Bessel function of the first kind of order n.
  ///
  /// - Complexity: little where |x| far exceeds n²; else that of arithmetic with about |x| + |n| bits.
  public static func besselJn(
    _ n: Int, _ x: Self, rounded rule: FloatingPointRoundingRule = .toNearestOrEven
  ) -> Self {
    MPFR.value(.besselJ, x, n, bits, rule)
  }

  /// The Bessel function of the second kind of order n; NaN for x < 0.
  ///
  /// - Complexity: little where x far exceeds n²; else that of arithmetic with about x + |n| bits, |n| times.
  public static func besselYn(
    _ n: Int, _ x: Self, rounded rule: FloatingPointRoundingRule = .toNearestOrEven
  ) -> Self {
    MPFR.value(.besselY, x, n, bits, rule)
  }

  /// (1 + x)ⁿ, without the error of forming 1 + x; NaN for x < −1.
  ///
  /// - Complexity: grows with the exponent of x: seconds from 2^1,000,000 on.
  public static func compound(
    _ x: Self, _ n: Int, rounded rule: FloatingPointRoundingRule = .toNearestOrEven
  ) -> Self {
    MPFR.value(.compound, x, n, bits, rule)
  }

  /// The arithmetic-geometric mean of two numbers; NaN if one is negative.
  public static func agm(
    _ x: Self, _ y: Self, rounded rule: FloatingPointRoundingRule = .toNearestOrEven
  ) -> Self {
    MPFR.value(.arithmeticGeometricMean, x, y, bits, rule)
  }

  /// The beta function Γ(x)·Γ(y)/Γ(x + y).
  ///
  /// MPFR has NaN for some arguments at which the value exists, such as (2^57, 1/2) and (1, −1).
  ///
  /// - Complexity: grows with the third power of the exponents: seconds from 2^−4000 on.
  public static func beta(
    _ x: Self, _ y: Self, rounded rule: FloatingPointRoundingRule = .toNearestOrEven
  ) -> Self {
    MPFR.value(.beta, x, y, bits, rule)
  }

  /// The angle of the point (x, y) in half turns, in [−1, 1].
  ///
  /// - Complexity: grows with the difference of the exponents: seconds from 10,000,000 on.
  public static func atan2Pi(
    y: Self, x: Self, rounded rule: FloatingPointRoundingRule = .toNearestOrEven
  ) -> Self {
    MPFR.value(.anglePi, y, x, bits, rule)
  }
}

// MARK: - Constants

extension MPFloat {
  /// π, rounded by `rule`. The property ``pi`` is rounded toward zero.
  public static func pi(rounded rule: FloatingPointRoundingRule) -> Self {
    MPFR.constant(.pi, bits, words, rule)
  }

  /// The natural logarithm of 2.
  public static var ln2: Self { ln2(rounded: .toNearestOrEven) }

  /// The natural logarithm of 2, rounded by `rule`.
  public static func ln2(rounded rule: FloatingPointRoundingRule) -> Self {
    MPFR.constant(.ln2, bits, words, rule)
  }

  /// Euler's constant γ = 0.577….
  public static var eulerGamma: Self { eulerGamma(rounded: .toNearestOrEven) }

  /// Euler's constant γ, rounded by `rule`.
  public static func eulerGamma(rounded rule: FloatingPointRoundingRule) -> Self {
    MPFR.constant(.eulerGamma, bits, words, rule)
  }

  /// Catalan's constant 1 − 1/3² + 1/5² − … = 0.915….
  public static var catalan: Self { catalan(rounded: .toNearestOrEven) }

  /// Catalan's constant, rounded by `rule`.
  public static func catalan(rounded rule: FloatingPointRoundingRule) -> Self {
    MPFR.constant(.catalan, bits, words, rule)
  }
}
