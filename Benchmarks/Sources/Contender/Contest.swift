import CGauges
import LeastSquares

/// One fit by one method: what is timed, and how its line is labelled.
struct Contest<Scalar: LSQScalar> {
  let peer: String
  let problem: String
  let jacobianKind: String
  var threads = 1
  let rowCount: Int
  let parameterCount: Int

  /// The problem's functions, unlogged.
  let functions: Functions<Scalar>
  /// Runs one fit, whose functions note their calls in `log`.
  let fit: () throws -> Outcome
  let log: CallLog<Scalar>

  struct Outcome {
    var parameters: [Scalar] = []
    var info = 0
    /// The solver's own counts, where the calls do not show them: several threads call, or one call computes both.
    var counts: (residuals: Int, jacobians: Int)?
  }

  /// Times the fit beside a replay of its own calls, and returns its line.
  func line(scalar: String, _ choices: Choices) throws -> ResultLine {
    gauge_reset_peak()
    log.reset()
    log.isRecording = true
    var result = Outcome()
    let first = try Timing.seconds { result = try fit() }
    log.isRecording = false
    let peak = gauge_peak_kilobytes()
    let counts = (
      residuals: result.counts?.residuals ?? log.residuals,
      jacobians: result.counts?.jacobians ?? log.jacobians
    )
    let calls = log.calls
    let allocations = try allocations()

    var f = [Scalar](repeating: 0, count: calls.isEmpty ? 0 : rowCount)
    var j = [Scalar](
      repeating: 0,
      count: functions.hasJacobian && !calls.isEmpty ? rowCount * parameterCount : 0)
    let timing = try Timing(
      choices, first: first, isParallel: threads > 1,
      of: { result = try fit() },
      beside: { for call in calls { try functions.replay(call, &f, &j) } })

    let sumOfSquares = try functions.sumOfSquares(at: result.parameters, rowCount: rowCount)

    var line = ResultLine()
    line.add("peer", text: peer)
    line.add("problem", text: problem)
    line.add("scalar", text: scalar)
    line.add("jacobian", text: jacobianKind)
    line.add("threads", threads)
    line.add("m", rowCount)
    line.add("n", parameterCount)
    line.add(timing)
    line.add("nfev", counts.residuals)
    line.add("njev", counts.jacobians)
    line.add("info", result.info)
    line.add("final_ssr", sumOfSquares)
    line.add("x", result.parameters)
    if let allocations {
      line.add("mallocs", allocations.calls)
      line.add("malloc_bytes", allocations.bytes)
      line.add("mallocs_between_calls", allocations.betweenCalls)
    }
    line.add("peak_rss_kb", peak)
    return line
  }

  /// The allocations of one fit with an existing workspace; nil where they are not counted.
  private func allocations() throws -> (calls: Int, bytes: Int, betweenCalls: Int)? {
    var before: (calls: UInt64, bytes: UInt64) = (0, 0)
    var after = before
    guard gauge_allocations(&before.calls, &before.bytes) else { return nil }
    log.reset()
    log.isWatching = true
    _ = gauge_allocations(&before.calls, &before.bytes)
    _ = try fit()
    _ = gauge_allocations(&after.calls, &after.bytes)
    log.isWatching = false
    return (
      Int(after.calls - before.calls), Int(after.bytes - before.bytes),
      Int(log.allocationsBetweenCalls ?? 0)
    )
  }
}
