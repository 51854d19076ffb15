import LSQScalars

/// The damping parameter λ and the step that belongs to it (MINPACK: lmpar).
///
/// Let p(λ) be the least-squares solution of J·p ≅ f, √λ·D·p ≅ 0, and φ(λ) = ‖D·p(λ)‖ − Δ. Either λ = 0
/// and φ(0) ≤ Δ/10, or λ > 0 with |φ(λ)| ≤ Δ/10. φ is convex and falls, so that Newton's iteration on
/// 1/‖D·p(λ)‖, kept between a lower and an upper bound, needs two or three solves.
///
/// The step has MINPACK's sign here: the parameters move by −p.
///
/// - Complexity: O(n³) per solve, at most ten solves.
///
/// Source: J. J. Moré (1978), section 5; MINPACK `lmpar`.
/// Deviations: D-004.
struct DampingParameter<Scalar: LSQScalar> {
  /// λ (MINPACK: par).
  var value: Scalar = 0
  /// p(λ) (MINPACK: x).
  var step: [Scalar]

  private var dampedSolve: DampedSolve<Scalar>
  /// D·p (MINPACK: wa2).
  private var scaledStep: [Scalar]
  /// Scratch (MINPACK: wa1).
  private var work: [Scalar]
  private let count: Int

  init(parameterCount: Int) {
    count = parameterCount
    step = Array(repeating: 0, count: count)
    scaledStep = step
    work = step
    dampedSolve = DampedSolve(parameterCount: count)
  }

  /// Finds λ, from its present value on, and the step.
  mutating func solve(
    _ linearization: inout Linearization<Scalar>, scaling: [Scalar], trustRegionRadius: Scalar,
    _ constants: Constants<Scalar>
  ) {
    linearization.gaussNewtonDirection(into: &step)
    var length = scaledLength(scaling, constants)
    var excess = length - trustRegionRadius
    if excess <= constants.tenth * trustRegionRadius {
      value = 0
      return
    }
    var bounds = Bounds(
      lower: lowerBound(linearization, scaling, trustRegionRadius, length: length, constants),
      upper: 0)
    let gradientNorm = scaledGradientNorm(linearization, scaling, constants)
    bounds.upper = gradientNorm / trustRegionRadius
    if bounds.upper == 0 {
      bounds.upper = Scalar.leastNormalMagnitude / min(trustRegionRadius, constants.tenth)
    }
    value = min(max(value, bounds.lower), bounds.upper)
    if value == 0 { value = gradientNorm / length }

    for round in 1...Self.maximumRounds {
      if value == 0 {
        value = max(Scalar.leastNormalMagnitude, constants.thousandth * bounds.upper)
      }
      let root = value.squareRoot()
      for j in 0..<count { work[j] = root * scaling[j] }
      dampedSolve.solve(linearization, damping: work, into: &step, constants)
      length = scaledLength(scaling, constants)
      let previousExcess = excess
      excess = length - trustRegionRadius
      if excess.magnitude <= constants.tenth * trustRegionRadius { return }
      if bounds.lower == 0 && excess <= previousExcess && previousExcess < 0 { return }
      if round == Self.maximumRounds { return }
      // No step is left: the correction would be 0/0 (D-004).
      if length == 0 { return }

      let correction = newtonCorrection(
        linearization, scaling, trustRegionRadius, length: length, excess: excess, constants)
      if excess > 0 { bounds.lower = max(bounds.lower, value) }
      if excess < 0 { bounds.upper = min(bounds.upper, value) }
      value = max(bounds.lower, value + correction)
    }
  }

  private static var maximumRounds: Int { 10 }

  /// An interval that holds λ (MINPACK: parl, paru).
  private struct Bounds {
    var lower: Scalar
    var upper: Scalar
  }

  /// ‖D·p‖ (MINPACK: dxnorm).
  private mutating func scaledLength(
    _ scaling: [Scalar], _ constants: Constants<Scalar>
  ) -> Scalar {
    Scalar.multiply(scaling, step, into: &scaledStep)
    return constants.norm(scaledStep)
  }

  /// PᵀD·(D·p/‖D·p‖) in `work`, the right-hand side of both Newton corrections.
  private mutating func loadNormalizedStep(
    _ permutation: [Int], _ scaling: [Scalar], length: Scalar
  ) {
    Self.load(&work, permutation, scaling, scaledStep, length: length)
  }

  private static func load(
    _ target: inout [Scalar], _ permutation: [Int], _ scaling: [Scalar], _ scaledStep: [Scalar],
    length: Scalar
  ) {
    var result = target.mutableSpan
    for j in permutation.indices {
      let l = permutation[j]
      result[j] = scaling[l] * (scaledStep[l] / length)
    }
  }

  /// −φ(0)/φ′(0) where J has full rank, else zero (MINPACK: parl).
  private mutating func lowerBound(
    _ linearization: Linearization<Scalar>, _ scaling: [Scalar], _ radius: Scalar, length: Scalar,
    _ constants: Constants<Scalar>
  ) -> Scalar {
    guard linearization.leadingRank == count else { return 0 }
    loadNormalizedStep(linearization.permutation, scaling, length: length)
    linearization.solveTransposed(&work)
    let slope = constants.norm(work)
    return (((length - radius) / radius) / slope) / slope
  }

  /// ‖D⁻¹Jᵀf‖ (MINPACK: gnorm within lmpar).
  private mutating func scaledGradientNorm(
    _ linearization: Linearization<Scalar>, _ scaling: [Scalar], _ constants: Constants<Scalar>
  ) -> Scalar {
    for j in 0..<count {
      work[j] = linearization.gradient(j) / scaling[linearization.permutation[j]]
    }
    return constants.norm(work)
  }

  /// The Newton correction to λ (MINPACK: parc).
  private mutating func newtonCorrection(
    _ linearization: Linearization<Scalar>, _ scaling: [Scalar], _ radius: Scalar, length: Scalar,
    excess: Scalar, _ constants: Constants<Scalar>
  ) -> Scalar {
    loadNormalizedStep(linearization.permutation, scaling, length: length)
    dampedSolve.solveTransposed(&work)
    let slope = constants.norm(work)
    return ((excess / radius) / slope) / slope
  }
}
