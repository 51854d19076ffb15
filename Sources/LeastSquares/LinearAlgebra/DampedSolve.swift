import LSQScalars

/// The least-squares solution of the damped system
///
///     J·p ≅ f,   D·p ≅ 0
///
/// from the factorisation J·P = Q·R: D is rotated into R, which leaves the triangle S with
/// SᵀS = RᵀR + PᵀD²P, and S·Pᵀp = Qᵀf is solved.
///
/// - Complexity: O(n³), mostly O(n²) in practice's small n.
///
/// Source: MINPACK `qrsolv`; J. J. Moré, *The Levenberg–Marquardt algorithm: implementation and
/// theory*, Lecture Notes in Mathematics 630 (1978), section 3.
struct DampedSolve<Scalar: LSQScalar> {
  /// S, by rows, upper triangle (MINPACK: the lower triangle of r, and sdiag).
  private(set) var triangle: [Scalar]
  /// The right-hand side, then Pᵀp (MINPACK: wa).
  private var solution: [Scalar]
  /// The row of D that is being rotated in (MINPACK: sdiag).
  private var dampingRow: [Scalar]
  private let count: Int

  init(parameterCount: Int) {
    count = parameterCount
    triangle = Array(repeating: 0, count: count * count)
    solution = Array(repeating: 0, count: count)
    dampingRow = solution
  }

  /// Solves for the step with the damping diagonal D and stores it, unpermuted, in `step`.
  mutating func solve(
    _ linearization: Linearization<Scalar>, damping: [Scalar], into step: inout [Scalar],
    _ constants: Constants<Scalar>
  ) {
    Self.copyTriangle(linearization.factor, into: &triangle, count)
    Scalar.copy(linearization.rotatedResiduals, into: &solution)
    Self.rotateIn(
      damping, linearization.permutation, &triangle, &solution, &dampingRow, constants)
    Self.substituteBack(triangle, &solution)
    Scalar.scatter(solution, linearization.permutation, into: &step)
  }

  private static func copyTriangle(_ factor: [Scalar], into triangle: inout [Scalar], _ n: Int) {
    let r = factor.span
    var s = triangle.mutableSpan
    for i in 0..<n {
      for j in i..<n { s[i * n + j] = r[i * n + j] }
    }
  }

  /// Rotates D into the triangle, row by row.
  private static func rotateIn(
    _ diagonal: [Scalar], _ permutation: [Int], _ triangle: inout [Scalar],
    _ solution: inout [Scalar], _ dampingRow: inout [Scalar], _ constants: Constants<Scalar>
  ) {
    var s = triangle.mutableSpan
    var z = solution.mutableSpan
    var row = dampingRow.mutableSpan
    for j in permutation.indices where diagonal[permutation[j]] != 0 {
      rotateIn(diagonal[permutation[j]], at: j, &s, &z, &row, constants)
    }
  }

  /// Eliminates the row of D whose only entry stands in column j.
  private static func rotateIn(
    _ entry: Scalar, at j: Int, _ s: inout MutableSpan<Scalar>, _ z: inout MutableSpan<Scalar>,
    _ damping: inout MutableSpan<Scalar>, _ constants: Constants<Scalar>
  ) {
    let n = z.count
    for k in j..<n { damping[k] = 0 }
    damping[j] = entry
    var rightHandSide: Scalar = 0
    for k in j..<n where damping[k] != 0 {
      let diagonal = k * n + k
      let rotation = GivensRotation(eliminating: damping[k], against: s[diagonal], constants)
      s[diagonal] = rotation.cosine * s[diagonal] + rotation.sine * damping[k]
      rotation.apply(&z[k], &rightHandSide)
      let rest = n - k - 1
      Scalar.rotate(
        &s, Lane(start: diagonal + 1, count: rest), &damping, Lane(start: k + 1, count: rest),
        cosine: rotation.cosine, sine: rotation.sine)
    }
  }

  /// Solves S·z = b in place; where S is singular, the entries from the first zero on are zero.
  private static func substituteBack(_ triangle: [Scalar], _ b: inout [Scalar]) {
    let n = b.count
    let s = triangle.span
    var z = b.mutableSpan
    let rank = (0..<n).first { triangle[$0 * n + $0] == 0 } ?? n
    for j in rank..<n { z[j] = 0 }
    for j in stride(from: rank - 1, through: 0, by: -1) {
      let rest = rank - j - 1
      let sum = Scalar.dotProduct(
        s, Lane(start: j * n + j + 1, count: rest), z.span, Lane(start: j + 1, count: rest))
      z[j] = (z[j] - sum) / s[j * n + j]
    }
  }

  /// Solves Sᵀ·z = w in place.
  func solveTransposed(_ w: inout [Scalar]) {
    let n = count
    let s = triangle.span
    var z = w.mutableSpan
    for j in 0..<n {
      z[j] /= s[j * n + j]
      let rest = n - j - 1
      Scalar.addScaled(
        -z[j], s, Lane(start: j * n + j + 1, count: rest), to: &z, Lane(start: j + 1, count: rest))
    }
  }
}
