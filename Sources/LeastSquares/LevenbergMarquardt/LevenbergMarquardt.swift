public import LSQScalars

/// MINPACK's Levenberg–Marquardt method: minimises ‖f(x)‖² for m residuals of n parameters.
///
///     (JᵀJ + λD²)·p = Jᵀf,   x ← x − p,   ‖D·p‖ ≤ Δ
///
/// The same code serves `lmder`, `lmdif` and `lmstr`, in every scalar type, with MINPACK's order of
/// operations.
///
/// Departures from MINPACK that no recorded run can show are always on; ``Departures`` have to be asked
/// for.
///
/// Source: J. J. Moré, *The Levenberg–Marquardt algorithm: implementation and theory*, Lecture Notes in
/// Mathematics 630 (1978); MINPACK `lmder`, `lmdif`, `lmstr`.
/// Deviations: D-001 to D-006, D-009, D-010.
public struct LevenbergMarquardt<Scalar: LSQScalar>: Sendable, Hashable {
  /// Tolerances, limits, scaling.
  public var options: Options<Scalar>

  /// A solver, by default with MINPACK's options.
  public init(options: Options<Scalar> = Options()) {
    self.options = options
  }

  /// Minimises the sum of squares from a start.
  ///
  /// - Parameters:
  ///   - problem: m residuals of n parameters.
  ///   - start: x₀, n numbers.
  ///   - monitor: sees the start and every step, and can stop the solve, with the best point so far.
  /// - Throws: ``LeastSquaresError`` where the problem cannot be solved as posed; the errors of the
  ///   caller's functions, unchanged.
  /// - Complexity: O(m·n²) per iteration besides the caller's functions.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  #if (arch(i386) || arch(x86_64)) && !os(Windows) && !os(Android)
    @specialized(where Scalar == Float80)
  #endif
  public func minimize(
    _ problem: LeastSquaresProblem<Scalar>, from start: [Scalar], monitor: Monitor<Scalar>? = nil
  ) throws -> Solution<Scalar> {
    try Self.minimize(problem, from: start, options, monitor)
  }

  /// The same with options that are passed on, not copied.
  static func minimize(
    _ problem: LeastSquaresProblem<Scalar>, from start: [Scalar],
    _ options: consuming Options<Scalar>, _ monitor: Monitor<Scalar>? = nil
  ) throws -> Solution<Scalar> {
    try validate(options, start, for: problem)
    var solve = prepare(problem, consume options, SolveMemory(problem.memoryShape), monitor)
    let end = try solve.end(of: problem, from: start)
    return Solution(taking: solve, residualCount: problem.residualCount, end)
  }

  /// Minimises the sum of squares from a start, in memory kept by the caller.
  ///
  /// Nothing is allocated if the workspace has served a problem of this shape before and that solution is
  /// no longer held: its arrays are reused. Closing steps allocate a few arrays of their own.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  #if (arch(i386) || arch(x86_64)) && !os(Windows) && !os(Android)
    @specialized(where Scalar == Float80)
  #endif
  public func minimize(
    _ problem: LeastSquaresProblem<Scalar>, from start: [Scalar],
    using workspace: inout Workspace<Scalar>, monitor: Monitor<Scalar>? = nil
  ) throws -> Solution<Scalar> {
    var counts = EvaluationCounts()
    return try minimize(
      problem, from: start, using: &workspace, counting: &counts, monitor: monitor)
  }

  /// The same, reporting the evaluations even where an error ends the solve.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  #if (arch(i386) || arch(x86_64)) && !os(Windows) && !os(Android)
    @specialized(where Scalar == Float80)
  #endif
  package func minimize(
    _ problem: LeastSquaresProblem<Scalar>, from start: [Scalar],
    using workspace: inout Workspace<Scalar>, counting counts: inout EvaluationCounts,
    monitor: Monitor<Scalar>? = nil
  ) throws -> Solution<Scalar> {
    try Self.validate(options, start, for: problem)
    var solve = Self.prepare(problem, options, workspace.take(for: problem), monitor)
    do {
      let end = try solve.end(of: problem, from: start)
      counts = solve.counts
      let solution = Solution(solve, residualCount: problem.residualCount, end)
      workspace.giveBack(solve.memory)
      return solution
    } catch {
      counts = solve.counts
      workspace.giveBack(solve.memory)
      throw error
    }
  }

  /// A run of the algorithm that has not begun; inlined, since the memory would be moved once more.
  @inline(__always)
  private static func prepare(
    _ problem: LeastSquaresProblem<Scalar>, _ options: consuming Options<Scalar>,
    _ memory: consuming SolveMemory<Scalar>, _ monitor: Monitor<Scalar>?
  ) -> Solve<Scalar> {
    memory.linearization.crew = problem.crew
    let limit = options.evaluationLimit(for: problem)
    return Solve(consume options, limit: limit, in: memory, monitor: monitor)
  }

  private static func validate(
    _ options: borrowing Options<Scalar>, _ start: [Scalar],
    for problem: LeastSquaresProblem<Scalar>
  ) throws(LeastSquaresError) {
    try options.validate(parameterCount: problem.parameterCount)
    try start.requireCount(problem.parameterCount, as: "start")
    try start.requireFiniteStart()
  }
}

extension Solve {
  /// The algorithm and, where these are asked for, the closing steps.
  ///
  /// The problem is passed to the steps that need it: held by `self` it would be copied, and its functions
  /// retained for every call.
  mutating func end(
    of problem: LeastSquaresProblem<Scalar>, from start: [Scalar]
  ) throws -> (Termination, ClosingOutcome<Scalar>?) {
    var termination = try run(problem, from: start)
    var closing: ClosingOutcome<Scalar>?
    if options.closingSteps, termination.hasSettled {
      (termination, closing) = try close(problem, after: termination)
    }
    if !isLinearized { memory.linearization.forget() }
    return (termination, closing)
  }

  /// The algorithm.
  mutating func run(
    _ problem: LeastSquaresProblem<Scalar>, from start: [Scalar]
  ) throws -> Termination {
    do {
      try begin(problem, at: start)
      while true {
        iteration += 1
        if exceedsLimit(problem.differenceEvaluations) { return .evaluationLimit }
        if let bad = try linearize(problem) {
          if iteration == 1 { throw bad.error }
          if exceedsLimit(1 + problem.differenceEvaluations) { return .evaluationLimit }
          guard try retreat(problem) else { return bad.termination }
        }
        if iteration == 1 { beginScaling() }
        gradientCosine = memory.linearization.gradientCosine(residualNorm: residualNorm)
        if iteration == 1, let reason = notifyMonitor(.start) { return reason }
        if gradientCosine <= options.tolerances.gradient { return .gradientTolerance }
        adaptScaling()
        repeat {
          if exceedsLimit(1) { return .evaluationLimit }
          proposeStep()
          try evaluateTrial(problem)
          judgeStep()
          if let reason = reasonToStop() { return reason }
        } while !quality.isAcceptable
      }
    } catch let stop as StopSolving {
      return .stopped(code: stop.code)
    } catch is EvaluationCancelled {
      return .cancelled
    }
  }
}
