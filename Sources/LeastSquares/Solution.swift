public import LSQScalars

/// What a solve found, whether it converged or was stopped: always the best point so far.
///
/// `factor`, `permutation` and `rotatedResiduals` belong to the last Jacobian that was computed, which is
/// usually the one at the last point but one, as in MINPACK; closing steps that were refused do not count.
/// Where it was not completed, because a callback stopped it or a derivative was not finite, they are zero, and
/// the permutation is the identity.
///
/// Where the scalar is `Codable`, so is the solution, and no bit is lost: `MPFloat` is written as text. JSON has no
/// infinity and no NaN, so that for `Double` and `Float` the encoder throws an error about them unless it is told how to
/// write them (`nonConformingFloatEncodingStrategy`).
public struct Solution<Scalar: LSQScalar>: Sendable {
  /// x, n values (MINPACK: x).
  public internal(set) var parameters: [Scalar]
  /// m.
  public let residualCount: Int
  /// f(x), m values (MINPACK: fvec); NaN where their first evaluation was stopped; empty where the
  /// problem is taken by rows, since they are then not held.
  public package(set) var residuals: [Scalar]
  /// ‖f(x)‖ (MINPACK: fnorm).
  public internal(set) var residualNorm: Scalar
  /// Why the solve ended (MINPACK: info).
  public internal(set) var termination: Termination
  /// The number of iterations, closing steps included (MINPACK: iter). Each begins with a linearisation; going back
  /// from a point where that is unusable takes one more.
  public internal(set) var iterations: Int
  /// Calls of the caller's functions (MINPACK: nfev, njev).
  public internal(set) var counts: EvaluationCounts
  /// R in and above the diagonal, the Householder vectors below it (MINPACK: fjac): m×n, or n×n where
  /// the Jacobian came row by row or the problem is taken by rows.
  public internal(set) var factor: Matrix<Scalar>
  /// Column j of J·P is column `permutation[j]` of J, counted from zero (MINPACK: ipvt).
  public internal(set) var permutation: [Int]
  /// The first n entries of Qᵀf (MINPACK: qtf).
  public internal(set) var rotatedResiduals: [Scalar]
  /// D (MINPACK: diag); zero where the solve was stopped before the first Jacobian.
  public internal(set) var scaling: [Scalar]
  /// Δ at the end (MINPACK: delta).
  public internal(set) var trustRegionRadius: Scalar
  /// λ at the end (MINPACK: par).
  public internal(set) var dampingParameter: Scalar
  /// The largest cosine between f and a column of J (MINPACK: gnorm).
  public internal(set) var gradientCosine: Scalar
  /// Whether the last Jacobian was completed.
  package let isLinearized: Bool
  /// The number of rows over which sums ran one after another: m, or n where blocks of rows are summed in a
  /// tree.
  let runningRowCount: Int

  /// How the closing steps went, where they were asked for and MINPACK's tests were met.
  public internal(set) var closing: ClosingOutcome<Scalar>?

  /// The state in which a solve ended. Arrays are shared with its memory, whose next use copies those that are still
  /// held then.
  init(
    _ solve: borrowing Solve<Scalar>, residualCount: Int,
    _ end: (termination: Termination, closing: ClosingOutcome<Scalar>?)
  ) {
    // One by one: delegating to another initialiser would copy its result and retain its arrays again.
    self.residualCount = residualCount
    parameters = solve.memory.parameters
    residuals = solve.memory.residuals
    factor = Matrix(
      rowCount: solve.memory.linearization.rowCount,
      columnCount: solve.memory.linearization.columnCount,
      elements: solve.memory.linearization.factor)
    permutation = solve.memory.linearization.permutation
    rotatedResiduals = solve.memory.linearization.rotatedResiduals
    scaling = solve.memory.scaling
    residualNorm = solve.residualNorm
    (termination, closing) = end
    iterations = solve.iteration
    counts = solve.counts
    trustRegionRadius = solve.trustRegion.radius
    dampingParameter = solve.memory.damping.value
    gradientCosine = solve.gradientCosine
    isLinearized = solve.isLinearized
    runningRowCount = solve.memory.shape.runningRowCount
  }

  /// The state in which a solve ended whose memory serves no other: arrays are moved out of it.
  init(
    taking solve: consuming Solve<Scalar>, residualCount: Int,
    _ end: (termination: Termination, closing: ClosingOutcome<Scalar>?)
  ) {
    self.init(numbersOf: solve, residualCount: residualCount, end)
    var memory = solve.memory
    swap(&parameters, &memory.parameters)
    swap(&residuals, &memory.residuals)
    swap(&factor.elements, &memory.linearization.factor)
    swap(&permutation, &memory.linearization.permutation)
    swap(&rotatedResiduals, &memory.linearization.rotatedResiduals)
    swap(&scaling, &memory.scaling)
  }

  /// The numbers, with empty arrays.
  private init(
    numbersOf solve: borrowing Solve<Scalar>, residualCount: Int,
    _ end: (termination: Termination, closing: ClosingOutcome<Scalar>?)
  ) {
    self.residualCount = residualCount
    (parameters, residuals, permutation, rotatedResiduals, scaling) = ([], [], [], [], [])
    factor = Matrix(
      emptyWithRowCount: solve.memory.linearization.rowCount,
      columnCount: solve.memory.linearization.columnCount)
    residualNorm = solve.residualNorm
    (termination, closing) = end
    iterations = solve.iteration
    counts = solve.counts
    trustRegionRadius = solve.trustRegion.radius
    dampingParameter = solve.memory.damping.value
    gradientCosine = solve.gradientCosine
    isLinearized = solve.isLinearized
    runningRowCount = solve.memory.shape.runningRowCount
  }

  /// ‖f(x)‖², the sum of squares.
  public var sumOfSquares: Scalar { residualNorm * residualNorm }
}

extension Solution: Codable where Scalar: Codable {}
