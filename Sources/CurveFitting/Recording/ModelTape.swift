import LSQScalars

/// A model as steps on numbers of one type, whether it was written as a formula or in Swift.
struct ModelTape<Scalar: LSQScalar>: Sendable {
  let plan: TapePlan
  let constants: [Scalar]
  /// Whether a constant is plainly whole although the formula has another number, as 5.0000000000000001 in `Double`.
  let hasRoundedWholes: Bool

  init(plan: TapePlan, constants: [Scalar], hasRoundedWholes: Bool = false) {
    self.plan = plan
    self.constants = constants
    self.hasRoundedWholes = hasRoundedWholes
  }

  /// A formula with its constants read.
  ///
  /// - Throws: ``FormulaError`` for a constant beyond the range of the scalar.
  init(_ formula: FormulaModel) throws(FormulaError) {
    var constants: [Scalar] = []
    for constant in formula.tape.constants { constants.append(try tapeConstant(constant)) }
    self.init(
      plan: formula.plan, constants: constants,
      hasRoundedWholes: zip(constants, formula.tape.constants).contains { value, constant in
        value.isPlainlyWhole && !constant.isWhole
      })
  }

  /// The operations of a model, recorded while it is evaluated at one point on one row; nil where they cannot
  /// be, since the model looks at its numbers, throws, or takes too many steps.
  ///
  /// A model that looks at nothing does the same with every point and row, so one evaluation tells everything. The
  /// recorded numbers carry their values at that point, so that a model that does look at them ends as it would without
  /// being recorded.
  init?(recording model: some Model, _ b: Span<Scalar>, _ x: Span<Scalar>) {
    typealias Number = RecordedNumber<Scalar>
    let recorder = Recorder<Scalar>(parameterCount: b.count, predictorCount: x.count)
    let parameters = b.indices.map { Number(b[$0], index: $0, recorder) }
    let predictors = x.indices.map { Number(x[$0], index: b.count + $0, recorder) }
    guard
      let result = try? model.evaluator(over: Number.self)(parameters.span, predictors.span),
      let tape = recorder.tape(of: result)
    else { return nil }
    self = tape
  }

  /// A model as a tape: as it stands where it is a formula, and recorded otherwise.
  ///
  /// - Throws: ``FormulaError`` for a constant of a formula beyond the range of the scalar.
  static func of(
    _ model: any Model, _ data: ModelRows<Scalar>, at b: Span<Scalar>
  ) throws(FormulaError) -> Self? {
    if let formula = model as? FormulaModel { return try Self(formula) }
    // It asks its predictor for the index of a residual.
    if model is ResidualRows { return nil }
    return Self(recording: model, b, data.predictors.span.extracting(data.range(0)))
  }
}
