import LSQScalars

/// From a source of derivatives to the factorisation that the algorithm needs.
extension Solve {
  /// Fills `memory.linearization` at the present parameters.
  ///
  /// - Returns: nil, or why the linearisation is unusable.
  mutating func linearize(
    _ problem: LeastSquaresProblem<Scalar>
  ) throws -> LinearizationFlaw? {
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

  /// Fills the factor with a Jacobian from any source other than `byRows` and `rowByRow`.
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
  ) throws -> LinearizationFlaw? {
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
  ) throws -> LinearizationFlaw? {
    let bad = try rotateInRows(problem, evaluate)
    counts.jacobians += 1
    let flaw = bad ?? memory.linearization.finishRows(constants)
    isLinearized = flaw == nil
    return flaw
  }

  /// Rotates the rows of the Jacobian in, up to the first derivative that is not finite.
  private mutating func rotateInRows(
    _ problem: LeastSquaresProblem<Scalar>, _ evaluate: JacobianRowFunction<Scalar>
  ) throws -> LinearizationFlaw? {
    memory.linearization.clear()
    for i in 0..<problem.residualCount {
      try fill(&memory.linearization.row, at: memory.parameters) { try evaluate($0, i, &$1) }
      if let j = memory.linearization.row.firstIndex(where: { !$0.isFinite }) {
        return .derivative(residual: i, parameter: j, value: "\(memory.linearization.row[j])")
      }
      memory.linearization.rotateIn(rightHandSide: memory.residuals[i], constants)
    }
    return nil
  }
}

/// Why a linearisation is unusable.
///
/// Indirect, so that nil, which every good iteration returns, takes one word.
indirect enum LinearizationFlaw: Sendable, Equatable {
  /// A derivative is NaN or infinite.
  case derivative(residual: Int, parameter: Int, value: String)
  /// A residual is NaN or infinite that was finite when it was evaluated without derivatives.
  case residual(index: Int, value: String)
  /// The norm of a column overflows although its elements are finite.
  case columnNorm(parameter: Int)

  /// The error to throw where it happens at the start.
  var error: LeastSquaresError {
    switch self {
    case .derivative(let i, let j, let value):
      .nonFiniteDerivative(residual: i, parameter: j, value: value)
    case .residual(let i, let value): .nonFiniteResidual(index: i, value: value)
    case .columnNorm(let j): .columnNormOverflows(parameter: j)
    }
  }

  /// The termination to report where it happens later.
  var termination: Termination {
    switch self {
    case .derivative(let i, let j, _): .nonFiniteDerivative(residual: i, parameter: j)
    case .residual(let i, _): .nonFiniteResidual(index: i)
    case .columnNorm(let j): .columnNormOverflows(parameter: j)
    }
  }
}

extension Linearization {
  /// Turns the Jacobian in `factor` into what the algorithm needs of it.
  ///
  /// - Returns: nil, or why that is impossible.
  mutating func complete(
    with residuals: [Scalar], residualNorm: Scalar, room: inout [Scalar],
    _ constants: Constants<Scalar>
  ) -> LinearizationFlaw? {
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
    // Every derivative that is not finite shows in the norm of its column.
    if let overflow = firstOverflow { return firstNonFiniteDerivative ?? overflow }
    factorizeMeasured(rotating: residuals, constants)
    return nil
  }

  /// The same in one call, where the scalar type offers it; returns the largest cosine.
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

  /// The first of the `columnNorms`, where they are known, that is not finite.
  var firstOverflow: LinearizationFlaw? {
    // A closure would allocate for each number of a wide type.
    for j in 0..<columnCount where !columnNorms[j].isFinite { return .columnNorm(parameter: j) }
    return nil
  }

  /// The first derivative that is not finite, where `factor` holds the Jacobian.
  private var firstNonFiniteDerivative: LinearizationFlaw? {
    factor.firstIndex { !$0.isFinite }.map {
      .derivative(
        residual: $0 / columnCount, parameter: $0 % columnCount, value: "\(factor[$0])")
    }
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
