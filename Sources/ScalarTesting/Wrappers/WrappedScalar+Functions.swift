import LSQScalars

extension WrappedScalar {
  public static func exp(_ x: Self) -> Self { function("exp", Base.exp(x.base)) }
  public static func expMinusOne(_ x: Self) -> Self {
    function("expMinusOne", Base.expMinusOne(x.base))
  }
  public static func cosh(_ x: Self) -> Self { function("cosh", Base.cosh(x.base)) }
  public static func sinh(_ x: Self) -> Self { function("sinh", Base.sinh(x.base)) }
  public static func tanh(_ x: Self) -> Self { function("tanh", Base.tanh(x.base)) }
  public static func cos(_ x: Self) -> Self { function("cos", Base.cos(x.base)) }
  public static func sin(_ x: Self) -> Self { function("sin", Base.sin(x.base)) }
  public static func tan(_ x: Self) -> Self { function("tan", Base.tan(x.base)) }
  public static func log(_ x: Self) -> Self { function("log", Base.log(x.base)) }
  public static func acosh(_ x: Self) -> Self { function("acosh", Base.acosh(x.base)) }
  public static func asinh(_ x: Self) -> Self { function("asinh", Base.asinh(x.base)) }
  public static func atanh(_ x: Self) -> Self { function("atanh", Base.atanh(x.base)) }
  public static func acos(_ x: Self) -> Self { function("acos", Base.acos(x.base)) }
  public static func asin(_ x: Self) -> Self { function("asin", Base.asin(x.base)) }
  public static func atan(_ x: Self) -> Self { function("atan", Base.atan(x.base)) }
  public static func erf(_ x: Self) -> Self { function("erf", Base.erf(x.base)) }
  public static func erfc(_ x: Self) -> Self { function("erfc", Base.erfc(x.base)) }
  public static func exp2(_ x: Self) -> Self { function("exp2", Base.exp2(x.base)) }
  public static func exp10(_ x: Self) -> Self { function("exp10", Base.exp10(x.base)) }
  public static func log2(_ x: Self) -> Self { function("log2", Base.log2(x.base)) }
  public static func log10(_ x: Self) -> Self { function("log10", Base.log10(x.base)) }
  public static func gamma(_ x: Self) -> Self { function("gamma", Base.gamma(x.base)) }
  public static func logGamma(_ x: Self) -> Self { function("logGamma", Base.logGamma(x.base)) }
  public static func log(onePlus x: Self) -> Self {
    function("log(onePlus:)", Base.log(onePlus: x.base))
  }
  public static func pow(_ x: Self, _ y: Self) -> Self { function("pow", Base.pow(x.base, y.base)) }
  public static func pow(_ x: Self, _ n: Int) -> Self { function("pow", Base.pow(x.base, n)) }
  public static func root(_ x: Self, _ n: Int) -> Self { function("root", Base.root(x.base, n)) }
  public static func hypot(_ x: Self, _ y: Self) -> Self {
    function("hypot", Base.hypot(x.base, y.base))
  }
  public static func atan2(y: Self, x: Self) -> Self {
    function("atan2", Base.atan2(y: y.base, x: x.base))
  }

  public static func sqrt(_ x: Self) -> Self { x.squareRoot() }
  public static func signGamma(_ x: Self) -> FloatingPointSign { Base.signGamma(x.base) }

  private static func function(_ name: StaticString, _ value: @autoclosure () -> Base) -> Self {
    willPerform(.function, name)
    return Self(base: value())
  }
}
