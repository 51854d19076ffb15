import LSQScalars
import Testing

@testable import LeastSquares

@Suite struct SharedEvaluationTests {
  /// Where each function was called, in order.
  final class Log<S: LSQScalar> {
    var residuals: [[S]] = []
    var both: [[S]] = []
  }

  private func posed<S: LSQScalar>(
    _ problem: SampleProblem<S>, _ log: Log<S>
  ) throws -> LeastSquaresProblem<S> {
    try LeastSquaresProblem(
      residualCount: problem.m, parameterCount: problem.n,
      jacobian: .withResiduals { x, f, j in
        log.both.append(array(x))
        try problem.residualFunction(x, &f)
        try problem.rows(x, &j)
      },
      residuals: { x, f in
        log.residuals.append(array(x))
        try problem.residualFunction(x, &f)
      })
  }

  @Test(arguments: ScalarCase.all)
  func `Shared evaluations change neither the path nor a count`(scalar: ScalarCase) throws {
    func check<S: LSQScalar>(_: S.Type) throws {
      for problem in SampleProblem<S>.all {
        for closingSteps in [false, true] {
          for factor in [1, 10, 100] as [S] {
            var records: [[IterationRecord<S>]] = [[], []]
            let options = Options<S>(initialRadiusFactor: factor, closingSteps: closingSteps)
            let separate = try problem.solve(.byRows, options) { record in
              records[0].append(record)
              return .proceed
            }
            let shared = try problem.solve(.withResiduals, options) { record in
              records[1].append(record)
              return .proceed
            }
            let place = "\(problem.name), factor \(factor), closing steps \(closingSteps)"
            #expect(shared.parameters == separate.parameters, "\(place)")
            #expect(shared.residuals == separate.residuals, "\(place)")
            #expect(shared.counts == separate.counts, "\(place)")
            #expect(shared.iterations == separate.iterations, "\(place)")
            #expect(shared.termination == separate.termination, "\(place)")
            #expect(shared.factor == separate.factor, "\(place)")
            #expect(shared.rotatedResiduals == separate.rotatedResiduals, "\(place)")
            #expect(
              records[0].map(\.parameters) == records[1].map(\.parameters)
                && records[0].map(\.trialResidualNorm) == records[1].map(\.trialResidualNorm)
                && records[0].map(\.counts) == records[1].map(\.counts), "\(place)")
          }
        }
      }
    }
    try check(scalar.type)
  }

  @Test func `Most Jacobians come with residuals that were needed anyway`() throws {
    for problem in SampleProblem<Double>.all {
      let log = Log<Double>()
      let solution = try LevenbergMarquardt().minimize(
        posed(problem, log), from: problem.start)
      let evaluations = log.residuals.count + log.both.count
      let separate = solution.counts.residuals + solution.counts.jacobians
      #expect(evaluations < separate, "\(problem.name)")
      // Every point is visited once, but for Jacobians that were not expected.
      #expect(
        evaluations <= solution.counts.residuals + solution.counts.jacobians / 2,
        "\(problem.name)")
    }
  }

  @Test func `A rejected point leaves no Jacobian behind`() throws {
    // A region so wide that steps overshoot.
    let problem = SampleProblem<Double>.decay
    for start in [[5, 1], [50, -3], [1, 8], [-4, 2]] as [[Double]] {
      let log = Log<Double>()
      let options = Options<Double>(initialRadiusFactor: 1000)
      let solution = try LevenbergMarquardt(options: options)
        .minimize(posed(problem, log), from: start)
      let separate = try problem.solve(.byRows, options, from: start)
      #expect(solution.parameters == separate.parameters)
      #expect(solution.factor == separate.factor)
      #expect(solution.counts == separate.counts)
    }
  }

  @Test func `An error at a trial point passes through, and the workspace survives`() throws {
    struct UserError: Error {}
    let problem = SampleProblem<Double>.bard
    var workspace = Workspace<Double>()
    for call in 1...4 {
      var calls = 0
      let failing = try LeastSquaresProblem<Double>(
        residualCount: problem.m, parameterCount: problem.n,
        jacobian: .withResiduals { x, f, j in
          calls += 1
          if calls == call { throw UserError() }
          try problem.residualFunction(x, &f)
          try problem.rows(x, &j)
        },
        residuals: problem.residualFunction)
      #expect(throws: UserError.self) {
        try LevenbergMarquardt().minimize(failing, from: problem.start, using: &workspace)
      }
      let after = try LevenbergMarquardt().minimize(
        problem.posed(.withResiduals), from: problem.start, using: &workspace)
      #expect(after.parameters == (try problem.solve()).parameters)
    }
  }
}
