import LSQScalars
import LeastSquares

/// The solves so far, and the best of their ends.
struct RetrySearch<Scalar: LSQScalar> {
  let problem: LeastSquaresProblem<Scalar>
  /// Where solves begin.
  private(set) var start: [Scalar]
  let options: Options<Scalar>
  /// The relative change of the parameters that a solve leaves.
  private let unresolvedStep: Scalar
  private let monitor: Monitor<Scalar>?
  private let rounding: Rounding
  /// Looks that were taken, each once.
  var (startLook, looksNearer): (Look?, [Look]?) = (nil, nil)
  /// Of all solves and looks, including those of the fit before these.
  var tally: SolveTally
  private(set) var best: SolveEnding<Scalar>?
  /// The end with the least sum of squares, which is the result where the search is cut short.
  private var least: SolveEnding<Scalar>?
  /// From where a solve was continued last.
  private var continued: [Scalar]?
  /// The best of the ends that their own Jacobians show to be no plateau.
  private var exonerated: SolveEnding<Scalar>?
  /// The first error that the model threw at a trial point.
  private(set) var error: (any Error)?

  /// The norm of what rounding does to the residuals where a solve ended.
  typealias Rounding = (Solution<Scalar>) throws -> Scalar

  init(
    _ problem: LeastSquaresProblem<Scalar>, _ start: [Scalar], _ options: Options<Scalar>,
    unresolvedStep: Scalar, _ monitor: Monitor<Scalar>?, _ rounding: @escaping Rounding,
    after tally: SolveTally
  ) {
    (self.problem, self.start, self.options, self.monitor) = (problem, start, options, monitor)
    (self.unresolvedStep, self.rounding, self.tally) = (unresolvedStep, rounding, tally)
  }

  /// Whether there is reason, and room, to try again.
  var goesOn: Bool {
    mutating get throws {
      guard hasRoom else { return false }
      return try !isSettled
    }
  }

  /// Whether the best end may be farther away than it need be, and there is room to try again.
  var goesOnNearer: Bool {
    mutating get throws {
      guard hasRoom else { return false }
      return try isSettled && best?.mayHaveWandered == true
    }
  }

  /// Whether the best end is a good one.
  var isSettled: Bool {
    mutating get throws {
      guard let best, !best.isBroken else { return false }
      return try !isPlateau(best)
    }
  }

  /// Whether an end is a place to which the start did not have to lead. If the start does not tell parameters apart
  /// either, the data are to blame, not the path.
  mutating func isPlateau(_ ending: SolveEnding<Scalar>) throws -> Bool {
    // The gradient is noise where the residuals are.
    if ending.isSteep {
      return try ending.solution.residualNorm > 16 * rounding(ending.solution)
    }
    guard !ending.isBroken else { return false }
    if !ending.isAsDetermined, ending.rank < start.count, try ending.rank < lookAtStart().rank {
      return true
    }
    let idle = ending.idle
    guard !idle.isEmpty, ending.solution.residualNorm > 0 else { return false }
    // If no parameter has an effect, nothing is solved. If some have, it is a plateau if at least one of the others has an
    // effect nearer to zero.
    return try idle.count == start.count
      || nearerLooks().contains { !idle.isSubset(of: $0.idle) }
  }

  private var hasRoom: Bool { tally.allowsMore(within: options.maximumResidualEvaluations) }

  /// Solves, and keeps the end if it is better.
  ///
  /// - Throws: what no retry can help: a problem that cannot be solved as posed, an error at the start,
  ///   cancellation.
  mutating func solve(
    _ remedy: FitRemedy?, of problem: LeastSquaresProblem<Scalar>? = nil, from start: [Scalar],
    _ options: Options<Scalar>, monitor: Monitor<Scalar>? = nil,
    isValid: () -> Bool = { true },
    isBetter: ((SolveEnding<Scalar>, SolveEnding<Scalar>) -> Bool)? = nil
  ) throws {
    let remaining = tally.remaining(of: options.maximumResidualEvaluations)
    if remedy != nil, let remaining, remaining <= 0 { return }
    var options = options
    // What went before the first solve may have used up all evaluations.
    options.maximumResidualEvaluations = remaining.map { max(1, $0) }
    if remedy != nil { tally.retries += 1 }
    var workspace = Workspace<Scalar>()
    var own = EvaluationCounts()
    do {
      let outcome = Result {
        try LevenbergMarquardt(options: options).minimize(
          problem ?? self.problem, from: start, using: &workspace, counting: &own,
          monitor: monitor ?? self.monitor)
      }
      // Before the end is looked at, which counts as well.
      tally.add(own)
      let solution = try outcome.get()
      if solution.isInterrupted { tally.stop() }
      guard isValid() else { return }
      let ending = SolveEnding(
        solution, remedy, from: self.start, strayJacobian: workspace.strayJacobian,
        residualPrecision: self.problem.jacobian.residualPrecision,
        unresolvedStep: unresolvedStep)
      if least.map({ ending.isLess(than: $0) }) ?? true { least = ending }
      if isBetter == nil, ending.isBroken, !hasRoom {
        best = least
      } else if best.map({ isBetter?(ending, $0) ?? ending.isNoWorse(than: $0) }) ?? true {
        best = ending
      }
      try exonerate(ending)
    } catch  where !error.isCancellation {
      let isAtStart = error is LeastSquaresError || own.residuals <= 1
      if isAtStart, remedy == nil { throw error }
      self.error = self.error ?? error
    }
  }

  /// Remembers an end that is a plateau only by the Jacobian of a point where closing steps led astray, or by the rounding of that
  /// of the start: its own Jacobian has the rank of the start, clear of rounding. A parameter without effect at the
  /// start is one that no step has moved, so that more than the rank is in doubt.
  private mutating func exonerate(_ ending: SolveEnding<Scalar>) throws {
    guard !ending.isBroken, !problem.jacobian.isByDifferences, ending.solution.closing != nil,
      try isPlateau(ending), case let first = try lookAtStart(), first.idle.isEmpty
    else { return }
    do {
      guard let look = try look(at: ending.solution.parameters), look.clearRank >= first.clearRank
      else { return }
      let judged = ending.judged(by: look)
      if try !isPlateau(judged), exonerated.map({ judged.isClearlySmaller(than: $0) }) ?? true {
        exonerated = judged
      }
    } catch  where !error.isCancellation {}
  }

  /// Takes such an end where no solve ended well, unless the sum of squares is clearly smaller at another.
  mutating func settleForExonerated() throws {
    guard !tally.isInterrupted, let exonerated, try !isSettled else { return }
    if best?.isClearlySmaller(than: exonerated) != true { best = exonerated }
  }

  /// Solves from beside a start where derivatives are NaN, as on a kink. The parameter that the error names is moved up or
  /// else down, then the next one that is named. An infinite derivative marks the edge of a domain, where the user has
  /// to choose.
  ///
  /// - Throws: the error where that does not help.
  mutating func solveBesideStart(after error: LeastSquaresError) throws {
    var point = start
    var obstacle = Obstacle(error)
    for _ in start.indices {
      guard case .derivative(let j) = obstacle else { break }
      let (center, size) = (point[j], point[j] == 0 ? 1 : point[j].magnitude)
      let shift = Scalar(sign: .plus, exponent: -7, significand: size)
      for moved in [center + shift, center - shift] {
        point[j] = moved
        obstacle = try self.obstacle(at: point)
        if obstacle != .derivative(j), obstacle != .other { break }
      }
    }
    guard obstacle == .none, hasRoom else { throw error }
    start = point
    try solve(.besideStart, from: start, options)
  }

  /// What keeps a solve from beginning.
  private enum Obstacle: Equatable {
    case none
    /// The derivative along this parameter is NaN.
    case derivative(Int)
    case other

    init(_ error: any Error) {
      if case .nonFiniteDerivative(_, let j, let value)? = error as? LeastSquaresError,
        Scalar(value)?.isNaN == true
      {
        self = .derivative(j)
      } else {
        self = .other
      }
    }
  }

  private mutating func obstacle(at point: [Scalar]) throws -> Obstacle {
    do { _ = try look(at: point) } catch let error
      where !error.isCancellation
    {
      return Obstacle(error)
    }
    return .none
  }

  /// Solves with a small first region: where the data leave parameters open, rounding alone would lead them as far as the
  /// region allows, to where the residuals are nothing but rounding.
  mutating func solveNearer() throws {
    var options = options
    options.initialRadiusFactor = 1
    let found = best
    try solve(.smallerRegion, from: start, options, isBetter: { $0.isNearer(than: $1) })
    if try !isSettled { best = found }
  }

  /// Solves a problem that is infinite where the model throws. The end does not count if the model threw at the last
  /// trial step: what the solver took for a wall may be everywhere.
  mutating func solveRejectingErrors() throws {
    let log = ErrorLog()
    guard let problem = try problem.rejectingErrors(log) else { return }
    try solve(
      .rejectedErrors, of: problem, from: start, options,
      monitor: { [monitor] record in
        if !record.isClosing { log.endTrial() }
        return monitor?(record) ?? .proceed
      },
      isValid: { !log.lastTrialFailed })
  }

  /// Goes on from the end of a solve in `Double`; if that was stopped, only as far as it takes to judge its point.
  mutating func solve(after inDouble: AttemptedSolve<Scalar>.DoubleSolve) throws {
    var end: [Scalar]?
    do { end = try inDouble(&tally) } catch  where !error.isCancellation {
      self.error = self.error ?? error
    }
    if let end, tally.remaining(of: options.maximumResidualEvaluations) ?? 1 > 0 {
      try solve(
        .doublePrecision, from: end, options,
        monitor: tally.isInterrupted ? { _ in .stop } : nil)
    } else {
      tally.retries += 1
    }
  }

  /// Solves from starts nearer to zero, where more parameters have an effect.
  mutating func solveFromSmallerStarts() throws {
    let idle = try lookAtStart().idle
    guard !idle.isEmpty else { return }
    for look in try nearerLooks() where try look.idle.count < idle.count && goesOn {
      try solve(.smallerStart, from: look.point, options)
    }
  }

  /// Continues a solve that its own limit of evaluations ended, with a trust region as large as it had; and once more if
  /// that halved the norm of the residuals, as in a long valley. Not in types wider than the hardware's, where a solve has
  /// a higher limit and takes long, nor where the caller sets the limit.
  mutating func goOnFromLimit() throws {
    if RecordedModel<Scalar>.isWide || options.maximumResidualEvaluations != nil { return }
    for _ in 0..<2 {
      guard let end = best?.solution, best?.isAtLimit == true, hasRoom,
        end.parameters != continued
      else { return }
      continued = end.parameters
      let scaled = zip(end.scaling, end.parameters).map { $0 * $1 }
      let factor = end.trustRegionRadius / EuclideanNorm<Scalar>()(scaled.span)
      var options = options
      if best?.remedy != .scalingByStart, factor > 0, factor.isFinite {
        options.initialRadiusFactor = factor
      }
      try solve(.continuation, from: end.parameters, options)
      guard let best, 2 * best.solution.residualNorm <= end.residualNorm else { return }
    }
  }

  /// Solves once more from an end that was found in units of the start, now in the end's own units, which may be far from
  /// those.
  mutating func polish() throws {
    guard hasRoom, let best, try isSettled else { return }
    var options = options
    options.initialRadiusFactor = 1
    try solve(
      best.remedy, from: best.solution.parameters, options, isBetter: { $0.isAsGood(as: $1) })
  }
}

extension Solution {
  /// Whether the solve was stopped from outside.
  var isInterrupted: Bool {
    switch termination {
    case .stopped, .cancelled: true
    default: false
    }
  }
}
