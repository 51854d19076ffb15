import LSQScalars
import LeastSquares

// Many rows, in types of the hardware.

extension ModelProblem {
  /// Whether solves take the rows by blocks: where J takes more room than the caches have, and gradients come neither from
  /// a call of the model for every row nor in a type whose operations are expensive.
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

  /// The crew that shares the rows.
  var crew: Crew { recorded.crew ?? .alone }

  /// The rows, to be evaluated by several threads.
  ///
  /// - Parameter differences: nil for exact gradients.
  func rowwise(
    differences: RowGradientSource<Scalar>? = nil
  ) throws -> RowwiseProblem<Scalar> {
    let tape = SharedTape(model, data, isWanted: prefersTape, recorded: recorded.tape)
    func rows(of model: some Model) throws -> RowwiseProblem<Scalar> {
      try RowwiseProblem(
        model, data, loops, tape, parameterCount: parameterCount, differences: differences)
    }
    return try rows(of: model)
  }

  /// The rows by blocks.
  ///
  /// - Parameter differences: nil for exact gradients.
  func byBlocks(
    differences: RowGradientSource<Scalar>? = nil
  ) throws -> LeastSquaresProblem<Scalar> {
    LeastSquaresProblem(byBlocks: try rowwise(differences: differences), evaluatedBy: crew)
  }

  /// r and J at a point, or for many rows those that stand for them; nil where something is not finite, or the model
  /// throws.
  ///
  /// - Parameter residuals: r there; nil where it is to be evaluated.
  /// - Throws: `CancellationError` of the model's.
  func linearModel(
    at point: [Scalar], residuals: [Scalar]? = nil
  ) throws -> LinearModel<Scalar>? {
    do {
      if isTall { return try byBlocks().linearModelByBlocks(at: point) }
      let residuals = try residuals ?? self.residuals(at: point)
      return try finiteJacobian(at: point).map { LinearModel(residuals: residuals, jacobian: $0) }
    } catch  where !error.isCancellation {
      return nil
    }
  }

  /// What the exact Jacobian at a point says about each parameter; nil where it is not finite, or the model throws.
  func determinacy(at point: [Scalar]) throws -> Determinacy<Scalar>? {
    let jacobian = try isTall ? linearModel(at: point)?.jacobian : finiteJacobian(at: point)
    return jacobian.map { Determinacy(jacobian: $0) }
  }
}
