import LSQScalars
import LeastSquares

extension ModelProblem {
  /// Refuses counts that make no sense, or are not those of a formula.
  static func validate(
    _ model: some Model, parameterCount: Int, predictorCount: Int
  ) throws(DataError) {
    guard parameterCount > 0 else { throw .noParameters(count: parameterCount) }
    guard predictorCount >= 0 else { throw .negativePredictorCount(predictorCount) }
    guard let formula = model as? FormulaModel else { return }
    func require(_ what: String, _ found: Int, _ names: [String]) throws(DataError) {
      guard found != names.count else { return }
      throw .modelCount(what: what, found: found, expected: names.count)
    }
    try require("parameters", parameterCount, formula.parameters)
    try require("predictors", predictorCount, formula.predictors)
  }

  /// Refuses data that cannot be fitted.
  static func validate(
    _ model: some Model, predictors: [Scalar], predictorCount: Int, response: [Scalar],
    sigma: [Scalar]?, parameterCount: Int
  ) throws(DataError) {
    try validate(model, parameterCount: parameterCount, predictorCount: predictorCount)
    let rowCount = response.count
    guard rowCount > 0 else { throw .empty }
    let (count, overflows) = rowCount.multipliedReportingOverflow(by: predictorCount)
    guard !overflows, predictors.count == count else {
      throw .predictorCount(predictors.count, rows: rowCount, columns: predictorCount)
    }
    if let sigma, sigma.count != rowCount { throw .sigmaCount(sigma.count, rows: rowCount) }
    for i in 0..<rowCount {
      for j in 0..<predictorCount {
        try requireFinite(predictors[i * predictorCount + j], .predictor(j), row: i)
      }
      try requireFinite(response[i], .response, row: i)
      guard let sigma else { continue }
      try requireFinite(sigma[i], .sigma, row: i)
      guard sigma[i] > 0 else { throw .sigmaNotPositive(row: i, value: "\(sigma[i])") }
    }
  }

  private static func requireFinite(
    _ value: Scalar, _ column: DataError.Column, row: Int
  ) throws(DataError) {
    guard value.isFinite else { throw .notFinite(column, row: row, value: "\(value)") }
  }
}
