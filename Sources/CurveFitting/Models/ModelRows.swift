public import LSQScalars
public import LeastSquares

extension RowwiseProblem {
  /// A model and its data, to be evaluated by several threads: residuals (f(b; xᵢ) − yᵢ)/σᵢ, and their
  /// exact gradients, value and gradient from one evaluation of the model.
  ///
  /// The arguments are those of ``ModelProblem``, but σ enter only as weights. Where rows are evaluated one by one, the
  /// model is asked for evaluators of its own for every range of rows.
  ///
  /// - Throws: ``DataError`` for data that do not fit together, are not finite, or have a σ that is not
  ///   positive; `LeastSquaresError` where there are fewer rows than parameters; whatever the model
  ///   throws when asked for its evaluators.
  @inlinable
  public init(
    model: some Model, predictors: [Scalar], predictorCount: Int, response: [Scalar],
    sigma: [Scalar]? = nil, parameterCount: Int, blockRowCount: Int? = nil
  ) throws {
    let data = try ModelRows(
      for: model, predictors: predictors, predictorCount: predictorCount, response: response,
      sigma: sigma, parameterCount: parameterCount)
    _ = try model.evaluator(over: Scalar.self)
    let loops = ModelLoops(model, data, parameterCount: parameterCount)
    let tape = SharedTape(
      model, data,
      isWanted: RecordedModel<Scalar>.pays(
        rowCount: response.count, parameterCount: parameterCount,
        hasLoops: loops?.gradients != nil))
    try self.init(
      model, data, loops, tape, parameterCount: parameterCount, blockRowCount: blockRowCount)
  }

  /// Rows of validated data.
  ///
  /// - Parameter differences: nil for exact gradients.
  @inlinable
  init(
    _ model: some Model, _ data: ModelRows<Scalar>, _ loops: ModelLoops<Scalar>?,
    _ tape: SharedTape<Scalar>, parameterCount: Int, blockRowCount: Int? = nil,
    differences: RowGradientSource<Scalar>? = nil
  ) throws {
    let together: RowGradientFunction<Scalar> = { b, rows, residuals, gradients in
      // In blocks where that goes well, row by row where not.
      let irregular = try tape.linearize(rows, b, &residuals, &gradients)
      if let irregular {
        if irregular.isEmpty { return }
      } else if let loop = loops?.gradients, try loop(b, rows, &residuals, &gradients) {
        return
      }
      let function = try GradientFunction<Scalar>(
        of: model, parameterCount: parameterCount, predictorCount: data.predictorCount)
      for i in irregular ?? Array(rows) {
        let k = i - rows.lowerBound
        residuals[k] = try data.linearization(i, function, b, &gradients, from: k * parameterCount)
      }
    }
    try self.init(
      rowCount: data.response.count, parameterCount: parameterCount,
      gradients: differences ?? .together(together), blockRowCount: blockRowCount
    ) { b, rows, residuals in
      if RecordedModel<Scalar>.isWide || loops == nil, try tape.residuals(rows, b, &residuals) {
        return
      }
      if let loops { return try loops.residuals(b, rows, &residuals) }
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
  /// Whether σ is known, not only up to a factor.
  let hasKnownScatter: Bool

  /// Data that a model can be fitted to.
  ///
  /// - Throws: ``DataError`` for data that do not fit together or to a formula, are not finite, or have a σ that is not
  ///   positive.
  @usableFromInline
  init(
    for model: some Model, predictors: [Scalar], predictorCount: Int, response: [Scalar],
    sigma: [Scalar]?, isSigmaAbsolute: Bool = true, parameterCount: Int
  ) throws(DataError) {
    try ModelProblem.validate(
      model, predictors: predictors, predictorCount: predictorCount, response: response,
      sigma: sigma, parameterCount: parameterCount)
    self.init(
      predictors: predictors, predictorCount: predictorCount, response: response, sigma: sigma,
      isSigmaAbsolute: isSigmaAbsolute)
  }

  init(
    predictors: [Scalar], predictorCount: Int, response: [Scalar], sigma: [Scalar]?,
    isSigmaAbsolute: Bool = true
  ) {
    hasKnownScatter = sigma != nil && isSigmaAbsolute
    self.predictors = predictors
    self.predictorCount = predictorCount
    self.response = response
    self.sigma = sigma
  }

  /// Where the predictors of row i stand.
  @inlinable
  func range(_ i: Int) -> Range<Int> { (i * predictorCount)..<((i + 1) * predictorCount) }

  /// σᵢ, 1 where it is not known.
  func deviation(_ i: Int) -> Scalar { sigma?[i] ?? 1 }

  /// (f − yᵢ)/σᵢ.
  @inlinable
  func residual(_ i: Int, _ value: Scalar) -> Scalar {
    let difference = value - response[i]
    guard let sigma else { return difference }
    return difference / sigma[i]
  }

  /// Writes the gradient of residual i into a buffer, from index `start` on, and returns the residual.
  @inlinable
  func linearization(
    _ i: Int, _ function: GradientFunction<Scalar>, _ b: Span<Scalar>,
    _ buffer: inout MutableSpan<Scalar>, from start: Int
  ) throws -> Scalar {
    let x = predictors.span.extracting(range(i))
    let value = try function.write(b, x, &buffer, start)
    for j in 0..<b.count where buffer[start + j].isNaN {
      if isLevel(value, at: b, along: j, { try function.value($0, x) }) { buffer[start + j] = 0 }
    }
    guard let sigma else { return residual(i, value) }
    for j in start..<start + b.count { buffer[j] /= sigma[i] }
    return residual(i, value)
  }

  /// Divides the residuals of some rows and their gradients, each `width` numbers, by the rows' σ, unless one of them is not
  /// finite; returns whether all are, which may be known beforehand.
  @inlinable
  func weigh(
    _ r: inout MutableSpan<Scalar>, _ J: inout MutableSpan<Scalar>, of rows: Range<Int>, width: Int,
    areFinite: Bool? = nil
  ) -> Bool {
    let areFinite =
      if let areFinite { areFinite } else {
        Scalar.areFinite(J.span.extracting(first: rows.count * width))
          && Scalar.areFinite(r.span.extracting(first: rows.count))
      }
    guard areFinite else { return false }
    guard let sigma else { return true }
    for (k, i) in rows.enumerated() {
      r[k] /= sigma[i]
      for j in k * width..<(k + 1) * width { J[j] /= sigma[i] }
    }
    return true
  }
}
