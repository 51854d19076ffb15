import CurveFitting
import LSQScalars
import LeastSquares
import MultiPrecision
import Synchronization
import Testing

/// Fits of several solves that a stop or a limit cuts short.
@Suite struct CutShortTests {
  /// A fit, by the number of records after which to stop and the limit of the evaluations, with what the monitor saw.
  private struct Run<Scalar: LSQScalar> {
    typealias Body = (_ limit: Int?, _ monitor: @escaping Monitor<Scalar>) throws -> Fit<Scalar>

    let fit: Fit<Scalar>
    var (records, attempts, leastNorm, leastTrialNorm) = (0, 0, Scalar.infinity, Scalar.infinity)

    init(stoppedAt stop: Int? = nil, limit: Int? = nil, _ body: Body) throws {
      var (records, attempts, leastNorm, leastTrialNorm) = (0, 0, Scalar.infinity, Scalar.infinity)
      fit = try body(limit) { record in
        records += 1
        attempts = max(attempts, record.attempt + 1)
        leastNorm = min(leastNorm, record.residualNorm)
        if !record.isClosing { leastTrialNorm = min(leastTrialNorm, record.residualNorm) }
        return records == stop ? .stop : .proceed
      }
      (self.records, self.attempts) = (records, attempts)
      (self.leastNorm, self.leastTrialNorm) = (leastNorm, leastTrialNorm)
    }
  }

  /// Whoever stops a fit at any record of it gets it stopped.
  private func checkStops<Scalar: LSQScalar>(_ body: Run<Scalar>.Body) throws {
    let whole = try Run(body)
    #expect(whole.attempts > 1)
    for stop in 1...whole.records {
      let run = try Run(stoppedAt: stop, body)
      #expect(run.records == stop && run.fit.isInterrupted && !run.fit.isConverged, "\(stop)")
    }
  }

  /// From here an exponential has underflown; the first solve, to a few digits, gets away from that, and is done again to all.
  private func underflown(
    _ limit: Int?, _ monitor: @escaping Monitor<MPFloat128>
  ) throws -> Fit<MPFloat128> {
    try formulaFit(
      "a*exp(-b*x)+c", ["a", "b", "c"], from: [1, 300, 1],
      to: [
        (0, 5.1), (1, 3.1), (2, 1.8), (3, 1.2), (4, 0.7), (5, 0.5), (6, 0.2), (8, 0.15),
      ], over: MPFloat128.self, limit: limit, monitor: monitor)
  }

  @Test func `A solve that is stopped is no reason to give up a better point`() throws {
    for stop in [20, 60, 85, 120, 200] {
      let run = try Run(stoppedAt: stop, underflown)
      #expect(run.fit.isInterrupted && run.fit.residualNorm <= run.leastNorm, "\(stop)")
    }
  }

  @Test func `An interruption is noticed between the steps that no monitor sees, and after them`()
    throws
  {
    let rows = (1...8).map { (Double($0), 1 / Double($0 * $0 + 1)) }
    func check<Scalar: LSQScalar>(_ type: Scalar.Type) throws {
      let problem = try ModelProblem<Scalar>(
        model: Formula(parsing: "a*exp(-b*x)").bound(parameters: ["a", "b"], predictors: ["x"]),
        predictors: rows.map { Scalar(nearest: $0.0) }, predictorCount: 1,
        response: rows.map { Scalar(nearest: $0.1) }, parameterCount: 2)
      func fit(_ polls: Int) throws -> (fit: Fit<Scalar>, seen: Int, polls: Int) {
        var (count, seen, start) = (0, 0, Scalar.infinity)
        let fit = try problem.fit(
          from: [1, 1],
          monitor: { record in
            seen += 1
            start = min(start, record.residualNorm)
            return .proceed
          },
          isInterrupted: {
            count += 1
            return count > polls
          })
        // Newton steps are no worse than rounding makes them.
        #expect(
          fit.residualNorm <= start + start * Scalar.ulpOfOne.squareRoot(), "\(type), \(polls)")
        return (fit, seen, count)
      }
      let whole = try fit(.max)
      #expect(whole.fit.isSolved && whole.polls > whole.seen + 3, "\(type)")
      for polls in 0..<whole.polls {
        let cut = try fit(polls)
        let isAfterAll = polls == whole.polls - 1
        #expect(
          cut.fit.isInterrupted != isAfterAll && cut.fit.isSolved == isAfterAll, "\(type), \(polls)"
        )
      }
    }
    try check(Double.self)
    try check(MPFloat128.self)
  }

  @Test func `Nothing is evaluated after a stop`() throws {
    final class Calls: Sendable { let count = Mutex(0) }
    struct Decay: Model {
      let calls: Calls

      func value<N: ModelNumber>(_ b: Span<N>, at x: Span<N>) throws -> N {
        calls.count.withLock { $0 += 1 }
        return b[0] * .exp(-b[1] * x[0])
      }
    }
    let calls = Calls()
    let problem = try ModelProblem<MPFloat256>(
      model: Decay(calls: calls), predictors: [0, 1, 2, 3], predictorCount: 1,
      response: [3, 2, 1, 1], parameterCount: 2)
    for stop in [1, 3] {
      var (records, seen) = (0, 0)
      let fit = try problem.fit(from: [1, 1]) { _ in
        records += 1
        seen = calls.count.withLock { $0 }
        return records == stop ? .stop : .proceed
      }
      #expect(fit.isInterrupted && calls.count.withLock { $0 } == seen)
    }
  }

  @Test func `Where the first evaluation is stopped nothing is known of the residuals`() throws {
    struct Halt: Model {
      func value<N: ModelNumber>(_ b: Span<N>, at x: Span<N>) throws -> N { throw StopSolving() }
    }
    let fit = try ModelProblem<Double>(
      model: Halt(), predictors: [1, 2, 3], predictorCount: 1, response: [1, 2, 3],
      parameterCount: 2
    ).fit(from: [1, 1])
    #expect(fit.sumOfSquares.isNaN && fit.residualNorm.isNaN && fit.isInterrupted)
    #expect(fit.residualStandardDeviation?.isNaN == true)
  }

  @Test func `A limit of one evaluation is kept in every type`() throws {
    func check<Scalar: LSQScalar>(_: Scalar.Type) throws {
      let fit = try formulaFit(
        "a*exp(-b*x)", ["a", "b"], from: [1, 0.1], to: [(0, 3), (1, 2), (2, 1)], over: Scalar.self,
        limit: 1)
      #expect(fit.evaluations.residuals == 1)
    }
    try check(Float.self)
    try check(Double.self)
    try check(MPFloat128.self)
  }

  @Test func `More evaluations never lead to a larger sum of squares`() throws {
    var norm = MPFloat128.infinity
    for limit in [40, 60, 80, 100, 150, 200, 400] {
      let fit = try Run(limit: limit, underflown).fit
      #expect(fit.evaluations.residuals <= limit)
      #expect(fit.isConverged || StopReason(fit).name == "evaluationLimit", "\(limit)")
      #expect(fit.residualNorm <= norm && fit.retries > 0, "\(limit)")
      norm = fit.residualNorm
    }
  }

  /// cos(b·x), which throws where b is more than a half.
  private struct FencedWave: Model {
    struct Fence: Error {}

    func value<N: ModelNumber>(_ b: Span<N>, at x: Span<N>) throws -> N {
      guard b[0].realPart.magnitude <= 1 / 2 else { throw Fence() }
      return .cos(b[0] * x[0])
    }
  }

  /// From the maximum at 0 every step leads to the fence.
  private func fenced(
    _ limit: Int?, _ monitor: @escaping Monitor<Double>
  ) throws -> Fit<Double> {
    let x: [Double] = [1, 2, 3, 4, 5]
    return try ModelProblem<Double>(
      model: FencedWave(), predictors: x, predictorCount: 1,
      response: x.map { .cos(0.7 * $0) }, parameterCount: 1
    ).fit(
      from: [0], options: FitOptions(maximumResidualEvaluations: limit), monitor: monitor)
  }

  @Test func `Solves that an error ended are counted, and keep to the limit together`() throws {
    let whole = try Run(fenced)
    #expect(whole.fit.retries == whole.attempts - 1)
    #expect(whole.fit.evaluations.residuals >= whole.records)
    for limit in 1...40 {
      let run = try Run(limit: limit, fenced)
      let evaluations = run.fit.evaluations.residuals
      #expect(evaluations <= limit && run.records <= evaluations, "\(limit)")
    }
  }

  @Test func `A stop is obeyed in solves that come to nothing`() throws { try checkStops(fenced) }

  @Test func `A stop is obeyed where a parameter was taken for zero`() throws {
    try checkStops { limit, monitor in
      try formulaFit(
        "(exp(b)+x)+(a*b+x*b*b)", ["a", "b"], from: [-1.486, 0.6369],
        to: [(0.1, 1.1), (1.12, 2.12), (2.77, 3.77), (4.1, 5.1)], over: Double.self,
        limit: limit, monitor: monitor)
    }
  }

  /// A peak that is far from the data: the first steps take it away altogether.
  private func peak(_ limit: Int?, _ monitor: @escaping Monitor<Double>) throws -> Fit<Double> {
    let rows = (0..<15).map { i in
      let t = (Double(i) - 6) / 2
      return (Double(i), 3 * Double.exp(-t * t) + Double(i % 3) / 20)
    }
    return try formulaFit(
      "a*exp(-((x-b)/c)^2)", ["a", "b", "c"], from: [1, 40, 2], to: rows, over: Double.self,
      limit: limit, monitor: monitor)
  }

  @Test func `Where a stop ends several solves the best point that was seen is returned`() throws {
    let whole = try Run(peak)
    #expect(whole.attempts > 1)
    for stop in 1...whole.records {
      let run = try Run(stoppedAt: stop, peak)
      // Closing steps may have been refused.
      let excess = run.fit.residualNorm / run.leastTrialNorm - 1
      #expect(excess <= 1e-6, "\(stop)")
    }
  }

  @Test func `The lead of Double is not lost where a limit ends it`() throws {
    func norm(_ limit: Int) throws -> Float {
      let fit = try formulaFit(
        "a/(1+exp(-(x-c)/w))", ["a", "c", "w"], from: [1, 100, 0.1],
        to: [
          (0, 0), (1, 0.1), (2, 0.2), (3, 1), (4, 2.5), (5, 2.9), (6, 3.2), (7, 3.1), (8, 3.3),
          (9, 3.2),
        ], over: Float.self, limit: limit)
      #expect(fit.evaluations.residuals <= limit)
      return fit.residualNorm
    }
    var last = Float.infinity
    for limit in 120...180 {
      let norm = try norm(limit)
      #expect(norm <= last * 1.0001, "\(limit)")
      last = min(norm, last)
    }
    #expect(last < 1)
  }

  @Test func `Closing steps that a limit ends may be better than where they began`() throws {
    func fit(_ limit: Int) throws -> (norm: MPFloat128, last: MPFloat128) {
      var last = MPFloat128.infinity
      let solution = try LevenbergMarquardt<MPFloat128>(
        options: {
          var options = Options<MPFloat128>.tight
          options.tolerances = .init(reduction: 1e-14, step: 1e-14)
          options.maximumResidualEvaluations = limit
          return options
        }()
      ).minimize(
        LeastSquaresProblem(
          residualCount: 5, parameterCount: 2,
          jacobian: .byRows { b, J in
            for i in 0..<5 {
              let x = MPFloat128(i + 1)
              J[2 * i] = .pow(x, b[1])
              J[2 * i + 1] = b[0] * .pow(x, b[1]) * .log(x)
            }
          }
        ) { b, r in
          for i in 0..<5 { r[i] = b[0] * .pow(MPFloat128(i + 1), b[1]) - MPFloat128(2 * i + 1) }
        }, from: [1, 100]
      ) {
        last = $0.residualNorm
        return .proceed
      }
      #expect(solution.termination == .evaluationLimit)
      return (solution.residualNorm, last)
    }
    for limit in 5...8 {
      let (norm, last) = try fit(limit)
      #expect(norm <= last * 1.001, "\(limit)")
    }
  }

  @Test func `By differences no look at a start exceeds the limit of a tight fit`() throws {
    for limit in 1...60 {
      let fit = try formulaFit(
        "a/(1+exp(-(x-c)/w))", ["a", "c", "w"], from: [1, 100, 0.1],
        to: [(0, 0), (2, 0.2), (3, 1), (4, 2.5), (5, 2.9), (7, 3.1), (9, 3.2)], .central,
        over: Double.self, limit: limit)
      #expect(fit.evaluations.residuals <= limit, "\(limit)")
    }
  }

  @Test func `A limit that the measurement of noise takes leaves a solve of one evaluation`() throws
  {
    let problem = try ModelProblem<Double>(
      model: Formula(parsing: "a*exp(b*x)").bound(parameters: ["a", "b"], predictors: ["x"]),
      predictors: [1, 2, 3, 4], predictorCount: 1, response: [1, 2, 3, 5], parameterCount: 2)
    for limit in 1...12 {
      let fit = try problem.fit(
        from: [1, 0.5],
        options: FitOptions(
          derivatives: .forward, residualPrecision: .measured, maximumResidualEvaluations: limit))
      #expect(!fit.isConverged && StopReason(fit).name == "evaluationLimit", "\(limit)")
    }
  }

  @Test func `A stop within a closing step leaves the best point`() throws {
    let stops = try (3...20).filter(expectBestPoint(stoppedByCall:))
    #expect(stops.count > 3, "\(stops)")
  }

  /// Whether the call was one of a closing step.
  private func expectBestPoint(stoppedByCall call: Int) throws -> Bool {
    let y = [2.1, 1.3, 0.8, 0.6, 0.3]
    var (calls, seen, isClosing) = (0, Double.infinity, false)
    let problem = try LeastSquaresProblem<Double>(residualCount: 5, parameterCount: 2) { x, f in
      calls += 1
      if calls == call { throw StopSolving(code: -7) }
      for i in 0..<5 { f[i] = x[0] * .exp(-x[1] * Double(i)) - y[i] }
    }
    let options = Options<Double>(
      tolerances: Tolerances(reduction: 0.9, step: 0.5), closingSteps: true, departures: .all)
    let solution = try LevenbergMarquardt(options: options).minimize(problem, from: [1, 0.01]) {
      seen = min(seen, $0.residualNorm)
      isClosing = $0.isClosing
      return .proceed
    }
    guard solution.termination == .stopped(code: -7) else { return false }
    #expect(solution.residualNorm <= seen * (1 + 1e-7), "\(solution.residualNorm), \(seen)")
    return isClosing
  }
}
