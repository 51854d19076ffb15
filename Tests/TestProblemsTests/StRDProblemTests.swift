import CurveFitting
import LSQScalars
import MultiPrecision
import TestProblems
import Testing

@Suite struct StRDProblemTests {
  @Test func `A problem is posed in any scalar, its response transformed`() throws {
    // Nelson has two predictors and a logarithmic response.
    let nelson = try NISTProblem.named("nelson")
    try check(nelson, over: Double.self)
    try check(nelson, over: MPFloat128.self)
  }

  private func check<Scalar: LSQScalar>(_ file: StRDFile, over type: Scalar.Type) throws {
    let problem = try file.problem(over: type)
    #expect(problem.rowCount == 128 && problem.predictorCount == 2)
    let fit = try problem.fit(from: file.start(2, as: type))
    for (value, certified) in zip(fit.parameters, try file.certifiedValues(as: type)) {
      #expect((value - certified).magnitude < certified.magnitude * Scalar("1e-10")!)
    }
  }
}
