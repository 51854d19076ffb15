import LSQScalars
import LeastSquares

extension FitEnd {
  /// A way to solve from a start.
  typealias Attempt = (_ start: [Scalar], _ options: FitOptions<Scalar>) throws -> AttemptedSolve<
    Scalar
  >

  /// The most saddles that are left one after another.
  private static var maximumDescents: Int { 4 }

  /// Where a solve ends, or, where that is a saddle or a maximum, where solves from beside it do.
  ///
  /// - Parameter problem: the same with exact second derivatives.
  /// - Throws: what the first solve throws.
  static func reached(
    in problem: ModelProblem<Scalar>, from start: [Scalar], _ options: FitOptions<Scalar>,
    by attempt: Attempt
  ) throws -> Self {
    var (own, spent) = (options, EvaluationCounts())
    if let end = try byNewtonAlone(in: problem, from: start, options, by: attempt) {
      own.maximumResidualEvaluations = end.remaining(options)
      if end.isProven || end.attempt.isInterrupted || own.maximumResidualEvaluations ?? 1 <= 0 {
        return end
      }
      spent = end.counts
    }
    var end = try Self(of: problem, attempt(start, own).after(spent), options)
    if let point = try end.descent(fromStart: start, in: problem, options),
      let next = try end.solved(in: problem, from: point, options, by: attempt, .negativeCurvature),
      next.isSettled
    {
      end = next
    }
    for _ in 0..<maximumDescents where !end.attempt.isInterrupted {
      guard let point = end.descent,
        let next = try end.solved(
          in: problem, from: point, options, by: attempt, .negativeCurvature)
      else { break }
      end = next
    }
    return end
  }

  /// Whether the solve ended as far as its tolerance asks, on no plateau.
  private var isSettled: Bool { isAtGoal && !attempt.isPlateau }

  /// A point beside the start where the sum of squares is smaller, if the solve came to no good end, and the start has
  /// negative curvature and parameters without effect, as c in cos(c·x) at 0: no step of the solver moves them.
  private mutating func descent(
    fromStart start: [Scalar], in problem: ModelProblem<Scalar>, _ options: FitOptions<Scalar>
  ) throws -> [Scalar]? {
    let remaining = remaining(options)
    guard !isSettled, !attempt.isInterrupted, remaining ?? 1 > 0,
      let sweep = try EndLook<Scalar>.sweep(of: problem, at: start), !sweep.idleParameters.isEmpty,
      let curvature = NegativeCurvature(sweep)
    else { return nil }
    let residuals = try problem.residuals(at: start)
    let rounding = try RowRounding(of: problem, residuals, nil, at: start)
    var probe = DescentProbe(
      of: problem, beside: start, residuals, rounding: rounding.norm,
      limit: remaining)
    defer { descentEvaluations += probe.evaluations }
    return try curvature.descent(by: &probe)
  }

  /// The end of a solve from here with a parameter at zero; nil where that leaves residuals, or cannot be.
  func withZero(
    for parameter: Int, in problem: ModelProblem<Scalar>, _ options: FitOptions<Scalar>,
    by attempt: Attempt
  ) throws -> Self? {
    var point = parameters
    point[parameter] = 0
    do {
      guard try problem.residuals(at: point).allSatisfy({ $0 == 0 }) else { return nil }
    } catch  where !error.isCancellation {
      return nil
    }
    return try solved(in: problem, from: point, options, by: attempt, .zero)
  }

  /// The end of a solve from another point; nil where that cannot be.
  private func solved(
    in problem: ModelProblem<Scalar>, from point: [Scalar], _ options: FitOptions<Scalar>,
    by attempt: Attempt, _ remedy: FitRemedy
  ) throws -> Self? {
    var own = options
    own.maximumResidualEvaluations = remaining(options)
    guard own.maximumResidualEvaluations ?? 1 > 0 else { return nil }
    do {
      return try Self(of: problem, attempt(point, own).after(self, by: remedy), options)
    } catch  where !error.isCancellation {
      return nil
    }
  }

  /// The evaluations that are left; nil for any number.
  private func remaining(_ options: FitOptions<Scalar>) -> Int? {
    options.maximumResidualEvaluations.map { $0 - counts.residuals }
  }
}
