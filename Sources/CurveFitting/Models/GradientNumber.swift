public import LSQScalars
public import LeastSquares

/// What the passes of a ``GradientFunction`` need to know of dual numbers.
///
/// It hides the two arguments of ``Dual`` behind one, since the compiler prepares specialised code for
/// functions of a single type.
@usableFromInline
protocol GradientNumber: ModelNumber {
  /// The number of parameters along which a number has slopes.
  static var width: Int { get }
  /// The variable for the parameter with this index in its block, with the value 0.
  static func variable(at index: Int) -> Self
  /// Replaces the value and keeps the slopes.
  mutating func setValue(_ value: Scalar)
  /// The slope along the parameter with this index in its block.
  func slope(_ index: Int) -> Scalar
}

extension Dual: GradientNumber where Base: LSQScalar {
  @inlinable static var width: Int { count }

  @inlinable
  static func variable(at index: Int) -> Self { .variable(0, index: index) }

  @inlinable
  mutating func setValue(_ value: Scalar) { self.value = value }

  @inlinable
  func slope(_ index: Int) -> Scalar { partials[index] }
}
