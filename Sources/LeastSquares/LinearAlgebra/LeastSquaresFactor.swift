public import LSQScalars

/// The factorisation A·P = Q·R of a matrix of at least as many rows as columns, for linear least squares.
///
/// - Complexity: O(m·n²) to make.
///
/// Source: MINPACK `qrfac`.
public struct LeastSquaresFactor<Scalar: LSQScalar>: Sendable {
  private var linearization: Linearization<Scalar>
  /// Whether R has no zero on its diagonal.
  public let hasFullRank: Bool
  /// min |r_jj|/‖A·P·e_j‖, which is meaningful only at full rank.
  package let leastPivot: Scalar

  /// Factorises a matrix.
  ///
  /// - Precondition: the matrix has at least as many rows as columns.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  #if (arch(i386) || arch(x86_64)) && !os(Windows) && !os(Android)
    @specialized(where Scalar == Float80)
  #endif
  public init(_ matrix: Matrix<Scalar>) {
    precondition(
      matrix.rowCount >= matrix.columnCount,
      "\(matrix.rowCount) rows are fewer than \(matrix.columnCount) columns")
    linearization = Linearization(rowCount: matrix.rowCount, columnCount: matrix.columnCount)
    linearization.factor = matrix.elements
    linearization.factorize(Constants())
    var (isFull, least) = (true, 1 as Scalar)
    for (pivot, j) in zip(linearization.diagonalOfR, linearization.permutation) {
      isFull = isFull && pivot != 0
      least = min(least, pivot.magnitude / linearization.columnNorms[j])
    }
    (hasFullRank, leastPivot) = (isFull, least)
  }

  private var columnCount: Int { linearization.columnCount }

  /// The norms of the columns.
  public var columnNorms: [Scalar] { linearization.columnNorms }

  /// Column j of R belongs to column `permutation[j]` of A.
  public var permutation: [Int] { linearization.permutation }

  /// R, n×n, with zeros below the diagonal.
  public var triangle: Matrix<Scalar> {
    let n = columnCount
    var r = Matrix<Scalar>(rowCount: n, columnCount: n, repeating: 0)
    for i in 0..<n {
      r[i, i] = linearization.diagonalOfR[i]
      for j in (i + 1)..<n { r[i, j] = linearization.r(i, j) }
    }
    return r
  }

  /// The first n entries of Qᵀb.
  ///
  /// - Precondition: b has as many values as A has rows.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  #if (arch(i386) || arch(x86_64)) && !os(Windows) && !os(Android)
    @specialized(where Scalar == Float80)
  #endif
  public func rotated(_ b: [Scalar]) -> [Scalar] {
    var vector = b
    linearization.applyTransposedQ(to: &vector)
    return Array(vector[0..<columnCount])
  }

  /// ‖Qᵀb‖ over the pivots of R that are more than `share` of their columns' norms: how much of b lies in the span of
  /// the columns of A, or of those that are far from dependent.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  #if (arch(i386) || arch(x86_64)) && !os(Windows) && !os(Android)
    @specialized(where Scalar == Float80)
  #endif
  package func explainedNorm(of b: [Scalar], pivotsAbove share: Scalar) -> Scalar {
    var entries = rotated(b)
    for j in entries.indices {
      let norm = linearization.columnNorms[linearization.permutation[j]]
      if !(linearization.diagonalOfR[j].magnitude > share * norm) { entries[j] = 0 }
    }
    return EuclideanNorm<Scalar>()(entries.span)
  }

  /// P·R⁻¹·y.
  ///
  /// - Precondition: the factorisation has full rank, and y n values.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  #if (arch(i386) || arch(x86_64)) && !os(Windows) && !os(Android)
    @specialized(where Scalar == Float80)
  #endif
  public func solve(_ y: [Scalar]) -> [Scalar] {
    var z = y
    for j in (0..<columnCount).reversed() {
      z[j] /= linearization.diagonalOfR[j]
      Scalar.addScaled(
        -z[j], linearization.factor, linearization.columnOfR(j, count: j), to: &z, Lane(count: j))
    }
    var x = z
    for j in 0..<columnCount { x[linearization.permutation[j]] = z[j] }
    return x
  }

  /// R⁻ᵀ·Pᵀ·w.
  ///
  /// - Precondition: the factorisation has full rank, and w n values.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  #if (arch(i386) || arch(x86_64)) && !os(Windows) && !os(Android)
    @specialized(where Scalar == Float80)
  #endif
  public func solveTransposed(_ w: [Scalar]) -> [Scalar] {
    var z = linearization.permutation.map { w[$0] }
    for j in 0..<columnCount {
      let sum = Scalar.dotProduct(
        linearization.factor, linearization.columnOfR(j, count: j), z, Lane(count: j))
      z[j] = (z[j] - sum) / linearization.diagonalOfR[j]
    }
    return z
  }
}
