import CurveFitting
import LSQScalars
import MultiPrecision

extension FitInput {
  /// Where the standard deviations of the response come from.
  enum Sigma {
    /// A column, by its index.
    case column(Int)
    /// A formula in columns.
    case formula(FormulaModel, FormulaSource)

    /// Reads the name of a column, or a formula.
    ///
    /// - Throws: ``CommandFailure`` with the column of the first mistake.
    init(_ text: String, _ names: NameCheck) throws {
      if let index = names.columns.firstIndex(of: String(text[...].trimmed)) {
        self = .column(index)
        return
      }
      let source = FormulaSource(text, option: "--sigma")
      let formula = try source.formula()
      try names.checkColumns(of: formula, source)
      do {
        self = .formula(
          try formula.bound(parameters: [], predictors: formula.names.map(\.text)), source)
      } catch {
        throw source.failure(error)
      }
    }
  }

  /// The standard deviations, none of which has lost digits.
  ///
  /// - Throws: ``CommandFailure`` with the line of one that is not positive and finite.
  func standardDeviations<Scalar: LSQScalar>(
    _ sigma: Sigma, _ table: DataTable, as type: Scalar.Type
  ) throws -> [Scalar] {
    switch sigma {
    case .column(let index): return try standardDeviations(inColumn: index, of: table, as: type)
    case .formula(let formula, let formulaSource):
      do {
        return try standardDeviations(formula, table, as: type)
      } catch let error as FormulaError {
        throw formulaSource.failure(error)
      }
    }
  }

  private func standardDeviations<Scalar: LSQScalar>(
    inColumn column: Int, of table: DataTable, as type: Scalar.Type
  ) throws -> [Scalar] {
    let values = try table.column(table.columnNames[column], as: type)
    if let row = values.firstIndex(where: { !($0 > 0) }) {
      let cell = table.decimal(row: row, column: column)
      throw CommandFailure.badData(
        "\(source): The standard deviation \(cell.text) at \(cell.position) is not positive; "
          + "correct it or remove the row.")
    }
    return values
  }

  private func standardDeviations<Scalar: LSQScalar>(
    _ formula: FormulaModel, _ table: DataTable, as type: Scalar.Type
  ) throws -> [Scalar] {
    let values = try formula.roundedValues(
      from: table, as: type, ladder: PrecisionLadder.scalarType(bits:))
    return try values.enumerated().map { row, value in
      let name = "\(source): The standard deviation \(formula.formula)"
      guard let value else {
        throw CommandFailure.badData(
          "\(name) at line \(line(ofRow: row)) is what cancellation leaves of far larger numbers; "
            + "write it in another way, or correct or remove the row.")
      }
      guard value > 0, value.isFinite else {
        throw CommandFailure.badData(
          "\(name) is \(value) at line \(line(ofRow: row)), but has to be positive and finite in "
            + "\(ScalarName(of: type)); correct the formula, or correct or remove the row.")
      }
      return value
    }
  }
}
