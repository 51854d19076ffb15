public import LSQScalars
import LeastSquares

/// A problem's model as a tape, and its rows in blocks, made when they are first asked for.
@usableFromInline
struct RecordedModel<Scalar: LSQScalar> {
  /// The tape; nil where the model cannot be made one, or it has not been asked for.
  private(set) var tape: ModelTape<Scalar>?
  private var rows: TapeRows<Scalar>?
  private var isTried = false
  /// The crew that shares the rows during a fit.
  var crew: Crew? { didSet { rows?.crew = crew } }

  @usableFromInline
  init() {}

  /// What another problem found, nil included.
  init(_ tape: ModelTape<Scalar>?) {
    self.tape = tape
    isTried = true
  }

  /// Whether operations cost more than finding out which they are.
  @inlinable @inline(__always)
  static var isWide: Bool { Scalar.precisionBits > 64 }

  /// Whether gradients come from the rows in blocks, if the model can be made a tape. Where an operation is an instruction of
  /// the processor, loops over dual numbers are faster, if there are any, and few rows are not worth a tape. With more
  /// than eight parameters there are two loops: for models that are a quotient, or that themselves loop over peaks or
  /// powers, these take several times as long as a tape, and for others not much less long.
  ///
  /// - Parameter hasLoops: whether ``ModelLoops`` differentiate the model.
  @inlinable @inline(__always)
  static func pays(rowCount: Int, parameterCount: Int, hasLoops: Bool) -> Bool {
    isWide || parameterCount > 8 && rowCount >= 100
      || !hasLoops && (rowCount >= 512 || parameterCount > 16)
  }

  /// The tape; nil where the model cannot be made one. A model in Swift is recorded at b.
  ///
  /// - Throws: ``FormulaError`` for a constant of a formula beyond the range of the scalar.
  mutating func tape(
    of model: any Model, _ data: ModelRows<Scalar>, at b: Span<Scalar>
  ) throws(FormulaError) -> ModelTape<Scalar>? {
    if !isTried {
      isTried = true
      tape = try ModelTape.of(model, data, at: b)
    }
    return tape
  }

  /// The rows in blocks; nil where the model cannot be made a tape.
  ///
  /// - Throws: ``FormulaError`` for a constant of a formula beyond the range of the scalar.
  mutating func rows(
    of model: any Model, _ data: ModelRows<Scalar>, at b: Span<Scalar>
  ) throws(FormulaError) -> TapeRows<Scalar>? {
    if let rows { return rows }
    rows = try tape(of: model, data, at: b).map { TapeRows($0, data) }
    rows?.crew = crew
    return rows
  }
}

extension ModelProblem {
  /// A problem of validated data, and a tape that has been made or cannot be.
  convenience init(
    _ model: some Model, _ data: ModelRows<Scalar>, parameterCount: Int,
    recordedAs tape: ModelTape<Scalar>?
  ) throws {
    if let tape {
      self.init(model, data, parameterCount: parameterCount, preferring: tape)
    } else {
      try self.init(model, data, parameterCount: parameterCount)
      recorded = RecordedModel(nil)
    }
  }

  /// The model as a tape; nil where it cannot be made one.
  ///
  /// - Throws: ``FormulaError`` for a constant of a formula beyond the range of the scalar.
  func tape(at b: Span<Scalar>) throws(FormulaError) -> ModelTape<Scalar>? {
    try recorded.tape(of: model, data, at: b)
  }

  /// The rows in blocks; nil where the model cannot be made a tape.
  ///
  /// - Throws: ``FormulaError`` for a constant of a formula beyond the range of the scalar.
  @usableFromInline
  func tapeRows(at b: Span<Scalar>) throws(FormulaError) -> TapeRows<Scalar>? {
    try recorded.rows(of: model, data, at: b)
  }
}
