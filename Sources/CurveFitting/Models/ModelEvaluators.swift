public import LSQScalars

/// What evaluates a model over a scalar: its value and its gradient in a row, and both in loops over all rows.
///
/// Evaluators are as fast as the code in which they are made is specific: a formula that the compiler sees over a type
/// that it knows becomes part of their loops.
@usableFromInline
struct ModelEvaluators<Scalar: LSQScalar> {
  /// The model over the scalar itself.
  @usableFromInline let function: (Span<Scalar>, Span<Scalar>) throws -> Scalar
  /// The model over dual numbers.
  @usableFromInline let gradient: GradientFunction<Scalar>
  /// The model in loops over all rows; nil for a ``PreparedModel``.
  @usableFromInline let loops: ModelLoops<Scalar>?

  @inlinable
  init(of model: some Model, _ data: ModelRows<Scalar>, parameterCount: Int) throws {
    loops = ModelLoops(model, data, parameterCount: parameterCount)
    function = try model.evaluator(over: Scalar.self)
    gradient = try GradientFunction(
      of: model, parameterCount: parameterCount, predictorCount: data.predictorCount)
  }

  @usableFromInline
  init(
    function: @escaping (Span<Scalar>, Span<Scalar>) throws -> Scalar,
    gradient: GradientFunction<Scalar>, loops: ModelLoops<Scalar>? = nil
  ) {
    (self.function, self.gradient, self.loops) = (function, gradient, loops)
  }
}
