import CurveFitting
import LeastSquares
import TestProblems

/// b₀·exp(−t·b₄) + Σ bₖ·exp(−b₄₊ₖ·(t − b₇₊ₖ)²), k = 1, 2, 3, at t = i/10.
///
/// Source: Moré, Garbow and Hillstrom's problem 19, with their data and start.
struct Osborne2<Scalar: LSQScalar>: BenchmarkProblem {
  let name = "A/Osborne2"
  let start: [Scalar]
  let t: [Scalar]
  let y: [Scalar]
  var rowCount: Int { y.count }

  init() {
    guard
      let problem = try? MoreGarbowHillstromProblem(
        .osborne2, parameterCount: 11, residualCount: 65)
    else { preconditionFailure("Osborne 2 has 11 parameters and 65 residuals") }
    let functions = problem.functions(over: Scalar.self)
    start = functions.start
    // Where every amplitude is zero the residuals are the data.
    y = functions.residuals(at: Array(repeating: 0, count: 11))
    t = y.indices.map { Scalar($0) / 10 }
  }

  func residuals(_ b: Span<Scalar>, _ f: inout MutableSpan<Scalar>) {
    let (ts, y) = (t.span, y.span)
    for i in f.indices {
      let t = ts[i]
      let u = t - b[8]
      let v = t - b[9]
      let w = t - b[10]
      let decay = b[0] * Scalar.exp(-t * b[4])
      let first = b[1] * Scalar.exp(-b[5] * u * u)
      let second = b[2] * Scalar.exp(-b[6] * v * v)
      let third = b[3] * Scalar.exp(-b[7] * w * w)
      f[i] = decay + first + second + third - y[i]
    }
  }

  func jacobian(_ b: Span<Scalar>, _ j: inout MutableSpan<Scalar>) {
    let ts = t.span
    for i in ts.indices {
      let t = ts[i]
      let row = 11 * i
      let decay = Scalar.exp(-t * b[4])
      j[row] = decay
      j[row + 4] = -t * b[0] * decay
      for k in 1...3 {
        let d = t - b[7 + k]
        let e = Scalar.exp(-b[4 + k] * d * d)
        let g = b[k] * e * d
        j[row + k] = e
        j[row + 4 + k] = -g * d
        j[row + 7 + k] = 2 * b[4 + k] * g
      }
    }
  }

  func residualsAndJacobian(
    _ b: Span<Scalar>, _ f: inout MutableSpan<Scalar>, _ j: inout MutableSpan<Scalar>
  ) {
    let (ts, y) = (t.span, y.span)
    for i in ts.indices {
      let t = ts[i]
      let row = 11 * i
      let decay = Scalar.exp(-t * b[4])
      var value = b[0] * decay
      j[row] = decay
      j[row + 4] = -t * b[0] * decay
      for k in 1...3 {
        let d = t - b[7 + k]
        let e = Scalar.exp(-b[4 + k] * d * d)
        value += b[k] * e
        let g = b[k] * e * d
        j[row + k] = e
        j[row + 4 + k] = -g * d
        j[row + 7 + k] = 2 * b[4 + k] * g
      }
      f[i] = value - y[i]
    }
  }

  struct Curve: Model {
    @inline(__always)
    func value<Number: ModelNumber>(_ b: Span<Number>, at x: Span<Number>) -> Number {
      let t = x[0]
      let u = t - b[8]
      let v = t - b[9]
      let w = t - b[10]
      let decay = b[0] * .exp(-t * b[4])
      let first = b[1] * .exp(-b[5] * u * u)
      let second = b[2] * .exp(-b[6] * v * v)
      return decay + first + second + b[3] * .exp(-b[7] * w * w)
    }
  }

  func modelProblem() throws -> ModelProblem<Scalar>? {
    try ModelProblem(
      model: Curve(), predictors: t, predictorCount: 1, response: y, parameterCount: 11)
  }
}
