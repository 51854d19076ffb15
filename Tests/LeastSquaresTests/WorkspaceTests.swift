import LSQScalars
import Testing

@testable import LeastSquares

@Suite struct WorkspaceTests {
  @Test(arguments: ScalarCase.all)
  func `A workspace that has served other problems gives the same bits`(
    scalar: ScalarCase
  ) throws {
    func check<S: LSQScalar>(_: S.Type) throws {
      var workspace = Workspace<S>()
      let solver = LevenbergMarquardt<S>()
      // As many residuals as Bard's problem, fewer parameters.
      let bard = SampleProblem<S>.bard
      let narrow = SampleProblem<S>(
        name: "narrow", m: bard.m, start: [1, 1],
        residuals: { try bard.residuals($0 + [1]) },
        gradient: { try bard.gradient($0 + [1], $1).dropLast() })
      // Shapes and sources in an order that grows, shrinks and repeats.
      for _ in 0..<2 {
        for derivatives in Derivatives.allCases + Derivatives.allCases.reversed() {
          for problem in [narrow] + SampleProblem<S>.all + [bard, narrow] {
            let fresh = try problem.solve(derivatives)
            let reused = try solver.minimize(
              problem.posed(derivatives), from: problem.start, using: &workspace)
            expectSame(fresh, reused, "\(problem.name), \(derivatives)")
          }
        }
      }
    }
    try check(scalar.type)
  }

  @Test func `A solution does not change when its workspace is used again`() throws {
    var workspace = Workspace<Double>()
    let solver = LevenbergMarquardt<Double>()
    let decay = SampleProblem<Double>.decay
    let problem = try decay.posed()
    let first = try solver.minimize(problem, from: decay.start, using: &workspace)
    let copy = (first.parameters, first.residuals, first.factor, first.scaling)
    _ = try solver.minimize(problem, from: [1, 3], using: &workspace)
    #expect(first.parameters == copy.0 && first.residuals == copy.1)
    #expect(first.factor == copy.2 && first.scaling == copy.3)
    expectSame(first, try decay.solve(), "decay")
  }

  @Test func `A workspace survives an error`() throws {
    struct UserError: Error {}
    var workspace = Workspace<Double>()
    let solver = LevenbergMarquardt<Double>()
    let bard = SampleProblem<Double>.bard
    var calls = 0
    let failing = try LeastSquaresProblem<Double>(
      residualCount: bard.m, parameterCount: bard.n,
      residuals: { x, f in
        calls += 1
        if calls == 6 { throw UserError() }
        try bard.residualFunction(x, &f)
      })
    #expect(throws: UserError.self) {
      try solver.minimize(failing, from: bard.start, using: &workspace)
    }
    let after = try solver.minimize(bard.posed(), from: bard.start, using: &workspace)
    expectSame(after, try bard.solve(), "bard")
  }

  @Test func `Nothing of an earlier problem shows in a solve that is stopped at once`() throws {
    var workspace = Workspace<Double>()
    let solver = LevenbergMarquardt<Double>()
    let decay = SampleProblem<Double>.decay
    _ = try solver.minimize(decay.posed(), from: decay.start, using: &workspace)
    let stopping = SampleProblem<Double>(
      name: "stopping", m: decay.m, start: [1, 2],
      residuals: { _ in throw StopSolving(code: -4) }, gradient: decay.gradient)
    let stopped = try solver.minimize(stopping.posed(), from: [1, 2], using: &workspace)
    #expect(stopped.termination == .stopped(code: -4))
    #expect(stopped.parameters == [1, 2])
    #expect(stopped.residuals.allSatisfy { $0.isNaN })
    #expect(stopped.factor.elements.allSatisfy { $0 == 0 })
    #expect(stopped.rotatedResiduals == [0, 0])
    #expect(stopped.scaling == [0, 0])
  }

  @Test func `A solve begins without the damping of the one before`() throws {
    let valley = SampleProblem<Double>.rosenbrock
    let solver = LevenbergMarquardt<Double>(options: Options(initialRadiusFactor: 0.1))
    var workspace = Workspace<Double>()
    for iterations in [3, 0] {
      let stopped = try solver.minimize(valley.posed(), from: valley.start, using: &workspace) {
        $0.iteration == iterations ? .stop : .proceed
      }
      #expect((stopped.dampingParameter > 0) == (iterations > 0))
    }
  }

  @Test(arguments: ScalarCase.all)
  func `The factor of a Jacobian by rows has n rows, any other m`(scalar: ScalarCase) throws {
    func check<S: LSQScalar>(_: S.Type) throws {
      for problem in SampleProblem<S>.all {
        for derivatives in Derivatives.allCases {
          let solution = try problem.solve(derivatives)
          let rows = derivatives == .rowByRow ? problem.n : problem.m
          #expect(solution.factor.rowCount == rows, "\(problem.name)")
          #expect(solution.factor.columnCount == problem.n, "\(problem.name)")
          let memory = SolveMemory<S>(try problem.posed(derivatives).memoryShape)
          let held = memory.linearization.factor.count
          #expect(held == rows * problem.n)
        }
      }
    }
    try check(scalar.type)
  }

  private func expectSame<S: LSQScalar>(_ a: Solution<S>, _ b: Solution<S>, _ name: String) {
    #expect(a.parameters == b.parameters, "\(name)")
    #expect(a.residuals == b.residuals, "\(name)")
    #expect(a.termination == b.termination, "\(name)")
    #expect(a.counts == b.counts && a.iterations == b.iterations, "\(name)")
    #expect(a.factor == b.factor && a.permutation == b.permutation, "\(name)")
    #expect(a.rotatedResiduals == b.rotatedResiduals, "\(name)")
    #expect(a.scaling == b.scaling, "\(name)")
    #expect(a.dampingParameter == b.dampingParameter, "\(name)")
    #expect(a.trustRegionRadius == b.trustRegionRadius, "\(name)")
  }
}
