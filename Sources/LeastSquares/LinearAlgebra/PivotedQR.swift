import LSQScalars

/// QR factorisation with column pivoting by Householder reflectors, in place.
///
///     J·P = Q·R,   Q = H₁·H₂⋯,   H_j = I − v·vᵀ/v₁
///
/// R has diagonal elements of non-increasing size. After `factorize` the vectors v stand in and below
/// the diagonal of `factor`; `storeDiagonal` puts R's diagonal over their first entries.
///
/// - Complexity: O(m·n²).
///
/// Source: MINPACK `qrfac`; P. Businger and G. H. Golub, *Linear least squares solutions by Householder
/// transformations*, Numer. Math. 7 (1965).
extension Linearization {
  /// Factorises the matrix in `factor`; sets `columnNorms`, `permutation` and `diagonalOfR`, and takes the
  /// vector in `reflected` to Qᵀ times it.
  mutating func factorize(_ constants: Constants<Scalar>) {
    measureColumns(constants)
    factorizeMeasured(constants)
  }

  /// Sets `columnNorms`.
  mutating func measureColumns(_ constants: Constants<Scalar>) {
    constants.norm.ofColumns(
      factor, rowCount: rowCount, columnCount: columnCount, into: &columnNorms)
  }

  /// Factorises where `columnNorms` are known.
  mutating func factorizeMeasured(_ constants: Constants<Scalar>) {
    Scalar.copy(columnNorms, into: &diagonalOfR)
    Scalar.copy(columnNorms, into: &referenceNorms)
    for j in 0..<columnCount { permutation[j] = j }
    for j in 0..<min(rowCount, columnCount) {
      pivot(at: j)
      var reflectedNorm = constants.norm(factor, columnBelow(j))
      if reflectedNorm != 0 {
        if r(j, j) < 0 { reflectedNorm = -reflectedNorm }
        Scalar.reflect(
          column: j, norm: reflectedNorm, ofRowMajor: &factor, rowCount: rowCount,
          columnCount: columnCount, vector: &reflected, sums: &row)
        Self.downdateNorms(&diagonalOfR, &referenceNorms, factor, after: j, constants)
      }
      diagonalOfR[j] = -reflectedNorm
    }
  }

  /// Column j from the diagonal down.
  private func columnBelow(_ j: Int) -> Lane {
    Lane(start: j * columnCount + j, count: rowCount - j, stride: columnCount)
  }

  /// Brings the column of largest remaining norm to position j.
  private mutating func pivot(at j: Int) {
    var largest = j
    for k in j..<columnCount where diagonalOfR[k] > diagonalOfR[largest] { largest = k }
    guard largest != j else { return }
    swapColumns(j, largest)
    diagonalOfR[largest] = diagonalOfR[j]
    referenceNorms[largest] = referenceNorms[j]
    permutation.swapAt(j, largest)
  }

  private mutating func swapColumns(_ j: Int, _ k: Int) {
    let (m, n) = (rowCount, columnCount)
    var matrix = factor.mutableSpan
    for i in 0..<m { matrix.swapAt(i * n + j, i * n + k) }
  }

  /// Takes row j out of the norms of the columns on its right, and computes a norm anew where too much
  /// cancels.
  private static func downdateNorms(
    _ norms: inout [Scalar], _ referenceNorms: inout [Scalar], _ factor: [Scalar], after j: Int,
    _ constants: Constants<Scalar>
  ) {
    let n = norms.count
    let matrix = factor.span
    var norms = norms.mutableSpan
    var references = referenceNorms.mutableSpan
    for k in j + 1..<max(n, j + 1) where norms[k] != 0 {
      let share = matrix[j * n + k] / norms[k]
      norms[k] *= max(0, 1 - share * share).squareRoot()
      let remaining = norms[k] / references[k]
      guard constants.twentieth * (remaining * remaining) <= Scalar.ulpOfOne else { continue }
      let below = Lane(
        start: (j + 1) * n + k, count: matrix.count / n - j - 1, stride: n)
      norms[k] = constants.norm(matrix, below)
      references[k] = norms[k]
    }
  }

  /// Applies Qᵀ to a vector of `rowCount` entries.
  ///
  /// - Complexity: O(m·n).
  func applyTransposedQ(to vector: inout [Scalar]) {
    for j in 0..<columnCount {
      let leading = r(j, j)
      guard leading != 0 else { continue }
      let below = Lane(start: j, count: rowCount - j)
      let sum = Scalar.dotProduct(factor, columnBelow(j), vector, below)
      Scalar.addScaled(-sum / leading, factor, columnBelow(j), to: &vector, below)
    }
  }

  /// Puts R's diagonal in its place, over the first entries of the reflectors.
  mutating func storeDiagonal() {
    for j in 0..<columnCount { factor[j * columnCount + j] = diagonalOfR[j] }
  }
}
