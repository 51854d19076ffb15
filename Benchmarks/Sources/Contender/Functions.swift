import LeastSquares

/// The functions of a problem as the solver is given them, and a replay of their calls.
struct Functions<Scalar: LSQScalar> {
  let residuals: ResidualFunction<Scalar>
  var jacobian: JacobianFunction<Scalar>?
  var together:
    ((Span<Scalar>, inout MutableSpan<Scalar>, inout MutableSpan<Scalar>) throws -> Void)?

  /// What the functions write to.
  struct Scratch {
    var residuals: [Scalar]
    var jacobian: [Scalar]
  }

  func scratch(rowCount m: Int, parameterCount n: Int) -> Scratch {
    let hasJacobian = jacobian != nil || together != nil
    return Scratch(
      residuals: Array(repeating: 0, count: m),
      jacobian: Array(repeating: 0, count: hasJacobian ? m * n : 0))
  }

  /// Does again what a call did.
  func replay(
    _ call: (kind: CallLog<Scalar>.Kind, parameters: [Scalar]), _ scratch: inout Scratch
  ) throws {
    let point = call.parameters.span
    switch call.kind {
    case .residuals:
      var values = scratch.residuals.mutableSpan
      try residuals(point, &values)
    case .jacobian:
      var rows = scratch.jacobian.mutableSpan
      try jacobian?(point, &rows)
    case .together:
      var values = scratch.residuals.mutableSpan
      var rows = scratch.jacobian.mutableSpan
      try together?(point, &values, &rows)
    }
  }
}
