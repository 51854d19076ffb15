import LSQScalars
import LeastSquares
import MultiPrecision
import Testing

@Suite struct ClosingStepTests {
  /// Problems with a residual that does not vanish, where MINPACK's tests end with half of the digits.
  private func problems<S: LSQScalar>(_: S.Type) -> [SampleProblem<S>] { [.bard, .decay] }

  /// The solution to more digits than any type under test has, as text for it.
  private func reference<S: LSQScalar>(_ name: String, _: S.Type) throws -> [S] {
    let problem = try #require(SampleProblem<MPFloat512>.all.first { $0.name == name })
    let solution = try problem.solve(.byRows, .tight)
    #expect(solution.closing?.isContracted == true, "\(name)")
    return solution.parameters.map { S(rounding: $0) }
  }

  private func error<S: LSQScalar>(_ parameters: [S], _ exact: [S]) -> S {
    zip(parameters, exact).reduce(0) { max($0, $1.0.relativeError(to: $1.1)) }
  }

  @Test(arguments: ScalarCase.all)
  func `Closing steps give nearly all the digits that the type has`(scalar: ScalarCase) throws {
    func check<S: LSQScalar>(_: S.Type) throws {
      for problem in problems(S.self) {
        let exact = try reference(problem.name, S.self)
        for derivatives in [Derivatives.byRows, .byColumns, .rowByRow] {
          let plain = try problem.solve(derivatives)
          let tight = try problem.solve(derivatives, .tight)
          let (before, after) = (error(plain.parameters, exact), error(tight.parameters, exact))
          #expect(after <= 1000 * S.ulpOfOne, "\(problem.name), \(derivatives): \(after)")
          #expect(after <= before + 4 * S.ulpOfOne, "\(problem.name), \(derivatives)")
          let closing = try #require(tight.closing)
          #expect(closing.isContracted && closing.steps > 0, "\(problem.name), \(derivatives)")
          #expect(closing.relativeStep <= 1000 * S.ulpOfOne, "\(problem.name), \(derivatives)")
          let termination = tight.termination
          #expect(termination.isSolved || termination.isAtPrecision, "\(termination)")
        }
      }
    }
    try check(scalar.type)
  }

  @Test(arguments: ScalarCase.all)
  func `Two thirds more digits than MINPACK's tolerances give`(scalar: ScalarCase) throws {
    func check<S: LSQScalar>(_: S.Type) throws {
      guard S.ulpOfOne < S.powerOfTwo(-30) else { return }  // Float has too few digits to compare.
      for problem in problems(S.self) {
        let exact = try reference(problem.name, S.self)
        // As far as the sum of squares can tell, from a start that is not near by luck.
        let options = Options<S>(tolerances: Tolerances(reduction: S.root(S.ulpOfOne, 3), step: 0))
        let plain = try problem.solve(.byRows, options)
        var closed = options
        closed.closingSteps = true
        let tight = try problem.solve(.byRows, closed)
        let (before, after) = (error(plain.parameters, exact), error(tight.parameters, exact))
        // after ≤ before^(5/3), but for the last digits.
        let cube = before * before * before * before * before
        #expect(after * after * after <= cube + S.powerOfTwo(24) * cubed(S.ulpOfOne))
        #expect(before > S.root(S.ulpOfOne, 2) / 1000, "a comparison with something")
      }
    }
    try check(scalar.type)
  }

  private func cubed<S: LSQScalar>(_ x: S) -> S { x * x * x }

  @Test(arguments: ScalarCase.all)
  func `Closing steps never make a solution worse`(scalar: ScalarCase) throws {
    func check<S: LSQScalar>(_: S.Type) throws {
      for problem in SampleProblem<S>.all {
        for derivatives in Derivatives.allCases {
          let options = Options<S>(tolerances: .machinePrecision)
          var closed = options
          closed.closingSteps = true
          let plain = try problem.solve(derivatives, options)
          let tight = try problem.solve(derivatives, closed)
          let slack = plain.residualNorm * S.ulpOfOne.squareRoot() + 256 * S.ulpOfOne
          #expect(
            tight.residualNorm <= plain.residualNorm + slack, "\(problem.name), \(derivatives)")
          #expect(try problem.residuals(tight.parameters) == tight.residuals)
          #expect(tight.counts.residuals >= plain.counts.residuals)
        }
      }
    }
    try check(scalar.type)
  }

  @Test(arguments: ScalarCase.all)
  func `Without full rank nothing breaks`(scalar: ScalarCase) throws {
    func check<S: LSQScalar>(_: S.Type) throws {
      let product = SampleProblem<S>.product
      let idle = SampleProblem<S>(
        name: "idle parameter", m: 3, start: [1, 5],
        residuals: { x in [x[0] - 1 / 2, x[0] - 1, x[0] - 2] }, gradient: { _, _ in [1, 0] })
      for problem in [product, idle] {
        for derivatives in Derivatives.allCases {
          let solution = try problem.solve(derivatives, .tight)
          #expect(solution.parameters.allSatisfy { $0.isFinite }, "\(problem.name)")
          let termination = solution.termination
          #expect(
            termination.isSolved || termination.isAtPrecision,
            "\(problem.name), \(derivatives): \(termination)")
        }
      }
      let solution = try idle.solve(.byRows, .tight)
      #expect(solution.parameters[1] == 5)
      #expect(solution.parameters[0].relativeError(to: S(7) / 6) <= 8 * S.ulpOfOne)
    }
    try check(scalar.type)
  }

  @Test(arguments: [Derivatives.byRows, .forward, .central])
  func `The limit of evaluations holds for the closing steps too`(derivatives: Derivatives) throws {
    let problem = SampleProblem<Double>.decay
    let all = try problem.solve(derivatives, .tight).counts.residuals
    for limit in 2...all {
      var options = Options<Double>.tight
      options.maximumResidualEvaluations = limit
      let solution = try problem.solve(derivatives, options)
      #expect(solution.counts.residuals <= limit, "limit \(limit)")
      #expect(try problem.residuals(solution.parameters) == solution.residuals)
      if limit < all { #expect(solution.termination == .evaluationLimit, "\(limit)") }
    }
  }

  @Test func `Closing steps that the limit ends keep what they gained`() throws {
    // Each step is nine tenths of the one before.
    let slow = SampleProblem<Double>(
      name: "slow", m: 2, start: [1], residuals: { x in [x[0], 1 + 0.45 * x[0] * x[0]] },
      gradient: { x, i in [i == 0 ? 1 : 0.9 * x[0]] })
    let plain = try slow.solve(.byRows, Options(tolerances: .machinePrecision))
    var options = Options<Double>.tight
    options.maximumResidualEvaluations = plain.counts.residuals + 40
    let tight = try slow.solve(.byRows, options)
    #expect(tight.termination == .evaluationLimit && tight.closing?.isContracted == false)
    #expect(abs(tight.parameters[0]) < abs(plain.parameters[0]) / 8)
  }

  @Test func `Steps that grow again before rounding makes them have not contracted`() throws {
    // They halve along the first parameter, and grow along the second.
    let mixed = SampleProblem<Double>(
      name: "mixed", m: 4, start: [1e-3, 1e-13],
      residuals: { x in [x[0], 1 + 0.25 * x[0] * x[0], x[1], 1 + 0.6 * x[1] * x[1]] },
      gradient: { x, i in [[1, 0], [0.5 * x[0], 0], [0, 1], [0, 1.2 * x[1]]][i] })
    #expect(try mixed.solve(.byRows, .tight).closing?.isContracted == false)
  }

  @Test func `A monitor can stop the closing steps`() throws {
    let problem = SampleProblem<Double>.decay
    var norms: [Double] = []
    let options = Options<Double>.tight
    let plain = try problem.solve(
      .byRows, Options(tolerances: options.tolerances)
    ).counts.residuals
    let whole = try problem.solve(.byRows, options) {
      norms.append($0.residualNorm)
      return .proceed
    }
    #expect(norms.count > plain, "closing steps are seen")
    for stopAt in 1..<norms.count {
      var seen = 0
      let solution = try problem.solve(.byRows, options) { _ in
        seen += 1
        return seen == stopAt ? .stop : .proceed
      }
      #expect(seen == stopAt && solution.termination == .stopped(code: -1))
      #expect(try problem.residuals(solution.parameters) == solution.residuals)
      #expect(solution.residualNorm >= whole.residualNorm * (1 - 1e-12))
    }
  }

  @Test func `A callback can stop the closing steps, or fail there`() throws {
    struct UserError: Error {}
    let problem = SampleProblem<Double>.decay
    let all = try problem.solve(.byRows, .tight).counts.residuals
    let plain = try problem.solve(.byRows, Options(tolerances: .machinePrecision))
    for k in (plain.counts.residuals + 1)...all {
      var calls = 0
      var outcome: Result<Double, any Error> = .failure(StopSolving(code: -9))
      let failing = SampleProblem<Double>(
        name: "failing", m: problem.m, start: problem.start,
        residuals: { x in
          calls += 1
          let values = try problem.residuals(x)
          return calls == k ? try values.map { _ in try outcome.get() } : values
        }, gradient: problem.gradient)
      let stopped = try failing.solve(.byRows, .tight)
      #expect(stopped.termination == .stopped(code: -9))
      #expect(stopped.parameters == plain.parameters)
      (calls, outcome) = (0, .failure(UserError()))
      #expect(throws: UserError.self) {
        try failing.solve(.byRows, .tight)
      }
      (calls, outcome) = (0, .success(.nan))
      let refused = try failing.solve(.byRows, .tight)
      #expect(refused.termination == plain.termination)
      #expect(refused.parameters == plain.parameters)
      #expect(refused.closing?.isContracted == false)
    }
  }

  /// Residuals whose minimum is next to 0, from where Gauss–Newton steps lead away: each is −1000 times the one before.
  private func repelling<S: LSQScalar>(
    derivativeOutside: @escaping () throws -> S = { 0 }
  ) -> SampleProblem<S> {
    SampleProblem(
      name: "repelling", m: 3, start: [1 / 100_000],
      residuals: { x in [x[0] + 1001 / 1000, -1000 * x[0] * x[0] + x[0] - 1, 1 / 10] },
      gradient: { x, i in
        [
          i == 0
            ? 1 : i == 1 ? 1 - 2000 * x[0] : x[0].magnitude > 3 / 100 ? try derivativeOutside() : 0
        ]
      })
  }

  @Test(arguments: ScalarCase.all)
  func `Closing steps that are refused leave no trace of where they led`(
    scalar: ScalarCase
  ) throws {
    func check<S: LSQScalar>(_: S.Type) throws {
      let outside: [() throws -> S] = [{ 0 }, { .nan }, { throw StopSolving(code: -6) }]
      for derivatives in [Derivatives.byRows, .byColumns, .withResiduals, .rowByRow] {
        let plain = try repelling().solve(derivatives, Options<S>(tolerances: .machinePrecision))
        #expect(plain.standardErrors[0] != nil)
        for (k, derivative) in outside.enumerated() {
          let tight = try repelling(derivativeOutside: derivative).solve(derivatives, .tight)
          let name = "\(derivatives), \(k)"
          #expect(tight.termination == (k < 2 ? plain.termination : .stopped(code: -6)), "\(name)")
          #expect(tight.closing?.isContracted == false && tight.closing?.steps ?? 0 > 0, "\(name)")
          #expect(tight.parameters == plain.parameters && tight.residuals == plain.residuals)
          #expect(tight.factor == plain.factor && tight.permutation == plain.permutation, "\(name)")
          #expect(tight.rotatedResiduals == plain.rotatedResiduals, "\(name)")
          #expect(tight.standardErrors == plain.standardErrors, "\(name)")
        }
      }
    }
    try check(scalar.type)
  }

  @Test func `A derivative can stop closing steps that are refused, as often as it is asked`()
    throws
  {
    // The residuals are large beside their curvature, so that steps do not contract.
    let m = 4
    func solve(stoppingAt stop: Int) throws -> (solution: Solution<Double>, calls: Int) {
      var calls = 0
      let problem = try LeastSquaresProblem<Double>(
        residualCount: m, parameterCount: 1,
        jacobian: .byRows { x, jacobian in
          calls += 1
          if calls >= stop { throw StopSolving(code: -7) }
          for i in 0..<m { jacobian[i] = i < 2 ? 1 : 2 * x[0] }
        },
        residuals: { x, f in
          for i in 0..<m { f[i] = i < 2 ? x[0] - 0.1 : x[0] * x[0] + 3 }
        })
      return (try LevenbergMarquardt(options: .tight).minimize(problem, from: [1]), calls)
    }
    let whole = try solve(stoppingAt: .max)
    #expect(whole.solution.closing?.isContracted == false && whole.solution.closing?.steps ?? 0 > 1)
    for k in 1...whole.calls {
      let (solution, calls) = try solve(stoppingAt: k)
      #expect(calls == k && solution.termination == .stopped(code: -7), "\(k) of \(whole.calls)")
    }
  }
}

@Suite struct AcrossPrecisionTests {
  @Test(arguments: ScalarCase.all + [ScalarCase(type: MPFloat256.self)])
  func `The answer agrees with that of a wide type to the digits it has`(
    scalar: ScalarCase
  ) throws {
    func check<S: LSQScalar>(_: S.Type) throws {
      let pairs = zip(SampleProblem<S>.all, SampleProblem<MPFloat512>.all)
      for (problem, wide) in pairs where problem.name != "product" {
        let exact = try wide.solve(.byRows, .tight)
        let solution = try problem.solve(.byRows, .tight)
        for (a, b) in zip(solution.parameters, exact.parameters) {
          let error = a.relativeError(to: S(rounding: b))
          #expect(error <= 1000 * S.ulpOfOne, "\(problem.name): \(a), not \(b)")
        }
        let norm = S(rounding: exact.residualNorm)
        #expect((solution.residualNorm - norm).magnitude <= 64 * S.ulpOfOne * (1 + norm))
      }
    }
    try check(scalar.type)
  }
}
