import CurveFitting
import LeastSquares

/// A line and three peaks through m points: b₀ + b₁·x + Σ aₖ·exp(−((x − cₖ)/wₖ)²), the peaks' triples
/// (a, c, w) from b₂ on, at x = 10·i/(m − 1).
struct ThreeGaussians<Scalar: LSQScalar>: RowProblem {
  let name: String
  let x: [Scalar]
  let y: [Scalar]
  var rowCount: Int { y.count }
  let start: [Scalar] = [0.5, 0, 4, 2.2, 0.8, 2.5, 5.3, 1.1, 3, 7.3, 0.7]

  /// The data are made in `Double`, whatever the scalar.
  init(rowCount m: Int, converting scalar: (Double) -> Scalar) {
    name = "B/\(m)"
    let truth = [1, 0.2, 5, 2.5, 0.6, 3, 5, 0.9, 4, 7.6, 0.5]
    var generator = LinearCongruentialGenerator(seed: 20_240_607)
    var x: [Scalar] = []
    var y: [Scalar] = []
    x.reserveCapacity(m)
    y.reserveCapacity(m)
    for i in 0..<m {
      let t = 10 * Double(i) / Double(m - 1)
      var value = truth[0] + truth[1] * t
      for k in stride(from: 2, to: 11, by: 3) {
        let u = (t - truth[k + 1]) / truth[k + 2]
        value += truth[k] * Double.exp(-u * u)
      }
      x.append(scalar(t))
      y.append(scalar(value + 0.1 * generator.noise()))
    }
    (self.x, self.y) = (x, y)
  }

  func residuals(of rows: Range<Int>, _ b: Span<Scalar>, _ f: inout MutableSpan<Scalar>) {
    let (xs, ys) = (x.span.extracting(rows), y.span.extracting(rows))
    let (b0, b1) = (b[0], b[1])
    let (a0, c0, w0) = (b[2], b[3], b[4])
    let (a1, c1, w1) = (b[5], b[6], b[7])
    let (a2, c2, w2) = (b[8], b[9], b[10])
    for i in xs.indices {
      let x = xs[i]
      let u = (x - c0) / w0
      let v = (x - c1) / w1
      let w = (x - c2) / w2
      let low = b0 + b1 * x + a0 * Scalar.exp(-u * u)
      f[i] = low + a1 * Scalar.exp(-v * v) + a2 * Scalar.exp(-w * w) - ys[i]
    }
  }

  func jacobian(of rows: Range<Int>, _ b: Span<Scalar>, _ j: inout MutableSpan<Scalar>) {
    let xs = x.span.extracting(rows)
    for i in xs.indices {
      let x = xs[i]
      let row = 11 * i
      j[row] = 1
      j[row + 1] = x
      var k = 2
      while k < 11 {
        let u = (x - b[k + 1]) / b[k + 2]
        let e = Scalar.exp(-u * u)
        let g = 2 * b[k] * e * u / b[k + 2]
        j[row + k] = e
        j[row + k + 1] = g
        j[row + k + 2] = g * u
        k += 3
      }
    }
  }

  func residualsAndJacobian(
    of rows: Range<Int>, _ b: Span<Scalar>, _ f: inout MutableSpan<Scalar>,
    _ j: inout MutableSpan<Scalar>
  ) {
    let (xs, ys) = (x.span.extracting(rows), y.span.extracting(rows))
    for i in xs.indices {
      let x = xs[i]
      let row = 11 * i
      j[row] = 1
      j[row + 1] = x
      var value = b[0] + b[1] * x
      var k = 2
      while k < 11 {
        let u = (x - b[k + 1]) / b[k + 2]
        let e = Scalar.exp(-u * u)
        value += b[k] * e
        let g = 2 * b[k] * e * u / b[k + 2]
        j[row + k] = e
        j[row + k + 1] = g
        j[row + k + 2] = g * u
        k += 3
      }
      f[i] = value - ys[i]
    }
  }

  struct Curve: Model {
    @inline(__always)
    func value<Number: ModelNumber>(_ b: Span<Number>, at x: Span<Number>) -> Number {
      let u = (x[0] - b[3]) / b[4]
      let v = (x[0] - b[6]) / b[7]
      let w = (x[0] - b[9]) / b[10]
      let low = b[0] + b[1] * x[0] + b[2] * .exp(-u * u)
      return low + b[5] * .exp(-v * v) + b[8] * .exp(-w * w)
    }
  }

  func modelProblem() throws -> ModelProblem<Scalar>? {
    try ModelProblem(
      model: Curve(), predictors: x, predictorCount: 1, response: y, parameterCount: 11)
  }

  func rowModelProblem() throws -> RowwiseProblem<Scalar> {
    try RowwiseProblem(
      model: Curve(), predictors: x, predictorCount: 1, response: y, parameterCount: 11)
  }
}

/// Knuth's linear congruential generator in 64 bits: small, and the same in every language.
struct LinearCongruentialGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  /// The next number, in [0, 1).
  mutating func uniform() -> Double {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Double(state >> 11) * 0x1p-53
  }

  /// The sum of four uniform numbers, moved and scaled to mean 0 and variance 1.
  mutating func noise() -> Double {
    let a = uniform()
    let b = uniform()
    let c = uniform()
    let d = uniform()
    return (a + b + c + d - 2) * 1.7320508075688772
  }
}
