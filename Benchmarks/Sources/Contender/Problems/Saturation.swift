import CurveFitting
import LeastSquares

/// b₀·x/(b₁ + x)·exp(−b₂·z): a model with two predictors, x = 1 … 10 and z = 0 … 9.
struct Saturation<Scalar: LSQScalar>: BenchmarkProblem {
  let name = "A/Saturation"
  let start: [Scalar] = [3, 2, 1 / 4]
  /// The rows' (x, z), one pair after the other.
  let predictors: [Scalar]
  let y: [Scalar]
  var rowCount: Int { y.count }

  init() {
    predictors = (0..<100).flatMap { [Scalar(1 + $0 % 10), Scalar($0 / 10)] }
    y = (0..<100).map { Scalar($0 % 7) / 8 }
  }

  func residuals(_ b: Span<Scalar>, _ f: inout MutableSpan<Scalar>) {
    let (xs, y) = (predictors.span, y.span)
    for i in f.indices {
      let (x, z) = (xs[2 * i], xs[2 * i + 1])
      f[i] = b[0] * x / (b[1] + x) * Scalar.exp(-b[2] * z) - y[i]
    }
  }

  func jacobian(_ b: Span<Scalar>, _ j: inout MutableSpan<Scalar>) {
    let xs = predictors.span
    for i in 0..<rowCount {
      let (x, z) = (xs[2 * i], xs[2 * i + 1])
      let divisor = b[1] + x
      let slope = x / divisor * Scalar.exp(-b[2] * z)
      j[3 * i] = slope
      j[3 * i + 1] = -b[0] * slope / divisor
      j[3 * i + 2] = -z * b[0] * slope
    }
  }

  struct Surface: Model {
    @inline(__always)
    func value<Number: ModelNumber>(_ b: Span<Number>, at x: Span<Number>) -> Number {
      b[0] * x[0] / (b[1] + x[0]) * .exp(-b[2] * x[1])
    }
  }

  func modelProblem() throws -> ModelProblem<Scalar>? {
    try ModelProblem(
      model: Surface(), predictors: predictors, predictorCount: 2, response: y, parameterCount: 3)
  }
}
