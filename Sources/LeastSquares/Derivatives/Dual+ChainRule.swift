import LSQScalars

// What every rule of differentiation comes down to: scale the partials of one operand, or combine those
// of two. Finite factors go through the kernels of `Base`; the rest is decided parameter by parameter.

extension ModelNumber {
  /// Whether the number has an infinite part, and none that is undefined.
  @inlinable
  var isInfiniteSomewhere: Bool { !isFiniteThroughout && self == self }

  /// Whether products with this number and quotients by it need no special treatment.
  @inlinable
  var isRegularFactor: Bool { self != 0 && isFiniteThroughout }
}

extension Dual {
  /// g(u), from the value of g and its derivative there (which is not evaluated if u is constant).
  @inlinable
  static func chain(_ u: Self, value: Base, derivative: @autoclosure () -> Base) -> Self {
    guard u.active != 0 else { return Self(constant: value) }
    var result = u
    result.value = value
    result.scalePartials(by: derivative())
    return result
  }

  /// Multiplies the partials by `factor`.
  @inlinable
  mutating func scalePartials(by factor: Base) {
    if factor.isFiniteThroughout {
      var slopes = partials.mutableSpan
      Base.multiply(&slopes, by: factor)
    } else {
      for j in 0..<count where isActive(j) { partials[j] *= factor }
    }
  }

  /// g(u, v), from its value and the derivatives ∂g/∂u and ∂g/∂v, each evaluated only if its operand
  /// is not constant.
  @inlinable
  static func chain(
    _ u: Self, _ v: Self, value: Base, alongFirst: @autoclosure () -> Base,
    alongSecond: @autoclosure () -> Base
  ) -> Self {
    guard v.active != 0 else { return chain(u, value: value, derivative: alongFirst()) }
    guard u.active != 0 else { return chain(v, value: value, derivative: alongSecond()) }
    let (a, b) = (alongFirst(), alongSecond())
    var result = u
    result.value = value
    result.active |= v.active
    if a.isFiniteThroughout && b.isFiniteThroughout {
      var slopes = result.partials.mutableSpan
      Base.combine(&slopes, times: a, adding: v.partials.span, times: b)
    } else {
      for j in 0..<count where result.isActive(j) {
        let first = u.isActive(j) ? a * u.partials[j] : 0
        let second = v.isActive(j) ? b * v.partials[j] : 0
        result.partials[j] = first + second
      }
    }
    return result
  }

  /// Marks the number as constant along the parameters whose bits are set.
  @inlinable
  mutating func deactivate(_ bits: UInt64) {
    guard active & bits != 0 else { return }
    active &= ~bits
    for j in 0..<count where !isActive(j) { partials[j] = 0 }
  }
}
