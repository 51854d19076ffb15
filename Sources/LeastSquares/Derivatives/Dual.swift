public import LSQScalars

// Dual numbers, or: derivatives without differences and without calculus
// ======================================================================
//
// A model f(b₁, …, bₙ; x) is a chain of additions, products, exponentials. To know how its result moves
// when a parameter moves, it is enough to know how every link of the chain moves. A dual number therefore
// carries, beside its value u, the slopes of u along all parameters:
//
//     u  =  value  +  u₁·ε₁ + … + uₙ·εₙ,        εᵢ·εⱼ = 0.
//
// The ε are infinitesimal steps of the parameters; products of two of them are negligible, and that one
// rule gives back the rules of calculus. For a product
//
//     (a + aⱼ·ε)·(b + bⱼ·ε)  =  a·b + (a·bⱼ + b·aⱼ)·ε,
//
// which is the product rule, and for a function g, by its Taylor series,
//
//     g(u + uⱼ·ε)  =  g(u) + g′(u)·uⱼ·ε,
//
// which is the chain rule. Start with parameter j as `variable(bⱼ, index: j)`, that is bⱼ + 1·εⱼ, run the
// model on dual numbers as it stands, and the partials of the result are the gradient. There is no step
// size and no truncation: only the roundings of the formulas that one would have written by hand.
//
// Where the rules meet infinity
// -----------------------------
//
// √u has slope 1/(2√u), infinite at u = 0, and IEEE arithmetic says 0·∞ = NaN. If u does not depend on εⱼ
// at all, the derivative is nevertheless plainly 0: √(b·x) at x = 0 is the constant 0 whatever b is. If u
// does depend on it, as √(b²) at b = 0, there may be no derivative, and NaN is the honest answer. A slope
// uⱼ = 0 cannot tell the two apart. So a dual number also records, one bit per parameter, along which
// parameters it is *active*: not known to be constant. Along an inactive parameter the slope is zero and
// stays zero, come what may. Activity follows the structure of the formula:
//
// 1. a result is active where an operand is,
// 2. but a product with a factor that is exactly 0 and inactive along j is inactive along j (b·0 is
//    constant), and so is 0/b, and 0ᵇ for b > 0,
// 3. u⁰ is inactive everywhere.
//
// In the product rule one more case is decided: if a = 0 has a finite slope, then a·b has the slope
// b·aⱼ even where b has a vertical tangent, since (a(t)·b(t) − 0)/t = (a(t)/t)·b(t). Thus √b·b has the
// slope 0 at b = 0, while √b·√b, whose factors are both vertical there, gets NaN.
//
// A slope that is not finite is never hidden: the solver refuses it and names the row and the parameter.

/// A number with its partial derivatives along `count` parameters: forward-mode differentiation.
///
/// A generic model evaluated on dual numbers returns its value and its exact gradient; the beginning of
/// the source file explains how. `Base` may itself be dual: `Dual<Dual<Double, 2>, 2>` has second
/// derivatives.
///
/// The value is computed with the same operations that `Base` would use, so a model returns the same
/// bits on `Dual<Base, count>` as on `Base`.
///
/// - Complexity: an operation costs O(count) operations of `Base`, and those of `Base` alone if its
///   operands depend on no parameter.
///
/// Source: A. Griewank, A. Walther, *Evaluating Derivatives*, 2nd ed. (SIAM, 2008), chapter 3.
public struct Dual<Base: ModelNumber, let count: Int>: ModelNumber {
  /// The real scalar at the bottom of the nesting.
  public typealias Scalar = Base.Scalar

  /// The value u.
  public var value: Base
  /// The slopes ∂u/∂bⱼ. Zero along inactive parameters.
  public var partials: InlineArray<count, Base>
  /// Bit j is set unless the number is known not to depend on parameter j.
  public var active: UInt64

  /// A dual number from its parts.
  ///
  /// - Precondition: `count` ≤ 64, and the partial is zero wherever the bit of `active` is not set.
  @inlinable
  public init(value: Base, partials: InlineArray<count, Base>, active: UInt64) {
    precondition(count <= 64, "A dual number has at most 64 partials, not \(count)")
    self.value = value
    self.partials = partials
    self.active = active
  }

  /// A number that depends on no parameter of this level.
  @inlinable
  public init(constant value: Base) {
    self.value = value
    self.partials = InlineArray(repeating: 0)
    self.active = 0
  }

  /// Parameter number `index`, with slope 1 along itself.
  ///
  /// - Precondition: `index` < `count` ≤ 64.
  @inlinable
  public static func variable(_ value: Base, index: Int) -> Self {
    precondition(
      index >= 0 && index < count,
      "There is no parameter \(index) among the \(count) of \(Self.self)")
    var partials = InlineArray<count, Base>(repeating: 0)
    partials[index] = 1
    return Self(value: value, partials: partials, active: 1 &<< UInt64(index))
  }

  @inlinable
  public init(_ constant: Scalar) { self.init(constant: Base(constant)) }

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
  public var realPart: Scalar { value.realPart }

  /// Whether the number may depend on parameter `index`.
  @inlinable
  public func isActive(_ index: Int) -> Bool { active & (1 &<< UInt64(index)) != 0 }
}

extension Dual: Equatable {
  /// Equal in value, partials and activity: a parameter that happens to be 0 is not the constant 0.
  @inlinable
  public static func == (a: Self, b: Self) -> Bool {
    guard a.value == b.value, a.active == b.active else { return false }
    for j in 0..<count where a.partials[j] != b.partials[j] { return false }
    return true
  }
}

extension Dual: CustomStringConvertible {
  /// The value and the gradient, as in `2.0 + ε(1.0, 0.0)`.
  public var description: String {
    let slopes = (0..<count).map { String(describing: partials[$0]) }
    return "\(value) + ε(\(slopes.joined(separator: ", ")))"
  }
}
