import LSQScalars
import LeastSquares

/// ‖r‖², its half gradient Jᵀr and, where asked for, JᵀJ at a point, from one evaluation of the model and
/// its gradient on every row. Blocks of rows are shared out to a crew, and a block is kept at a time; the
/// sums are taken block by block, whoever computed them.
///
/// Nothing is factorised: where digits are to be had by widening the type, the squared condition costs some
/// bits, and an orthogonal factorisation costs four times the products.
///
/// - Complexity: m evaluations, and O(m·n²).
struct GradientSweep<Scalar: LSQScalar> {
  private let sums: NormalSums<Scalar>

  /// - Throws: what the model throws.
  init(
    of problem: ModelProblem<Scalar>, at x: [Scalar], withNormalMatrix: Bool, by crew: Crew
  ) throws {
    let (m, n) = (problem.rowCount, problem.parameterCount)
    let height = Self.blockHeight(m)
    let blocks = (0..<m).pieces(of: height)
    var sums = NormalSums<Scalar>(parameterCount: n, withNormalMatrix: withNormalMatrix)
    if crew.size == 1 || blocks.count == 1 || !TapeRows<Scalar>.isWorthSharing(m * n) {
      var linearizer = BlockLinearizer(problem, height: height)
      for rows in blocks { try linearizer.add(rows, at: x, to: &sums) }
    } else {
      let (none, model, data) = (sums, problem.model, problem.data)
      // Recorded once for all threads.
      let tape = try problem.tape(at: x.span)
      let parts = try crew.map(blocks.count) {
        BlockLinearizer<Scalar>?.none
      } body: { k, own in
        var linearizer =
          try own
          ?? BlockLinearizer(
            ModelProblem(model, data, parameterCount: n, recordedAs: tape), height: height)
        own = nil
        var part = none
        try linearizer.add(blocks[k], at: x, to: &part)
        own = linearizer
        return part
      }
      for part in parts { sums.add(part) }
    }
    self.sums = sums
  }

  var sumOfSquares: Scalar { sums.sumOfSquares }

  /// Jᵀr.
  var gradient: [Scalar] { sums.gradient }

  var isFinite: Bool { sums.isFinite }

  /// The diagonal of (JᵀJ)⁻¹; nil where JᵀJ is singular in this type or was not asked for.
  var variances: [Scalar]? {
    guard !sums.products.isEmpty else { return nil }
    return SymmetricMatrix(sums.normalMatrix).inverseDiagonal
  }

  /// The same of what JᵀJ determines where it may be singular; nil where it was not asked for.
  ///
  /// - Parameters:
  ///   - exponents: e of units 2ᵉ of the columns of J.
  ///   - zeroDigits: the digits at which a pivot is nothing.
  func partialVariances(
    inUnits exponents: [Int], zeroDigits: Double
  ) -> PartialVariances<Scalar>? {
    guard !sums.products.isEmpty else { return nil }
    return PartialVariances(sums.normalMatrix, inUnits: exponents, zeroDigits: zeroDigits)
  }

  /// The rows of a block: where numbers are wide a few are enough to make what a call costs beside them
  /// little, and several threads find something to do even where rows are few.
  private static func blockHeight(_ rowCount: Int) -> Int {
    let height = min(TapeRows<Scalar>.blockHeight, rowCount)
    return Scalar.precisionBits < 1024 ? height : min(height, max(4, (rowCount + 3) / 4))
  }
}

/// Residuals and gradients of a block of rows at a time, for one thread: by the model's tape, or where there is
/// none or a number is not finite row by row.
private struct BlockLinearizer<Scalar: LSQScalar> {
  private let problem: ModelProblem<Scalar>
  private var residuals: [Scalar]
  private var rows: [Scalar]

  init(_ problem: ModelProblem<Scalar>, height: Int) {
    self.problem = problem
    residuals = Array(repeating: 0, count: height)
    rows = Array(repeating: 0, count: height * problem.parameterCount)
  }

  mutating func add(
    _ block: Range<Int>, at x: [Scalar], to sums: inout NormalSums<Scalar>
  ) throws {
    if let part = try problem.tapeRows(at: x.span)?.normalSums(
      of: block, x.span, withNormalMatrix: !sums.products.isEmpty)
    {
      return sums.add(part)
    }
    func linearize(_ r: inout [Scalar], _ J: inout [Scalar]) throws {
      var values = r.mutableSpan
      var slopes = J.mutableSpan
      try problem.linearize(block, x.span, &values, &slopes)
    }
    try linearize(&residuals, &rows)
    let n = problem.parameterCount
    let (r, J) = (residuals.span, rows.span)
    let down = Lane(count: block.count)
    sums.sumOfSquares += Scalar.dotProduct(r, down, r, down)
    for j in 0..<n {
      let column = Lane(start: j, count: block.count, stride: n)
      sums.gradient[j] += Scalar.dotProduct(J, column, r, down)
      guard !sums.products.isEmpty else { continue }
      for k in 0...j {
        sums.products[j * (j + 1) / 2 + k] += Scalar.dotProduct(
          J, column, J, Lane(start: k, count: block.count, stride: n))
      }
    }
  }
}
