public import LSQScalars

/// A formula whose names are bound to parameters and predictors.
///
/// Without parameters it is a function of the columns of data, such as a transformed response.
public struct FormulaModel: PreparedModel {
  /// The formula.
  public let formula: Formula
  /// The names of the parameters, in the order of `b`.
  public let parameters: [String]
  /// The names of the predictors, in the order of `x`.
  public let predictors: [String]
  /// The names that stand for decimal numbers.
  public let constants: [String: String]

  let tape: Tape
  let plan: TapePlan

  init(
    formula: Formula, parameters: [String], predictors: [String], constants: [String: String],
    tape: Tape
  ) {
    self.formula = formula
    self.constants = constants
    self.parameters = parameters
    self.predictors = predictors
    self.tape = tape
    plan = TapePlan(tape)
  }

  /// The value for one row. To evaluate many rows, make an ``evaluator(over:)``.
  ///
  /// - Throws: ``FormulaError`` for a constant beyond the range of the scalar.
  public func value<Number: ModelNumber>(_ b: Span<Number>, at x: Span<Number>) throws -> Number {
    var evaluator = try TapeEvaluator<Number>(tape)
    return evaluator.value(b, x)
  }

  /// The formula with its constants read at the precision of `Number`.
  ///
  /// - Throws: ``FormulaError`` for a constant beyond the range of the scalar.
  public func evaluator<Number: ModelNumber>(
    over type: Number.Type
  ) throws -> (Span<Number>, Span<Number>) throws -> Number {
    try tapeFunction(tape, over: type)
  }
}
