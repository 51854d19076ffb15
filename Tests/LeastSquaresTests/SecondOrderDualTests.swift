import LSQScalars
import LeastSquares
import MultiPrecision
import Testing

/// Second derivatives held against nested dual numbers, high-precision differences and closed forms.
@Suite struct SecondOrderDualTests {
  typealias Wide = MPFloat512
  typealias Number = SecondOrderDual<Wide, 3, 6>
  typealias Nested = Dual<Dual<Wide, 3>, 3>

  /// Formulas of three parameters over any model number.
  enum Formula: String, CaseIterable, Sendable {
    case rational, reciprocal, exponential, logarithm, shifted, powers, roots, trigonometric
    case inverse, hyperbolic, inverseHyperbolic, special

    func value<Number: ModelNumber>(_ b: [Number]) -> Number {
      let (p, q, r) = (b[0], b[1], b[2])
      switch self {
      case .rational:
        let quotient = p * q / (r + p)
        return quotient - q / r * 3
      case .reciprocal: return 1 / (p * r)
      case .exponential: return .exp(p * q) * .exp(-r)
      case .logarithm: return .log(r * q) * p
      case .shifted: return .expMinusOne(p) * .log(onePlus: q * r)
      case .powers:
        let real: Number = .pow(p, q) + .pow(p * q, 2.5)
        let whole: Number = .pow(r, 5) - .pow(p, -2)
        return real + whole + .pow(3, r * p)
      case .roots: return .root(p, 3) * .sqrt(q * r)
      case .trigonometric:
        let product: Number = .sin(p * q) * .cos(r / q)
        return product + .tan(p)
      case .inverse:
        let product: Number = .asin(p * p) * .acos(q / 4)
        return product + .atan(r * q)
      case .hyperbolic:
        let product: Number = .sinh(p * q) * .cosh(r)
        return product + .tanh(q * r)
      case .inverseHyperbolic:
        let product: Number = .acosh(r * 2) * .atanh(p / 2)
        return product + .asinh(p * q)
      case .special:
        let product: Number = .log10(r * q) * .erf(p)
        let angle: Number = .atan2(y: q, x: r * p)
        let extremes: Number = .lesser(p * q, r) - .greater(p * p, q / r) * .erfc(q)
        return product - angle + .log2(p * q) + .absoluteValue(-p * r) + extremes
      }
    }
  }

  static let point: [Wide] = [0.375, 1.25, 0.8125]

  @Test(arguments: Formula.allCases)
  func `Second derivatives are those of nested dual numbers`(formula: Formula) {
    let found = formula.value((0..<3).map { Number.variable(Self.point[$0], index: $0) })
    let exact = formula.value(
      (0..<3).map { Nested.variable(.variable(Self.point[$0], index: $0), index: $0) })
    #expect(isNear(found.value, exact.value.value, "1e-148"))
    for i in 0..<3 {
      #expect(isNear(found.slopes[i], exact.partials[i].value, "1e-145"), "slope \(i)")
      for j in 0...i {
        let curvature = found.curvatures[Number.index(i, j)]
        #expect(isNear(curvature, exact.partials[i].partials[j], "1e-145"), "\(i), \(j)")
      }
    }
  }

  @Test(arguments: Formula.allCases)
  func `Second derivatives are what differences of 512 bits tend to`(formula: Formula) {
    let found = formula.value((0..<3).map { Number.variable(Self.point[$0], index: $0) })
    let h = Wide(sign: .plus, exponent: -100, significand: 1)
    for i in 0..<3 {
      for j in 0...i {
        func value(_ s: Wide, _ t: Wide) -> Wide {
          var x = Self.point
          x[i] += s * h
          x[j] += t * h
          return formula.value(x)
        }
        let difference =
          ((value(1, 1) - value(1, -1)) - (value(-1, 1) - value(-1, -1))) / (4 * h * h)
        #expect(isNear(found.curvatures[Number.index(i, j)], difference, "1e-54"), "\(i), \(j)")
      }
    }
  }

  @Test func `What is linear carries no second derivatives, and a square its own`() {
    let x = (0..<3).map { Number.variable(Self.point[$0], index: $0) }
    let line = 2 * x[0] - x[1] / 4 + x[2] * 0
    #expect(line.curved == 0 && line.active == 0b011)
    let square = line * line
    #expect(square.curvatures[Number.index(0, 0)] == 8)
    #expect(square.curvatures[Number.index(1, 0)] == -1)
    #expect(square.curvatures[Number.index(1, 1)] == 0.125)
    #expect(square.curvatures[Number.index(2, 0)] == 0)
  }

  /// A function at a point of two numbers, of either kind.
  private struct Extreme {
    let name: String
    let first: (Dual<Double, 2>, Dual<Double, 2>) -> Dual<Double, 2>
    let second:
      (SecondOrderDual<Double, 2, 3>, SecondOrderDual<Double, 2, 3>) -> SecondOrderDual<
        Double, 2, 3
      >
    let points: [(Double, Double)]
    /// The true slopes at the first point.
    let slopes: (Double, Double)
  }

  @Test func `Slopes are those of dual numbers also where squares and powers are out of range`() {
    let large = [(1e200, 1e200), (-1e200, 1e190), (-0.0, 1e-300), (1e-200, -1e-201)]
    let extremes = [
      Extreme(
        name: "asinh", first: { x, _ in .asinh(x) }, second: { x, _ in .asinh(x) },
        points: [(1e200, 0), (-1e200, 0), (3, 0)], slopes: (1e-200, 0)),
      Extreme(
        name: "atan", first: { x, _ in .atan(x) }, second: { x, _ in .atan(x) },
        points: [(1e158, 0), (-1e158, 0), (2, 0)], slopes: (1e-158 * 1e-158, 0)),
      Extreme(
        name: "atan2", first: { .atan2(y: $0, x: $1) }, second: { .atan2(y: $0, x: $1) },
        points: large, slopes: (5e-201, -5e-201)),
      Extreme(
        name: "log10", first: { x, _ in .log10(x) }, second: { x, _ in .log10(x) },
        points: [(1e308, 0), (1e-308 / 2, 0), (7, 0)], slopes: (1 / Double.log(10) * 1e-308, 0)),
      Extreme(
        name: "power", first: { x, _ in .pow(x, 2.0) }, second: { x, _ in .pow(x, 2.0) },
        points: [(0, 0), (1e-200, 0), (3, 0)], slopes: (0, 0)),
      Extreme(
        name: "root", first: { x, _ in .root(x, 3) }, second: { x, _ in .root(x, 3) },
        points: [(0, 0), (8, 0)], slopes: (.infinity, 0)),
      Extreme(
        name: "least root", first: { x, _ in .root(x, .min) }, second: { x, _ in .root(x, .min) },
        points: [(1, 0)], slopes: (1 / Double(Int.min), 0)),
      Extreme(
        name: "least power", first: { x, _ in .pow(x, .min) }, second: { x, _ in .pow(x, .min) },
        points: [(1, 0)], slopes: (Double(Int.min), 0)),
      Extreme(
        name: "real power", first: { .pow($0, $1) }, second: { .pow($0, $1) },
        points: [(1e-300, 1.178), (2, 3)], slopes: (1.178e-300 / 1e-300 * .pow(1e-300, 0.178), 0)),
    ]
    func isNear(_ a: Double, _ b: Double) -> Bool {
      a == b || (a - b).magnitude <= 1e-13 * b.magnitude + 8 * .leastNonzeroMagnitude
    }
    for extreme in extremes {
      for (k, (x, y)) in extreme.points.enumerated() {
        let dual = extreme.first(.variable(x, index: 0), .variable(y, index: 1))
        let second = extreme.second(.variable(x, index: 0), .variable(y, index: 1))
        for j in 0..<2 {
          let slope = dual.partials[j]
          #expect(isNear(second.slopes[j], slope), "\(extreme.name), \(x), \(y)")
          let exact = j == 0 ? extreme.slopes.0 : extreme.slopes.1
          if k == 0 { #expect(isNear(slope, exact), "\(extreme.name): \(slope)") }
        }
      }
    }
  }

  @Test func `Where a constant factor is zero there is nothing to differentiate`() {
    typealias Narrow = SecondOrderDual<Double, 1, 1>
    let b = Narrow.variable(2, index: 0)
    #expect(Narrow.sqrt(b * 0).active == 0)
    #expect(Narrow.pow(0, b) == 0)
    #expect((0 / b).active == 0)
    #expect(Narrow.pow(b, 0).active == 0)
    #expect(Narrow.pow(.variable(0, index: 0), 2).curvatures[0] == 2)
    #expect(Narrow.pow(.variable(0, index: 0), 1).slopes[0] == 1)
    #expect(!Narrow.sqrt(.variable(0, index: 0)).curvatures[0].isFinite)
  }

  private func isNear(_ a: Wide, _ b: Wide, _ tolerance: String) -> Bool {
    (a - b).magnitude <= Wide(tolerance)! * max(b.magnitude, 1)
  }
}
