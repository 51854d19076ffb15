import LSQScalars
import LeastSquares

/// From a fit in `Double` to any number of digits, in a few evaluations.
///
/// The fit settles which minimum is found. Then Newton steps on the gradient, each in the least width that
/// shows it, gain as many digits as the second-order term is known to: about ten where it comes from
/// differences in `Double`. Where many more digits are wanted than that, the term is taken anew in a wider
/// type, which pays off since each later step costs more than all earlier ones. The last step, in the final
/// width, is as short as the digits that are claimed.
///
/// A climb gives up where a step is not short enough after the one before: the caller then has to iterate at
/// the final width.
struct PrecisionClimb {
  let fit: any AnyPrecisionFit
  let ladder: ScalarLadder
  let digits: Int
  let maximumResidualEvaluations: Int?
  let isInterrupted: () -> Bool
  let progress: ([String]) -> Void

  /// Digits beyond those asked for: standard errors change faster than parameters.
  private static let spareDigits = 8.0
  /// Bits that conditioning may cost.
  private static let guardBits = 64
  private static let bitsPerDigit = 1 / Double.log10(2)

  private var target: Double { Double(digits) + Self.spareDigits }
  private var finalBits: Int { Int(target * Self.bitsPerDigit) + Self.guardBits }

  /// The point, and what is known of it.
  private struct State {
    var parameters: [String]
    var term: SecondOrderTerm?
    /// The digits that a step gains.
    var gain = 6.0
    var work: [ClimbStage] = []
    let termination: Termination
  }

  /// Climbs; nil where steps do not contract.
  ///
  /// - Throws: what the model throws.
  func run() throws -> ConfirmedFit? {
    guard var state = try begin() else { return nil }
    var bits = min(128, finalBits)
    var previous: (digits: Double, bits: Int)?
    var disappointments = 0
    while disappointments < 3, !isInterrupted() {
      guard let outcome = try step(&state, bits: bits) else {
        // The term from `Double` may be too coarse for an ill-conditioned problem.
        disappointments += 1
        guard try refine(&state, bits: 256 << (disappointments - 1)) else { return nil }
        continue
      }
      if let confirmed = outcome.confirmed { return confirmed }
      if let previous {
        let gained = outcome.digits - previous.digits
        // The width of the step before may have hidden what the term can do.
        let isHidden = gained > Double(previous.bits) / Self.bitsPerDigit - previous.digits - 12
        if gained < 2, !isHidden {
          disappointments += 1
          bits = max(bits * 3 / 2, Int((outcome.digits + 40) * Self.bitsPerDigit))
          guard try refine(&state, bits: bits) else { return nil }
        } else {
          state.gain = isHidden ? max(gained, state.gain) : gained
        }
      }
      previous = (outcome.digits, outcome.bits)
      let reached = outcome.digits + state.gain
      if target - reached > 3 * state.gain, reached > 2.5 * state.gain {
        let wide = Int(2 * reached * Self.bitsPerDigit) + 32
        if wide <= finalBits * 2 / 5, try refine(&state, bits: wide) {
          state.gain = reached * 0.9
        }
      }
      let resolved = min(reached + state.gain, target) * Self.bitsPerDigit
      bits = max(
        bits, min(Int(resolved) + Self.guardBits, finalBits + Self.guardBits * disappointments))
    }
    return nil
  }

  /// The fit in `Double`, and its second-order term.
  private func begin() throws -> State? {
    let problem = try fit.problem(over: Double.self)
    let found = try problem.fit(
      from: fit.start(over: Double.self),
      options: FitOptions(
        maximumResidualEvaluations: maximumResidualEvaluations,
        monitor: { _ in isInterrupted() ? .stop : .proceed }))
    progress(found.parameters.map(\.description))
    guard found.isConverged, found.undetermined.isEmpty else { return nil }
    let term = try SecondOrderTerm(of: problem, at: found.parameters, .fourthOrder)
    let counts = found.solution.counts
    return State(
      parameters: found.parameters.map(\.description), term: term,
      work: [
        ClimbStage(
          kind: .fit, bits: Double.precisionBits, residualEvaluations: counts.residuals,
          jacobianEvaluations: counts.jacobians, digits: nil),
        ClimbStage(
          kind: .secondOrder, bits: Double.precisionBits, residualEvaluations: 0,
          jacobianEvaluations: SecondOrderTerm.Differences.fourthOrder.evaluations(
            parameterCount: found.parameters.count), digits: nil),
      ], termination: found.solution.termination)
  }

  /// Takes the second-order term at the present point in a type of at least so many bits.
  private func refine(_ state: inout State, bits: Int) throws -> Bool {
    func run<Scalar: LSQScalar>(_ type: Scalar.Type) throws -> SecondOrderTerm? {
      let x = state.parameters.compactMap { Scalar($0) }
      guard x.count == state.parameters.count else { return nil }
      return try SecondOrderTerm(of: fit.problem(over: type), at: x, .forward)
    }
    let type = try ladder(bits)
    guard let term = try run(type) else { return false }
    state.term = term
    state.work.append(
      ClimbStage(
        kind: .secondOrder, bits: type.precisionBits, residualEvaluations: 0,
        jacobianEvaluations: SecondOrderTerm.Differences.forward.evaluations(
          parameterCount: state.parameters.count), digits: nil))
    return true
  }

  private struct Outcome {
    /// The correct digits before the step.
    let digits: Double
    /// The width of the step.
    let bits: Int
    let confirmed: ConfirmedFit?
  }

  /// One step in a type of at least so many bits.
  private func step(_ state: inout State, bits: Int) throws -> Outcome? {
    func run<Scalar: LSQScalar>(_ type: Scalar.Type) throws -> Outcome? {
      let x = state.parameters.compactMap { Scalar($0) }
      let problem = try fit.problem(over: type)
      guard x.count == state.parameters.count,
        let step = try NewtonStep(of: problem, at: x, state.term, wanted: target)
      else { return nil }
      state.work.append(
        ClimbStage(
          kind: .step, bits: Scalar.precisionBits, residualEvaluations: 1,
          jacobianEvaluations: 1, digits: step.digits.isFinite ? step.digits : nil))
      state.parameters = step.parameters.map(\.description)
      progress(state.parameters)
      let isWide = Scalar.precisionBits >= finalBits
      guard step.digits >= target, isWide else {
        return Outcome(
          digits: step.digits, bits: Scalar.precisionBits, confirmed: nil)
      }
      return Outcome(
        digits: step.digits, bits: Scalar.precisionBits,
        confirmed: confirmed(step, problem, state))
    }
    return try run(ladder(bits))
  }

  private func confirmed<Scalar: LSQScalar>(
    _ step: NewtonStep<Scalar>, _ problem: ModelProblem<Scalar>, _ state: State
  ) -> ConfirmedFit {
    let (m, n) = (problem.rowCount, problem.parameterCount)
    let variance = m > n ? step.sumOfSquares / Scalar(m - n) : nil
    let scale = problem.sigma == nil ? variance : 1
    let standardErrors = (0..<n).map { j -> String? in
      guard let scale else { return nil }
      let column = step.factor.solveTransposed((0..<n).map { $0 == j ? 1 : 0 })
      return (scale * column.reduce(0) { $0 + $1 * $1 }).squareRoot().description
    }
    return ConfirmedFit(
      parameters: (0..<n).map { step.vanishes[$0] ? "0.0" : step.parameters[$0].description },
      standardErrors: standardErrors,
      sumOfSquares: step.sumOfSquares.description,
      residualStandardDeviation: variance?.squareRoot().description, degreesOfFreedom: m - n,
      digitsConfirmed: digits, bits: Scalar.precisionBits, termination: state.termination,
      work: state.work)
  }
}

extension AnyPrecisionFit {
  /// Fits to so many correct decimal digits in every parameter, from a fit in `Double`.
  ///
  /// - Parameters:
  ///   - digits: at least 1.
  ///   - ladder: the types to climb, such as `PrecisionLadder.scalarType(bits:)` of MultiPrecision.
  ///   - maximumResidualEvaluations: of the fit in `Double`; nil for a number that grows with that of
  ///     the parameters.
  ///   - isInterrupted: asked now and then; true ends the climb.
  ///   - progress: told the parameters whenever they are better than before.
  /// - Returns: nil where the problem resists: the fit in `Double` does not converge or leaves parameters
  ///   undetermined, or Newton steps do not contract.
  /// - Throws: what the model and the ladder throw.
  public func fit(
    digits: Int, ladder: @escaping ScalarLadder, maximumResidualEvaluations: Int? = nil,
    isInterrupted: @escaping () -> Bool = { false },
    progress: @escaping ([String]) -> Void = { _ in }
  ) throws -> ConfirmedFit? {
    precondition(digits >= 1, "\(digits) digits: ask for 1 or more")
    return try PrecisionClimb(
      fit: self, ladder: ladder, digits: digits,
      maximumResidualEvaluations: maximumResidualEvaluations, isInterrupted: isInterrupted,
      progress: progress
    ).run()
  }
}
