import LSQScalars
import Synchronization

/// What was computed with ``RecordedNumber``s, as steps of a tape.
///
/// A recording is lost as soon as the model asks a recorded number for anything but another number, and where
/// it becomes too long.
final class Recorder<Scalar: LSQScalar>: Sendable {
  private struct State: Sendable {
    /// The steps; operands as in ``RecordedNumber/index``.
    var steps: [TapePlan.Step] = []
    var constants: [Scalar] = []
    var places: [ConstantKey: Int] = [:]
    var isLost = false
  }

  /// Zeros of opposite sign are two constants.
  private struct ConstantKey: Hashable, Sendable {
    let value: Scalar
    let sign: FloatingPointSign
  }

  private let state = Mutex(State())
  private let parameterCount: Int
  private let predictorCount: Int

  /// The most steps, of which every one takes memory on the sheets that tapes are evaluated on.
  static var maximumStepCount: Int { 2000 }

  init(parameterCount: Int, predictorCount: Int) {
    self.parameterCount = parameterCount
    self.predictorCount = predictorCount
  }

  private var inputCount: Int { parameterCount + predictorCount }

  /// Gives up.
  func lose() { state.withLock { $0.isLost = true } }

  /// Records a step, and returns the index of its value; nil where the recording is lost.
  ///
  /// - Parameters:
  ///   - right: the second operand, if there is one.
  ///   - whole: what stands in its place otherwise.
  func record(
    _ operation: Tape.Operation, _ left: RecordedNumber<Scalar>, _ right: RecordedNumber<Scalar>?,
    whole: Int
  ) -> Int? {
    state.withLock { state in
      guard !state.isLost, state.steps.count < Self.maximumStepCount,
        let first = index(of: left, &state),
        let second = right.map({ index(of: $0, &state) }) ?? whole
      else {
        state.isLost = true
        return nil
      }
      state.steps.append(TapePlan.Step(operation: operation, left: first, right: second))
      return inputCount + state.steps.count - 1
    }
  }

  /// The index of a number; nil for one of another recording.
  private func index(of number: RecordedNumber<Scalar>, _ state: inout State) -> Int? {
    if let recorder = number.recorder { return recorder === self ? number.index : nil }
    let key = ConstantKey(value: number.value, sign: number.value.sign)
    if let known = state.places[key] { return known }
    state.constants.append(number.value)
    state.places[key] = -state.constants.count
    return -state.constants.count
  }

  /// The tape whose value is a number; nil where the recording is lost.
  func tape(of result: RecordedNumber<Scalar>) -> ModelTape<Scalar>? {
    state.withLock { state in
      guard !state.isLost, let last = index(of: result, &state) else { return nil }
      let (inputCount, constantCount) = (inputCount, state.constants.count)
      // Constants come after the inputs and before the steps.
      func moved(_ index: Int) -> Int {
        index < 0
          ? inputCount - 1 - index : index < inputCount ? index : index + constantCount
      }
      let steps = state.steps.map { step in
        TapePlan.Step(
          operation: step.operation, left: moved(step.left),
          right: step.hasRight ? moved(step.right) : step.right)
      }
      return ModelTape(
        plan: TapePlan(
          parameterCount: parameterCount, predictorCount: predictorCount,
          constantCount: constantCount, steps: steps, result: moved(last)),
        constants: state.constants)
    }
  }
}
