import LeastSquares

/// (3 − 2·xᵢ)·xᵢ + 1 − xᵢ₋₁ − 2·xᵢ₊₁ for i = 0 … n − 1, with its Jacobian held densely.
struct BroydenTridiagonal<Scalar: LSQScalar>: BenchmarkProblem {
  let rowCount: Int
  var name: String { "C/\(rowCount)" }
  var start: [Scalar] { Array(repeating: -1, count: rowCount) }

  func residuals(_ x: Span<Scalar>, _ f: inout MutableSpan<Scalar>) {
    for i in f.indices {
      var value = (3 - 2 * x[i]) * x[i] + 1
      if i > 0 { value -= x[i - 1] }
      if i < rowCount - 1 { value -= 2 * x[i + 1] }
      f[i] = value
    }
  }

  func jacobian(_ x: Span<Scalar>, _ j: inout MutableSpan<Scalar>) {
    for k in j.indices { j[k] = 0 }
    for i in x.indices {
      let diagonal = i * rowCount + i
      j[diagonal] = 3 - 4 * x[i]
      if i > 0 { j[diagonal - 1] = -1 }
      if i < rowCount - 1 { j[diagonal + 1] = -2 }
    }
  }
}
