public import LSQScalars
public import LeastSquares

/// Residuals with a start as decimals, to be solved in any scalar type, compared, and taken to any number of
/// digits.
///
/// - Complexity: a single residual costs as much as all of them, but at one point all are computed only once.
public struct ResidualFit<Residuals: ResidualModel>: AnyPrecisionFit, AnyPrecisionResiduals,
  Sendable
{
  /// f.
  public let residuals: Residuals
  /// A decimal for every parameter.
  public let start: [String]

  /// Residuals with a start.
  public init(_ residuals: Residuals, start: [String]) {
    self.residuals = residuals
    self.start = start
  }

  /// The number n of parameters.
  public var parameterCount: Int { residuals.parameterCount }

  /// The residuals generic over their number.
  public var model: (any ResidualModel)? { residuals }

  /// The problem with the indices of residuals as predictors and zeros as responses.
  ///
  /// - Throws: what the function throws when it is made.
  public func problem<Scalar: LSQScalar>(over type: Scalar.Type) throws -> ModelProblem<Scalar> {
    try residuals.problem(over: type)
  }

  /// The residuals with derivatives from dual numbers, or from differences.
  public func residualProblem<Scalar: LSQScalar>(
    over type: Scalar.Type, derivatives: FitDerivatives
  ) throws -> LeastSquaresProblem<Scalar> {
    let problem = try problem(over: type)
    let jacobian: JacobianSource<Scalar> =
      switch derivatives {
      case .exact: .withResiduals(problem.residualsAndJacobian)
      case .forward: .forwardDifferences()
      case .central: .centralDifferences()
      }
    return try LeastSquaresProblem(
      residualCount: residuals.residualCount, parameterCount: parameterCount, jacobian: jacobian,
      residuals: residuals.function(over: type))
  }

  /// The start at a scalar's precision.
  ///
  /// - Throws: ``DataTableError`` for a text that is not a number of the type.
  public func start<Scalar: LSQScalar>(over type: Scalar.Type) throws -> [Scalar] {
    try start.values(as: type)
  }
}

extension ResidualModel {
  /// The residuals as a model, with zeros as responses.
  func problem<Scalar: LSQScalar>(over type: Scalar.Type) throws -> ModelProblem<Scalar> {
    guard residualCount > 0 else { throw DataError.empty }
    return try ModelProblem(
      model: ResidualRows(residuals: self), predictors: (0..<residualCount).map { Scalar($0) },
      predictorCount: 1, response: Array(repeating: 0, count: residualCount),
      parameterCount: parameterCount)
  }
}
