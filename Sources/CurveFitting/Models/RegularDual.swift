public import LSQScalars
public import LeastSquares

/// A dual number for the rows of data where nothing is infinite or undefined, which are nearly all.
///
/// It follows the rules of ``Dual`` without looking at the values: no test for zeros or infinities stands
/// between the operations, each of which is inlined. So in a model that is specialised, the compiler knows
/// for every link of the formula on which parameters it depends, drops the slopes that vanish, and keeps
/// the rest in registers; what is left is the derivative as it would be written by hand.
///
/// *Law:* where the result's value and slopes are all finite, they are those of ``Dual``, bit for bit, but
/// for the sign of a slope that is zero. An infinity that vanishes again on the way, as in 1/∞, vanishes in
/// both; one that `Dual` decides about, such as 0·∞, leaves a NaN here, and `Dual` takes the row.
@usableFromInline
struct RegularDual<Base: LSQScalar, let count: Int>: ModelNumber {
  @usableFromInline typealias Scalar = Base

  @usableFromInline var value: Base
  /// The slopes. Zero along inactive parameters.
  @usableFromInline var partials: InlineArray<count, Base>
  /// Bit j is set unless the number is known not to depend on parameter j, by the formula's structure.
  @usableFromInline var active: UInt64

  @inlinable @inline(__always)
  init(constant value: Base) {
    self.value = value
    partials = InlineArray(repeating: 0)
    active = 0
  }

  /// Parameter number `index`.
  @inlinable @inline(__always)
  init(_ value: Base, index: Int) {
    self.init(constant: value)
    for j in 0..<count where j == index { partials[j] = 1 }
    active = 1 &<< UInt64(truncatingIfNeeded: index)
  }

  /// Parameter number `index`, where slopes are taken along parameters `first` ..< `end`.
  @inlinable @inline(__always)
  init(_ value: Base, _ index: Int, from first: Int, to end: Int) {
    if first <= index && index < end {
      self.init(value, index: index - first)
    } else {
      self.init(constant: value)
    }
  }

  @inlinable @inline(__always)
  func isActive(_ index: Int) -> Bool {
    active & (1 &<< UInt64(truncatingIfNeeded: index)) != 0
  }

  @inlinable @inline(__always)
  var realPart: Base { value }

  @inlinable @inline(__always)
  var magnitude: Base { value.magnitude }

  @inlinable @inline(__always)
  init(_ constant: Base) { self.init(constant: constant) }

  @inlinable @inline(__always)
  init(integerLiteral value: Base.IntegerLiteralType) {
    self.init(constant: Base(integerLiteral: value))
  }

  @inlinable @inline(__always)
  init(floatLiteral value: Base.FloatLiteralType) {
    self.init(constant: Base(floatLiteral: value))
  }

  @inlinable
  init?<Source: BinaryInteger>(exactly source: Source) {
    guard let value = Base(exactly: source) else { return nil }
    self.init(constant: value)
  }

  @inlinable
  static func == (a: Self, b: Self) -> Bool {
    guard a.value == b.value, a.active == b.active else { return false }
    for j in 0..<count where a.partials[j] != b.partials[j] { return false }
    return true
  }
}

// The four operations.
extension RegularDual {
  @inlinable @inline(__always)
  static prefix func - (a: Self) -> Self {
    var result = a
    result.value = -a.value
    for j in 0..<count where a.isActive(j) { result.partials[j] = -a.partials[j] }
    return result
  }

  @inlinable @inline(__always)
  static func + (a: Self, b: Self) -> Self {
    var result = a
    result.value = a.value + b.value
    result.active = a.active | b.active
    for j in 0..<count where b.isActive(j) {
      result.partials[j] = a.isActive(j) ? a.partials[j] + b.partials[j] : b.partials[j]
    }
    return result
  }

  @inlinable @inline(__always)
  static func - (a: Self, b: Self) -> Self {
    var result = a
    result.value = a.value - b.value
    result.active = a.active | b.active
    for j in 0..<count where b.isActive(j) {
      result.partials[j] = a.isActive(j) ? a.partials[j] - b.partials[j] : -b.partials[j]
    }
    return result
  }

  @inlinable @inline(__always)
  static func * (a: Self, b: Self) -> Self {
    combine(a, b, value: a.value * b.value, alongFirst: b.value, alongSecond: a.value)
  }

  /// (a/b)ⱼ = (aⱼ − q·bⱼ)·w with q = a/b and w = 1/b.
  @inlinable @inline(__always)
  static func / (a: Self, b: Self) -> Self {
    let quotient = a.value / b.value
    let (factor, reciprocal) = (-quotient, 1 / b.value)
    var result = a
    result.value = quotient
    result.active = a.active | b.active
    for j in 0..<count where result.isActive(j) {
      var slope = a.partials[j]
      if b.isActive(j) {
        let share = factor * b.partials[j]
        slope = a.isActive(j) ? slope + share : share
      }
      result.partials[j] = slope * reciprocal
    }
    return result
  }

  @inlinable @inline(__always)
  mutating func negate() { self = -self }
  @inlinable @inline(__always)
  static func += (a: inout Self, b: Self) { a = a + b }
  @inlinable @inline(__always)
  static func -= (a: inout Self, b: Self) { a = a - b }
  @inlinable @inline(__always)
  static func *= (a: inout Self, b: Self) { a = a * b }
  @inlinable @inline(__always)
  static func /= (a: inout Self, b: Self) { a = a / b }
}

// The chain rule.
extension RegularDual {
  /// g(u), from its value and its derivative.
  @inlinable @inline(__always)
  static func chain(_ u: Self, value: Base, derivative: Base) -> Self {
    var result = u
    result.value = value
    for j in 0..<count where u.isActive(j) { result.partials[j] = u.partials[j] * derivative }
    return result
  }

  /// g(u, v), from its value and the derivatives ∂g/∂u and ∂g/∂v.
  @inlinable @inline(__always)
  static func combine(
    _ u: Self, _ v: Self, value: Base, alongFirst: Base, alongSecond: Base
  ) -> Self {
    var result = u
    result.value = value
    result.active = u.active | v.active
    for j in 0..<count {
      if u.isActive(j) {
        let first = alongFirst * u.partials[j]
        result.partials[j] = v.isActive(j) ? first + alongSecond * v.partials[j] : first
      } else if v.isActive(j) {
        result.partials[j] = alongSecond * v.partials[j]
      }
    }
    return result
  }

  /// A function of one number, with the derivative that ``Dual`` has for it.
  @inlinable @inline(__always)
  static func apply(_ u: Self, _ function: (Dual<Base, 1>) -> Dual<Base, 1>) -> Self {
    guard u.active != 0 else { return Self(constant: function(Dual(constant: u.value)).value) }
    let result = function(.variable(u.value, index: 0))
    return chain(u, value: result.value, derivative: result.partials[0])
  }

  /// A function of two numbers, with the derivatives that ``Dual`` has for it.
  @inlinable @inline(__always)
  static func apply(
    _ u: Self, _ v: Self, _ function: (Dual<Base, 2>, Dual<Base, 2>) -> Dual<Base, 2>
  ) -> Self {
    let result = function(
      u.active == 0 ? Dual(constant: u.value) : .variable(u.value, index: 0),
      v.active == 0 ? Dual(constant: v.value) : .variable(v.value, index: 1))
    return combine(
      u, v, value: result.value, alongFirst: result.partials[0], alongSecond: result.partials[1])
  }
}
