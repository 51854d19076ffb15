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

  /// The rows of a block: enough that a call costs little beside its work, and few enough for the cache.
  static var blockHeight: Int { 32 }

  init(_ tape: ModelTape<Scalar>, _ data: ModelRows<Scalar>) {
    plan = tape.plan
    self.data = data
    sheet = TapeSheet(tape, height: min(Self.blockHeight, data.response.count))
  }

  /// Writes the residuals of a range of rows at b, from the beginning of the buffer.
  @usableFromInline
  func residuals(_ rows: Range<Int>, _ b: Span<Scalar>, _ r: inout MutableSpan<Scalar>) {
    sheet.begin(b, withSlopes: false)
    for block in blocks(of: rows) {
      sheet.evaluate(block, of: data.predictors, withSlopes: false)
      for i in block {
        r[i - rows.lowerBound] = data.residual(i, sheet.value(row: i - block.lowerBound))
      }
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
      for i in block {
        let value = sheet.value(row: i - block.lowerBound)
        let start = (i - rows.lowerBound) * n
        var isRegular = value.isFinite
        for j in 0..<n {
          let slope = sheet.slope(j, row: i - block.lowerBound)
          isRegular = isRegular && slope.isFinite
          J[start + j] = slope
        }
        guard isRegular else {
          irregular.append(i)
          continue
        }
        if !r.isEmpty { r[i - rows.lowerBound] = data.residual(i, value) }
        guard let sigma = data.sigma else { continue }
        Scalar.divide(Lane(start: start, count: n), of: &J, by: sigma[i])
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
