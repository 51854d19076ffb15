public import LSQScalars

/// Computes the residuals of some rows: reads the parameters, fills one residual for each row of the
/// range.
///
/// It is called from several threads at a time.
public typealias RowResidualFunction<Scalar> =
  @Sendable (Span<Scalar>, Range<Int>, inout MutableSpan<Scalar>) throws -> Void

/// Computes residuals and gradients of some rows: reads the parameters, fills one residual for each row
/// of the range, and ∂fᵢ/∂xⱼ at `(i - range.lowerBound)*n + j`.
///
/// Residuals and gradients often share most of their work, such as every `exp` of a model; here it is
/// done once. The residuals must be the same, to the bit, as those of the problem's
/// ``RowResidualFunction``. It is called from several threads at a time.
public typealias RowGradientFunction<Scalar> =
  @Sendable (Span<Scalar>, Range<Int>, inout MutableSpan<Scalar>, inout MutableSpan<Scalar>) throws
  -> Void

/// Where the gradients of the rows come from.
public enum RowGradientSource<Scalar: LSQScalar>: Sendable {
  /// A function computes them together with the residuals.
  case together(RowGradientFunction<Scalar>)
  /// Forward differences (MINPACK: lmdif, fdjac2); about half of the digits.
  case forwardDifferences(residualPrecision: Scalar = Scalar.ulpOfOne)
  /// Central differences; about two thirds of the digits.
  case centralDifferences(residualPrecision: Scalar = Scalar.ulpOfOne)

  /// Whether gradients are estimated from residuals.
  public var isByDifferences: Bool { residualPrecision != nil }

  /// The relative error of the residuals that differences assume; nil where gradients are computed.
  var residualPrecision: Scalar? {
    switch self {
    case .together: nil
    case .forwardDifferences(let precision), .centralDifferences(let precision): precision
    }
  }

  /// How gradients are estimated; nil where they are computed.
  var differences: Differences<Scalar>? {
    switch self {
    case .together: nil
    case .forwardDifferences(let precision): .forward(residualPrecision: precision)
    case .centralDifferences(let precision): .central(residualPrecision: precision)
    }
  }

  /// What the differences of each parameter are divided by; nil where gradients are computed.
  func widths(at parameters: [Scalar]) -> [Scalar]? {
    guard let differences else { return nil }
    return parameters.map { differences.width(at: $0) }
  }
}

/// A sum of squares ‖f(x)‖² of many rows, which can be computed a range of rows at a time and by several
/// threads.
///
/// J is not held: the solver evaluates a block of rows, reduces it in cache to a triangle of n rows, and
/// forgets it, so that its memory is O(block·n·threads + n²·log m) in addition to the caller's data, for
/// up to 10⁸ rows and more. For differences, f is held if it takes no more than 16 MB.
public struct RowwiseProblem<Scalar: LSQScalar>: Sendable {
  /// m.
  public let rowCount: Int
  /// n.
  public let parameterCount: Int
  /// Computes f for a range of rows.
  public let residuals: RowResidualFunction<Scalar>
  /// Computes f and J for a range of rows, or says how to estimate J.
  public let gradients: RowGradientSource<Scalar>
  /// The rows of a block, a multiple of eight.
  ///
  /// The last digits of the result depend on it, as they do on every change of the order of a sum. The default depends
  /// on n and the type: a block takes about 24 KiB, which stays in the first-level cache, and has at most 512 rows,
  /// but at least 2(n + 1), and no more than it takes to hold all.
  public let blockRowCount: Int

  /// A problem of m rows and n parameters.
  ///
  /// - Parameters:
  ///   - rowCount: m.
  ///   - parameterCount: n.
  ///   - gradients: where the rows of J come from.
  ///   - blockRowCount: the rows of a block, at most the larger of m and 2(n + 1), rounded up to a multiple of eight; nil
  ///     for the default.
  ///   - residuals: computes f for a range of rows.
  /// - Throws: ``LeastSquaresError`` where n is zero, m < n, m·n is more than an `Int` holds, the precision of
  ///   the residuals is negative or not finite, or a block has no rows.
  public init(
    rowCount: Int, parameterCount: Int,
    gradients: RowGradientSource<Scalar> = .forwardDifferences(),
    blockRowCount: Int? = nil,
    residuals: @escaping RowResidualFunction<Scalar>
  ) throws(LeastSquaresError) {
    try LeastSquaresProblem.validate(
      residualCount: rowCount, parameterCount: parameterCount,
      residualPrecision: gradients.residualPrecision)
    self.rowCount = rowCount
    self.parameterCount = parameterCount
    self.residuals = residuals
    self.gradients = gradients
    let rows = blockRowCount ?? Self.defaultBlockRowCount(parameterCount)
    guard rows > 0 else { throw .invalidBlockRowCount(rows) }
    // No block needs more rows than there are.
    self.blockRowCount = (min(rows, max(rowCount, 2 * (parameterCount + 1))) + 7) / 8 * 8
  }

  private static func defaultBlockRowCount(_ n: Int) -> Int {
    let rowSize = max(MemoryLayout<Scalar>.stride, MemoryLayout<Double>.stride) * (n + 1)
    return max(min(512, 24 * 1024 / rowSize), 2 * (n + 1))
  }
}

extension LeastSquaresProblem {
  /// The same problem with J held whole, to be solved in MINPACK's order of operations by one thread.
  public init(_ problem: RowwiseProblem<Scalar>) {
    // Its functions may be called outside any solve, where nothing turns that error into a termination.
    self.init(problem, evaluatedBy: .alone, endsWhenCancelled: false)
  }

  /// The same problem in blocks that a crew evaluates and reduces: J is not held, f only for differences and up to 16 MB,
  /// and sums are taken in the order of D-011.
  package init(byBlocks problem: RowwiseProblem<Scalar>, evaluatedBy crew: Crew) {
    self.init(problem, evaluatedBy: crew, rows: RowEvaluation.make(problem, by: crew))
  }

  /// A problem whose rows are evaluated, and whose J is factorised, by a crew; with `rows`, J is not held.
  init(
    _ problem: RowwiseProblem<Scalar>, evaluatedBy crew: Crew, rows: RowEvaluation<Scalar>? = nil,
    endsWhenCancelled: Bool = true
  ) {
    let concurrently = ConcurrentRows(
      problem: problem, crew: crew, endsWhenCancelled: endsWhenCancelled)
    residualCount = problem.rowCount
    parameterCount = problem.parameterCount
    residuals = { try concurrently.residuals($0, &$1) }
    jacobian =
      switch problem.gradients {
      case .together(let evaluate):
        .withResiduals { try concurrently.together(evaluate, $0, &$1, &$2) }
      case .forwardDifferences(let precision): .forwardDifferences(residualPrecision: precision)
      case .centralDifferences(let precision): .centralDifferences(residualPrecision: precision)
      }
    (fillRows, isByRows) = jacobian.byRows
    differenceEvaluations = jacobian.differenceEvaluations(parameterCount)
    memoryShape =
      rows == nil
      ? MemoryShape(residualCount, parameterCount, jacobian)
      : MemoryShape(triangleOf: parameterCount)
    self.rows = rows
    self.crew = crew
  }
}

extension RowwiseProblem {
  /// f at a point.
  ///
  /// - Throws: the errors of the caller's function.
  package func residuals(at point: [Scalar], by crew: Crew) throws -> [Scalar] {
    var values = [Scalar](repeating: 0, count: rowCount)
    var target = values.mutableSpan
    try ConcurrentRows(problem: self, crew: crew, endsWhenCancelled: false)
      .residuals(point.span, &target)
    return values
  }

  /// The results of `body` for J of ranges of rows at a point, in the order of the ranges; J by rows.
  ///
  /// - Precondition: gradients are computed.
  /// - Throws: the errors of the caller's functions.
  package func mapBlocks<Result: Sendable>(
    at point: [Scalar], by crew: Crew,
    _ body: @escaping @Sendable (_ rows: Range<Int>, _ J: [Scalar]) -> Result
  ) throws -> [Result] {
    guard case .together(let evaluate) = gradients else {
      preconditionFailure("Gradients from differences")
    }
    let n = parameterCount
    // As many rows as evaluations take at a time.
    let blocks = (0..<rowCount).pieces(of: 4 * blockRowCount)
    return try crew.map(blocks.count) {
      (residuals: [Scalar](), gradients: [Scalar]())
    } body: { k, room in
      let rows = blocks[k]
      if room.residuals.count != rows.count {
        room.residuals = Array(repeating: 0, count: rows.count)
        room.gradients = Array(repeating: 0, count: rows.count * n)
      }
      try fill(&room.residuals, &room.gradients, at: point) { try evaluate($0, rows, &$1, &$2) }
      return body(rows, room.gradients)
    }
  }
}
