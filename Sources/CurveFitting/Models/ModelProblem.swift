public import LSQScalars
public import LeastSquares

/// A model and its data as a least-squares problem: residuals and their exact Jacobian.
///
/// With rows (xᵢ, yᵢ, σᵢ), i = 0 … m−1, the residuals are
///
/// ```
/// rᵢ(b) = (f(b; xᵢ) − yᵢ)/σᵢ
/// ```
///
/// without the division if no σ are given. The Jacobian ∂rᵢ/∂bⱼ is exact: by `Dual` numbers, and by adjoints in types
/// wider than the hardware's, and where there are no loops over dual numbers but many rows or parameters.
///
/// A problem keeps scratch space and is used from one thread at a time.
public final class ModelProblem<Scalar: LSQScalar> {
  /// The number m of rows, and residuals.
  public let rowCount: Int
  /// The number of predictors in a row.
  public let predictorCount: Int
  /// The number n of parameters.
  public let parameterCount: Int

  @usableFromInline let data: ModelRows<Scalar>
  /// The predictors, row by row.
  var predictors: [Scalar] { data.predictors }
  var response: [Scalar] { data.response }
  var sigma: [Scalar]? { data.sigma }
  /// Whether standard errors are those of a known σ, and not in proportion to the residuals.
  var hasKnownScatter: Bool { data.hasKnownScatter }

  /// The model, for numbers that are seldom needed.
  @usableFromInline let model: any Model
  /// The model over the scalar itself.
  @usableFromInline let function: (Span<Scalar>, Span<Scalar>) throws -> Scalar
  /// The model over dual numbers.
  @usableFromInline let gradient: GradientFunction<Scalar>
  /// The model in loops over all rows; nil for a ``PreparedModel``.
  @usableFromInline let loops: ModelLoops<Scalar>?
  // What evaluations need of `loops`, determined once: looking into an optional retains what it holds.

  /// The loop that makes gradients; where they come from elsewhere, it does nothing.
  @usableFromInline let loopOfGradients: ModelLoops<Scalar>.Gradients
  @usableFromInline let hasLoopOfGradients: Bool
  /// The model as a tape.
  @usableFromInline var recorded = RecordedModel<Scalar>()
  /// Whether values and gradients come from the tape, if there is one, as second derivatives do in any case.
  @usableFromInline let prefersTape: Bool
  /// How much rounding can change each response, in units of the type's ε, where it was computed from the data; nil
  /// where it was read, so that its magnitude says this.
  package var responseSizes: [Scalar]?
  /// The columns of decimals that the predictors were read from; nil where they are what was meant.
  package var source: (table: DataTable, columns: [String])?
  /// Whether a predictor may be whole only because its decimal was rounded. Climbs do not need this.
  lazy var hasRoundedWholes =
    source?.table.hasRoundedWholes(in: source?.columns ?? [], readAs: predictors) ?? false
  /// The number of derivatives at and above which solves take the rows by blocks.
  var tallSize = 1 << 18
  /// Room for residuals where only the Jacobian is asked for.
  @usableFromInline var unasked: [Scalar]

  /// A problem from a model and its data.
  ///
  /// - Parameters:
  ///   - model: f.
  ///   - predictors: m·`predictorCount` numbers, row by row.
  ///   - predictorCount: the number of predictors in a row.
  ///   - response: the m measured values y.
  ///   - sigma: their standard deviations; `nil` means equal but unknown ones.
  ///   - isSigmaAbsolute: whether they are absolute; if not, they are known up to a common factor, which the residuals
  ///     determine (SciPy's `curve_fit`: absolute_sigma, there false by default).
  ///   - parameterCount: n.
  /// - Throws: ``DataError`` for data that do not fit together or to a formula, are not finite, or have a σ that is not
  ///   positive; whatever the model throws when asked for its evaluators.
  @inlinable
  public convenience init(
    model: some Model, predictors: [Scalar], predictorCount: Int, response: [Scalar],
    sigma: [Scalar]? = nil, isSigmaAbsolute: Bool = true, parameterCount: Int
  ) throws {
    try self.init(
      model,
      ModelRows(
        for: model, predictors: predictors, predictorCount: predictorCount, response: response,
        sigma: sigma, isSigmaAbsolute: isSigmaAbsolute, parameterCount: parameterCount),
      parameterCount: parameterCount)
  }

  /// A problem of validated data.
  @inlinable
  convenience init(_ model: some Model, _ data: ModelRows<Scalar>, parameterCount: Int) throws {
    self.init(
      model, data, parameterCount: parameterCount,
      try ModelEvaluators(of: model, data, parameterCount: parameterCount))
  }

  /// A problem with the evaluators of a compiled model.
  convenience init(
    compiled: CompiledModel<some Model>, predictors: [Scalar], predictorCount: Int,
    response: [Scalar], sigma: [Scalar]?, isSigmaAbsolute: Bool, parameterCount: Int
  ) throws {
    let data = try ModelRows(
      for: compiled.model, predictors: predictors, predictorCount: predictorCount,
      response: response, sigma: sigma, isSigmaAbsolute: isSigmaAbsolute,
      parameterCount: parameterCount)
    self.init(
      compiled.model, data, parameterCount: parameterCount,
      try compiled.evaluators(over: data, parameterCount: parameterCount))
  }

  /// A problem of validated data, whose values and gradients come from a tape that has been made: evaluators of the
  /// model are made only where a row has no finite ones.
  convenience init(
    _ model: some Model, _ data: ModelRows<Scalar>, parameterCount n: Int,
    preferring tape: ModelTape<Scalar>
  ) {
    self.init(
      model, data, parameterCount: n,
      ModelEvaluators(
        function: { try model.evaluator(over: Scalar.self)($0, $1) },
        gradient: GradientFunction {
          try GradientFunction(of: model, parameterCount: n, predictorCount: data.predictorCount)
        }), prefersTape: true)
    recorded = RecordedModel(tape)
  }

  /// Another problem over the same data whose values and gradients come from the tape in every type.
  ///
  /// The values have the same bits; derivatives are rounded differently.
  convenience init(preferringTapeOf other: ModelProblem<Scalar>) {
    self.init(
      other.model, other.data, parameterCount: other.parameterCount,
      ModelEvaluators(function: other.function, gradient: other.gradient, loops: other.loops),
      prefersTape: true)
    (recorded, responseSizes, source) = (other.recorded, other.responseSizes, other.source)
  }

  /// A problem from its parts.
  ///
  /// - Parameter prefersTape: nil where that is to be judged by the counts.
  @usableFromInline
  init(
    _ model: any Model, _ data: ModelRows<Scalar>, parameterCount: Int,
    _ evaluators: ModelEvaluators<Scalar>, prefersTape: Bool? = nil
  ) {
    rowCount = data.response.count
    predictorCount = data.predictorCount
    self.parameterCount = parameterCount
    (self.model, self.data) = (model, data)
    (function, gradient, loops) = (evaluators.function, evaluators.gradient, evaluators.loops)
    self.prefersTape =
      prefersTape
      ?? RecordedModel<Scalar>.pays(
        rowCount: rowCount, parameterCount: parameterCount, hasLoops: loops?.gradients != nil)
    if let loop = loops?.gradients {
      (loopOfGradients, hasLoopOfGradients) = (loop, true)
    } else {
      (loopOfGradients, hasLoopOfGradients) = ({ _, _, _, _ in false }, false)
    }
    unasked = Array(repeating: 0, count: loops?.gradients == nil ? 0 : data.response.count)
  }

  /// The residual of row i.
  ///
  /// - Precondition: there is a row i, and b has n values.
  @inlinable
  public func residual(_ i: Int, _ b: Span<Scalar>) throws -> Scalar {
    let data = self.data
    return data.residual(i, try function(b, data.predictors.span.extracting(data.range(i))))
  }

  /// Writes the residuals at b.
  ///
  /// - Precondition: `b.count` = n, `r.count` = m.
  @inlinable
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  #if (arch(i386) || arch(x86_64)) && !os(Windows) && !os(Android)
    @specialized(where Scalar == Float80)
  #endif
  public func residuals(_ b: Span<Scalar>, _ r: inout MutableSpan<Scalar>) throws {
    precondition(b.count == parameterCount, "\(b.count) values for \(parameterCount) parameters")
    precondition(r.count == rowCount, "Room for \(r.count) of \(rowCount) residuals")
    // Where an operation is an instruction of the processor, nothing is faster than a loop.
    if prefersTape, RecordedModel<Scalar>.isWide || loops == nil, let rows = try tapeRows(at: b) {
      return try rows.residuals(0..<rowCount, b, &r)
    }
    if let loops { return try loops.residuals(b, 0..<rowCount, &r) }
    for i in 0..<rowCount { r[i] = try residual(i, b) }
  }

  /// Writes the Jacobian at b, row by row: by the loop over regular rows or by the tape, and with `Dual` where
  /// there is neither or a row is not regular.
  ///
  /// - Precondition: `b.count` = n, `J.count` = m·n.
  @inlinable
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  #if (arch(i386) || arch(x86_64)) && !os(Windows) && !os(Android)
    @specialized(where Scalar == Float80)
  #endif
  public func jacobian(_ b: Span<Scalar>, _ J: inout MutableSpan<Scalar>) throws {
    requireRoom(b, J.count)
    if try takesLoop(at: b) {
      var unasked: [Scalar] = []
      swap(&unasked, &self.unasked)
      defer { swap(&unasked, &self.unasked) }
      var room = unasked.mutableSpan
      if try loopOfGradients(b, 0..<rowCount, &room, &J) { return }
    }
    var none = MutableSpan<Scalar>()
    try linearize(0..<rowCount, b, &none, &J)
  }

  /// Writes the residuals and, row by row, the Jacobian at b, both from one evaluation of the model.
  ///
  /// - Precondition: `b.count` = n, `r.count` = m, `J.count` = m·n.
  @inlinable
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  #if (arch(i386) || arch(x86_64)) && !os(Windows) && !os(Android)
    @specialized(where Scalar == Float80)
  #endif
  public func residualsAndJacobian(
    _ b: Span<Scalar>, _ r: inout MutableSpan<Scalar>, _ J: inout MutableSpan<Scalar>
  ) throws {
    precondition(r.count == rowCount, "Room for \(r.count) of \(rowCount) residuals")
    requireRoom(b, J.count)
    if try takesLoop(at: b), try loopOfGradients(b, 0..<rowCount, &r, &J) { return }
    try linearize(0..<rowCount, b, &r, &J)
  }

  /// Writes row i of the Jacobian at b, the gradient of residual i, and returns that residual.
  ///
  /// Both come from one evaluation of the model.
  ///
  /// - Precondition: `b.count` = n, `row.count` = n.
  @inlinable
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  #if (arch(i386) || arch(x86_64)) && !os(Windows) && !os(Android)
    @specialized(where Scalar == Float80)
  #endif
  @discardableResult
  public func jacobianRow(
    _ i: Int, _ b: Span<Scalar>, row: inout MutableSpan<Scalar>
  ) throws -> Scalar {
    precondition(row.count == parameterCount, "Room for \(row.count) of \(parameterCount) slopes")
    return try linearization(i, b, &row, from: 0)
  }

  /// Whether gradients come from the loop: where there is one, and no tape that is faster.
  @inlinable
  func takesLoop(at b: Span<Scalar>) throws -> Bool {
    try hasLoopOfGradients && (!prefersTape || tapeRows(at: b) == nil)
  }

  @inlinable
  func requireRoom(_ b: Span<Scalar>, _ derivativeCount: Int) {
    precondition(b.count == parameterCount, "\(b.count) values for \(parameterCount) parameters")
    precondition(
      derivativeCount == rowCount * parameterCount,
      "Room for \(derivativeCount) of \(rowCount)·\(parameterCount) derivatives")
  }

  /// Writes the gradients of a range of rows and, where there is room for them, their residuals, from the
  /// beginning of both buffers.
  @inlinable
  func linearize(
    _ rows: Range<Int>, _ b: Span<Scalar>, _ r: inout MutableSpan<Scalar>,
    _ J: inout MutableSpan<Scalar>
  ) throws {
    // In blocks where that goes well, row by row where not.
    if prefersTape, let blocks = try tapeRows(at: b) {
      for i in try blocks.linearize(rows, b, &r, &J) { try linearizeRow(i, of: rows, b, &r, &J) }
    } else {
      for i in rows { try linearizeRow(i, of: rows, b, &r, &J) }
    }
  }

  @inlinable
  func linearizeRow(
    _ i: Int, of rows: Range<Int>, _ b: Span<Scalar>, _ r: inout MutableSpan<Scalar>,
    _ J: inout MutableSpan<Scalar>
  ) throws {
    let k = i - rows.lowerBound
    let value = try linearization(i, b, &J, from: k * parameterCount)
    if !r.isEmpty { r[k] = value }
  }

  /// Writes the gradient of residual i into a buffer, from index `start` on, and returns the residual.
  @inlinable
  func linearization(
    _ i: Int, _ b: Span<Scalar>, _ buffer: inout MutableSpan<Scalar>, from start: Int
  ) throws -> Scalar {
    precondition(b.count == parameterCount, "\(b.count) values for \(parameterCount) parameters")
    return try data.linearization(i, gradient, b, &buffer, from: start)
  }
}

extension ModelProblem {
  /// The m residuals at a point of n parameters.
  ///
  /// - Throws: `LeastSquaresError` for another number of parameters; what the model throws.
  public func residuals(at point: [Scalar]) throws -> [Scalar] {
    try point.requireCount(parameterCount, as: "point")
    var residuals = [Scalar](repeating: 0, count: rowCount)
    var target = residuals.mutableSpan
    try self.residuals(point.span, &target)
    return residuals
  }

  /// The m×n Jacobian at a point of n parameters.
  ///
  /// - Throws: `LeastSquaresError` for another number of parameters; what the model throws.
  public func jacobian(at point: [Scalar]) throws -> Matrix<Scalar> {
    try point.requireCount(parameterCount, as: "point")
    var jacobian = Matrix<Scalar>(
      rowCount: rowCount, columnCount: parameterCount, repeating: 0)
    var target = jacobian.elements.mutableSpan
    try self.jacobian(point.span, &target)
    return jacobian
  }

  /// The m values of the model at a point of n parameters: the fitted curve.
  ///
  /// - Throws: `LeastSquaresError` for another number of parameters; what the model throws.
  public func values(at point: [Scalar]) throws -> [Scalar] {
    try point.requireCount(parameterCount, as: "point")
    return try (0..<rowCount).map {
      try function(point.span, predictors.span.extracting(data.range($0)))
    }
  }
}
