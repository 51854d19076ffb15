import LSQScalars

/// The rows of a problem whose Jacobian is held whole, evaluated by a crew.
///
/// Every number is computed as one thread would compute it, and what follows is done in MINPACK's order, so
/// that the bits are those of one thread.
struct ConcurrentRows<Scalar: LSQScalar>: Sendable {
  let problem: RowwiseProblem<Scalar>
  let crew: Crew
  /// Whether to throw where the task is cancelled.
  let endsWhenCancelled: Bool

  /// f at a point.
  func residuals(_ x: Span<Scalar>, _ f: inout MutableSpan<Scalar>) throws {
    let evaluate = problem.residuals
    let parts = try evaluateParts(at: x) { x, rows, part in
      part.residuals = Array(repeating: 0, count: rows.count)
      try fill(&part.residuals, at: x) { try evaluate($0, rows, &$1) }
    }
    copy(parts, \.residuals, into: &f)
  }

  /// f and J, by rows, at a point.
  func together(
    _ evaluate: @escaping RowGradientFunction<Scalar>, _ x: Span<Scalar>,
    _ f: inout MutableSpan<Scalar>, _ jacobian: inout MutableSpan<Scalar>
  ) throws {
    let n = problem.parameterCount
    let parts = try evaluateParts(at: x) { x, rows, part in
      part.residuals = Array(repeating: 0, count: rows.count)
      part.gradients = Array(repeating: 0, count: rows.count * n)
      try fill(&part.residuals, &part.gradients, at: x) { try evaluate($0, rows, &$1, &$2) }
    }
    copy(parts, \.residuals, into: &f)
    copy(parts, \.gradients, into: &jacobian)
  }

  /// What was computed for a range of rows.
  private struct Part: Sendable {
    var residuals: [Scalar] = []
    var gradients: [Scalar] = []
  }

  /// Evaluates ranges of rows by the crew.
  private func evaluateParts(
    at x: Span<Scalar>,
    _ evaluate: @escaping @Sendable ([Scalar], Range<Int>, inout Part) throws -> Void
  ) throws -> [Part] {
    let point = x.indices.map { x[$0] }
    let m = problem.rowCount
    // At most 64 ranges, more than there usually are tasks, since rows may differ in cost; and independent of the number
    // of tasks, so that of several errors the same one is found.
    let ranges = (0..<m).pieces(of: (m + 63) / 64)
    return try crew.map(ranges.count, scratch: {}) { k, _ in
      if endsWhenCancelled && Task.isCancelled { throw EvaluationCancelled() }
      var part = Part()
      try evaluate(point, ranges[k], &part)
      return part
    }
  }

  private func copy(
    _ parts: [Part], _ values: (Part) -> [Scalar], into target: inout MutableSpan<Scalar>
  ) {
    var next = 0
    for part in parts {
      let own = values(part)
      Scalar.copy(
        own.span, Lane(count: own.count), to: &target, Lane(start: next, count: own.count))
      next += own.count
    }
  }
}
