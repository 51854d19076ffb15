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
    for (a, b) in zip(fit.parameters, same.parameters) {
      #expect((a - b).magnitude <= 1e-12 * b.magnitude)
    }
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
      return try posed.fit(digits: 40, ladder: PrecisionLadder.scalarType(bits:))
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
      try #require(try CurvatureSweep(of: problem(LogLogistic(), Double.self), at: x)),
      try #require(try CurvatureSweep(of: problem(Power(), Double.self), at: x))
    )
    for (s, t) in zip(a.secondOrder.elements, b.secondOrder.elements) {
      #expect((s - t).magnitude <= 1e-11 * max(t.magnitude, 1))
    }
  }

  @Test func `A slope that is not zero stays NaN, and the fit begins beside it`() throws {
    let x: [Double] = [1, 2, 4]
    let problem = try ModelProblem<Double>(
      model: Hyperbola(), predictors: x, predictorCount: 1, response: x.map { 1 / (1 + $0 / 3) },
      parameterCount: 1)
    var slope = [0.0]
    var row = slope.mutableSpan
    try problem.jacobianRow(0, ([0] as [Double]).span, row: &row)
    #expect(slope[0].isNaN)
    let fit = try problem.fit(from: [0])
    #expect(fit.remedy == .besideStart && fit.isConverged)
    #expect((fit.parameters[0] - 3).magnitude < 1e-12)
  }
}

/// Starts where a derivative is NaN.
@Suite struct KinkTests {
  private func problem(
    _ formula: String, _ parameters: [String], response: [Double]
  ) throws -> ModelProblem<Double> {
    try ModelProblem(
      model: Formula(parsing: formula).bound(parameters: parameters, predictors: ["x"]),
      predictors: response.indices.map { Double($0 + 1) }, predictorCount: 1, response: response,
      parameterCount: parameters.count)
  }

  private static let valley = [4.1, 3.0, 2.1, 0.9, 0.2, 1.1, 1.9, 3.2]

  @Test func `A start on a kink is left for one beside it`() throws {
    let problem = try problem("a + c*abs(x - b)", ["a", "b", "c"], response: Self.valley)
    let fit = try problem.fit(from: [0, 5, 1])
    let beside = try problem.fit(from: [0, 5.5, 1])
    #expect(fit.remedy == .besideStart && fit.retries == 1 && fit.isConverged)
    #expect(beside.remedy == nil)
    for (a, b) in zip(fit.parameters, beside.parameters) { #expect((a - b).magnitude < 1e-12) }
    // `leastsq` keeps to the start that it was given.
    #expect(throws: LeastSquaresError.self) {
      try LevenbergMarquardt<Double>().minimize(
        LeastSquaresProblem(
          residualCount: 8, parameterCount: 3,
          jacobian: .withResiduals(problem.residualsAndJacobian), residuals: problem.residuals),
        from: [0, 5, 1])
    }
  }

  @Test func `Several parameters may be on kinks`() throws {
    let response = (1...8).map { abs(Double($0) - 2.3) + 2 * abs(Double($0) - 6.2) }
    let fit = try problem(
      "a*abs(x - b) + c*abs(x - d)", ["a", "b", "c", "d"], response: response
    ).fit(from: [1, 2, 2, 6])
    #expect(fit.remedy == .besideStart && fit.retries == 1)
    for (x, y) in zip(fit.parameters, [1, 2.3, 2, 6.2]) { #expect((x - y).magnitude < 1e-9) }
  }

  @Test func `A kink at the edge of the domain is left towards the inside`() throws {
    let response = (1...6).map { 2 * Double($0) + 2 * 2.0.squareRoot() }
    let fit = try problem("a*x + abs(b - 5)*sqrt(5 - b)", ["a", "b"], response: response)
      .fit(from: [1, 5])
    #expect(fit.remedy == .besideStart && fit.isConverged)
    for (x, y) in zip(fit.parameters, [2.0, 3]) { #expect((x - y).magnitude < 1e-10) }
  }

  @Test func `At the edge of the domain, where a derivative is infinite, the start is refused`()
    throws
  {
    let problem = try problem("a + x*sqrt(5 - b)", ["a", "b"], response: Self.valley)
    #expect {
      try problem.fit(from: [1, 5])
    } throws: {
      guard case .nonFiniteDerivative(0, 1, let value)? = $0 as? LeastSquaresError else {
        return false
      }
      return value == "-inf"
    }
  }

  @Test func `Where no neighbour is better the error is that of the start`() throws {
    // A kink in every row, wherever b is.
    let problem = try problem("a + b*x + abs(b - b)", ["a", "b"], response: Self.valley)
    #expect {
      try problem.fit(from: [1, 2])
    } throws: {
      guard case .nonFiniteDerivative(_, let j, _)? = $0 as? LeastSquaresError else { return false }
      return j == 1
    }
  }
}
