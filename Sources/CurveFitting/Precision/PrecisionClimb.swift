import LSQScalars
import LeastSquares

/// From a fit in `Double` to any number of digits, in a few evaluations.
///
/// The fit settles which minimum is found. Then Newton steps on the gradient, each in the least width that
/// shows it. A step p = H⁻¹·Jᵀr needs the gradient at the width of the digits it leads to, but H only at the
/// width of those it gains, so that one from far below serves: that of `Double` for some steps, then one by
/// exact second derivatives at a quarter or half of the digits, as the ``ClimbPlan`` finds cheapest.
///
/// The last evaluation confirms: its step is as short as the digits that are claimed, and the standard
/// errors and the sum of squares differ from those of an evaluation before by no more than they lag behind
/// the parameters.
///
/// Where the Jacobian is singular at the minimum, and second derivatives alone make the Hessian definite, the point and
/// the sum of squares have their digits, and the parameters in the null space no standard errors. That takes as
/// many digits as other things that are nothing, and a Hessian that is definite beyond doubt.
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

  private static let bitsPerDigit = 1 / Double.log10(2)
  /// The most steps before giving up; digits double, or grow by a constant near the end.
  private static let maximumSteps = 60
  /// The most often that a Hessian is renewed for the sake of a direction in which it is small.
  private static let maximumLooks = 4
  /// The bits by which the last evaluation is wider than the step before it.
  private static let spareBits = 32
  /// The digits to be reached beyond those asked for.
  private static let slack = 4.0
  /// More digits than any type has: where an effect underflows, the digits wanted of it have no end.
  private static let farthestTarget = 1e5
  /// The digits of the Hessian that shows that a minimum is isolated.
  private static let isolationDigits = 64.0

  /// The digits that the last step must show.
  private var target: Double
  /// The digits at which the Hessian is known in every direction.
  private var leastTarget = 0.0
  /// The digits by which standard errors and sum of squares lag behind the parameters.
  private var lostDigits = 0.0
  /// Whether the Jacobian may be singular at the solution, as far as narrower types tell: then MINPACK's tests are met far
  /// from it.
  private var mayBeSingular = false
  /// Where the last fit ended that left that open, and the parameters that it took for open.
  private var openPoint: [BinaryReal] = []
  private var openParameters: [Int] = []
  /// Whether the last fit ran out of evaluations, as one in a wider type would.
  private var isOutOfEvaluations = false
  /// Whether the Jacobian has shown to be singular as far as the digits tell, but not yet at as many as it takes.
  private var isRankOpen = false
  /// Bits that conditioning and cancellation cost.
  private var guardBits = 0
  /// The powers of two in which the parameters begin.
  private var units: [Int] = []
  /// The digits at which something has to be nothing in order to be taken for zero: more than data have.
  private var vanishingDigits: Int { max(2 * digits, digits + 150) }
  private var work: [ClimbStage] = []
  /// Writes out the best point so far.
  private var best: () -> [String] = { [] }
  /// What stood in the way, so far.
  private var cause = DigitsNotReached.Cause.noContraction
  /// Problems by their width.
  private var problems: [Int: any RoundableProblem] = [:]

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
  private var wantedDigits: Double { Double(digits) + 1 }
  private var wantedBits: Int { Int((wantedDigits * Self.bitsPerDigit).rounded(.up)) }

  private static func target(_ digits: Int) -> Double { Double(digits) + slack }

  /// A point and the Hessian near it.
  private struct State {
    /// To be handed on to the next type.
    var parameters: [BinaryReal]
    /// The width in which they were found, and which of them have shown to be other than zero.
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
    /// The cost of second derivatives in units of that of a gradient.
    let secondOrderCost: Double

    /// The digits that a type and a point need to show H in every direction; nil where those of H have them.
    ///
    /// - Complexity: O(n³) in the type of H.
    var digitsToKnowHessian: Double? { hessian.digitsToBeKnown(atPointOf: hessianDigits) }
  }

  /// Climbs.
  ///
  /// - Throws: ``DigitsNotReached``, what the model throws, `CancellationError` where the task is cancelled.
  mutating func confirmedFit() throws -> ConfirmedFit {
    if let fit = try run() { return fit }
    try Task.checkCancellation()
    throw DigitsNotReached(
      digits: digits, cause: isInterrupted() ? .interrupted : cause, parameters: best())
  }

  /// Climbs; nil where that does not lead to the digits.
  ///
  /// - Throws: what the model throws.
  mutating func run() throws -> ConfirmedFit? {
    var condition: Double?
    for bits in Self.firstBits where !isInterrupted() {
      let state = try begin(bits: bits)
      guard !isOutOfEvaluations else { return nil }
      if let state, let fit = try run(from: state) { return fit }
      if mayBeSingular {
        // Where parameters are not redundant a wider type may tell a minimum that is isolated, but barely so, from one
        // that is not.
        condition = try condition ?? fit.conditionDigits(at: openPoint, ladder)
        guard condition != nil else {
          cause = .undetermined(openParameters)
          return nil
        }
      } else if state != nil {
        return nil
      }
      (target, leastTarget, lostDigits, isRankOpen) = (Self.target(digits), 0, 0, false)
    }
    // JᵀJ has the square of the condition of J.
    guard let condition, !isInterrupted(),
      case let bits = bits(forDigits: 2 * condition + 40), bits > Self.firstBits.last ?? 0,
      let state = try begin(bits: bits)
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

  private mutating func run(from state: State) throws -> ConfirmedFit? {
    var state = state
    func exponents<Scalar: LSQScalar>(_ type: Scalar.Type) throws -> [Int] {
      try fit.start(over: type).map { $0.binaryReal.binaryExponent ?? 0 }
    }
    units = try exponents(ladder(128))
    cause = .noContraction
    var previous: ClimbEvaluation?
    // The last one with statistics.
    var reference: ClimbEvaluation?
    var disappointments = 0
    var looks = 0
    // Whether the Hessian is of the present point.
    var isFresh = false
    var (plan, plannedGuardBits) = (newPlan(state), guardBits)
    for _ in 0..<Self.maximumSteps {
      guard disappointments < 4, target < Self.farthestTarget, !isInterrupted() else { return nil }
      if plan.target != target || plannedGuardBits != guardBits {
        (plan, plannedGuardBits) = (newPlan(state), guardBits)
      }
      // By a Hessian that is not known nothing can be confirmed.
      if state.digits >= target, let needed = state.digitsToKnowHessian {
        guard looks < Self.maximumLooks else { return nil }
        looks += 1
        guard state.digits >= needed else {
          (leastTarget, target) = (needed, needed)
          continue
        }
        guard try renewHessian(&state, digits: needed) else { return nil }
        isFresh = true
        continue
      }
      // What the first evaluation finds changes the plan, and it is cheap wherever it goes.
      let action =
        previous == nil && state.digits < target
        ? ClimbPlan.Action(reach: min(state.digits + state.gain, target))
        : plan.action(digits: state.digits, gain: state.gain)
      if action.renewsHessian, try renewHessian(&state, digits: state.digits) {
        state.gain = state.digits - plan.loss
        isFresh = true
      }
      guard let evaluation = try evaluate(state, reach: action.reach, after: reference) else {
        disappointments += 1
        guard try renewHessian(&state, digits: Double(30 << disappointments)) else { return nil }
        continue
      }
      state.parameters = evaluation.next
      state.origin = (evaluation.bits, evaluation.isNonzero)
      best = evaluation.nextInDecimal
      progress?(best())
      guardBits = max(guardBits, evaluation.cancelledBits)
      aim(after: evaluation)
      if isConfirmed(evaluation), state.digitsToKnowHessian == nil {
        let open = evaluation.statistics?.undetermined ?? []
        guard try open.isEmpty || isIsolated(&state, along: open) else {
          cause = .undetermined(open)
          return nil
        }
        return evaluation.confirmed(
          digits: digits, vanishingDigits: vanishingDigits, termination: state.termination,
          work: work)
      }
      let gained = isFresh ? nil : previous.map { evaluation.digits - $0.digits }
      if let gained, gained < min(2, state.gain / 2), evaluation.digits < evaluation.shown - 3 {
        // Too coarse a Hessian, or too narrow a type.
        disappointments += 1
        guardBits += 64
        guard try renewHessian(&state, digits: 2 * max(evaluation.digits, 10)) else { return nil }
        state.gain = max(evaluation.digits - plan.loss, 1)
      } else if state.digits >= target {
        // It was to be the last one: standard errors have not settled, say.
        disappointments += 1
        guardBits += 64
      } else if let gained, let previous, evaluation.digits < previous.shown - 3 {
        state.gain = gained
      }
      // No farther than the type of the step shows.
      state.digits = min(evaluation.digits + state.gain, evaluation.shown)
      (previous, isFresh) = (evaluation, false)
      if evaluation.statistics != nil { reference = evaluation }
    }
    return nil
  }

  private func newPlan(_ state: State) -> ClimbPlan {
    ClimbPlan(
      target: target, loss: 3, secondOrderCost: state.secondOrderCost,
      overhead: 15 + 1000 / Double(state.rowCount), bits: bits(forDigits:))
  }

  private func bits(forDigits digits: Double) -> Int {
    max(Int((digits * Self.bitsPerDigit).rounded(.up)) + guardBits, 2 * UInt64.bitWidth)
  }

  // MARK: - Stages

  /// The widths of the fit that settles which minimum is found: `Double`'s, and where that cannot do it wider ones.
  private static let firstBits = [Double.precisionBits, 128, 256]

  /// Such a fit, and the Hessian where it ended; nil where it does not do.
  private mutating func begin(bits: Int) throws -> State? {
    do {
      return bits == Double.precisionBits
        ? try begin(over: Double.self) : try begin(overAny: ladder(bits))
    } catch  where !error.isCancellation {
      // The data, or what the model makes of them, may be beyond the range of a narrow type.
      if bits == Self.firstBits.last { throw error }
      return nil
    }
  }

  private mutating func begin(overAny type: any LSQScalar.Type) throws -> State? {
    try begin(over: type)
  }

  private mutating func begin<Scalar: LSQScalar>(over type: Scalar.Type) throws -> State? {
    // The model may not be known to the compiler where it makes the problem, and a tape needs no compiler.
    let start = try fit.start(over: type)
    let problem = try ModelProblem(
      preferringTapeOf: problem(over: type, at: start.map { $0.binaryReal }))
    let isWide = Scalar.precisionBits > Double.precisionBits
    let limit =
      isWide ? FitDerivatives.exact.searchLimit(parameterCount: start.count) : nil
    let (found, look) = try problem.fitWithLook(
      from: start,
      FitOptions(
        tolerance: isWide && !mayBeSingular ? .minpack : .tight,
        maximumResidualEvaluations: maximumResidualEvaluations ?? limit,
        maximumConcurrency: crew.size),
      { [isInterrupted] _ in isInterrupted() ? .stop : .proceed })
    best = { found.parameters.map { $0.description } }
    progress?(best())
    cause = .notSolved(StopReason(found))
    isOutOfEvaluations = found.solution.termination == .evaluationLimit
    work.append(
      ClimbStage(
        kind: .fit, bits: Scalar.precisionBits,
        residualEvaluations: found.evaluations.residuals,
        jacobianEvaluations: found.evaluations.jacobians,
        digits: nil))
    return try state(found, curvature: look.sweep, problem)
  }

  /// The end of a fit and the Hessian there, from second derivatives that are known or not; nil where nothing can be
  /// climbed from it.
  private mutating func state<Scalar: LSQScalar>(
    _ found: Fit<Scalar>, curvature: CurvatureSweep<Scalar>?, _ problem: ModelProblem<Scalar>
  ) throws -> State? {
    guard found.isConverged,
      let sweep = try counted(curvature ?? CurvatureSweep(of: problem, at: found.parameters))
    else { return nil }
    mayBeSingular = found.mayBeSingular(sweep)
    (openPoint, openParameters) = (found.parameters.map { $0.binaryReal }, found.undetermined)
    guard let hessian = HessianFactor(sweep, atEndOf: found) else { return nil }
    let conditionDigits = hessian.conditionDigits
    guard conditionDigits.isFinite else { return nil }
    guardBits = hessian.guardBits(conditionDigits, at: found)
    return State(
      parameters: found.parameters.map { $0.binaryReal },
      origin: (Scalar.precisionBits, found.parameters.map { _ in false }), hessian: hessian,
      hessianDigits: 13, digits: 13,
      gain: min(max(15 - conditionDigits, 3), 12),
      conditionBits: Int(2 * conditionDigits * Self.bitsPerDigit),
      termination: found.solution.termination,
      rowCount: problem.rowCount,
      secondOrderCost: try problem.tape(at: found.parameters.span)?.plan.secondOrderCost
        ?? 1.5 + Double(problem.parameterCount) / 2)
  }

  /// Takes the Hessian at the present point, in a type that shows so many digits; false where it is not
  /// positive definite.
  private mutating func renewHessian(_ state: inout State, digits: Double) throws -> Bool {
    func run<Scalar: LSQScalar>(_ type: Scalar.Type) throws -> HessianFactor? {
      let problem = try problem(over: type, at: state.parameters)
      return try counted(
        CurvatureSweep(
          of: problem, at: state.parameters.map(Scalar.init(rounding:)), by: crew,
          withNormalMatrix: Scalar.precisionBits > UInt64.bitWidth)
      ).flatMap { HessianFactor($0, restingOnCurvature: state.hessian.restsOnCurvature) }
    }
    guard let hessian = try run(ladder(bits(forDigits: digits))) else { return false }
    (state.hessian, state.hessianDigits) = (hessian, state.digits)
    return true
  }

  /// Whether the minimum is isolated although the Jacobian is singular there, and not one of a line of minima on which
  /// rounding made the first Hessian definite.
  private mutating func isIsolated(_ state: inout State, along open: [Int]) throws -> Bool {
    try renewHessian(&state, digits: Self.isolationDigits)
      && state.hessian.isDefinite(along: open, inUnits: units, toDigits: Self.isolationDigits)
  }

  /// Exact second derivatives, as part of the work; nil where something is not finite.
  private mutating func counted<Scalar: LSQScalar>(
    _ sweep: CurvatureSweep<Scalar>
  ) -> CurvatureSweep<Scalar>? {
    work.append(
      ClimbStage(
        kind: .secondOrder, bits: Scalar.precisionBits, residualEvaluations: 1,
        jacobianEvaluations: 1, digits: nil))
    return sweep.isFinite ? sweep : nil
  }

  /// Evaluates the gradient at the present point, in a type that shows so many digits.
  private mutating func evaluate(
    _ state: State, reach: Double, after reference: ClimbEvaluation?
  ) throws -> ClimbEvaluation? {
    let isLast = state.digits >= target
    // The first two are cheap, and tell by how much statistics lag behind.
    let withStatistics = isLast || reference?.statistics?.lostDigits == nil
    func run<Scalar: LSQScalar>(_ type: Scalar.Type) throws -> ClimbEvaluation? {
      let shown = Double(Scalar.precisionBits - guardBits) / Self.bitsPerDigit
      guard
        let evaluation = try ClimbEvaluation(
          of: problem(over: type, at: state.parameters),
          at: state.parameters.map(Scalar.init(rounding:)),
          from: state.origin, state.hessian, units: units, vanishingDigits: vanishingDigits,
          after: reference, shown: shown, withStatistics: withStatistics, by: crew)
      else { return nil }
      work.append(
        ClimbStage(
          kind: .step, bits: Scalar.precisionBits, residualEvaluations: 1,
          jacobianEvaluations: 1, digits: evaluation.digits))
      return evaluation
    }
    // The width that confirms is greater than that of the step it confirms. No width with statistics is so narrow that JᵀJ is
    // singular, and the one that confirms them leaves them their digits.
    var bits = bits(forDigits: reach)
    if isLast { bits += Self.spareBits }
    if withStatistics { bits = max(bits, state.conditionBits + Self.spareBits) }
    if isLast, let statistics = reference?.statistics {
      bits = max(bits, statistics.conditionBits + wantedBits)
    }
    return try run(ladder(bits))
  }

  /// The problem in a type. Its data are read, and its model is recorded, at the width where the climb will end, and
  /// rounded to narrower ones from there.
  private mutating func problem<Scalar: LSQScalar>(
    over type: Scalar.Type, at point: [BinaryReal]
  ) throws -> ModelProblem<Scalar> {
    let bits = Scalar.precisionBits
    if let known = problems[bits] as? ModelProblem<Scalar> { return known }
    func read<Final: LSQScalar>(_ type: Final.Type) throws -> any RoundableProblem {
      try fit.problem(over: type)
    }
    var problem: ModelProblem<Scalar>?
    if bits > Double.precisionBits {
      let final = try ladder(self.bits(forDigits: target) + Self.spareBits)
      if final.precisionBits > bits {
        let source = try problems[final.precisionBits] ?? read(final)
        problems[final.precisionBits] = source
        problem = try source.rounded(to: type, recordedAt: point)
      }
    }
    let result = try problem ?? fit.problem(over: type)
    problems[bits] = result
    return result
  }

  // MARK: - The end

  /// Sets the digits to be reached: small effects need more, and so do standard errors, the sum of squares of small
  /// residuals, and what is nothing so far and may not be later.
  private mutating func aim(after evaluation: ClimbEvaluation) {
    if evaluation.areResidualsKnown, let lost = evaluation.statistics?.lostDigits {
      lostDigits = min(lost, 100)
    }
    var wanted = Double(digits)
    var lost = max(evaluation.spread, lostDigits)
    if evaluation.areResidualsKnown {
      // The error of the sum is that of the residuals squared.
      lost = max(lost, evaluation.residualDigits - wanted / 2)
      if evaluation.hasUnresolved { wanted = Double(vanishingDigits) + evaluation.residualDigits }
    } else {
      wanted = Double(vanishingDigits)
    }
    if evaluation.statistics != nil {
      isRankOpen = evaluation.isRankOpen(vanishingDigits: vanishingDigits)
    }
    if isRankOpen { wanted = max(wanted, Double(vanishingDigits)) }
    target = max(wanted + Self.slack + lost, leastTarget)
  }

  /// Whether an evaluation shows all that is asked for.
  private func isConfirmed(_ evaluation: ClimbEvaluation) -> Bool {
    let wanted = wantedDigits
    guard let statistics = evaluation.statistics, evaluation.parameterDigits >= wanted,
      !isRankOpen
    else { return false }
    // The squared condition is lost to the standard errors.
    guard evaluation.bits >= statistics.conditionBits + wantedBits else { return false }
    // What lags behind the parameters.
    let areErrorsKnown = statistics.lostDigits.map { evaluation.digits - $0 >= wanted } ?? false
    if evaluation.residualDigits >= Double(vanishingDigits) {
      return areErrorsKnown || evaluation.isScatterUnknown
    }
    guard areErrorsKnown, evaluation.areResidualsKnown,
      2 * (evaluation.digits - evaluation.residualDigits) >= wanted
    else { return false }
    // The sum of squares has lost what cancels in the residuals.
    return Double(evaluation.bits - evaluation.cancelledBits) / Self.bitsPerDigit >= wanted
  }
}
