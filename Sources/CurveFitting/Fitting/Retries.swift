import LSQScalars
import LeastSquares

/// Solves that begin anew where the first one ended on a plateau, or where the model threw an error.
///
/// From a far start MINPACK's first step, a hundred times the length of the start, may lead to where a
/// parameter has no influence left: the sum of squares is flat there and every test is met. Or it leads out
/// of the model's domain, and the model throws. Then the start is tried again with a smaller first region,
/// and with the parameters measured in units of their starts instead of the Jacobian's columns, which are
/// next to nothing where a parameter has hardly any influence. A model that throws is then taken for one
/// that is infinite there, and a type narrower than `Double` has that show the way: see ``FitRemedy``.
///
/// A start may lie on the plateau itself: an exponential that has underflown has no derivatives at all. Then it is
/// brought nearer to zero, until parameters have an effect.
///
/// So it is where a solve came to no end, as at a wall of the model's domain. The first solve that ends well
/// is taken. Where none does, it is the one with the smallest sum of squares, and the plateau is reported;
/// but where the first solve met an error of the model, that is thrown.
struct AttemptedSolve<Scalar: LSQScalar> {
  /// The solve that counts.
  let solution: Solution<Scalar>
  /// How many solves were tried after the first.
  private(set) var retries: Int
  /// Whether the last solve was stopped from outside, whichever counts.
  let isInterrupted: Bool
  /// What made the solve that counts end well; nil for the first one, and where nothing did.
  private(set) var remedy: FitRemedy?
  /// The evaluations of the solves that do not count.
  private(set) var discarded: EvaluationCounts
  /// Whether the solve that counts ended on a plateau, or at a point that is no minimum.
  let isPlateau: Bool

  /// Where a solve in `Double` within a limit of evaluations ends, if it ends well; it counts them also
  /// where it throws.
  typealias DoubleSolve = (_ limit: Int?, _ counts: inout EvaluationCounts) throws -> [Scalar]?

  /// First radius and scaling of the first retries; the scaling in units of the start.
  private static var means: [(factor: Scalar, isByStart: Bool)] {
    [(1, false), (1 / 100, false), (1, true), (1 / 10, true)]
  }

  /// - Parameters:
  ///   - inDouble: nil for a type that is no narrower than `Double`.
  ///   - counts: the evaluations of all solves, also where an error is thrown.
  /// - Throws: `LeastSquaresError` where the problem cannot be solved as posed; what the model throws at the
  ///   start, and elsewhere where nothing helps; `CancellationError` at once.
  init(
    _ problem: LeastSquaresProblem<Scalar>, from start: [Scalar], _ options: Options<Scalar>,
    monitor: Monitor<Scalar>?, inDouble: DoubleSolve? = nil,
    counting counts: inout EvaluationCounts
  ) throws {
    var search = RetrySearch(problem, start, options, monitor)
    defer { counts = search.counts }
    do { try search.solve(nil, from: start, options) } catch let error as LeastSquaresError {
      try search.solveBesideStart(after: error)
    }
    let (start, firstError) = (search.start, search.error)
    for mean in Self.means where try search.goesOn {
      var options = options
      options.initialRadiusFactor = mean.factor
      if mean.isByStart { options.scaling = .fixed(start.map(Self.unit)) }
      try search.solve(mean.isByStart ? .scalingByStart : .smallerRegion, from: start, options)
    }
    if try search.goesOn { try search.solveFromSmallerStarts() }
    if try search.goesOn, search.error != nil { try search.solveRejectingErrors() }
    if try search.goesOn, let inDouble { try search.solve(after: inDouble) }
    if try search.goesOnNearer { try search.solveNearer() }
    let isSettled = try search.isSettled
    guard let best = search.best, isSettled || search.isInterrupted || firstError == nil else {
      throw search.error ?? CancellationError()
    }
    solution = best.solution
    retries = search.retries
    isInterrupted = search.isInterrupted
    remedy = isSettled ? best.remedy : nil
    isPlateau = try search.isPlateau(best)
    discarded = EvaluationCounts(
      residuals: search.counts.residuals - solution.counts.residuals,
      jacobians: search.counts.jacobians - solution.counts.jacobians)
  }

  /// The same as a retry from beside a saddle where another solve ended.
  func after(saddle end: FitEnd<Scalar>) -> Self {
    var result = self
    result.retries += end.attempt.retries + 1
    result.discarded = discarded + end.counts
    if !isPlateau, solution.termination.isSolved || solution.termination.isAtPrecision {
      result.remedy = .negativeCurvature
    }
    return result
  }

  /// The scale of a parameter by its start.
  private static func unit(of start: Scalar) -> Scalar {
    let unit = 1 / start.magnitude
    return unit.isFinite ? unit : 1
  }
}

/// The solves so far, and the best of their ends.
private struct RetrySearch<Scalar: LSQScalar> {
  private let problem: LeastSquaresProblem<Scalar>
  /// Where solves begin.
  private(set) var start: [Scalar]
  private let options: Options<Scalar>
  private let monitor: Monitor<Scalar>?
  private var startLook: Look?
  private var looksNearer: [Look]?
  /// The evaluations of all solves.
  private(set) var counts = EvaluationCounts()
  private(set) var retries = 0
  private(set) var best: SolveEnding<Scalar>?
  /// Whether a solve was stopped from outside.
  private(set) var isInterrupted = false
  /// The first error that the model threw at a trial point.
  private(set) var error: (any Error)?

  init(
    _ problem: LeastSquaresProblem<Scalar>, _ start: [Scalar], _ options: Options<Scalar>,
    _ monitor: Monitor<Scalar>?
  ) {
    (self.problem, self.start, self.options, self.monitor) = (problem, start, options, monitor)
  }

  /// Whether there is reason, and room, to try again.
  var goesOn: Bool {
    mutating get throws {
      guard !isInterrupted, remaining(options) ?? 1 > 0 else { return false }
      return try !isSettled
    }
  }

  /// Whether the best end may be farther away than it need be, and there is room to try again.
  var goesOnNearer: Bool {
    mutating get throws {
      guard !isInterrupted, remaining(options) ?? 1 > 0 else { return false }
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

  /// Whether an end is a place that the start did not have to lead to. What the start does not tell apart
  /// either is for the data to be blamed, not for the path.
  mutating func isPlateau(_ ending: SolveEnding<Scalar>) throws -> Bool {
    if ending.isSteep { return true }
    guard !ending.isBroken else { return false }
    if ending.rank < start.count, try ending.rank < lookAtStart().rank { return true }
    let idle = ending.idle
    guard !idle.isEmpty, ending.solution.residualNorm > 0 else { return false }
    // Without any effect nothing is solved; with some, unless the others have none anywhere.
    return try idle.count == start.count
      || nearerLooks().contains { !idle.isSubset(of: $0.idle) }
  }

  /// The evaluations that are left.
  private func remaining(_ options: Options<Scalar>) -> Int? {
    options.maximumResidualEvaluations.map { $0 - counts.residuals }
  }

  /// Solves, and keeps the end if it is better.
  ///
  /// - Throws: what no retry can help: a problem that cannot be solved as posed, an error at the start,
  ///   cancellation.
  mutating func solve(
    _ remedy: FitRemedy?, of problem: LeastSquaresProblem<Scalar>? = nil, from start: [Scalar],
    _ options: Options<Scalar>, monitor: Monitor<Scalar>? = nil,
    isValid: () -> Bool = { true },
    isBetter: (SolveEnding<Scalar>, SolveEnding<Scalar>) -> Bool = { $0.isNoWorse(than: $1) }
  ) throws {
    var options = options
    options.maximumResidualEvaluations = remaining(options)
    if remedy != nil { retries += 1 }
    var (workspace, own) = (Workspace<Scalar>(), EvaluationCounts())
    defer { counts = counts + own }
    do {
      let solution = try LevenbergMarquardt(options: options).minimize(
        problem ?? self.problem, from: start, using: &workspace, counting: &own,
        monitor: monitor ?? self.monitor)
      isInterrupted = solution.isInterrupted
      guard isValid() else { return }
      let ending = SolveEnding(
        solution, remedy, from: self.start,
        residualPrecision: self.problem.jacobian.residualPrecision)
      if best.map({ isBetter(ending, $0) }) ?? true { best = ending }
    } catch  where !error.isCancellation {
      let isAtStart = error is LeastSquaresError || own.residuals <= 1
      if isAtStart, remedy == nil { throw error }
      self.error = self.error ?? error
    }
  }

  /// Solves from beside a start where derivatives are NaN, as on a kink. The parameter that the error names is moved up or
  /// else down, then the next one that is named. An infinite derivative is the edge of a domain, where the user has to choose.
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
    guard obstacle == .none else { throw error }
    start = point
    try solve(.besideStart, from: start, options)
  }

  /// What keeps a solve from beginning.
  private enum Obstacle: Equatable {
    case none
    /// One along this parameter is NaN.
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
    try solve(.smallerRegion, from: start, options, isBetter: { $0.isNearer(than: $1) })
  }

  /// Solves a problem that is infinite where the model throws. The end does not count where that was the
  /// last that the solver saw: what it took for a wall may be everywhere.
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

  /// Goes on from the end of a solve in `Double`.
  mutating func solve(after inDouble: AttemptedSolve<Scalar>.DoubleSolve) throws {
    var own = EvaluationCounts()
    var end: [Scalar]?
    do {
      defer { counts = counts + own }
      end = try inDouble(remaining(options), &own)
    } catch  where !error.isCancellation {
      self.error = self.error ?? error
    }
    if let end, remaining(options) ?? 1 > 0 {
      try solve(.doublePrecision, from: end, options)
    } else {
      retries += 1
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

  // MARK: - Looks at the Jacobian

  /// A point, the rank of the Jacobian there, and the parameters without effect.
  private struct Look {
    let point: [Scalar]
    let rank: Int
    let idle: Set<Int>
  }

  /// A look at the start; of full rank where it cannot be had.
  private mutating func lookAtStart() throws -> Look {
    if let startLook { return startLook }
    let found = try look(at: start) ?? Look(point: start, rank: start.count, idle: [])
    startLook = found
    return found
  }

  /// Looks at tenths, hundredths and so on of the start, as far as the model can be evaluated there.
  private mutating func nearerLooks() throws -> [Look] {
    if let looksNearer { return looksNearer }
    var looks: [Look] = []
    for digits in [1, 2, 3, 4, 6, 9] {
      let factor: Scalar = .pow(10, -digits)
      do {
        if let look = try look(at: start.map { $0 * factor }) { looks.append(look) }
      } catch  where !error.isCancellation {}
    }
    looksNearer = looks
    return looks
  }

  /// One linearisation at a point, in the way of the solver; nil where there are no evaluations left, or it is
  /// not finite.
  private mutating func look(at point: [Scalar]) throws -> Look? {
    guard remaining(options) ?? 1 > 0 else { return nil }
    var (workspace, own) = (Workspace<Scalar>(), EvaluationCounts())
    defer { counts = counts + own }
    let solution = try LevenbergMarquardt().minimize(
      problem, from: point, using: &workspace, counting: &own, monitor: { _ in .stop })
    guard solution.scaling.contains(where: { $0 != 0 }) else { return nil }
    let determinacy = solution.determinacy
    return Look(
      point: point, rank: determinacy.rank, idle: solution.idle(determinacy, from: start))
  }
}

extension EvaluationCounts {
  static func + (a: Self, b: Self) -> Self {
    Self(residuals: a.residuals + b.residuals, jacobians: a.jacobians + b.jacobians)
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
