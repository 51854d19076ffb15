import CurveFitting
import LSQScalars
import LeastSquares
import MultiPrecision
import TestProblems
import Testing

/// Starts from which MINPACK's first steps lead to a plateau.
@Suite struct RetryTests {
  /// The correct digits of the worst parameter.
  private func digits(_ fit: Fit<Float>, of file: StRDFile) throws -> Double {
    let worst = zip(fit.parameters, try file.certifiedValues(as: Float.self)).map {
      Double((($0 - $1) / $1).magnitude)
    }.max()
    return -.log10(max(worst ?? 0, 1e-8))
  }

  @Test(arguments: ["BoxBOD", "MGH10"])
  func `A start that led to a plateau is tried again by other means`(name: String) throws {
    let file = try NISTProblem.named(name)
    let problem = try file.problem(over: Float.self)
    let start = try file.start(1, as: Float.self)
    let fit = try problem.fit(from: start)
    #expect(fit.retries > 0 && fit.isConverged && !fit.isPlateau)
    #expect(fit.discardedEvaluations.residuals > 0)
    #expect(try digits(fit, of: file) > 4)
  }

  @Test func `Where no other means helps in Float, Double leads the way`() throws {
    let file = try NISTProblem.named("MGH17")
    let fit = try file.problem(over: Float.self).fit(from: file.start(1, as: Float.self))
    #expect(fit.remedy == .doublePrecision && fit.isConverged && !fit.isPlateau)
    #expect(try digits(fit, of: file) > 4.5)
    #expect(fit.discardedEvaluations.residuals > fit.solution.counts.residuals)
    // Types of 24 bits go the same way, but for the rounding of their functions.
    let narrow = try file.problem(over: MPFloat<24, 1>.self).fit(
      from: file.start(1, as: MPFloat<24, 1>.self))
    #expect(narrow.remedy == .doublePrecision && narrow.retries == fit.retries)
  }

  @Test func `A stop is obeyed while Double leads the way, and its point is not lost`() throws {
    let file = try NISTProblem.named("MGH17")
    let (problem, start) = try (file.problem(over: Float.self), file.start(1, as: Float.self))
    var attempts: [Int] = []
    let whole = try problem.fit(from: start) {
      attempts.append($0.attempt)
      return .proceed
    }
    // The last of all solves is that in Float, after the one in Double.
    let last = try #require(attempts.last)
    let stop = try #require(attempts.firstIndex(of: last))
    var seen = 0
    let fit = try problem.fit(from: start) { _ in
      seen += 1
      return seen == stop ? .stop : .proceed
    }
    #expect(seen == stop && fit.isInterrupted && !fit.isConverged)
    #expect(fit.residualNorm < 1.01 * whole.residualNorm, "\(fit.residualNorm)")
  }

  @Test(arguments: NISTProblem.names)
  func `All problems are solved in Float from both starts`(name: String) throws {
    let file = try NISTProblem.named(name)
    for start in [1, 2] {
      let fit = try file.problem(over: Float.self).fit(from: file.start(start, as: Float.self))
      #expect(try fit.isConverged && digits(fit, of: file) > 3, "start \(start)")
    }
  }

  @Test func `A start that leads to where nothing is left of the curve is led back to it`() throws {
    let model = try Formula(parsing: "c*exp(-b*x)").bound(
      parameters: ["b", "c"], predictors: ["x"])
    // From here the first step leads to b so large that nothing is left of the curve.
    let problem = try ModelProblem<Float>(
      model: model, predictors: [1, 2, 3, 4], predictorCount: 1, response: [2, 1, 0.5, 0.25],
      parameterCount: 2)
    let fit = try problem.fit(from: [0.01, 1e-8])
    #expect(fit.isConverged && fit.retries > 0, "\(fit.parameters)")
    #expect((fit.parameters[1] - 4).magnitude < 1e-4, "\(fit.parameters)")
  }

  @Test func `A limit of evaluations holds for all solves together`() throws {
    let file = try NISTProblem.named("MGH10")
    let fit = try file.problem(over: Float.self).fit(
      from: file.start(1, as: Float.self), options: FitOptions(maximumResidualEvaluations: 150))
    #expect(fit.evaluations.residuals <= 150)
    #expect(!fit.isConverged)
  }

  @Test func `The first radius is that of the options also where Double leads the way`() throws {
    let file = try NISTProblem.named("MGH17")
    var radii: [Float] = []
    let fit = try file.problem(over: Float.self).fit(
      from: file.start(1, as: Float.self), options: FitOptions(initialRadiusFactor: 50)
    ) {
      if $0.iteration == 0 { radii.append($0.trustRegionRadius) }
      return .proceed
    }
    let first = try #require(radii.first)
    #expect(fit.remedy == .doublePrecision && radii.count { abs($0 / first - 1) < 1e-3 } > 1)
  }

  @Test func `A fit that is stopped does not speak of plateaus`() throws {
    let file = try NISTProblem.named("BoxBOD")
    let fit = try file.problem(over: Float.self).fit(from: file.start(1, as: Float.self)) {
      $0.attempt == 1 ? .stop : .proceed
    }
    #expect(fit.isInterrupted && !fit.isPlateau)
  }

  @Test func `Parameters that the data leave open do not wander off`() throws {
    // a + c and b + c are 3 and 4; with a hundred times the start to go, rounding leads beyond 10⁴.
    let x = (0..<12).map { Float($0) * 3 / 10 }
    let model = try Formula(parsing: "a*sin(x)^2+b*cos(x)^2+c").bound(
      parameters: ["a", "b", "c"], predictors: ["x"])
    let scatter: [Float] = [3, -1, -2, 4, 0, -5, 1, 2, -3, 5, -4, 1]
    let y = zip(x, scatter).map { 3 + Float.pow(.cos($0), 2) + $1 / 1000 }
    func fit<Scalar: LSQScalar>(_: Scalar.Type, from start: [Scalar]) throws -> Fit<Scalar> {
      try ModelProblem(
        model: model, predictors: x.map { Scalar($0.description)! }, predictorCount: 1,
        response: y.map { Scalar($0.description)! }, parameterCount: 3
      ).fit(from: start)
    }
    let wide = try fit(Double.self, from: [1, 10, 10])
    for start in [[1, 10, 10], [-2, 1, 1], [1, 1, 1]] as [[Float]] {
      let found = try fit(Float.self, from: start)
      #expect(found.isConverged && found.undetermined == [0, 1, 2])
      #expect(found.parameters.allSatisfy { abs($0) < 200 }, "\(found.parameters)")
      let ratio = Double(found.sumOfSquares) / wide.sumOfSquares
      #expect(abs(ratio - 1) < 0.02)
    }
  }
}
