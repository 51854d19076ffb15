import LSQScalars

/// What to do next on the way to a number of digits, so that the total cost is least.
///
/// At a point with d digits a Newton step whose Hessian is good to h leads to d + h digits, for one
/// evaluation at the width that shows them. A new Hessian makes h about d, for an evaluation of second
/// derivatives at the width of d. Where the last steps should begin follows from the end: half of the
/// digits before the last one, a quarter before that.
struct ClimbPlan {
  /// What to do at a point.
  struct Action {
    /// Whether to take a new Hessian first.
    var renewsHessian = false
    /// The digits that the width of the next evaluation is to show.
    var reach: Double
    fileprivate var cost: Double

    fileprivate init(reach: Double, cost: Double) {
      self.reach = reach
      self.cost = cost
    }

    /// An evaluation.
    init(reach: Double) { self.init(reach: reach, cost: 0) }
  }

  /// The digits to be reached.
  let target: Double
  /// By how many digits a new Hessian is behind the point where it is taken.
  let loss: Double
  /// The cost of second derivatives in units of that of a gradient.
  let secondOrderCost: Double
  /// The cost of a step apart from its rows, in units in which a row of one word costs about 1.
  let overhead: Double
  /// The width at which a step to a number of digits is taken.
  let bits: (Double) -> Int

  /// What is known of ``remainder(digits:gain:)``, by the place of digits, then of gain; NaN elsewhere.
  private var known: [Double]
  private let placeCount: Int
  /// What is known of ``cost(_:)``.
  private var costs: [Double]

  init(
    target: Double, loss: Double, secondOrderCost: Double, overhead: Double,
    bits: @escaping (Double) -> Int
  ) {
    self.target = target
    self.loss = loss
    self.secondOrderCost = secondOrderCost
    self.overhead = overhead
    self.bits = bits
    placeCount = Self.place(target) + 1
    known = Array(repeating: .nan, count: placeCount * placeCount)
    costs = Array(repeating: .nan, count: Int(target) + 1)
  }

  /// The best action at a point with `digits` digits when steps gain `gain`.
  mutating func action(digits: Double, gain: Double) -> Action {
    guard digits < target else { return Action(reach: target, cost: cost(target)) }
    let gained = digits - loss
    let isWorn = gain < gained * 3 / 4
    let isNearTheEnd = target - digits <= 4 * gain
    var best: Action?
    if !isWorn || isNearTheEnd || digits < 5 * gain {
      best = step(digits: digits, gain: max(gain, 1), known: 0, below: .infinity)
    }
    if isWorn {
      var renewed = step(
        digits: digits, gain: gained, known: secondOrderCost * cost(digits),
        below: best?.cost ?? .infinity)
      renewed.renewsHessian = true
      if renewed.cost < best?.cost ?? .infinity { best = renewed }
    }
    return best ?? step(digits: digits, gain: max(gain, 1), known: 0, below: .infinity)
  }

  /// The cost of all that follows a point, to a tenth.
  private mutating func remainder(digits: Double, gain: Double) -> Double {
    guard digits < target else { return cost(target) }
    let place = Self.place(digits) * placeCount + min(Self.place(gain), placeCount - 1)
    if known[place].isNaN { known[place] = action(digits: digits, gain: gain).cost }
    return known[place]
  }

  /// The eighth of a power of two in which a number stands. Points that share it cost the same.
  private static func place(_ x: Double) -> Int {
    let x = max(x, 1)
    return 8 * Int(x.exponent) + Int(x.significandBitPattern >> 49)
  }

  /// The best step from a point, and all that follows; what costs `limit` or more is not pursued.
  private mutating func step(
    digits: Double, gain: Double, known spent: Double, below limit: Double
  ) -> Action {
    let farthest = min(digits + gain, target)
    var best = Action(reach: farthest, cost: limit)
    var isStuck = true
    // As far as possible, or no farther than half of the digits, a quarter, … so as to be there in time.
    for halvings in 0...4 {
      let reach = halvings == 0 ? farthest : target / Double(1 << halvings)
      guard reach > digits + 1, reach <= farthest else { continue }
      isStuck = false
      let total = spent + cost(reach)
      // The last evaluation comes after every step.
      guard total + cost(target) < best.cost else { continue }
      let all = total + remainder(digits: reach, gain: gain)
      if all < best.cost { best = Action(reach: reach, cost: all) }
    }
    return isStuck ? Action(reach: farthest, cost: spent + 2 * cost(target)) : best
  }

  /// The cost of an evaluation: a power of the words, and what does not depend on the width.
  private mutating func cost(_ digits: Double) -> Double {
    // The digits of a poor point may be negative.
    let place = min(max(Int(digits), 0), costs.count - 1)
    if costs[place].isNaN {
      costs[place] = Double.pow(Double(bits(digits)) / 64 + 8, 1.7) + overhead
    }
    return costs[place]
  }
}
