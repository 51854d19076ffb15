import CurveFitting
import LSQScalars
import LeastSquares
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

  @Test(arguments: NISTProblem.names)
  func `In Float no run claims to have converged without digits`(name: String) throws {
    let file = try NISTProblem.named(name)
    for start in [1, 2] {
      let fit = try file.problem(over: Float.self).fit(from: file.start(start, as: Float.self))
      #expect(try !fit.isConverged || digits(fit, of: file) > 1.5, "start \(start)")
    }
  }

  @Test func `Where no means help the plateau is reported`() throws {
    // exp(−b·x) with data that want b → −∞ on one side of a wall that the start is beyond.
    struct Step: Model {
      func value<Number: ModelNumber>(_ b: Span<Number>, at x: Span<Number>) -> Number {
        b[0] * .exp(-b[1] * x[0] * x[0])
      }
    }
    let problem = try ModelProblem<Float>(
      model: Step(), predictors: [1, 2, 3, 4], predictorCount: 1, response: [-1, -1, 1, 1],
      parameterCount: 2)
    let fit = try problem.fit(from: [1, 2])
    #expect(fit.undetermined.isEmpty || !fit.isConverged || fit.retries > 0)
  }

  @Test func `A limit of evaluations holds for all solves together`() throws {
    let file = try NISTProblem.named("MGH10")
    let fit = try file.problem(over: Float.self).fit(
      from: file.start(1, as: Float.self), options: FitOptions(maximumResidualEvaluations: 150))
    #expect(fit.solution.counts.residuals + fit.discardedEvaluations.residuals <= 150)
    #expect(!fit.isConverged)
  }
}
