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
    var end = try Self(of: problem, attempt(start, options), options)
    for _ in 0..<maximumDescents {
      guard let next = try end.left(in: problem, options, by: attempt) else { break }
      end = next
    }
    return end
  }

  /// The end of a solve from beside a saddle or maximum, where the sum of squares is smaller; nil where this is none, or
  /// it cannot be left.
  private func left(
    in problem: ModelProblem<Scalar>, _ options: FitOptions<Scalar>, by attempt: Attempt
  ) throws -> Self? {
    guard let descent else { return nil }
    var remaining = options
    remaining.maximumResidualEvaluations = options.maximumResidualEvaluations.map {
      $0 - counts.residuals
    }
    guard remaining.maximumResidualEvaluations ?? 1 > 0 else { return nil }
    do {
      return try Self(of: problem, attempt(descent, remaining).after(saddle: self), options)
    } catch  where !(error is CancellationError || Task.isCancelled) {
      return nil
    }
  }
}
