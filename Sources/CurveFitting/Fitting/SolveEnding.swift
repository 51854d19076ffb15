import LSQScalars
import LeastSquares

/// The end of a solve, with what is suspicious about it.
struct SolveEnding<Scalar: LSQScalar> {
  let solution: Solution<Scalar>
  /// What was done for it; nil for the first solve.
  let remedy: FitRemedy?
  /// The rank of the last Jacobian, including that of closing steps that were refused.
  private(set) var rank: Int
  /// The parameters without effect.
  private(set) var idle: Set<Int>
  /// Whether a Jacobian of its own is known to determine as much as the start, clear of rounding.
  private(set) var isAsDetermined = false
  /// Whether no test was met.
  let isBroken: Bool
  /// Whether the gradient is far from zero although a test was met.
  let isSteep: Bool
  /// Σ_j ‖J_j‖·|x_j|, whose rounding the residuals have.
  let size: Scalar
  /// Whether that is many times what it would be with the parameters of the start.
  private let hasGrown: Bool

  /// - Parameters:
  ///   - strayJacobian: n rows that stand for the Jacobian of closing steps that were refused, or none: where these
  ///     went astray, it shows what that of the solution hides.
  ///   - residualPrecision: that for which differences were taken; nil where derivatives were given.
  ///   - unresolvedStep: the relative change of the parameters that the solve leaves.
  init(
    _ solution: Solution<Scalar>, _ remedy: FitRemedy?, from start: [Scalar],
    strayJacobian: [Scalar], residualPrecision: Scalar?, unresolvedStep: Scalar
  ) {
    self.solution = solution
    self.remedy = remedy
    let determinacy =
      strayJacobian.isEmpty ? solution.determinacy : solution.determinacy(ofRows: strayJacobian)
    rank = determinacy.rank
    idle = solution.idle(determinacy, from: start)
    isBroken = !solution.termination.hasSettled
    size = determinacy.sumOfEffects(of: solution.parameters)
    hasGrown = size > 16 * determinacy.sumOfEffects(of: start)
    // The cosine is noise where the residuals are, and means nothing where they are what a tolerance leaves.
    isSteep =
      !isBroken && solution.gradientCosine > Self.steepCosine
      && solution.residualNorm > Scalar(1000) * max(unresolvedStep, Scalar.ulpOfOne) * size
      && solution.isSteep(size: size, residualPrecision)
  }

  /// The same by its own Jacobian, if that determines as much as the start.
  func judged(by look: RetrySearch<Scalar>.Look) -> Self {
    var result = self
    (result.rank, result.idle, result.isAsDetermined) = (look.rank, look.idle, true)
    return result
  }

  /// Whether the sum of squares is smaller than at another end by more than the last half of the digits.
  func isClearlySmaller(than other: Self) -> Bool {
    solution.residualNorm.isClearlyLess(than: other.solution.residualNorm)
  }

  /// Whether the solve ended at a limit of evaluations.
  var isAtLimit: Bool { solution.termination == .evaluationLimit }

  /// The cosine between the residuals and a column of the Jacobian that is far from a right angle.
  static var steepCosine: Scalar { 1 / 20 }

  /// Whether the parameters could be smaller, since J does not determine them, and have grown, or round the residuals by
  /// more than a hundredth.
  var mayHaveWandered: Bool {
    rank < solution.parameters.count
      && (hasGrown || Scalar(100) * Scalar.ulpOfOne * size > solution.residualNorm)
  }

  /// Whether the parameters are much smaller than at another end, and the sum of squares is no larger than rounding at
  /// that end explains.
  func isNearer(than other: Self) -> Bool {
    !isBroken && !isSteep && rank >= other.rank && Scalar(4) * size < other.size
      && solution.residualNorm
        <= other.solution.residualNorm + Scalar(8) * Scalar.ulpOfOne * other.size
  }

  /// Whether the sum of squares is no larger than at another end. One that shrank together with the rank may
  /// be nothing but rounding.
  func isNoWorse(than other: Self) -> Bool { rank >= other.rank && !other.isLess(than: self) }

  /// Whether the solve ended well, with a sum of squares that is no larger than at another end, but for rounding.
  func isAsGood(as other: Self) -> Bool {
    !isBroken && !isSteep && rank >= other.rank && idle.isSubset(of: other.idle)
      && !other.isClearlySmaller(than: self)
  }

  /// Whether the sum of squares is less than at another end.
  func isLess(than other: Self) -> Bool {
    solution.residualNorm < other.solution.residualNorm
  }
}

extension Solution {
  /// Whether the gradient is far from zero by columns that differences see: where a parameter is nearly zero, so are
  /// the steps along it, and the column is noise of the residuals, √p·(‖f‖ + Σ_k ‖J_k‖·|x_k|)/|x_j|.
  ///
  /// - Parameters:
  ///   - size: Σ_k ‖J_k‖·|x_k|.
  ///   - precision: p, that of the residuals; nil where derivatives are given, and every column counts.
  fileprivate func isSteep(size: Scalar, _ precision: Scalar?) -> Bool {
    guard let precision else { return true }
    let norms = determinacy.columnNorms
    let noise = max(precision, .ulpOfOne).squareRoot() * (residualNorm + size)
    return permutation.indices.contains { k in
      let j = permutation[k]
      let unit = parameters[j] == 0 ? 1 : parameters[j].magnitude
      guard SolveEnding.steepCosine * norms[j] * unit > noise else { return false }
      let product = (0...k).reduce(0 as Scalar) { $0 + factor[$1, k] * rotatedResiduals[$1] }
      return product.magnitude > SolveEnding.steepCosine * norms[j] * residualNorm
    }
  }

  /// The parameters without effect at their values here and at those of a start.
  func idle(_ determinacy: Determinacy<Scalar>, from start: [Scalar]) -> Set<Int> {
    determinacy.idle(among: [parameters, start], besideNorm: residualNorm)
  }
}

extension Determinacy {
  /// The parameters without effect: with columns of zeros, or with ‖J_j‖·|x_j| ≤ ε²·‖r‖ for the x_j of each of the given
  /// points, as where an exponential has all but underflowed.
  func idle(among points: [[Scalar]], besideNorm norm: Scalar) -> Set<Int> {
    let zeros = dependencies.lazy.filter { $0.factors.isEmpty }.map { $0.parameter }
    let negligible = Scalar.ulpOfOne * (Scalar.ulpOfOne * norm)
    return Set(zeros).union(
      columnNorms.indices.lazy.filter { j in
        let size = points.reduce(0) { max($0, $1[j].magnitude) }
        return size > 0 && columnNorms[j] * size <= negligible
      })
  }
}

extension LSQScalar {
  /// Whether a norm is smaller than another one by more than the last half of the digits.
  func isClearlyLess(than norm: Self) -> Bool { norm - self > Self.ulpOfOne.squareRoot() * norm }
}
