import LSQScalars

/// How the rows of a ``RowwiseProblem`` are factorised.
public enum RowFactorization: Sendable, Hashable {
  /// Blocks of rows are reduced to triangles of n rows as they are evaluated, and forgotten. For many
  /// rows: memory is O(block·n) per task and O(n²·log m), and the reduction runs on all cores too.
  ///
  /// Sums over rows are taken in another order than MINPACK's (D-011), so that results agree with
  /// MINPACK's up to rounding, not to the bit.
  case byBlocks
  /// f and J are held whole and factorised in MINPACK's order, with the bits of
  /// a ``LeastSquaresProblem``. The evaluation runs on all cores, and in types of more than 64 bits the
  /// factorisation too, a column at a time. For rows that cost more than n² operations.
  case whole
}

extension LevenbergMarquardt {
  /// Minimises the sum of squares of a problem that is given by rows, by one thread.
  ///
  /// It returns the same, to the bit, as ``minimize(_:from:factorization:maximumConcurrency:monitor:)`` with
  /// any number of tasks, and throws the same errors.
  public func minimize(
    _ problem: RowwiseProblem<Scalar>, from start: [Scalar],
    factorization: RowFactorization = .byBlocks, monitor: Monitor<Scalar>? = nil
  ) throws -> Solution<Scalar> {
    try minimize(problem, from: start, factorization, by: .alone, monitor)
  }

  /// Minimises the sum of squares of a problem that is given by rows, on all cores.
  ///
  /// Rows are evaluated by several tasks; by blocks, each block is reduced in cache by the task that
  /// evaluated it, and the triangles are merged in an order that depends on m, n and the rows of a block
  /// alone. Either way the result does not depend on the number of tasks.
  ///
  /// By blocks, ``Solution/residuals`` is empty and ``Solution/factor`` has n rows. Counts are those
  /// that MINPACK would report: J is often found together with the residuals of a trial step, before it
  /// is known whether the step is accepted, and with differences, if there are more residuals than 16 MB
  /// hold, f is computed once more where J was not found so.
  ///
  /// Cancelling the task ends the solve between two blocks, with the best point so far.
  ///
  /// - Parameters:
  ///   - problem: m rows of n parameters.
  ///   - start: x₀, n numbers.
  ///   - factorization: how the rows are factorised.
  ///   - maximumConcurrency: the number of tasks; nil for one per processor.
  ///   - monitor: sees the start and every step, and can stop the solve.
  /// - Throws: ``LeastSquaresError`` where the problem cannot be solved as posed; the error of the
  ///   caller's functions, unchanged, after which no further rows are begun. Where several rows fail, it
  ///   is the error of the first.
  /// - Complexity: O(m·n²) per iteration besides the caller's functions.
  ///
  /// Deviations: D-011.
  public func minimize(
    _ problem: RowwiseProblem<Scalar>, from start: [Scalar],
    factorization: RowFactorization = .byBlocks, maximumConcurrency: Int?,
    monitor: sending Monitor<Scalar>? = nil
  ) async throws -> Solution<Scalar> {
    try Crew.requireSize(maximumConcurrency)
    let crew = Crew(size: maximumConcurrency ?? processorCount)
    return try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 1..<crew.size { group.addTask { await crew.serve() } }
      defer { crew.dismiss() }
      return try minimize(problem, from: start, factorization, by: crew, monitor)
    }
  }

  private func minimize(
    _ problem: RowwiseProblem<Scalar>, from start: [Scalar], _ factorization: RowFactorization,
    by crew: Crew, _ monitor: Monitor<Scalar>?
  ) throws -> Solution<Scalar> {
    let whole =
      switch factorization {
      case .byBlocks: LeastSquaresProblem(byBlocks: problem, evaluatedBy: crew)
      case .whole: LeastSquaresProblem(problem, evaluatedBy: crew)
      }
    return try minimize(whole, from: start, monitor: monitor)
  }
}
