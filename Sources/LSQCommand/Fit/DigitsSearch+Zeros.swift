import CurveFitting
import LSQScalars

// Quantities that vanish as far as a precision can tell.
extension DigitsSearch {
  /// The bits by which the effect of a parameter is smaller than the largest one if it is mere rounding.
  static func effectBits<Scalar: LSQScalar>(of _: Scalar.Type) -> Int {
    Scalar.precisionBits * 3 / 4
  }

  /// The bits by which residuals are smaller than the largest effect of a parameter if they are mere rounding:
  /// MINPACK's iteration may leave them at half of the digits.
  static func residualBits<Scalar: LSQScalar>(of _: Scalar.Type) -> Int {
    Scalar.precisionBits / 2 - 16
  }

  /// The width for which `residualBits` is `bits`.
  static func width(showingResidualsAtBits bits: Int) -> Int { 2 * (bits + 16) }

  /// For each parameter, whether its effect on the residuals is mere rounding beside the largest one.
  static func vanishing<Scalar: LSQScalar>(_ fit: Fit<Scalar>) -> [Bool] {
    let limit = largestEffect(fit, timesPowerOfTwo: -effectBits(of: Scalar.self))
    return effects(fit).map { $0 <= limit }
  }

  /// Whether a parameter shrank by a power of the rounding, as b does where bᵏ·x vanishes, for k up to 16: on a plateau
  /// it changes with the logarithm of the rounding.
  static func shrinks<Scalar: LSQScalar>(
    _ value: Scalar, from previous: Scalar, byBits bits: Int
  ) -> Bool {
    previous == 0 || value.magnitude <= powerOfTwo(-bits / 16) * previous.magnitude
  }

  /// Whether the residuals are mere rounding beside the largest effect of a parameter.
  static func hasNoResiduals<Scalar: LSQScalar>(_ fit: Fit<Scalar>) -> Bool {
    fit.sumOfSquares.squareRoot()
      <= largestEffect(fit, timesPowerOfTwo: -residualBits(of: Scalar.self))
  }

  /// The effect of each parameter on the residuals.
  private static func effects<Scalar: LSQScalar>(_ fit: Fit<Scalar>) -> [Scalar] {
    zip(fit.solution.scaling, fit.parameters).map { $0 * $1.magnitude }
  }

  private static func largestEffect<Scalar: LSQScalar>(
    _ fit: Fit<Scalar>, timesPowerOfTwo exponent: Int
  ) -> Scalar {
    (effects(fit).max() ?? 0) * powerOfTwo(exponent)
  }

  static func powerOfTwo<Scalar: LSQScalar>(_ exponent: Int) -> Scalar {
    Scalar(sign: .plus, exponent: Scalar.Exponent(exponent), significand: 1)
  }
}
