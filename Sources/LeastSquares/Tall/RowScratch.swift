import LSQScalars

/// Where blocks of rows are evaluated and reduced: the memory of one task.
struct RowScratch<Block: RowBlock> {
  typealias Scalar = Block.Scalar
  typealias Sum = Block.Sum

  private let problem: RowwiseProblem<Scalar>
  private var residuals: [Scalar]
  /// J by rows; empty where it comes from differences.
  private var gradients: [Scalar]
  /// f at points beside the one at hand, for differences.
  private var above: [Scalar] = []
  private var below: [Scalar] = []
  private var zeros: [Scalar] = []
  private var block: Block
  /// Room for the rows of a triangle.
  private var triangleBlock: Block
  private var squares: [Sum]
  private var factors: [Sum]
  private let collectsResiduals: Bool
  /// The residuals of the rows that were summarized last, if they are collected.
  private(set) var collected: [Scalar] = []

  init(_ problem: RowwiseProblem<Scalar>, collectsResiduals: Bool) {
    self.problem = problem
    self.collectsResiduals = collectsResiduals
    let n = problem.parameterCount
    residuals = []
    gradients = []
    block = Block(rowCapacity: problem.blockRowCount, columnCount: n + 1)
    triangleBlock = Block(rowCapacity: n, columnCount: n + 1)
    squares = Array(repeating: 0, count: n + 1)
    factors = squares
  }

  /// Evaluates rows, block after block, and reduces them to a triangle if that is asked for.
  ///
  /// - Parameter known: the residuals of the rows where they were evaluated before.
  mutating func summarize(
    _ rows: Range<Int>, at parameters: [Scalar], withTriangle: Bool, known: [Scalar]?
  ) throws -> RowSummary<Sum> {
    collected.removeAll(keepingCapacity: true)
    var summary = RowSummary<Sum>()
    if withTriangle { summary.triangle = Triangle(columnCount: problem.parameterCount + 1) }
    var first = rows.lowerBound
    while first < rows.upperBound {
      if Task.isCancelled { throw EvaluationCancelled() }
      let range = first..<min(first + problem.blockRowCount, rows.upperBound)
      if residuals.count != range.count { resize(to: range.count) }
      if withTriangle {
        try load(range, at: parameters, known?[(first - rows.lowerBound)...])
        reduce(range, into: &summary)
      } else {
        try evaluate(range, at: parameters)
        if collectsResiduals { collected += residuals }
        add(Block.sumOfSquares(residuals), of: range, to: &summary)
      }
      first = range.upperBound
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

  /// The last block of the rows may be shorter than the others.
  private mutating func resize(to count: Int) {
    residuals = Array(repeating: 0, count: count)
    zeros = residuals
    switch problem.gradients {
    case .together: gradients = Array(repeating: 0, count: count * problem.parameterCount)
    case .forwardDifferences: above = residuals
    case .centralDifferences:
      above = residuals
      below = residuals
    }
  }

  private mutating func evaluate(_ range: Range<Int>, at parameters: [Scalar]) throws {
    let evaluate = problem.residuals
    try fill(&residuals, at: parameters) { try evaluate($0, range, &$1) }
  }

  /// Evaluates f and J, and loads them into the block.
  private mutating func load(
    _ range: Range<Int>, at parameters: [Scalar], _ known: ArraySlice<Scalar>?
  ) throws {
    switch problem.gradients {
    case .together(let evaluate):
      try fill(&residuals, &gradients, at: parameters) { try evaluate($0, range, &$1, &$2) }
      block.load(gradients: gradients, residuals: residuals, squares: &squares)
    case .forwardDifferences(let precision):
      try load(range, at: parameters, known, .forward(residualPrecision: precision))
    case .centralDifferences(let precision):
      try load(range, at: parameters, known, .central(residualPrecision: precision))
    }
  }

  private mutating func load(
    _ range: Range<Int>, at parameters: [Scalar], _ known: ArraySlice<Scalar>?,
    _ differences: Differences<Scalar>
  ) throws {
    if let known {
      for (i, value) in zip(residuals.indices, known) { residuals[i] = value }
    } else {
      try self.evaluate(range, at: parameters)
    }
    let evaluate = problem.residuals
    let n = problem.parameterCount
    var point = parameters
    for j in 0..<n {
      let step = differences.step(at: parameters[j])
      point[j] = parameters[j] + step
      try fill(&above, at: point) { try evaluate($0, range, &$1) }
      if differences.isCentral {
        let upper = point[j]
        point[j] = parameters[j] - step
        try fill(&below, at: point) { try evaluate($0, range, &$1) }
        squares[j] = block.load(above, minus: below, over: upper - point[j], intoColumn: j)
      } else {
        squares[j] = block.load(above, minus: residuals, over: step, intoColumn: j)
      }
      point[j] = parameters[j]
    }
    squares[n] = block.load(residuals, minus: zeros, over: 1, intoColumn: n)
  }

  /// Reduces the loaded rows into the triangle of a summary.
  private mutating func reduce(_ range: Range<Int>, into summary: inout RowSummary<Sum>) {
    let n = problem.parameterCount
    add(squares[n], of: range, to: &summary)
    if summary.nonFiniteDerivative == nil, squares[..<n].contains(where: { !$0.isFinite }) {
      summary.nonFiniteDerivative = nonFiniteDerivative(in: range)
    }
    guard summary.isFinite, var triangle = summary.triangle.take() else { return }
    block.reduce(into: &triangle, squares: &squares, factors: &factors)
    summary.triangle = triangle
  }

  private func nonFiniteDerivative(in range: Range<Int>) -> NonFiniteDerivative? {
    for i in range {
      for j in 0..<problem.parameterCount where !block[i - range.lowerBound, j].isFinite {
        return NonFiniteDerivative(
          residual: i, parameter: j, value: "\(block[i - range.lowerBound, j])")
      }
    }
    return nil
  }

  /// Adds a block's sum of squares, found anew with scaled residuals where it overflows or underflows.
  private func add(_ sum: Sum, of range: Range<Int>, to summary: inout RowSummary<Sum>) {
    guard !ScaledSquares<Sum>.isSafe(sum) else { return summary.squares.add(ScaledSquares(sum)) }
    if let i = residuals.firstIndex(where: { !$0.isFinite }) {
      summary.squares.add(ScaledSquares(.infinity))
      if summary.nonFiniteResidual == nil {
        summary.nonFiniteResidual = NonFiniteResidual(
          index: range.lowerBound + i, value: "\(residuals[i])")
      }
      return
    }
    summary.squares.add(ScaledSquares(of: residuals.map(Block.widen)))
  }
}

/// Thrown where the task is cancelled within an evaluation.
struct EvaluationCancelled: Error {}
