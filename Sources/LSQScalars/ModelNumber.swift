public import RealModule

/// A number that a model can be evaluated with.
///
/// A model is written once, generic over its number type, and then runs on every real scalar, on
/// dual numbers (exact derivatives) and on any other conforming type. A solver scalar is ordered; a
/// model number need not be, so there is no `<` here.
///
/// Float literals in a generic model mean their decimal at the number's own precision, as far as
/// `FloatLiteralType` can represent it; every conforming type states how far that is.
public protocol ModelNumber:
  AlgebraicField, ElementaryFunctions, ExpressibleByFloatLiteral, Sendable
{
  /// The real scalar underneath: the type of data, and of the solver that the model is fitted with.
  associatedtype Scalar: LSQScalar

  /// A number that does not depend on any parameter.
  init(_ constant: Scalar)

  /// The value as a real scalar, without derivatives.
  var realPart: Scalar { get }

  /// Whether the number has no infinite or undefined part, on any level of nesting.
  var isFiniteThroughout: Bool { get }

  /// The binary logarithm.
  static func log2(_ x: Self) -> Self

  /// The decimal logarithm.
  static func log10(_ x: Self) -> Self

  /// The error function (2/√π)·∫₀ˣ exp(−t²) dt.
  static func erf(_ x: Self) -> Self

  /// 1 − erf x, with all its digits where that is small.
  static func erfc(_ x: Self) -> Self

  /// The sine and the cosine, which are derivatives of each other and share most of their work.
  ///
  /// *Law:* those of `sin` and `cos`.
  static func sineAndCosine(of x: Self) -> (sine: Self, cosine: Self)

  /// The angle of the point (x, y), in [−π, π]; −π where x < 0 and y is −0.
  static func atan2(y: Self, x: Self) -> Self

  /// The absolute value |x|.
  static func absoluteValue(_ x: Self) -> Self

  /// The lesser of two numbers, the first where they are equal; NaN where either is.
  static func lesser(_ x: Self, _ y: Self) -> Self

  /// The greater of two numbers, the first where they are equal; NaN where either is.
  static func greater(_ x: Self, _ y: Self) -> Self

  /// Sets every element to `factor` times itself.
  ///
  /// *Law:* one rounding per element.
  static func multiply(_ elements: inout MutableSpan<Self>, by factor: Self)

  /// Sets xᵢ = a·xᵢ + b·yᵢ, the product and the quotient rule of dual numbers.
  ///
  /// *Law:* three roundings per element: both products, then the sum.
  /// - Precondition: `y.count == x.count`.
  static func combine(
    _ x: inout MutableSpan<Self>, times a: Self, adding y: Span<Self>, times b: Self)
}

extension ModelNumber {
  /// x − x is 0 in every part that is finite and NaN in every other.
  @inlinable
  public var isFiniteThroughout: Bool {
    let difference = self - self
    return difference == difference
  }

  @inlinable
  public static func sineAndCosine(of x: Self) -> (sine: Self, cosine: Self) { (.sin(x), .cos(x)) }

  @inlinable
  public static func multiply(_ elements: inout MutableSpan<Self>, by factor: Self) {
    for i in elements.indices { elements[i] *= factor }
  }

  @inlinable
  public static func combine(
    _ x: inout MutableSpan<Self>, times a: Self, adding y: Span<Self>, times b: Self
  ) {
    for i in x.indices { x[i] = a * x[i] + b * y[i] }
  }
}
