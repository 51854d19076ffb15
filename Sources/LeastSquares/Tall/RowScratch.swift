import LSQScalars

/// Where blocks of rows are evaluated and reduced: the memory of one task.
struct RowScratch<Block: RowBlock> {
  typealias Scalar = Block.Scalar
  typealias Sum = Block.Sum

  private let problem: RowwiseProblem<Scalar>
  private let parameters: [Scalar]
  /// Whether to throw where the task is cancelled.
  private let endsWhenCancelled: Bool
  /// f of the rows at hand, block by block.
  var residuals: [[Scalar]] = []
  /// J of a block, by rows; empty where it comes from differences.
  private var gradients: [Scalar] = []
  private var differences: RowDifferences<Block>?
  /// The divisors of the block's columns at the end; empty where the columns are derivatives.
  private let widths: [Sum]
  private var block: Block
  /// Room for the rows of a triangle.
  private var triangleBlock: Block
  private var squares: [Sum]
  private var factors: [Sum]

  init(_ problem: RowwiseProblem<Scalar>, at parameters: [Scalar], endsWhenCancelled: Bool) {
    self.problem = problem
    self.parameters = parameters
    self.endsWhenCancelled = endsWhenCancelled
    let n = problem.parameterCount
    differences = problem.gradients.differences.map { RowDifferences($0, at: parameters) }
    widths = (problem.gradients.widths(at: parameters) ?? []).map(Block.widen)
    block = Block(rowCapacity: problem.blockRowCount, columnCount: n + 1)
    triangleBlock = Block(rowCapacity: n, columnCount: n + 1)
    squares = Array(repeating: 0, count: n + 1)
    factors = squares
  }

  /// Evaluates rows, block after block, and reduces them to a triangle if that is asked for. Afterwards
  /// `residuals` holds f of these rows.
  ///
  /// - Parameter areKnown: whether `residuals` holds f already, so that f need not be evaluated.
  mutating func summarize(
    _ rows: Range<Int>, withTriangle: Bool, areKnown: Bool
  ) throws -> RowSummary<Sum> {
    var summary = RowSummary<Sum>()
    if withTriangle { summary.triangle = Triangle(columnCount: problem.parameterCount + 1) }
    var (first, k) = (rows.lowerBound, 0)
    while first < rows.upperBound {
      if endsWhenCancelled, Task.isCancelled { throw EvaluationCancelled() }
      let range = first..<min(first + problem.blockRowCount, rows.upperBound)
      makeRoom(for: range.count, block: k)
      if withTriangle {
        try load(range, block: k, areKnown: areKnown)
        reduce(range, block: k, into: &summary)
      } else {
        try evaluate(range, block: k)
        Self.add(
          Block.sumOfSquares(residuals[k]), of: residuals[k], firstRow: first, to: &summary)
      }
      (first, k) = (range.upperBound, k + 1)
    }
    return summary
  }

  /// Merges the summary of the rows that follow into one.
  mutating func merge(_ next: RowSummary<Sum>, into summary: inout RowSummary<Sum>) {
    summary.squares.add(next.squares)
    summary.nonFiniteResidual = summary.nonFiniteResidual ?? next.nonFiniteResidual
    summary.nonFiniteDerivative = summary.nonFiniteDerivative ?? next.nonFiniteDerivative
    // Taken out and put back, so that it is not copied.
    guard summary.isFinite, let other = next.triangle, var triangle = summary.triangle.take()
    else { return }
    triangleBlock.load(other, squares: &squares)
    triangleBlock.reduce(into: &triangle, squares: &squares, factors: &factors)
    summary.triangle = triangle
  }

  /// The last block of all rows may be shorter than the others.
  private mutating func makeRoom(for count: Int, block k: Int) {
    if k >= residuals.count { residuals.append([]) }
    if residuals[k].count != count { residuals[k] = Array(repeating: 0, count: count) }
    differences?.makeRoom(for: count)
    if widths.isEmpty, gradients.count != count * problem.parameterCount {
      gradients = Array(repeating: 0, count: count * problem.parameterCount)
    }
  }

  private mutating func evaluate(_ range: Range<Int>, block k: Int) throws {
    let evaluate = problem.residuals
    try fill(&residuals[k], at: parameters) { try evaluate($0, range, &$1) }
  }

  /// Evaluates f and J, and loads them into the block.
  private mutating func load(_ range: Range<Int>, block k: Int, areKnown: Bool) throws {
    if case .together(let evaluate) = problem.gradients {
      try fill(&residuals[k], &gradients, at: parameters) { try evaluate($0, range, &$1, &$2) }
      block.load(gradients: gradients, residuals: residuals[k], squares: &squares)
      return
    }
    if !areKnown { try evaluate(range, block: k) }
    let evaluate = problem.residuals
    try differences?.load(
      range, residuals: residuals[k], into: &block, squares: &squares, evaluate)
  }

  /// Reduces the loaded rows into the triangle of a summary.
  private mutating func reduce(
    _ range: Range<Int>, block k: Int, into summary: inout RowSummary<Sum>
  ) {
    Self.add(
      squares[problem.parameterCount], of: residuals[k], firstRow: range.lowerBound, to: &summary)
    if summary.nonFiniteDerivative == nil, !areDerivativesFinite() {
      summary.nonFiniteDerivative = nonFiniteDerivative(in: range)
    }
    guard summary.isFinite, var triangle = summary.triangle.take() else { return }
    block.reduce(into: &triangle, squares: &squares, factors: &factors)
    summary.triangle = triangle
  }

  /// Whether the columns' sums of squares rule out derivatives that are not finite.
  private func areDerivativesFinite() -> Bool {
    for j in 0..<problem.parameterCount {
      let isFinite =
        widths.isEmpty
        ? squares[j].isFinite : Block.narrow(squares[j].squareRoot() / widths[j]).isFinite
      if !isFinite { return false }
    }
    return true
  }

  /// A derivative that the block holds; differences are not yet divided there.
  private func derivative(_ i: Int, _ j: Int) -> Scalar {
    Block.narrow(widths.isEmpty ? block[i, j] : block[i, j] / widths[j])
  }

  private func nonFiniteDerivative(in range: Range<Int>) -> LinearizationFlaw? {
    for i in range {
      for j in 0..<problem.parameterCount {
        let value = derivative(i - range.lowerBound, j)
        guard !value.isFinite else { continue }
        return .derivative(residual: i, parameter: j, value: "\(value)")
      }
    }
    return nil
  }

  /// Adds a block's sum of squares, found anew with scaled residuals where it overflows or underflows.
  private static func add(
    _ sum: Sum, of residuals: [Scalar], firstRow: Int, to summary: inout RowSummary<Sum>
  ) {
    guard !ScaledSquares<Sum>.isSafe(sum) else { return summary.squares.add(ScaledSquares(sum)) }
    if let i = residuals.firstIndex(where: { !$0.isFinite }) {
      summary.squares.add(ScaledSquares(.infinity))
      if summary.nonFiniteResidual == nil {
        summary.nonFiniteResidual = NonFiniteResidual(
          index: firstRow + i, value: "\(residuals[i])")
      }
      return
    }
    summary.squares.add(ScaledSquares(of: residuals.map(Block.widen)))
  }
}

/// Thrown where the task is cancelled within an evaluation.
struct EvaluationCancelled: Error {}
