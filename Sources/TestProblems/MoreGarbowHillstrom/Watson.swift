import LSQScalars

/// Watson (11): for i ≤ 29 and d = i/29, fᵢ = Σ (j − 1)·dʲ⁻²·xⱼ − (Σ dʲ⁻¹·xⱼ)² − 1; then f₃₀ = x₁
/// and f₃₁ = x₂ − x₁² − 1.
struct Watson<Scalar: LSQScalar>: ResidualFunction {
  let n: Int

  /// The origin. Multiples of it would all be the same, so other starts set every xⱼ to the factor.
  var start: [Scalar] { Array(repeating: 0, count: n) }

  func residuals<Number: ModelNumber>(
    at x: Span<Number>, into f: inout MutableSpan<Number>
  ) where Number.Scalar == Scalar {
    for i in 0..<29 {
      let d = Scalar(i + 1) / 29
      var slope: Number = 0
      var power: Scalar = 1
      for j in 1..<n {
        slope += Number(Scalar(j) * power) * x[j]
        power = d * power
      }
      let value = polynomial(x, at: d)
      f[i] = (slope - value * value) - 1
    }
    f[29] = x[0]
    f[30] = (x[1] - x[0] * x[0]) - 1
  }

  func gradient(ofResidual i: Int, at x: Span<Scalar>, into row: inout MutableSpan<Scalar>) {
    guard i < 29 else {
      row[0] = i == 29 ? 1 : -2 * x[0]
      row[1] = i == 29 ? 0 : 1
      for j in 2..<n { row[j] = 0 }
      return
    }
    let d = Scalar(i + 1) / 29
    let t = (2 * d) * polynomial(x, at: d)
    var power = 1 / d
    for j in 0..<n {
      row[j] = power * (Scalar(j) - t)
      power = d * power
    }
  }

  /// Σ dʲ⁻¹·xⱼ, from the lowest power up.
  private func polynomial<Number: ModelNumber>(
    _ x: Span<Number>, at d: Scalar
  ) -> Number where Number.Scalar == Scalar {
    var sum: Number = 0
    var power: Scalar = 1
    for j in 0..<n {
      sum += Number(power) * x[j]
      power = d * power
    }
    return sum
  }
}
