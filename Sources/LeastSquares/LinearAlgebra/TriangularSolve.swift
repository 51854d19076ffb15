import LSQScalars

/// Solves with the triangle R of a linearisation.
extension Linearization {
  /// The number of leading columns of R before the first zero on its diagonal (MINPACK: nsing).
  var leadingRank: Int {
    (0..<columnCount).first { r($0, $0) == 0 } ?? columnCount
  }

  /// The Gauss–Newton direction, the least-squares solution p of J·p ≅ f; entries beyond the leading
  /// rank are zero.
  ///
  /// - Parameter z: scratch of n; receives Pᵀp.
  /// - Complexity: O(n²).
  ///
  /// Source: the first step of MINPACK `lmpar`.
  @inline(__always)
  func gaussNewtonDirection(
    leadingRank rank: Int, into p: inout MutableSpan<Scalar>, scratch z: inout MutableSpan<Scalar>
  ) {
    let n = columnCount
    for j in 0..<n { z[j] = j < rank ? rotatedResiduals[j] : 0 }
    let r = factor.span
    for j in stride(from: rank - 1, through: 0, by: -1) {
      z[j] /= r[j * n + j]
      Scalar.addScaled(-z[j], r, Lane(start: j, count: j, stride: n), to: &z, Lane(count: j))
    }
    for j in 0..<n { p[permutation[j]] = z[j] }
  }

  /// Solves Rᵀ·z = w in place.
  ///
  /// - Complexity: O(n²).
  /// - Precondition: R has no zero on its diagonal.
  @inline(__always)
  func solveTransposed(_ z: inout MutableSpan<Scalar>) {
    let n = columnCount
    let r = factor.span
    for j in 0..<n {
      let sum = Scalar.dotProduct(
        r, Lane(start: j, count: j, stride: n), z.span, Lane(count: j))
      z[j] = (z[j] - sum) / r[j * n + j]
    }
  }

  /// Entry j of PᵀJᵀf = Rᵀ·Qᵀf.
  ///
  /// - Complexity: O(n²).
  @inline(__always)
  func gradient(_ j: Int) -> Scalar {
    Scalar.dotProduct(
      factor, columnOfR(j, count: j + 1), rotatedResiduals, Lane(count: j + 1))
  }
}
