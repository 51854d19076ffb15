import CurveFitting
import LeastSquares

/// b₀·exp(−b₁·x) + b₂·exp(−((x − b₃)/b₄)²) + b₅·exp(−((x − b₆)/b₇)²).
struct Gauss1<Scalar: LSQScalar>: BenchmarkProblem {
  let data = NISTCurve<Scalar>("Gauss1")
  var name: String { data.name }
  var rowCount: Int { data.y.count }
  var start: [Scalar] { data.start }

  func residuals(_ b: Span<Scalar>, _ f: inout MutableSpan<Scalar>) {
    let (xs, y) = (data.x.span, data.y.span)
    let (b0, b1, b2, b3, b4, b5, b6, b7) = (b[0], b[1], b[2], b[3], b[4], b[5], b[6], b[7])
    for i in f.indices {
      let x = xs[i]
      let u = (x - b3) / b4
      let v = (x - b6) / b7
      let decay = b0 * Scalar.exp(-b1 * x)
      f[i] = decay + b2 * Scalar.exp(-u * u) + b5 * Scalar.exp(-v * v) - y[i]
    }
  }

  func jacobian(_ b: Span<Scalar>, _ j: inout MutableSpan<Scalar>) {
    let xs = data.x.span
    let (b0, b1, b2, b3, b4, b5, b6, b7) = (b[0], b[1], b[2], b[3], b[4], b[5], b[6], b[7])
    for i in xs.indices {
      let x = xs[i]
      let u = (x - b3) / b4
      let v = (x - b6) / b7
      let e = Scalar.exp(-b1 * x)
      let g = Scalar.exp(-u * u)
      let h = Scalar.exp(-v * v)
      let gu = 2 * b2 * g * u / b4
      let hv = 2 * b5 * h * v / b7
      let row = 8 * i
      j[row] = e
      j[row + 1] = -b0 * x * e
      j[row + 2] = g
      j[row + 3] = gu
      j[row + 4] = gu * u
      j[row + 5] = h
      j[row + 6] = hv
      j[row + 7] = hv * v
    }
  }

  func residualsAndJacobian(
    _ b: Span<Scalar>, _ f: inout MutableSpan<Scalar>, _ j: inout MutableSpan<Scalar>
  ) {
    let (xs, y) = (data.x.span, data.y.span)
    let (b0, b1, b2, b3, b4, b5, b6, b7) = (b[0], b[1], b[2], b[3], b[4], b[5], b[6], b[7])
    for i in xs.indices {
      let x = xs[i]
      let u = (x - b3) / b4
      let v = (x - b6) / b7
      let e = Scalar.exp(-b1 * x)
      let g = Scalar.exp(-u * u)
      let h = Scalar.exp(-v * v)
      f[i] = b0 * e + b2 * g + b5 * h - y[i]
      let gu = 2 * b2 * g * u / b4
      let hv = 2 * b5 * h * v / b7
      let row = 8 * i
      j[row] = e
      j[row + 1] = -b0 * x * e
      j[row + 2] = g
      j[row + 3] = gu
      j[row + 4] = gu * u
      j[row + 5] = h
      j[row + 6] = hv
      j[row + 7] = hv * v
    }
  }

  struct Curve: Model {
    @inline(__always)
    func value<Number: ModelNumber>(_ b: Span<Number>, at x: Span<Number>) -> Number {
      let u = (x[0] - b[3]) / b[4]
      let v = (x[0] - b[6]) / b[7]
      return b[0] * .exp(-b[1] * x[0]) + b[2] * .exp(-u * u) + b[5] * .exp(-v * v)
    }
  }

  func modelProblem() throws -> ModelProblem<Scalar>? { try data.fitted(by: Curve()) }
}
