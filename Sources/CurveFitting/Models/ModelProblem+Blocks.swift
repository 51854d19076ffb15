import LSQScalars
import LeastSquares

// Many rows, in types of the hardware.

extension ModelProblem {
  /// Whether solves take the rows by blocks: where J takes more room than the caches have, and gradients come neither from
  /// a call of the model for every row nor in a type whose operations are dear.
  var isTall: Bool { isLarge && (hasLoopOfGradients || prefersTape && recorded.tape != nil) }

  private var isLarge: Bool {
    !RecordedModel<Scalar>.isWide && rowCount * parameterCount >= tallSize
  }

  /// Records a model of many rows at the start, if it may be taken by blocks.
  ///
  /// - Throws: ``FormulaError`` for a constant of a formula beyond the range of the scalar.
  func recordIfLarge(at start: [Scalar]) throws(FormulaError) {
    guard isLarge, prefersTape, start.count == parameterCount else { return }
    _ = try tape(at: start.span)
  }

  /// What the exact Jacobian at a point says about each parameter; nil where it is not finite, or the model throws.
  func determinacy(at point: [Scalar]) throws -> Determinacy<Scalar>? {
    guard isTall else { return try finiteJacobian(at: point).map { Determinacy(jacobian: $0) } }
    do {
      return try byBlocks().determinacyByBlocks(at: point)
    } catch  where !error.isCancellation {
      return nil
    }
  }

  /// The rows by blocks, evaluated by the crew if there is one.
  ///
  /// - Parameter differences: nil for exact gradients.
  func byBlocks(
    differences: RowGradientSource<Scalar>? = nil
  ) throws -> LeastSquaresProblem<Scalar> {
    let tape = SharedTape(model, data, isWanted: prefersTape, recorded: recorded.tape)
    func rows(of model: some Model) throws -> RowwiseProblem<Scalar> {
      try RowwiseProblem(
        model, data, loops, tape, parameterCount: parameterCount, differences: differences)
    }
    return LeastSquaresProblem(byBlocks: try rows(of: model), evaluatedBy: recorded.crew ?? .alone)
  }
}
