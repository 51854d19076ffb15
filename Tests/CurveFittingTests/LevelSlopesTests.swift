import LSQScalars
import LeastSquares
import MultiPrecision
import Testing

@testable import CurveFitting

/// Slopes that are NaN by the rules of derivatives, and 0 because nothing changes.
@Suite struct LevelSlopesTests {
  /// A dose–response curve, whose logarithm is −∞ for the dose 0.
  private struct LogLogistic: Model {
    func value<N: ModelNumber>(_ b: Span<N>, at x: Span<N>) -> N {
      b[1] + (b[2] - b[1]) / (1 + .exp(b[0] * (.log(x[0]) - .log(b[3]))))
    }
  }

  /// The same curve without logarithms.
  private struct Power: Model {
    func value<N: ModelNumber>(_ b: Span<N>, at x: Span<N>) -> N {
      b[1] + (b[2] - b[1]) / (1 + .pow(x[0] / b[3], b[0]))
    }
  }

  /// 1/(1 + x/b), whose slope at b = 0 is 1/x.
  private struct Hyperbola: Model {
    func value<N: ModelNumber>(_ b: Span<N>, at x: Span<N>) -> N { 1 / (1 + x[0] / b[0]) }
  }

  private static let doses = ["0", "0", "0.94", "1.88", "3.75", "7.5", "15", "30"]
  private static let yields = ["7.58", "8.33", "8.0", "7.3", "3.5", "1.5", "0.5", "0.4"]

  private func problem<S: LSQScalar>(_ model: some Model, _: S.Type) throws -> ModelProblem<S> {
    try ModelProblem(
      model: model, predictors: Self.doses.compactMap { S($0) }, predictorCount: 1,
      response: Self.yields.compactMap { S($0) }, parameterCount: 4)
  }

  @Test(arguments: [[2, 0.5, 8, 3], [-2, 8, 0.5, 3]] as [[Double]])
  func `A dose of 0 on a logarithmic scale is fitted, whether the curve falls or rises`(
    start: [Double]
  ) throws {
    let fit = try problem(LogLogistic(), Double.self).fit(from: start)
    let same = try problem(Power(), Double.self).fit(from: start)
    #expect(fit.isConverged)
    for (a, b) in zip(fit.parameters, same.parameters) { #expect((a - b).magnitude <= 1e-12 * b.magnitude) }
    for (a, b) in zip(fit.standardErrors, same.standardErrors) {
      let (a, b) = (try #require(a), try #require(b))
      #expect((a - b).magnitude <= 1e-10 * b)
    }
  }

  @Test func `A climb passes such rows in every width`() throws {
    let table = try DataTable(
      "dose,y\n" + zip(Self.doses, Self.yields).map { "\($0),\($1)\n" }.joined())
    func fit(_ model: some Model) throws -> ConfirmedFit {
      let posed = DecimalFit(
        model: model, data: table, predictors: ["dose"], response: "y",
        start: ["2", "0.5", "8", "3"])
      return try #require(
        try posed.fit(digits: 40, ladder: { try PrecisionLadder.scalarType(bits: $0) }))
    }
    let (a, b) = (try fit(LogLogistic()), try fit(Power()))
    let tolerance = MPFloat256("1e-40")!
    for (x, y) in zip(a.parameters(as: MPFloat256.self), b.parameters(as: MPFloat256.self)) {
      #expect((x - y).magnitude <= tolerance * y.magnitude)
    }
  }

  @Test func `Exact second derivatives along level parameters are zero`() throws {
    let x: [Double] = [2, 0.5, 8, 3]
    let (a, b) = (
      try CurvatureSweep(of: problem(LogLogistic(), Double.self), at: x),
      try CurvatureSweep(of: problem(Power(), Double.self), at: x)
    )
    #expect(a.isFinite && b.isFinite)
    for (s, t) in zip(a.secondOrder.elements, b.secondOrder.elements) {
      #expect((s - t).magnitude <= 1e-11 * max(t.magnitude, 1))
    }
  }

  @Test func `A slope that is not zero stays NaN, and the start is refused`() throws {
    let problem = try ModelProblem<Double>(
      model: Hyperbola(), predictors: [1, 2, 4], predictorCount: 1, response: [0.4, 0.3, 0.2],
      parameterCount: 1)
    #expect(throws: LeastSquaresError.self) { try problem.fit(from: [0]) }
  }
}
