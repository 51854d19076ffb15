import CurveFitting
import LSQScalars
import MultiPrecision
import Testing

/// Ends beside which steps lead astray, or exact derivatives say nothing.
@Suite struct AstrayStepTests {
  private static func fit<Scalar: LSQScalar>(
    _ formula: String, _ parameters: [String], from start: [Double], to rows: [(Double, Double)],
    _ derivatives: FitDerivatives = .exact, over _: Scalar.Type
  ) throws -> Fit<Scalar> {
    func scalar(_ x: Double) -> Scalar { Scalar(x.description) ?? .nan }
    return try ModelProblem<Scalar>(
      model: Formula(parsing: formula).bound(parameters: parameters, predictors: ["x"]),
      predictors: rows.map { scalar($0.0) }, predictorCount: 1,
      response: rows.map { scalar($0.1) }, parameterCount: parameters.count
    ).fit(from: start.map(scalar), options: FitOptions(derivatives: derivatives))
  }

  @Test func `The rank where a closing step led does not make a plateau of redundant parameters`()
    throws
  {
    func check<Scalar: LSQScalar>(_ type: Scalar.Type) throws {
      let fit = try Self.fit(
        "a*exp(-(x+c)*b)", ["a", "b", "c"], from: [1, 1, 0.1], to: Self.decay, over: type)
      #expect(fit.isSolved && fit.undetermined == [0, 2], "\(type): \(fit)")
    }
    try check(Float.self)
    try check(Double.self)
    try check(MPFloat128.self)
  }

  private static let decay: [(Double, Double)] = [
    (0, 3.08609), (0.3636, 2.29958), (0.7273, 1.9537), (1.0909, 1.46212),
    (1.4545, 1.20875), (1.8182, 0.978034), (2.1818, 0.750886), (2.5455, 0.705933),
    (2.9091, 0.513063), (3.2727, 0.387731), (3.6364, 0.270707), (4, 0.303271),
  ]

  @Test func `An end beside a pole, where nothing is determined any more, is not solved`() throws {
    // The nearer the pole comes to the second row, the less is left in the others.
    func check<Scalar: LSQScalar>(_ type: Scalar.Type, from start: [Double]) throws {
      let fit = try Self.fit(
        "a*x/(b+x+x^2/c)", ["a", "b", "c"], from: start,
        to: [(0.288, 0), (2.739, 3), (5.228, 0)], over: type)
      #expect(!fit.isSolved, "\(type): \(fit)")
    }
    try check(Double.self, from: [-1, 0.5, 1])
    try check(MPFloat128.self, from: [1, -1, 2])
  }

  @Test(arguments: [FitDerivatives.forward, .central])
  func `Differences do not solve what has no minimum`(derivatives: FitDerivatives) throws {
    let fit = try Self.fit(
      "a/(1+b*x)", ["a", "b"], from: [2, 1], to: [(0, 1), (1, 0), (2, 0), (3, 0)], derivatives,
      over: Double.self)
    #expect(!fit.isSolved, "\(fit)")
  }

  @Test func `A kink that central differences take for a minimum is left`() throws {
    let fit = try Self.fit(
      "abs(a)*x+b", ["a", "b"], from: [0, 0], to: [(1, 1.1), (2, 1.8), (3, 3.3), (4, 6.1)],
      .central, over: Double.self)
    #expect(fit.isSolved && abs(fit.sumOfSquares - 1.115) < 1e-6, "\(fit)")
  }

  @Test func `Differences find a minimum where the effect of the parameter vanishes`() throws {
    // A Gauss–Newton step from beside a = 1 leads to where cosh overflows.
    func check<Scalar: LSQScalar>(_ type: Scalar.Type, _ derivatives: FitDerivatives) throws {
      let fit = try Self.fit(
        "cosh(a-1)+x", ["a"], from: [2], to: [(0, -1), (1, 0.5), (2, 1)], derivatives, over: type)
      let error = (fit.parameters[0] - 1).magnitude
      #expect(fit.isSolved && error <= fit.numericalErrors[0] ?? 0, "\(type): \(fit)")
    }
    try check(Float.self, .forward)
    try check(Float.self, .central)
    try check(Double.self, .central)
  }
}
