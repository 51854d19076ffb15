import CurveFitting
import LSQScalars
import LeastSquares
import TestProblems

/// One step of a run, with its numbers as text, so that runs in different types can be laid side by side.
struct PathRecord: Sendable {
  let iteration: Int
  let isAccepted: Bool
  /// Whether this is a closing step, which is judged by its length alone.
  let isClosing: Bool
  let parameters: [String]
  let residualNorm: String
  let actualReduction: String
  let predictedReduction: String
  let gainRatio: String
  let trustRegionRadius: String
  let dampingParameter: String
  let stepLength: String
  let gradientCosine: String
  let counts: EvaluationCounts

  init<Scalar: LSQScalar>(_ record: IterationRecord<Scalar>) {
    iteration = record.iteration
    isAccepted = record.isAccepted
    isClosing = record.isClosing
    parameters = record.parameters.map(\.description)
    residualNorm = record.residualNorm.description
    actualReduction = record.actualReduction.description
    predictedReduction = record.predictedReduction.description
    gainRatio = record.gainRatio.description
    trustRegionRadius = record.trustRegionRadius.description
    dampingParameter = record.dampingParameter.description
    stepLength = record.stepLength.description
    gradientCosine = record.gradientCosine.description
    counts = record.counts
  }
}

/// The steps of one run.
struct RecordedPath: Sendable {
  let scalar: ScalarName
  let records: [PathRecord]
  let reason: StopReason
  let isSolved: Bool
  /// The trial steps alone, for comparisons.
  let path: SolvePath

  /// Runs a problem and records every step.
  static func record<Scalar: LSQScalar>(
    _ problem: StRDProblem, from start: Int, over type: Scalar.Type, named name: ScalarName,
    _ options: SolverOptions, isInterrupted: @escaping () -> Bool
  ) throws -> Self {
    var records: [PathRecord] = []
    var steps: [SolvePath.Step] = []
    let fit = try problem.problem(over: type).fit(
      from: problem.file.start(start, as: type),
      options: FitOptions(
        derivatives: options.jacobian, tolerance: options.tolerance,
        tolerances: options.tolerance.inNumbers())
    ) {
      records.append(PathRecord($0))
      if !$0.isClosing { steps.append(SolvePath.Step($0)) }
      return isInterrupted() ? .stop : .proceed
    }
    return Self(
      scalar: name, records: records, reason: StopReason(fit), isSolved: fit.isSolved,
      path: SolvePath(over: type, steps))
  }
}
