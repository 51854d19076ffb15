public import LSQScalars
public import LeastSquares

// Each function's value and derivative are those of `Dual`. The usual ones are written out here: through `Dual` they
// would be calls, and what two of them have in common, like the sine and the cosine of one number, would be computed
// twice.

extension RegularDual {
  @inlinable @inline(__always)
  static func exp(_ x: Self) -> Self {
    let value = PureFunctions.exp(x.value)
    return chain(x, value: value, derivative: value)
  }

  @inlinable @inline(__always)
  static func log(onePlus x: Self) -> Self { apply(x) { .log(onePlus: $0) } }

  @inlinable @inline(__always)
  static func root(_ x: Self, _ n: Int) -> Self { apply(x) { .root($0, n) } }

  @inlinable @inline(__always)
  static func pow(_ x: Self, _ n: Int) -> Self { apply(x) { .pow($0, n) } }

  @inlinable @inline(__always)
  static func pow(_ x: Self, _ y: Self) -> Self { apply(x, y) { .pow($0, $1) } }

  @inlinable @inline(__always)
  static func atan2(y: Self, x: Self) -> Self { apply(y, x) { .atan2(y: $0, x: $1) } }

  @inlinable @inline(__always)
  static func expMinusOne(_ x: Self) -> Self { apply(x) { .expMinusOne($0) } }

  @inlinable @inline(__always)
  static func log(_ x: Self) -> Self {
    chain(x, value: PureFunctions.log(x.value), derivative: 1 / x.value)
  }

  @inlinable @inline(__always)
  static func sqrt(_ x: Self) -> Self {
    let value = Base.sqrt(x.value)
    return chain(x, value: value, derivative: 1 / (value + value))
  }

  @inlinable @inline(__always)
  static func sin(_ x: Self) -> Self { sineAndCosine(of: x).sine }

  @inlinable @inline(__always)
  static func cos(_ x: Self) -> Self { sineAndCosine(of: x).cosine }

  @inlinable @inline(__always)
  static func sineAndCosine(of x: Self) -> (sine: Self, cosine: Self) {
    let (sine, cosine) = (PureFunctions.sin(x.value), PureFunctions.cos(x.value))
    return (
      chain(x, value: sine, derivative: cosine), chain(x, value: cosine, derivative: -sine)
    )
  }

  @inlinable @inline(__always)
  static func tan(_ x: Self) -> Self { apply(x) { .tan($0) } }

  @inlinable @inline(__always)
  static func asin(_ x: Self) -> Self { apply(x) { .asin($0) } }

  @inlinable @inline(__always)
  static func acos(_ x: Self) -> Self { apply(x) { .acos($0) } }

  @inlinable @inline(__always)
  static func atan(_ x: Self) -> Self {
    let square = 1 + x.value * x.value
    // NaN where the square overflows, for which `Dual` has a slope.
    return chain(x, value: PureFunctions.atan(x.value), derivative: 1 / square + (square - square))
  }

  @inlinable @inline(__always)
  static func sinh(_ x: Self) -> Self { apply(x) { .sinh($0) } }

  @inlinable @inline(__always)
  static func cosh(_ x: Self) -> Self { apply(x) { .cosh($0) } }

  @inlinable @inline(__always)
  static func tanh(_ x: Self) -> Self { apply(x) { .tanh($0) } }

  @inlinable @inline(__always)
  static func asinh(_ x: Self) -> Self { apply(x) { .asinh($0) } }

  @inlinable @inline(__always)
  static func acosh(_ x: Self) -> Self { apply(x) { .acosh($0) } }

  @inlinable @inline(__always)
  static func atanh(_ x: Self) -> Self { apply(x) { .atanh($0) } }

  @inlinable @inline(__always)
  static func log2(_ x: Self) -> Self { apply(x) { .log2($0) } }

  @inlinable @inline(__always)
  static func log10(_ x: Self) -> Self { apply(x) { .log10($0) } }

  @inlinable @inline(__always)
  static func erf(_ x: Self) -> Self { apply(x) { .erf($0) } }

  @inlinable @inline(__always)
  static func erfc(_ x: Self) -> Self { apply(x) { .erfc($0) } }

  @inlinable @inline(__always)
  static func absoluteValue(_ x: Self) -> Self { apply(x) { .absoluteValue($0) } }

  @inlinable @inline(__always)
  static func lesser(_ x: Self, _ y: Self) -> Self { apply(x, y) { .lesser($0, $1) } }

  @inlinable @inline(__always)
  static func greater(_ x: Self, _ y: Self) -> Self { apply(x, y) { .greater($0, $1) } }
}
