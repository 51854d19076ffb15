public import LSQScalars

/// A fit that can be posed in any scalar type: a generic model, and data as decimals.
///
/// ``DecimalFit`` is one for columns of decimals. A conformance of one's own is called in code that does not know the
/// scalar, where Swift compiles models for all types at once, and they take several times as long. An attribute per type
/// makes them as fast as anywhere else:
///
/// ```swift
/// @specialized(where Scalar == Double)
/// @specialized(where Scalar == Float)
/// func problem<Scalar: LSQScalar>(over type: Scalar.Type) throws -> ModelProblem<Scalar> {
///   try ModelProblem(
///     model: Saturation(), predictors: column("t"), predictorCount: 1, response: column("y"),
///     parameterCount: 2)
/// }
/// ```
public protocol AnyPrecisionFit {
  /// The problem with its data read at a scalar's precision.
  func problem<Scalar: LSQScalar>(over type: Scalar.Type) throws -> ModelProblem<Scalar>

  /// The start at a scalar's precision.
  func start<Scalar: LSQScalar>(over type: Scalar.Type) throws -> [Scalar]
}

/// A ladder of scalar types: gives the narrowest one of at least `bits` bits.
public typealias ScalarLadder = @Sendable (_ bits: Int) throws -> any LSQScalar.Type
