import LSQScalars

extension RecordedNumber {
  private static func call(_ function: MathFunction, _ x: Self, _ value: Scalar) -> Self {
    step(.call(function), x, value: value)
  }

  static func exp(_ x: Self) -> Self { call(.exp, x, .exp(x.value)) }

  static func expMinusOne(_ x: Self) -> Self { call(.expMinusOne, x, .expMinusOne(x.value)) }

  static func log(_ x: Self) -> Self { call(.log, x, .log(x.value)) }

  static func log(onePlus x: Self) -> Self { call(.logOnePlus, x, .log(onePlus: x.value)) }

  static func log2(_ x: Self) -> Self { call(.log2, x, .log2(x.value)) }

  static func log10(_ x: Self) -> Self { call(.log10, x, .log10(x.value)) }

  static func sqrt(_ x: Self) -> Self { call(.sqrt, x, .sqrt(x.value)) }

  static func root(_ x: Self, _ n: Int) -> Self {
    step(.root, x, whole: n, value: .root(x.value, n))
  }

  static func pow(_ x: Self, _ n: Int) -> Self {
    step(.integerPower, x, whole: n, value: .pow(x.value, n))
  }

  static func pow(_ x: Self, _ y: Self) -> Self {
    step(.call(.pow), x, y, value: .pow(x.value, y.value))
  }

  static func sin(_ x: Self) -> Self { call(.sin, x, .sin(x.value)) }

  static func cos(_ x: Self) -> Self { call(.cos, x, .cos(x.value)) }

  static func tan(_ x: Self) -> Self { call(.tan, x, .tan(x.value)) }

  static func asin(_ x: Self) -> Self { call(.asin, x, .asin(x.value)) }

  static func acos(_ x: Self) -> Self { call(.acos, x, .acos(x.value)) }

  static func atan(_ x: Self) -> Self { call(.atan, x, .atan(x.value)) }

  static func sinh(_ x: Self) -> Self { call(.sinh, x, .sinh(x.value)) }

  static func cosh(_ x: Self) -> Self { call(.cosh, x, .cosh(x.value)) }

  static func tanh(_ x: Self) -> Self { call(.tanh, x, .tanh(x.value)) }

  static func asinh(_ x: Self) -> Self { call(.asinh, x, .asinh(x.value)) }

  static func acosh(_ x: Self) -> Self { call(.acosh, x, .acosh(x.value)) }

  static func atanh(_ x: Self) -> Self { call(.atanh, x, .atanh(x.value)) }

  static func erf(_ x: Self) -> Self { call(.erf, x, .erf(x.value)) }

  static func erfc(_ x: Self) -> Self { call(.erfc, x, .erfc(x.value)) }

  static func atan2(y: Self, x: Self) -> Self {
    step(.call(.atan2), y, x, value: .atan2(y: y.value, x: x.value))
  }

  static func absoluteValue(_ x: Self) -> Self { call(.abs, x, .absoluteValue(x.value)) }

  static func lesser(_ x: Self, _ y: Self) -> Self {
    step(.call(.min), x, y, value: .lesser(x.value, y.value))
  }

  static func greater(_ x: Self, _ y: Self) -> Self {
    step(.call(.max), x, y, value: .greater(x.value, y.value))
  }
}
