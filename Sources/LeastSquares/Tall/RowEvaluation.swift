import LSQScalars

/// The rows of a problem as the algorithm sees them: a norm and, when needed, a triangle.
///
/// Leaves of four blocks are evaluated by the tasks of a crew, each leaf from its first row to its last;
/// their summaries are merged pairwise up a tree that depends on m, n and the rows of a block alone.
///
/// *Law:* within a block as ``RowBlock`` says; the blocks of a leaf are added to its triangle and its sum
/// one after the other; then pairwise. MINPACK has one sum over all rows for every column (D-011).
final class RowEvaluation<Scalar: LSQScalar> {
  /// What the rows come to at a point, in the scalar type.
  struct Outcome {
    let residualNorm: Scalar
    let nonFiniteResidual: NonFiniteResidual?
    let nonFiniteDerivative: LinearizationFlaw?
    /// R and Qᵀf, where they were asked for and all is finite.
    let triangle: Triangle<Scalar>?

    /// Why there is no triangle, where it was asked for.
    var flaw: LinearizationFlaw? {
      nonFiniteDerivative
        ?? nonFiniteResidual.map { .residual(index: $0.index, value: $0.value) }
    }
  }

  /// At a point, with its triangle or without it, to the end or until the task is cancelled.
  private typealias Evaluation = (
    [Scalar], _ withTriangle: Bool, _ endsWhenCancelled: Bool
  ) throws -> Outcome

  private let evaluate: Evaluation
  /// Whether f is held for differences, so that nothing is gained by finding them ahead.
  private let holdsResiduals: Bool
  /// The last point that a triangle was found for.
  private var reduced: (parameters: [Scalar], outcome: Outcome)?
  /// The residual that the last evaluation found not to be finite.
  private(set) var nonFiniteResidual: NonFiniteResidual?

  private init(holdsResiduals: Bool, _ evaluate: @escaping Evaluation) {
    self.holdsResiduals = holdsResiduals
    self.evaluate = evaluate
  }

  /// ‖f‖ at a point.
  ///
  /// - Parameter anticipating: whether the triangle at this point will probably be asked for next; it is
  ///   then found in the same pass.
  func residualNorm(at parameters: [Scalar], anticipating: Bool) throws -> Scalar {
    let anticipating = anticipating && !holdsResiduals
    if let reduced, reduced.parameters == parameters {
      nonFiniteResidual = reduced.outcome.nonFiniteResidual
      return reduced.outcome.residualNorm
    }
    let outcome = try evaluate(parameters, anticipating, true)
    nonFiniteResidual = outcome.nonFiniteResidual
    if anticipating { reduced = (parameters, outcome) }
    return outcome.residualNorm
  }

  /// What stands for all rows at a point, also where the task is cancelled; nil where something is not finite.
  func linearModel(at parameters: [Scalar]) throws -> LinearModel<Scalar>? {
    let outcome = try evaluate(parameters, true, false)
    return outcome.triangle.map {
      LinearModel(
        triangle: $0.ofJacobian, rotated: $0.ofResiduals, norm: outcome.residualNorm)
    }
  }

  /// R and Qᵀf at a point, or why they are unusable.
  func linearize(
    at parameters: [Scalar], into linearization: inout Linearization<Scalar>,
    _ constants: Constants<Scalar>
  ) throws -> LinearizationFlaw? {
    let outcome: Outcome
    if let reduced, reduced.parameters == parameters {
      outcome = reduced.outcome
    } else {
      outcome = try evaluate(parameters, true, true)
      reduced = (parameters, outcome)
    }
    guard let triangle = outcome.triangle else { return outcome.flaw }
    return linearization.adopt(triangle, constants)
  }
}

extension RowEvaluation {
  /// The rows of a problem, evaluated by a crew.
  static func make(_ problem: RowwiseProblem<Scalar>, by crew: Crew) -> RowEvaluation {
    // The compiler makes specialised code for each of these.
    if let problem = problem as? RowwiseProblem<Double>,
      let evaluation = RowEvaluation<Double>(problem, PackedBlock<Double>.self, crew)
        as? RowEvaluation
    {
      return evaluation
    }
    if let problem = problem as? RowwiseProblem<Float>,
      let evaluation = RowEvaluation<Float>(problem, PackedBlock<Float>.self, crew)
        as? RowEvaluation
    {
      return evaluation
    }
    #if (arch(i386) || arch(x86_64)) && !os(Windows) && !os(Android)
      if let problem = problem as? RowwiseProblem<Float80>,
        let evaluation = RowEvaluation<Float80>(problem, KernelBlock<Float80>.self, crew)
          as? RowEvaluation
      {
        return evaluation
      }
    #endif
    return RowEvaluation(problem, KernelBlock<Scalar>.self, crew)
  }

  /// How many blocks one task takes at a time.
  private static var blocksPerLeaf: Int { 4 }

  private convenience init<Block: RowBlock>(
    _ problem: RowwiseProblem<Scalar>, _: Block.Type, _ crew: Crew
  ) where Block.Scalar == Scalar {
    let leafRows = Self.blocksPerLeaf * problem.blockRowCount
    let leafCount = (problem.rowCount + leafRows - 1) / leafRows
    let held = HeldResiduals(problem, leafCount: leafCount)
    self.init(holdsResiduals: held != nil) { parameters, withTriangle, endsWhenCancelled in
      let tree = PairwiseTree<RowSummary<Block.Sum>>(leafCount: leafCount)
      let areKnown = withTriangle && held?.areKnown(at: parameters) == true
      if !withTriangle { held?.setPoint(nil) }
      try crew.perform(leafCount) {
        RowScratch<Block>(problem, at: parameters, endsWhenCancelled: endsWhenCancelled)
      } body: { leaf, scratch in
        let first = leaf * leafRows
        let rows = first..<min(first + leafRows, problem.rowCount)
        if areKnown, let known = held?[leaf] { scratch.residuals = known }
        let summary = try scratch.summarize(
          rows, withTriangle: withTriangle, areKnown: areKnown)
        if !withTriangle { held?.exchange(&scratch.residuals, leaf: leaf) }
        tree.add(summary, leaf: leaf) { scratch.merge($0, into: &$1) }
      }
      if !withTriangle { held?.setPoint(parameters) }
      var summary = tree.root ?? RowSummary()
      if let widths = problem.gradients.widths(at: parameters) {
        summary.triangle?.divideColumns(by: widths.map(Block.widen))
      }
      return Outcome(summary, narrowedBy: Block.narrow)
    }
  }
}

extension RowEvaluation.Outcome {
  fileprivate init<Sum>(_ summary: RowSummary<Sum>, narrowedBy narrow: (Sum) -> Scalar) {
    residualNorm = narrow(summary.squares.norm)
    nonFiniteResidual = summary.nonFiniteResidual
    nonFiniteDerivative = summary.nonFiniteDerivative
    guard let wide = summary.triangle, summary.isFinite else {
      triangle = nil
      return
    }
    var triangle = Triangle<Scalar>(columnCount: wide.columnCount)
    for i in 0..<wide.rowCount {
      for j in i..<wide.columnCount { triangle[i, j] = narrow(wide[i, j]) }
    }
    self.triangle = triangle
  }
}

extension Triangle {
  /// R of J, without the column that belongs to f.
  fileprivate var ofJacobian: Matrix<Sum> {
    let n = columnCount - 1
    var matrix = Matrix<Sum>(rowCount: n, columnCount: n, repeating: 0)
    for i in 0..<n {
      for j in i..<n { matrix[i, j] = self[i, j] }
    }
    return matrix
  }

  /// Qᵀf.
  fileprivate var ofResiduals: [Sum] { (0..<rowCount).map { self[$0, rowCount] } }
}

extension Linearization {
  /// Adopts R and Qᵀf, and pivots: R·P = Q̃·R̃.
  ///
  /// - Returns: nil, or why that is impossible.
  fileprivate mutating func adopt(
    _ triangle: Triangle<Scalar>, _ constants: Constants<Scalar>
  ) -> LinearizationFlaw? {
    factor = triangle.ofJacobian.elements
    measureColumns(constants)
    if let overflow = firstOverflow { return overflow }
    factorizeMeasured(rotating: triangle.ofResiduals, constants)
    return nil
  }
}
