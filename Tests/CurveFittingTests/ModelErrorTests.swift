import LSQScalars
import LeastSquares
import MultiPrecision
import Testing

@testable import CurveFitting

/// b outside the domain of a model.
private struct OutsideDomain: Error {}

/// log(b·x), for positive b.
private struct Logarithm: Model {
  func value<N: ModelNumber>(_ b: Span<N>, at x: Span<N>) throws -> N {
    guard isPositive(b[0].realPart) else { throw OutsideDomain() }
    return .log(b[0] * x[0])
  }
}

/// √b·x, for positive b.
private struct Root: Model {
  func value<N: ModelNumber>(_ b: Span<N>, at x: Span<N>) throws -> N {
    guard isPositive(b[0].realPart) else { throw OutsideDomain() }
    return .sqrt(b[0]) * x[0]
  }
}

/// log(b·x), NaN for negative b.
private struct QuietLogarithm: Model {
  func value<N: ModelNumber>(_ b: Span<N>, at x: Span<N>) -> N { .log(b[0] * x[0]) }
}

private func isPositive<S: LSQScalar>(_ x: S) -> Bool { x > 0 }

/// Models that throw an error at a trial point.
@Suite struct ModelErrorTests {
  private func problem<S: LSQScalar>(_ model: some Model, _: S.Type) throws -> ModelProblem<S> {
    try ModelProblem(
      model: model, predictors: [1, 2, 4], predictorCount: 1, response: [-3, -2, -2],
      parameterCount: 1)
  }

  /// The geometric mean of exp(y)/x: exp(−7/3)/2.
  private func exactLogarithm<S: LSQScalar>(_: S.Type) -> S { .exp(-7 / S(3)) / 2 }

  @Test(arguments: FitDerivatives.allCases)
  func `A start from which a step leaves the domain is tried again`(
    derivatives: FitDerivatives
  ) throws {
    func check<S: LSQScalar>(_: S.Type) throws {
      // Gauss–Newton's first step from 20 leads to −150.
      let fit = try problem(Logarithm(), S.self).fit(
        from: [20], options: FitOptions(derivatives: derivatives))
      #expect(fit.isConverged && fit.retries > 0 && fit.remedy != nil, "\(S.self)")
      #expect(fit.discardedEvaluations.residuals > 1)
      let error = (fit.parameters[0] / exactLogarithm(S.self) - 1).magnitude
      #expect(error < S.ulpOfOne.squareRoot(), "\(S.self): \(fit.parameters)")
    }
    try check(Float.self)
    try check(Double.self)
    try check(MPFloat128.self)
  }

  @Test(arguments: [(1.0, 1e-3), (1, 1e-9), (100, 1e-3), (1e4, 1e-3), (1e6, 1e-2), (10, 1)])
  func `However far the start, the edge of the domain is no obstacle`(start: Double, end: Double)
    throws
  {
    func fit(_ model: some Model, _ response: [Double]) throws -> Fit<Double> {
      let problem = try ModelProblem<Double>(
        model: model, predictors: [1, 2], predictorCount: 1, response: response, parameterCount: 1)
      let fit = try problem.fit(from: [start])
      #expect(fit.isConverged && fit.retries > 0)
      return fit
    }
    let root = try fit(Root(), [end, 2 * end])
    let logarithm = try fit(Logarithm(), [.log(end), .log(2 * end)])
    #expect(abs(root.parameters[0] / (end * end) - 1) < 1e-12)
    #expect(abs(logarithm.parameters[0] / end - 1) < 1e-12)
    // Steps that double their length leave the domain again, however small the first one is.
    guard start == 1e4 else { return }
    #expect(root.remedy == .rejectedErrors && root.retries == 5)
    #expect(logarithm.remedy == .rejectedErrors && logarithm.retries == 5)
  }

  @Test func `A value that is not a number is a rejected step, with no retry`() throws {
    for start in [20.0, 1e6] {
      let fit = try problem(QuietLogarithm(), Double.self).fit(from: [start])
      #expect(fit.isConverged && fit.retries == 0 && fit.remedy == nil)
      #expect(abs(fit.parameters[0] / exactLogarithm(Double.self) - 1) < 1e-14)
    }
  }

  @Test func `An error at the start is thrown at once`() throws {
    #expect(throws: OutsideDomain.self) {
      try problem(Logarithm(), Double.self).fit(from: [-1])
    }
    for limit in 1...6 {
      #expect(throws: OutsideDomain.self, "\(limit)") {
        try problem(Logarithm(), MPFloat128.self).fit(
          from: [-1], options: FitOptions(maximumResidualEvaluations: limit))
      }
    }
  }

  /// Rosenbrock's valley, and the number of calls of its residuals.
  private final class Valley {
    var calls = 0
    /// Throws an error at some calls.
    let fail: (_ call: Int) throws -> Void

    init(_ fail: @escaping (_ call: Int) throws -> Void) { self.fail = fail }

    /// Solves, and returns what that cost, also where an error is thrown.
    func solve(
      byDifferences: Bool = true, _ options: Options<Double> = .tight
    ) -> (result: Result<AttemptedSolve<Double>, any Error>, tally: SolveTally) {
      var tally = SolveTally()
      let result = Result {
        try AttemptedSolve(
          problem(byDifferences: byDifferences), from: [-1.2, 1], options, monitor: nil,
          tally: &tally)
      }
      return (result, tally)
    }

    func problem(byDifferences: Bool = false) throws -> LeastSquaresProblem<Double> {
      try LeastSquaresProblem(
        residualCount: 2, parameterCount: 2,
        jacobian: byDifferences
          ? .centralDifferences()
          : .withResiduals { x, f, J in
            try self.residuals(x, &f)
            (J[0], J[1], J[2], J[3]) = (-20 * x[0], 10, -1, 0)
          }, residuals: residuals)
    }

    private func residuals(_ x: Span<Double>, _ f: inout MutableSpan<Double>) throws {
      calls += 1
      try fail(calls)
      f[0] = 10 * (x[1] - x[0] * x[0])
      f[1] = 1 - x[0]
    }
  }

  @Test(arguments: [false, true])
  func `One error at any evaluation after the first costs no digit`(byDifferences: Bool) throws {
    for k in 2...80 {
      let valley = Valley { if $0 == k { throw OutsideDomain() } }
      let (result, tally) = valley.solve(byDifferences: byDifferences)
      let solve = try result.get()
      #expect(solve.solution.parameters.allSatisfy { abs($0 - 1) < 1e-12 }, "call \(k)")
      #expect(tally.retries == (valley.calls >= k ? min(tally.retries, 1) : 0), "call \(k)")
      #expect(solve.solution.counts.residuals <= tally.counts.residuals)
      #expect(!byDifferences || tally.counts.residuals == valley.calls, "call \(k)")
    }
  }

  @Test func `An error beside a solution refuses closing steps, and loses nothing`() throws {
    var options = FitOptions<Double>().solverOptions
    options.closingSteps = false
    let plain = Valley { _ in }
    _ = plain.solve(byDifferences: false, options)
    options.closingSteps = true
    // The Jacobian at the solution, then the first step.
    let valley = Valley { if $0 > plain.calls + 1 { throw OutsideDomain() } }
    let (result, tally) = valley.solve(byDifferences: false, options)
    let solution = try result.get().solution
    #expect(solution.termination.isSolved && solution.closing?.isContracted == false)
    #expect(solution.parameters.allSatisfy { abs($0 - 1) < 1e-7 } && tally.retries == 0)
    #expect(valley.calls == plain.calls + 2)
    // Of the solver's own callers it ends the solve.
    let strict = Valley { if $0 > plain.calls { throw OutsideDomain() } }
    #expect(throws: OutsideDomain.self) {
      try LevenbergMarquardt(options: .tight).minimize(strict.problem(), from: [-1.2, 1])
    }
  }

  @Test func `An error that is always there is thrown, with all evaluations counted`() {
    let valley = Valley { if $0 > 5 { throw OutsideDomain() } }
    let (result, tally) = valley.solve()
    #expect(throws: OutsideDomain.self) { try result.get() }
    #expect(tally.counts.residuals == valley.calls && valley.calls < 100)
  }

  @Test func `Where the model throws all around, a small gradient makes no solution of the start`()
    throws
  {
    let residuals: ResidualFunction<Double> = { x, f in
      guard x[0] == 1 else { throw OutsideDomain() }
      (f[0], f[1]) = (1, 0.02)
    }
    let problem = try LeastSquaresProblem<Double>(
      residualCount: 2, parameterCount: 1,
      jacobian: .withResiduals { x, f, J in
        try residuals(x, &f)
        (J[0], J[1]) = (0, 0.02)
      }, residuals: residuals)
    var tally = SolveTally()
    #expect(throws: OutsideDomain.self) {
      try AttemptedSolve(problem, from: [1], .tight, monitor: nil, tally: &tally)
    }
  }

  @Test func `Cancellation, and the wish to stop, are obeyed at once`() throws {
    let cancelled = Valley { if $0 == 7 { throw CancellationError() } }
    #expect(throws: CancellationError.self) { try cancelled.solve().result.get() }
    #expect(cancelled.calls == 7)
    let stopped = Valley { if $0 == 7 { throw StopSolving(code: -3) } }
    let solve = try stopped.solve().result.get()
    #expect(solve.solution.termination == .stopped(code: -3) && stopped.calls == 7)
  }

  @Test func `A stop while another type leads the way ends at its point, not with an error before`()
    throws
  {
    // Every step leads out of the domain.
    let (start, ahead) = ([-1.2, 1], [1, 0.9])
    let residuals: ResidualFunction<Double> = { x, f in
      guard [start, ahead].contains(where: { $0[0] == x[0] && $0[1] == x[1] }) else {
        throw OutsideDomain()
      }
      (f[0], f[1]) = (10 * (x[1] - x[0] * x[0]), 1 - x[0])
    }
    let problem = try LeastSquaresProblem<Double>(
      residualCount: 2, parameterCount: 2,
      jacobian: .withResiduals { x, f, J in
        try residuals(x, &f)
        (J[0], J[1], J[2], J[3]) = (-20 * x[0], 10, -1, 0)
      }, residuals: residuals)
    var tally = SolveTally()
    let solve = try AttemptedSolve(
      problem, from: start, .tight, monitor: nil,
      inDouble: { tally in
        tally.stop()
        return ahead
      }, tally: &tally)
    #expect(solve.solution.parameters == ahead && tally.isInterrupted)
  }
}
