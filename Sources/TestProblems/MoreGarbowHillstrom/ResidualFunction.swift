import LSQScalars

/// A vector of residuals f(x) in one scalar type, with its analytic Jacobian and its customary
/// start.
///
/// The order of the operations in every conforming type decides the bits of the reference runs:
/// each operator is one rounding, from left to right, with the parentheses as written.
protocol ResidualFunction<Scalar>: Sendable {
  associatedtype Scalar: LSQScalar

  /// The customary starting point, n numbers.
  var start: [Scalar] { get }

  /// Writes the m residuals at x, over the scalar itself or over numbers with derivatives.
  func residuals<Number: ModelNumber>(
    at x: Span<Number>, into f: inout MutableSpan<Number>
  ) where Number.Scalar == Scalar

  /// Writes the gradient of residual `i` (from zero) at x: row i of the Jacobian, n numbers.
  func gradient(ofResidual i: Int, at x: Span<Scalar>, into row: inout MutableSpan<Scalar>)

  /// Writes the m×n Jacobian at x, row by row.
  func jacobian(at x: Span<Scalar>, into j: inout MutableSpan<Scalar>)
}

extension ResidualFunction {
  func jacobian(at x: Span<Scalar>, into j: inout MutableSpan<Scalar>) {
    let n = x.count
    var gradient = [Scalar](repeating: 0, count: n)
    var row = gradient.mutableSpan
    for i in 0..<j.count / n {
      self.gradient(ofResidual: i, at: x, into: &row)
      for k in 0..<n { j[i * n + k] = row[k] }
    }
  }
}

/// The numbers of a table, each rounded once from its decimal text to the scalar's own precision.
func decimals<Scalar: LSQScalar>(_ text: String) -> [Scalar] {
  text.split(whereSeparator: \.isWhitespace).map { word in
    guard let value = Scalar(String(word)) else {
      preconditionFailure("\(Scalar.self) does not read decimal text such as \(word)")
    }
    return value
  }
}
