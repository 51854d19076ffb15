import CurveFitting
import LeastSquares

/// The ways to fit a problem that are timed.
struct Methods<Problem: BenchmarkProblem> {
  typealias Scalar = Problem.Scalar

  let problem: Problem

  /// `LevenbergMarquardt` in a workspace that is kept, as cminpack's callers keep theirs.
  func solver(isByDifferences: Bool) throws -> Contest<Scalar> {
    let problem = self.problem
    let log = CallLog<Scalar>()
    let jacobian: JacobianFunction<Scalar> = { problem.jacobian($0, &$1) }
    return try contest(
      "lsq", isByDifferences ? "fd" : "analytic", log, residuals: { problem.residuals($0, &$1) },
      jacobian: isByDifferences ? nil : jacobian,
      solving: LeastSquaresProblem(
        residualCount: problem.rowCount, parameterCount: problem.start.count,
        jacobian: isByDifferences
          ? .forwardDifferences()
          : .byRows { x, j in
            log.note(.jacobian, x)
            problem.jacobian(x, &j)
          },
        residuals: { x, f in
          log.note(.residuals, x)
          problem.residuals(x, &f)
        }))
  }

  /// The same solver over the generic model, whose derivatives dual numbers give.
  func dualNumbers() throws -> Contest<Scalar>? {
    guard let model = try problem.modelProblem() else { return nil }
    let log = CallLog<Scalar>()
    return try contest(
      "lsq", "dual", log, residuals: model.residuals, jacobian: model.jacobian,
      solving: LeastSquaresProblem(
        residualCount: problem.rowCount, parameterCount: problem.start.count,
        jacobian: .byRows { x, j in
          log.note(.jacobian, x)
          try model.jacobian(x, &j)
        },
        residuals: { x, f in
          log.note(.residuals, x)
          try model.residuals(x, &f)
        }))
  }

  /// The function `leastsq`, which makes its memory anew in every call.
  func leastSq(isByDifferences: Bool) -> Contest<Scalar> {
    let problem = self.problem
    let start = problem.start
    let log = CallLog<Scalar>()
    let residuals: ResidualFunction<Scalar> = { x, f in
      log.note(.residuals, x)
      problem.residuals(x, &f)
    }
    let jacobian: JacobianFunction<Scalar> = { x, j in
      log.note(.jacobian, x)
      problem.jacobian(x, &j)
    }
    return Contest(
      peer: "lsq-leastsq", problem: problem.name,
      jacobianKind: isByDifferences ? "fd" : "analytic", rowCount: problem.rowCount,
      parameterCount: start.count, residuals: { problem.residuals($0, &$1) },
      jacobian: isByDifferences ? nil : { problem.jacobian($0, &$1) },
      fit: {
        let result = try leastsq(
          residuals, m: problem.rowCount, x0: start, Dfun: isByDifferences ? nil : jacobian)
        return (result.x, result.ier)
      },
      log: log)
  }

  private func contest(
    _ peer: String, _ jacobianKind: String, _ log: CallLog<Scalar>,
    residuals: @escaping ResidualFunction<Scalar>, jacobian: JacobianFunction<Scalar>?,
    solving posed: LeastSquaresProblem<Scalar>
  ) -> Contest<Scalar> {
    let solver = LevenbergMarquardt<Scalar>()
    let start = problem.start
    var workspace = Workspace<Scalar>()
    return Contest(
      peer: peer, problem: problem.name, jacobianKind: jacobianKind, rowCount: problem.rowCount,
      parameterCount: start.count, residuals: residuals, jacobian: jacobian,
      fit: {
        let solution = try solver.minimize(posed, from: start, using: &workspace)
        return (solution.parameters, solution.termination.minpackInfo)
      },
      log: log)
  }
}
