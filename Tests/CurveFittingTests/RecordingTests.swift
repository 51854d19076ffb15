import LSQScalars
import LeastSquares
import MultiPrecision
import Synchronization
import Testing

@testable import CurveFitting

/// Models in Swift as tapes, held against the models themselves.
@Suite struct RecordingTests {
  private func problem<Scalar: LSQScalar>(
    _ pair: ModelPair, over _: Scalar.Type
  ) throws -> ModelProblem<Scalar> {
    // More rows than a block holds: those of the pair, moved a little.
    var rows: [[Scalar]] = []
    for k in 0..<40 {
      let scale = 1 + Scalar(k) / 512
      for row in pair.rows { rows.append(row.map { Scalar(Int($0 * 1024)) / 1024 * scale }) }
    }
    return try ModelProblem(
      model: pair.model, predictors: rows.flatMap { $0 },
      predictorCount: pair.predictors.count, response: rows.indices.map { Scalar($0 % 7) },
      sigma: rows.indices.map { Scalar(1 + $0 % 3) }, parameterCount: pair.start.count)
  }

  private func start<Scalar: LSQScalar>(_ pair: ModelPair, as _: Scalar.Type) throws -> [Scalar] {
    try pair.start.map { try #require(Scalar($0.description)) }
  }

  @Test(arguments: ModelPair.all)
  func `Residuals have the bits of the model`(pair: ModelPair) throws {
    try checkBits(pair, over: MPFloat<100, 2>.self)
    try checkBits(pair, over: MPFloat256.self)
    try checkBits(pair, over: MPFloat<1000, 16>.self)
  }

  private func checkBits<Scalar: LSQScalar>(_ pair: ModelPair, over _: Scalar.Type) throws {
    try checkBits(
      problem(pair, over: Scalar.self), at: start(pair, as: Scalar.self), pair.name)
  }

  private func checkBits<Scalar: LSQScalar>(
    _ problem: ModelProblem<Scalar>, at b: [Scalar], _ name: String
  ) throws {
    var residuals = [Scalar](repeating: 7, count: problem.rowCount)
    var target = residuals.mutableSpan
    try problem.residuals(b.span, &target)
    #expect(try problem.tape(at: b.span) != nil)
    for i in 0..<problem.rowCount {
      let exact = try problem.residual(i, b.span)
      #expect(hasSameBits(residuals[i], exact), "\(name), row \(i): \(residuals[i]), \(exact)")
    }
  }

  private func hasSameBits<Scalar: LSQScalar>(_ a: Scalar, _ b: Scalar) -> Bool {
    a.isNaN && b.isNaN || a == b && a.sign == b.sign
  }

  @Test(arguments: ModelPair.all)
  func `Gradients are those of dual numbers to a few units in the last place`(
    pair: ModelPair
  ) throws {
    typealias Wide = MPFloat256
    let problem = try problem(pair, over: Wide.self)
    let b = try start(pair, as: Wide.self)
    let (m, n) = (problem.rowCount, problem.parameterCount)
    var residuals = [Wide](repeating: 7, count: m)
    var jacobian = [Wide](repeating: 7, count: m * n)
    var r = residuals.mutableSpan
    var J = jacobian.mutableSpan
    try problem.residualsAndJacobian(b.span, &r, &J)
    for i in 0..<m {
      var row = [Wide](repeating: 0, count: n)
      var slopes = row.mutableSpan
      #expect(hasSameBits(residuals[i], try problem.jacobianRow(i, b.span, row: &slopes)))
      for j in 0..<n {
        let (found, exact) = (jacobian[i * n + j], row[j])
        #expect(
          (found - exact).magnitude <= 256 * exact.magnitude * Wide.ulpOfOne,
          "\(pair.name), row \(i), parameter \(j): \(found), not \(exact)")
      }
    }
  }

  @Test(arguments: ModelPair.all)
  func `Second derivatives are those of second-order numbers`(pair: ModelPair) throws {
    try checkCurvature(pair, tolerance: Double(1e-9))
    try checkCurvature(pair, tolerance: MPFloat256("1e-65")!)
  }

  private func checkCurvature<Scalar: LSQScalar>(_ pair: ModelPair, tolerance: Scalar) throws {
    let b = try start(pair, as: Scalar.self)
    let recorded = try #require(
      try CurvatureSweep(of: problem(pair, over: Scalar.self), at: b))
    var watched = pair
    watched.model = Watched(model: pair.model)
    let problem = try problem(watched, over: Scalar.self)
    #expect(try problem.tape(at: b.span) == nil)
    let exact = try #require(try CurvatureSweep(of: problem, at: b))
    func check(_ a: [Scalar], _ b: [Scalar], _ what: String) {
      let scale = b.map(\.magnitude).max() ?? 0
      for (x, y) in zip(a, b) {
        #expect((x - y).magnitude <= tolerance * scale, "\(pair.name), \(what): \(x), not \(y)")
      }
    }
    check(recorded.residuals, exact.residuals, "residuals")
    for j in b.indices {
      func column(_ matrix: Matrix<Scalar>) -> [Scalar] {
        (0..<matrix.rowCount).map { matrix[$0, j] }
      }
      check(column(recorded.jacobian), column(exact.jacobian), "column \(j)")
      check(column(recorded.secondOrder), column(exact.secondOrder), "S, column \(j)")
    }
  }

  @Test(arguments: 1...40)
  func `Random programmes have the bits of the model`(seed: Int) throws {
    try checkProgramme(seed, over: MPFloat256.self)
    try checkProgramme(seed, over: MPFloat<120, 2>.self)
  }

  private func checkProgramme<Scalar: LSQScalar>(_ seed: Int, over _: Scalar.Type) throws {
    let problem = try ModelProblem<Scalar>(
      model: RandomProgramme(seed: seed), predictors: (0..<70).map { Scalar($0 - 35) / 16 },
      predictorCount: 2, response: (0..<35).map { Scalar($0) }, parameterCount: 3)
    try checkBits(problem, at: [3 / 4, -5 / 8, 7 / 2], "seed \(seed)")
  }
}

/// A model that looks at its numbers, and so cannot be recorded.
struct Watched: Model {
  let model: any Model

  func value<N: ModelNumber>(_ b: Span<N>, at x: Span<N>) throws -> N {
    _ = b[0].realPart
    return try model.value(b, at: x)
  }
}

/// A programme of all operations that models have, on a stack of eight numbers.
struct RandomProgramme: Model {
  let seed: Int

  func value<N: ModelNumber>(_ b: Span<N>, at x: Span<N>) -> N {
    var state = UInt64(seed) &* 0x9e37_79b9_7f4a_7c15 | 1
    func draw(_ count: Int) -> Int {
      state ^= state << 13
      state ^= state >> 7
      state ^= state << 17
      return Int(state >> 33) % count
    }
    var numbers: [N] = [b[0], b[1], b[2], x[0], x[1], 0.1, 3, -0.75]
    for _ in 0..<24 {
      let (target, other) = (draw(8), draw(8))
      numbers[target] = Self.apply(draw(37), numbers[draw(8)], numbers[other], draw(9) - 4)
    }
    return numbers.reduce(0, +)
  }

  private static func apply<N: ModelNumber>(_ operation: Int, _ x: N, _ y: N, _ n: Int) -> N {
    var z = x
    switch operation {
    case 0: return .exp(x)
    case 1: return .expMinusOne(x)
    case 2: return .log(x)
    case 3: return .log(onePlus: x)
    case 4: return .log2(x)
    case 5: return .log10(x)
    case 6: return .sqrt(x)
    case 7: return .root(x, n == 0 ? 3 : n)
    case 8: return .pow(x, n)
    case 9: return .pow(.absoluteValue(x), y)
    case 10: return .sin(x)
    case 11: return .cos(x)
    case 12: return .tan(x)
    case 13: return .asin(x)
    case 14: return .acos(x)
    case 15: return .atan(x)
    case 16: return .sinh(x)
    case 17: return .cosh(x)
    case 18: return .tanh(x)
    case 19: return .asinh(x)
    case 20: return .acosh(x)
    case 21: return .atanh(x)
    case 22: return .erf(x)
    case 23: return .atan2(y: x, x: y)
    case 24: return .absoluteValue(x)
    case 33: return .erfc(x)
    case 34: return .lesser(x, y)
    case 35: return .greater(x, y)
    case 25: z -= y
    case 26: z *= y
    case 27: z /= y
    case 28: z.negate()
    case 29: z = x + y
    case 30: z = x - y
    case 31: z = x * y
    case 32: z = x / y
    default:
      var pair = [x, y]
      var span = pair.mutableSpan
      N.multiply(&span, by: y)
      N.combine(&span, times: x, adding: [y, x].span, times: y)
      z = pair[0] - pair[1]
    }
    return z
  }
}
