import LSQScalars
import LeastSquares
import Synchronization
import Testing

@Suite struct MonitorTests {
  @Test(arguments: ScalarCase.all)
  func `The monitor sees every step, and its numbers hold together`(scalar: ScalarCase) throws {
    func check<S: LSQScalar>(_: S.Type) throws {
      for problem in SampleProblem<S>.all {
        for derivatives in Derivatives.allCases {
          let (records, solution) = try watch(problem, derivatives)
          let first = try #require(records.first)
          #expect(first.iteration == 0 && first.parameters == problem.start && first.isAccepted)
          let last = try #require(records.last)
          #expect(last.parameters == solution.parameters, "\(problem.name)")
          #expect(last.counts == solution.counts || solution.termination == .gradientTolerance)
          for record in records {
            let norm = try problem.residuals(record.parameters).plainNorm
            #expect(
              (record.residualNorm - norm).magnitude <= 32 * S.ulpOfOne * norm, "\(problem.name)")
          }
          for (earlier, later) in zip(records, records.dropFirst()) {
            expectOrder(earlier, later, "\(problem.name), \(derivatives)")
          }
        }
      }
    }
    try check(scalar.type)
  }

  private func expectOrder<S: LSQScalar>(
    _ earlier: IterationRecord<S>, _ later: IterationRecord<S>, _ name: String
  ) {
    #expect(later.counts.residuals > earlier.counts.residuals, "\(name)")
    #expect(later.counts.jacobians >= earlier.counts.jacobians, "\(name)")
    // The iteration grows exactly after accepted steps.
    #expect(later.iteration == earlier.iteration + (earlier.isAccepted ? 1 : 0), "\(name)")
    #expect(later.residualNorm <= earlier.residualNorm, "\(name)")
    if later.isAccepted {
      #expect(later.residualNorm == later.trialResidualNorm, "\(name)")
    } else {
      #expect(later.parameters == earlier.parameters, "\(name)")
      #expect(later.residualNorm == earlier.residualNorm, "\(name)")
    }
    if later.predictedReduction != 0 {
      #expect(later.gainRatio == later.actualReduction / later.predictedReduction, "\(name)")
    }
    #expect(later.isAccepted == (later.gainRatio >= 1 / 10000), "\(name)")
    #expect(later.trustRegionRadius > 0 && later.dampingParameter >= 0, "\(name)")
    #expect(later.stepLength > 0, "\(name)")
    let cosineBound = 1 + 64 * S.ulpOfOne
    #expect(later.gradientCosine >= 0 && later.gradientCosine <= cosineBound, "\(name)")
  }

  private func watch<S: LSQScalar>(
    _ problem: SampleProblem<S>, _ derivatives: Derivatives
  ) throws -> ([IterationRecord<S>], Solution<S>) {
    var records: [IterationRecord<S>] = []
    let solution = try problem.solve(derivatives) {
      records.append($0)
      return .proceed
    }
    return (records, solution)
  }

  @Test(arguments: ScalarCase.all)
  func `Watching changes nothing`(scalar: ScalarCase) throws {
    func check<S: LSQScalar>(_: S.Type) throws {
      for problem in SampleProblem<S>.all {
        let watched = try watch(problem, .byRows).1
        let plain = try problem.solve()
        #expect(watched.parameters == plain.parameters)
        #expect(watched.counts == plain.counts)
        #expect(watched.termination == plain.termination)
      }
    }
    try check(scalar.type)
  }

  @Test(arguments: ScalarCase.all)
  func `A monitor that stops gets the best point so far`(scalar: ScalarCase) throws {
    func check<S: LSQScalar>(_: S.Type) throws {
      let problem = SampleProblem<S>.rosenbrock
      let (records, _) = try watch(problem, .byRows)
      for k in 1..<records.count {
        var seen = 0
        let solution = try problem.solve { _ in
          seen += 1
          return seen == k ? .stop : .proceed
        }
        #expect(solution.termination == .stopped(code: -1))
        #expect(solution.termination.minpackInfo == -1)
        #expect(solution.parameters == records[k - 1].parameters)
        #expect(solution.residualNorm == records[k - 1].residualNorm)
        #expect(solution.counts == records[k - 1].counts)
        #expect(seen == k)
      }
    }
    try check(scalar.type)
  }
}

@Suite struct StoppingTests {
  @Test func `A code that is not negative does not claim a solution`() {
    #expect(StopSolving(code: 3).code == -1 && StopSolving(code: -7).code == -7)
  }

  @Test func `A solve that never had a Jacobian says nothing of the parameters`() throws {
    let fit = try leastsq(
      { (_: Span<Double>, f: inout MutableSpan<Double>) in
        f[0] = 1
        f[1] = 2
        throw StopSolving(code: -5)
      }, m: 2, x0: [1, 2])
    #expect(fit.ier == -5 && fit.cov_x == nil && fit.undetermined.isEmpty)
    #expect(fit.solution.standardErrors == [nil, nil])
    #expect(fit.infodict.fvec.allSatisfy { $0.isNaN })
  }

  @Test func `A solve that was stopped within a Jacobian says nothing of the parameters`() throws {
    let sample = SampleProblem<Double>.rosenbrock
    var calls = 0
    let fit = try leastsq(
      { x in try sample.residuals(x) + [1] }, x0: sample.start,
      Dfun: { x in
        calls += 1
        if calls == 3 { throw StopSolving() }
        return try sample.jacobian(at: x).rows + [[0, 0]]
      })
    #expect(fit.ier == -1 && fit.cov_x == nil && fit.undetermined.isEmpty)
    #expect(fit.solution.standardErrors == [nil, nil] && fit.solution.parameterCovariance == nil)
  }

  @Test(arguments: Derivatives.allCases)
  func `A callback can stop the solve with a code of its own`(derivatives: Derivatives) throws {
    let sample = SampleProblem<Double>.bard
    let startNorm = try sample.residuals(sample.start).plainNorm
    var stops = 0
    for k in 1...25 {
      var calls = 0
      let stopping = SampleProblem<Double>(
        name: "stopping", m: sample.m, start: sample.start,
        residuals: { x in
          calls += 1
          if calls == k { throw StopSolving(code: -k) }
          return try sample.residuals(x)
        }, gradient: sample.gradient)
      let solution = try stopping.solve(derivatives, Options(departures: .restoredParameters))
      guard calls == k else { continue }
      stops += 1
      #expect(solution.termination == .stopped(code: -k))
      #expect(solution.counts.residuals == k)
      try expectBest(solution, of: sample, startNorm: startNorm, isEvaluated: k > 1)
    }
    #expect(stops > 4)
  }

  @Test(arguments: [Derivatives.byRows, .byColumns, .rowByRow])
  func `A derivative can stop the solve with a code of its own`(
    derivatives: Derivatives
  ) throws {
    let sample = SampleProblem<Double>.bard
    let startNorm = try sample.residuals(sample.start).plainNorm
    for k in 1...60 {
      var calls = 0
      let stopping = SampleProblem<Double>(
        name: "stopping", m: sample.m, start: sample.start, residuals: sample.residuals,
        gradient: { x, i in
          calls += 1
          if calls == k { throw StopSolving(code: -k) }
          return try sample.gradient(x, i)
        })
      let solution = try stopping.solve(derivatives)
      #expect(calls == k && solution.termination == .stopped(code: -k))
      try expectBest(solution, of: sample, startNorm: startNorm, isEvaluated: true)
    }
  }

  /// A stopped solve returns a point with its own residuals, no worse than the start.
  private func expectBest(
    _ solution: Solution<Double>, of sample: SampleProblem<Double>, startNorm: Double,
    isEvaluated: Bool
  ) throws {
    guard isEvaluated else {
      #expect(solution.parameters == sample.start)
      #expect(solution.residualNorm.isNaN, "nothing is known of the residuals")
      #expect(solution.residuals.allSatisfy { $0.isNaN })
      return
    }
    #expect(try sample.residuals(solution.parameters) == solution.residuals)
    #expect(solution.residualNorm <= startNorm)
  }

  @Test func `A task that is cancelled gets the best point so far`() async throws {
    let cancelAt = 5
    let handle = Shared<Task<Solution<Double>, any Error>?>(nil)
    let task = Task {
      // Not before the handle is known, so that the solve can cancel its own task half-way.
      while handle.value.withLock({ $0 == nil }) { await Task.yield() }
      let sample = SampleProblem<Double>.rosenbrock
      var calls = 0
      let cancelling = SampleProblem<Double>(
        name: "cancelling", m: 2, start: sample.start,
        residuals: { x in
          calls += 1
          if calls == cancelAt { handle.value.withLock { $0?.cancel() } }
          return try sample.residuals(x)
        }, gradient: sample.gradient)
      return try cancelling.solve()
    }
    handle.value.withLock { $0 = task }
    let solution = try await task.value
    #expect(solution.termination == .cancelled)
    #expect(solution.termination.minpackInfo == -1)
    #expect(solution.counts.residuals == cancelAt)
    let sample = SampleProblem<Double>.rosenbrock
    #expect(try sample.residuals(solution.parameters) == solution.residuals)
    let startNorm = try sample.residuals(sample.start).plainNorm
    #expect(solution.residualNorm < startNorm)
  }

  @Test func `A task that is cancelled beforehand returns the start`() async throws {
    let task = Task {
      while !Task.isCancelled { await Task.yield() }
      return try SampleProblem<Double>.rosenbrock.solve()
    }
    task.cancel()
    let solution = try await task.value
    #expect(solution.termination == .cancelled)
    #expect(solution.parameters == SampleProblem<Double>.rosenbrock.start)
  }

  /// A lock that closures can share.
  private final class Shared<Value: Sendable>: Sendable {
    let value: Mutex<Value>
    init(_ value: Value) { self.value = Mutex(value) }
  }
}
