import CurveFitting
import LSQScalars

/// A formula with its data as CSV, of which the column y is the response, and where it starts.
protocol FormulaFit: AnyPrecisionFit {
  var formula: String { get }
  var parameters: [String] { get }
  var start: [String] { get }
  var data: String { get }
  /// The column with the standard deviations of y, if there is one.
  var sigma: String? { get }
}

extension FormulaFit {
  var sigma: String? { nil }

  private func posed() throws -> DecimalFit<FormulaModel> {
    let table = try DataTable(data)
    let predictors = table.columnNames.filter { $0 != "y" && $0 != sigma }
    return DecimalFit(
      model: try Formula(parsing: formula).bound(parameters: parameters, predictors: predictors),
      data: table, predictors: predictors, response: "y", sigma: sigma, start: start)
  }

  func problem<Scalar: LSQScalar>(over type: Scalar.Type) throws -> ModelProblem<Scalar> {
    try posed().problem(over: type)
  }

  func start<Scalar: LSQScalar>(over type: Scalar.Type) throws -> [Scalar] {
    try posed().start(over: type)
  }
}
