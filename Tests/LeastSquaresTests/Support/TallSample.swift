import LSQScalars
import LeastSquares

/// a/(1 + b·t) + c·t with noise, at m times in [0, 8]: a problem that needs no libm and has a residual.
struct TallSample<Scalar: LSQScalar>: Sendable {
  let times: [Scalar]
  let values: [Scalar]
  let start: [Scalar] = [1, 1, 0]

  var m: Int { times.count }

  /// - Parameter noise: the largest deviation of a value, as a fraction 1/`noise`.
  init(m: Int, seed: UInt64, noise: Int = 20) {
    var random = SeededRandom(seed: seed)
    times = (0..<m).map { Scalar(8 * $0) / Scalar(max(m - 1, 1)) }
    values = times.map { t in
      3 / (1 + 2 * t) + t / 4 + random.number(Scalar.self) / Scalar(noise)
    }
  }

  func residual(_ i: Int, _ x: Span<Scalar>) -> Scalar {
    x[0] / (1 + x[1] * times[i]) + x[2] * times[i] - values[i]
  }

  var residuals: RowResidualFunction<Scalar> {
    { x, rows, f in
      for i in rows { f[i - rows.lowerBound] = residual(i, x) }
    }
  }

  var gradients: RowGradientFunction<Scalar> {
    { x, rows, f, gradients in
      for i in rows {
        let k = i - rows.lowerBound
        let q = 1 / (1 + x[1] * times[i])
        f[k] = residual(i, x)
        gradients[3 * k] = q
        gradients[3 * k + 1] = -(x[0] * times[i]) * (q * q)
        gradients[3 * k + 2] = times[i]
      }
    }
  }

  func posed(
    _ gradients: RowGradientSource<Scalar>? = nil, blockRowCount: Int? = nil
  ) throws -> RowwiseProblem<Scalar> {
    try RowwiseProblem(
      rowCount: m, parameterCount: 3, gradients: gradients ?? .together(self.gradients),
      blockRowCount: blockRowCount, residuals: residuals)
  }
}
