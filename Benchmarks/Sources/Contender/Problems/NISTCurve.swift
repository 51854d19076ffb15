import CurveFitting
import LeastSquares
import TestProblems

/// The data and the start of one of NIST's problems with one predictor, read at a scalar's precision.
struct NISTCurve<Scalar: LSQScalar> {
  let name: String
  let x: [Scalar]
  let y: [Scalar]
  let start: [Scalar]

  init(_ dataset: String, start number: Int = 1) {
    do {
      let file = try NISTProblem.named(dataset)
      name = "A/\(dataset)" + (number == 1 ? "" : "s\(number)")
      x = try file.predictors(as: Scalar.self)
      y = try file.responses(as: Scalar.self)
      start = try file.start(number, as: Scalar.self)
    } catch {
      preconditionFailure("\(dataset): \(error)")
    }
  }

  func fitted(by model: some Model) throws -> ModelProblem<Scalar> {
    try ModelProblem(
      model: model, predictors: x, predictorCount: 1, response: y, parameterCount: start.count)
  }
}
