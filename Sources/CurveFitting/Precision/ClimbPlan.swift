import LSQScalars

/// What to do next on the way to a number of digits, so that all of it costs least.
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
  }

  /// The digits to be reached.
  let target: Double
  /// The digits that a new Hessian has fewer than the point where it is taken.
  let loss: Double
  /// The cost of second derivatives in units of that of a gradient.
  let secondOrderCost: Double
  /// The width of the type in which a step to so many digits is taken.
  let bits: (Double) -> Int

  private struct Place: Hashable { var digits, gain: Int }
  private var known: [Place: Action] = [:]
  private var costs: [Int: Double] = [:]

  init(
    target: Double, loss: Double, secondOrderCost: Double, bits: @escaping (Double) -> Int
  ) {
    self.target = target
    self.loss = loss
    self.secondOrderCost = secondOrderCost
    self.bits = bits
  }

  /// The best action at a point with so many digits when steps gain so many.
  mutating func action(digits: Double, gain: Double) -> Action {
    guard digits < target else { return Action(reach: target, cost: cost(target)) }
    let place = Place(digits: Int(digits * 2), gain: Int(gain * 2))
    if let action = known[place] { return action }
    let gained = digits - loss
    let isWorn = gain < gained * 3 / 4
    let isNearTheEnd = target - digits <= 4 * gain
    var best: Action?
    if !isWorn || isNearTheEnd || digits < 5 * gain {
      best = step(digits: digits, gain: max(gain, 1), known: 0)
    }
    if isWorn {
      var renewed = step(digits: digits, gain: gained, known: secondOrderCost * cost(digits))
      renewed.renewsHessian = true
      if renewed.cost < best?.cost ?? .infinity { best = renewed }
    }
    let action = best ?? step(digits: digits, gain: max(gain, 1), known: 0)
    known[place] = action
    return action
  }

  /// The best step from a point, and all that follows.
  private mutating func step(digits: Double, gain: Double, known spent: Double) -> Action {
    var best = Action(reach: min(digits + gain, target), cost: .infinity)
    // As far as possible, or no farther than half of the digits, a quarter, … so as to be there in time.
    let milestones = (1...4).map { target / Double(1 << $0) }
    for reach in [best.reach] + milestones where reach > digits + 1 && reach <= best.reach {
      let total = spent + cost(reach) + action(digits: reach, gain: gain).cost
      if total < best.cost { best = Action(reach: reach, cost: total) }
    }
    return best.cost < .infinity
      ? best : Action(reach: best.reach, cost: spent + 2 * cost(target))
  }

  /// What an evaluation costs: a power of the words beside what does not depend on the width.
  private mutating func cost(_ digits: Double) -> Double {
    let place = Int(digits)
    if let cost = costs[place] { return cost }
    let cost = Double.pow(Double(bits(digits)) / 64 + 6, 1.7)
    costs[place] = cost
    return cost
  }
}
