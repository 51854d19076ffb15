public import LSQScalars

/// Computes m residuals at n parameters: reads the first span, fills the second.
public typealias ResidualFunction<Scalar> = (Span<Scalar>, inout MutableSpan<Scalar>) throws -> Void

/// Computes the m×n Jacobian at n parameters: reads the first span, fills the second.
public typealias JacobianFunction<Scalar> = (Span<Scalar>, inout MutableSpan<Scalar>) throws -> Void

/// Computes one row of the Jacobian, the gradient of residual `i` (counted from zero).
public typealias JacobianRowFunction<Scalar> =
  (Span<Scalar>, Int, inout MutableSpan<Scalar>) throws -> Void

/// Computes m residuals and their m×n Jacobian, row after row, at n parameters: reads the first span, fills
/// the other two.
public typealias ResidualJacobianFunction<Scalar> =
  (Span<Scalar>, inout MutableSpan<Scalar>, inout MutableSpan<Scalar>) throws -> Void

/// Where the Jacobian comes from.
public enum JacobianSource<Scalar: LSQScalar> {
  /// The caller fills it row after row: ∂fᵢ/∂xⱼ at `i*n + j` (MINPACK: lmder).
  case byRows(JacobianFunction<Scalar>)
  /// The caller fills it column after column: ∂fᵢ/∂xⱼ at `j*m + i` (SciPy: col_deriv).
  case byColumns(JacobianFunction<Scalar>)
  /// The caller fills residuals and Jacobian, row after row, in one evaluation that shares their common
  /// work (MINPACK: lmder).
  ///
  /// It is called at trial points that will probably be accepted, in place of the residuals alone. The
  /// path, the results and the counts are those of ``byRows(_:)``, but a Jacobian may be computed at a
  /// point that is then rejected. It takes memory for a second Jacobian.
  case withResiduals(ResidualJacobianFunction<Scalar>)
  /// The caller gives one row at a time; the solver's memory is two vectors of m and O(n²) (MINPACK: lmstr).
  case rowByRow(JacobianRowFunction<Scalar>)
  /// Forward differences, n more residual evaluations (MINPACK: lmdif, fdjac2); about half of the digits.
  ///
  /// `residualPrecision` (MINPACK, SciPy: epsfcn) is the relative error of the residuals; less than ε
  /// counts as ε.
  case forwardDifferences(residualPrecision: Scalar = Scalar.ulpOfOne)
  /// Central differences, 2n more residual evaluations; about two thirds of the digits.
  case centralDifferences(residualPrecision: Scalar = Scalar.ulpOfOne)

  /// Whether derivatives are estimated from residuals.
  public var isByDifferences: Bool { residualPrecision != nil }

  /// The relative error of the residuals that differences assume; nil where derivatives are given.
  package var residualPrecision: Scalar? {
    switch self {
    case .byRows, .byColumns, .withResiduals, .rowByRow: nil
    case .forwardDifferences(let precision), .centralDifferences(let precision): precision
    }
  }

  /// The function of a Jacobian by rows, and whether there is one.
  var byRows: (function: JacobianFunction<Scalar>, isThere: Bool) {
    if case .byRows(let evaluate) = self { (evaluate, true) } else { ({ _, _ in }, false) }
  }

  /// The residual evaluations that a Jacobian of n parameters takes: none where derivatives are given.
  func differenceEvaluations(_ n: Int) -> Int {
    switch self {
    case .byRows, .byColumns, .withResiduals, .rowByRow: 0
    case .forwardDifferences: n
    case .centralDifferences: 2 * n
    }
  }

  /// Whether residuals and Jacobian come from one evaluation.
  var isWithResiduals: Bool {
    if case .withResiduals = self { true } else { false }
  }

  /// Fills a whole m×n Jacobian with given derivatives; nothing happens where they come from
  /// differences.
  func fill(_ jacobian: inout Matrix<Scalar>, at point: [Scalar]) throws {
    let (m, n) = (jacobian.rowCount, jacobian.columnCount)
    switch self {
    case .byRows(let evaluate):
      try LeastSquares.fill(&jacobian.elements, at: point, by: evaluate)
    case .byColumns(let evaluate):
      var columns = jacobian.elements
      try LeastSquares.fill(&columns, at: point, by: evaluate)
      for i in 0..<m {
        for j in 0..<n { jacobian[i, j] = columns[j * m + i] }
      }
    case .withResiduals(let evaluate):
      var residuals = [Scalar](repeating: 0, count: m)
      try LeastSquares.fill(&residuals, &jacobian.elements, at: point, by: evaluate)
    case .rowByRow(let evaluate):
      var row = [Scalar](repeating: 0, count: n)
      for i in 0..<m {
        try LeastSquares.fill(&row, at: point) { try evaluate($0, i, &$1) }
        for j in 0..<n { jacobian[i, j] = row[j] }
      }
    case .forwardDifferences, .centralDifferences: break
    }
  }
}
