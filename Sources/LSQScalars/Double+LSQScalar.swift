public import RealModule

extension Double: LSQScalar {
  /// A `Double` is its own scalar.
  public typealias Scalar = Double
}
