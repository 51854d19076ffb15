import LSQScalars
import LeastSquares

/// How much rounding can change the values of a model that no tape can stand for, since it looks at its numbers: row by row
/// the sum of ``TapeRounding`` over the steps that the row takes at a point, which are a tape of its own.
///
/// Rows that take the same steps are one problem for such a tape, with all numbers that they begin with as predictors. What
/// the model computes from the `realPart` of a number is to it a number of its own, without error.
///
/// - Complexity: as for tapes, and one recorded evaluation per row; of more than 2¹⁵ rows, at least 2¹⁴ are taken, evenly
///   spaced.
struct PathRounding<Scalar: LSQScalar> {
  /// A size per row; NaN for rows that were not, or could not be, recorded.
  private(set) var sizes: [Scalar]
  /// Whether in some row the result of a step may be nothing but rounding.
  private(set) var isBlurred = false

  /// The most steps of all tapes together, and of a recording beyond those of its first row, after which another begins.
  private static var maximumStepCount: Int { 1 << 20 }

  /// - Throws: what the model throws when it is asked for an evaluator.
  init(of problem: ModelProblem<Scalar>, at b: [Scalar]) throws {
    let data = problem.data
    sizes = Array(repeating: .nan, count: problem.rowCount)
    var rows: [RecordedSteps: [(row: Int, numbers: [Scalar])]] = [:]
    var stepCount = 0
    var recording = try Recording(of: problem.model, at: b)
    for i in stride(from: 0, to: problem.rowCount, by: max(1, problem.rowCount >> 14))
    where stepCount < Self.maximumStepCount {
      if recording.hasGrown(beyond: Self.maximumStepCount) {
        recording = try Recording(of: problem.model, at: b)
      }
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
      isBlurred = isBlurred || rounding.isBlurred
      for (place, size) in zip(rows, rounding.sizes) { sizes[place.row] = size }
    }
  }

  /// A model that is evaluated row by row on recorded numbers. Rows may share what an evaluator keeps.
  private struct Recording {
    private let recorder: Recorder<Scalar>
    /// The steps of the first row, which may be those of all rows.
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

    func hasGrown(beyond count: Int) -> Bool {
      recorder.stepCount > count + (firstStepCount ?? 0)
    }

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
