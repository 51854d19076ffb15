import LSQScalars
import LeastSquares

extension FitSearch {
  /// Leaves an end on a plateau where the start may lie as well, as that of a peak far from all data: parameters have no effect
  /// there, or are not told apart, and do and are where they are some powers of ten larger or smaller or in the middle of the
  /// data, so that the data are not to blame.
  ///
  /// - Returns: the best end from there; or else the same, known for a plateau if it is one.
  mutating func leavePlateau(at end: FitEnd<Scalar>, from start: [Scalar]) throws -> FitEnd<Scalar> {
    let points = try moreInfluentialPoints(around: end, from: start)
    guard !points.isEmpty else { return end }
    var best = end.onPlateau
    for point in points.prefix(Self.movedEndCount) {
      guard let next = try retry(from: point, .movedEnd) else { break }
      if next.isSettled, next.residualNorm < best.residualNorm,
        try moreInfluentialPoints(around: next, from: start).isEmpty
      {
        best = next
      }
    }
    return best
  }

  /// The most places from which an end is left.
  private static var movedEndCount: Int { 4 }

  /// Places where parameters without effect at an end have one, or where the rank is larger by two: one may be a matter of
  /// rounding, of what is nearly dependent.
  private mutating func moreInfluentialPoints(
    around end: FitEnd<Scalar>, from start: [Scalar]
  ) throws -> [[Scalar]] {
    guard end.isAtGoal, end.descent == nil, end.newton?.isAtMinimum != true,
      let determinacy = end.look.determinacy, let rounding = end.look.rounding?.norm,
      end.residualNorm > 16 * rounding
    else { return [] }
    let x = end.parameters
    let idle = determinacy.idle(among: [x, start], besideNorm: end.residualNorm)
    guard !idle.isEmpty || determinacy.rank + 2 <= x.count else { return [] }
    let open = idle.union(determinacy.undetermined)
    let units = x.indices.map { j in [x[j], start[j]].first { $0 != 0 } ?? 1 }
    return try moves(of: open.sorted(), from: x, units: units).compactMap { point in
      guard mayGoOn else { return nil }
      tally.add(residuals: 1, jacobians: 1)
      guard let rows = try EndLook.rows(of: problem, at: point) else { return nil }
      let there = Determinacy(jacobian: rows.jacobian, toleranceTimes: 64)
      let norm = EuclideanNorm<Scalar>()(rows.residuals.span)
      let stillIdle = there.idle(among: [point, start], besideNorm: norm)
      return !idle.isSubset(of: stillIdle) || there.rank >= determinacy.rank + 2 ? point : nil
    }
  }

  /// A point with some parameters moved: all of them to their units times powers of ten of either sign, one or all to the middle of
  /// a predictor.
  private func moves(of open: [Int], from x: [Scalar], units: [Scalar]) -> [[Scalar]] {
    func moved(_ value: (Int) -> Scalar) -> [Scalar] {
      var point = x
      for j in open { point[j] = value(j) }
      return point
    }
    let factors: [Scalar] = [1, -1, 2, -2, 3, -3, 4, -4, 6, -6, 9, -9].map { .pow(10, $0) }
    let scaled = (factors + factors.map { -$0 }).map { factor in moved { factor * units[$0] } }
    let centered = problem.predictorMidpoints.flatMap { middle in
      open.map { single in moved { $0 == single ? middle : units[$0] } } + [moved { _ in middle }]
    }
    return centered + scaled
  }
}

extension ModelProblem {
  /// For each predictor the number halfway between its least and its largest value.
  fileprivate var predictorMidpoints: [Scalar] {
    (0..<predictorCount).map { k in
      let values = stride(from: k, to: predictors.count, by: predictorCount).map { predictors[$0] }
      return ((values.min() ?? 0) + (values.max() ?? 0)) / 2
    }
  }
}
