import Dispatch
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Tasks that help a synchronous computation with its parallel loops.
///
/// The algorithm is synchronous text; its loops over rows are not. A crew is a fixed number of tasks, which
/// sleep, without a thread, between the loops, unless these follow closely. The caller of
/// ``perform(_:scratch:body:)`` takes part in the loop and so depends on no other: if no thread is free for
/// the tasks, it does all the work itself. At the end it waits only for steps that are being executed,
/// never for a task that has not begun.
///
/// The tasks of ``employed(_:for:)`` begin with the first loop: starting one takes longer than a small fit.
package final class Crew: Sendable {
  /// The number of tasks, the caller's included.
  package let size: Int
  private let state = Guarded(State())
  /// How often there has been news: a job, or the end.
  private let newsCount = Atomic<Int>(0)
  /// How long a task stays awake for something expected: waking takes longer than a short loop.
  private static let patience = Duration.microseconds(50)
  /// How long a task keeps its thread where others may wait for one, such as a timer that will cancel the computation.
  private static let turn = Duration.milliseconds(5)
  /// The most tasks that are of use: there are no more threads than processors, but functions may block theirs.
  private static let mostTasks = 16 * processorCount

  private struct State {
    var job: Job?
    /// The tasks within the job, not counting the caller.
    var taskCount = 0
    /// Wakes the caller when the last of them leaves the job.
    var caller: DispatchSemaphore?
    var sleepers: [CheckedContinuation<Void, Never>] = []
    /// The tasks that are still to begin.
    var vacancies = 0
    var isDismissed = false
  }

  init(size: Int) { self.size = min(max(1, size), Self.mostTasks) }

  /// A crew of the caller alone.
  package static var alone: Crew { Crew(size: 1) }

  /// Throws unless `size` is a possible number of tasks.
  package static func requireSize(_ size: Int?) throws(LeastSquaresError) {
    if let size, size < 1 { throw .invalidConcurrency(size) }
  }

  /// A synchronous computation with a crew, whose tasks end with it.
  ///
  /// - Parameter size: the number of tasks; nil for one per processor.
  package static func employed<Result>(
    _ size: Int?, for work: (Crew) throws -> Result
  ) rethrows -> Result {
    let crew = Crew(size: size ?? processorCount)
    crew.state.withLock { $0.vacancies = crew.size - 1 }
    defer { crew.dismiss() }
    return try work(crew)
  }

  /// Calls `body` with 0 ..< `count` in any order, from all tasks of the crew.
  ///
  /// - Parameter scratch: makes the memory of one task.
  /// - Throws: the error of the lowest number that throws. Higher numbers may then not have been called;
  ///   all lower ones have, so that the error does not depend on the number of threads.
  package func perform<Scratch, Failure>(
    _ count: Int, scratch: @escaping @Sendable () -> Scratch,
    body: @escaping @Sendable (Int, inout Scratch) throws(Failure) -> Void
  ) throws(Failure) {
    let job = Job(count: count) { job, end in
      guard let first = job.claim() else { return true }
      var memory = scratch()
      var step: Int? = first
      while let i = step {
        do { try body(i, &memory) } catch { job.fail(at: i, error) }
        if let end, ContinuousClock.now >= end { return false }
        step = job.claim()
      }
      return true
    }
    let (sleepers, vacancies) = state.withLock { state in
      state.job = job
      newsCount.add(1, ordering: .relaxed)
      defer { (state.sleepers, state.vacancies) = ([], 0) }
      return (state.sleepers, state.vacancies)
    }
    // Nothing waits for these tasks, so they need no task group: one that comes too late finds nothing to
    // do.
    for _ in 0..<vacancies { Task { await serve() } }
    for sleeper in sleepers { sleeper.resume() }
    _ = job.run()
    finish()
    if let error = job.error as? Failure { throw error }
  }

  /// The results of `body` for 0 ..< `count`, in this order.
  ///
  /// - Throws: as ``perform(_:scratch:body:)`` does.
  package func map<Scratch, Result: Sendable, Failure>(
    _ count: Int, scratch: @escaping @Sendable () -> Scratch,
    body: @escaping @Sendable (Int, inout Scratch) throws(Failure) -> Result
  ) throws(Failure) -> [Result] {
    let results = Guarded([Result?](repeating: nil, count: count))
    try perform(count, scratch: scratch) { k, memory throws(Failure) in
      let result = try body(k, &memory)
      results.withLock { $0[k] = result }
    }
    return results.withLock { $0 }.compactMap { $0 }
  }

  /// Closes the job, and waits for the tasks that are still within it.
  private func finish() {
    Self.keepAwake { state.withLock { $0.taskCount == 0 } }
    let semaphore = state.withLock { state -> DispatchSemaphore? in
      state.job = nil
      guard state.taskCount > 0 else { return nil }
      let semaphore = DispatchSemaphore(value: 0)
      state.caller = semaphore
      return semaphore
    }
    semaphore?.wait()
  }

  /// A task of the crew: runs jobs as they come, and sleeps between them, until the crew is dismissed.
  ///
  /// From time to time, between two steps, it lets other tasks of the program have the thread.
  func serve() async {
    var end = ContinuousClock.now + Self.turn
    while await isNeeded() {
      guard let job = join() else { continue }
      leave(job, isDone: job.run(until: end))
      guard ContinuousClock.now >= end else { continue }
      await Task.yield()
      end = .now + Self.turn
    }
  }

  /// Ends the tasks of the crew.
  func dismiss() {
    let sleepers = state.withLock { state in
      state.isDismissed = true
      newsCount.add(1, ordering: .relaxed)
      defer { state.sleepers = [] }
      return state.sleepers
    }
    for sleeper in sleepers { sleeper.resume() }
  }

  /// Waits briefly and awake for what comes soon, and yields the processor to any thread that wants it.
  private static func keepAwake(until isReady: () -> Bool) {
    let end = ContinuousClock.now + patience
    while !isReady(), ContinuousClock.now < end { sched_yield() }
  }

  /// Sleeps until there is a job, after a while awake; false once the crew is dismissed.
  private func isNeeded() async -> Bool {
    let known: Int? = state.withLock { state in
      state.job == nil && !state.isDismissed ? newsCount.load(ordering: .relaxed) : nil
    }
    if let known { Self.keepAwake { newsCount.load(ordering: .relaxed) != known } }
    await withCheckedContinuation { continuation in
      let isAwake = state.withLock { state in
        if state.job != nil || state.isDismissed { return true }
        state.sleepers.append(continuation)
        return false
      }
      if isAwake { continuation.resume() }
    }
    return state.withLock { !$0.isDismissed }
  }

  private func join() -> Job? {
    state.withLock { state in
      if state.job != nil { state.taskCount += 1 }
      return state.job
    }
  }

  /// Leaves a job. A job that is done has nothing left to claim, so that no task joins it again.
  private func leave(_ job: Job, isDone: Bool) {
    let caller = state.withLock { state -> DispatchSemaphore? in
      if isDone, state.job === job { state.job = nil }
      state.taskCount -= 1
      guard state.taskCount == 0 else { return nil }
      defer { state.caller = nil }
      return state.caller
    }
    caller?.signal()
  }
}

/// One parallel loop.
private final class Job: Sendable {
  private let work: @Sendable (Job, ContinuousClock.Instant?) -> Bool
  private let claims: Guarded<Claims>

  private struct Claims {
    var next = 0
    /// The number of steps, or of those before the first that failed.
    var end: Int
    var error: (any Error)?
  }

  init(count: Int, work: @escaping @Sendable (Job, ContinuousClock.Instant?) -> Bool) {
    self.work = work
    claims = Guarded(Claims(end: count))
  }

  /// Takes part until nothing is left to claim, and returns true, or until a step ends after the given instant, and
  /// returns false.
  func run(until end: ContinuousClock.Instant? = nil) -> Bool { work(self, end) }

  /// The next step, in rising order.
  func claim() -> Int? {
    claims.withLock { claims in
      guard claims.next < claims.end else { return nil }
      claims.next += 1
      return claims.next - 1
    }
  }

  /// Notes an error and lets no further step begin.
  func fail(at step: Int, _ error: any Error) {
    claims.withLock { claims in
      guard step < claims.end else { return }
      claims.end = step
      claims.error = error
    }
  }

  var error: (any Error)? { claims.withLock { $0.error } }
}
