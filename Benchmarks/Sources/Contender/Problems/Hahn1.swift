import CurveFitting
import LeastSquares

/// (b₀ + b₁·x + b₂·x² + b₃·x³)/(1 + b₄·x + b₅·x² + b₆·x³).
struct Hahn1<Scalar: LSQScalar>: BenchmarkProblem {
  let data = NISTCurve<Scalar>("Hahn1")
  var name: String { data.name }
  var rowCount: Int { data.y.count }
  var start: [Scalar] { data.start }

  func residuals(_ b: Span<Scalar>, _ f: inout MutableSpan<Scalar>) {
    let (xs, y) = (data.x.span, data.y.span)
    let (b0, b1, b2, b3, b4, b5, b6) = (b[0], b[1], b[2], b[3], b[4], b[5], b[6])
    for i in f.indices {
      let x = xs[i]
      let u = b0 + x * (b1 + x * (b2 + x * b3))
      let v = 1 + x * (b4 + x * (b5 + x * b6))
      f[i] = u / v - y[i]
    }
  }

  func jacobian(_ b: Span<Scalar>, _ j: inout MutableSpan<Scalar>) {
    let xs = data.x.span
    let (b0, b1, b2, b3, b4, b5, b6) = (b[0], b[1], b[2], b[3], b[4], b[5], b[6])
    for i in xs.indices {
      let x = xs[i]
      let u = b0 + x * (b1 + x * (b2 + x * b3))
      let v = 1 + x * (b4 + x * (b5 + x * b6))
      let w = 1 / v
      let g = -u * w * w
      let row = 7 * i
      j[row] = w
      j[row + 1] = x * w
      j[row + 2] = x * x * w
      j[row + 3] = x * x * x * w
      j[row + 4] = x * g
      j[row + 5] = x * x * g
      j[row + 6] = x * x * x * g
    }
  }

  func residualsAndJacobian(
    _ b: Span<Scalar>, _ f: inout MutableSpan<Scalar>, _ j: inout MutableSpan<Scalar>
  ) {
    let (xs, y) = (data.x.span, data.y.span)
    let (b0, b1, b2, b3, b4, b5, b6) = (b[0], b[1], b[2], b[3], b[4], b[5], b[6])
    for i in xs.indices {
      let x = xs[i]
      let u = b0 + x * (b1 + x * (b2 + x * b3))
      let v = 1 + x * (b4 + x * (b5 + x * b6))
      f[i] = u / v - y[i]
      let w = 1 / v
      let g = -u * w * w
      let row = 7 * i
      j[row] = w
      j[row + 1] = x * w
      j[row + 2] = x * x * w
      j[row + 3] = x * x * x * w
      j[row + 4] = x * g
      j[row + 5] = x * x * g
      j[row + 6] = x * x * x * g
    }
  }

  struct Curve: Model {
    @inline(__always)
    func value<Number: ModelNumber>(_ b: Span<Number>, at x: Span<Number>) -> Number {
      let t = x[0]
      return (b[0] + t * (b[1] + t * (b[2] + t * b[3])))
        / (1 + t * (b[4] + t * (b[5] + t * b[6])))
    }
  }

  func modelProblem() throws -> ModelProblem<Scalar>? { try data.fitted(by: Curve()) }
}
