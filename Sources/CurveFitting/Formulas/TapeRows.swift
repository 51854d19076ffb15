import LSQScalars
import LeastSquares

/// A tape over all rows of data, block by block, for types whose operations are expensive.
///
/// It is used from one thread at a time.
@usableFromInline
final class TapeRows<Scalar: LSQScalar> {
  private let tape: ModelTape<Scalar>
  private var plan: TapePlan { tape.plan }
  private let data: ModelRows<Scalar>
  /// The crew that shares the rows; nil where this thread takes them all.
  var crew: Crew?
  /// Its last cells are for sums.
  private(set) var sheet: TapeSheet<Scalar>
  /// ‖r‖², Jᵀr and the lower triangle of JᵀJ.
  private let sumCount: Int

  /// The most rows of a block: enough that a call costs little beside its work, and few enough for the cache.
  static var blockHeight: Int { Scalar.precisionBits > 64 ? 32 : 256 }

  /// The rows of a block of a tape: fewer where they would take more than 32 MB.
  static func blockHeight(of plan: TapePlan, rowCount: Int, withCurvature: Bool) -> Int {
    let size = plan.cellsPerRow(withCurvature: withCurvature) * MemoryLayout<Scalar>.stride
    return max(1, min(blockHeight, rowCount, (32 << 20) / max(size, 1)))
  }

  /// The rows of a block that may be shared out: where numbers are wide, a few rows suffice to outweigh the cost of a
  /// call, and several threads find work even where rows are few.
  static func sharedHeight(_ rowCount: Int) -> Int {
    let height = min(blockHeight, rowCount)
    return Scalar.precisionBits < 1024 ? height : min(height, max(3, (rowCount + 3) / 4))
  }

  /// - Parameter sheet: one that such rows have used before; nil for a new one.
  init(_ tape: ModelTape<Scalar>, _ data: ModelRows<Scalar>, on sheet: TapeSheet<Scalar>? = nil) {
    self.tape = tape
    self.data = data
    let n = tape.plan.parameterCount
    sumCount = NormalSums<Scalar>.count(parameterCount: n, withNormalMatrix: true)
    // No higher than what is shared out: in wide types that is what a near cache holds.
    self.sheet =
      sheet
      ?? TapeSheet(
        tape,
        height: Self.blockHeight(
          of: tape.plan, rowCount: Self.sharedHeight(data.response.count), withCurvature: false),
        additionalCells: sumCount)
  }

  /// Writes the residuals of a range of rows at b, from the beginning of the buffer.
  @usableFromInline
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  #if (arch(i386) || arch(x86_64)) && !os(Windows) && !os(Android)
    @specialized(where Scalar == Float80)
  #endif
  func residuals(
    _ rows: Range<Int>, _ b: Span<Scalar>, _ r: inout MutableSpan<Scalar>
  ) throws {
    if let parts = try shared(rows, b, withGradients: false) {
      for part in parts { copy(part.residuals, to: &r, at: part.rows.lowerBound - rows.lowerBound) }
      return
    }
    sheet.begin(b, withSlopes: false)
    for block in rows.pieces(of: sheet.height) {
      sheet.evaluate(block, of: data, withSlopes: false)
      sheet.perform()
      write(sheet.residualLane, to: &r, from: block.lowerBound - rows.lowerBound, stride: 1)
    }
  }

  /// Writes the gradients of a range of rows at b, and where there is room for them the residuals, from the
  /// beginning of both buffers.
  ///
  /// - Returns: the rows for which an infinity or NaN turned up, which are to be overwritten.
  @usableFromInline
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  #if (arch(i386) || arch(x86_64)) && !os(Windows) && !os(Android)
    @specialized(where Scalar == Float80)
  #endif
  func linearize(
    _ rows: Range<Int>, _ b: Span<Scalar>, _ r: inout MutableSpan<Scalar>,
    _ J: inout MutableSpan<Scalar>
  ) throws -> [Int] {
    let n = plan.parameterCount
    if let parts = try shared(rows, b, withGradients: true) {
      for part in parts {
        let start = part.rows.lowerBound - rows.lowerBound
        copy(part.gradients, to: &J, at: start * n)
        if !r.isEmpty { copy(part.residuals, to: &r, at: start) }
      }
      return parts.flatMap { $0.irregular }
    }
    var irregular: [Int] = []
    sheet.begin(b, withSlopes: true)
    for block in rows.pieces(of: sheet.height) {
      differentiate(block)
      sheet.perform()
      let start = block.lowerBound - rows.lowerBound
      for j in 0..<n { write(sheet.gradientLane(j), to: &J, from: start * n + j, stride: n) }
      if !r.isEmpty { write(sheet.residualLane, to: &r, from: start, stride: 1) }
      let slopes = J.span.extracting(start * n..<(start + block.count) * n)
      if sheet.cells.span.areFinite(sheet.residualLane), slopes.areFinite { continue }
      for i in 0..<block.count
      where !sheet.cells[sheet.residualLane[i]].isFinite
        || !slopes.extracting(i * n..<(i + 1) * n).areFinite
      {
        irregular.append(block.lowerBound + i)
      }
    }
    return irregular
  }

  /// The sums over a range of rows at b that the normal equations are made of; nil where an infinity or NaN
  /// turned up.
  func normalSums(
    of rows: Range<Int>, _ b: Span<Scalar>, withNormalMatrix: Bool
  ) -> NormalSums<Scalar>? {
    let n = plan.parameterCount
    let first = sheet.cells.count - sumCount
    sheet.begin(b, withSlopes: true)
    sheet.clear(Lane(start: first, count: sumCount))
    for block in rows.pieces(of: sheet.height) {
      if withNormalMatrix {
        differentiate(block)
      } else {
        sheet.differentiateSquares(block, of: data)
      }
      func sum(_ index: Int) -> Lane { Lane(start: first + index, count: block.count, stride: 0) }
      let r = sheet.residualLane
      sheet.schedule(.addProduct, r, r, into: sum(0))
      var index = 1 + n
      for j in 0..<n {
        let column = sheet.gradientLane(j)
        guard withNormalMatrix else {
          sheet.schedule(.add, sum(1 + j), column, into: sum(1 + j))
          continue
        }
        sheet.schedule(.addProduct, column, r, into: sum(1 + j))
        for k in 0...j {
          sheet.schedule(.addProduct, column, sheet.gradientLane(k), into: sum(index))
          index += 1
        }
      }
    }
    sheet.perform()
    let count = NormalSums<Scalar>.count(parameterCount: n, withNormalMatrix: withNormalMatrix)
    let sums = NormalSums(Array(sheet.cells[first..<first + count]), parameterCount: n)
    return sums.isFinite ? sums : nil
  }

  /// Schedules the values, residuals and slopes of a block of rows, the latter two divided by σ.
  private func differentiate(_ block: Range<Int>) {
    sheet.differentiate(block, of: data)
    if data.sigma != nil { sheet.weighGradients() }
  }

  /// Copies a lane of the sheet to a buffer, from an index on.
  private func write(
    _ lane: Lane, to buffer: inout MutableSpan<Scalar>, from start: Int, stride: Int
  ) {
    sheet.write(lane, to: &buffer, Lane(start: start, count: lane.count, stride: stride))
  }

  // MARK: - By a crew

  /// What was computed for a range of rows.
  private struct Part: Sendable {
    let rows: Range<Int>
    var residuals: [Scalar]
    var gradients: [Scalar]
    var irregular: [Int]
  }

  /// Residuals and, where asked for, gradients of a range of rows, shared out to the crew; nil where there is none.
  /// Rows are independent, so the bits are those of one thread.
  private func shared(
    _ rows: Range<Int>, _ b: Span<Scalar>, withGradients: Bool
  ) throws -> [Part]? {
    guard let crew, crew.size > 1 else { return nil }
    let n = plan.parameterCount
    // Eight pieces for each thread, since one may begin late, but not so few rows that a call costs more than they do.
    let share = max(4, (rows.count + 8 * crew.size - 1) / (8 * crew.size))
    let ranges = rows.pieces(of: min(share, sheet.height))
    let (tape, data, point) = (tape, data, b.indices.map { b[$0] })
    return try crew.map(ranges.count) {
      TapeRows(tape, data)
    } body: { k, evaluator in
      let count = ranges[k].count
      var residuals = [Scalar](repeating: 0, count: count)
      var gradients = [Scalar](repeating: 0, count: withGradients ? count * n : 0)
      var irregular: [Int] = []
      var values = residuals.mutableSpan
      if withGradients {
        var slopes = gradients.mutableSpan
        irregular = try evaluator.linearize(ranges[k], point.span, &values, &slopes)
      } else {
        try evaluator.residuals(ranges[k], point.span, &values)
      }
      return Part(
        rows: ranges[k], residuals: residuals, gradients: gradients, irregular: irregular)
    }
  }

  private func copy(_ part: [Scalar], to buffer: inout MutableSpan<Scalar>, at start: Int) {
    Scalar.copy(
      part.span, Lane(count: part.count), to: &buffer, Lane(start: start, count: part.count))
  }

  /// Whether this many derivatives take long enough to be worth sharing out.
  static func isWorthSharing(_ derivativeCount: Int) -> Bool {
    let words = (Scalar.precisionBits + 63) / 64
    return derivativeCount * words * words >= 1 << 14
  }
}
