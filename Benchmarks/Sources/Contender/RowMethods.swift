import Dispatch
import LeastSquares
import Synchronization

extension Methods where Problem: RowProblem {
  /// The problem by rows, reduced block by block or factorised whole, on one thread or several.
  func rowwise(
    _ kind: String, threads: Int, _ factorization: RowFactorization = .byBlocks
  ) throws -> Contest<Scalar> {
    let problem = self.problem
    let start = problem.start
    let posed = try posed(kind)
    let log = CallLog<Scalar>()
    return Contest(
      peer: RowPeer.name(threads: threads, factorization), problem: problem.name,
      jacobianKind: kind, threads: threads,
      rowCount: problem.rowCount, parameterCount: start.count,
      functions: Functions(
        residuals: problem.residuals, rows: { problem.residuals(of: $1, $0, &$2) }),
      fit: {
        let solution =
          threads == 1
          ? try LevenbergMarquardt<Scalar>().minimize(
            posed, from: start, factorization: factorization)
          : try waiting {
            try await LevenbergMarquardt<Scalar>().minimize(
              posed, from: start, factorization: factorization, maximumConcurrency: threads)
          }
        return Contest.Outcome(
          parameters: solution.parameters, info: solution.termination.minpackInfo,
          counts: (solution.counts.residuals, solution.counts.jacobians))
      },
      log: log)
  }

  private func posed(_ kind: String) throws -> RowwiseProblem<Scalar> {
    let problem = self.problem
    if kind == "dual" { return try problem.rowModelProblem() }
    return try RowwiseProblem<Scalar>(
      rowCount: problem.rowCount, parameterCount: problem.start.count,
      gradients: kind == "fd"
        ? .forwardDifferences()
        : .together { problem.residualsAndJacobian(of: $1, $0, &$2, &$3) },
      residuals: { problem.residuals(of: $1, $0, &$2) })
  }
}

enum RowPeer {
  static func name(threads: Int, _ factorization: RowFactorization) -> String {
    let peer = factorization == .whole ? "lsq-whole" : "lsq-tall"
    return threads == 1 ? peer : "\(peer)-\(threads)t"
  }
}

/// Runs an asynchronous function to its end, from a thread that has nothing else to do.
func waiting<Value: Sendable>(
  for body: @escaping @Sendable () async throws -> Value
) throws -> Value {
  let mailbox = Mailbox<Value>()
  let isDone = DispatchSemaphore(value: 0)
  Task.detached {
    let outcome: Result<Value, any Error>
    do { outcome = .success(try await body()) } catch { outcome = .failure(error) }
    mailbox.content.withLock { $0 = outcome }
    isDone.signal()
  }
  isDone.wait()
  guard let outcome = mailbox.content.withLock({ $0 }) else {
    preconditionFailure("The task signals after it has left its outcome")
  }
  return try outcome.get()
}

private final class Mailbox<Value: Sendable>: Sendable {
  let content = Mutex<Result<Value, any Error>?>(nil)
}
