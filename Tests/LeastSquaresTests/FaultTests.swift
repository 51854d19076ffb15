import LSQScalars
import LeastSquares
import Testing

/// Functions that fail at one evaluation, or leave their domain.
@Suite struct FaultTests {
  enum Fault: CaseIterable, Sendable { case nan, infinity, error }

  private struct UserError: Error, Equatable { let call: Int }

  @Test(arguments: ScalarCase.all)
  func `One bad evaluation never spoils the result`(scalar: ScalarCase) throws {
    func check<S: LSQScalar>(_: S.Type) throws {
      for problem in [SampleProblem<S>.rosenbrock, .bard] {
        for derivatives in Derivatives.allCases {
          for fault in Fault.allCases {
            for k in 1...30 {
              try expectSound(problem, derivatives, fault, at: k, inJacobian: false)
              if ![.forward, .central].contains(derivatives) {
                try expectSound(problem, derivatives, fault, at: k, inJacobian: true)
              }
            }
          }
        }
      }
    }
    try check(scalar.type)
  }

  private func expectSound<S: LSQScalar>(
    _ problem: SampleProblem<S>, _ derivatives: Derivatives, _ fault: Fault, at k: Int,
    inJacobian: Bool
  ) throws {
    let name = "\(problem.name), \(derivatives), \(fault) at \(k), Jacobian \(inJacobian)"
    var calls = 0
    func spoil(_ values: [S], _ isTarget: Bool) throws -> [S] {
      guard isTarget else { return values }
      calls += 1
      guard calls == k else { return values }
      switch fault {
      case .nan: return values.dropLast() + [.nan]
      case .infinity: return [-.infinity] + values.dropFirst()
      case .error: throw UserError(call: k)
      }
    }
    let faulty = SampleProblem<S>(
      name: name, m: problem.m, start: problem.start,
      residuals: { try spoil(problem.residuals($0), !inJacobian) },
      gradient: { try spoil(problem.gradient($0, $1), inJacobian) })
    let solution: Solution<S>
    do {
      solution = try faulty.solve(derivatives)
    } catch let error as UserError {
      #expect(fault == .error && error == UserError(call: k), "\(name)")
      return
    } catch let error as LeastSquaresError {
      expectStartError(error, name)
      return
    }
    #expect(fault != .error || calls < k, "\(name): the error was swallowed")
    #expect(solution.parameters.allSatisfy { $0.isFinite }, "\(name)")
    #expect(solution.residualNorm.isFinite, "\(name)")
    #expect(try problem.residuals(solution.parameters) == solution.residuals, "\(name)")
    let startNorm = try problem.residuals(problem.start).plainNorm
    #expect(solution.residualNorm <= startNorm * (1 + 8 * S.ulpOfOne), "\(name)")
    if case .nonFiniteDerivative = solution.termination {
      #expect(solution.termination.minpackInfo == 5 && !solution.termination.isSolved)
      #expect(solution.factor.elements.allSatisfy { $0 == 0 }, "\(name)")
    }
  }

  /// Only at the start is a value that is not finite an error.
  private func expectStartError(_ error: LeastSquaresError, _ name: String) {
    switch error {
    case .nonFiniteResidual, .nonFiniteDerivative: break
    default: Issue.record("\(name): \(error)")
    }
  }

  @Test(arguments: ScalarCase.all)
  func `A trial step out of the domain is rejected, and the solve succeeds`(
    scalar: ScalarCase
  ) throws {
    func check<S: LSQScalar>(_: S.Type) throws {
      // Newton's first step from 20 on log x = −3 leads to −99.
      let logarithm = SampleProblem<S>(
        name: "log", m: 1, start: [20], residuals: { [.log($0[0]) + 3] },
        gradient: { x, _ in [1 / x[0]] })
      let root = SampleProblem<S>(
        name: "sqrt", m: 2, start: [9], residuals: { [.sqrt($0[0]) - 1 / 4, $0[0] - 1 / 16] },
        gradient: { x, i in i == 0 ? [1 / (2 * .sqrt(x[0]))] : [1] })
      for (problem, exact) in [(logarithm, S.exp(-3)), (root, S(1) / 16)] {
        for derivatives in [Derivatives.byRows, .byColumns, .rowByRow, .forward] {
          var rejected = 0
          let solution = try problem.solve(derivatives) {
            if !$0.trialResidualNorm.isFinite {
              rejected += 1
              #expect(!$0.isAccepted && $0.actualReduction == -1)
            }
            return .proceed
          }
          #expect(solution.termination.isSolved, "\(problem.name), \(derivatives)")
          let error = solution.parameters[0].relativeError(to: exact)
          #expect(error <= 16 * S.ulpOfOne.squareRoot(), "\(problem.name), \(derivatives)")
          #expect(rejected > 0 || problem.name == "sqrt", "\(problem.name), \(derivatives)")
        }
      }
    }
    try check(scalar.type)
  }

  @Test(arguments: [Derivatives.byRows, .byColumns, .withResiduals, .rowByRow])
  func `Where derivatives are of no use later no step leads, and every Jacobian counts`(
    derivatives: Derivatives
  ) throws {
    // Not finite, or so large that the norm of the column overflows.
    for outside in [Double.nan, .greatestFiniteMagnitude] {
      var calls = 0
      let problem = SampleProblem<Double>(
        name: "walled", m: 2, start: [0.5], residuals: { x in [x[0] - 2, x[0] * x[0] - 4] },
        gradient: { x, i in
          if i == 0 { calls += 1 }
          return [x[0] > 0.9 ? outside : i == 0 ? 1 : 2 * x[0]]
        })
      let solution = try problem.solve(derivatives)
      #expect(solution.parameters[0] > 0.8 && solution.parameters[0] <= 0.9, "\(outside)")
      #expect(derivatives == .withResiduals || solution.counts.jacobians == calls, "\(outside)")
    }
  }

  @Test func `After the way back from useless derivatives steps are measured where they begin`()
    throws
  {
    // A step of good promise leads from 1 to beyond 10¹⁰; the minimum is at 2.3.
    let treacherous = SampleProblem<Double>(
      name: "treacherous", m: 1, start: [1],
      residuals: { x in
        guard abs(x[0]) <= 50 else { return [x[0] > 5e9 ? 0.5 : .infinity] }
        return [(x[0] < 2.3 ? 1 : 2) * (x[0] - 2.3)]
      },
      gradient: { x, _ in [abs(x[0]) > 50 ? .nan : x[0] == 1 ? 1e-10 : x[0] < 2.3 ? 1 : 2] })
    let solution = try treacherous.solve(
      .byRows, Options(initialRadiusFactor: 1e12, scaling: .fixed([1])))
    #expect(solution.termination.isSolved && abs(solution.parameters[0] - 2.3) < 1e-7)
  }

  @Test(arguments: 1...12)
  func `The way back from useless derivatives keeps to a strict limit`(limit: Int) throws {
    // The first step leads far away, where no difference can be taken.
    var far: Double?
    let treacherous = SampleProblem<Double>(
      name: "treacherous", m: 1, start: [1],
      residuals: { x in
        if x[0] > 5e3, far == nil { far = x[0] }
        return [x[0] < 1.001 ? -1 + 1e-4 * (x[0] - 1) : x[0] <= far ?? 0 ? 0.5 : .infinity]
      }, gradient: { _, _ in [] })
    let options = Options<Double>(
      maximumResidualEvaluations: limit, initialRadiusFactor: 1e12,
      departures: .strictEvaluationLimit)
    #expect(try treacherous.solve(.forward, options).counts.residuals <= limit)
  }

  @Test func `A Jacobian by rows that is stopped does not count`() throws {
    let sample = SampleProblem<Double>.bard
    let stopping = SampleProblem<Double>(
      name: "stopping", m: sample.m, start: sample.start, residuals: sample.residuals,
      gradient: { x, i in
        if i == 4 { throw StopSolving() }
        return try sample.gradient(x, i)
      })
    #expect(try stopping.solve(.rowByRow).counts.jacobians == 0)
  }

  @Test(arguments: ScalarCase.all)
  func `A derivative that is never finite again ends the solve where it stands`(
    scalar: ScalarCase
  ) throws {
    func check<S: LSQScalar>(_: S.Type) throws {
      let sample = SampleProblem<S>.bard
      for derivatives in [Derivatives.byRows, .byColumns, .rowByRow] {
        var evaluations = 0
        let problem = SampleProblem<S>(
          name: "spoiled", m: sample.m, start: sample.start, residuals: sample.residuals,
          gradient: { x, i in
            evaluations += 1
            let row = try sample.gradient(x, i)
            return evaluations >= 2 * sample.m + 4 ? [row[0], .nan, row[2]] : row
          })
        let solution = try problem.solve(derivatives)
        #expect(solution.termination == .nonFiniteDerivative(residual: 3, parameter: 1))
        #expect(solution.termination.description.contains("residual 3 by parameter 1"))
        #expect(solution.iterations == 3)
        // Nothing is claimed of the parameters.
        #expect(solution.parameterCovariance == nil)
        #expect(solution.determinacy.undetermined == [0, 1, 2])
      }
    }
    try check(scalar.type)
  }
}
