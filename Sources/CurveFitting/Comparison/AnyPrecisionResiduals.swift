public import LSQScalars
public import LeastSquares

/// Residuals that can be computed in any scalar type, such as those of a test function, where there are no
/// rows of data that a ``Model`` could be evaluated on.
public protocol AnyPrecisionResiduals {
  /// The number n of parameters.
  var parameterCount: Int { get }

  /// The problem in a scalar type, with a Jacobian of its own for `exact` derivatives.
  func residualProblem<Scalar: LSQScalar>(
    over type: Scalar.Type, derivatives: FitDerivatives
  ) throws -> LeastSquaresProblem<Scalar>

  /// The start in a scalar type.
  func start<Scalar: LSQScalar>(over type: Scalar.Type) throws -> [Scalar]

  /// The residuals generic over their number, without which there are no second derivatives and no ladder to
  /// climb; nil by default.
  var model: (any ResidualModel)? { get }
}

extension AnyPrecisionResiduals {
  public var model: (any ResidualModel)? { nil }
}
