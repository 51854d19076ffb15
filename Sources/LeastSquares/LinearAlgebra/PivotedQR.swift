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
  /// Factorises the matrix in `factor`; sets `columnNorms`, `permutation` and `diagonalOfR`, and
  /// multiplies the vector in `reflected` by Qᵀ.
  mutating func factorize(_ constants: Constants<Scalar>) {
    prepareScratch()
    measureColumns(constants)
    factorizeMeasured(constants)
  }

  /// Sets `columnNorms`.
  mutating func measureColumns(_ constants: Constants<Scalar>) {
    if let crew, isWorthSharing(by: crew) {
      measureColumns(by: crew, constants)
      return
    }
    constants.norm.ofColumns(
      factor, rowCount: rowCount, columnCount: columnCount, into: &columnNorms)
  }

  /// Factorises where `columnNorms` are known.
  mutating func factorizeMeasured(_ constants: Constants<Scalar>) {
    if let crew, isWorthSharing(by: crew) {
      factorizeMeasured(by: crew, constants)
      return
    }
    Self.reduce(
      &factor, rowCount, columnNorms, &diagonalOfR, &referenceNorms, &permutation, &reflected, &row,
      constants)
  }

  /// The reduction of J to R, with everything that is updated along with it.
  private static func reduce(
    _ factor: inout [Scalar], _ m: Int, _ columnNorms: [Scalar], _ diagonalOfR: inout [Scalar],
    _ referenceNorms: inout [Scalar], _ permutation: inout [Int], _ vector: inout [Scalar],
    _ scratch: inout [Scalar], _ constants: Constants<Scalar>
  ) {
    let n = permutation.count
    var matrix = factor.mutableSpan
    var norms = diagonalOfR.mutableSpan
    var references = referenceNorms.mutableSpan
    var order = permutation.mutableSpan
    var rotated = vector.mutableSpan
    var sums = scratch.mutableSpan
    for j in 0..<n {
      order[j] = j
      norms[j] = columnNorms[j]
      references[j] = columnNorms[j]
    }
    for j in 0..<min(m, n) {
      pivot(at: j, &matrix, m, &norms, &references, &order)
      let diagonal = j * n + j
      // The norm of a whole column is known already.
      var norm =
        j == 0
        ? columnNorms[order[0]]
        : constants.norm(matrix.span, Lane(start: diagonal, count: m - j, stride: n))
      if norm != 0 {
        if matrix[diagonal] < 0 { norm = -norm }
        Scalar.reflect(
          column: j, norm: norm, ofRowMajor: &matrix, rowCount: m, columnCount: n,
          vector: &rotated, sums: &sums)
        downdateNorms(&norms, &references, matrix.span, m, after: j, constants)
      }
      norms[j] = -norm
    }
  }

  /// Column j from the diagonal down.
  private func columnBelow(_ j: Int) -> Lane {
    Lane(start: j * columnCount + j, count: rowCount - j, stride: columnCount)
  }

  /// Brings the column of largest remaining norm to position j.
  private static func pivot(
    at j: Int, _ matrix: inout MutableSpan<Scalar>, _ m: Int, _ norms: inout MutableSpan<Scalar>,
    _ references: inout MutableSpan<Scalar>, _ order: inout MutableSpan<Int>
  ) {
    let n = norms.count
    let largest = indexOfLargest(norms.span, from: j)
    guard largest != j else { return }
    Scalar.exchange(
      Lane(start: j, count: m, stride: n), Lane(start: largest, count: m, stride: n), in: &matrix)
    norms[largest] = norms[j]
    references[largest] = references[j]
    order.swapAt(j, largest)
  }

  static func indexOfLargest(_ norms: Span<Scalar>, from j: Int) -> Int {
    var largest = j
    for k in j..<norms.count where norms[k] > norms[largest] { largest = k }
    return largest
  }

  /// Removes row j from the norms of the columns on its right.
  private static func downdateNorms(
    _ norms: inout MutableSpan<Scalar>, _ references: inout MutableSpan<Scalar>,
    _ matrix: Span<Scalar>, _ m: Int, after j: Int, _ constants: Constants<Scalar>
  ) {
    let n = norms.count
    for k in j + 1..<max(n, j + 1) {
      downdate(&norms[k], &references[k], by: matrix[j * n + k], constants) {
        constants.norm(matrix, Lane(start: (j + 1) * n + k, count: m - j - 1, stride: n))
      }
    }
  }

  /// Removes an element from the norm of its column, and computes the norm anew where too much cancels.
  @inline(__always)
  static func downdate(
    _ norm: inout Scalar, _ reference: inout Scalar, by element: Scalar,
    _ constants: Constants<Scalar>, anew: () -> Scalar
  ) {
    guard norm != 0 else { return }
    let share = element / norm
    norm *= max(0, 1 - share * share).squareRoot()
    let remaining = norm / reference
    guard constants.twentieth * (remaining * remaining) <= Scalar.ulpOfOne else { return }
    norm = anew()
    reference = norm
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
    Scalar.copy(diagonalOfR, intoDiagonalOf: &factor)
  }
}
