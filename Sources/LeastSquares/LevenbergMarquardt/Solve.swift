import LSQScalars

/// One run of the algorithm: what it is given, what it remembers, and the steps that the driver
/// calls.
///
/// The steps stand in the order in which they run. The mathematics of each is in a file of its own.
struct Solve<Scalar: LSQScalar>: ~Copyable {
  let options: Options<Scalar>
  let monitor: Monitor<Scalar>?
  let constants = Constants<Scalar>()
  let tests: ConvergenceTests<Scalar>

  var memory: SolveMemory<Scalar>
  /// ‖f(x)‖ (MINPACK: fnorm).
  var residualNorm: Scalar = 0
  /// ‖D·x‖ (MINPACK: xnorm).
  var scaledNorm: Scalar = 0
  /// ‖f(x − p)‖ (MINPACK: fnorm1). Not next to ‖f(x)‖: both would be loaded in one, which waits for this one's store.
  var trialResidualNorm: Scalar = 0
  /// ‖D·(x − p)‖, where a whole step has returned it.
  var trialScaledNorm: Scalar?
  /// ‖D·p‖ (MINPACK: pnorm).
  var stepLength: Scalar = 0
  /// ‖J·p‖ (MINPACK: wa3's norm, temp1 times fnorm).
  var predictedChange: Scalar = 0
  /// MINPACK: gnorm.
  var gradientCosine: Scalar = 0
  var trustRegion = TrustRegion<Scalar>()
  var quality = StepQuality<Scalar>()
  /// Whether `memory.linearization` holds a factorisation, not what an unfinished one left there.
  var isLinearized = false
  /// Whether `memory.jacobianAhead` holds the Jacobian where the residuals were evaluated last.
  var hasJacobianAhead = false
  /// MINPACK: iter.
  var iteration = 0
  var counts = EvaluationCounts()

  /// A run in memory that fits the problem.
  @inline(__always)
  init(
    _ options: consuming Options<Scalar>, limit: Int, in memory: consuming SolveMemory<Scalar>,
    monitor: Monitor<Scalar>?
  ) {
    tests = ConvergenceTests(options.tolerances, limit: limit, constants)
    self.options = consume options
    self.monitor = monitor
    self.memory = memory
  }

  /// Evaluates the residuals at the start.
  mutating func begin(_ problem: LeastSquaresProblem<Scalar>, at start: [Scalar]) throws {
    Scalar.copy(start, into: &memory.parameters)
    memory.damping.value = 0
    if !memory.strayJacobian.isEmpty { memory.strayJacobian = [] }
    Scalar.fill(&memory.scaling, with: 0)
    residualNorm = .nan
    let norm: Scalar
    do { norm = try evaluateResiduals(problem) } catch {
      // If the first evaluation does not complete, f is unknown.
      Scalar.fill(&memory.residuals, with: .nan)
      throw error
    }
    if let bad = problem.nonFiniteResidual(in: memory.residuals) {
      throw LeastSquaresError.nonFiniteResidual(index: bad.index, value: bad.value)
    }
    residualNorm = norm
    guard residualNorm.isFinite else { throw LeastSquaresError.residualNormOverflows }
  }

  /// Whether that many more evaluations would exceed a strict limit (D-005).
  func exceedsLimit(_ evaluations: Int) -> Bool {
    options.departures.contains(.strictEvaluationLimit)
      && counts.residuals + evaluations > tests.maximumResidualEvaluations
  }

  /// Goes back from an accepted point where a derivative is not finite, as if the step had been rejected
  /// (D-002); false where that does not help.
  mutating func retreat(_ problem: LeastSquaresProblem<Scalar>) throws -> Bool {
    let norm = try evaluateTrialResiduals(problem)
    guard norm.isFinite else { return false }
    swap(&memory.parameters, &memory.trialParameters)
    swap(&memory.residuals, &memory.trialResiduals)
    residualNorm = norm
    trialResidualNorm = .infinity
    guard try linearize(problem) == nil else { return false }
    scaledNorm = scaledLengthOfParameters()
    quality.actualReduction = -1
    quality.gainRatio = -1
    trustRegion.adapt(
      to: quality, residualNorm: residualNorm, trialResidualNorm: trialResidualNorm,
      stepLength: stepLength, dampingParameter: &memory.damping.value, constants)
    return true
  }

  /// Sets D and Δ at the first linearisation.
  mutating func beginScaling() {
    switch options.scaling {
    case .fixed(let diagonal):
      for j in diagonal.indices { memory.scaling[j] = diagonal[j] }
    case .fromJacobian:
      for j in memory.scaling.indices {
        let norm = memory.linearization.columnNorms[j]
        memory.scaling[j] = norm == 0 ? 1 : norm
      }
    }
    scaledNorm = scaledLengthOfParameters()
    trustRegion.begin(scaledNorm: scaledNorm, factor: options.initialRadiusFactor)
  }

  /// Lets D grow with the columns of the Jacobian.
  mutating func adaptScaling() {
    guard case .fromJacobian = options.scaling else { return }
    Scalar.raise(&memory.scaling, to: memory.linearization.columnNorms)
  }

  /// Finds λ and p, the trial point x − p, and what the linear model promises there. (p has MINPACK's sign;
  /// MINPACK changes it first, to the same bits.)
  mutating func proposeStep() {
    (stepLength, predictedChange) = memory.damping.solve(
      memory.linearization, scaling: memory.scaling, trustRegionRadius: trustRegion.radius,
      from: memory.parameters, to: &memory.trialParameters, room: &memory.room, constants)
    if iteration == 1 { trustRegion.radius = min(trustRegion.radius, stepLength) }
  }

  /// Evaluates the residuals at the trial point. A norm that is not finite counts as infinite, which
  /// rejects the step (D-003).
  mutating func evaluateTrial(_ problem: LeastSquaresProblem<Scalar>) throws {
    let norm = try evaluateTrialResiduals(problem)
    trialResidualNorm = norm.isFinite ? norm : .infinity
  }

  /// Compares the step with its promise, adapts Δ and λ, and moves if the step is good.
  mutating func judgeStep() {
    quality = StepQuality(
      residualNorm: residualNorm, trialResidualNorm: trialResidualNorm,
      predictedChange: predictedChange,
      dampingParameter: memory.damping.value, stepLength: stepLength, constants)
    trustRegion.adapt(
      to: quality, residualNorm: residualNorm, trialResidualNorm: trialResidualNorm,
      stepLength: stepLength, dampingParameter: &memory.damping.value, constants)
    guard quality.isAcceptable else {
      hasJacobianAhead = false
      return
    }
    swap(&memory.parameters, &memory.trialParameters)
    swap(&memory.residuals, &memory.trialResiduals)
    scaledNorm = trialScaledNorm ?? scaledLengthOfParameters()
    residualNorm = trialResidualNorm
  }

  /// The verdict of the convergence tests, then of the monitor and the task.
  mutating func reasonToStop() -> Termination? {
    let verdict = tests.verdict(
      quality, radius: trustRegion.radius, scaledNorm: scaledNorm, gradientCosine: gradientCosine,
      residualEvaluations: counts.residuals)
    return notifyMonitor(.trial) ?? verdict
  }

  /// Shows the monitor where the solve stands, and listens to it and to the task.
  mutating func notifyMonitor(_ occasion: MonitorOccasion) -> Termination? {
    if let monitor, monitor(record(occasion)) == .stop {
      return .stopped(code: -1)
    }
    return Task.isCancelled ? .cancelled : nil
  }

  private func record(_ occasion: MonitorOccasion) -> IterationRecord<Scalar> {
    IterationRecord(
      iteration: occasion == .start ? 0 : iteration, parameters: memory.parameters,
      residualNorm: residualNorm,
      trialResidualNorm: occasion == .trial ? trialResidualNorm : residualNorm,
      isAccepted: occasion != .trial || quality.isAcceptable,
      isClosing: occasion == .closing, trustRegionRadius: trustRegion.radius,
      dampingParameter: memory.damping.value, stepLength: stepLength,
      actualReduction: quality.actualReduction, predictedReduction: quality.predictedReduction,
      gainRatio: quality.gainRatio, gradientCosine: gradientCosine, counts: counts)
  }

  /// ‖D·x‖.
  mutating func scaledLengthOfParameters() -> Scalar {
    // By a whole step, which has its own scratch.
    if memory.room.isEmpty, !memory.residuals.isEmpty {
      return Self.measureWhole(
        memory.residuals, memory.parameters, memory.scaling, constants, &memory.room
      ).scaledNorm
    }
    memory.prepareRoom()
    Scalar.multiply(memory.scaling, memory.parameters, into: &memory.room)
    return constants.norm(memory.room, Lane(count: memory.parameters.count))
  }
}

/// When a monitor is called.
enum MonitorOccasion {
  case start, trial, closing
}
