import LSQScalars

extension Determinacy {
  /// The same with the covariance C of a Jacobian at the same point, freed of rounding where that takes more than a
  /// quarter of its digits.
  ///
  /// The triangle of an orthogonal factorisation differs from that of J by a few ε, and C by that times the condition
  /// of J. Two steps of Newton's method for the inverse remove this error,
  ///
  ///     C ← C + C·(I − (JᵀJ)·C),
  ///
  /// with the expression in brackets summed in twice the precision; the effect of rounding J's elements remains. If J
  /// is so near singular that the steps would change a variance by more than a quarter, C stays.
  ///
  /// - Complexity: O(m·n²). A Jacobian of more than a few thousand rows is left alone.
  /// Source: G. Schulz, "Iterative Berechnung der reziproken Matrix", ZAMM 13 (1933) 57–59.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  #if (arch(i386) || arch(x86_64)) && !os(Windows) && !os(Android)
    @specialized(where Scalar == Float80)
  #endif
  package func refined(by jacobian: Matrix<Scalar>) -> Self {
    let (m, n) = (jacobian.rowCount, jacobian.columnCount)
    let error = deviationError(roundingOf: 1)
    guard undetermined.isEmpty, m <= 4096, error.isFinite,
      error * error > Scalar.ulpOfOne * Scalar.ulpOfOne.squareRoot()
    else { return self }
    // In units that are powers of two, so that scaling is exact.
    let units = columnNorms.map { Scalar(sign: .plus, exponent: $0.exponent, significand: 1) }
    let roots = (0..<n).map { columnNorms[$0] / units[$0] }
    var columns = jacobian
    for j in 0..<n { Scalar.divide(columns.column(j), of: &columns.elements, by: units[j]) }
    var c = unitCovariance
    for j in 0..<n {
      for k in 0..<n { c[j, k] = c[j, k] / roots[j] / roots[k] }
    }
    let normal = (0..<n).map { j in
      (0...j).map { k in
        var sum = DoubledSum<Scalar>()
        for i in 0..<m { sum.addProduct(columns[i, j], columns[i, k]) }
        return sum
      }
    }
    for _ in 0..<2 {
      let step = Self.newtonStep(from: c, toInverseOf: normal)
      guard (0..<n).allSatisfy({ 4 * step[$0, $0].magnitude <= c[$0, $0] }) else { return self }
      for j in 0..<n {
        for k in 0..<n { c[j, k] += (step[j, k] + step[k, j]) / 2 }
      }
    }
    var result = self
    for j in 0..<n {
      result.deviations[j] = c[j, j].squareRoot() / units[j]
      for k in 0..<n {
        result.unitCovariance[j, k] = c[j, k] * roots[j] * roots[k]
        result.covariance[j, k] = c[j, k] / units[j] / units[k]
      }
    }
    return result
  }

  /// C·(I − A·C), where A is given by its lower triangle.
  private static func newtonStep(
    from c: Matrix<Scalar>, toInverseOf a: [[DoubledSum<Scalar>]]
  ) -> Matrix<Scalar> {
    let n = c.columnCount
    var rest = Matrix<Scalar>(rowCount: n, columnCount: n, repeating: 0)
    var step = rest
    for j in 0..<n {
      for k in 0..<n {
        var sum = DoubledSum<Scalar>()
        if j == k { sum.addProduct(1, 1) }
        for l in 0..<n {
          let element = a[max(j, l)][min(j, l)]
          sum.addProduct(-element.high, c[l, k])
          sum.addProduct(-element.low, c[l, k])
        }
        rest[j, k] = sum.high + sum.low
      }
    }
    for j in 0..<n {
      for k in 0..<n { step[j, k] = (0..<n).reduce(0) { $0 + c[j, $1] * rest[$1, k] } }
    }
    return step
  }
}

/// A sum of products, kept with the rounding errors of every product and every sum.
///
/// Source: T. Ogita, S. M. Rump, S. Oishi, "Accurate sum and dot product", SIAM J. Sci. Comput. 26 (2005) 1955–1988.
private struct DoubledSum<Scalar: LSQScalar> {
  private(set) var high: Scalar = 0
  private(set) var low: Scalar = 0

  mutating func addProduct(_ x: Scalar, _ y: Scalar) {
    let product = x * y
    let sum = high + product
    let share = sum - high
    // The rounding errors of the sum and of the product.
    low += ((high - (sum - share)) + (product - share)) + (-product).addingProduct(x, y)
    high = sum
  }
}
