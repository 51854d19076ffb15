import LSQScalars
import Synchronization

/// The rows of a problem whose Jacobian is held whole, evaluated by a crew.
///
/// Only the evaluation is shared out. Every number is computed as one thread would compute it, and what
/// follows is done in MINPACK's order, so that the bits are those of one thread.
struct ConcurrentRows<Scalar: LSQScalar>: Sendable {
  let problem: RowwiseProblem<Scalar>
  let crew: Crew

  /// f at a point.
  func residuals(_ x: Span<Scalar>, _ f: inout MutableSpan<Scalar>) throws {
    let evaluate = problem.residuals
    try gather(into: &f, rowSize: 1, at: x) { x, rows, values in
      try LeastSquares.fill(&values, at: x) { try evaluate($0, rows, &$1) }
    }
  }

  /// J at a point, by rows.
  func jacobian(
    _ evaluate: @escaping RowGradientFunction<Scalar>, _ x: Span<Scalar>,
    _ jacobian: inout MutableSpan<Scalar>
  ) throws {
    try gather(into: &jacobian, rowSize: problem.parameterCount, at: x) { x, rows, values in
      var residuals = [Scalar](repeating: 0, count: rows.count)
      var f = residuals.mutableSpan
      var gradients = values.mutableSpan
      try evaluate(x.span, rows, &f, &gradients)
    }
  }

  /// Has ranges of rows evaluated, and copies the values to their places.
  private func gather(
    into target: inout MutableSpan<Scalar>, rowSize: Int, at x: Span<Scalar>,
    _ evaluate: @escaping @Sendable ([Scalar], Range<Int>, inout [Scalar]) throws -> Void
  ) throws {
    let point = (0..<x.count).map { x[$0] }
    let m = problem.rowCount
    // More than there are tasks, since rows may differ in what they cost; not according to their number,
    // so that of several errors the same is found.
    let rangeSize = (m + 63) / 64
    let rangeCount = (m + rangeSize - 1) / rangeSize
    // A lone caller may be outside of any solve, where nobody turns this error into a termination.
    let endsWhenCancelled = crew.size > 1
    let parts = Mutex<[[Scalar]]>(Array(repeating: [], count: rangeCount))
    try crew.perform(rangeCount) {
    } body: { k, _ in
      if endsWhenCancelled && Task.isCancelled { throw EvaluationCancelled() }
      let rows = (k * rangeSize)..<min((k + 1) * rangeSize, m)
      var values = [Scalar](repeating: 0, count: rows.count * rowSize)
      try evaluate(point, rows, &values)
      let part = values
      parts.withLock { $0[k] = part }
    }
    var next = 0
    for part in parts.withLock({ $0 }) {
      for value in part {
        target[next] = value
        next += 1
      }
    }
  }
}
