import LSQScalars

/// A sum of squares that neither overflows nor underflows: `sum`/`scale`², with a power of two for
/// scale that is 1 unless the squares are near the ends of the exponent's range.
struct ScaledSquares<Sum: LSQScalar>: Sendable {
  private(set) var sum: Sum = 0
  private(set) var scale: Sum = 1

  /// No squares.
  init() {}

  /// A sum that is in the safe range, or zero because all its terms are.
  init(_ sum: Sum) { self.sum = sum }

  /// The squares of finite numbers of any size.
  init(of numbers: [Sum]) {
    let largest = numbers.reduce(0) { max($0, $1.magnitude) }
    guard largest != 0 else { return }
    scale = Self.scale(bringingToOne: largest)
    for number in numbers { sum += (number * scale) * (number * scale) }
  }

  /// Whether a sum of squares has lost nothing to overflow or underflow. Zero might have.
  static func isSafe(_ squares: Sum) -> Bool {
    let range = safeRange
    return squares > range.above && squares < range.below
  }

  /// What lies between these numbers has lost nothing.
  static var safeRange: (above: Sum, below: Sum) {
    (
      Sum.leastNormalMagnitude / (Sum.ulpOfOne * Sum.ulpOfOne),
      Sum.greatestFiniteMagnitude * (Sum.ulpOfOne * Sum.ulpOfOne)
    )
  }

  /// The power of two that brings a positive number to about one, as far as a power of two can.
  static func scale(bringingToOne largest: Sum) -> Sum {
    let limit = Sum.leastNormalMagnitude.exponent + 1
    let exponent = min(max(0 - largest.exponent, limit), 0 - limit)
    return Sum(sign: .plus, exponent: exponent, significand: 1)
  }

  /// Adds the squares of other rows, in the smaller of the two scales.
  mutating func add(_ other: Self) {
    if other.scale == scale {
      sum += other.sum
    } else if other.sum != 0 {
      let common = sum == 0 ? other.scale : min(scale, other.scale)
      let ours = common / scale
      let theirs = common / other.scale
      sum = sum * ours * ours + other.sum * theirs * theirs
      scale = common
    }
  }

  /// The Euclidean norm.
  var norm: Sum { sum.squareRoot() / scale }
}
