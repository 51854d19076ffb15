import LSQScalars

/// The least-squares solution of the damped system
///
///     J·p ≅ f,   D·p ≅ 0
///
/// from the factorisation J·P = Q·R: D is rotated into R, which leaves the triangle S with
/// SᵀS = RᵀR + PᵀD²P, and S·Pᵀp = Qᵀf is solved.
///
/// The memory is the caller's: S, by rows, n×n with only the upper triangle in use (MINPACK: the lower
/// triangle of r, and sdiag), and vectors of n.
///
/// - Complexity: O(n³).
///
/// Source: MINPACK `qrsolv`; J. J. Moré, *The Levenberg–Marquardt algorithm: implementation and
/// theory*, Lecture Notes in Mathematics 630 (1978), section 3.
enum DampedSolve<Scalar: LSQScalar> {
  /// Solves for the step p with the damping diagonal root·D.
  ///
  /// - Parameters:
  ///   - s: receives S.
  ///   - z: receives Pᵀp (MINPACK: wa).
  ///   - row: scratch, the row of D that is being rotated in (MINPACK: sdiag).
  @inline(__always)
  static func solve(
    _ linearization: Linearization<Scalar>, scaling: [Scalar], root: Scalar,
    into p: inout MutableSpan<Scalar>, triangle s: inout MutableSpan<Scalar>,
    _ z: inout MutableSpan<Scalar>, _ row: inout MutableSpan<Scalar>,
    _ constants: Constants<Scalar>
  ) {
    let n = z.count
    for j in 0..<n { p[j] = root * scaling[linearization.permutation[j]] }
    Scalar.solveDamped(
      triangle: linearization.factor.span, rightHandSide: linearization.rotatedResiduals.span,
      diagonal: p.span, half: constants.half, quarter: constants.quarter, into: &s, solution: &z,
      row: &row)
    for j in 0..<n { p[linearization.permutation[j]] = z[j] }
  }

  /// Solves Sᵀ·z = w in place.
  @inline(__always)
  static func solveTransposed(_ s: Span<Scalar>, _ z: inout MutableSpan<Scalar>) {
    let n = z.count
    for j in 0..<n {
      z[j] /= s[j * n + j]
      let rest = n - j - 1
      Scalar.addScaled(
        -z[j], s, Lane(start: j * n + j + 1, count: rest), to: &z, Lane(start: j + 1, count: rest))
    }
  }
}
