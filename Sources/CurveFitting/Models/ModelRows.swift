public import LSQScalars
public import LeastSquares

extension RowwiseProblem {
  /// A model and its data, to be evaluated by several threads: residuals (f(b; xᵢ) − yᵢ)/σᵢ, and their
  /// exact gradients by `Dual` numbers, value and gradient from one evaluation of the model.
  ///
  /// The arguments are those of ``ModelProblem``. The model is asked for evaluators of its own for every
  /// range of rows.
  ///
  /// - Throws: ``DataError`` for data that do not fit together, are not finite, or have a σ that is not
  ///   positive; ``LeastSquaresError`` where there are fewer rows than parameters; whatever the model
  ///   throws when asked for its evaluators.
  /// - Precondition: `predictorCount` ≥ 0.
  @inlinable
  public init(
    model: some Model, predictors: [Scalar], predictorCount: Int, response: [Scalar],
    sigma: [Scalar]? = nil, parameterCount: Int, blockRowCount: Int? = nil
  ) throws {
    precondition(predictorCount >= 0, "A row cannot have \(predictorCount) predictors")
    try ModelProblem<Scalar>.validate(
      predictors: predictors, predictorCount: predictorCount, response: response, sigma: sigma)
    _ = try model.evaluator(over: Scalar.self)
    let data = ModelRows(
      predictors: predictors, predictorCount: predictorCount, response: response, sigma: sigma)
    let together: RowGradientFunction<Scalar> = { b, rows, residuals, gradients in
      let function = try GradientFunction<Scalar>(
        of: model, parameterCount: parameterCount, predictorCount: predictorCount)
      for i in rows {
        let k = i - rows.lowerBound
        let start = k * parameterCount
        let x = data.predictors.span.extracting(data.range(i))
        let value = try function.write(b, x, &gradients, start)
        residuals[k] = data.residual(i, value)
        guard let sigma = data.sigma else { continue }
        for j in start..<(start + parameterCount) { gradients[j] /= sigma[i] }
      }
    }
    try self.init(
      rowCount: response.count, parameterCount: parameterCount, gradients: .together(together),
      blockRowCount: blockRowCount
    ) { b, rows, residuals in
      let function = try model.evaluator(over: Scalar.self)
      for i in rows {
        let x = data.predictors.span.extracting(data.range(i))
        residuals[i - rows.lowerBound] = data.residual(i, try function(b, x))
      }
    }
  }
}

/// The data of a model, by rows.
@usableFromInline
struct ModelRows<Scalar: LSQScalar>: Sendable {
  @usableFromInline let predictors: [Scalar]
  @usableFromInline let predictorCount: Int
  @usableFromInline let response: [Scalar]
  @usableFromInline let sigma: [Scalar]?

  @usableFromInline
  init(predictors: [Scalar], predictorCount: Int, response: [Scalar], sigma: [Scalar]?) {
    self.predictors = predictors
    self.predictorCount = predictorCount
    self.response = response
    self.sigma = sigma
  }

  /// Where the predictors of row i stand.
  @inlinable
  func range(_ i: Int) -> Range<Int> { (i * predictorCount)..<((i + 1) * predictorCount) }

  /// (f − yᵢ)/σᵢ.
  @inlinable
  func residual(_ i: Int, _ value: Scalar) -> Scalar {
    let difference = value - response[i]
    guard let sigma else { return difference }
    return difference / sigma[i]
  }
}
