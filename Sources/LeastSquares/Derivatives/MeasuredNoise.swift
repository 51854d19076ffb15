public import LSQScalars

/// The noise of residuals at a point, as a table of differences shows it.
public struct MeasuredNoise<Scalar: LSQScalar>: Sendable, Hashable {
  /// The standard deviation of the noise of a residual, root mean square over the residuals that depend on
  /// the parameters; nil where no step shows it.
  public let absolute: Scalar?
  /// The noise relative to the residuals, or to their change per relative change of the parameters where
  /// that is larger (MINPACK, SciPy: epsfcn); nil where no step shows it.
  ///
  /// This is what ``JacobianSource/forwardDifferences(residualPrecision:)`` asks for: its step √η·|xⱼ|
  /// then balances noise against curvature.
  public let relative: Scalar?
  /// The relative step of the table.
  public let step: Scalar
  /// How many evaluations of the residuals the measurement took.
  public let evaluations: Int
}

/// Measures the noise of residuals: what remains in their high differences, in which everything smooth has died away.
///
/// Rounding, truncated iterations, tables and printed decimals make residuals rough on a small scale. On
/// nine points of a line through x, with a step h relative to each parameter, the k-th differences of
/// noise of variance σ² have the variance σ²·(2k)!/(k!)², those of a smooth part shrink as hᵏ. So
///
///     σ_k² = (k!)²/(2k)! · mean (Δᵏr)²
///
/// stays the same from some k on. The result is σ_k for the least k where σ_k, σ_{k+1} and σ_{k+2} agree within a
/// factor of 4 and most residuals have k-th differences of both signs. A step at which at least half of the
/// neighbouring values are equal is too small; steps grow from √ε by factors of 16.
///
/// - Parameters:
///   - residuals: reads n parameters, fills m residuals.
///   - residualCount: m.
///   - point: x.
/// - Throws: ``LeastSquaresError`` where there are no residuals, or the point has no parameters or is not finite; also
///   the errors of `residuals`.
/// - Complexity: 2 + 8k evaluations of the residuals, if k steps are tried: k = 1 where rounding is the only noise, and
///   at most ⌈(p − 9)/8⌉ for a type of p bits.
///
/// Source: J. J. Moré and S. M. Wild, *Estimating computational noise*, SIAM J. Sci. Comput. 33 (2011); R. W. Hamming,
/// *Introduction to applied numerical analysis* (1971), on difference tables. The pooling over residuals and the search
/// for the step are not from there.
@specialized(where Scalar == Double)
@specialized(where Scalar == Float)
#if (arch(i386) || arch(x86_64)) && !os(Windows) && !os(Android)
  @specialized(where Scalar == Float80)
#endif
public func measuredNoise<Scalar: LSQScalar>(
  of residuals: ResidualFunction<Scalar>, residualCount: Int, at point: [Scalar]
) throws -> MeasuredNoise<Scalar> {
  guard !point.isEmpty else { throw LeastSquaresError.noParameters }
  guard residualCount > 0 else {
    throw LeastSquaresError.tooFewResiduals(residuals: residualCount, parameters: point.count)
  }
  try point.requireFiniteStart()
  var line = NoiseLine(residualCount: residualCount, point: point)
  // A long step shows which residuals move at all, and how much.
  let far = Scalar(1) / 16
  let here = try line.residuals(at: 0, residuals)
  let there = try line.residuals(at: far, residuals)
  let moving = here.indices.filter { !(here[$0] == there[$0]) }
  var step = Scalar.ulpOfOne.squareRoot()
  while step < far, !moving.isEmpty {
    let center = DifferenceTable<Scalar>.pointCount / 2
    let points = try (-center...center).map { k in
      k == 0 ? here : try line.residuals(at: Scalar(k) * step, residuals)
    }
    guard points.allSatisfy({ $0.allSatisfy { $0.isFinite } }) else { break }
    if let noise = DifferenceTable(of: moving, at: points).noise {
      let sizes = moving.map { i in
        let change = (there[i] - here[i]).magnitude / far
        return change.isFinite ? max(here[i].magnitude, change) : here[i].magnitude
      }
      let size = EuclideanNorm<Scalar>()(sizes.span) / .sqrt(Scalar(moving.count))
      return MeasuredNoise(
        absolute: noise, relative: size == 0 ? nil : noise / size, step: step,
        evaluations: line.evaluations)
    }
    step *= 16
  }
  return MeasuredNoise(
    absolute: nil, relative: nil, step: step, evaluations: line.evaluations)
}

/// Residuals along a line through a point, xⱼ·(1 + t·uⱼ).
private struct NoiseLine<Scalar: LSQScalar> {
  let point: [Scalar]
  /// Between ½ and 1 in size, of alternating sign, and without a simple ratio.
  let direction: [Scalar]
  private var values: [Scalar]
  private(set) var evaluations = 0

  init(residualCount: Int, point: [Scalar]) {
    self.point = point
    values = Array(repeating: 0, count: residualCount)
    direction = point.indices.map { j in
      // The fractional parts of multiples of the golden ratio fill the interval evenly.
      let share = (j * 618 + 309) % 1000
      return Scalar(j.isMultiple(of: 2) ? 1000 + share : -1000 - share) / 2000
    }
  }

  mutating func residuals(
    at t: Scalar, _ evaluate: ResidualFunction<Scalar>
  ) throws -> [Scalar] {
    let shifted = point.indices.map { j in
      let unit: Scalar = point[j] == 0 ? 1 : point[j]
      return point[j] + t * (direction[j] * unit)
    }
    evaluations += 1
    try fill(&values, at: shifted, by: evaluate)
    return values
  }
}

/// The differences of several functions on equidistant points.
private struct DifferenceTable<Scalar: LSQScalar> {
  static var pointCount: Int { 9 }

  /// By function, then by point.
  private var values: [Scalar]
  private let functionCount: Int
  /// How many differences of each function there are, at the front of its places.
  private var width = Self.pointCount
  /// The largest value, in units of which the table is kept, so that squares stay in range.
  private let unit: Scalar

  /// - Parameters:
  ///   - functions: the indices of those to take in.
  ///   - points: the values of all functions at each point.
  init(of functions: [Int], at points: [[Scalar]]) {
    var largest: Scalar = 0
    for i in functions {
      for k in points.indices { largest = max(largest, points[k][i].magnitude) }
    }
    let unit = largest == 0 ? 1 : largest
    values = []
    values.reserveCapacity(functions.count * points.count)
    for i in functions {
      for k in points.indices { values.append(points[k][i] / unit) }
    }
    self.unit = unit
    functionCount = functions.count
  }

  /// The standard deviation of the noise, pooled over the functions; nil where the step does not show it.
  var noise: Scalar? {
    var table = self
    guard !table.isTooFine else { return nil }
    var levels: [(deviation: Scalar, changesSign: Bool)] = []
    var weight: Scalar = 1
    for k in 1..<(Self.pointCount - 2) {
      table.difference()
      weight *= Scalar(k) / Scalar(2 * (2 * k - 1))
      levels.append(((weight * table.meanSquare).squareRoot(), table.mostChangeSign))
    }
    for k in 0..<(levels.count - 2) where levels[k].changesSign {
      let deviations = levels[k...(k + 2)].map(\.deviation)
      guard let least = deviations.min(), let largest = deviations.max(), least > 0,
        largest <= 4 * least
      else { continue }
      return deviations[0] * unit
    }
    return nil
  }

  /// Where the differences of a function stand.
  private func places(of function: Int) -> Range<Int> {
    let first = function * Self.pointCount
    return first..<(first + width)
  }

  /// Whether at least half of the neighbours are equal.
  private var isTooFine: Bool {
    var equal = 0
    for i in 0..<functionCount {
      for k in places(of: i).dropLast() where values[k] == values[k + 1] { equal += 1 }
    }
    return 2 * equal >= functionCount * (width - 1)
  }

  private mutating func difference() {
    for i in 0..<functionCount {
      for k in places(of: i).dropLast() { values[k] = values[k + 1] - values[k] }
    }
    width -= 1
  }

  private var meanSquare: Scalar {
    var sum: Scalar = 0
    for i in 0..<functionCount {
      for k in places(of: i) { sum += values[k] * values[k] }
    }
    return sum / Scalar(functionCount * width)
  }

  private var mostChangeSign: Bool {
    var count = 0
    for i in 0..<functionCount {
      let places = places(of: i)
      if places.contains(where: { values[$0] > 0 }), places.contains(where: { values[$0] < 0 }) {
        count += 1
      }
    }
    return 2 * count >= functionCount
  }
}
