import LSQScalars

/// The sources of derivatives, up to the value that the algorithm needs of them.
extension Solve {
  /// Fills `memory.linearization` at the present parameters.
  ///
  /// - Returns: nil, or the place of the first derivative that is not finite; the linearisation is then
  ///   of no use.
  mutating func linearize(
    _ problem: LeastSquaresProblem<Scalar>
  ) throws -> NonFiniteDerivative? {
    isLinearized = false
    memory.linearization.largestCosine = nil
    if let rows = problem.rows { return try linearize(problem, rows) }
    if problem.isByRows {
      counts.jacobians += 1
      try fill(&memory.linearization.factor, at: memory.parameters, by: problem.fillRows)
    } else if case .rowByRow(let evaluate) = problem.jacobian {
      return try linearizeRowByRow(problem, evaluate)
    } else {
      try fillFactor(problem)
    }
    let bad = memory.linearization.complete(
      with: memory.residuals, residualNorm: residualNorm, room: &memory.room, constants)
    isLinearized = bad == nil
    return bad
  }

  /// Fills the factor with a Jacobian that comes neither row after row nor row by row.
  private mutating func fillFactor(_ problem: LeastSquaresProblem<Scalar>) throws {
    let (m, n) = (problem.residualCount, problem.parameterCount)
    switch problem.jacobian {
    case .byRows, .rowByRow: break
    case .byColumns(let evaluate):
      counts.jacobians += 1
      try fill(&memory.columns, at: memory.parameters, by: evaluate)
      for i in 0..<m {
        for j in 0..<n { memory.linearization.factor[i * n + j] = memory.columns[j * m + i] }
      }
    case .withResiduals(let evaluate):
      try takeJacobian(evaluate)
    case .forwardDifferences(let precision):
      try difference(problem, .forward(residualPrecision: precision))
    case .centralDifferences(let precision):
      try difference(problem, .central(residualPrecision: precision))
    }
  }

  private mutating func linearize(
    _ problem: LeastSquaresProblem<Scalar>, _ rows: RowEvaluation<Scalar>
  ) throws -> NonFiniteDerivative? {
    let bad = try rows.linearize(
      at: memory.parameters, into: &memory.linearization, constants)
    counts.residuals += problem.differenceEvaluations
    counts.jacobians += problem.jacobian.isByDifferences ? 0 : 1
    isLinearized = bad == nil
    return bad
  }

  private mutating func difference(
    _ problem: LeastSquaresProblem<Scalar>, _ differences: Differences<Scalar>
  ) throws {
    Scalar.copy(memory.parameters, into: &memory.displaced)
    let before = counts.residuals
    do {
      try differences.fill(
        &memory.linearization.factor, at: &memory.displaced, residuals: memory.residuals,
        shifted: &memory.trialResiduals, counts: &counts, problem.residuals)
    } catch let stop as StopSolving where !options.departures.contains(.restoredParameters) {
      // MINPACK works on x itself, and counts all the calls beforehand.
      swap(&memory.parameters, &memory.displaced)
      counts.residuals = before + problem.differenceEvaluations
      throw stop
    }
  }

  private mutating func linearizeRowByRow(
    _ problem: LeastSquaresProblem<Scalar>, _ evaluate: JacobianRowFunction<Scalar>
  ) throws -> NonFiniteDerivative? {
    memory.linearization.clear()
    for i in 0..<problem.residualCount {
      try fill(&memory.linearization.row, at: memory.parameters) { try evaluate($0, i, &$1) }
      if let j = memory.linearization.row.firstIndex(where: { !$0.isFinite }) {
        return NonFiniteDerivative(
          residual: i, parameter: j, value: "\(memory.linearization.row[j])")
      }
      memory.linearization.rotateIn(rightHandSide: memory.residuals[i], constants)
    }
    counts.jacobians += 1
    memory.linearization.finishRows(constants)
    isLinearized = true
    return nil
  }
}

/// The place of a derivative that is NaN or infinite.
struct NonFiniteDerivative: Sendable {
  let residual: Int
  let parameter: Int
  let value: String

  /// The error, where it happens at the start.
  var error: LeastSquaresError {
    .nonFiniteDerivative(residual: residual, parameter: parameter, value: value)
  }

  /// The end, where it happens later.
  var termination: Termination { .nonFiniteDerivative(residual: residual, parameter: parameter) }
}

extension Linearization {
  /// Makes of the Jacobian in `factor` what the algorithm needs of it.
  ///
  /// - Returns: nil, or the place of the first derivative that is not finite.
  mutating func complete(
    with residuals: [Scalar], residualNorm: Scalar, room: inout [Scalar],
    _ constants: Constants<Scalar>
  ) -> NonFiniteDerivative? {
    if Scalar.hasWholeSteps {
      let cosine = Self.completeWhole(
        &factor, residuals, residualNorm, &columnNorms, &permutation, &rotatedResiduals, &room,
        constants)
      if cosine >= 0 {
        largestCosine = cosine
        return nil
      }
    }
    measureColumns(constants)
    if let bad = firstNonFiniteDerivative() { return bad }
    factorizeMeasured(rotating: residuals, constants)
    return nil
  }

  /// The same in one call, where the scalar type has that; returns the largest cosine.
  @inline(__always)
  private static func completeWhole(
    _ factor: inout [Scalar], _ residuals: [Scalar], _ residualNorm: Scalar,
    _ columnNorms: inout [Scalar], _ permutation: inout [Int], _ rotatedResiduals: inout [Scalar],
    _ scratch: inout [Scalar], _ constants: Constants<Scalar>
  ) -> Scalar {
    var matrix = factor.mutableSpan
    var norms = columnNorms.mutableSpan
    var order = permutation.mutableSpan
    var b = rotatedResiduals.mutableSpan
    return scratch.asScratch {
      Scalar.linearize(
        rowMajor: &matrix, residuals: residuals.span, length: residualNorm, norm: constants.norm,
        columnNorms: &norms, order: &order, rightHandSide: &b, scratch: &$0)
    }
  }

  /// The first derivative that is not finite, where `columnNorms` are known: every such derivative shows
  /// in the norm of its column.
  func firstNonFiniteDerivative() -> NonFiniteDerivative? {
    for j in 0..<columnCount where !columnNorms[j].isFinite {
      guard let bad = factor.firstIndex(where: { !$0.isFinite }) else { return nil }
      return NonFiniteDerivative(
        residual: bad / columnCount, parameter: bad % columnCount, value: "\(factor[bad])")
    }
    return nil
  }

  /// Factorises where `columnNorms` are known, forms Qᵀf, keeps its first n entries, and completes R.
  mutating func factorizeMeasured(rotating residuals: [Scalar], _ constants: Constants<Scalar>) {
    prepareScratch()
    Scalar.copy(residuals, into: &reflected)
    factorizeMeasured(constants)
    Scalar.copy(reflected, first: columnCount, into: &rotatedResiduals)
    storeDiagonal()
  }
}
