public import RealModule

extension Float: LSQScalar {
  /// A `Float` is its own scalar.
  public typealias Scalar = Float
}
