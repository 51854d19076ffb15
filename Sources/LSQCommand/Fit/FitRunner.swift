import CurveFitting
import LSQScalars
import LeastSquares

/// Fits in a scalar type that is chosen while the program runs.
struct FitRunner {
  let input: FitInput
  let options: SolverOptions
  /// For each solve.
  let maximumResidualEvaluations: Int?
  /// Whether to end with the best point so far.
  let isInterrupted: () -> Bool

  /// A fit from the start that the user gave.
  func report(over scalar: ScalarName) throws -> SolveReport {
    func run<Scalar: LSQScalar>(_ type: Scalar.Type) throws -> SolveReport {
      try fit(over: type, named: scalar).report
    }
    return try run(scalar.type)
  }

  /// A fit with its report, from given parameters or from the start that the user gave.
  ///
  /// - Throws: ``CommandFailure`` where the fit cannot begin.
  func fit<Scalar: LSQScalar>(
    over type: Scalar.Type, named scalar: ScalarName, from parameters: [Scalar]? = nil
  ) throws -> (fit: Fit<Scalar>, report: SolveReport) {
    let clock = ContinuousClock()
    let startTime = clock.now
    let problem = try input.problem(over: type)
    let start = try parameters ?? input.start(as: type, named: scalar)
    let fit: Fit<Scalar>
    do {
      fit = try problem.fit(
        from: start,
        options: options.fitOptions(
          over: type, maximumResidualEvaluations: maximumResidualEvaluations,
          isInterrupted: isInterrupted))
    } catch let error as LeastSquaresError {
      throw CommandFailure.badData(
        error.message(over: scalar, parameterNames: input.parameterNames) {
          "line \(input.line(ofRow: $0))"
        })
    }
    let report = SolveReport(
      fit, parameterNames: input.parameterNames, scalar: scalar, jacobian: options.jacobian,
      duration: startTime.duration(to: clock.now))
    return (fit, report)
  }
}
