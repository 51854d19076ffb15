import CurveFitting
import LeastSquares

/// The ways to fit a problem that are timed.
struct Methods<Problem: BenchmarkProblem> {
  typealias Scalar = Problem.Scalar

  let problem: Problem

  /// `LevenbergMarquardt` in a reused workspace, as cminpack's callers reuse theirs.
  func solver(isByDifferences: Bool) throws -> Contest<Scalar> {
    let log = CallLog<Scalar>()
    let functions = functions(isByDifferences: isByDifferences)
    return try contest(
      "lsq", isByDifferences ? "fd" : "analytic", log, functions,
      jacobian: isByDifferences
        ? .forwardDifferences() : .byRows(jacobian(notedIn: log)))
  }

  /// The same solver over the generic model, with derivatives by dual numbers.
  func dualNumbers() throws -> Contest<Scalar>? {
    guard let model = try problem.modelProblem() else { return nil }
    let log = CallLog<Scalar>()
    return try contest(
      "lsq", "dual", log,
      Functions(
        residuals: model.residuals, jacobian: model.jacobian,
        together: model.residualsAndJacobian),
      jacobian: .withResiduals { x, f, j in
        log.note(.together, x)
        try model.residualsAndJacobian(x, &f, &j)
      })
  }

  /// Residuals and Jacobian in one evaluation, hand-written.
  func together() throws -> Contest<Scalar> {
    let problem = self.problem
    let log = CallLog<Scalar>()
    var functions = functions(isByDifferences: false)
    functions.together = problem.residualsAndJacobian
    return try contest(
      "lsq-together", "analytic", log, functions,
      jacobian: .withResiduals { x, f, j in
        log.note(.together, x)
        problem.residualsAndJacobian(x, &f, &j)
      })
  }

  /// The function `leastsq`, which allocates its memory in every call.
  func leastSq(isByDifferences: Bool) -> Contest<Scalar> {
    let problem = self.problem
    let start = problem.start
    let log = CallLog<Scalar>()
    let residuals: ResidualFunction<Scalar> = { x, f in
      log.note(.residuals, x)
      problem.residuals(x, &f)
    }
    let jacobian = isByDifferences ? nil : self.jacobian(notedIn: log)
    return Contest(
      peer: "lsq-leastsq", problem: problem.name,
      jacobianKind: isByDifferences ? "fd" : "analytic", rowCount: problem.rowCount,
      parameterCount: start.count, functions: functions(isByDifferences: isByDifferences),
      fit: {
        let result = try leastsq(residuals, m: problem.rowCount, x0: start, Dfun: jacobian)
        return Contest.Outcome(parameters: result.x, info: result.ier)
      },
      log: log)
  }

  private func functions(isByDifferences: Bool) -> Functions<Scalar> {
    Functions(
      residuals: problem.residuals, jacobian: isByDifferences ? nil : problem.jacobian)
  }

  /// The Jacobian as a user would hand it over, in one closure, which notes its calls.
  private func jacobian(notedIn log: CallLog<Scalar>) -> JacobianFunction<Scalar> {
    let problem = self.problem
    return { x, j in
      log.note(.jacobian, x)
      problem.jacobian(x, &j)
    }
  }

  private func contest(
    _ peer: String, _ jacobianKind: String, _ log: CallLog<Scalar>,
    _ functions: Functions<Scalar>, jacobian: JacobianSource<Scalar>
  ) throws -> Contest<Scalar> {
    let posed = try LeastSquaresProblem(
      residualCount: problem.rowCount, parameterCount: problem.start.count, jacobian: jacobian,
      residuals: { x, f in
        log.note(.residuals, x)
        try functions.residuals(x, &f)
      })
    let solver = LevenbergMarquardt<Scalar>()
    let start = problem.start
    var workspace = Workspace<Scalar>()
    return Contest(
      peer: peer, problem: problem.name, jacobianKind: jacobianKind, rowCount: problem.rowCount,
      parameterCount: start.count, functions: functions,
      fit: {
        let solution = try solver.minimize(posed, from: start, using: &workspace)
        return Contest.Outcome(
          parameters: solution.parameters, info: solution.termination.minpackInfo,
          counts: (solution.counts.residuals, solution.counts.jacobians))
      },
      log: log)
  }
}
