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

  /// The function over any number type.
  public var model: (any ResidualModel)? { problem }

  /// The start of the run in a scalar type.
  public func start<Scalar: LSQScalar>(over type: Scalar.Type) throws -> [Scalar] {
    problem.start(type, factor: startFactor)
  }
}

extension MoreGarbowHillstromProblem: ResidualModel {
  /// The function over one type of number.
  public func function<Number: ModelNumber>(
    over type: Number.Type
  ) -> (_ x: Span<Number>, _ f: inout MutableSpan<Number>) throws -> Void {
    func body<F: ResidualFunction<Number.Scalar>>(
      _ function: F
    ) -> (_ x: Span<Number>, _ f: inout MutableSpan<Number>) throws -> Void {
      { function.residuals(at: $0, into: &$1) }
    }
    return body(functions(over: Number.Scalar.self).function)
  }
}
