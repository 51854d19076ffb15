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
  /// p(λ) (MINPACK: x); a whole search leaves it in its scratch.
  private(set) var step: [Scalar]

  /// D·p (MINPACK: wa2).
  private var scaledStep: [Scalar]
  /// Solutions and right-hand sides in the order of R's columns (MINPACK: wa1).
  private var work: [Scalar]
  /// S of the damped system.
  private var triangle: [Scalar]
  /// Scratch of the damped system.
  private var dampingRow: [Scalar]

  init(parameterCount n: Int) {
    // A whole search has room elsewhere.
    step = Scalar.hasWholeSteps ? [] : Array(zeros: n)
    triangle = Scalar.hasWholeSteps ? [] : Array(zeros: n * n)
    scaledStep = step
    work = step
    dampingRow = step
  }

  /// Sets the step to the Gauss–Newton direction, that of λ = 0, over scratch of n.
  mutating func takeGaussNewtonDirection(
    _ linearization: Linearization<Scalar>, scratch: inout [Scalar]
  ) {
    let n = linearization.columnCount
    if step.count != n { step = Array(zeros: n) }
    var p = step.mutableSpan
    var z = scratch.mutableSpan
    linearization.gaussNewtonDirection(
      leadingRank: linearization.leadingRank, into: &p, scratch: &z)
  }

  /// Finds λ, starting from its present value, the step from `origin`, and the trial point to which it
  /// leads.
  ///
  /// - Returns: ‖D·p‖ (MINPACK: dxnorm) and ‖J·p‖.
  mutating func solve(
    _ linearization: Linearization<Scalar>, scaling: [Scalar], trustRegionRadius radius: Scalar,
    from origin: [Scalar], to trial: inout [Scalar], room: inout [Scalar],
    _ constants: Constants<Scalar>
  ) -> (length: Scalar, change: Scalar) {
    if Scalar.hasWholeSteps {
      return Self.searchWhole(
        &value, linearization, scaling, radius, origin, constants, &trial, &room)
    }
    let length = Self.search(
      &value, linearization, scaling, radius, constants, &step, &scaledStep, &work, &triangle,
      &dampingRow)
    Scalar.subtract(step, from: origin, into: &trial)
    return (length, linearization.predictedChange(along: step, &work, &scaledStep, constants.norm))
  }

  /// The search in one call, where the scalar type offers it.
  @inline(__always)
  private static func searchWhole(
    _ value: inout Scalar, _ linearization: Linearization<Scalar>, _ scaling: [Scalar],
    _ radius: Scalar, _ origin: [Scalar], _ constants: Constants<Scalar>, _ trial: inout [Scalar],
    _ scratch: inout [Scalar]
  ) -> (length: Scalar, change: Scalar) {
    var point = trial.mutableSpan
    return scratch.asScratch {
      Scalar.findStep(
        triangle: linearization.factor.span, order: linearization.permutation.span,
        rightHandSide: linearization.rotatedResiduals.span, scaling: scaling.span, radius: radius,
        norm: constants.norm, origin: origin.span, damping: &value, trial: &point, scratch: &$0)
    }
  }

  /// The search for λ; the arrays are passed separately so that each is checked once for being shared.
  private static func search(
    _ value: inout Scalar, _ linearization: Linearization<Scalar>, _ scaling: [Scalar],
    _ radius: Scalar, _ constants: Constants<Scalar>, _ step: inout [Scalar],
    _ scaledStep: inout [Scalar], _ work: inout [Scalar], _ triangle: inout [Scalar],
    _ dampingRow: inout [Scalar]
  ) -> Scalar {
    var p = step.mutableSpan
    var q = scaledStep.mutableSpan
    var z = work.mutableSpan
    var s = triangle.mutableSpan
    var row = dampingRow.mutableSpan

    let rank = linearization.leadingRank
    linearization.gaussNewtonDirection(leadingRank: rank, into: &p, scratch: &z)
    var length = scaledLength(p.span, scaling, &q, constants)
    var excess = length - radius
    if excess <= constants.tenth * radius {
      value = 0
      return length
    }
    var bounds = Bounds(lower: 0, upper: 0)
    if rank == linearization.columnCount {
      loadNormalizedStep(&z, linearization, scaling, q.span, length: length)
      linearization.solveTransposed(&z)
      bounds.lower = newtonCorrection(z.span, radius, excess: excess, constants)
    }
    let gradientNorm = scaledGradientNorm(linearization, scaling, &z, constants)
    bounds.upper = gradientNorm / radius
    if bounds.upper == 0 {
      bounds.upper = Scalar.leastNormalMagnitude / min(radius, constants.tenth)
    }
    value = min(max(value, bounds.lower), bounds.upper)
    if value == 0 { value = gradientNorm / length }

    for round in 1...maximumRounds {
      if value == 0 {
        value = max(Scalar.leastNormalMagnitude, constants.thousandth * bounds.upper)
      }
      DampedSolve.solve(
        linearization, scaling: scaling, root: value.squareRoot(), into: &p, triangle: &s, &z,
        &row, constants)
      length = scaledLength(p.span, scaling, &q, constants)
      let previousExcess = excess
      excess = length - radius
      if excess.magnitude <= constants.tenth * radius { break }
      if bounds.lower == 0 && excess <= previousExcess && previousExcess < 0 { break }
      // No step is left: the correction would be 0/0 (D-004).
      if round == maximumRounds || length == 0 { break }

      loadNormalizedStep(&z, linearization, scaling, q.span, length: length)
      DampedSolve.solveTransposed(s.span, &z)
      let correction = newtonCorrection(z.span, radius, excess: excess, constants)
      if excess > 0 { bounds.lower = max(bounds.lower, value) }
      if excess < 0 { bounds.upper = min(bounds.upper, value) }
      value = max(bounds.lower, value + correction)
    }
    return length
  }

  private static var maximumRounds: Int { 10 }

  /// An interval that holds λ (MINPACK: parl, paru).
  private struct Bounds {
    var lower: Scalar
    var upper: Scalar
  }

  /// ‖D·p‖, leaving D·p in q (MINPACK: dxnorm).
  @inline(__always)
  private static func scaledLength(
    _ p: Span<Scalar>, _ scaling: [Scalar], _ q: inout MutableSpan<Scalar>,
    _ constants: Constants<Scalar>
  ) -> Scalar {
    for j in p.indices { q[j] = scaling[j] * p[j] }
    return constants.norm(q.span)
  }

  /// PᵀD·(D·p/‖D·p‖), the right-hand side of both Newton corrections, from q = D·p.
  @inline(__always)
  private static func loadNormalizedStep(
    _ z: inout MutableSpan<Scalar>, _ linearization: Linearization<Scalar>, _ scaling: [Scalar],
    _ q: Span<Scalar>, length: Scalar
  ) {
    for j in q.indices {
      let l = linearization.permutation[j]
      z[j] = scaling[l] * (q[l] / length)
    }
  }

  /// The Newton correction to λ from the solution z of the transposed system, at λ = 0 the lower bound
  /// −φ(0)/φ′(0) (MINPACK: parc, parl).
  @inline(__always)
  private static func newtonCorrection(
    _ z: Span<Scalar>, _ radius: Scalar, excess: Scalar, _ constants: Constants<Scalar>
  ) -> Scalar {
    let slope = constants.norm(z)
    return ((excess / radius) / slope) / slope
  }

  /// ‖D⁻¹Jᵀf‖ (MINPACK: gnorm within lmpar).
  @inline(__always)
  private static func scaledGradientNorm(
    _ linearization: Linearization<Scalar>, _ scaling: [Scalar], _ z: inout MutableSpan<Scalar>,
    _ constants: Constants<Scalar>
  ) -> Scalar {
    for j in z.indices {
      z[j] = linearization.gradient(j) / scaling[linearization.permutation[j]]
    }
    return constants.norm(z.span)
  }
}
