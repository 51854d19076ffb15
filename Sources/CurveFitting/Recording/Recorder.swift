import LSQScalars
import Synchronization

/// What was computed with ``RecordedNumber``s, as steps of a tape.
///
/// A recording of what holds at every point is lost as soon as the model asks a recorded number for anything but another
/// number. One of a path, the steps taken at one point, is not. Either is lost where it becomes too long.
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
  /// Whether what is recorded is to hold at one point alone.
  let isPath: Bool

  /// The most steps, of which every one takes memory on the sheets that tapes are evaluated on.
  private var maximumStepCount: Int { isPath ? 1 << 21 : 2000 }

  init(parameterCount: Int, predictorCount: Int, isPath: Bool = false) {
    self.parameterCount = parameterCount
    self.predictorCount = predictorCount
    self.isPath = isPath
  }

  private var inputCount: Int { parameterCount + predictorCount }

  /// The number of steps so far; nil where the recording is lost.
  var stepCount: Int? { state.withLock { $0.isLost ? nil : $0.steps.count } }

  /// Gives up.
  func lose() { state.withLock { $0.isLost = true } }

  /// Takes note that the model has looked at a number.
  func reveal() { if !isPath { lose() } }

  /// A number that counts as a constant of this recording, whatever other constants have the same value.
  func constant(_ value: Scalar) -> RecordedNumber<Scalar> {
    state.withLock { state in
      state.constants.append(value)
      return RecordedNumber(value, index: -state.constants.count, self)
    }
  }

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
      guard !state.isLost, state.steps.count < maximumStepCount,
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
    path(to: result).map { path, constants in
      ModelTape(
        plan: TapePlan(
          parameterCount: parameterCount, predictorCount: predictorCount,
          constantCount: path.constantCount, steps: path.steps, result: path.result),
        constants: constants)
    }
  }

  /// The steps that lead to a number alone, and the constants that they begin with; nil where the recording is lost.
  func path(to result: RecordedNumber<Scalar>) -> (path: RecordedSteps, constants: [Scalar])? {
    state.withLock { state in
      guard !state.isLost, let last = index(of: result, &state) else { return nil }
      func operands(_ index: Int) -> [Int] {
        guard index >= inputCount else { return [] }
        let step = state.steps[index - inputCount]
        return step.hasRight ? [step.left, step.right] : [step.left]
      }
      var (found, open) = (Set([last]), [last])
      while let index = open.popLast() {
        for operand in operands(index) where found.insert(operand).inserted { open.append(operand) }
      }
      // Constants come after the inputs and before the steps, in the order in which they were met.
      let sorted = found.sorted()
      let constants = Array(sorted.prefix { $0 < 0 }.reversed())
      let taken = sorted.drop { $0 < inputCount }
      var places: [Int: Int] = [:]
      for (k, index) in (constants + taken).enumerated() { places[index] = inputCount + k }
      func moved(_ index: Int) -> Int { places[index] ?? index }
      let steps = taken.map { index in
        let step = state.steps[index - inputCount]
        return TapePlan.Step(
          operation: step.operation, left: moved(step.left),
          right: step.hasRight ? moved(step.right) : step.right)
      }
      return (
        RecordedSteps(steps: steps, constantCount: constants.count, result: moved(last)),
        constants.map { state.constants[-1 - $0] }
      )
    }
  }
}

/// The steps of a model at one point on one row, numbered like those of a ``TapePlan``.
struct RecordedSteps: Hashable {
  let steps: [TapePlan.Step]
  let constantCount: Int
  let result: Int
}
