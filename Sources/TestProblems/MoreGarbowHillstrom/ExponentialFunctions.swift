import LSQScalars

/// Box, three-dimensional (12): with t = i and u = t/10,
/// fᵢ = exp(−u·x₁) − exp(−u·x₂) + (exp(−t) − exp(−u))·x₃.
struct Box<Scalar: LSQScalar>: ResidualFunction {
  let m: Int

  var start: [Scalar] { [0, 10, 20] }

  func residuals<Number: ModelNumber>(
    at x: Span<Number>, into f: inout MutableSpan<Number>
  ) where Number.Scalar == Scalar {
    for i in 0..<m {
      let t = Scalar(i + 1)
      let tenth = t / 10
      let u = Number(tenth)
      f[i] =
        (Number.exp(-(u * x[0])) - Number.exp(-(u * x[1])))
        + Number(Scalar.exp(-t) - Scalar.exp(-tenth)) * x[2]
    }
  }

  func gradient(ofResidual i: Int, at x: Span<Scalar>, into row: inout MutableSpan<Scalar>) {
    let t = Scalar(i + 1)
    let u = t / 10
    row[0] = -(u * Scalar.exp(-(u * x[0])))
    row[1] = u * Scalar.exp(-(u * x[1]))
    row[2] = Scalar.exp(-t) - Scalar.exp(-u)
  }
}

/// Jennrich and Sampson (13): fᵢ = 2 + 2·i − exp(i·x₁) − exp(i·x₂).
struct JennrichSampson<Scalar: LSQScalar>: ResidualFunction {
  let m: Int

  var start: [Scalar] { decimals("0.3 0.4") }

  func residuals<Number: ModelNumber>(
    at x: Span<Number>, into f: inout MutableSpan<Number>
  ) where Number.Scalar == Scalar {
    for i in 0..<m {
      let t = Number(Scalar(i + 1))
      f[i] = ((2 + 2 * t) - Number.exp(t * x[0])) - Number.exp(t * x[1])
    }
  }

  func gradient(ofResidual i: Int, at x: Span<Scalar>, into row: inout MutableSpan<Scalar>) {
    let t = Scalar(i + 1)
    row[0] = -(t * Scalar.exp(t * x[0]))
    row[1] = -(t * Scalar.exp(t * x[1]))
  }
}

/// Brown and Dennis (14): with t = i/5, fᵢ = (x₁ + t·x₂ − exp t)² + (x₃ + x₄·sin t − cos t)².
struct BrownDennis<Scalar: LSQScalar>: ResidualFunction {
  let m: Int

  var start: [Scalar] { [25, 5, -5, -1] }

  func residuals<Number: ModelNumber>(
    at x: Span<Number>, into f: inout MutableSpan<Number>
  ) where Number.Scalar == Scalar {
    for i in 0..<m {
      let t = Scalar(i + 1) / 5
      let a = (x[0] + Number(t) * x[1]) - Number(Scalar.exp(t))
      let b = (x[2] + Number(Scalar.sin(t)) * x[3]) - Number(Scalar.cos(t))
      f[i] = a * a + b * b
    }
  }

  func gradient(ofResidual i: Int, at x: Span<Scalar>, into row: inout MutableSpan<Scalar>) {
    let t = Scalar(i + 1) / 5
    let sine = Scalar.sin(t)
    let a = (x[0] + t * x[1]) - Scalar.exp(t)
    let b = (x[2] + sine * x[3]) - Scalar.cos(t)
    row[0] = 2 * a
    row[1] = t * (2 * a)
    row[2] = 2 * b
    row[3] = sine * (2 * b)
  }
}
