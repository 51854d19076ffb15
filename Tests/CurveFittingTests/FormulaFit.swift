import CurveFitting
import LSQScalars
import LeastSquares

/// A fit of a formula in x to rows (x, y), which are read as the decimals that they are.
func formulaFit<Scalar: LSQScalar>(
  _ formula: String, _ parameters: [String], from start: [Double], to rows: [(Double, Double)],
  _ derivatives: FitDerivatives = .exact, over _: Scalar.Type,
  tolerance: FitTolerance = .tight, limit: Int? = nil, monitor: Monitor<Scalar>? = nil
) throws -> Fit<Scalar> {
  func scalar(_ x: Double) -> Scalar { Scalar(x.description) ?? .nan }
  return try ModelProblem<Scalar>(
    model: Formula(parsing: formula).bound(parameters: parameters, predictors: ["x"]),
    predictors: rows.map { scalar($0.0) }, predictorCount: 1,
    response: rows.map { scalar($0.1) }, parameterCount: parameters.count
  ).fit(
    from: start.map(scalar),
    options: FitOptions(
      derivatives: derivatives, tolerance: tolerance, maximumResidualEvaluations: limit),
    monitor: monitor)
}
