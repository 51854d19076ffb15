import LSQScalars
import LeastSquares

/// How much rounding can change the values of a model that no tape can stand for, since it looks at its numbers: row by row
/// the sum of ``TapeRounding`` over the steps that the row takes at a point, which are a tape of its own.
///
/// Rows that take the same steps are one problem for such a tape, with all numbers that they begin with as predictors. What
/// the model computes from the `realPart` of a number, or from constants alone, is to it a number that was given.
///
/// - Complexity: as for tapes, and one recorded evaluation per row, as long as that is not too many steps. Rows are taken
///   from all of the data first.
struct PathRounding<Scalar: LSQScalar> {
  /// A size per row; NaN for rows that were not, or could not be, recorded.
  private(set) var sizes: [Scalar]
  /// The range of ``TapeRounding/exponents`` over the rows that were recorded.
  private(set) var exponents: ClosedRange<Int>?
  /// Whether in some row the result of a step may be nothing but rounding.
  private(set) var isBlurred = false

  /// The most steps that are recorded beyond those of the first row, which may be those of all rows, and of all tapes together.
  private static var maximumStepCount: Int { 1 << 18 }

  /// - Throws: what the model throws when it is asked for an evaluator, and its `CancellationError`.
  init(of problem: ModelProblem<Scalar>, at b: [Scalar]) throws {
    let (data, count) = (problem.data, problem.rowCount)
    sizes = Array(repeating: .nan, count: count)
    var rows: [RecordedSteps: [(row: Int, numbers: [Scalar])]] = [:]
    var stepCount = 0
    var recording = try Recording(of: problem.model, at: b)
    let spacing = max(1, count >> 8)
    for i in (0..<spacing).lazy.flatMap({ stride(from: $0, to: count, by: spacing) }) {
      guard let later = recording.laterStepCount, max(stepCount, later) < Self.maximumStepCount
      else { break }
      guard let (path, numbers) = try recording.path(on: data.predictors[data.range(i)]) else {
        continue
      }
      if rows[path] == nil { stepCount += path.steps.count }
      rows[path, default: []].append((i, numbers))
    }
    let areWholesExact = !problem.hasRoundedWholes
    for (path, rows) in rows {
      let plan = TapePlan(
        parameterCount: b.count, predictorCount: path.constantCount, constantCount: 0,
        steps: path.steps, result: path.result)
      let own = ModelRows(
        predictors: rows.flatMap { $0.numbers }, predictorCount: path.constantCount,
        response: rows.map { _ in 0 }, sigma: nil)
      let rounding = TapeRounding(
        of: ModelTape(plan: plan, constants: []), own, at: b, areWholesExact: areWholesExact,
        by: problem.crew)
      exponents = [exponents, rounding.exponents].compactMap(\.self).hull
      isBlurred = isBlurred || rounding.isBlurred
      for (place, size) in zip(rows, rounding.sizes) { sizes[place.row] = size }
    }
  }

  /// A model that is evaluated row by row on recorded numbers. Rows may share what an evaluator keeps.
  private struct Recording {
    private let recorder: Recorder<Scalar>
    private var firstStepCount: Int?
    private let parameters: [RecordedNumber<Scalar>]
    private let evaluate:
      (Span<RecordedNumber<Scalar>>, Span<RecordedNumber<Scalar>>) throws -> RecordedNumber<Scalar>

    init(of model: any Model, at b: [Scalar]) throws {
      let recorder = Recorder<Scalar>(parameterCount: b.count, predictorCount: 0, isPath: true)
      self.recorder = recorder
      parameters = b.indices.map { RecordedNumber(b[$0], index: $0, recorder) }
      evaluate = try model.evaluator(over: RecordedNumber<Scalar>.self)
    }

    /// The number of steps of all rows but the first; nil where the recording is lost.
    var laterStepCount: Int? { recorder.stepCount.map { $0 - (firstStepCount ?? $0) } }

    /// The path of a row, and what it begins with; nil where the model throws, or takes too many steps.
    ///
    /// - Throws: `CancellationError` of the model's.
    mutating func path(on predictors: ArraySlice<Scalar>) throws -> (RecordedSteps, [Scalar])? {
      let numbers = predictors.map { recorder.constant($0) }
      do {
        let value = try evaluate(parameters.span, numbers.span)
        firstStepCount = firstStepCount ?? recorder.stepCount
        return recorder.path(to: value)
      } catch  where !error.isCancellation {
        return nil
      }
    }
  }
}
