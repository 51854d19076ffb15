public import LSQScalars

/// A fit that can be posed in any scalar type: a generic model, and data as decimals.
public protocol AnyPrecisionFit {
  /// The problem with its data read at a scalar's precision.
  func problem<Scalar: LSQScalar>(over type: Scalar.Type) throws -> ModelProblem<Scalar>

  /// The start at a scalar's precision.
  func start<Scalar: LSQScalar>(over type: Scalar.Type) throws -> [Scalar]
}

/// A ladder of scalar types: gives the narrowest one of at least `bits` bits.
public typealias ScalarLadder = @Sendable (_ bits: Int) throws -> any LSQScalar.Type
