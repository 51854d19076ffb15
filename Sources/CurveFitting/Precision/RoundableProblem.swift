import LSQScalars

/// A problem whose data can be rounded to another type.
protocol RoundableProblem {
  func rounded<Scalar: LSQScalar>(to type: Scalar.Type) throws -> ModelProblem<Scalar>
}

extension ModelProblem: RoundableProblem {
  func rounded<Other: LSQScalar>(to _: Other.Type) throws -> ModelProblem<Other> {
    func round(_ x: Scalar) -> Other { Other(rounding: x.binaryReal) }
    return try ModelProblem<Other>(
      model: model, predictors: predictors.map(round), predictorCount: predictorCount,
      response: response.map(round), sigma: sigma?.map(round), parameterCount: parameterCount)
  }
}
