import LSQScalars

/// Linear, full rank (1): fᵢ = xᵢ − (2/m)·Σxⱼ − 1, without xᵢ for i > n.
struct LinearFullRank<Scalar: LSQScalar>: ResidualFunction {
  let n: Int
  let m: Int

  var start: [Scalar] { Array(repeating: 1, count: n) }

  func residuals<Number: ModelNumber>(
    at x: Span<Number>, into f: inout MutableSpan<Number>
  ) where Number.Scalar == Scalar {
    var s: Number = 0
    for j in 0..<n { s += x[j] }
    let t = (2 * s) / Number(Scalar(m)) + 1
    for i in 0..<m { f[i] = i < n ? -t + x[i] : -t }
  }

  func gradient(ofResidual i: Int, at x: Span<Scalar>, into row: inout MutableSpan<Scalar>) {
    let t = 2 / Scalar(m)
    for j in 0..<n { row[j] = i == j ? -t + 1 : -t }
  }
}

/// Linear, rank 1 (2): fᵢ = i·Σ j·xⱼ − 1.
struct LinearRankOne<Scalar: LSQScalar>: ResidualFunction {
  let n: Int
  let m: Int

  var start: [Scalar] { Array(repeating: 1, count: n) }

  func residuals<Number: ModelNumber>(
    at x: Span<Number>, into f: inout MutableSpan<Number>
  ) where Number.Scalar == Scalar {
    var s: Number = 0
    for j in 0..<n { s += Number(Scalar(j + 1)) * x[j] }
    for i in 0..<m { f[i] = Number(Scalar(i + 1)) * s - 1 }
  }

  func gradient(ofResidual i: Int, at x: Span<Scalar>, into row: inout MutableSpan<Scalar>) {
    for j in 0..<n { row[j] = Scalar(i + 1) * Scalar(j + 1) }
  }
}

/// Linear, rank 1 with zero columns and rows (3): fᵢ = (i − 1)·Σ j·xⱼ − 1 with j from 2 to n − 1, and fₘ = −1.
struct LinearRankOneWithZeros<Scalar: LSQScalar>: ResidualFunction {
  let n: Int
  let m: Int

  var start: [Scalar] { Array(repeating: 1, count: n) }

  func residuals<Number: ModelNumber>(
    at x: Span<Number>, into f: inout MutableSpan<Number>
  ) where Number.Scalar == Scalar {
    var s: Number = 0
    for j in stride(from: 1, to: n - 1, by: 1) { s += Number(Scalar(j + 1)) * x[j] }
    for i in 0..<m - 1 { f[i] = Number(Scalar(i)) * s - 1 }
    f[m - 1] = -1
  }

  func gradient(ofResidual i: Int, at x: Span<Scalar>, into row: inout MutableSpan<Scalar>) {
    for j in 0..<n {
      let isZero = i == 0 || i == m - 1 || j == 0 || j == n - 1
      row[j] = isZero ? 0 : Scalar(i) * Scalar(j + 1)
    }
  }
}
