import LeastSquares

/// The functions of a problem as they are given to the solver, and a replay of their calls.
struct Functions<Scalar: LSQScalar> {
  let residuals: ResidualFunction<Scalar>
  var jacobian: JacobianFunction<Scalar>?
  var together: ResidualJacobianFunction<Scalar>?
  /// The residuals of a range of rows, where a problem has many.
  var rows: RowResidualFunction<Scalar>?

  /// Repeats what a call did, into memory for m residuals and, where there is a Jacobian, for m·n derivatives.
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

  /// Σ fᵢ² of m rows, from the first to the last; by ranges where they are given, so that f is not held.
  func sumOfSquares(at parameters: [Scalar], rowCount m: Int) throws -> Scalar {
    let size = rows == nil ? m : min(m, 4096)
    var f = [Scalar](repeating: 0, count: size)
    var sum: Scalar = 0
    for start in stride(from: 0, to: m, by: size) {
      if m - start < size { f.removeLast(size - (m - start)) }
      var values = f.mutableSpan
      if let rows {
        try rows(parameters.span, start..<(start + values.count), &values)
      } else {
        try residuals(parameters.span, &values)
      }
      for value in f { sum += value * value }
    }
    return sum
  }

  /// Whether derivatives are given.
  var hasJacobian: Bool { jacobian != nil || together != nil }
}
