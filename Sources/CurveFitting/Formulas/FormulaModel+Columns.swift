import LSQScalars
import LeastSquares

extension FormulaModel {
  /// The values of a formula without parameters, computed from columns of a table row by row in wider types and rounded
  /// once, so that they are worth as much as numbers that were read.
  ///
  /// The width rises until rounding (``TapeRounding``) can change a value by no more than an eighth of a unit of the
  /// scalar's, or, where that bound is not known, as on a kink, until two widths agree.
  ///
  /// - Returns: the values; nil for rows in which 32 times the width of the scalar is not enough, unless nothing is left
  ///   even there, so that the value is zero as far as can be told.
  /// - Throws: ``DataTableError`` for the columns, ``FormulaError`` for a constant beyond the range of the types.
  /// - Complexity: O(rows·steps), once per width.
  package func roundedValues<Scalar: LSQScalar>(
    from table: DataTable, as type: Scalar.Type, ladder: ScalarLadder
  ) throws -> [Scalar?] {
    let widths = (0..<6).map { (Scalar.precisionBits + 64) << $0 }
    var types: [any LSQScalar.Type] = widths.compactMap { try? ladder($0) }
    if types.isEmpty { types = [type] }
    var settled = [Scalar?](repeating: nil, count: table.rowCount)
    var previous: [Scalar]?
    for type in types where settled.contains(nil) {
      let found: [(value: Scalar, isSure: Bool?)] = try values(from: table, in: type)
      for i in settled.indices where settled[i] == nil {
        let (value, isSure) = found[i]
        let agrees = previous.map { $0[i] == value || $0[i].isNaN && value.isNaN } ?? false
        if isSure ?? agrees || types.count == 1 { settled[i] = value }
      }
      previous = found.map(\.value)
    }
    return settled.indices.map { settled[$0] ?? (previous?[$0] == 0 ? 0 : nil) }
  }

  /// The values in a type, rounded to the scalar, and whether the type is wide enough; nil where that is not known.
  private func values<Wide: LSQScalar, Scalar: LSQScalar>(
    from table: DataTable, in type: Wide.Type
  ) throws -> [(value: Scalar, isSure: Bool?)] {
    let numbers = try table.rows(of: predictors, as: type)
    let (width, count) = (predictors.count, table.rowCount)
    let sizes = try rounding(from: table, numbers)
    let function = try evaluator(over: type)
    let spareBits = Wide.precisionBits - Scalar.precisionBits - 3
    let gain = Wide(sign: .plus, exponent: Wide.Exponent(spareBits), significand: 1)
    return try (0..<count).map { i in
      let row = numbers.span.extracting(i * width..<(i + 1) * width)
      let value = try function([Wide]().span, row)
      let isSure = sizes[i].isFinite ? sizes[i] <= gain * value.magnitude : nil
      return (Scalar(rounding: value.binaryReal), isSure)
    }
  }

  /// How much rounding can change each value of a formula without parameters (``TapeRounding``).
  ///
  /// - Parameter numbers: those of the table's columns that the formula reads, row by row.
  /// - Throws: ``FormulaError`` for a constant beyond the range of the scalar.
  func rounding<Scalar: LSQScalar>(from table: DataTable, _ numbers: [Scalar]) throws -> [Scalar] {
    let data = ModelRows(
      predictors: numbers, predictorCount: predictors.count,
      response: Array(repeating: 0, count: table.rowCount), sigma: nil)
    return TapeRounding(
      of: try ModelTape(self), data, at: [],
      areWholesExact: !table.hasRoundedWholes(in: predictors, readAs: numbers)
    ).sizes
  }
}
