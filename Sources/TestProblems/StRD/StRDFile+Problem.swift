public import CurveFitting
public import LSQScalars

extension StRDFile {
  /// The model and the transformation of the response, as formulas bound to the file's names.
  ///
  /// - Throws: `FormulaError` where the file's formula is not valid.
  public func formulas() throws(FormulaError) -> (
    model: FormulaModel, response: FormulaModel
  ) {
    (
      try Formula(parsing: model).bound(parameters: parameterNames, predictors: predictorNames),
      try Formula(parsing: response).bound(parameters: [], predictors: [responseName])
    )
  }

  /// The file as a problem to be fitted, its data read at a scalar's precision.
  ///
  /// ```swift
  /// let thurber = try NISTProblem.named("Thurber")
  /// let fit = try thurber.problem(over: MPFloat256.self).fit(from: thurber.start(1, as: MPFloat256.self))
  /// ```
  ///
  /// - Throws: `DataTableError` or `DataError` for data that do not fit the scalar type,
  ///   `FormulaError` where the file's formula is not valid.
  public func problem<Scalar: LSQScalar>(over type: Scalar.Type) throws -> ModelProblem<Scalar> {
    try problem(over: type, formulas())
  }

  /// The same with formulas already read.
  func problem<Scalar: LSQScalar>(
    over type: Scalar.Type, _ formulas: (model: FormulaModel, response: FormulaModel)
  ) throws -> ModelProblem<Scalar> {
    let (model, response) = formulas
    let transform = try response.evaluator(over: type)
    let problem = try ModelProblem(
      model: model, predictors: predictors(as: type), predictorCount: predictorNames.count,
      response: responses(as: type).map { try transform([Scalar]().span, [$0].span) },
      parameterCount: parameters.count)
    problem.source = (data, predictorNames)
    try problem.takeRounding(of: response, from: data)
    return problem
  }
}
