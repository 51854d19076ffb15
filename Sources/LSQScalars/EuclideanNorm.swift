/// The Euclidean norm of a vector (MINPACK: enorm), with the two thresholds between which squares are
/// safe, made once per solve.
///
/// MINPACK's thresholds are those of the machines of 1980. They are kept in every type, since they
/// affect the result's bits. With r = `small`, R = `large`/n and one pass over the components a = |vᵢ|,
///
///     r < a < R:  s₂ += a²
///     a ≤ r:      s₃ += (a/x₃)², rescaled where a > x₃ = the largest such a
///     else:       s₁ += (a/x₁)², rescaled where a > x₁ = the largest such a
///
/// and the norm is x₁·√(s₁ + (s₂/x₁)/x₁); or without large components √(s₂·(1 + (x₃/s₂)·(x₃·s₃))), where
/// s₂ < x₃ computed as √(x₃·(s₂/x₃ + x₃·s₃)); or with small ones alone x₃·√s₃.
///
/// - Complexity: O(number of components).
///
/// Deviations: D-008, where asked for.
///
/// Source: J. J. Moré, B. S. Garbow, K. E. Hillstrom, *User Guide for MINPACK-1*, ANL-80-74 (1980),
/// `enorm`.
public struct EuclideanNorm<Scalar: LSQScalar>: Sendable {
  /// Components of at most this size go into the sum of small ones (MINPACK: rdwarf).
  public let small: Scalar
  /// Components of at least this size divided by their number go into the sum of large ones
  /// (MINPACK: rgiant).
  public let large: Scalar

  /// Whether a vector with infinite components and no NaN has the norm ∞ (D-008); MINPACK's is NaN where
  /// there are two of them.
  public let isInfiniteForInfinities: Bool

  /// The norm with MINPACK's thresholds.
  public init(isInfiniteForInfinities: Bool = false) {
    self.isInfiniteForInfinities = isInfiniteForInfinities
    (small, large) = Scalar.normThresholds
  }

  /// The norm of a whole vector.
  @inlinable @inline(__always)
  public func callAsFunction(_ v: Span<Scalar>) -> Scalar {
    self(v, Lane(count: v.count))
  }

  /// The norm of the elements in a lane.
  @inlinable @inline(__always)
  public func callAsFunction(_ v: Span<Scalar>, _ lane: Lane) -> Scalar {
    let norm = Scalar.euclideanNorm(v, lane, small: small, large: large)
    return norm.isNaN && isInfiniteForInfinities ? infinityOrNaN(v, lane) : norm
  }

  /// The norms of all columns of a row-major matrix.
  @inlinable
  public func ofColumns(
    _ matrix: Span<Scalar>, rowCount: Int, columnCount: Int, into norms: inout MutableSpan<Scalar>
  ) {
    Scalar.columnNorms(
      ofRowMajor: matrix, rowCount: rowCount, columnCount: columnCount, small: small, large: large,
      into: &norms)
    guard isInfiniteForInfinities else { return }
    for j in 0..<columnCount where norms[j].isNaN {
      norms[j] = infinityOrNaN(matrix, Lane(start: j, count: rowCount, stride: columnCount))
    }
  }

  /// ∞, unless a component is NaN.
  @inlinable @inline(never)
  func infinityOrNaN(_ v: Span<Scalar>, _ lane: Lane) -> Scalar {
    for i in 0..<lane.count where v[lane[i]].isNaN { return .nan }
    return .infinity
  }
}
