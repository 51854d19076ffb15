import LSQScalars
import Synchronization
import Testing

@testable import LeastSquares

@Suite("What can go wrong in problems given by rows")
struct RowwiseFaultTests {
  private struct RowError: Error, Equatable {
    let row: Int
  }

  /// The sample with a fault of the caller's in some rows, in all evaluations from one on.
  private func faulty(
    _ sample: TallSample<Double>, fromPoint: Int = 0,
    _ fault: @escaping @Sendable (Range<Int>, inout MutableSpan<Double>, Bool) throws -> Void
  ) throws -> RowwiseProblem<Double> {
    let points = Mutex<[Double]>([])
    @Sendable func isFaulty(_ x: Span<Double>) -> Bool {
      let first = x[0]
      return points.withLock { seen in
        if !seen.contains(first) { seen.append(first) }
        return (seen.firstIndex(of: first) ?? 0) >= fromPoint
      }
    }
    return try RowwiseProblem<Double>(
      rowCount: sample.m, parameterCount: 3,
      gradients: .together { x, rows, f, gradients in
        try sample.gradients(x, rows, &f, &gradients)
        if isFaulty(x) {
          try fault(rows, &f, false)
          try fault(rows, &gradients, true)
        }
      }, blockRowCount: 8
    ) { x, rows, f in
      try sample.residuals(x, rows, &f)
      if isFaulty(x) { try fault(rows, &f, false) }
    }
  }

  private let sample = TallSample<Double>(m: 1001, seed: 3)

  @Test("Improper counts are errors")
  func improperCounts() {
    #expect(throws: LeastSquaresError.tooFewResiduals(residuals: 2, parameters: 3)) {
      try RowwiseProblem<Double>(rowCount: 2, parameterCount: 3) { _, _, _ in }
    }
    #expect(throws: LeastSquaresError.tooFewResiduals(residuals: 0, parameters: 1)) {
      try RowwiseProblem<Double>(rowCount: 0, parameterCount: 1) { _, _, _ in }
    }
    #expect(throws: LeastSquaresError.noParameters) {
      try RowwiseProblem<Double>(rowCount: 5, parameterCount: 0) { _, _, _ in }
    }
    #expect(throws: LeastSquaresError.invalidResidualPrecision("-1.0")) {
      try RowwiseProblem<Double>(
        rowCount: 5, parameterCount: 1, gradients: .forwardDifferences(residualPrecision: -1)
      ) { _, _, _ in }
    }
    #expect(throws: LeastSquaresError.wrongCount(what: "start", found: 2, expected: 3)) {
      try LevenbergMarquardt<Double>().minimize(sample.posed(), from: [1, 1])
    }
  }

  @Test("A residual that is not finite at the start is an error with the first such row")
  func nonFiniteResidual() async throws {
    for value in [Double.nan, .infinity] {
      let problem = try faulty(sample) { rows, f, isGradient in
        for i in [900, 411, 403, 777] where rows.contains(i) && !isGradient {
          f[i - rows.lowerBound] = value
        }
      }
      let expected = LeastSquaresError.nonFiniteResidual(index: 403, value: "\(value)")
      #expect(throws: expected) {
        try LevenbergMarquardt<Double>().minimize(problem, from: sample.start)
      }
      await #expect(throws: expected) {
        try await LevenbergMarquardt<Double>().minimize(
          problem, from: sample.start, maximumConcurrency: 3)
      }
    }
  }

  @Test("A derivative that is not finite at the start is an error with row and parameter")
  func nonFiniteDerivative() throws {
    let problem = try faulty(sample) { rows, values, isGradient in
      for i in [900, 333] where rows.contains(i) && isGradient {
        values[3 * (i - rows.lowerBound) + 2] = -.infinity
      }
    }
    #expect(
      throws: LeastSquaresError.nonFiniteDerivative(residual: 333, parameter: 2, value: "-inf")
    ) { try LevenbergMarquardt<Double>().minimize(problem, from: sample.start) }
  }

  @Test("A difference that is finite until it is divided is an error with row and parameter")
  func nonFiniteQuotient() throws {
    let start = [1, 1e-300, 1]
    let problem = try RowwiseProblem<Double>(
      rowCount: 300, parameterCount: 3, blockRowCount: 8
    ) { x, rows, f in
      for i in rows {
        let jump = i >= 77 && x[1] != start[1] ? 1e10 : 0
        f[i - rows.lowerBound] = x[0] + x[2] * Double(i) + jump
      }
    }
    #expect(
      throws: LeastSquaresError.nonFiniteDerivative(residual: 77, parameter: 1, value: "inf")
    ) { try LevenbergMarquardt<Double>().minimize(problem, from: start) }
  }

  @Test("A residual that is not finite at a trial point is a rejected step")
  func nonFiniteTrial() throws {
    let reference = try LevenbergMarquardt<Double>().minimize(sample.posed(), from: sample.start)
    let points = Mutex(0)
    let first = sample.start[0]
    // The first trial point, and no other.
    let bad = Mutex<Double?>(nil)
    @Sendable func isBad(_ x: Span<Double>) -> Bool {
      let value = x[0]
      guard value != first else { return false }
      points.withLock { $0 += 1 }
      return bad.withLock { bad in
        if bad == nil { bad = value }
        return bad == value
      }
    }
    let sample = self.sample
    let problem = try RowwiseProblem<Double>(
      rowCount: sample.m, parameterCount: 3,
      gradients: .together { x, rows, f, gradients in
        try sample.gradients(x, rows, &f, &gradients)
        if rows.contains(500), isBad(x) { f[500 - rows.lowerBound] = .nan }
      }
    ) { x, rows, f in
      try sample.residuals(x, rows, &f)
      if rows.contains(500), isBad(x) { f[500 - rows.lowerBound] = .nan }
    }
    let solution = try LevenbergMarquardt<Double>().minimize(problem, from: sample.start)
    #expect(points.withLock { $0 } > 0)
    #expect(solution.termination.isSolved)
    #expect(abs(solution.residualNorm / reference.residualNorm - 1) < 1e-12)
  }

  @Test("A derivative that is not finite later is a rejected step")
  func nonFiniteLaterDerivative() throws {
    let problem = try faulty(sample, fromPoint: 3) { rows, values, isGradient in
      if isGradient, rows.contains(200) { values[3 * (200 - rows.lowerBound) + 1] = .nan }
    }
    let solution = try LevenbergMarquardt<Double>().minimize(problem, from: sample.start)
    #expect(solution.parameters.allSatisfy { $0.isFinite })
    #expect(solution.residualNorm.isFinite)
  }

  @Test("A residual that is not finite together with its gradient is named")
  func nonFiniteTogether() throws {
    let sample = self.sample
    let problem = try RowwiseProblem<Double>(
      rowCount: sample.m, parameterCount: 3,
      gradients: .together { x, rows, f, gradients in
        try sample.gradients(x, rows, &f, &gradients)
        if rows.contains(500) { f[500 - rows.lowerBound] = .nan }
      }, residuals: sample.residuals)
    let rows = RowEvaluation.make(problem, by: .alone)
    var linearization = Linearization<Double>(rowCount: 3, columnCount: 3)
    #expect(try rows.residualNorm(at: sample.start, anticipating: false).isFinite)
    let flaw = try rows.linearize(at: sample.start, into: &linearization, Constants())
    #expect(flaw == .residual(index: 500, value: "nan"))
    #expect(flaw?.error == .nonFiniteResidual(index: 500, value: "nan"))
    #expect(flaw?.termination.minpackInfo == 5)
  }

  @Test("A point that was reduced before still names its residual that is not finite")
  func reducedBefore() throws {
    let problem = try faulty(sample, fromPoint: 1) { rows, f, isGradient in
      if !isGradient, rows.contains(500) { f[500 - rows.lowerBound] = .nan }
    }
    let rows = RowEvaluation.make(problem, by: .alone)
    for _ in 0..<2 {
      _ = try rows.residualNorm(at: sample.start, anticipating: false)
      #expect(rows.nonFiniteResidual == nil)
      _ = try rows.residualNorm(at: [2, 2, 2], anticipating: true)
      #expect(rows.nonFiniteResidual?.index == 500)
    }
  }

  @Test("The caller's error is thrown unchanged, that of the first rows", arguments: [1, 2, 5])
  func thrownError(tasks: Int) async throws {
    let problem = try faulty(sample) { rows, _, _ in
      if let row = [995, 260, 515].filter(rows.contains).first { throw RowError(row: row) }
    }
    for factorization in [RowFactorization.byBlocks, .whole] {
      await #expect(throws: RowError(row: 260)) {
        try await LevenbergMarquardt<Double>().minimize(
          problem, from: sample.start, factorization: factorization, maximumConcurrency: tasks)
      }
    }
  }

  @Test("A caller who stops the solve gets the best point so far", arguments: [1, 3])
  func stop(tasks: Int) async throws {
    let problem = try faulty(sample, fromPoint: 3) { rows, _, _ in
      if rows.contains(600) { throw StopSolving(code: -5) }
    }
    let solution = try await LevenbergMarquardt<Double>().minimize(
      problem, from: sample.start, maximumConcurrency: tasks)
    #expect(solution.termination == .stopped(code: -5))
    #expect(solution.parameters != sample.start)
    #expect(solution.residualNorm.isFinite)
  }

  @Test("Cancelling the task ends the solve with the best point so far", arguments: [1, 3])
  func cancellation(tasks: Int) async throws {
    let task = Mutex<Task<Solution<Double>, any Error>?>(nil)
    let problem = try faulty(sample, fromPoint: 3) { _, _, _ in
      while true {
        let isThere = task.withLock { task in
          task?.cancel()
          return task != nil
        }
        if isThere { return }
      }
    }
    let start = sample.start
    task.withLock {
      $0 = Task {
        try await LevenbergMarquardt<Double>().minimize(
          problem, from: start, maximumConcurrency: tasks)
      }
    }
    let solution = try await task.withLock { $0 }?.value
    #expect(solution?.termination == .cancelled)
    #expect(solution?.residualNorm.isFinite == true)
    #expect(solution?.parameters != start)
  }

  @Test("Cancelling the task ends an evaluation of the whole", arguments: [1, 2])
  func cancellationOfWhole(tasks: Int) async throws {
    let task = Mutex<Task<Solution<Double>, any Error>?>(nil)
    let rowCount = Mutex(0)
    let problem = try RowwiseProblem<Double>(rowCount: 6400, parameterCount: 1) { x, rows, f in
      // Not before the handle is known, so that the solve can cancel its own task.
      while !task.withLock({ task in
        task?.cancel()
        return task != nil
      }) {}
      rowCount.withLock { $0 += rows.count }
      for i in rows { f[i - rows.lowerBound] = x[0] - Double(i) }
    }
    task.withLock {
      $0 = Task {
        try await LevenbergMarquardt<Double>().minimize(
          problem, from: [0], factorization: .whole, maximumConcurrency: tasks)
      }
    }
    let solution = try await task.withLock { $0 }?.value
    #expect(solution?.termination == .cancelled)
    #expect(rowCount.withLock { $0 } < 6400)
  }
}
