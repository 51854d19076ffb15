public import LSQScalars

/// A model with makers of its evaluators over the types of the processor.
///
/// The makers are compiled where the model is known, so that code that knows neither model nor scalar makes evaluators
/// that are as fast as those made where both are known.
@usableFromInline
struct CompiledModel<M: Model>: Sendable {
  @usableFromInline
  typealias Maker<Scalar: LSQScalar> =
    @Sendable (_ data: ModelRows<Scalar>, _ parameterCount: Int) throws -> ModelEvaluators<Scalar>

  @usableFromInline let model: M
  @usableFromInline let double: Maker<Double>
  @usableFromInline let float: Maker<Float>
  #if (arch(i386) || arch(x86_64)) && !os(Windows) && !os(Android)
    @usableFromInline let float80: Maker<Float80>
  #endif

  @inlinable
  init(_ model: M) {
    self.model = model
    double = { try ModelEvaluators(of: model, $0, parameterCount: $1) }
    float = { try ModelEvaluators(of: model, $0, parameterCount: $1) }
    #if (arch(i386) || arch(x86_64)) && !os(Windows) && !os(Android)
      float80 = { try ModelEvaluators(of: model, $0, parameterCount: $1) }
    #endif
  }

  /// The evaluators over the scalar of some data.
  ///
  /// - Throws: what the model throws.
  func evaluators<Scalar: LSQScalar>(
    over data: ModelRows<Scalar>, parameterCount n: Int
  ) throws -> ModelEvaluators<Scalar> {
    func made<Known>(by make: Maker<Known>) throws -> ModelEvaluators<Scalar>? {
      try (data as? ModelRows<Known>).map { try make($0, n) } as? ModelEvaluators<Scalar>
    }
    #if (arch(i386) || arch(x86_64)) && !os(Windows) && !os(Android)
      if let made = try made(by: float80) { return made }
    #endif
    return try made(by: double) ?? made(by: float)
      ?? ModelEvaluators(of: model, data, parameterCount: n)
  }
}
