import LSQScalars
import LeastSquares

/// Where the derivatives of a sample problem come from.
enum Derivatives: CaseIterable, Sendable {
  case byRows, byColumns, withResiduals, rowByRow, forward, central
}

/// A small problem with its Jacobian, to be posed to the solver in every way.
struct SampleProblem<Scalar: LSQScalar> {
  let name: String
  let m: Int
  let start: [Scalar]
  /// f(x), m values.
  let residuals: ([Scalar]) throws -> [Scalar]
  /// The gradient of residual i.
  let gradient: ([Scalar], Int) throws -> [Scalar]

  var n: Int { start.count }

  var residualFunction: ResidualFunction<Scalar> {
    { x, f in
      let values = try residuals(array(x))
      for i in values.indices { f[i] = values[i] }
    }
  }

  var rows: JacobianFunction<Scalar> {
    { x, j in
      let point = array(x)
      for i in 0..<m {
        for (k, value) in try gradient(point, i).enumerated() { j[i * n + k] = value }
      }
    }
  }

  var columns: JacobianFunction<Scalar> {
    { x, j in
      let point = array(x)
      for i in 0..<m {
        for (k, value) in try gradient(point, i).enumerated() { j[k * m + i] = value }
      }
    }
  }

  func jacobianSource(_ derivatives: Derivatives) -> JacobianSource<Scalar> {
    switch derivatives {
    case .byRows: .byRows(rows)
    case .byColumns: .byColumns(columns)
    case .withResiduals:
      .withResiduals { x, f, j in
        try residualFunction(x, &f)
        try rows(x, &j)
      }
    case .rowByRow:
      .rowByRow { x, i, row in
        for (k, value) in try gradient(array(x), i).enumerated() { row[k] = value }
      }
    case .forward: .forwardDifferences()
    case .central: .centralDifferences()
    }
  }

  func posed(_ derivatives: Derivatives = .byRows) throws -> LeastSquaresProblem<Scalar> {
    try LeastSquaresProblem(
      residualCount: m, parameterCount: n, jacobian: jacobianSource(derivatives),
      residuals: residualFunction)
  }

  func jacobian(at x: [Scalar]) throws -> Matrix<Scalar> {
    Matrix(
      rowCount: m, columnCount: n, elements: try (0..<m).flatMap { try gradient(x, $0) })
  }

  func solve(
    _ derivatives: Derivatives = .byRows, _ options: Options<Scalar> = Options(),
    from point: [Scalar]? = nil, monitor: Monitor<Scalar>? = nil
  ) throws -> Solution<Scalar> {
    try LevenbergMarquardt(options: options).minimize(
      posed(derivatives), from: point ?? start, monitor: monitor)
  }
}

/// The elements of a span.
func array<Scalar>(_ span: Span<Scalar>) -> [Scalar] { span.indices.map { span[$0] } }

extension SampleProblem {
  /// The banana-shaped valley; the minimum is (1, 1), with f = 0.
  static var rosenbrock: Self {
    Self(
      name: "Rosenbrock", m: 2, start: [-6 / 5, 1],
      residuals: { x in [10 * (x[1] - x[0] * x[0]), 1 - x[0]] },
      gradient: { x, i in i == 0 ? [-20 * x[0], 10] : [-1, 0] })
  }

  /// Three parameters, fifteen measured values, a small residual.
  static var bard: Self {
    let y = [14, 18, 22, 25, 29, 32, 35, 39, 37, 58, 73, 96, 134, 210, 439].map {
      Scalar($0) / Scalar(100)
    }
    func coefficients(_ i: Int) -> (Scalar, Scalar, Scalar) {
      (Scalar(i + 1), Scalar(15 - i), Scalar(min(i + 1, 15 - i)))
    }
    return Self(
      name: "Bard", m: 15, start: [1, 1, 1],
      residuals: { x in
        y.indices.map { i in
          let (u, v, w) = coefficients(i)
          return y[i] - (x[0] + u / (v * x[1] + w * x[2]))
        }
      },
      gradient: { x, i in
        let (u, v, w) = coefficients(i)
        let d = v * x[1] + w * x[2]
        return [-1, u * v / (d * d), u * w / (d * d)]
      })
  }

  /// An exponential decay through points that do not lie on one: the residual is not small.
  static var decay: Self {
    let y: [Scalar] = [8, 5, 3, 3, 1, 2, 0, 1].map { Scalar($0) }
    return Self(
      name: "decay", m: y.count, start: [5, 1],
      residuals: { b in
        y.indices.map { i in b[0] * .exp(-b[1] * Scalar(i) / 2) - y[i] }
      },
      gradient: { b, i in
        let t = Scalar(i) / 2
        let e = Scalar.exp(-b[1] * t)
        return [e, -t * b[0] * e]
      })
  }

  /// A straight line through points beside it.
  static var line: Self {
    let y: [Scalar] = [1, 3, 4, 8, 9].map { Scalar($0) }
    return Self(
      name: "line", m: y.count, start: [0, 0],
      residuals: { b in y.indices.map { b[0] + b[1] * Scalar($0) - y[$0] } },
      gradient: { _, i in [1, Scalar(i)] })
  }

  /// b₀·b₁·t: only the product of the parameters is determined.
  static var product: Self {
    let y: [Scalar] = [2, 3, 7, 8].map { Scalar($0) }
    return Self(
      name: "product", m: y.count, start: [1, 3],
      residuals: { b in y.indices.map { b[0] * b[1] * Scalar($0 + 1) - y[$0] } },
      gradient: { b, i in [b[1] * Scalar(i + 1), b[0] * Scalar(i + 1)] })
  }

  /// All of them.
  static var all: [Self] { [rosenbrock, bard, decay, line, product] }
}
