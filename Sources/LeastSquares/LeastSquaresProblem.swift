public import LSQScalars

/// A sum of squares ‖f(x)‖² to be minimised: m residuals f of n parameters x, and where their
/// derivatives come from.
public struct LeastSquaresProblem<Scalar: LSQScalar> {
  /// m.
  public let residualCount: Int
  /// n.
  public let parameterCount: Int
  /// Computes f (MINPACK: fcn with iflag 1).
  public let residuals: ResidualFunction<Scalar>
  /// Computes J, or says how to estimate it.
  public let jacobian: JacobianSource<Scalar>
  // What the steps ask of `jacobian`, looked up once: reading the enumeration would retain what it holds.

  /// The function of a Jacobian by rows; for other sources it does nothing.
  let fillRows: JacobianFunction<Scalar>
  let isByRows: Bool
  /// The residual evaluations that a Jacobian takes: none where derivatives are given.
  package let differenceEvaluations: Int
  /// The memory that a solve needs.
  let memoryShape: MemoryShape
  /// The threads that share the factorisation of J, where numbers are wide.
  package var crew: Crew?
  /// Where neither f nor J is held: what takes the place of both functions.
  let rows: RowEvaluation<Scalar>?

  /// A problem of m residuals and n parameters.
  ///
  /// - Throws: ``LeastSquaresError`` where n is zero, m < n, m·n is more than an `Int` holds, or the precision
  ///   of the residuals is negative or not finite.
  public init(
    residualCount: Int, parameterCount: Int,
    jacobian: JacobianSource<Scalar> = .forwardDifferences(),
    residuals: @escaping ResidualFunction<Scalar>
  ) throws(LeastSquaresError) {
    try Self.validate(
      residualCount: residualCount, parameterCount: parameterCount,
      residualPrecision: jacobian.residualPrecision)
    self.residualCount = residualCount
    self.parameterCount = parameterCount
    self.residuals = residuals
    (fillRows, isByRows) = jacobian.byRows
    differenceEvaluations = jacobian.differenceEvaluations(parameterCount)
    memoryShape = MemoryShape(residualCount, parameterCount, jacobian)
    rows = nil
    self.jacobian = jacobian
  }

  /// Refuses a problem that cannot be solved; the precision is nil where derivatives are given.
  static func validate(
    residualCount: Int, parameterCount: Int, residualPrecision: Scalar?
  ) throws(LeastSquaresError) {
    guard parameterCount > 0 else { throw .noParameters }
    guard residualCount >= parameterCount else {
      throw .tooFewResiduals(residuals: residualCount, parameters: parameterCount)
    }
    let (elements, overflows) = residualCount.multipliedReportingOverflow(by: parameterCount)
    guard !overflows, elements <= Int.max / (2 * MemoryLayout<Scalar>.stride) else {
      throw .tooLarge(residuals: residualCount, parameters: parameterCount)
    }
    if let precision = residualPrecision, !(precision >= 0 && precision.isFinite) {
      throw .invalidResidualPrecision("\(precision)")
    }
  }

  /// The m×n Jacobian at a point by the given derivatives; nil where they come from differences.
  ///
  /// - Throws: ``LeastSquaresError/wrongCount(what:found:expected:)`` unless the point has n values; the errors of the
  ///   caller's functions; `CancellationError` where the task is cancelled within differences in a wide type.
  /// - Complexity: one evaluation of the Jacobian.
  public func givenJacobian(at point: [Scalar]) throws -> Matrix<Scalar>? {
    try point.requireCount(parameterCount, as: "point")
    guard !jacobian.isByDifferences else { return nil }
    var matrix = Matrix<Scalar>(
      rowCount: residualCount, columnCount: parameterCount, repeating: 0)
    do {
      try jacobian.fill(&matrix, at: point)
    } catch is EvaluationCancelled {
      // Only a solve turns the solver's own error into a termination.
      throw CancellationError()
    }
    return matrix
  }

  /// The first residual that is not finite, in the last evaluation.
  func nonFiniteResidual(in residuals: [Scalar]) -> NonFiniteResidual? {
    if let rows { return rows.nonFiniteResidual }
    return residuals.firstIndex { !$0.isFinite }
      .map { NonFiniteResidual(index: $0, value: "\(residuals[$0])") }
  }
}
