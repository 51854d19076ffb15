import CurveFitting
import LeastSquares

/// b₀·(1 − exp(−b₁·x)).
struct Misra1a<Scalar: LSQScalar>: BenchmarkProblem {
  let data = NISTCurve<Scalar>("Misra1a")
  var name: String { data.name }
  var rowCount: Int { data.y.count }
  var start: [Scalar] { data.start }

  func residuals(_ b: Span<Scalar>, _ f: inout MutableSpan<Scalar>) {
    let (x, y) = (data.x.span, data.y.span)
    let (b0, b1) = (b[0], b[1])
    for i in f.indices { f[i] = b0 * (1 - Scalar.exp(-b1 * x[i])) - y[i] }
  }

  func jacobian(_ b: Span<Scalar>, _ j: inout MutableSpan<Scalar>) {
    let x = data.x.span
    let (b0, b1) = (b[0], b[1])
    for i in x.indices {
      let e = Scalar.exp(-b1 * x[i])
      j[2 * i] = 1 - e
      j[2 * i + 1] = b0 * x[i] * e
    }
  }

  func residualsAndJacobian(
    _ b: Span<Scalar>, _ f: inout MutableSpan<Scalar>, _ j: inout MutableSpan<Scalar>
  ) {
    let (x, y) = (data.x.span, data.y.span)
    let (b0, b1) = (b[0], b[1])
    for i in x.indices {
      let e = Scalar.exp(-b1 * x[i])
      let rise = 1 - e
      f[i] = b0 * rise - y[i]
      j[2 * i] = rise
      j[2 * i + 1] = b0 * x[i] * e
    }
  }

  struct Curve: Model {
    @inline(__always)
    func value<Number: ModelNumber>(_ b: Span<Number>, at x: Span<Number>) -> Number {
      b[0] * (1 - .exp(-b[1] * x[0]))
    }
  }

  func modelProblem() throws -> ModelProblem<Scalar>? { try data.fitted(by: Curve()) }
}
