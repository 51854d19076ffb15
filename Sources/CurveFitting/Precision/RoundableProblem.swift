import LSQScalars

/// A problem whose data can be rounded to another type.
protocol RoundableProblem {
  /// The same problem in a narrower type, with the same tape, which is recorded at a point if it has not been yet.
  ///
  /// - Throws: ``FormulaError`` for a constant of a formula beyond the range of the scalar; whatever the model
  ///   throws when asked for its evaluators.
  func rounded<Scalar: LSQScalar>(
    to type: Scalar.Type, recordedAt point: [BinaryReal]
  ) throws -> ModelProblem<Scalar>
}

extension ModelProblem: RoundableProblem {
  func rounded<Other: LSQScalar>(
    to _: Other.Type, recordedAt point: [BinaryReal]
  ) throws -> ModelProblem<Other> {
    // In a variable of its own: a temporary's span crashes the compiler where nothing is optimised (Swift 6.3.1).
    let b = point.map(Scalar.init(rounding:))
    let tape = try tape(at: b.span).map {
      ModelTape(plan: $0.plan, constants: Other.rounded($0.constants))
    }
    let data = ModelRows(
      predictors: Other.rounded(predictors), predictorCount: predictorCount,
      response: Other.rounded(response), sigma: sigma.map { Other.rounded($0) },
      isSigmaAbsolute: hasKnownScatter)
    return try ModelProblem<Other>(model, data, parameterCount: parameterCount, recordedAs: tape)
  }
}
