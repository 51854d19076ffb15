// Nothing more is needed: the kernels have defaults, which run on the operators above.

extension DoubleDouble: LSQScalar {
  /// A double-double is its own scalar.
  public typealias Scalar = DoubleDouble
}
