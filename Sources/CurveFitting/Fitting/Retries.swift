import LSQScalars
import LeastSquares

/// Solves that begin anew where the first one ended on a plateau.
///
/// From a far start MINPACK's first step, a hundred times the length of the start, may lead to where a
/// parameter has no influence left: the sum of squares is flat there and every test is met. Then the start
/// is tried again with a smaller first region, and with the parameters measured in units of their starts
/// instead of the Jacobian's columns, which are next to nothing where a parameter has hardly any influence.
///
/// So it is where a solve came to no end, as at a wall of the model's domain. The first solve that ends well
/// is taken; where none does, the one with the smallest sum of squares, and the plateau is reported.
struct AttemptedSolve<Scalar: LSQScalar> {
  /// The solve that counts.
  let solution: Solution<Scalar>
  /// How many solves were tried after the first.
  let retries: Int
  /// The evaluations of the solves that do not count.
  let discarded: EvaluationCounts
  /// Whether the solve that counts ended on a plateau, or at a point that is no minimum.
  let isPlateau: Bool

  /// First radius and scaling of each retry; the scaling in units of the start.
  private static var means: [(factor: Scalar, isByStart: Bool)] {
    [(1, false), (1 / 100, false), (1, true), (1 / 10, true)]
  }

  /// - Throws: `LeastSquaresError` where the problem cannot be solved as posed; what the model throws.
  init(
    _ problem: LeastSquaresProblem<Scalar>, from start: [Scalar], _ options: Options<Scalar>
  ) throws {
    let first = try LevenbergMarquardt(options: options).minimize(problem, from: start)
    guard let doubt = Doubt(first), !first.isInterrupted else {
      self.init(first, retries: 0, counts: first.counts, isPlateau: false)
      return
    }
    // What the start does not tell apart either is for the data to be blamed, not for the path.
    let startRank = Self.rank(problem, at: start)
    guard doubt.isBroken || doubt.isPlateau(startRank: startRank) else {
      self.init(first, retries: 0, counts: first.counts, isPlateau: false)
      return
    }
    var best = (solution: first, doubt: Optional(doubt))
    var counts = first.counts
    var retries = 0
    for mean in Self.means where best.doubt != nil && !best.solution.isInterrupted {
      var options = options
      options.initialRadiusFactor = mean.factor
      if mean.isByStart {
        options.scaling = .fixed(start.map { $0 == 0 ? 1 : 1 / $0.magnitude })
      }
      if let limit = options.maximumResidualEvaluations {
        guard limit > counts.residuals else { break }
        options.maximumResidualEvaluations = limit - counts.residuals
      }
      guard let next = try? LevenbergMarquardt(options: options).minimize(problem, from: start)
      else { continue }
      retries += 1
      counts = EvaluationCounts(
        residuals: counts.residuals + next.counts.residuals,
        jacobians: counts.jacobians + next.counts.jacobians)
      let nextDoubt = Doubt(next)
      // A sum of squares that shrank together with the rank may be nothing but rounding.
      let isNoWorse =
        nextDoubt?.rank ?? start.count >= best.doubt?.rank ?? start.count
        && next.residualNorm <= best.solution.residualNorm
      if isNoWorse { best = (next, nextDoubt) }
    }
    self.init(
      best.solution, retries: retries, counts: counts,
      isPlateau: best.doubt?.isPlateau(startRank: startRank) ?? false)
  }

  private init(
    _ solution: Solution<Scalar>, retries: Int, counts: EvaluationCounts, isPlateau: Bool
  ) {
    self.solution = solution
    self.retries = retries
    self.isPlateau = isPlateau
    discarded = EvaluationCounts(
      residuals: counts.residuals - solution.counts.residuals,
      jacobians: counts.jacobians - solution.counts.jacobians)
  }

  /// The rank of the Jacobian at the start; full where it is not known.
  private static func rank(_ problem: LeastSquaresProblem<Scalar>, at start: [Scalar]) -> Int {
    let n = problem.parameterCount
    var options = Options<Scalar>()
    options.monitor = { _ in .stop }
    // One linearisation at the start, in the way of the solver.
    guard
      let solution = try? LevenbergMarquardt(options: options).minimize(problem, from: start),
      solution.scaling.contains(where: { $0 != 0 })
    else { return n }
    return solution.determinacy.rank
  }

  /// What is suspicious about the end of a solve.
  private struct Doubt {
    let rank: Int
    /// Whether the gradient is far from zero although a test was met.
    let isSteep: Bool
    /// Whether no test was met.
    let isBroken: Bool

    /// nil where nothing is.
    init?(_ solution: Solution<Scalar>) {
      let determinacy = solution.determinacy
      rank = determinacy.rank
      isBroken = !(solution.termination.isSolved || solution.termination.isAtPrecision)
      // The cosine is noise where the residuals are.
      let size = zip(determinacy.columnNorms, solution.parameters).reduce(0 as Scalar) {
        $0 + $1.0 * $1.1.magnitude
      }
      isSteep =
        !isBroken && solution.gradientCosine > 1 / 20
        && solution.residualNorm > Scalar(1000) * Scalar.ulpOfOne * size
      if determinacy.undetermined.isEmpty, !isSteep, !isBroken { return nil }
    }

    /// Whether the end is a place that the start did not have to lead to.
    func isPlateau(startRank: Int) -> Bool { isSteep || !isBroken && rank < startRank }
  }
}

extension Solution {
  /// Whether the solve was stopped from outside.
  fileprivate var isInterrupted: Bool {
    switch termination {
    case .stopped, .cancelled: true
    default: false
    }
  }
}
