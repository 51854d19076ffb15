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
    for i in 0..<count {
      for j in i..<count { triangle[i * count + j] = linearization.r(i, j) }
      solution[i] = linearization.rotatedResiduals[i]
    }
    for j in 0..<count {
      let entry = damping[linearization.permutation[j]]
      if entry != 0 { rotateIn(entry, at: j, constants) }
    }
    substituteBack()
    for j in 0..<count { step[linearization.permutation[j]] = solution[j] }
  }

  /// Eliminates the row of D whose only entry stands in column j.
  private mutating func rotateIn(_ entry: Scalar, at j: Int, _ constants: Constants<Scalar>) {
    for k in j..<count { dampingRow[k] = 0 }
    dampingRow[j] = entry
    var rightHandSide: Scalar = 0
    for k in j..<count where dampingRow[k] != 0 {
      let diagonal = k * count + k
      let rotation = GivensRotation(
        eliminating: dampingRow[k], against: triangle[diagonal], constants)
      triangle[diagonal] = rotation.cosine * triangle[diagonal] + rotation.sine * dampingRow[k]
      rotation.apply(&solution[k], &rightHandSide)
      let rest = count - k - 1
      Scalar.rotate(
        &triangle, Lane(start: diagonal + 1, count: rest),
        &dampingRow, Lane(start: k + 1, count: rest), by: rotation)
    }
  }

  /// Solves S·z = `solution`; where S is singular, the entries from the first zero on are zero.
  private mutating func substituteBack() {
    let rank = (0..<count).first { triangle[$0 * count + $0] == 0 } ?? count
    for j in rank..<count { solution[j] = 0 }
    for j in (0..<rank).reversed() {
      let rest = rank - j - 1
      let sum = Scalar.dotProduct(
        triangle, Lane(start: j * count + j + 1, count: rest),
        solution, Lane(start: j + 1, count: rest))
      solution[j] = (solution[j] - sum) / triangle[j * count + j]
    }
  }

  /// Solves Sᵀ·z = w in place.
  func solveTransposed(_ w: inout [Scalar]) {
    for j in 0..<count {
      w[j] /= triangle[j * count + j]
      let rest = count - j - 1
      Scalar.addScaled(
        -w[j], triangle, Lane(start: j * count + j + 1, count: rest),
        to: &w, Lane(start: j + 1, count: rest))
    }
  }
}
