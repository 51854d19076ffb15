import LSQScalars
import LeastSquares

/// Solves that begin anew where the first one ended on a plateau, or where the model threw an error.
///
/// From a far start MINPACK's first step, a hundred times the length of the start, may lead to where a
/// parameter has no influence left: the sum of squares is flat there and every test is met. Or it leads out
/// of the model's domain, and the model throws. Then the start is tried again with a smaller first region,
/// and with the parameters measured in units of their starts instead of the Jacobian's columns, which are nearly zero
/// where a parameter has hardly any influence. A model that throws is then treated as infinite there, and in a type
/// narrower than `Double` a solve in `Double` leads the way: see ``FitRemedy``.
///
/// A start may lie on the plateau itself: an exponential that has underflowed has no derivatives at all. Then it is
/// moved towards zero until parameters have an effect.
///
/// A solve that its own limit of evaluations ended is continued, before these means and once more where none of them helped.
///
/// The start is also tried again where a solve reached no end, as at a wall of the model's domain. The first solve that
/// ends well is taken. If none does, the one with the smallest sum of squares is, and the plateau is reported; but if
/// the model threw in the first solve, that error is thrown.
struct AttemptedSolve<Scalar: LSQScalar> {
  /// The solve that counts.
  private(set) var solution: Solution<Scalar>
  /// The rank of its last Jacobian, including that of closing steps that were refused.
  let rank: Int
  /// What made the solve that counts end well; nil for the first one, and where nothing did.
  private(set) var remedy: FitRemedy?
  /// Whether the solve that counts ended on a plateau, or at a point that is no minimum.
  let isPlateau: Bool

  /// Where a solve in `Double` ends, if it ends well or is stopped; its evaluations count even where it throws.
  typealias DoubleSolve = (_ tally: inout SolveTally) throws -> [Scalar]?

  /// First radius and scaling of the first retries; the scaling in units of the start.
  private static var means: [(factor: Scalar, isByStart: Bool)] {
    [(1, false), (1 / 100, false), (1, true), (1 / 10, true)]
  }

  /// - Parameters:
  ///   - options: with the limit of the evaluations of all solves of the tally.
  ///   - unresolvedStep: the relative change of the parameters that a solve leaves.
  ///   - inDouble: nil for a type that is no narrower than `Double`.
  ///   - rounding: the norm of the rounding of the residuals at a point, where more is known about it than the effects
  ///     of the parameters.
  ///   - tally: of all solves so far; these are added, even where an error is thrown.
  /// - Throws: `LeastSquaresError` where the problem cannot be solved as posed; what the model throws at the start, and
  ///   elsewhere if no retry helps; `CancellationError` at once.
  init(
    _ problem: LeastSquaresProblem<Scalar>, from start: [Scalar], _ options: Options<Scalar>,
    unresolvedStep: Scalar = 0, monitor: Monitor<Scalar>?, inDouble: DoubleSolve? = nil,
    rounding: @escaping RetrySearch<Scalar>.Rounding = { _ in 0 },
    tally: inout SolveTally
  ) throws {
    var search = RetrySearch(
      problem, start, options, unresolvedStep: unresolvedStep, monitor, rounding, after: tally)
    defer { tally = search.tally }
    do { try search.solve(nil, from: start, options) } catch let error as LeastSquaresError {
      try search.solveBesideStart(after: error)
    }
    let (start, firstError) = (search.start, search.error)
    try search.goOnFromLimit()
    for mean in Self.means where try search.goesOn {
      var options = options
      options.initialRadiusFactor = mean.factor
      if mean.isByStart { options.scaling = .fixed(start.map(Self.unit)) }
      try search.solve(mean.isByStart ? .scalingByStart : .smallerRegion, from: start, options)
      if mean.isByStart { try search.polish() }
    }
    if try search.goesOn { try search.solveFromSmallerStarts() }
    if try search.goesOn, search.error != nil { try search.solveRejectingErrors() }
    if try search.goesOn { try search.goOnFromLimit() }
    if try search.goesOn, let inDouble { try search.solve(after: inDouble) }
    try search.settleForExonerated()
    if try search.goesOnNearer { try search.solveNearer() }
    let isSettled = try search.isSettled
    guard let best = search.best, isSettled || search.tally.isInterrupted || firstError == nil
    else {
      throw search.error ?? CancellationError()
    }
    (solution, rank) = (best.solution, best.rank)
    remedy = isSettled ? best.remedy : nil
    isPlateau = try !search.tally.isInterrupted && search.isPlateau(best)
  }

  /// The same solve, marked as a retry from a point other than the start.
  func remedied(by remedy: FitRemedy) -> Self {
    var result = self
    if !isPlateau, solution.termination.hasSettled {
      result.remedy = remedy
    }
    return result
  }

  /// Evaluates the residuals where the solve ended, if it did not hold them. A model that stopped the solve may stop
  /// again: then there are none.
  mutating func takeResiduals(of problem: ModelProblem<Scalar>, isInterrupted: Bool) throws {
    guard solution.residuals.isEmpty else { return }
    do {
      solution.residuals = try problem.rowwise().residuals(
        at: solution.parameters, by: problem.crew)
    } catch  where isInterrupted && !error.isCancellation {}
  }

  /// The scale of a parameter by its start.
  private static func unit(of start: Scalar) -> Scalar {
    let unit = 1 / start.magnitude
    return unit.isFinite ? unit : 1
  }
}
