import LSQScalars

/// Bard (8): fᵢ = yᵢ − (x₁ + u/(x₂·v + x₃·w)), with u = i, v = 16 − i, w = min(u, v).
struct Bard<Scalar: LSQScalar>: ResidualFunction {
  let y: [Scalar] = decimals(
    "0.14 0.18 0.22 0.25 0.29 0.32 0.35 0.39 0.37 0.58 0.73 0.96 1.34 2.1 4.39")

  var start: [Scalar] { [1, 1, 1] }

  func residuals<Number: ModelNumber>(
    at x: Span<Number>, into f: inout MutableSpan<Number>
  ) where Number.Scalar == Scalar {
    for i in y.indices {
      let (u, v, w) = coordinates(i)
      f[i] = Number(y[i]) - (x[0] + Number(u) / (x[1] * Number(v) + x[2] * Number(w)))
    }
  }

  func gradient(ofResidual i: Int, at x: Span<Scalar>, into row: inout MutableSpan<Scalar>) {
    let (u, v, w) = coordinates(i)
    let d = x[1] * v + x[2] * w
    row[0] = -1
    row[1] = (u * v) / (d * d)
    row[2] = (u * w) / (d * d)
  }

  private func coordinates(_ i: Int) -> (u: Scalar, v: Scalar, w: Scalar) {
    let (u, v) = (i + 1, 15 - i)
    return (Scalar(u), Scalar(v), Scalar(min(u, v)))
  }
}

/// Kowalik and Osborne (9): fᵢ = yᵢ − x₁·u·(u + x₂)/(u·(u + x₃) + x₄).
struct KowalikOsborne<Scalar: LSQScalar>: ResidualFunction {
  let u: [Scalar] = decimals("4 2 1 0.5 0.25 0.167 0.125 0.1 0.0833 0.0714 0.0625")
  let y: [Scalar] = decimals(
    "0.1957 0.1947 0.1735 0.16 0.0844 0.0627 0.0456 0.0342 0.0323 0.0235 0.0246")

  var start: [Scalar] { decimals("0.25 0.39 0.415 0.39") }

  func residuals<Number: ModelNumber>(
    at x: Span<Number>, into f: inout MutableSpan<Number>
  ) where Number.Scalar == Scalar {
    for i in y.indices {
      let u = Number(u[i])
      let a = u * (u + x[1])
      let q = u * (u + x[2]) + x[3]
      f[i] = Number(y[i]) - (x[0] * a) / q
    }
  }

  func gradient(ofResidual i: Int, at x: Span<Scalar>, into row: inout MutableSpan<Scalar>) {
    let a = u[i] * (u[i] + x[1])
    let q = u[i] * (u[i] + x[2]) + x[3]
    row[0] = -(a / q)
    row[1] = -((u[i] * x[0]) / q)
    row[2] = row[0] * row[1]
    row[3] = row[2] / u[i]
  }
}

/// Meyer (10): fᵢ = x₁·exp(x₂/(45 + 5·i + x₃)) − yᵢ.
struct Meyer<Scalar: LSQScalar>: ResidualFunction {
  let y: [Scalar] = decimals(
    """
    34780 28610 23650 19630 16370 13720 11540 9744 8261 7030 6005 5147 4427 3820 3307 2872
    """)

  var start: [Scalar] { decimals("0.02 4000 250") }

  func residuals<Number: ModelNumber>(
    at x: Span<Number>, into f: inout MutableSpan<Number>
  ) where Number.Scalar == Scalar {
    for i in y.indices {
      let t = Number(Scalar(5 * i + 50)) + x[2]
      f[i] = x[0] * Number.exp(x[1] / t) - Number(y[i])
    }
  }

  func gradient(ofResidual i: Int, at x: Span<Scalar>, into row: inout MutableSpan<Scalar>) {
    let t = Scalar(5 * i + 50) + x[2]
    let g = x[1] / t
    let e = Scalar.exp(g)
    row[0] = e
    row[1] = (x[0] * e) / t
    row[2] = -(g * row[1])
  }
}
