import LSQScalars
import LeastSquares

extension FitSearch {
  /// Leaves an end on a plateau on which the start may lie as well, as that of a peak far from all data does. There
  /// parameters have no effect; where they are larger or smaller by powers of ten, or in the middle of the data, they have
  /// one: so the data are not to blame.
  ///
  /// - Returns: the best of the ends that are reached from such places and clearly better; if none is a minimum the same end,
  ///   known to be on a plateau if one of them has a clearly smaller sum of squares. Unproven where evaluations did not
  ///   suffice.
  mutating func leavePlateau(at end: FitEnd<Scalar>, from start: [Scalar]) throws -> FitEnd<Scalar>
  {
    guard
      let points = try moreInfluentialPoints(around: end, from: start, atMost: Self.movedEndCount)
    else { return cutShort(end) }
    var best: FitEnd<Scalar>?
    var isBeaten = false
    for point in points {
      guard mayGoOn else { return best ?? cutShort(end) }
      guard let next = try retry(from: point, .movedEnd), next.isClearlySmaller(than: best ?? end)
      else { continue }
      isBeaten = true
      if next.isAtRest,
        try moreInfluentialPoints(around: next, from: start, atMost: 1)?.isEmpty == true
      {
        best = next
      }
    }
    return best ?? (isBeaten ? end.onPlateau : end)
  }

  /// The most places from which an end is left.
  private static var movedEndCount: Int { 4 }

  /// Places where parameters without effect at an end have one; or, where all of three or more parameters depend on each
  /// other, as if one row were all there is, places where three do not. nil where no evaluations are left to look.
  ///
  /// Of other dependent parameters nothing is concluded: far away rounding makes dependent columns look independent.
  private mutating func moreInfluentialPoints(
    around end: FitEnd<Scalar>, from start: [Scalar], atMost count: Int
  ) throws -> [[Scalar]]? {
    guard end.isAtGoal, end.descent == nil, end.newton?.isAtMinimum != true,
      let determinacy = end.look.determinacy, let rounding = end.look.rounding?.norm,
      end.residualNorm > 16 * rounding
    else { return [] }
    let x = end.parameters
    let idle = determinacy.idle(among: [x, start], besideNorm: end.residualNorm)
    let areAllDependent =
      x.count > 2 && determinacy.rank == 1 && determinacy.undetermined.count == x.count
    guard !idle.isEmpty || areAllDependent,
      end.look.sweep.map(NegativeCurvature.isExcluded(by:)) != true
    else { return [] }
    let units = x.indices.map { j in [x[j], start[j]].first { $0 != 0 } ?? 1 }
    let moved = idle.isEmpty ? Array(x.indices) : idle.sorted()
    // Where a factor is all but zero, what it multiplies has no effect anywhere.
    let base = x.indices.map { j in
      determinacy.columnNorms[j] * x[j].magnitude <= rounding && start[j] != 0 ? start[j] : x[j]
    }
    var found: [[Scalar]] = []
    for point in points(moving: moved, of: base, units: units) where found.count < count {
      guard mayGoOn else { return nil }
      tally.add(residuals: 1, jacobians: 1)
      guard let rows = try problem.linearModel(at: point) else { continue }
      let there = Determinacy(jacobian: rows.jacobian, toleranceTimes: 64)
      let norm = EuclideanNorm<Scalar>()(rows.residuals.span)
      let stillIdle = there.idle(among: [point, start], besideNorm: norm)
      if idle.isEmpty ? there.rank > 2 : !idle.isSubset(of: stillIdle) { found.append(point) }
    }
    return found
  }

  /// Points with some parameters moved: one of them to the middle of a predictor and the others to their units, all of them
  /// there, or all to their units times powers of ten of either sign. Of many predictors and parameters the first ones.
  private func points(moving open: [Int], of x: [Scalar], units: [Scalar]) -> [[Scalar]] {
    func moved(_ value: (Int) -> Scalar) -> [Scalar] {
      var point = x
      for j in open { point[j] = value(j) }
      return point
    }
    let factors: [Scalar] = [1, -1, 2, -2, 3, -3, 4, -4, 6, -6, 9, -9].map { .pow(10, $0) }
    let scaled = (factors + factors.map { -$0 }).map { factor in moved { factor * units[$0] } }
    let centered = problem.predictorMidpoints.prefix(3).flatMap { middle in
      open.prefix(8).map { single in moved { $0 == single ? middle : units[$0] } }
        + [moved { _ in middle }]
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
