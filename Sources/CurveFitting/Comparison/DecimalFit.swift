public import LSQScalars

/// A model with its data and start as decimals, to be fitted in any scalar type.
///
/// Every decimal is read at the precision of the scalar that asks for it:
///
/// ```swift
/// let table = try DataTable("t, y\n1, 4.1\n2, 6.9\n3, 9.2\n5, 10.8\n")
/// let fit = DecimalFit(
///   model: Saturation(), data: table, predictors: ["t"], response: "y", start: ["12", "0.5"])
/// let digits = try fit.fit(digits: 50, ladder: PrecisionLadder.scalarType(bits:))
/// ```
public struct DecimalFit<FittedModel: Model>: AnyPrecisionFit, Sendable {
  /// The curve or surface.
  public var model: FittedModel { compiled.model }
  /// The rows.
  public let data: DataTable
  /// The columns that the model reads, in its order.
  public let predictors: [String]
  /// The column that it is to match.
  public let response: String
  /// The column of the standard deviations of the response, if they are known.
  public let sigma: String?
  /// Whether these are absolute; if not, they are known up to a common factor, which the residuals determine (SciPy's
  /// `curve_fit`: absolute_sigma, there false by default).
  public let isSigmaAbsolute: Bool
  /// A decimal for every parameter.
  public let start: [String]
  @usableFromInline let compiled: CompiledModel<FittedModel>

  /// A fit of a model to columns of a table.
  @inlinable
  public init(
    model: FittedModel, data: DataTable, predictors: [String], response: String,
    sigma: String? = nil, isSigmaAbsolute: Bool = true, start: [String]
  ) {
    compiled = CompiledModel(model)
    self.data = data
    self.predictors = predictors
    self.response = response
    self.sigma = sigma
    self.isSigmaAbsolute = isSigmaAbsolute
    self.start = start
  }

  /// The problem with its data read at a scalar's precision.
  ///
  /// - Throws: ``DataTableError`` for cells that are not numbers of the type, ``DataError`` for rows that cannot be
  ///   fitted, what the model throws.
  public func problem<Scalar: LSQScalar>(over type: Scalar.Type) throws -> ModelProblem<Scalar> {
    let problem = try ModelProblem(
      compiled: compiled, predictors: data.rows(of: predictors, as: type),
      predictorCount: predictors.count, response: data.column(response, as: type),
      sigma: sigma.map { try data.column($0, as: type) }, isSigmaAbsolute: isSigmaAbsolute,
      parameterCount: start.count)
    problem.source = (data, predictors)
    return problem
  }

  /// The start at a scalar's precision.
  ///
  /// - Throws: ``DataTableError`` for a text that is not a number of the type.
  public func start<Scalar: LSQScalar>(over type: Scalar.Type) throws -> [Scalar] {
    try start.values(as: type)
  }
}

extension [String] {
  /// The decimals of a start at a scalar's precision.
  func values<Scalar: LSQScalar>(as type: Scalar.Type) throws -> [Scalar] {
    try enumerated().map { j, text in
      try DecimalText(
        text, quantity: "start \(j + 1)", at: TextPosition(line: 1, column: 1)
      ).value(as: type)
    }
  }
}
