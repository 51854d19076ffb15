/// The exponent range of the hardware format of a width, with its gradual underflow.
///
/// Numbers of 24, 53 and 64 bits keep within it, so that they are `Float`, `Double` and `Float80` to the
/// last bit, below the normal range too. All other widths have MPFR's range.
struct IEEEFormat {
  /// The exponent of the least normal number.
  let leastExponent: Int
  /// The exponent of the greatest number.
  let greatestExponent: Int
  private let bits: Int

  /// The format of a width, if it is one of the hardware's.
  init?(bits: Int) {
    switch bits {
    case 24: (leastExponent, greatestExponent) = (-126, 127)
    case 53: (leastExponent, greatestExponent) = (-1022, 1023)
    case 64: (leastExponent, greatestExponent) = (-16382, 16383)
    default: return nil
    }
    self.bits = bits
  }

  /// A number 0.m·2^exponent with the bits of m in one word, the leading one first.
  struct Magnitude {
    var exponent: Int
    var significand: UInt
  }

  /// What a rounded result becomes in the format.
  enum Fitted {
    case unchanged, zero, infinite
    case rounded(Magnitude)
  }

  /// Brings a result into the range, as if it had been rounded once.
  ///
  /// - Parameters:
  ///   - x: the result, rounded at full width by `rule`.
  ///   - excess: the sign of |x| less the exact magnitude, MPFR's ternary value. It decides where x lies
  ///     half way between two subnormal numbers.
  func fit(_ x: Magnitude, excess: Int, _ rule: MagnitudeRounding) -> Fitted {
    let exponent = x.exponent - 1
    if exponent > greatestExponent { return rule == .towardZero ? .rounded(greatest) : .infinite }
    guard exponent < leastExponent else { return .unchanged }
    // The bits that remain of the significand.
    let kept = bits - (leastExponent - exponent)
    if kept < 0 { return rule == .awayFromZero ? .rounded(least) : .zero }
    let half: UInt = 1 << UInt(63 - kept)
    let rest = x.significand & (half | (half - 1))
    var result = Magnitude(exponent: x.exponent, significand: x.significand - rest)
    let isOdd = kept > 0 && result.significand & (half << 1) != 0
    let isUp =
      switch rule {
      case .towardZero: false
      case .awayFromZero: rest > 0
      case .toNearestOrEven: rest > half || rest == half && (excess < 0 || excess == 0 && isOdd)
      case .toNearestOrAwayFromZero: rest > half || rest == half && excess <= 0
      }
    if isUp {
      let (sum, overflow) = result.significand.addingReportingOverflow(half << 1)
      result =
        overflow || kept == 0
        ? Magnitude(exponent: x.exponent + 1, significand: 1 << 63)
        : Magnitude(exponent: x.exponent, significand: sum)
    }
    return result.significand == 0 ? .zero : .rounded(result)
  }

  private var greatest: Magnitude {
    Magnitude(exponent: greatestExponent + 1, significand: ~0 << UInt(64 - bits))
  }

  private var least: Magnitude {
    Magnitude(exponent: leastExponent - bits + 2, significand: 1 << 63)
  }
}

/// A rounding rule as it acts on a magnitude.
enum MagnitudeRounding {
  case toNearestOrEven, toNearestOrAwayFromZero, towardZero, awayFromZero
}

extension FloatingPointRoundingRule {
  /// What the rule does to the magnitude of a number of the given sign.
  func ofMagnitude(isNegative: Bool) -> MagnitudeRounding {
    switch self {
    case .toNearestOrEven: .toNearestOrEven
    case .toNearestOrAwayFromZero: .toNearestOrAwayFromZero
    case .towardZero: .towardZero
    case .awayFromZero: .awayFromZero
    case .up: isNegative ? .towardZero : .awayFromZero
    case .down: isNegative ? .awayFromZero : .towardZero
    @unknown default: preconditionFailure("unknown rounding rule \(self)")
    }
  }
}
