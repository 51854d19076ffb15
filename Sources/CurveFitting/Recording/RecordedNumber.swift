import LSQScalars

/// A number that remembers how it was computed, so that a model written in Swift becomes a tape, as a formula does.
///
/// It is either a constant, and then no more than its value, or a value of a ``Recorder``: a parameter, a
/// predictor or the result of a step. Operations among constants are those of `Scalar`; every other one is
/// recorded. So the tape does what the model does, operation by operation, and has the same bits.
///
/// What a model could branch on, ``realPart``, `==` and the like, is answered truthfully; but once a recorded number
/// has been asked, a recording that is to hold elsewhere is lost, since at another point the answer may differ.
struct RecordedNumber<Scalar: LSQScalar>: ModelNumber {
  /// The value at the point where the model is recorded.
  let value: Scalar
  /// Which value of the recorder it is; meaningless for a constant.
  let index: Int
  /// nil for a constant.
  let recorder: Recorder<Scalar>?

  init(_ value: Scalar, index: Int, _ recorder: Recorder<Scalar>) {
    self.value = value
    self.index = index
    self.recorder = recorder
  }

  init(_ constant: Scalar) {
    value = constant
    index = 0
    recorder = nil
  }

  init(integerLiteral value: Scalar.IntegerLiteralType) { self.init(Scalar(integerLiteral: value)) }

  init(floatLiteral value: Scalar.FloatLiteralType) { self.init(Scalar(floatLiteral: value)) }

  init?<Source: BinaryInteger>(exactly source: Source) {
    guard let value = Scalar(exactly: source) else { return nil }
    self.init(value)
  }

  /// An operation on one number or two.
  ///
  /// - Parameters:
  ///   - whole: the exponent of a whole power, or the degree of a root.
  ///   - value: what the operation yields in `Scalar`.
  static func step(
    _ operation: Tape.Operation, _ left: Self, _ right: Self? = nil, whole: Int = 0, value: Scalar
  ) -> Self {
    guard let recorder = left.recorder ?? right?.recorder else { return Self(value) }
    // Numbers of two recordings spoil both.
    if let other = right?.recorder, other !== recorder { other.lose() }
    let index = recorder.record(operation, left, right, whole: whole)
    // In a lost recording it remains a recorded number, lest another recording take it for a constant.
    return Self(value, index: index ?? 0, recorder)
  }
}

// What models can branch on.
extension RecordedNumber {
  /// The value, for a model that wants to know it.
  private var revealed: Scalar {
    recorder?.reveal()
    return value
  }

  var realPart: Scalar { revealed }

  var magnitude: Scalar { revealed.magnitude }

  var isFiniteThroughout: Bool { revealed.isFinite }

  /// Whether there is one may depend on the value.
  var reciprocal: Self? {
    revealed.reciprocal.map { Self.step(.divide, Self(1), self, value: $0) }
  }

  static func == (a: Self, b: Self) -> Bool { a.revealed == b.revealed }
}

// The four operations.
extension RecordedNumber {
  static prefix func - (a: Self) -> Self { step(.negate, a, value: -a.value) }

  mutating func negate() { self = -self }

  static func + (a: Self, b: Self) -> Self { step(.add, a, b, value: a.value + b.value) }

  static func - (a: Self, b: Self) -> Self { step(.subtract, a, b, value: a.value - b.value) }

  static func * (a: Self, b: Self) -> Self { step(.multiply, a, b, value: a.value * b.value) }

  static func / (a: Self, b: Self) -> Self { step(.divide, a, b, value: a.value / b.value) }

  static func += (a: inout Self, b: Self) { a = a + b }
  static func -= (a: inout Self, b: Self) { a = a - b }
  static func *= (a: inout Self, b: Self) { a = a * b }
  static func /= (a: inout Self, b: Self) { a = a / b }
}
