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
  /// - Complexity: O(n²).
  ///
  /// Source: the first step of MINPACK `lmpar`.
  mutating func gaussNewtonDirection(into direction: inout [Scalar]) {
    Self.substituteBack(factor, rotatedResiduals, rank: leadingRank, into: &row)
    Scalar.scatter(row, permutation, into: &direction)
  }

  /// Solves R·z = b by columns, with the leading `rank` columns of R and zeros beyond.
  private static func substituteBack(
    _ factor: [Scalar], _ b: [Scalar], rank: Int, into solution: inout [Scalar]
  ) {
    let n = b.count
    let r = factor.span
    var z = solution.mutableSpan
    for j in 0..<n { z[j] = j < rank ? b[j] : 0 }
    for j in stride(from: rank - 1, through: 0, by: -1) {
      z[j] /= r[j * n + j]
      Scalar.addScaled(-z[j], r, Lane(start: j, count: j, stride: n), to: &z, Lane(count: j))
    }
  }

  /// Solves Rᵀ·z = w in place.
  ///
  /// - Complexity: O(n²).
  /// - Precondition: R has no zero on its diagonal.
  func solveTransposed(_ w: inout [Scalar]) {
    let n = columnCount
    let r = factor.span
    var z = w.mutableSpan
    for j in 0..<n {
      let sum = Scalar.dotProduct(
        r, Lane(start: j, count: j, stride: n), z.span, Lane(count: j))
      z[j] = (z[j] - sum) / r[j * n + j]
    }
  }

  /// The entries of PᵀJᵀf = Rᵀ·Qᵀf.
  ///
  /// - Complexity: O(n²).
  func gradient(_ j: Int) -> Scalar {
    Scalar.dotProduct(
      factor, columnOfR(j, count: j + 1), rotatedResiduals, Lane(count: j + 1))
  }
}
