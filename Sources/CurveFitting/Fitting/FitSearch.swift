import LSQScalars
import LeastSquares

/// The solves of a fit: one from the start and, where that ends at a saddle or a maximum, others from beside it, or where it
/// ends on a plateau, others from where parameters have an effect.
struct FitSearch<Scalar: LSQScalar> {
  /// The problem that is solved, with exact second derivatives.
  let problem: ModelProblem<Scalar>
  /// With the limit of the evaluations of all solves and steps.
  let options: FitOptions<Scalar>
  let attempt: Attempt
  var tally: SolveTally

  /// A way to solve from a start.
  typealias Attempt = (
    _ start: [Scalar], _ options: FitOptions<Scalar>, _ tally: inout SolveTally
  ) throws -> AttemptedSolve<Scalar>

  /// The most saddles that are left one after another.
  private static var maximumDescents: Int { 4 }

  init(
    _ problem: ModelProblem<Scalar>, _ options: FitOptions<Scalar>,
    after tally: SolveTally = SolveTally(),
    by attempt: @escaping Attempt
  ) {
    (self.problem, self.options, self.attempt) = (problem, options, attempt)
    self.tally = tally
  }

  /// Where a solve ends or, if that is a saddle, a maximum or a plateau, where solves from beside it end.
  ///
  /// A solve that was cut short is no reason to give up a better point.
  ///
  /// - Throws: what the first solve throws, and what the model throws at the start.
  mutating func end(from start: [Scalar]) throws -> FitEnd<Scalar> {
    let early = try endByNewtonAlone(from: start)
    if let early {
      if early.isProven, tally.retries == 0 { return early }
      guard mayGoOn else { return cutShort(early) }
    }
    var end = try FitEnd(of: problem, attempt(start, options, &tally), options, &tally)
    if let early, !end.isSettled, isCutShort(end), early.residualNorm < end.residualNorm {
      end = cutShort(early)
    }
    if let point = try descent(fromStart: start, after: end),
      let next = try retry(from: point, .negativeCurvature),
      next.isSettled || isCutShort(next) && next.residualNorm < end.residualNorm
    {
      end = next
    }
    for _ in 0..<Self.maximumDescents {
      guard let point = end.descent, let next = try retry(from: point, .negativeCurvature)
      else { break }
      end = next
    }
    return try leavePlateau(at: end, from: start)
  }

  /// The end of a solve from another end with a parameter set to zero; nil where that leaves residuals, or is not
  /// possible.
  mutating func end(
    from end: FitEnd<Scalar>, withZeroFor parameter: Int
  ) throws -> FitEnd<Scalar>? {
    guard mayGoOn else { return nil }
    var point = end.parameters
    point[parameter] = 0
    tally.add(residuals: 1)
    do {
      guard try problem.residuals(at: point).allSatisfy({ $0 == 0 }) else { return nil }
    } catch  where !error.isCancellation {
      return nil
    }
    return try retry(from: point, .zero)
  }

  /// The end of a solve from another point; nil where that is not possible.
  mutating func retry(
    from point: [Scalar], _ remedy: FitRemedy
  ) throws -> FitEnd<Scalar>? {
    guard mayGoOn else { return nil }
    tally.retries += 1
    do {
      let attempt = try attempt(point, options, &tally).remedied(by: remedy)
      return try FitEnd(of: problem, attempt, options, &tally)
    } catch  where !error.isCancellation {
      return nil
    }
  }

  /// A point beside the start where the sum of squares is smaller, if the solve did not end well, and the start has
  /// negative curvature and parameters without effect, like c in cos(c·x) at 0: no step of the solver moves them.
  private mutating func descent(
    fromStart start: [Scalar], after end: FitEnd<Scalar>
  ) throws -> [Scalar]? {
    guard !end.isSettled, mayGoOn,
      let sweep = try EndLook<Scalar>.sweep(of: problem, at: start), !sweep.idleParameters.isEmpty,
      let curvature = NegativeCurvature(sweep)
    else { return nil }
    tally.add(residuals: 1)
    let residuals = try problem.residuals(at: start)
    let rounding = try RowRounding(of: problem, residuals, nil, at: start)
    var probe = DescentProbe(
      of: problem, beside: start, residuals, rounding: rounding.norm,
      limit: tally.remaining(of: options.maximumResidualEvaluations))
    defer { tally.add(residuals: probe.evaluations) }
    return try curvature.descent(by: &probe)
  }

  /// Whether another solve may begin.
  var mayGoOn: Bool { tally.allowsMore(within: options.maximumResidualEvaluations) }

  /// Whether a stop or a limit ended the last solve, or leaves no room for another one.
  private func isCutShort(_ end: FitEnd<Scalar>) -> Bool {
    !mayGoOn || end.attempt.solution.termination == .evaluationLimit
  }

  /// The end of a solve to a few digits, with no evaluations left for those that were to follow.
  func cutShort(_ end: FitEnd<Scalar>) -> FitEnd<Scalar> {
    tally.isInterrupted ? end : end.unproven
  }
}
