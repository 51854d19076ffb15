import LSQScalars
import LeastSquares

extension ModelProblem {
  /// The rows in which `min`, `max` or `abs` changes over at a point, to half of the digits of what it chooses from:
  /// there the model has no derivative. None where the model cannot be recorded.
  ///
  /// - Throws: ``FormulaError`` for a constant of a formula beyond the range of the scalar.
  /// - Complexity: O(m·steps), nothing for a model without such a step.
  func rowsOnKinks(at x: [Scalar]) throws -> [Int] {
    guard let tape = try tape(at: x.span), tape.plan.steps.contains(where: \.operation.hasKink)
    else { return [] }
    let height = TapeRows<Scalar>.blockHeight(
      of: tape.plan, rowCount: rowCount, withCurvature: false)
    var sheet = TapeSheet(tape, height: height)
    sheet.begin(x.span, withSlopes: false)
    return (0..<rowCount).pieces(of: height).flatMap { block in
      sheet.evaluate(block, of: data, withSlopes: false)
      sheet.perform()
      return block.indices.filter { sheet.isOnKink(row: $0 - block.lowerBound) }
    }
  }
}

extension TapeSheet {
  /// Whether some step that chooses has operands that agree in a row, and that parameters may move apart.
  fileprivate func isOnKink(row: Int) -> Bool {
    func number(_ value: Int) -> Scalar { cells[lane(value)[row]] }
    /// The size of what a value was computed from: that of the terms of a sum.
    func size(_ value: Int) -> Scalar {
      guard value >= plan.firstStep, case let step = plan.steps[value - plan.firstStep],
        step.operation.isSum
      else { return number(value).magnitude }
      return max(number(step.left).magnitude, number(step.right).magnitude)
    }
    let unit = Scalar.ulpOfOne.squareRoot()
    return plan.steps.contains { step in
      let isFixed =
        plan.supports[step.left].isEmpty && (!step.hasRight || plan.supports[step.right].isEmpty)
      guard step.operation.hasKink, !isFixed else { return false }
      let other: Scalar = step.hasRight ? number(step.right) : 0
      let largest = max(size(step.left), step.hasRight ? size(step.right) : 0)
      return largest > 0 && (number(step.left) - other).magnitude <= unit * largest
    }
  }
}
