import LSQScalars
import LeastSquares

/// Searches beside a point where the gradient vanishes for one where the sum of squares is smaller.
struct DescentProbe<Scalar: LSQScalar> {
  private let problem: ModelProblem<Scalar>
  /// The point.
  let origin: [Scalar]
  /// ‖r‖ there.
  let residualNorm: Scalar
  /// How much smaller rounding alone may make the sum of squares, relative to it.
  let noise: Scalar
  private let limit: Int?
  private var residuals: [Scalar]
  /// The evaluations of the residuals so far.
  private(set) var evaluations = 0
  /// Whether a point was not tried because no evaluations were left.
  private(set) var isOutOfEvaluations = false

  /// - Parameters:
  ///   - residuals: those at the origin.
  ///   - rounding: what rounding does to them, a norm.
  ///   - limit: of the evaluations of the residuals, if there is one.
  init(
    of problem: ModelProblem<Scalar>, beside origin: [Scalar], _ residuals: [Scalar],
    rounding: Scalar, limit: Int?
  ) {
    (self.problem, self.origin, self.limit) = (problem, origin, limit)
    self.residuals = residuals
    residualNorm = EuclideanNorm<Scalar>()(residuals.span)
    noise = Scalar(8) * (rounding / residualNorm)
  }

  /// x + t·p for the sign of t that makes the sum of squares smaller by `reduction`, relative to it; nil where neither
  /// does.
  ///
  /// - Throws: `CancellationError` of the model's. Where the model throws anything else, the sum counts as not smaller.
  mutating func descent(
    along direction: [Scalar], _ length: Scalar, reduction: Scalar
  ) throws -> [Scalar]? {
    let problem = problem
    for t in [length, -length] {
      let point = origin.indices.map { origin[$0] + t * direction[$0] }
      if let limit, evaluations >= limit {
        isOutOfEvaluations = true
        return nil
      }
      evaluations += 1
      do {
        var target = residuals.mutableSpan
        try problem.residuals(point.span, &target)
      } catch  where !error.isCancellation {
        continue
      }
      let ratio = EuclideanNorm<Scalar>()(residuals.span) / residualNorm
      if (1 - ratio) * (1 + ratio) >= reduction { return point }
    }
    return nil
  }
}

extension DescentProbe {
  /// A point where parameters without effect at the origin, one of them or all, have made the sum of squares smaller than
  /// rounding explains, like a in a⁴·x at 0, of which the derivatives taken show nothing.
  ///
  /// They are moved by their size, or 1 where they are zero, and by parts of that, down to 2⁻²⁸. Then those that are less than 1
  /// are moved as if they were zero: their squares, and with these their effects, may have underflowed.
  ///
  /// - Throws: `CancellationError` of the model's.
  mutating func descent(ofIdle idle: [Int]) throws -> [Scalar]? {
    guard residualNorm > 0, !idle.isEmpty else { return nil }
    let directions = idle.map { [$0] } + (idle.count > 1 ? [idle] : [])
    for isBySize in [true, false] {
      for moved in directions
      where isBySize || moved.contains(where: { origin[$0] != 0 && origin[$0].magnitude < 1 }) {
        var direction = [Scalar](repeating: 0, count: origin.count)
        for j in moved {
          let size = origin[j].magnitude
          direction[j] = isBySize && size > 0 ? size : max(size, 1)
        }
        if let point = try descent(alongEverShorter: direction) { return point }
        if isOutOfEvaluations { return nil }
      }
    }
    return nil
  }

  /// A point where a parameter has taken over from those whose columns its own column of the Jacobian depends on, and
  /// has made the sum of squares smaller than rounding explains, as a takes over from b in (a + b)³·x at a = −b.
  ///
  /// The largest change of a parameter is its size, or 1 where it is zero, and parts of that, down to 2⁻²⁸.
  ///
  /// - Throws: `CancellationError` of the model's.
  mutating func descent(
    ofDependent dependencies: [Determinacy<Scalar>.Dependency]
  ) throws -> [Scalar]? {
    guard residualNorm > 0 else { return nil }
    for dependency in dependencies where !dependency.factors.isEmpty {
      var direction = [Scalar](repeating: 0, count: origin.count)
      direction[dependency.parameter] = 1
      for factor in dependency.factors { direction[factor.parameter] = -factor.value }
      let largest = origin.indices.reduce(0 as Scalar) {
        max($0, direction[$1].magnitude / (origin[$1] == 0 ? 1 : origin[$1].magnitude))
      }
      let point = try descent(alongEverShorter: direction.map { $0 / largest })
      if point != nil || isOutOfEvaluations { return point }
    }
    return nil
  }

  /// A point along a direction, or a part of it.
  private mutating func descent(alongEverShorter direction: [Scalar]) throws -> [Scalar]? {
    for exponent in Self.exponents {
      let length = Scalar(sign: .plus, exponent: exponent, significand: 1)
      let point = try descent(along: direction, length, reduction: 2 * noise)
      if point != nil || isOutOfEvaluations { return point }
    }
    return nil
  }

  /// Exponents of the lengths: close to each other near 1, since the gain by a high power is soon less than rounding.
  private static var exponents: [Scalar.Exponent] { [0, -2, -4, -6, -8, -12, -16, -20, -24, -28] }
}
