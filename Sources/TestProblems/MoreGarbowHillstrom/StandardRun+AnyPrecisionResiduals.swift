public import CurveFitting
public import LSQScalars
public import LeastSquares

extension MoreGarbowHillstromProblem.StandardRun: AnyPrecisionResiduals {
  /// The number n of parameters.
  public var parameterCount: Int { problem.parameterCount }

  /// The function in a scalar type.
  public func residualProblem<Scalar: LSQScalar>(
    over type: Scalar.Type, derivatives: FitDerivatives
  ) throws -> LeastSquaresProblem<Scalar> {
    let functions = problem.functions(over: type)
    let jacobian: JacobianSource<Scalar> =
      switch derivatives {
      case .exact: .byRows(functions.jacobian)
      case .forward: .forwardDifferences()
      case .central: .centralDifferences()
      }
    return try LeastSquaresProblem(
      residualCount: problem.residualCount, parameterCount: problem.parameterCount,
      jacobian: jacobian, residuals: functions.residuals)
  }

  /// The start of the run in a scalar type.
  public func start<Scalar: LSQScalar>(over type: Scalar.Type) throws -> [Scalar] {
    problem.start(type, factor: startFactor)
  }
}
