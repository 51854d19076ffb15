import LSQScalars
import LeastSquares

/// From a fit in `Double` to any number of digits, in a few evaluations.
///
/// The fit settles which minimum is found. Then come Newton steps on the gradient, each in the least width that shows
/// it. A step p = H⁻¹·Jᵀr needs the gradient at the width of the digits it leads to, but H only at the width of those
/// it gains, so that an H from much narrower types serves: that of `Double` for some steps, then one by exact second
/// derivatives at a quarter or half of the digits, as the ``ClimbPlan`` finds cheapest.
///
/// The last evaluation confirms: its step is as short as the digits that are claimed, and the standard
/// errors and the sum of squares differ from those of an evaluation before by no more than they lag behind
/// the parameters.
///
/// Where the Jacobian is singular at the minimum, and second derivatives alone make the Hessian definite, the point and
/// the sum of squares have their digits, and the parameters in the null space no standard errors. That takes as many
/// digits as other values that are taken for zero, and a Hessian that is definite beyond doubt.
///
/// A climb gives up where steps do not contract: the caller then has to iterate at the final width.
struct PrecisionClimb {
  let fit: any AnyPrecisionFit
  let ladder: ScalarLadder
  let digits: Int
  let maximumResidualEvaluations: Int?
  let crew: Crew
  let isInterrupted: () -> Bool
  let progress: (([String]) -> Void)?

  static let bitsPerDigit = 1 / Double.log10(2)
  /// The most steps before giving up; digits double, or grow by a constant near the end.
  static let maximumSteps = 60
  /// The most often that a Hessian is renewed for the sake of a direction in which it is small.
  static let maximumLooks = 4
  /// The bits by which the last evaluation is wider than the step before it.
  static let spareBits = 32
  /// The digits to be reached beyond those asked for.
  static let slack = 4.0
  /// More digits than any type has: where an effect underflows, the digits wanted grow without end.
  static let farthestTarget = 1e5
  /// The digits of the Hessian that shows that a minimum is isolated.
  static let isolationDigits = 64.0

  /// The digits that the last step must show.
  var target: Double
  /// The digits at which the Hessian is known in every direction.
  var leastTarget = 0.0
  /// The digits by which standard errors and sum of squares lag behind the parameters.
  var lostDigits = 0.0
  /// Whether the Jacobian may be singular at the solution, as far as narrower types tell: then MINPACK's tests are met far
  /// from it.
  var mayBeSingular = false
  /// Where the last fit that left this open ended, and the parameters that it took for open.
  var openPoint: [BinaryReal] = []
  var openParameters: [Int] = []
  /// Whether Newton steps showed that fit to be a minimum, which is then isolated although the Jacobian is singular there.
  var isProvenMinimum = false
  /// Whether the fit in `Double` left its range: steps that have to go far beyond are soon short relative to the point.
  var isBeyondDouble = false
  /// Whether the fit in `Double` came to an end, though it was no help: MINPACK's tolerance may be met on the way
  /// there.
  var hasEndInDouble = false
  /// Whether the model has a tape.
  var hasTape = false
  /// Whether the last fit ran out of evaluations, as one in a wider type would.
  var isOutOfEvaluations = false
  /// Whether the Jacobian is singular as far as the digits tell, but not yet at as many as it takes.
  var isRankOpen = false
  /// Bits that conditioning and cancellation cost.
  var guardBits = 0
  /// The exponents of the powers of two at which the parameters start.
  var units: [Int] = []
  /// The digits at which something has to be negligible in order to be taken for zero: more than data have.
  var vanishingDigits: Int { ConfirmedFit.vanishingDigits(confirming: digits) }
  var work: [ClimbStage] = []
  /// Where ‖r‖ was least so far.
  var best: Point?
  /// What stood in the way, so far.
  var cause = DigitsNotReached.Cause.noContraction
  /// Set where the ladder has no type for the next step.
  var ladderEnd: DigitsNotReached.Cause?
  /// Problems by their width.
  var problems: [Int: any RoundableProblem] = [:]

  init(
    fit: any AnyPrecisionFit, ladder: @escaping ScalarLadder, digits: Int,
    maximumResidualEvaluations: Int?, crew: Crew, isInterrupted: @escaping () -> Bool,
    progress: (([String]) -> Void)?
  ) {
    self.fit = fit
    self.ladder = ladder
    self.digits = digits
    self.maximumResidualEvaluations = maximumResidualEvaluations
    self.crew = crew
    self.isInterrupted = isInterrupted
    self.progress = progress
    target = Self.target(digits)
  }

  /// The digits that are confirmed, with one to spare.
  var wantedDigits: Double { Double(digits) + 1 }
  var wantedBits: Int { Int((wantedDigits * Self.bitsPerDigit).rounded(.up)) }

  /// Whether nothing more is to be tried.
  private var isCutShort: Bool { isInterrupted() || ladderEnd != nil }

  private static func target(_ digits: Int) -> Double { Double(digits) + slack }

  /// Climbs.
  ///
  /// - Throws: ``DigitsNotReached``, what the model throws.
  mutating func confirmedFit() throws -> ConfirmedFit {
    do {
      if let fit = try run() { return fit }
    } catch  where error.isCancellation {
      throw notReached(because: .interrupted)
    }
    throw notReached(
      because: isInterrupted() || Task.isCancelled ? .interrupted : ladderEnd ?? cause)
  }

  /// Climbs; nil where that does not lead to the digits.
  ///
  /// - Throws: what the model throws.
  mutating func run() throws -> ConfirmedFit? {
    var condition: Double?
    for beginning in Self.beginnings where !isCutShort {
      let state = try begin(beginning)
      guard !isOutOfEvaluations else { return nil }
      if let state, let fit = try run(from: state) { return fit }
      if mayBeSingular {
        // Where parameters are not redundant, or second derivatives alone keep them apart, a wider type may tell a minimum
        // that is isolated, but barely so, from one that is not.
        condition = try condition ?? fit.conditionDigits(at: openPoint, ladder)
        guard condition != nil || isProvenMinimum else {
          cause = .undetermined(openParameters)
          return nil
        }
      }
      (target, leastTarget, lostDigits, isRankOpen) = (Self.target(digits), 0, 0, false)
    }
    // JᵀJ has the square of the condition of J.
    guard let condition, !isCutShort,
      case let bits = bits(forDigits: 2 * condition + 40), bits > Self.beginnings.last?.bits ?? 0,
      let state = try begin(Beginning(bits: bits))
    else { return nil }
    return try run(from: state)
  }

  /// Climbs from a fit in `Double`; nil where steps do not contract.
  ///
  /// - Throws: what the model throws.
  mutating func run(after found: Fit<Double>) throws -> ConfirmedFit? {
    let problem = try ModelProblem(preferringTapeOf: fit.problem(over: Double.self))
    guard let state = try state(found, curvature: nil, problem) else { return nil }
    return try run(from: state)
  }

  private mutating func run(from begin: ClimbState) throws -> ConfirmedFit? {
    var state = begin
    func exponents<Scalar: LSQScalar>(_ type: Scalar.Type) throws -> [Int] {
      try fit.start(over: type).map { $0.binaryReal.binaryExponent ?? 0 }
    }
    units = try exponents(ladder(128))
    cause = .noContraction
    var course = ClimbCourse(newPlan(state), guardBits: guardBits)
    for _ in 0..<Self.maximumSteps {
      guard course.disappointments < 4, target < Self.farthestTarget, !isCutShort else {
        return nil
      }
      if course.plan.target != target || course.plannedGuardBits != guardBits {
        (course.plan, course.plannedGuardBits) = (newPlan(state), guardBits)
      }
      // With a Hessian that is not known, nothing can be confirmed.
      if state.digits >= target, let needed = state.digitsToKnowHessian {
        guard try learnHessian(&state, needed, &course) else { return nil }
        continue
      }
      let action = course.action(from: state, to: target)
      if action.renewsHessian, try renewHessian(&state, digits: state.digits) {
        state.gain = state.digits - course.plan.loss
        course.isFresh = true
      }
      course.isLast = state.digits >= target
      guard let evaluation = try evaluate(state, reach: action.reach, after: course.reference)
      else {
        course.disappointments += 1
        guard try renewHessian(&state, digits: Double(30 << course.disappointments)) else {
          return nil
        }
        continue
      }
      take(evaluation, &state)
      // Only now does it show if the point of a new Hessian had fewer digits than assumed.
      if course.isFresh { state.hessianDigits = min(state.hessianDigits, evaluation.digits) }
      let isSettled = course.previous.map(evaluation.isSettled(after:)) ?? false
      if isConfirmed(evaluation), state.digitsToKnowHessian == nil, isSettled {
        return isLeast(evaluation) ? try confirmed(evaluation, &state) : nil
      }
      guard try judge(evaluation, isSettled: isSettled, &state, &course) else { return nil }
    }
    return nil
  }

  /// Takes the Hessian where the point and a type have the digits that show it in every direction, or else aims at those;
  /// false where that leads nowhere.
  private mutating func learnHessian(
    _ state: inout ClimbState, _ needed: Double, _ course: inout ClimbCourse
  ) throws -> Bool {
    guard course.looks < Self.maximumLooks else { return false }
    course.looks += 1
    guard state.digits >= needed else {
      (leastTarget, target) = (needed, needed)
      return true
    }
    course.isFresh = try renewHessian(&state, digits: needed)
    return course.isFresh
  }

  /// Goes to where an evaluation's step leads.
  private mutating func take(_ evaluation: ClimbEvaluation, _ state: inout ClimbState) {
    consider(
      Point(
        parameters: state.parameters, residualNorm: evaluation.residualNorm,
        digits: evaluation.parameterDigits, bits: evaluation.bits,
        inDecimal: evaluation.inDecimal))
    state.parameters = evaluation.next
    state.origin = (evaluation.bits, evaluation.isNonzero)
    guardBits = max(guardBits, evaluation.cancelledBits)
    aim(after: evaluation)
  }

  /// The fit that an evaluation confirms; nil where its minimum is not isolated.
  private mutating func confirmed(
    _ evaluation: ClimbEvaluation, _ state: inout ClimbState
  ) throws -> ConfirmedFit? {
    let open = evaluation.statistics?.undetermined ?? []
    guard try open.isEmpty || isIsolated(&state, along: open) else {
      cause = .undetermined(open)
      return nil
    }
    return evaluation.confirmed(
      digits: digits, vanishingDigits: vanishingDigits, termination: state.termination, work: work)
  }

  /// Judges from an evaluation what the next one may gain; false where steps do not contract.
  private mutating func judge(
    _ evaluation: ClimbEvaluation, isSettled: Bool, _ state: inout ClimbState,
    _ course: inout ClimbCourse
  ) throws -> Bool {
    let gained = course.isFresh ? nil : course.previous.map { evaluation.digits - $0.digits }
    let isStuck = gained.map { $0 < min(2, state.gain / 2) } ?? false
    if isStuck && evaluation.digits < evaluation.shown - 3 || course.isLast && !isSettled {
      // Too coarse a Hessian, or too narrow a type.
      course.disappointments += 1
      guardBits += 64
      guard try renewHessian(&state, digits: 2 * max(evaluation.digits, 10)) else { return false }
      state.gain = max(evaluation.digits - course.plan.loss, 1)
    } else if course.isLast {
      // It was to be the last one: standard errors have not settled, say.
      course.disappointments += 1
      guardBits += 64
    } else if let gained, let previous = course.previous, evaluation.digits < previous.shown - 3 {
      state.gain = gained
    }
    // No farther than the type of the step shows.
    state.digits = min(evaluation.digits + state.gain, evaluation.shown)
    (course.previous, course.isFresh) = (evaluation, false)
    if evaluation.statistics != nil { course.reference = evaluation }
    return true
  }

  func newPlan(_ state: ClimbState) -> ClimbPlan {
    ClimbPlan(
      target: target, loss: 3, secondOrderCost: state.secondOrderCost,
      overhead: 15 + 1000 / Double(state.rowCount), bits: width(forDigits:))
  }

  /// The width of the ladder's type that shows a number of digits; those needed where there is none.
  private func width(forDigits digits: Double) -> Int {
    let bits = bits(forDigits: digits)
    return (try? ladder(bits))?.precisionBits ?? bits
  }

  func bits(forDigits digits: Double) -> Int {
    max(Int((digits * Self.bitsPerDigit).rounded(.up)) + guardBits, 2 * UInt64.bitWidth)
  }
}
