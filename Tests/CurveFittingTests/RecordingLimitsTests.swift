import LSQScalars
import LeastSquares
import MultiPrecision
import Synchronization
import Testing

@testable import CurveFitting

/// What can be recorded of a model, and what becomes of one that cannot.
@Suite struct RecordingLimitsTests {
  typealias Wide = MPFloat256

  private func problem(_ model: some Model) throws -> ModelProblem<Wide> {
    let x = (1...40).map { Wide($0) / 16 }
    return try ModelProblem(
      model: model, predictors: x, predictorCount: 1, response: x.map { $0 * $0 },
      parameterCount: 2)
  }

  private static let point: [Wide] = [3 / 4, 5 / 4]

  /// Whether a model is recorded; in any case it has to have the values and slopes of the model.
  private func isRecorded(_ model: some Model) throws -> Bool {
    let (b, problem) = (Self.point, try problem(model))
    let m = problem.rowCount
    var residuals = [Wide](repeating: 7, count: m)
    var jacobian = [Wide](repeating: 7, count: 2 * m)
    var r = residuals.mutableSpan
    try problem.residuals(b.span, &r)
    let alone = residuals
    r = residuals.mutableSpan
    var J = jacobian.mutableSpan
    try problem.residualsAndJacobian(b.span, &r, &J)
    #expect(alone == residuals)
    #expect(try residuals == (0..<m).map { try problem.residual($0, b.span) })
    for i in 0..<m {
      var row: [Wide] = [0, 0]
      var slopes = row.mutableSpan
      try problem.jacobianRow(i, b.span, row: &slopes)
      for j in 0..<2 {
        let (found, exact) = (jacobian[2 * i + j], row[j])
        #expect((found - exact).magnitude <= 64 * exact.magnitude * Wide.ulpOfOne)
      }
    }
    return try problem.tape(at: b.span) != nil
  }

  struct Questions: Model {
    enum Question: CaseIterable {
      case none, realPart, equality, magnitude, finiteness, reciprocal
    }
    let question: Question

    func value<N: ModelNumber>(_ b: Span<N>, at x: Span<N>) -> N {
      let z = b[0] * x[0]
      let isLarge =
        switch question {
        case .none: false
        case .realPart: x[0].realPart > 1
        case .equality: z == b[1]
        case .magnitude: "\(z.magnitude)" == "1.0"
        case .finiteness: !z.isFiniteThroughout
        case .reciprocal: z.reciprocal.map { _ in false } ?? false
        }
      return isLarge ? z - b[1] : z + b[1]
    }
  }

  @Test(arguments: Questions.Question.allCases)
  func `A model that looks at its numbers is evaluated as it is`(
    question: Questions.Question
  ) throws {
    #expect(try isRecorded(Questions(question: question)) == (question == .none))
  }

  /// E − b₀·sin E = b₁·x by Newton's method, until steps are short.
  struct Kepler: Model {
    func value<N: ModelNumber>(_ b: Span<N>, at x: Span<N>) -> N {
      let mean = b[1] * x[0]
      var angle = mean
      while true {
        let step = (angle - b[0] * .sin(angle) - mean) / (1 - b[0] * .cos(angle))
        angle -= step
        if step.realPart.magnitude < angle.realPart.magnitude.ulp * 1024 { break }
      }
      // The slopes of the last step are those of the root.
      return angle - (angle - b[0] * .sin(angle) - mean) / (1 - b[0] * .cos(angle))
    }
  }

  @Test func `A loop that waits for convergence ends`() throws {
    #expect(try !isRecorded(Kepler()))
  }

  struct Sum: Model {
    let count: Int

    func value<N: ModelNumber>(_ b: Span<N>, at x: Span<N>) -> N {
      var (sum, power) = (b[1], b[0])
      for k in 1...count {
        power *= x[0] / N(N.Scalar(k))
        sum += power
      }
      return sum
    }
  }

  @Test func `A model of too many steps is evaluated as it is`() throws {
    #expect(try isRecorded(Sum(count: 600)))
    #expect(try !isRecorded(Sum(count: 700)))
  }

  @Test func `A long tape of wide numbers goes by few rows at a time`() throws {
    typealias Widest = MPFloat<8192, 128>
    let x = (1...20).map { Widest($0) / 16 }
    let problem = try ModelProblem<Widest>(
      model: Sum(count: 600), predictors: x, predictorCount: 1, response: x, parameterCount: 2)
    let b: [Widest] = [3 / 4, 5 / 4]
    let tape = try #require(try problem.tape(at: b.span))
    let height = TapeRows<Widest>.blockHeight(of: tape.plan, rowCount: 20, withCurvature: false)
    #expect(height < 20)
    var residuals = [Widest](repeating: 7, count: 20)
    var target = residuals.mutableSpan
    try problem.residuals(b.span, &target)
    #expect(try residuals == (0..<20).map { try problem.residual($0, b.span) })
  }

  @Test func `Second derivatives cost little where functions cost most`() throws {
    func cost(_ formula: String) throws -> Double {
      let model = try Formula(parsing: formula).bound(
        parameters: ["a", "b", "c"], predictors: ["x"])
      return model.plan.secondOrderCost
    }
    let (peak, quotient) = (try cost("a*exp(-b*x)+c"), try cost("(a+b*x)/(1+c*x)"))
    #expect(1 < peak && peak < 1.5 && 1.5 < quotient && quotient < 4, "\(peak), \(quotient)")
  }

  struct Refusal: Error {}

  struct Refusing: Model {
    func value<N: ModelNumber>(_ b: Span<N>, at x: Span<N>) throws -> N {
      if !("\(N.self)".hasPrefix("MPFloat")) { throw Refusal() }
      return b[0] * x[0] + b[1]
    }
  }

  @Test func `A model that throws while it is recorded is evaluated as it is`() throws {
    let problem = try problem(Refusing())
    var residuals = [Wide](repeating: 7, count: problem.rowCount)
    var r = residuals.mutableSpan
    try problem.residuals(Self.point.span, &r)
    #expect(residuals[15] == 1)
    #expect(try problem.tape(at: Self.point.span) == nil)
    #expect(throws: Refusal.self) { _ = try CurvatureSweep(of: problem, at: Self.point) }
  }

  struct Folding: Model {
    func value<N: ModelNumber>(_ b: Span<N>, at x: Span<N>) -> N {
      let third: N = 1 / (N(2) + 1)
      let idle = N.exp(b[1])
      let known = third == third && third.realPart < 1 ? third * .sqrt(2) : idle
      return b[0] * known + x[0] * known + b[0] * known - (b[1] * 0 - b[1] * -0.0)
    }
  }

  @Test func `Constants are computed at once, steps are taken once, and none that leads nowhere`()
    throws
  {
    let tape = try #require(try problem(Folding()).tape(at: Self.point.span))
    // Two products with √2/3, two with zeros, two sums, two differences.
    #expect(tape.plan.steps.count == 8)
    #expect(tape.constants.contains(Wide(1) / 3 * .sqrt(2)))
    #expect(tape.constants.count { $0.isZero } == 2)
    #expect(try isRecorded(Folding()))
  }

  /// A polynomial whose coefficients and scratch space are prepared.
  struct Prepared: PreparedModel {
    let coefficients = ["0.1", "-2.5", "1e-3"]

    func value<N: ModelNumber>(_ b: Span<N>, at x: Span<N>) throws -> N {
      try evaluator(over: N.self)(b, x)
    }

    func evaluator<N: ModelNumber>(
      over type: N.Type
    ) throws -> (Span<N>, Span<N>) throws -> N {
      let factors = coefficients.map { N(N.Scalar($0)!) }
      var scratch = [N](repeating: 0, count: factors.count)
      return { b, x in
        for k in factors.indices { scratch[k] = factors[k] * .pow(x[0], k) }
        return scratch.reduce(b[1]) { $0 + b[0] * $1 }
      }
    }
  }

  /// A formula times a constant, inside a model.
  struct Wrapped: PreparedModel {
    let formula: FormulaModel

    func value<N: ModelNumber>(_ b: Span<N>, at x: Span<N>) throws -> N {
      try evaluator(over: N.self)(b, x)
    }

    func evaluator<N: ModelNumber>(
      over type: N.Type
    ) throws -> (Span<N>, Span<N>) throws -> N {
      let inner = try formula.evaluator(over: type)
      return { try inner($0, $1) * 0.3 }
    }
  }

  @Test func `A prepared model is recorded through its evaluator`() throws {
    #expect(try isRecorded(Prepared()))
    let formula = try Formula(parsing: "a^x+b*atan2(x,2)+cbrt(a)").bound(
      parameters: ["a", "b"], predictors: ["x"])
    #expect(try isRecorded(Wrapped(formula: formula)))
  }

  /// Keeps numbers of an earlier evaluation.
  final class Memory: PreparedModel {
    let kept = Mutex<[any Sendable]>([])

    func value<N: ModelNumber>(_ b: Span<N>, at x: Span<N>) throws -> N {
      try evaluator(over: N.self)(b, x)
    }

    func evaluator<N: ModelNumber>(
      over type: N.Type
    ) throws -> (Span<N>, Span<N>) throws -> N {
      { [self] b, x in
        let first = b[0]
        let before = self.kept.withLock { kept in
          defer { kept.append(first) }
          return kept.lazy.compactMap { $0 as? N }.first
        }
        return (before ?? b[0]) * x[0] + b[1]
      }
    }
  }

  @Test func `Numbers of another recording are not mistaken for those of this one`() throws {
    let model = Memory()
    let x: [Wide] = [2]
    let isFirst = ModelTape(recording: model, Self.point.span, x.span) != nil
    let isSecond = ModelTape(recording: model, Self.point.span, x.span) != nil
    #expect(isFirst && !isSecond)
  }

  struct Constant: Model {
    func value<N: ModelNumber>(_ b: Span<N>, at x: Span<N>) -> N { 2 }
  }

  struct Input: Model {
    func value<N: ModelNumber>(_ b: Span<N>, at x: Span<N>) -> N { b[1] }
  }

  @Test func `A model without a step is recorded`() throws {
    #expect(try isRecorded(Constant()))
    #expect(try isRecorded(Input()))
  }

  /// Knows whether it was recorded.
  final class Counted: Model {
    let recordings = Mutex(0)

    func value<N: ModelNumber>(_ b: Span<N>, at x: Span<N>) -> N {
      if "\(N.self)".hasPrefix("RecordedNumber") { recordings.withLock { $0 += 1 } }
      return b[0] * .exp(b[1] * x[0])
    }
  }

  @Test func `In Double a model is recorded once, when second derivatives are wanted`() throws {
    let model = Counted()
    let x = (1...8).map(Double.init)
    let problem = try ModelProblem(
      model: model, predictors: x, predictorCount: 1, response: x.map { 2 * .exp(0.3 * $0) },
      parameterCount: 2)
    var residuals = x
    var target = residuals.mutableSpan
    try problem.residuals([1, 0.2].span, &target)
    #expect(model.recordings.withLock { $0 } == 0)
    let fit = try problem.fit(from: [1, 0.2])
    for _ in 0..<2 { _ = try CurvatureSweep(of: problem, at: fit.parameters) }
    #expect(model.recordings.withLock { $0 } == 1)
  }

  @Test func `Rows in parallel have the bits of the model`() throws {
    let x = (1...100).map { Wide($0) / 16 }
    let rows = try RowwiseProblem<Wide>(
      model: Misra1a(), predictors: x, predictorCount: 1, response: x, parameterCount: 2,
      blockRowCount: 40)
    let problem = try ModelProblem<Wide>(
      model: Misra1a(), predictors: x, predictorCount: 1, response: x, parameterCount: 2)
    let solution = try LevenbergMarquardt<Wide>().minimize(
      rows, from: [80, 1 / 50], factorization: .whole)
    for i in x.indices {
      #expect(solution.residuals[i] == (try problem.residual(i, solution.parameters.span)))
    }
  }

  /// A saturation curve on decimals.
  struct Decimals: AnyPrecisionFit {
    let model: any Model
    let x = ["0.5", "1.1", "1.9", "3.2", "4.7", "6.1", "7.9"]
    let y = ["0.41", "0.73", "1.12", "1.48", "1.77", "1.88", "1.94"]

    func problem<Scalar: LSQScalar>(over type: Scalar.Type) throws -> ModelProblem<Scalar> {
      func read(_ text: [String]) throws -> [Scalar] { try text.map { try #require(Scalar($0)) } }
      return try ModelProblem(
        model: model, predictors: read(x), predictorCount: 1, response: read(y), parameterCount: 2)
    }

    func start<Scalar: LSQScalar>(over type: Scalar.Type) throws -> [Scalar] { [1, 1] }
  }

  @Test(arguments: [30, 200])
  func `A climb claims the same digits whether the model is recorded or not`(digits: Int) throws {
    func climb(_ model: some Model) throws -> ConfirmedFit {
      try Decimals(model: model).fit(
        digits: digits, ladder: PrecisionLadder.scalarType(bits:))
    }
    let recorded = try climb(Misra1a())
    let watched = try climb(Watched(model: Misra1a()))
    #expect(recorded.digitsConfirmed == digits && watched.digitsConfirmed == digits)
    typealias Wider = MPFloat<1024, 16>
    let tolerance = Wider.pow(10, -digits)
    for (a, b) in zip(recorded.parameters(as: Wider.self), watched.parameters(as: Wider.self)) {
      #expect((a - b).magnitude <= tolerance * b.magnitude, "\(a), not \(b)")
    }
  }
}
