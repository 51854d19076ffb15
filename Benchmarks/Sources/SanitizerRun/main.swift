import Dispatch
import LeastSquares
import MultiPrecision

// Exercises every kind of operation, and solves, in as many concurrent tasks as the first argument says; then starts as
// many threads as the second says, which fill MPFR's caches and free nothing, and with `memory` as the third checks
// that memory does not grow. Scripts/sanitize runs it under valgrind and ThreadSanitizer.

/// Every kind of call into the storage file, at one width.
struct Exercise: MPFloatVisitor {
  func visit<let bits: Int, let words: Int>(_: MPFloat<bits, words>.Type) -> String {
    typealias T = MPFloat<bits, words>
    var x: T = 2
    for i in 1..<20 {
      let n = T(i)
      x = T.exp(x / (n * n)) + T.log(n + x * x) - T.sin(n) * T.atan2(y: x, x: n)
      x = x.adding(T.gamma(n), rounded: .up).divided(by: n + 3, rounded: .toNearestOrAwayFromZero)
      x.addProduct(x, n)
      x = T.root(x.magnitude + 1, 3).remainder(dividingBy: T.pi)
    }
    let text = x.description + x.formatted(digits: 30) + x.formatted(.fixed(fractionDigits: 9))
    let isReadBack = T(x.description) == x && T("junk") == nil
    return "\(text) \(isReadBack) \(T.zeta(3)) \(T.eulerGamma) \(T(UInt128.max)) \(Double(x))"
  }
}

/// The sum of the parameters of a fit of a·exp(−b·t).
func solve<T: LSQScalar>(_: T.Type) throws -> String {
  let times = (0..<12).map { T($0) / 4 }
  let values = times.map { 3 * T.exp(-$0 / 2) + $0 / 1000 }
  let solution = try leastsq(
    { x, residuals in
      for i in times.indices { residuals[i] = x[0] * T.exp(-x[1] * times[i]) - values[i] }
    }, m: times.count, x0: [T(1), T(1)])
  return "\(solution.x)"
}

func work() throws -> [String] {
  var results: [String] = []
  for bits in [53, 113, 128, 256, 512, 1024] {
    results.append(try withMPFloat(bits: bits, Exercise()))
    results.append(try withMPFloat(bits: bits) { try solve($0) })
  }
  return results
}

/// The parameters of the same fit, given by rows, on a crew of tasks: by blocks, and with J held whole.
func solveByRows<T: LSQScalar>(_: T.Type, tasks: Int) async throws -> [String] {
  let times = (0..<600).map { T($0) / 200 }
  let values = times.map { 3 * T.exp(-$0 / 2) + $0 / 1000 }
  let problem = try RowwiseProblem<T>(rowCount: times.count, parameterCount: 2) { x, rows, f in
    for i in rows { f[i - rows.lowerBound] = x[0] * T.exp(-x[1] * times[i]) - values[i] }
  }
  var results: [String] = []
  for factorization in [RowFactorization.byBlocks, .whole] {
    let solution = try await LevenbergMarquardt<T>().minimize(
      problem, from: [1, 1], factorization: factorization, maximumConcurrency: tasks)
    results.append("\(solution.parameters)")
  }
  return results
}

let tasks = CommandLine.arguments.count > 1 ? Int(CommandLine.arguments[1]) ?? 1 : 1
let expected = try work()
// Not for one task, since valgrind fails on the threads of Dispatch.
if tasks > 1 {
  DispatchQueue.concurrentPerform(iterations: tasks) { _ in
    guard (try? work()) == expected else { fatalError("threads disagree") }
  }
  let alone = try await solveByRows(MPFloat128.self, tasks: 1)
  let together = try await solveByRows(MPFloat128.self, tasks: tasks)
  let double = try await solveByRows(Double.self, tasks: 1)
  let doubleTogether = try await solveByRows(Double.self, tasks: tasks)
  guard alone == together, double == doubleTogether else { fatalError("tasks disagree") }
}
if CommandLine.arguments.count > 2 {
  examineThreads(
    Int(CommandLine.arguments[2]) ?? 1, isMemoryWatched: CommandLine.arguments.last == "memory")
}
MPFloatCaches.free()
print("\(tasks) concurrent runs, \(expected.count) results each, all alike")
