import CurveFitting
import LeastSquares
import TestProblems

/// The data and the start of one of NIST's problems with one predictor, read at a scalar's precision.
struct NISTCurve<Scalar: LSQScalar> {
  let name: String
  let x: [Scalar]
  let y: [Scalar]
  let start: [Scalar]

  init(_ dataset: String, start number: Int = 1) {
    do {
      let file = try NISTProblem.named(dataset)
      name = "A/\(dataset)" + (number == 1 ? "" : "s\(number)")
      x = try file.predictors(as: Scalar.self)
      y = try file.responses(as: Scalar.self)
      start = try file.start(number, as: Scalar.self)
    } catch {
      preconditionFailure("\(dataset): \(error)")
    }
  }

  func fitted(by model: some Model) throws -> ModelProblem<Scalar> {
    try ModelProblem(
      model: model, predictors: x, predictorCount: 1, response: y, parameterCount: start.count)
  }
}

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

  struct Curve: Model {
    func value<Number: ModelNumber>(_ b: Span<Number>, at x: Span<Number>) -> Number {
      b[0] * (1 - .exp(-b[1] * x[0]))
    }
  }

  func modelProblem() throws -> ModelProblem<Scalar>? { try data.fitted(by: Curve()) }
}

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

  struct Curve: Model {
    func value<Number: ModelNumber>(_ b: Span<Number>, at x: Span<Number>) -> Number {
      let t = x[0]
      return (b[0] + t * (b[1] + t * (b[2] + t * b[3])))
        / (1 + t * (b[4] + t * (b[5] + t * b[6])))
    }
  }

  func modelProblem() throws -> ModelProblem<Scalar>? { try data.fitted(by: Curve()) }
}

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

  struct Curve: Model {
    func value<Number: ModelNumber>(_ b: Span<Number>, at x: Span<Number>) -> Number {
      let u = (x[0] - b[3]) / b[4]
      let v = (x[0] - b[6]) / b[7]
      return b[0] * .exp(-b[1] * x[0]) + b[2] * .exp(-u * u) + b[5] * .exp(-v * v)
    }
  }

  func modelProblem() throws -> ModelProblem<Scalar>? { try data.fitted(by: Curve()) }
}

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

  struct Curve: Model {
    func value<Number: ModelNumber>(_ b: Span<Number>, at x: Span<Number>) -> Number {
      b[0] + b[1] * .exp(-x[0] * b[3]) + b[2] * .exp(-x[0] * b[4])
    }
  }

  func modelProblem() throws -> ModelProblem<Scalar>? { try data.fitted(by: Curve()) }
}
