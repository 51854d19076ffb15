import LSQScalars
import LeastSquares

/// A tape over all rows of data, block by block, for types whose operations are dear.
///
/// It is used from one thread at a time.
@usableFromInline
final class TapeRows<Scalar: LSQScalar> {
  private let plan: TapePlan
  private let data: ModelRows<Scalar>
  private var sheet: TapeSheet<Scalar>

  /// The most rows of a block: enough that a call costs little beside its work, and few enough for the cache.
  static var blockHeight: Int { 32 }

  /// The rows of a block of a tape: fewer where they would take more than 32 MB.
  static func blockHeight(of plan: TapePlan, rowCount: Int, withCurvature: Bool) -> Int {
    let size = plan.cellsPerRow(withCurvature: withCurvature) * MemoryLayout<Scalar>.stride
    return max(1, min(blockHeight, rowCount, (32 << 20) / max(size, 1)))
  }

  init(_ tape: ModelTape<Scalar>, _ data: ModelRows<Scalar>) {
    plan = tape.plan
    self.data = data
    sheet = TapeSheet(
      tape,
      height: Self.blockHeight(
        of: tape.plan, rowCount: data.response.count, withCurvature: false))
  }

  /// Writes the residuals of a range of rows at b, from the beginning of the buffer.
  @usableFromInline
  func residuals(_ rows: Range<Int>, _ b: Span<Scalar>, _ r: inout MutableSpan<Scalar>) {
    sheet.begin(b, withSlopes: false)
    for block in blocks(of: rows) {
      sheet.evaluate(block, of: data.predictors, withSlopes: false)
      sheet.writeResiduals(
        &r, from: block.lowerBound - rows.lowerBound, data, first: block.lowerBound)
    }
  }

  /// Writes the gradients of a range of rows at b, and where there is room for them the residuals, from the
  /// beginning of both buffers.
  ///
  /// - Returns: the rows for which an infinity or NaN turned up, which are to be written over.
  @usableFromInline
  func linearize(
    _ rows: Range<Int>, _ b: Span<Scalar>, _ r: inout MutableSpan<Scalar>,
    _ J: inout MutableSpan<Scalar>
  ) -> [Int] {
    let n = plan.parameterCount
    var irregular: [Int] = []
    sheet.begin(b, withSlopes: true)
    for block in blocks(of: rows) {
      sheet.evaluate(block, of: data.predictors, withSlopes: true)
      sheet.seed(withOnes: true)
      for k in plan.steps.indices.reversed() where sheet.isReached(k) { sheet.handOn(k) }
      let start = block.lowerBound - rows.lowerBound
      irregular += sheet.writeGradients(&J, from: start * n).map { block.lowerBound + $0 }
      if !r.isEmpty { sheet.writeResiduals(&r, from: start, data, first: block.lowerBound) }
      guard let sigma = data.sigma else { continue }
      for i in block {
        Scalar.divide(Lane(start: (i - rows.lowerBound) * n, count: n), of: &J, by: sigma[i])
      }
    }
    return irregular
  }

  private func blocks(of rows: Range<Int>) -> [Range<Int>] {
    stride(from: rows.lowerBound, to: rows.upperBound, by: sheet.height).map {
      $0..<min($0 + sheet.height, rows.upperBound)
    }
  }
}
