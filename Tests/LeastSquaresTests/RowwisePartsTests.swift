import Dispatch
import LSQScalars
import Synchronization
import Testing

@testable import LeastSquares

@Suite("Parts of the solver by rows")
struct RowwisePartsTests {
  private struct StepError: Error, Equatable {
    let step: Int
  }

  @Test("A tree merges neighbours in the same shape whatever order they come in")
  func treeShape() {
    /// The shape of the merges as text.
    func merged(_ count: Int, order: [Int]) -> String? {
      let tree = PairwiseTree<String>(leafCount: count)
      for leaf in order { tree.add("\(leaf)", leaf: leaf) { $1 = "(\($1) \($0))" } }
      return tree.root
    }
    #expect(merged(5, order: [0, 1, 2, 3, 4]) == "(((0 1) (2 3)) 4)")
    for count in 1...20 {
      let inOrder = Array(0..<count)
      let expected = merged(count, order: inOrder)
      for seed in 0..<5 {
        var random = SeededRandom(seed: UInt64(seed))
        let keys = inOrder.map { _ in random.nextBits() }
        let order = inOrder.sorted { keys[$0] < keys[$1] }
        #expect(merged(count, order: order) == expected, "\(count) leaves, seed \(seed)")
      }
      #expect(merged(count, order: Array(inOrder.dropLast())) == nil)
    }
  }

  @Test("A crew does every step once, whatever its size", arguments: [1, 2, 7])
  func crewSteps(size: Int) async throws {
    let crew = Crew(size: size)
    let counts = Mutex(Array(repeating: 0, count: 500))
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 1..<size { group.addTask { await crew.serve() } }
      defer { crew.dismiss() }
      for _ in 0..<20 {
        crew.perform(500) {
        } body: { step, _ in
          counts.withLock { $0[step] += 1 }
        }
      }
      try crew.perform(0) {
      } body: { step, _ in
        throw StepError(step: step)
      }
    }
    #expect(counts.withLock { $0 } == Array(repeating: 20, count: 500))
  }

  /// Runs what prefers it, in turn.
  private final class OneThread: TaskExecutor {
    private let queue = DispatchQueue(label: "one thread")

    func enqueue(_ job: consuming ExecutorJob) {
      let job = UnownedJob(job)
      queue.async { unsafe job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }
  }

  private final class Turns: Sendable {
    let isServed = Atomic(false)
    let hadItsTurn = Atomic(false)
    let stepCount = Atomic(0)
  }

  @Test("A task of a crew lets others have its thread")
  func crewTurns() async {
    let (crew, thread) = (Crew(size: 2), OneThread())
    let seen = Turns()
    let server = Task(executorPreference: thread) {
      seen.isServed.store(true, ordering: .relaxed)
      await crew.serve()
    }
    // Far more steps than it takes for the task to be within one.
    crew.perform(100_000) {
    } body: { _, _ in
      guard !seen.hadItsTurn.load(ordering: .relaxed) else { return }
      let end = ContinuousClock.now + .microseconds(100)
      while ContinuousClock.now < end {}
      let count = seen.stepCount.add(1, ordering: .relaxed).newValue
      guard count % 100 == 0, seen.isServed.load(ordering: .relaxed) else { return }
      Task(executorPreference: thread) { seen.hadItsTurn.store(true, ordering: .relaxed) }
    }
    crew.dismiss()
    await server.value
    #expect(
      seen.hadItsTurn.load(ordering: .relaxed) && seen.stepCount.load(ordering: .relaxed) < 100_000)
  }

  @Test("A crew is no larger than is of use")
  func crewSize() async throws {
    #expect(Crew(size: .max).size < 100_000)
    let problem = try RowwiseProblem<Double>(rowCount: 3, parameterCount: 1) { x, rows, f in
      for i in rows { f[i - rows.lowerBound] = x[0] - Double(i) }
    }
    let solution = try await LevenbergMarquardt<Double>().minimize(
      problem, from: [5], maximumConcurrency: .max)
    #expect(abs(solution.parameters[0] - 1) < 1e-7)
  }

  @Test("A crew throws the error of the lowest step that fails", arguments: [1, 2, 7])
  func crewErrors(size: Int) async throws {
    let crew = Crew(size: size)
    let done = Mutex<Set<Int>>([])
    await #expect(throws: StepError(step: 40)) {
      try await withThrowingTaskGroup(of: Void.self) { group in
        for _ in 1..<size { group.addTask { await crew.serve() } }
        defer { crew.dismiss() }
        try crew.perform(1000) {
        } body: { step, _ in
          if step == 40 || step == 41 || step > 60 { throw StepError(step: step) }
          done.withLock { _ = $0.insert(step) }
        }
      }
    }
    #expect(done.withLock { $0 }.isSuperset(of: 0..<40))
  }

  @Test("An error that comes later changes nothing, where its step is a higher one")
  func laterError() {
    let (begun, failed) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
    #expect(throws: StepError(step: 0)) {
      try Crew.employed(2) { crew in
        try crew.perform(2) {
        } body: { step, _ in
          // Where a thread is free for the second step, it fails after the first.
          if step == 0 {
            _ = begun.wait(timeout: .now() + 0.2)
          } else {
            begun.signal()
            _ = failed.wait(timeout: .now() + 0.02)
          }
          throw StepError(step: step)
        }
      }
    }
  }

  @Test("Sums of squares neither overflow nor underflow")
  func scaledSquares() {
    func norm(_ groups: [[Double]]) -> Double {
      var total = ScaledSquares<Double>()
      for group in groups {
        let plain = group.reduce(0) { $0 + $1 * $1 }
        total.add(
          ScaledSquares<Double>.isSafe(plain) ? ScaledSquares(plain) : ScaledSquares(of: group))
      }
      return total.norm
    }
    #expect(norm([]) == 0)
    #expect(norm([[0, 0], [3], [4]]) == 5)
    for unit in [0x1p-1070, 0x1p-900, 0x1p-600, 1, 0x1p600, 0x1p1000] {
      #expect(norm([[3 * unit], [0], [4 * unit]]) == 5 * unit)
      #expect(norm([[3 * unit, 4 * unit], []]) == 5 * unit)
    }
    #expect(norm([[0x1p1000], [1]]) == 0x1p1000)
    #expect(norm([[0x1p-600], [1]]) == 1)
    #expect(norm([[.greatestFiniteMagnitude, .greatestFiniteMagnitude]]) == .infinity)
    #expect(norm([[1e300], [1e-300], [1e300]]).isFinite)
  }

  @Test("Differences of Floats are rounded to Float, in rows that fill no register as well")
  func roundedDifferences() {
    for count in [3, 8, 11] {
      var block = PackedBlock<Float>(rowCapacity: 16, columnCount: 2)
      _ = block.load(
        Array(repeating: 1, count: count), minus: Array(repeating: 1e-9, count: count),
        intoColumn: 0)
      #expect((0..<count).allSatisfy { block[$0, 0] == 1 }, "\(count) rows")
    }
  }

  @Test("Blocks of one law give the bits of another type's text")
  func laws() {
    for (seed, rows) in [1, 2, 7, 8, 9, 16, 61].enumerated() {
      for n in [1, 2, 3, 5, 11] {
        var random = SeededRandom(seed: UInt64(seed))
        let gradients = random.numbers(rows * n, Double.self)
        let residuals = random.numbers(rows, Double.self)
        var packed = Triangle<Double>(columnCount: n + 1)
        var plain = packed
        for round in 0..<2 {
          var squares = [Double](repeating: 0, count: n + 1)
          var factors = squares
          var fast = PackedBlock<Double>(rowCapacity: 61, columnCount: n + 1)
          fast.load(gradients: gradients, residuals: residuals, squares: &squares)
          fast.reduce(into: &packed, squares: &squares, factors: &factors)
          var slow = KernelBlock<Double>(rowCapacity: 61, columnCount: n + 1)
          slow.load(gradients: gradients, residuals: residuals, squares: &squares)
          #expect(squares[n] == PackedBlock<Double>.sumOfSquares(residuals))
          #expect(squares[n] == KernelBlock<Double>.sumOfSquares(residuals))
          slow.reduce(into: &plain, squares: &squares, factors: &factors)
          let others = Array(gradients.prefix(rows))
          let square = fast.load(residuals, minus: others, intoColumn: 0)
          #expect(slow.load(residuals, minus: others, intoColumn: 0) == square)
          #expect((0..<61).allSatisfy { fast[$0, 0] == slow[$0, 0] })
          #expect(fast.largest(inColumn: 0) == slow.largest(inColumn: 0))
          #expect(packed.elements == plain.elements, "\(rows)×\(n), round \(round), seed \(seed)")
        }
      }
    }
  }
}
