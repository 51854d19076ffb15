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
/// errors and the sum of squares have moved since the evaluation before by so little that they have
/// settled, too.
///
/// A climb gives up where steps do not contract: the caller then has to iterate at the final width.
struct PrecisionClimb {
  let fit: any AnyPrecisionFit
  let ladder: ScalarLadder
  let digits: Int
  let maximumResidualEvaluations: Int?
  let isInterrupted: () -> Bool
  let progress: (([String]) -> Void)?

  private static let bitsPerDigit = 1 / Double.log10(2)
  /// The most steps before giving up; digits double, or grow by a constant near the end.
  private static let maximumSteps = 60

  /// The digits that the last step must show.
  private var target = 0.0
  /// Bits that conditioning and cancellation cost.
  private var guardBits = 0
  /// The digits at which something has to be nothing in order to be taken for zero.
  private var vanishingDigits: Int { max(2 * digits, digits + 50) }
  /// Whether something vanishes at all the digits asked for, which more have to bear out.
  private var isDoubled = false
  private var work: [ClimbStage] = []
  /// Problems by their width, so that data are read once.
  private var problems: [Int: AnyObject] = [:]

  init(
    fit: any AnyPrecisionFit, ladder: @escaping ScalarLadder, digits: Int,
    maximumResidualEvaluations: Int?, isInterrupted: @escaping () -> Bool,
    progress: (([String]) -> Void)?
  ) {
    self.fit = fit
    self.ladder = ladder
    self.digits = digits
    self.maximumResidualEvaluations = maximumResidualEvaluations
    self.isInterrupted = isInterrupted
    self.progress = progress
    // Standard errors move faster than parameters; by how much faster turns out on the way.
    target = Double(digits) + 4
  }

  /// A point and the Hessian near it.
  private struct State {
    /// As texts to be handed on to the next type.
    var parameters: [String]
    var hessian: HessianFactor
    /// The digits that the point is taken to have.
    var digits: Double
    /// The digits that a step gains.
    var gain: Double
    let termination: Termination
    let rowCount: Int
  }

  /// Climbs; nil where steps do not contract.
  ///
  /// - Throws: what the model throws.
  mutating func run() throws -> ConfirmedFit? {
    guard var state = try begin() else { return nil }
    var previous: ClimbEvaluation?
    var disappointments = 0
    var (plan, plannedGuardBits) = (newPlan(state), guardBits)
    for _ in 0..<Self.maximumSteps {
      guard disappointments < 4, !isInterrupted() else { return nil }
      if plan.target != target || plannedGuardBits != guardBits {
        (plan, plannedGuardBits) = (newPlan(state), guardBits)
      }
      let action = plan.action(digits: state.digits, gain: state.gain)
      var isFresh = false
      if action.renewsHessian, try renewHessian(&state, digits: state.digits) {
        state.gain = state.digits - plan.loss
        isFresh = true
      }
      guard let evaluation = try evaluate(state, reach: action.reach, after: previous) else {
        disappointments += 1
        guard try renewHessian(&state, digits: Double(30 << disappointments)) else { return nil }
        continue
      }
      state.parameters = evaluation.next
      progress?(evaluation.nextInDecimal())
      guardBits = max(guardBits, evaluation.cancelledBits)
      if isConfirmed(evaluation, after: previous) {
        return evaluation.confirmed(
          digits: digits, vanishingDigits: vanishingDigits, termination: state.termination,
          work: work)
      }
      if let previous, !isFresh {
        let gained = evaluation.digits - previous.digits
        if gained < min(2, state.gain / 2), evaluation.digits < evaluation.shown - 3 {
          // Too coarse a Hessian, or too narrow a type.
          disappointments += 1
          guardBits += 64
          guard try renewHessian(&state, digits: 2 * max(evaluation.digits, 10)) else { return nil }
          state.gain = max(evaluation.digits - plan.loss, 1)
        } else if evaluation.digits < previous.shown - 3 {
          state.gain = gained
        }
      }
      // No farther than the type of the step shows.
      state.digits = min(evaluation.digits + state.gain, evaluation.shown)
      previous = evaluation
    }
    return nil
  }

  private func newPlan(_ state: State) -> ClimbPlan {
    let n = Double(state.parameters.count)
    return ClimbPlan(
      target: target, loss: 3, secondOrderCost: 1.5 + n / 2,
      overhead: 1000 / Double(state.rowCount)
    ) { digits in
      (try? ladder(bits(forDigits: digits)).precisionBits) ?? .max / 2
    }
  }

  private func bits(forDigits digits: Double) -> Int {
    max(Int(digits * Self.bitsPerDigit) + guardBits, 96)
  }

  // MARK: - Stages

  /// The fit that settles which minimum is found, in `Double` or where that cannot do it in a wider type,
  /// and the Hessian there.
  private mutating func begin() throws -> State? {
    for bits in [Double.precisionBits, 128, 256] {
      let isLast = bits == 256
      do {
        let state =
          bits == Double.precisionBits
          ? try begin(over: Double.self) : try begin(overAny: ladder(bits))
        if let state { return state }
      } catch let error as LeastSquaresError {
        if isLast { throw error }
      }
      if isInterrupted() { return nil }
    }
    return nil
  }

  private mutating func begin(overAny type: any LSQScalar.Type) throws -> State? {
    try begin(over: type)
  }

  private mutating func begin<Scalar: LSQScalar>(over type: Scalar.Type) throws -> State? {
    let problem = try problem(over: type)
    let found = try problem.fit(
      from: fit.start(over: type),
      options: FitOptions(
        tolerance: Scalar.precisionBits == Double.precisionBits ? .tight : .minpack,
        maximumResidualEvaluations: maximumResidualEvaluations,
        monitor: { [isInterrupted] _ in isInterrupted() ? .stop : .proceed }))
    progress?(found.parameters.map(\.description))
    let counts = found.solution.counts
    work.append(
      ClimbStage(
        kind: .fit, bits: Scalar.precisionBits, residualEvaluations: counts.residuals,
        jacobianEvaluations: counts.jacobians, digits: nil))
    guard found.isConverged, found.undetermined.isEmpty else { return nil }
    let sweep = try Sweep(of: problem, at: found.parameters)
    let differences = SecondOrderTerm.Differences.fourthOrder
    let term = try SecondOrderTerm(of: problem, at: found.parameters, differences)
    work.append(
      ClimbStage(
        kind: .secondOrder, bits: Scalar.precisionBits, residualEvaluations: 0,
        jacobianEvaluations: differences.evaluations(parameterCount: found.parameters.count),
        digits: nil))
    guard sweep.isFinite,
      let second = term.matrix(over: type, parameterCount: found.parameters.count),
      let hessian = HessianFactor(LeastSquaresFactor(sweep.jacobian), secondOrder: second)
    else { return nil }
    let norm = EuclideanNorm<Scalar>()(sweep.residuals.span)
    guardBits = Self.guardBits(
      hessian, effects: hessian.effects(of: found.parameters), residualNorm: norm,
      rowCount: problem.rowCount)
    return State(
      parameters: found.parameters.map { $0.transferText }, hessian: hessian, digits: 13,
      gain: min(max(15 - hessian.conditionDigits, 3), 11), termination: found.solution.termination,
      rowCount: problem.rowCount)
  }

  /// The bits that the gradient loses, since conditioning enters it squared, and the residuals, where the
  /// largest terms of the model cancel in them.
  private static func guardBits<Scalar: LSQScalar>(
    _ hessian: HessianFactor, effects: [Scalar], residualNorm: Scalar, rowCount: Int
  ) -> Int {
    let largest = effects.max() ?? 0
    var lost = 0.0
    for effect in effects where effect > 0 {
      let cancelled = hessian.conditionDigits + Scalar.leadingZeros(effect / largest)
      let squared = 2 * hessian.conditionDigits + Scalar.leadingZeros(effect / residualNorm)
      lost = max(lost, cancelled, squared)
    }
    return Int(min(lost + 1, 40) * bitsPerDigit) + Int(Double.log2(Double(rowCount)) / 2) + 8
  }

  /// Takes the Hessian at the present point by exact second derivatives, in a type that shows so many
  /// digits; by differences where second derivatives are not finite.
  private mutating func renewHessian(_ state: inout State, digits: Double) throws -> Bool {
    func run<Scalar: LSQScalar>(_ type: Scalar.Type) throws -> HessianFactor? {
      let x = state.parameters.compactMap { Scalar($0) }
      guard x.count == state.parameters.count else { return nil }
      let problem = try problem(over: type)
      let sweep = try CurvatureSweep(of: problem, at: x)
      work.append(
        ClimbStage(
          kind: .secondOrder, bits: Scalar.precisionBits, residualEvaluations: 1,
          jacobianEvaluations: 1, digits: nil))
      if sweep.isFinite {
        return HessianFactor(LeastSquaresFactor(sweep.jacobian), secondOrder: sweep.secondOrder)
      }
      let first = try Sweep(of: problem, at: x)
      let term = try SecondOrderTerm(of: problem, at: x, .forward)
      work.append(
        ClimbStage(
          kind: .secondOrder, bits: Scalar.precisionBits, residualEvaluations: 1,
          jacobianEvaluations: x.count + 2, digits: nil))
      guard first.isFinite, let second = term.matrix(over: type, parameterCount: x.count)
      else { return nil }
      return HessianFactor(LeastSquaresFactor(first.jacobian), secondOrder: second)
    }
    guard let hessian = try run(ladder(bits(forDigits: digits))) else { return false }
    state.hessian = hessian
    return true
  }

  /// Evaluates the gradient at the present point, in a type that shows so many digits.
  private mutating func evaluate(
    _ state: State, reach: Double, after previous: ClimbEvaluation?
  ) throws -> ClimbEvaluation? {
    // The width that confirms is greater than that of the step it confirms.
    let spare = state.digits >= target ? 32 : 0
    func run<Scalar: LSQScalar>(_ type: Scalar.Type) throws -> ClimbEvaluation? {
      let x = state.parameters.compactMap { Scalar($0) }
      let problem = try problem(over: type)
      guard x.count == state.parameters.count,
        let evaluation = try ClimbEvaluation(
          of: problem, at: x, state.hessian, wanted: target, after: previous,
          shown: Double(Scalar.precisionBits - guardBits) / Self.bitsPerDigit,
          withStatistics: state.digits + state.gain >= target - 8)
      else { return nil }
      work.append(
        ClimbStage(
          kind: .step, bits: Scalar.precisionBits, residualEvaluations: 1,
          jacobianEvaluations: 1,
          digits: evaluation.digits.isFinite ? evaluation.digits : nil))
      return evaluation
    }
    return try run(ladder(bits(forDigits: reach) + spare))
  }

  private mutating func problem<Scalar: LSQScalar>(
    over type: Scalar.Type
  ) throws -> ModelProblem<Scalar> {
    if let known = problems[Scalar.precisionBits] as? ModelProblem<Scalar> { return known }
    let problem = try fit.problem(over: type)
    problems = [Scalar.precisionBits: problem]
    return problem
  }

  // MARK: - The end

  /// Whether an evaluation shows all that is asked for. Where it falls short, the target is raised.
  private mutating func isConfirmed(
    _ evaluation: ClimbEvaluation, after previous: ClimbEvaluation?
  ) -> Bool {
    let wanted = Double(isDoubled ? vanishingDigits : digits)
    guard let previous, evaluation.statistics != nil, evaluation.digits >= wanted + 1,
      evaluation.shown >= wanted + 1
    else { return false }
    // What is nothing at so many digits has to be nothing at many more.
    let isExact = evaluation.residualDigits >= wanted
    if isExact || evaluation.vanishes.contains(true), !isDoubled {
      isDoubled = true
      target = Double(vanishingDigits) + 4
      return false
    }
    if isExact { return true }
    guard previous.statistics != nil else { return false }
    let settled = evaluation.agreement + evaluation.digits - previous.digits
    // The sum of squares has lost what cancels in the residuals.
    let shown = Double(evaluation.bits - evaluation.cancelledBits) / Self.bitsPerDigit
    if settled >= wanted + 1, shown >= wanted + 1 { return true }
    target = max(target, wanted + 3 + min(max(evaluation.digits - settled, 0), 100))
    return false
  }
}

extension AnyPrecisionFit {
  /// Fits to so many correct decimal digits in every parameter, from a fit in `Double`.
  ///
  /// The standard errors and the sum of squares have as many. Where the sum of squares, or the effect of a
  /// parameter, is still nothing at twice the digits and at 50 more than asked for, it is taken for zero.
  ///
  /// - Parameters:
  ///   - digits: 1 to 10,000.
  ///   - ladder: the types to climb, such as `PrecisionLadder.scalarType(bits:)` of MultiPrecision.
  ///   - maximumResidualEvaluations: of the fit in `Double`; nil for a number that grows with that of
  ///     the parameters.
  ///   - isInterrupted: asked now and then; true ends the climb.
  ///   - progress: told the parameters whenever they are better than before; nil saves writing them out.
  /// - Returns: nil where the problem resists: the fit does not converge or leaves parameters
  ///   undetermined, or Newton steps do not contract.
  /// - Throws: ``DigitsOutOfRange``, what the model and the ladder throw.
  public func fit(
    digits: Int, ladder: @escaping ScalarLadder, maximumResidualEvaluations: Int? = nil,
    isInterrupted: @escaping () -> Bool = { false },
    progress: (([String]) -> Void)? = nil
  ) throws -> ConfirmedFit? {
    guard DigitsOutOfRange.range.contains(digits) else { throw DigitsOutOfRange(digits: digits) }
    var climb = PrecisionClimb(
      fit: self, ladder: ladder, digits: digits,
      maximumResidualEvaluations: maximumResidualEvaluations, isInterrupted: isInterrupted,
      progress: progress)
    return try climb.run()
  }
}
