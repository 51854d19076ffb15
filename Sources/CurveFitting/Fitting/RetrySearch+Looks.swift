import LSQScalars
import LeastSquares

// Looks at the Jacobian, which reveal what a start shows and the end of a solve does not.

extension RetrySearch {
  /// A point, the rank of the Jacobian there, and the parameters without effect.
  struct Look {
    let point: [Scalar]
    let rank: Int
    /// The rank that does not rest on rounding.
    let clearRank: Int
    let idle: Set<Int>
  }

  /// A look at the start; of full rank where none is possible.
  mutating func lookAtStart() throws -> Look {
    if let startLook { return startLook }
    let (n, found) = (start.count, try look(at: start))
    let look = found ?? Look(point: start, rank: n, clearRank: n, idle: [])
    startLook = look
    return look
  }

  /// Looks at tenths, hundredths and so on of the start, as far as the model can be evaluated there.
  mutating func nearerLooks() throws -> [Look] {
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

  /// One linearisation at a point, as the solver makes it; nil where there are no evaluations left, or it is not
  /// finite.
  mutating func look(at point: [Scalar]) throws -> Look? {
    let needed = 1 + problem.differenceEvaluations
    guard tally.remaining(of: options.maximumResidualEvaluations) ?? needed >= needed else {
      return nil
    }
    var workspace = Workspace<Scalar>()
    var own = EvaluationCounts()
    defer { tally.add(own) }
    let solution = try LevenbergMarquardt().minimize(
      problem, from: point, using: &workspace, counting: &own, monitor: { _ in .stop })
    guard solution.isLinearized else { return nil }
    let determinacy = solution.determinacy
    return Look(
      point: point, rank: determinacy.rank, clearRank: solution.clearRank,
      idle: solution.idle(determinacy, from: start))
  }
}

extension Solution {
  /// The rank by pivots that clear the rounding of two factorisations, and of the Jacobian itself, by six bits.
  fileprivate var clearRank: Int { determinacy(toleranceTimes: 64).rank }
}
