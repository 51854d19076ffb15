public import LSQScalars

/// A number with its first and second partial derivatives along `count` parameters.
///
///     u  =  value + Σ uⱼ·εⱼ + ½·Σ uᵢⱼ·εᵢ·εⱼ,     products of three ε are negligible.
///
/// A generic model evaluated on such numbers returns its value, its gradient and its Hessian, whose lower
/// triangle is kept, row by row: uᵢⱼ, j ≤ i, at i·(i+1)/2 + j. These second derivatives are cheaper than
/// those of nested ``Dual`` numbers: every function is evaluated once, and no symmetric entry is computed
/// twice.
///
/// As in ``Dual``, a number records along which parameters it may change, and also along which its slopes
/// may: an expression linear in the parameters carries no second derivatives through sums and products
/// with constants.
///
/// Where a factor is zero, ``Dual`` decides whether 0·∞ is 0 parameter by parameter; here only constant
/// zeros are recognised. Nest ``Dual`` numbers where that matters.
///
/// - Complexity: a product costs O(count²) operations of `Base`; less for numbers that few parameters
///   change.
///
/// Source: A. Griewank, A. Walther, *Evaluating Derivatives*, 2nd ed. (SIAM, 2008), chapter 13.
public struct SecondOrderDual<Base: LSQScalar, let count: Int, let pairs: Int>: ModelNumber {
  /// The real scalar underneath.
  public typealias Scalar = Base

  /// The value u.
  public var value: Base
  /// The slopes ∂u/∂bⱼ. Zero along inactive parameters.
  public var slopes: InlineArray<count, Base>
  /// The lower triangle of ∂²u/∂bᵢ∂bⱼ. Zero in the rows and columns of parameters that are not curved.
  public var curvatures: InlineArray<pairs, Base>
  /// Bit j is set unless the number is known not to depend on parameter j.
  public var active: UInt64
  /// Bit j is set unless the slopes are known not to depend on parameter j.
  public var curved: UInt64

  /// A number that depends on no parameter.
  ///
  /// - Precondition: `count` ≤ 64 and `pairs` = `count`·(`count` + 1)/2.
  @inlinable
  public init(constant value: Base) {
    precondition(
      count <= 64 && pairs == count * (count + 1) / 2,
      "\(count) parameters (64 at most) have \(count * (count + 1) / 2) pairs")
    self.value = value
    slopes = InlineArray(repeating: 0)
    curvatures = InlineArray(repeating: 0)
    active = 0
    curved = 0
  }

  /// Parameter number `index`, with slope 1 along itself.
  ///
  /// - Precondition: `index` < `count`.
  @inlinable
  public static func variable(_ value: Base, index: Int) -> Self {
    precondition(
      index >= 0 && index < count,
      "There is no parameter \(index) among the \(count) of \(Self.self)")
    var result = Self(constant: value)
    result.slopes[index] = 1
    result.active = 1 &<< UInt64(index)
    return result
  }

  /// The index of a pair of parameters among the ``curvatures``.
  @inlinable
  public static func index(_ i: Int, _ j: Int) -> Int {
    i >= j ? i * (i + 1) / 2 + j : j * (j + 1) / 2 + i
  }

  @inlinable
  public init(_ constant: Base) { self.init(constant: constant) }

  @inlinable
  public init(integerLiteral value: Base.IntegerLiteralType) {
    self.init(constant: Base(integerLiteral: value))
  }

  @inlinable
  public init(floatLiteral value: Base.FloatLiteralType) {
    self.init(constant: Base(floatLiteral: value))
  }

  @inlinable
  public init?<Source: BinaryInteger>(exactly source: Source) {
    guard let value = Base(exactly: source) else { return nil }
    self.init(constant: value)
  }

  @inlinable
  public var realPart: Base { value }

  /// The size of the value. In a model take ``absoluteValue(_:)``, which has derivatives.
  @inlinable
  public var magnitude: Base { value.magnitude }
}

extension SecondOrderDual: Equatable {
  /// Equal in value, derivatives and activity.
  @inlinable
  public static func == (a: Self, b: Self) -> Bool {
    guard a.value == b.value, a.active == b.active, a.curved == b.curved else { return false }
    for j in 0..<count where a.slopes[j] != b.slopes[j] { return false }
    for k in 0..<pairs where a.curvatures[k] != b.curvatures[k] { return false }
    return true
  }
}

extension SecondOrderDual: CustomStringConvertible {
  /// The value, the gradient and the lower triangle of the Hessian, as in `2.0 + ε(1.0) + ε²(0.0)`.
  public var description: String {
    let first = (0..<count).map { String(describing: slopes[$0]) }
    let second = (0..<pairs).map { String(describing: curvatures[$0]) }
    return "\(value) + ε(\(first.joined(separator: ", "))) + ε²(\(second.joined(separator: ", ")))"
  }
}
