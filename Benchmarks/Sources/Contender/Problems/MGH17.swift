import CurveFitting
import LeastSquares

/// b₀ + b₁·exp(−x·b₃) + b₂·exp(−x·b₄).
struct MGH17<Scalar: LSQScalar>: BenchmarkProblem {
  let data: NISTCurve<Scalar>
  var name: String { data.name }
  var rowCount: Int { data.y.count }
  var start: [Scalar] { data.start }

  init(start: Int) { data = NISTCurve("MGH17", start: start) }

  func residuals(_ b: Span<Scalar>, _ f: inout MutableSpan<Scalar>) {
    let (x, y) = (data.x.span, data.y.span)
    let (b0, b1, b2, b3, b4) = (b[0], b[1], b[2], b[3], b[4])
    for i in f.indices {
      f[i] = b0 + b1 * Scalar.exp(-x[i] * b3) + b2 * Scalar.exp(-x[i] * b4) - y[i]
    }
  }

  func jacobian(_ b: Span<Scalar>, _ j: inout MutableSpan<Scalar>) {
    let xs = data.x.span
    let (b1, b2, b3, b4) = (b[1], b[2], b[3], b[4])
    for i in xs.indices {
      let x = xs[i]
      let e = Scalar.exp(-x * b3)
      let g = Scalar.exp(-x * b4)
      j[5 * i] = 1
      j[5 * i + 1] = e
      j[5 * i + 2] = g
      j[5 * i + 3] = -x * b1 * e
      j[5 * i + 4] = -x * b2 * g
    }
  }

  func residualsAndJacobian(
    _ b: Span<Scalar>, _ f: inout MutableSpan<Scalar>, _ j: inout MutableSpan<Scalar>
  ) {
    let (xs, y) = (data.x.span, data.y.span)
    let (b0, b1, b2, b3, b4) = (b[0], b[1], b[2], b[3], b[4])
    for i in xs.indices {
      let x = xs[i]
      let e = Scalar.exp(-x * b3)
      let g = Scalar.exp(-x * b4)
      f[i] = b0 + b1 * e + b2 * g - y[i]
      j[5 * i] = 1
      j[5 * i + 1] = e
      j[5 * i + 2] = g
      j[5 * i + 3] = -x * b1 * e
      j[5 * i + 4] = -x * b2 * g
    }
  }

  struct Curve: Model {
    @inline(__always)
    func value<Number: ModelNumber>(_ b: Span<Number>, at x: Span<Number>) -> Number {
      b[0] + b[1] * .exp(-x[0] * b[3]) + b[2] * .exp(-x[0] * b[4])
    }
  }

  func modelProblem() throws -> ModelProblem<Scalar>? { try data.fitted(by: Curve()) }
}
