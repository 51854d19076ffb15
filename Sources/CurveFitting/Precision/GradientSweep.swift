import LSQScalars
import LeastSquares

/// ‖r‖², half its gradient Jᵀr and, if asked for, JᵀJ at a point, from one evaluation of the model and its gradient on
/// every row. Blocks of rows are shared out to a crew, and one block is kept at a time; the sums are taken block by
/// block, whoever computed them.
///
/// Nothing is factorised: where digits can be had by widening the type, the squared condition costs some bits, and an
/// orthogonal factorisation costs four times the products.
///
/// - Complexity: m evaluations, and O(m·n²).
struct GradientSweep<Scalar: LSQScalar> {
  private let sums: NormalSums<Scalar>
  /// JᵀJ; nil where it was not asked for.
  private let normalMatrix: Matrix<Scalar>?

  /// - Throws: what the model throws.
  init(
    of problem: ModelProblem<Scalar>, at x: [Scalar], withNormalMatrix: Bool, by crew: Crew
  ) throws {
    let (m, n) = (problem.rowCount, problem.parameterCount)
    let blocks = (0..<m).pieces(of: TapeRows<Scalar>.sharedHeight(m))
    var sums: NormalSums<Scalar>?
    func add(_ part: NormalSums<Scalar>) {
      if sums == nil { sums = part } else { sums?.add(part) }
    }
    if crew.size == 1 || blocks.count == 1 || !TapeRows<Scalar>.isWorthSharing(m * n) {
      let summer = BlockSummer(rows: try problem.tapeRows(at: x.span)) { problem }
      for block in blocks {
        add(try summer.sums(of: block, at: x, withNormalMatrix: withNormalMatrix))
      }
    } else {
      let (model, data) = (problem.model, problem.data)
      // Recorded once for all threads.
      let tape = try problem.tape(at: x.span)
      let parts = try crew.map(blocks.count) {
        BlockSummer<Scalar>?.none
      } body: { k, own in
        let summer =
          own
          ?? BlockSummer(rows: tape.map { TapeRows($0, data) }) {
            try ModelProblem(model, data, parameterCount: n, recordedAs: tape)
          }
        own = summer
        return try summer.sums(of: blocks[k], at: x, withNormalMatrix: withNormalMatrix)
      }
      for part in parts { add(part) }
    }
    self.sums = sums ?? NormalSums(parameterCount: n, withNormalMatrix: withNormalMatrix)
    normalMatrix = self.sums.normalMatrix
  }

  var sumOfSquares: Scalar { sums.sumOfSquares }

  /// Jᵀr.
  var gradient: [BinaryReal] { sums.gradient }

  var isFinite: Bool { sums.isFinite }

  /// The diagonal of (JᵀJ)⁻¹; nil where JᵀJ is singular in this type or was not asked for.
  var variances: [Scalar]? {
    normalMatrix.flatMap { RootFreeFactor($0)?.inverseDiagonal }
  }

  /// For every parameter e with 2ᵉ ≤ ‖J_j‖ < 2ᵉ⁺¹, where JᵀJ was asked for.
  var normExponents: [Int] {
    guard let normal = normalMatrix else { return [] }
    return (0..<normal.rowCount).map { normal[$0, $0].rootExponent }
  }

  /// Σ_j (JᵀJ)_jj·C_jj over the variances that are known.
  func inflation(of variances: [Scalar?]) -> Scalar {
    guard let normal = normalMatrix else { return 0 }
    return variances.indices.reduce(0) { sum, j in
      variances[j].map { sum + normal[j, j] * $0 } ?? sum
    }
  }

  /// The same for what JᵀJ determines where it may be singular; nil where it was not asked for.
  ///
  /// - Parameters:
  ///   - exponents: e of units 2ᵉ of the columns of J.
  ///   - zeroDigits: the digits at which a pivot is nothing.
  func partialVariances(
    inUnits exponents: [Int], zeroDigits: Double
  ) -> PartialVariances<Scalar>? {
    normalMatrix.flatMap {
      PartialVariances($0, inUnits: exponents, zeroDigits: zeroDigits)
    }
  }
}

/// The sums over a block of rows at a time, for one thread: by the model's tape, or where there is none or a number is
/// not finite row by row.
private final class BlockSummer<Scalar: LSQScalar> {
  private let rows: TapeRows<Scalar>?
  /// For rows that the tape does not do.
  private var problem: ModelProblem<Scalar>?
  private let makeProblem: () throws -> ModelProblem<Scalar>

  init(rows: TapeRows<Scalar>?, problem: @escaping () throws -> ModelProblem<Scalar>) {
    self.rows = rows
    makeProblem = problem
  }

  func sums(
    of block: Range<Int>, at x: [Scalar], withNormalMatrix: Bool
  ) throws -> NormalSums<Scalar> {
    try rows?.normalSums(of: block, x.span, withNormalMatrix: withNormalMatrix)
      ?? sumsByRow(of: block, at: x, withNormalMatrix: withNormalMatrix)
  }

  private func sumsByRow(
    of block: Range<Int>, at x: [Scalar], withNormalMatrix: Bool
  ) throws -> NormalSums<Scalar> {
    let problem = try problem ?? makeProblem()
    self.problem = problem
    let n = problem.parameterCount
    var residuals = [Scalar](repeating: 0, count: block.count)
    var rows = [Scalar](repeating: 0, count: block.count * n)
    func linearize(_ r: inout [Scalar], _ J: inout [Scalar]) throws {
      var values = r.mutableSpan
      var slopes = J.mutableSpan
      try problem.linearize(block, x.span, &values, &slopes)
    }
    try linearize(&residuals, &rows)
    let (r, J) = (residuals.span, rows.span)
    let down = Lane(count: block.count)
    func column(_ j: Int) -> Lane { Lane(start: j, count: block.count, stride: n) }
    var sums = [Scalar.dotProduct(r, down, r, down)]
    for j in 0..<n { sums.append(Scalar.dotProduct(J, column(j), r, down)) }
    if withNormalMatrix {
      for j in 0..<n {
        for k in 0...j { sums.append(Scalar.dotProduct(J, column(j), J, column(k))) }
      }
    }
    return NormalSums(sums, parameterCount: n)
  }
}
