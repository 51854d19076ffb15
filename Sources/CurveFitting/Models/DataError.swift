/// Why data cannot be fitted.
///
/// Rows and columns are counted from zero.
public enum DataError: Error, Hashable, Sendable {
  /// One of the quantities of a row of data.
  public enum Column: Hashable, Sendable {
    /// The predictor with this index.
    case predictor(Int)
    /// The measured value y.
    case response
    /// The standard deviation σ of the measured value.
    case sigma
  }

  /// There are no rows at all.
  case empty
  /// There is no parameter to fit.
  case noParameters(count: Int)
  /// A row cannot have this many predictors.
  case negativePredictorCount(Int)
  /// The model reads a different number of parameters or predictors; `what` says which.
  case modelCount(what: String, found: Int, expected: Int)
  /// The predictors do not fill `rows` rows of `columns`.
  case predictorCount(Int, rows: Int, columns: Int)
  /// There is not one standard deviation per row.
  case sigmaCount(Int, rows: Int)
  /// A quantity is infinite or NaN.
  case notFinite(Column, row: Int, value: String)
  /// A standard deviation is zero or negative.
  case sigmaNotPositive(row: Int, value: String)
}

extension DataError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .empty:
      "There are no data: give at least one row."
    case .noParameters(let count):
      "A problem of \(count) parameters has nothing to fit: give at least one, with a start value."
    case .negativePredictorCount(let count):
      "A row cannot have \(count) predictors: give their number, or 0 where the model reads none."
    case .modelCount(let what, let found, let expected):
      "The formula reads \(expected) \(what), not \(found): give one value for each of its names."
    case .predictorCount(let count, let rows, let columns):
      "\(count) predictors do not make \(rows) rows of \(columns): give one for each of them, row by row."
    case .sigmaCount(let count, let rows):
      "There are \(count) standard deviations for \(rows) rows: give one per row, or none."
    case .notFinite(let column, let row, let value):
      "The \(column) of row \(row) is \(value): remove the row or correct the value."
    case .sigmaNotPositive(let row, let value):
      "The standard deviation of row \(row) is \(value): it must be positive; to give a row no "
        + "weight, remove it."
    }
  }
}

extension DataError.Column: CustomStringConvertible {
  public var description: String {
    switch self {
    case .predictor(let index): "predictor \(index)"
    case .response: "response"
    case .sigma: "standard deviation"
    }
  }
}
