import LSQScalars
import LeastSquares

/// How much rounding can change the values of a model that no tape can stand for, since it looks at its numbers: row by row
/// the sum of ``TapeRounding`` over the steps that the row takes at a point, which are a tape of its own.
///
/// Rows that take the same steps are one problem for such a tape, with all numbers that they begin with as predictors. What
/// the model computes from the `realPart` of a number is to it a number of its own, without error.
///
/// - Complexity: as for tapes, and one recorded evaluation per row.
struct PathRounding<Scalar: LSQScalar> {
  /// A size per row; NaN for rows that could not be recorded.
  private(set) var sizes: [Scalar]
  /// Whether in some row the result of a step may be nothing but rounding.
  private(set) var isBlurred = false

  /// The most steps of one recording that further rows are added to, and of all tapes together.
  private static var maximumStepCount: Int { 1 << 20 }

  /// - Throws: what the model throws when it is asked for an evaluator.
  init(of problem: ModelProblem<Scalar>, at b: [Scalar]) throws {
    let data = problem.data
    sizes = Array(repeating: .nan, count: problem.rowCount)
    var rows: [RecordedSteps: [(row: Int, numbers: [Scalar])]] = [:]
    var stepCount = 0
    var recording = try Recording(of: problem.model, at: b)
    for i in 0..<problem.rowCount where stepCount < Self.maximumStepCount {
      if recording.recorder.stepCount > Self.maximumStepCount {
        recording = try Recording(of: problem.model, at: b)
      }
      guard let (path, numbers) = recording.path(on: data.predictors[data.range(i)]) else {
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
    let recorder: Recorder<Scalar>
    private let parameters: [RecordedNumber<Scalar>]
    private let evaluate:
      (Span<RecordedNumber<Scalar>>, Span<RecordedNumber<Scalar>>) throws -> RecordedNumber<Scalar>

    init(of model: any Model, at b: [Scalar]) throws {
      let recorder = Recorder<Scalar>(parameterCount: b.count, predictorCount: 0, isPath: true)
      self.recorder = recorder
      parameters = b.indices.map { RecordedNumber(b[$0], index: $0, recorder) }
      evaluate = try model.evaluator(over: RecordedNumber<Scalar>.self)
    }

    /// The path of a row, and what it begins with; nil where the model throws, or takes too many steps.
    func path(on predictors: ArraySlice<Scalar>) -> (RecordedSteps, [Scalar])? {
      let numbers = predictors.map { recorder.constant($0) }
      return (try? evaluate(parameters.span, numbers.span)).flatMap { recorder.path(to: $0) }
    }
  }
}
