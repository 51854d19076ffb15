import CurveFitting
import LeastSquares
import MultiPrecision
import TestProblems

/// A NIST fit that climbs from `Double` to the digits of a wide type, instead of iterating in it.
///
/// Data are read once for every width that the climb passes through, and kept.
final class ClimbingFit<Curve: Model>: AnyPrecisionFit {
  let dataset: String
  let curve: Curve
  private let file: StRDFile
  private var problems: [ObjectIdentifier: Any] = [:]

  init(_ dataset: String, _ curve: Curve) throws {
    self.dataset = dataset
    self.curve = curve
    file = try NISTProblem.named(dataset)
  }

  func problem<Scalar: LSQScalar>(over type: Scalar.Type) throws -> ModelProblem<Scalar> {
    if let known = problems[ObjectIdentifier(type)] as? ModelProblem<Scalar> { return known }
    let problem = try NISTCurve<Scalar>(dataset).fitted(by: curve)
    problems[ObjectIdentifier(type)] = problem
    return problem
  }

  func start<Scalar: LSQScalar>(over type: Scalar.Type) throws -> [Scalar] {
    try file.start(1, as: Scalar.self)
  }

  /// The climb to all the digits of a width, as a contest.
  func contest<Scalar: LSQScalar>(_: Scalar.Type) throws -> Contest<Scalar> {
    let model = try problem(over: Scalar.self)
    let digits = Int(Double(Scalar.precisionBits) * Double.log10(2))
    return Contest(
      peer: "lsq-climb", problem: "A/\(dataset)", jacobianKind: "dual", rowCount: model.rowCount,
      parameterCount: model.parameterCount,
      functions: Functions(residuals: model.residuals, jacobian: model.jacobian),
      fit: {
        let fit = try self.fit(
          digits: digits, ladder: PrecisionLadder.scalarType(bits:))
        return Contest.Outcome(
          parameters: fit.parameters(as: Scalar.self), info: fit.termination.minpackInfo,
          counts: (
            fit.work.reduce(0) { $0 + $1.residualEvaluations },
            fit.work.reduce(0) { $0 + $1.jacobianEvaluations }
          ))
      },
      log: CallLog())
  }
}
