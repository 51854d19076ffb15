import LSQScalars

/// What the algorithm needs to know of the residuals near a point: f(x + p) ≈ f(x) + J·p, through the
/// pivoted QR factorisation J·P = Q·R.
///
/// This is the seam between the sources of derivatives and the algorithm: `lmder`, `lmdif` and `lmstr`
/// differ only in how they fill it.
///
/// Shapes: with m residuals and n parameters, `factor` has m rows (n where the Jacobian is taken row by
/// row) and n columns; everything else has n entries.
struct Linearization<Scalar: LSQScalar> {
  let rowCount: Int
  let columnCount: Int
  /// By rows: R in and above the diagonal, the Householder vectors below it (MINPACK: fjac).
  var factor: [Scalar]
  /// Column j of J·P is column `permutation[j]` of J (MINPACK: ipvt).
  var permutation: [Int]
  /// The Euclidean norms of J's columns (MINPACK: acnorm).
  var columnNorms: [Scalar]
  /// The first n entries of Qᵀf (MINPACK: qtf).
  var rotatedResiduals: [Scalar]

  // Scratch of the kernels, empty until they are needed.

  /// The diagonal of R while the reflectors stand in its place (MINPACK: rdiag).
  var diagonalOfR: [Scalar] = []
  /// Norms of the reduced columns when they were last computed (MINPACK: wa).
  var referenceNorms: [Scalar] = []
  /// A row of n numbers.
  var row: [Scalar] = []
  /// Qᵀf in full while it is formed.
  var reflected: [Scalar] = []

  /// The threads that share the factorisation.
  var crew: Crew?

  /// The largest cosine between f and a column of J, where a whole step has returned it.
  var largestCosine: Scalar?

  init(rowCount: Int, columnCount: Int) {
    self.rowCount = rowCount
    self.columnCount = columnCount
    factor = Array(zeros: rowCount * columnCount)
    permutation = Array(0..<columnCount)
    columnNorms = Array(zeros: columnCount)
    rotatedResiduals = Array(zeros: columnCount)
    if !Scalar.hasWholeSteps { prepareScratch() }
  }

  /// Allocates the scratch of the kernels, which whole steps do without.
  mutating func prepareScratch() {
    if row.count != columnCount {
      diagonalOfR = Array(zeros: columnCount)
      referenceNorms = Array(zeros: columnCount)
      row = Array(zeros: columnCount)
    }
    if reflected.count != rowCount { reflected = Array(zeros: rowCount) }
  }

  /// Resets the factorisation where a Jacobian was not completed.
  mutating func forget() {
    factor = Array(zeros: rowCount * columnCount)
    permutation = Array(0..<columnCount)
    rotatedResiduals = Array(zeros: columnCount)
  }

  /// R·Pᵀ, n×n.
  var unpermutedTriangle: Matrix<Scalar> {
    Matrix(rowCount: rowCount, columnCount: columnCount, elements: factor)
      .unpermutedTriangle(permutation)
  }

  /// Element (i, j) of R, i ≤ j.
  func r(_ i: Int, _ j: Int) -> Scalar { factor[i * columnCount + j] }

  /// The first `count` elements of column j of R.
  func columnOfR(_ j: Int, count: Int) -> Lane {
    Lane(start: j, count: count, stride: columnCount)
  }

  /// The largest cosine of the angle between f and a column of J (MINPACK: gnorm):
  ///
  ///     max_j |(Jᵀf)_j| / (‖J_j‖·‖f‖).
  ///
  /// Zero where ‖f‖ is; columns of zero norm do not count.
  /// - Complexity: O(n²).
  mutating func gradientCosine(residualNorm: Scalar) -> Scalar {
    if let largestCosine { return largestCosine }
    guard residualNorm != 0 else { return 0 }
    Scalar.divide(rotatedResiduals, by: residualNorm, into: &row)
    return Self.largestCosine(factor.span, row.span, columnNorms, permutation)
  }

  private static func largestCosine(
    _ r: Span<Scalar>, _ direction: Span<Scalar>, _ columnNorms: [Scalar], _ permutation: [Int]
  ) -> Scalar {
    let n = permutation.count
    var largest: Scalar = 0
    for j in 0..<n {
      let columnNorm = columnNorms[permutation[j]]
      guard columnNorm != 0 else { continue }
      let projection = Scalar.dotProduct(
        r, Lane(start: j, count: j + 1, stride: n), direction, Lane(count: j + 1))
      largest = max(largest, (projection / columnNorm).magnitude)
    }
    return largest
  }

  /// ‖J·p‖ = ‖R·Pᵀp‖ for a step p, using two vectors of scratch.
  /// - Complexity: O(n²).
  func predictedChange(
    along step: [Scalar], _ permuted: inout [Scalar], _ image: inout [Scalar],
    _ norm: EuclideanNorm<Scalar>
  ) -> Scalar {
    Scalar.gather(step, permutation, into: &permuted)
    var product = image.mutableSpan
    Self.multiply(factor.span, permuted.span, into: &product)
    return norm(product.span)
  }

  /// R·v.
  private static func multiply(
    _ r: Span<Scalar>, _ v: Span<Scalar>, into product: inout MutableSpan<Scalar>
  ) {
    let n = v.count
    for i in 0..<n {
      product[i] = Scalar.dotProduct(
        r, Lane(start: i * n + i, count: n - i), v, Lane(start: i, count: n - i))
    }
  }
}
