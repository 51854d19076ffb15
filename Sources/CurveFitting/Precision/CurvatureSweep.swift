import LSQScalars
import LeastSquares

/// Residuals, Jacobian and S = Σ rᵢ·∇²rᵢ at a point: for a model that is a tape, by ``TapeCurvature``; for any other,
/// and where an infinity or NaN turns up, from one evaluation on second-order numbers for every row. Blocks of rows of
/// a tape are shared out to a crew; sums are taken block by block, whoever computed them.
///
/// For a problem that is taken by blocks, n + 1 rows stand for all residuals and all of the Jacobian.
///
/// - Complexity: m evaluations of the model, in which a product costs O(n²).
struct CurvatureSweep<Scalar: LSQScalar> {
  /// r and J.
  private(set) var rows: LinearModel<Scalar>
  /// S, symmetric.
  private(set) var secondOrder: Matrix<Scalar>
  /// JᵀJ, where it was taken block by block.
  private var normalByBlocks: Matrix<Scalar>?

  var residuals: [Scalar] { rows.residuals }
  var jacobian: Matrix<Scalar> { rows.jacobian }

  /// nil where something is not finite.
  ///
  /// - Parameters:
  ///   - crew: nil for that of the problem, if it has one.
  ///   - withNormalMatrix: whether JᵀJ will be asked for, so that it is worth computing along the way.
  ///   - rows: those that stand for all, where they are known.
  /// - Throws: what the model throws.
  init?(
    of problem: ModelProblem<Scalar>, at x: [Scalar], by crew: Crew? = nil,
    withNormalMatrix: Bool = false, rows known: LinearModel<Scalar>? = nil
  ) throws {
    var few = known
    if problem.isTall, few == nil {
      few = try problem.byBlocks().linearModelByBlocks(at: x)
      if few == nil { return nil }
    }
    if let tape = try problem.tape(at: x.span) {
      self.init(
        of: tape, problem.data, at: x, by: crew ?? problem.crew,
        withNormalMatrix: withNormalMatrix, rows: few)
      if isFinite { return }
    }
    try self.init(rowByRow: problem, at: x, rows: few)
    if !isFinite { return nil }
  }

  /// From one evaluation on every row.
  private init(
    rowByRow problem: ModelProblem<Scalar>, at x: [Scalar], rows known: LinearModel<Scalar>?
  ) throws {
    let (m, n) = (problem.rowCount, problem.parameterCount)
    let function = try SecondOrderFunction<Scalar>(
      of: problem.model, parameterCount: n, predictorCount: problem.predictorCount)
    var residuals = [Scalar](repeating: 0, count: known == nil ? m : 0)
    var jacobian = Matrix<Scalar>(
      rowCount: residuals.count, columnCount: n, repeating: 0)
    var secondOrder = Matrix<Scalar>(rowCount: n, columnCount: n, repeating: 0)
    var gradient = [Scalar](repeating: 0, count: n)
    let predictors = problem.predictors
    for i in 0..<m {
      let row = predictors.span.extracting(
        i * problem.predictorCount..<(i + 1) * problem.predictorCount)
      let scale = problem.sigma.map { 1 / $0[i] } ?? 1
      let value = try function.add(
        x.span, row, { ($0 - problem.response[i]) * scale * scale }, &gradient,
        &secondOrder)
      guard known == nil else { continue }
      residuals[i] = (value - problem.response[i]) * scale
      for j in 0..<n { jacobian[i, j] = gradient[j] * scale }
    }
    for i in 0..<n {
      for j in 0..<i { secondOrder[j, i] = secondOrder[i, j] }
    }
    rows = known ?? LinearModel(residuals: residuals, jacobian: jacobian)
    self.secondOrder = secondOrder
  }

  /// From a tape.
  private init(
    of tape: ModelTape<Scalar>, _ data: ModelRows<Scalar>, at x: [Scalar], by crew: Crew,
    withNormalMatrix: Bool, rows known: LinearModel<Scalar>?
  ) {
    let (m, n) = (data.response.count, x.count)
    let height = min(
      TapeRows<Scalar>.sharedHeight(m),
      TapeRows<Scalar>.blockHeight(of: tape.plan, rowCount: m, withCurvature: true))
    let blocks = (0..<m).pieces(of: height)
    let isShared = TapeRows<Scalar>.isWorthSharing(m * n)
    let withRows = known == nil
    let withNormalMatrix = withNormalMatrix && withRows
    let parts =
      (isShared ? crew : .alone).map(blocks.count) {
        TapeCurvature(of: tape, at: x, height: height)
      } body: { k, curvature in
        let part = curvature.part(blocks[k], of: data, withRows: withRows)
        guard withNormalMatrix else { return (part, normal: Matrix<Scalar>?.none) }
        let rows = Matrix(rowCount: blocks[k].count, columnCount: n, elements: part.gradients)
        return (part, rows.normalMatrix)
      }
    rows =
      known
      ?? LinearModel(
        residuals: parts.flatMap { $0.0.residuals },
        jacobian: Matrix(rowCount: m, columnCount: n, elements: parts.flatMap { $0.0.gradients }))
    let zeros = Matrix<Scalar>(rowCount: n, columnCount: n, repeating: 0)
    if withNormalMatrix {
      normalByBlocks = parts.compactMap { $0.normal }.reduce(zeros) { $0.adding($1) }
    }
    secondOrder = parts.reduce(zeros) {
      $0.adding(Matrix(symmetric: n, lowerTriangle: $1.0.secondOrder))
    }
  }

  /// JᵀJ.
  var normalMatrix: Matrix<Scalar> { normalByBlocks ?? jacobian.normalMatrix }

  /// The same along some parameters alone, in increasing order.
  func restricted(to parameters: [Int]) -> Self {
    if parameters.count == jacobian.columnCount { return self }
    var part = self
    part.rows = rows.restricted(to: parameters)
    part.secondOrder = secondOrder.restricted(toBoth: parameters)
    part.normalByBlocks = nil
    return part
  }

  /// The parameters whose columns of the Jacobian are zero.
  var idleParameters: [Int] {
    let n = jacobian.columnCount
    return (0..<n).filter { j in
      (0..<jacobian.rowCount).allSatisfy { jacobian[$0, j] == 0 }
    }
  }

  private var isFinite: Bool {
    residuals.span.areFinite && jacobian.elements.span.areFinite
      && secondOrder.elements.span.areFinite
  }
}
