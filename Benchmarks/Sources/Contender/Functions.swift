import LeastSquares

/// The functions of a problem as the solver is given them, and a replay of their calls.
struct Functions<Scalar: LSQScalar> {
  let residuals: ResidualFunction<Scalar>
  var jacobian: JacobianFunction<Scalar>?
  var together: ResidualJacobianFunction<Scalar>?

  /// Does again what a call did, into memory for m residuals and, where there is a Jacobian, for m·n
  /// derivatives.
  func replay(
    _ call: (kind: CallLog<Scalar>.Kind, parameters: [Scalar]), _ values: inout [Scalar],
    _ rows: inout [Scalar]
  ) throws {
    let point = call.parameters.span
    var f = values.mutableSpan
    switch call.kind {
    case .residuals: try residuals(point, &f)
    case .jacobian:
      var j = rows.mutableSpan
      try jacobian?(point, &j)
    case .together:
      var j = rows.mutableSpan
      try together?(point, &f, &j)
    }
  }

  /// Whether derivatives are given.
  var hasJacobian: Bool { jacobian != nil || together != nil }
}
