import LSQScalars

/// Chebyquad (15): fᵢ is the mean over j of Tᵢ(xⱼ), the Chebyshev polynomial shifted to [0, 1],
/// minus its integral there, which is −1/(i² − 1) for even i and zero for odd i.
struct Chebyquad<Scalar: LSQScalar>: ResidualFunction {
  let n: Int
  let m: Int

  var start: [Scalar] {
    let h = 1 / Scalar(n + 1)
    return (1...n).map { Scalar($0) * h }
  }

  func residuals<Number: ModelNumber>(
    at x: Span<Number>, into f: inout MutableSpan<Number>
  ) where Number.Scalar == Scalar {
    for i in 0..<m { f[i] = 0 }
    for j in 0..<n {
      var t = Recursion(at: x[j])
      for i in 0..<m {
        f[i] += t.value
        t.advance()
      }
    }
    let weight = Number(1 / Scalar(n))
    for i in 1...m {
      f[i - 1] = weight * f[i - 1]
      if i.isMultiple(of: 2) { f[i - 1] += Number(1 / Scalar(i * i - 1)) }
    }
  }

  func gradient(ofResidual i: Int, at x: Span<Scalar>, into row: inout MutableSpan<Scalar>) {
    let weight = 1 / Scalar(n)
    for j in 0..<n {
      var t = Recursion(at: x[j])
      for _ in 0..<i { t.advance() }
      row[j] = weight * t.slope
    }
  }

  /// Column by column, so that each recursion runs once.
  func jacobian(at x: Span<Scalar>, into jacobian: inout MutableSpan<Scalar>) {
    let weight = 1 / Scalar(n)
    for j in 0..<n {
      var t = Recursion(at: x[j])
      for i in 0..<m {
        jacobian[i * n + j] = weight * t.slope
        t.advance()
      }
    }
  }

  /// The shifted Chebyshev polynomials T₁, T₂, … and their derivatives at one point.
  private struct Recursion<Number: ModelNumber> {
    var value: Number
    var slope: Number = 2
    private var previousValue: Number = 1
    private var previousSlope: Number = 0
    private let factor: Number

    init(at x: Number) {
      value = 2 * x - 1
      factor = 2 * value
    }

    mutating func advance() {
      (previousSlope, slope) = (slope, (4 * value + factor * slope) - previousSlope)
      (previousValue, value) = (value, factor * value - previousValue)
    }
  }
}

/// Brown almost-linear (16): fᵢ = xᵢ + Σ xⱼ − (n + 1) for i < n, and fₙ = Π xⱼ − 1.
struct BrownAlmostLinear<Scalar: LSQScalar>: ResidualFunction {
  let n: Int

  var start: [Scalar] { Array(repeating: 1 / 2, count: n) }

  func residuals<Number: ModelNumber>(
    at x: Span<Number>, into f: inout MutableSpan<Number>
  ) where Number.Scalar == Scalar {
    var s = -Number(Scalar(n + 1))
    for j in 0..<n { s += x[j] }
    for i in 0..<n - 1 { f[i] = x[i] + s }
    f[n - 1] = product(x) - 1
  }

  func gradient(ofResidual i: Int, at x: Span<Scalar>, into row: inout MutableSpan<Scalar>) {
    guard i == n - 1 else {
      for j in 0..<n { row[j] = i == j ? 2 : 1 }
      return
    }
    let p = product(x)
    for j in 0..<n { row[j] = x[j] == 0 ? product(x, without: j) : p / x[j] }
  }

  private func product<Number: ModelNumber>(
    _ x: Span<Number>, without skipped: Int? = nil
  ) -> Number {
    var p: Number = 1
    for j in 0..<n where j != skipped { p = x[j] * p }
    return p
  }
}
