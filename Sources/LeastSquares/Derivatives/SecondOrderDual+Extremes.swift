public import LSQScalars

// The lesser and the greater of two numbers, with their derivatives. Where both are equal, derivatives that differ have
// no common value.

extension SecondOrderDual {
  @inlinable
  public static func lesser(_ x: Self, _ y: Self) -> Self {
    if x.value < y.value { return x }
    return y.value < x.value ? y : common(x, y, value: .lesser(x.value, y.value))
  }

  @inlinable
  public static func greater(_ x: Self, _ y: Self) -> Self {
    if x.value > y.value { return x }
    return y.value > x.value ? y : common(x, y, value: .greater(x.value, y.value))
  }

  /// A value with the derivatives that two numbers have in common, and NaN for the others: where slopes differ, there are
  /// no second derivatives either.
  @inlinable
  static func common(_ x: Self, _ y: Self, value: Base) -> Self {
    var result = x
    result.value = value
    result.active |= y.active
    result.curved |= y.curved
    for j in 0..<count where x.slopes[j] != y.slopes[j] {
      result.slopes[j] = .nan
      result.curved |= 1 &<< UInt64(j)
    }
    for i in 0..<count {
      for j in 0...i {
        let place = index(i, j)
        if x.curvatures[place] != y.curvatures[place] || result.slopes[i].isNaN
          || result.slopes[j].isNaN
        {
          result.curvatures[place] = .nan
          result.curved |= 1 &<< UInt64(i) | 1 &<< UInt64(j)
        }
      }
    }
    return result
  }
}
