public import LSQScalars
import Synchronization

/// A model's tape for several threads, made by the first that asks for it.
@usableFromInline
final class SharedTape<Scalar: LSQScalar>: Sendable {
  private let model: any Model
  private let data: ModelRows<Scalar>
  private let isWanted: Bool
  private let recorded = Mutex(RecordedTape())

  private struct RecordedTape: Sendable {
    var tape: ModelTape<Scalar>?
    var isTried = false
  }

  /// - Parameter isWanted: whether there is nothing faster.
  @usableFromInline
  init(_ model: any Model, _ data: ModelRows<Scalar>, isWanted: Bool) {
    self.model = model
    self.data = data
    self.isWanted = isWanted
  }

  /// The rows in blocks, for one thread; nil where the model cannot be made a tape, or there is something faster.
  ///
  /// - Throws: ``FormulaError`` for a constant of a formula beyond the range of the scalar.
  @usableFromInline
  func rows(at b: Span<Scalar>) throws -> TapeRows<Scalar>? {
    guard isWanted else { return nil }
    let tape = try recorded.withLock { recorded in
      if !recorded.isTried {
        recorded.isTried = true
        recorded.tape = try ModelTape.of(model, data, at: b)
      }
      return recorded.tape
    }
    return tape.map { TapeRows($0, data) }
  }
}
