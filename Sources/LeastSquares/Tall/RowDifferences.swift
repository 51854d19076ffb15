import LSQScalars

/// Differences of residuals, block by block: the memory of one task.
///
/// A column of a block receives f(x + h·eⱼ) − f(x) and is not divided by h; the columns of R are divided
/// instead, once for all rows, since a factor of a column passes unchanged through all reflectors.
struct RowDifferences<Block: RowBlock> {
  typealias Scalar = Block.Scalar
  typealias Sum = Block.Sum

  private let differences: Differences<Scalar>
  private let parameters: [Scalar]
  private var point: [Scalar]
  /// f at the displaced points.
  private var above: [Scalar] = []
  private var below: [Scalar] = []
  private var zeros: [Scalar] = []

  init(_ differences: Differences<Scalar>, at parameters: [Scalar]) {
    self.differences = differences
    self.parameters = parameters
    point = parameters
  }

  /// Makes room for a block of a number of rows.
  mutating func makeRoom(for count: Int) {
    guard zeros.count != count else { return }
    zeros = Array(repeating: 0, count: count)
    above = zeros
    if differences.isCentral { below = zeros }
  }

  /// Evaluates f at displaced points, and loads the differences and f itself into a block.
  ///
  /// - Parameters:
  ///   - residuals: f of the rows.
  ///   - squares: receives the columns' sums of squares, n + 1 of them.
  mutating func load(
    _ rows: Range<Int>, residuals: [Scalar], into block: inout Block, squares: inout [Sum],
    _ evaluate: RowResidualFunction<Scalar>
  ) throws {
    let n = parameters.count
    for j in 0..<n {
      let center = parameters[j]
      let step = differences.step(at: center)
      defer { point[j] = center }
      point[j] = center + step
      try fill(&above, at: point) { try evaluate($0, rows, &$1) }
      if differences.isCentral {
        point[j] = center - step
        try fill(&below, at: point) { try evaluate($0, rows, &$1) }
        squares[j] = block.load(above, minus: below, intoColumn: j)
      } else {
        squares[j] = block.load(above, minus: residuals, intoColumn: j)
      }
    }
    squares[n] = block.load(residuals, minus: zeros, intoColumn: n)
  }
}
