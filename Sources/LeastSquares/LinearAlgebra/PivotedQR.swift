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
    for j in 0..<columnCount {
      diagonalOfR[j] = columnNorms[j]
      referenceNorms[j] = columnNorms[j]
      permutation[j] = j
    }
    for j in 0..<min(rowCount, columnCount) {
      pivot(at: j)
      var reflectedNorm = constants.norm(factor, columnBelow(j))
      if reflectedNorm != 0 {
        if r(j, j) < 0 { reflectedNorm = -reflectedNorm }
        Scalar.reflect(
          column: j, norm: reflectedNorm, ofRowMajor: &factor, rowCount: rowCount,
          columnCount: columnCount, vector: &reflected, sums: &row)
        for k in (j + 1)..<max(columnCount, j + 1) {
          downdateNorm(ofColumn: k, after: j, constants)
        }
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

  /// Takes row j out of the norm of column k, and computes the norm anew where too much cancels.
  private mutating func downdateNorm(ofColumn k: Int, after j: Int, _ constants: Constants<Scalar>)
  {
    guard diagonalOfR[k] != 0 else { return }
    let share = r(j, k) / diagonalOfR[k]
    diagonalOfR[k] *= max(0, 1 - share * share).squareRoot()
    let remaining = diagonalOfR[k] / referenceNorms[k]
    guard constants.twentieth * (remaining * remaining) <= Scalar.ulpOfOne else { return }
    let below = Lane(
      start: (j + 1) * columnCount + k, count: rowCount - j - 1, stride: columnCount)
    diagonalOfR[k] = constants.norm(factor, below)
    referenceNorms[k] = diagonalOfR[k]
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
