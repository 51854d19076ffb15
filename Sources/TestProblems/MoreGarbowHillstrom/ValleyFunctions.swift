import LSQScalars

/// Rosenbrock (4): f = (10·(x₂ − x₁²), 1 − x₁).
struct Rosenbrock<Scalar: LSQScalar>: ResidualFunction {
  var start: [Scalar] { decimals("-1.2 1") }

  func residuals<Number: ModelNumber>(
    at x: Span<Number>, into f: inout MutableSpan<Number>
  ) where Number.Scalar == Scalar {
    f[0] = 10 * (x[1] - x[0] * x[0])
    f[1] = 1 - x[0]
  }

  func gradient(ofResidual i: Int, at x: Span<Scalar>, into row: inout MutableSpan<Scalar>) {
    row[0] = i == 0 ? -20 * x[0] : -1
    row[1] = i == 0 ? 10 : 0
  }
}

/// Helical valley (5): f = (10·(x₃ − 10·θ), 10·(r − 1), x₃), with θ the angle of (x₁, x₂) in turns
/// and r its distance from the origin.
struct HelicalValley<Scalar: LSQScalar>: ResidualFunction {
  /// A full turn, 2π.
  let tau = 8 * Scalar.atan(1)

  var start: [Scalar] { [-1, 0, 0] }

  func residuals<Number: ModelNumber>(
    at x: Span<Number>, into f: inout MutableSpan<Number>
  ) where Number.Scalar == Scalar {
    let r = Number.sqrt(x[0] * x[0] + x[1] * x[1])
    f[0] = 10 * (x[2] - 10 * angle(x[0], x[1]))
    f[1] = 10 * (r - 1)
    f[2] = x[2]
  }

  func gradient(ofResidual i: Int, at x: Span<Scalar>, into row: inout MutableSpan<Scalar>) {
    let q = x[0] * x[0] + x[1] * x[1]
    switch i {
    case 0:
      let c = tau * q
      row[0] = (100 * x[1]) / c
      row[1] = -((100 * x[0]) / c)
      row[2] = 10
    case 1:
      let r = q.squareRoot()
      row[0] = (10 * x[0]) / r
      row[1] = (10 * x[1]) / r
      row[2] = 0
    default:
      row[0] = 0
      row[1] = 0
      row[2] = 1
    }
  }

  /// The angle of the point (x₁, x₂) in turns, from −1/4 to 3/4.
  private func angle<Number: ModelNumber>(
    _ x1: Number, _ x2: Number
  ) -> Number where Number.Scalar == Scalar {
    let tau = Number(tau)
    if x1.realPart > 0 { return Number.atan(x2 / x1) / tau }
    if x1.realPart < 0 { return Number.atan(x2 / x1) / tau + 1 / 2 }
    let quarter = Number(Scalar(signOf: x2.realPart, magnitudeOf: 1 / 4))
    // For x₁ = 0 the quotient is zero, and only its derivatives matter.
    return x2.realPart == 0 ? quarter : quarter - Number.atan(x1 / x2) / tau
  }
}

/// Powell singular (6): f = (x₁ + 10·x₂, √5·(x₃ − x₄), (x₂ − 2·x₃)², √10·(x₁ − x₄)²).
struct PowellSingular<Scalar: LSQScalar>: ResidualFunction {
  let squareRootOf5 = Scalar(5).squareRoot()
  let squareRootOf10 = Scalar(10).squareRoot()

  var start: [Scalar] { [3, -1, 0, 1] }

  func residuals<Number: ModelNumber>(
    at x: Span<Number>, into f: inout MutableSpan<Number>
  ) where Number.Scalar == Scalar {
    let d = x[1] - 2 * x[2]
    let e = x[0] - x[3]
    f[0] = x[0] + 10 * x[1]
    f[1] = Number(squareRootOf5) * (x[2] - x[3])
    f[2] = d * d
    f[3] = Number(squareRootOf10) * (e * e)
  }

  func gradient(ofResidual i: Int, at x: Span<Scalar>, into row: inout MutableSpan<Scalar>) {
    for j in 0..<4 { row[j] = 0 }
    switch i {
    case 0:
      row[0] = 1
      row[1] = 10
    case 1:
      row[2] = squareRootOf5
      row[3] = -squareRootOf5
    case 2:
      let b = 2 * (x[1] - 2 * x[2])
      row[1] = b
      row[2] = -2 * b
    default:
      let g = (2 * squareRootOf10) * (x[0] - x[3])
      row[0] = g
      row[3] = -g
    }
  }
}

/// Freudenstein and Roth (7): f₁ = x₁ − 13 + ((5 − x₂)·x₂ − 2)·x₂,
/// f₂ = x₁ − 29 + ((1 + x₂)·x₂ − 14)·x₂.
struct FreudensteinRoth<Scalar: LSQScalar>: ResidualFunction {
  var start: [Scalar] { decimals("0.5 -2") }

  func residuals<Number: ModelNumber>(
    at x: Span<Number>, into f: inout MutableSpan<Number>
  ) where Number.Scalar == Scalar {
    f[0] = (-13 + x[0]) + ((5 - x[1]) * x[1] - 2) * x[1]
    f[1] = (-29 + x[0]) + ((1 + x[1]) * x[1] - 14) * x[1]
  }

  func gradient(ofResidual i: Int, at x: Span<Scalar>, into row: inout MutableSpan<Scalar>) {
    row[0] = 1
    row[1] = i == 0 ? x[1] * (10 - 3 * x[1]) - 2 : x[1] * (2 + 3 * x[1]) - 14
  }
}
