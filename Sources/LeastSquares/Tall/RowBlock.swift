import LSQScalars

/// A block of rows of [J f], held by columns, that is reduced to a triangle where it stands.
///
///     [T; J f]  →  T̃,   T̃ᵀ·T̃ = Tᵀ·T + [J f]ᵀ·[J f] but for the last element,   by n reflectors
///
///     v = (α ± ν, a),   ν = √(α² + aᵀa),   y ← y − t·v,   t = (vᵀy)/(ν·|α ± ν|)
///
/// where α is the diagonal element of T and a the column below it, in the block. Nothing is pivoted:
/// that is left to the n×n triangle of all rows. A reflector is applied to a column in the same pass
/// that takes the column's product with the next one, so that every number is read and written once per
/// reflector.
///
/// *Law:* a sum over the rows of a block is taken in eight partial sums, of the rows i ≡ 0 … 7 (mod 8),
/// each from zero upward with two roundings per term; then
/// ((s₀ + s₄) + (s₂ + s₆)) + ((s₁ + s₅) + (s₃ + s₇)). Every implementation makes the same roundings, so
/// that the result depends on the precision of `Sum` alone.
///
/// - Complexity: O(rows·n²).
///
/// Source: J. Demmel, L. Grigori, M. Hoemmen, J. Langou, *Communication-optimal parallel and sequential
/// QR and LU factorizations*, SIAM J. Sci. Comput. 34 (2012).
protocol RowBlock<Scalar>: SendableMetatype {
  /// The type of residuals and derivatives.
  associatedtype Scalar: LSQScalar
  /// The type in which sums are taken: at least as precise as `Scalar`.
  associatedtype Sum: LSQScalar

  /// Room for a number of rows, which the block may round up.
  init(rowCapacity: Int, columnCount: Int)

  /// n + 1.
  var columnCount: Int { get }

  /// Copies rows of [J f], J by rows; unused room counts as zero. `squares` receives the columns'
  /// sums of squares, that of f last.
  mutating func load(gradients: [Scalar], residuals: [Scalar], squares: inout [Sum])
  /// Sets a column to the differences a − b, and returns its sum of squares.
  mutating func load(_ a: [Scalar], minus b: [Scalar], intoColumn c: Int) -> Sum
  /// Copies the rows of a triangle.
  mutating func load(_ triangle: Triangle<Sum>, squares: inout [Sum])

  subscript(i: Int, c: Int) -> Sum { get }

  /// Sets `products[c]` to the product of columns `column` and c, for all c from `column` on.
  func multiply(column: Int, into products: inout [Sum])
  /// Sets every column y on the right of v = `column` to y − t·v with t = `factors[c]`, and `products[c]`
  /// to its product with the column that follows v.
  mutating func eliminate(column: Int, factors: [Sum], products: inout [Sum])
  /// Multiplies a column by a power of two.
  mutating func scale(column c: Int, by factor: Sum)
  /// The largest magnitude in a column without NaN.
  func largest(inColumn c: Int) -> Sum

  /// Σ fᵢ², by the law above.
  static func sumOfSquares(_ residuals: [Scalar]) -> Sum
  static func widen(_ x: Scalar) -> Sum
  static func narrow(_ x: Sum) -> Scalar
}

extension RowBlock {
  /// Reduces the loaded rows into a triangle.
  ///
  /// - Parameters:
  ///   - squares: the columns' sums of squares, as loading returned them; overwritten.
  ///   - factors: scratch of n + 1.
  mutating func reduce(
    into triangle: inout Triangle<Sum>, squares: inout [Sum], factors: inout [Sum]
  ) {
    let scales =
      triangle.isInSafeRange(beside: squares, sums: &factors)
      ? nil : triangle.scalesToSafeRange(block: self, squares: squares)
    if let scales {
      triangle.scaleColumns(by: scales)
      for c in scales.indices where scales[c] != 1 { scale(column: c, by: scales[c]) }
    }
    multiply(column: 0, into: &squares)
    let least = ScaledSquares<Sum>.safeRange.above
    for k in 0..<(columnCount - 1) {
      let scale =
        squares[k] > least ? 1 : scaleRemainder(ofColumn: k, in: &triangle, &squares, least)
      let isReflected = triangle.reflect(row: k, products: squares, factors: &factors)
      if scale != 1 { triangle[k, k] /= scale }
      if isReflected {
        // Nothing reads what the last reflector would leave of f.
        guard k + 2 < columnCount else { break }
        eliminate(column: k, factors: factors, products: &squares)
      } else {
        multiply(column: k + 1, into: &squares)
      }
    }
    if let scales { triangle.divideColumns(by: scales) }
  }

  /// Multiplies what earlier reflectors have left of a column by a power of two if its squares would underflow, and
  /// returns that power. The rows of the triangle above are final.
  private mutating func scaleRemainder(
    ofColumn k: Int, in triangle: inout Triangle<Sum>, _ squares: inout [Sum], _ least: Sum
  ) -> Sum {
    let diagonal = triangle[k, k]
    guard !(squares[k] + diagonal * diagonal > least) else { return 1 }
    let largest = max(largest(inColumn: k), diagonal.magnitude)
    guard largest > 0, largest.isFinite else { return 1 }
    let factor = ScaledSquares<Sum>.scale(bringingToOne: largest)
    scale(column: k, by: factor)
    triangle[k, k] *= factor
    multiply(column: k, into: &squares)
    return factor
  }
}
