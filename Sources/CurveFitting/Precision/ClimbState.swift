import LSQScalars
import LeastSquares

/// A point and the Hessian near it.
struct ClimbState {
  /// To be handed on to the next type.
  var parameters: [BinaryReal]
  /// The width in which they were found, and which of them have proved to be nonzero.
  var origin: (bits: Int, isNonzero: [Bool])
  var hessian: HessianFactor
  /// The digits that the point had where H was taken.
  var hessianDigits: Double
  /// The digits that the point is taken to have.
  var digits: Double
  /// The digits that a step gains.
  var gain: Double
  /// The bits that JᵀJ loses.
  let conditionBits: Int
  let termination: Termination
  let rowCount: Int
  /// The exponent of the size of all that the residuals are computed from, where the climb began; nil where it is not known.
  let scaleExponent: Int?
  /// The cost of second derivatives in units of that of a gradient.
  let secondOrderCost: Double

  /// The digits that a type and a point need to show H in every direction; nil where those that H was taken with
  /// suffice.
  ///
  /// - Complexity: O(n³) in the type of H.
  var digitsToKnowHessian: Double? { hessian.digitsToBeKnown(atPointOf: hessianDigits) }
}

/// Where a climb is between two evaluations.
struct ClimbCourse {
  var plan: ClimbPlan
  /// The guard bits that the plan reckons with.
  var plannedGuardBits: Int
  var previous: ClimbEvaluation?
  /// The last one with statistics.
  var reference: ClimbEvaluation?
  /// How many evaluations showed less than they were meant to.
  var disappointments = 0
  /// How often the Hessian was renewed for the sake of a direction in which it is small.
  var looks = 0
  /// Whether the evaluation was made to confirm: the target may be nearer once it has shown what is small.
  var isLast = false
  /// Whether the Hessian is of the present point.
  var isFresh = false

  init(_ plan: ClimbPlan, guardBits: Int) { (self.plan, plannedGuardBits) = (plan, guardBits) }

  /// What to do next on the way to a number of digits.
  mutating func action(from state: ClimbState, to target: Double) -> ClimbPlan.Action {
    // What the first evaluation finds changes the plan, and it is cheap wherever it goes.
    previous == nil && state.digits < target
      ? ClimbPlan.Action(reach: min(state.digits + state.gain, target))
      : plan.action(digits: state.digits, gain: state.gain)
  }
}
