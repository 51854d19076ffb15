import CurveFitting
import LSQScalars

/// Formulas bound to the columns of a table: all that a fit needs except the scalar type.
struct FitInput: AnyPrecisionFit {
  let parameters: [ParameterValue]
  /// The parameters that are held.
  let fixed: [ParameterValue]
  private let table: DataTable
  private let model: FormulaModel
  private let modelSource: FormulaSource
  private let response: FormulaModel
  private let responseSource: FormulaSource
  private let sigma: Sigma?
  private let isSigmaAbsolute: Bool
  /// How messages name the data.
  let source: String
  /// Whether the first line of the table gave the names of the columns.
  private var hasHeader = true

  var parameterNames: [String] { parameters.map(\.name) }

  /// m − n.
  var degreesOfFreedom: Int { table.rowCount - parameters.count }

  /// Whether standard deviations of the response are known, not only up to a factor.
  var hasKnownScatter: Bool { sigma != nil && isSigmaAbsolute }

  /// Reads the table in a file.
  ///
  /// - Throws: ``CommandFailure`` with line and column.
  static func table(
    inFile path: String, columns: [String]?, on console: Console
  ) throws -> DataTable {
    let text = try console.text(ofFile: path)
    do throws(DataTableError) {
      return try DataTable(text, columns: columns)
    } catch {
      switch error {
      case .emptyColumnName(_, nil), .duplicateColumnName(_, nil):
        throw CommandFailure.usage("--columns: \(error)")
      default: throw CommandFailure.badData("\(Console.name(ofFile: path)): \(error)")
      }
    }
  }

  /// Binds formulas to the table in a file.
  ///
  /// - Parameter columns: the names of the columns, separated by commas; nil where the table begins with them.
  /// - Throws: ``CommandFailure`` with line and column, and where the next initializer throws.
  init(
    _ formulas: FitFormulas, inFile path: String, columns: String?, sigma: String?,
    isSigmaAbsolute: Bool = true, on console: Console
  ) throws {
    let table = try Self.table(
      inFile: path, columns: columns.map(Self.columnNames), on: console)
    try self.init(
      formulas, table, sigma: sigma, isSigmaAbsolute: isSigmaAbsolute,
      source: Console.name(ofFile: path))
    hasHeader = columns == nil
  }

  /// The names in a list separated by commas.
  static func columnNames(_ text: String) -> [String] {
    text.split(separator: ",", omittingEmptySubsequences: false).map { String($0.trimmed) }
  }

  /// Binds formulas to a table.
  ///
  /// - Throws: ``CommandFailure`` for names that are unknown or have two meanings.
  init(
    _ formulas: FitFormulas, _ table: DataTable, sigma: String?, isSigmaAbsolute: Bool = true,
    source: String
  ) throws {
    self.isSigmaAbsolute = isSigmaAbsolute
    self.table = table
    self.source = source
    (parameters, fixed) = (formulas.start, formulas.fixed)
    (modelSource, responseSource) = (formulas.modelSource, formulas.responseSource)
    let names = NameCheck(
      columns: table.columnNames, parameters: parameters.map(\.name), fixed: fixed.map(\.name),
      startOption: formulas.startOption)
    try names.checkParameters(of: formulas.model, formulas.modelSource)
    try names.checkColumns(of: formulas.response, formulas.responseSource)
    self.sigma = try sigma.map { try Sigma($0, names) }
    let outer = Set(names.parameters + names.fixed)
    do {
      model = try formulas.model.bound(
        parameters: names.parameters,
        predictors: formulas.model.names.map(\.text).filter { !outer.contains($0) },
        constants: Dictionary(uniqueKeysWithValues: fixed.map { ($0.name, $0.text) }))
    } catch {
      throw FormulaSource(formulas.model.text, option: formulas.startOption).failure(error)
    }
    do {
      response = try formulas.response.bound(
        parameters: [], predictors: formulas.response.names.map(\.text))
    } catch {
      throw formulas.responseSource.failure(error)
    }
  }

  /// The line of a row, which counts from zero.
  func line(ofRow row: Int) -> Int { table.decimal(row: row, column: 0).position.line }

  /// The starts in a scalar type.
  ///
  /// - Throws: ``CommandFailure`` where one is out of range.
  func start<Scalar: LSQScalar>(over type: Scalar.Type) throws -> [Scalar] {
    try parameters.map { try $0.value(as: type) }
  }

  /// The problem in a scalar type.
  ///
  /// - Throws: ``CommandFailure`` for data that cannot be fitted, and for a fixed value out of range.
  func problem<Scalar: LSQScalar>(over type: Scalar.Type) throws -> ModelProblem<Scalar> {
    for parameter in fixed { _ = try parameter.value(as: type) }
    do {
      let problem = try ModelProblem(
        model: model, predictors: table.rows(of: model.predictors, as: type),
        predictorCount: model.predictors.count, response: responses(as: type),
        sigma: sigma.map { try standardDeviations($0, table, as: type) },
        isSigmaAbsolute: isSigmaAbsolute,
        parameterCount: parameters.count)
      problem.source = (table, model.predictors)
      try problem.takeRounding(of: response, from: table)
      return problem
    } catch let error as DataTableError {
      throw CommandFailure.badData("\(source): \(error)\(remedy(for: error))")
    } catch let error as FormulaError {
      throw modelSource.failure(error)
    }
  }

  /// The remedy if `--columns` is given and the first row turns out to be a header.
  private func remedy(for error: DataTableError) -> String {
    guard !hasHeader, case .malformedNumber(_, _, let position) = error,
      position.line == line(ofRow: 0)
    else { return "" }
    return " With --columns the table must not have a header line: remove it."
  }

  private func responses<Scalar: LSQScalar>(as type: Scalar.Type) throws -> [Scalar] {
    let formula = response.formula
    let function: (Span<Scalar>, Span<Scalar>) throws -> Scalar
    do {
      function = try response.evaluator(over: type)
    } catch let error as FormulaError {
      throw responseSource.failure(error)
    }
    let width = response.predictors.count
    let values = try table.rows(of: response.predictors, as: type)
    return try (0..<table.rowCount).map { row in
      let value = try function(
        [Scalar]().span, values.span.extracting(row * width..<(row + 1) * width))
      guard value.isFinite else {
        throw CommandFailure.badData(
          "\(source): The response \(formula) is \(value) at line \(line(ofRow: row)); correct or "
            + "remove the row.")
      }
      return value
    }
  }
}
