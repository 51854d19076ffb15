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
    let rank = leadingRank
    for j in 0..<columnCount { row[j] = j < rank ? rotatedResiduals[j] : 0 }
    for j in (0..<rank).reversed() {
      row[j] /= r(j, j)
      Scalar.addScaled(-row[j], factor, columnOfR(j, count: j), to: &row, Lane(count: j))
    }
    for j in 0..<columnCount { direction[permutation[j]] = row[j] }
  }

  /// Solves Rᵀ·z = w in place.
  ///
  /// - Complexity: O(n²).
  /// - Precondition: R has no zero on its diagonal.
  func solveTransposed(_ w: inout [Scalar]) {
    for j in 0..<columnCount {
      let sum = Scalar.dotProduct(factor, columnOfR(j, count: j), w, Lane(count: j))
      w[j] = (w[j] - sum) / r(j, j)
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
