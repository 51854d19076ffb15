public import CurveFitting
public import LSQScalars

/// A nonlinear regression problem of NIST's Statistical Reference Datasets, as its file states it.
///
/// Every number is kept as text, so that each scalar type rounds it once, to its own precision.
///
/// Source: NIST, *Statistical Reference Datasets: Nonlinear Regression*.
public struct StRDFile: Sendable {
  /// NIST's grading of the problem.
  public enum Level: String, Sendable, Hashable, CaseIterable {
    case lower, average, higher
  }

  /// A row of the table of starting and certified values.
  public struct Parameter: Sendable, Hashable {
    /// The name, as the formula uses it.
    public let name: String
    /// The far starting value.
    public let start1: DecimalText
    /// The near starting value.
    public let start2: DecimalText
    /// The certified estimate, if the file has one.
    public let certifiedValue: DecimalText?
    /// The certified standard deviation of the estimate, if the file has one.
    public let certifiedStandardDeviation: DecimalText?
  }

  /// The dataset's name, such as `Misra1a`.
  public let name: String
  /// The level of difficulty, if the file has a known one.
  public let level: Level?
  /// The formula of the model, on one line: without the left-hand side and the error term, with
  /// parentheses for brackets. Powers are written `**` and the arc tangent `arctan`, as in the
  /// file.
  public let model: String
  /// The left-hand side of the model: `y`, or a transformation of it such as `log(y)`.
  public let response: String
  /// The parameters in the order of the file.
  public let parameters: [Parameter]
  /// The certified residual sum of squares; nil where ``isCertified`` is false.
  public let certifiedSumOfSquares: DecimalText?
  /// The certified residual standard deviation; nil where ``isCertified`` is false.
  public let certifiedResidualStandardDeviation: DecimalText?
  /// The degrees of freedom that the file prints. Rat43's are wrong: prefer ``degreesOfFreedom``.
  public let printedDegreesOfFreedom: Int?
  /// The number of observations that the file prints.
  public let printedObservationCount: Int?
  /// The observations: the response in the first column, then the predictors.
  public let data: DataTable
}

extension StRDFile {
  /// The names of the parameters.
  public var parameterNames: [String] { parameters.map(\.name) }
  /// The name of the measured quantity.
  public var responseName: String { data.columnNames[0] }
  /// The names of the predictors.
  public var predictorNames: [String] { Array(data.columnNames.dropFirst()) }
  /// Whether the file has certified values: for all parameters and the residuals, or for none.
  public var isCertified: Bool { certifiedSumOfSquares != nil }
  /// The number N of observations.
  public var observationCount: Int { data.rowCount }
  /// The number N − n of observations beyond the number of parameters.
  public var degreesOfFreedom: Int { observationCount - parameters.count }

  /// One of the two starting points: number 1 is the far one, 2 the near one.
  ///
  /// - Precondition: the number is 1 or 2.
  /// - Throws: `DataTableError` if a value is beyond the range of `Scalar`.
  public func start<Scalar: LSQScalar>(
    _ number: Int, as _: Scalar.Type
  ) throws(DataTableError) -> [Scalar] {
    precondition(number == 1 || number == 2, "a StRD file has the starts 1 and 2")
    return try values(parameters.map(number == 1 ? \.start1 : \.start2))
  }

  /// The certified estimates; none where ``isCertified`` is false.
  ///
  /// - Throws: `DataTableError` if one is beyond the range of `Scalar`.
  public func certifiedValues<Scalar: LSQScalar>(
    as _: Scalar.Type
  ) throws(DataTableError) -> [Scalar] {
    try values(parameters.compactMap(\.certifiedValue))
  }

  /// The certified standard deviations of the estimates; none where ``isCertified`` is false.
  ///
  /// - Throws: `DataTableError` if one is beyond the range of `Scalar`.
  public func certifiedStandardDeviations<Scalar: LSQScalar>(
    as _: Scalar.Type
  ) throws(DataTableError) -> [Scalar] {
    try values(parameters.compactMap(\.certifiedStandardDeviation))
  }

  /// The measured values, before any transformation.
  ///
  /// - Throws: `DataTableError` if one is beyond the range of `Scalar`.
  public func responses<Scalar: LSQScalar>(as _: Scalar.Type) throws(DataTableError) -> [Scalar] {
    try data.column(responseName, as: Scalar.self)
  }

  /// The predictors, N×k for k predictors, row-major.
  ///
  /// - Throws: `DataTableError` if one is beyond the range of `Scalar`.
  public func predictors<Scalar: LSQScalar>(
    as type: Scalar.Type
  ) throws(DataTableError) -> [Scalar] {
    try data.rows(of: predictorNames, as: type)
  }

  private func values<Scalar: LSQScalar>(
    _ numbers: [DecimalText]
  ) throws(DataTableError) -> [Scalar] {
    var values: [Scalar] = []
    for number in numbers { try values.append(number.value(as: Scalar.self)) }
    return values
  }
}
