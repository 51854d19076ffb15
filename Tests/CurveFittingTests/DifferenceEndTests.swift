import CurveFitting
import LSQScalars
import Testing

/// Ends by differences beside which steps lead astray, or exact derivatives say nothing.
@Suite struct DifferenceEndTests {
  @Test(arguments: [FitDerivatives.forward, .central])
  func `Differences do not solve what has no minimum`(derivatives: FitDerivatives) throws {
    let fit = try formulaFit(
      "a/(1+b*x)", ["a", "b"], from: [2, 1], to: [(0, 1), (1, 0), (2, 0), (3, 0)], derivatives,
      over: Double.self)
    #expect(!fit.isSolved, "\(fit)")
  }

  @Test(arguments: [[0, 1], [-3, 1]])
  func `Central differences do not solve what steps for ever`(start: [Double]) throws {
    let separated = (1...7).map { (Double($0), $0 > 3 ? 1.0 : 0) }
    let fit = try formulaFit(
      "1/(1+exp(-a-b*x))", ["a", "b"], from: start, to: separated, .central, over: Double.self)
    #expect(!fit.isSolved, "\(fit)")
  }

  @Test func `A kink that central differences take for a minimum is left`() throws {
    let fit = try formulaFit(
      "abs(a)*x+b", ["a", "b"], from: [0, 0], to: [(1, 1.1), (2, 1.8), (3, 3.3), (4, 6.1)],
      .central, over: Double.self)
    #expect(fit.isSolved && abs(fit.sumOfSquares - 1.115) < 1e-6, "\(fit)")
  }

  @Test func `Differences find a minimum where the effect of the parameter vanishes`() throws {
    // A Gauss–Newton step from beside a = 1 leads to where cosh overflows.
    func check<Scalar: LSQScalar>(_ type: Scalar.Type, _ derivatives: FitDerivatives) throws {
      let fit = try formulaFit(
        "cosh(a-1)+x", ["a"], from: [2], to: [(0, -1), (1, 0.5), (2, 1)], derivatives, over: type)
      let error = (fit.parameters[0] - 1).magnitude
      #expect(fit.isSolved && error <= fit.numericalErrors[0] ?? 0, "\(type): \(fit)")
    }
    try check(Float.self, .forward)
    try check(Float.self, .central)
    try check(Double.self, .central)
  }

  @Test func `Differences that lose one of two parameters solve nothing`() throws {
    // Beside a the step of b is lost.
    let fit = try formulaFit(
      "a+b*x", ["a", "b"], from: [1e20, 1],
      to: [(1, 1e20 + 16384), (2, 1e20 + 49152), (3, 1e20 + 65536), (4, 1e20 + 114_688)], .forward,
      over: Double.self)
    #expect(fit.areDifferencesLost && !fit.isConverged, "\(fit)")
    #expect(fit.numericalErrors.allSatisfy { $0 == nil })
    #expect(StopReason(fit).name == "differencesLost")
  }
}
