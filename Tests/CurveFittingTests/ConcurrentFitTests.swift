import LSQScalars
import LeastSquares
import MultiPrecision
import Testing

@testable import CurveFitting

/// Fits whose rows are shared out to threads.
@Suite struct ConcurrentFitTests {
  typealias Wide = MPFloat256

  /// Rows enough to share, of which the first four have x = 0.
  private func problem(_ formula: String, sigma: Bool) throws -> ModelProblem<Wide> {
    let model = try Formula(parsing: formula).bound(
      parameters: ["a", "b", "c"], predictors: ["x"])
    let x = (0..<700).map { Wide(max($0 - 3, 0)) / 64 }
    let y = x.enumerated().map { i, x in 2 * x * x.squareRoot() + Wide(i * i % 17) / 32 }
    return try ModelProblem<Wide>(
      model: model, predictors: x, predictorCount: 1, response: y,
      sigma: sigma ? x.map { 1 + $0 / 8 } : nil, parameterCount: 3)
  }

  @Test(arguments: [false, true])
  func `No bit depends on the number of threads`(_ sigma: Bool) throws {
    #expect(TapeRows<Wide>.isWorthSharing(700 * 3))
    let fits = try [1, 2, 5].map { count in
      try problem("a*x^b+c*exp(-x)", sigma: sigma).fit(
        from: [1, 1, 1], options: FitOptions(maximumConcurrency: count))
    }
    #expect(fits[0].isConverged)
    for fit in fits.dropFirst() {
      #expect(fit.parameters == fits[0].parameters)
      #expect(fit.standardErrors == fits[0].standardErrors)
      #expect(fit.solution.residuals == fits[0].solution.residuals)
      #expect(fit.solution.factor == fits[0].solution.factor)
      #expect(fit.solution.counts == fits[0].solution.counts)
    }
  }

  @Test func `Rows that are not regular are the same from a crew`() throws {
    // A slope of √0 is infinite, times 0.
    let problem = try problem("a*sqrt(b*x)+c", sigma: true)
    let b: [Wide] = [2, 3 / 2, 1 / 4]
    func linearized(by crew: Crew?) throws -> (r: [Wide], J: [Wide], irregular: [Int]) {
      var r = [Wide](repeating: 0, count: 700)
      var J = [Wide](repeating: 0, count: 2100)
      let rows = try #require(try problem.tapeRows(at: b.span))
      rows.crew = crew
      var residuals = r.mutableSpan
      var slopes = J.mutableSpan
      let irregular = try rows.linearize(0..<700, b.span, &residuals, &slopes)
      return (r, J, irregular)
    }
    let alone = try linearized(by: nil)
    let shared = try Crew.employed(3) { try linearized(by: $0) }
    #expect(alone.irregular == [0, 1, 2, 3])
    #expect(shared.irregular == alone.irregular)
    #expect(shared.r == alone.r)
    #expect(shared.J[12...] == alone.J[12...])
  }
}
