public import LSQScalars
import Synchronization

/// A model's tape for several threads, made by the first that asks for it, and the sheets on which they evaluate it.
@usableFromInline
final class SharedTape<Scalar: LSQScalar>: Sendable {
  private let model: any Model
  private let data: ModelRows<Scalar>
  private let isWanted: Bool
  private let recorded: Mutex<RecordedTape>

  private struct RecordedTape: Sendable {
    var tape: ModelTape<Scalar>?
    var isTried = false
    /// Sheets that no thread is using.
    var idleSheets: [TapeSheet<Scalar>] = []
  }

  /// - Parameter isWanted: whether there is nothing faster.
  @usableFromInline
  convenience init(_ model: any Model, _ data: ModelRows<Scalar>, isWanted: Bool) {
    self.init(model, data, isWanted: isWanted, recorded: nil)
  }

  /// The same with a tape that may already have been made.
  init(
    _ model: any Model, _ data: ModelRows<Scalar>, isWanted: Bool, recorded tape: ModelTape<Scalar>?
  ) {
    self.model = model
    self.data = data
    self.isWanted = isWanted
    recorded = Mutex(RecordedTape(tape: tape, isTried: tape != nil))
  }

  /// Writes the residuals of a range of rows at b, from the beginning of the buffer; false where the model cannot be made a
  /// tape, or there is something faster.
  ///
  /// - Throws: ``FormulaError`` for a constant of a formula beyond the range of the scalar.
  @usableFromInline
  func residuals(
    _ rows: Range<Int>, _ b: Span<Scalar>, _ r: inout MutableSpan<Scalar>
  ) throws -> Bool {
    guard let blocks = try blocks(at: b) else { return false }
    defer { takeBack(blocks) }
    try blocks.residuals(rows, b, &r)
    return true
  }

  /// Writes the residuals of a range of rows at b, and their gradients, from the beginning of both buffers.
  ///
  /// - Returns: the rows for which an infinity or NaN turned up, which are to be overwritten; nil where the model
  ///   cannot be made a tape, or there is something faster.
  /// - Throws: ``FormulaError`` for a constant of a formula beyond the range of the scalar.
  @usableFromInline
  func linearize(
    _ rows: Range<Int>, _ b: Span<Scalar>, _ r: inout MutableSpan<Scalar>,
    _ J: inout MutableSpan<Scalar>
  ) throws -> [Int]? {
    guard let blocks = try blocks(at: b) else { return nil }
    defer { takeBack(blocks) }
    return try blocks.linearize(rows, b, &r, &J)
  }

  /// The rows in blocks, for one thread, with a sheet that has served before if one is idle.
  private func blocks(at b: Span<Scalar>) throws -> TapeRows<Scalar>? {
    guard isWanted else { return nil }
    let (tape, sheet) = try recorded.withLock { recorded in
      if !recorded.isTried {
        recorded.isTried = true
        recorded.tape = try ModelTape.of(model, data, at: b)
      }
      return (recorded.tape, recorded.idleSheets.popLast())
    }
    return tape.map { TapeRows($0, data, on: sheet) }
  }

  private func takeBack(_ blocks: TapeRows<Scalar>) {
    let sheet = blocks.sheet
    recorded.withLock { $0.idleSheets.append(sheet) }
  }
}
