import Dispatch
import LeastSquares
import Synchronization

extension Methods where Problem: RowProblem {
  /// The problem by rows, reduced block by block; with several threads, on as many.
  func rowwise(isByDifferences: Bool, threads: Int) throws -> Contest<Scalar> {
    let problem = self.problem
    let start = problem.start
    let posed = try RowwiseProblem<Scalar>(
      rowCount: problem.rowCount, parameterCount: start.count,
      gradients: isByDifferences
        ? .forwardDifferences()
        : .together { problem.residualsAndJacobian(of: $1, $0, &$2, &$3) },
      residuals: { problem.residuals(of: $1, $0, &$2) })
    let log = CallLog<Scalar>()
    return Contest(
      peer: threads == 1 ? "lsq-tall" : "lsq-tall-\(threads)t", problem: problem.name,
      jacobianKind: isByDifferences ? "fd" : "analytic", threads: threads,
      rowCount: problem.rowCount, parameterCount: start.count,
      functions: Functions(residuals: problem.residuals),
      fit: {
        let solution =
          threads == 1
          ? try LevenbergMarquardt<Scalar>().minimize(posed, from: start)
          : try waiting {
            try await LevenbergMarquardt<Scalar>().minimize(
              posed, from: start, maximumConcurrency: threads)
          }
        return Contest.Outcome(
          parameters: solution.parameters, info: solution.termination.minpackInfo,
          counts: (solution.counts.residuals, solution.counts.jacobians))
      },
      log: log)
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
