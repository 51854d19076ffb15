public import LSQScalars

/// A scalar that does whatever the scalar inside it does, except where overridden.
///
/// Conform a structure that stores nothing but `base`, and give it only the members whose behaviour is
/// to be watched, forbidden or broken; the rest is passed on. The kernels are not passed on: they run
/// the defaults, on the operators of the wrapper, which by their laws return the same bits.
///
///     struct Biased: WrappedScalar {
///       var base: Double
///       init(base: Double) { self.base = base }
///       static func + (a: Self, b: Self) -> Self { Self(base: (a.base + b.base).nextUp) }
///     }
public protocol WrappedScalar: LSQScalar
where
  Stride == Self, Exponent == Base.Exponent, IntegerLiteralType == Base.IntegerLiteralType,
  FloatLiteralType == Base.FloatLiteralType
{
  /// The scalar inside.
  associatedtype Base: LSQScalar

  /// The number inside.
  var base: Base { get set }

  /// Wraps a number.
  init(base: Base)

  /// Called before every operation, with the name of the member; by default it does nothing.
  static func willPerform(_ operation: ScalarOperation, _ name: StaticString)
}

/// The operations on a number that a ``WrappedScalar`` distinguishes.
///
/// Signs, magnitudes and the parts of a number cost no arithmetic and are not reported.
public enum ScalarOperation: String, CaseIterable, Sendable {
  case addition, subtraction, multiplication, division
  case squareRoot = "square root"
  case fusedMultiplyAdd = "fused multiply-add"
  case comparison
  /// Either remainder.
  case remainder
  /// Rounding to an integer.
  case rounding
  /// An elementary or special function.
  case function
}

extension WrappedScalar {
  public static func willPerform(_ operation: ScalarOperation, _ name: StaticString) {}
}

// MARK: - Conversion

extension WrappedScalar {
  public var binaryReal: BinaryReal { base.binaryReal }

  public init(rounding number: BinaryReal) { self.init(base: Base(rounding: number)) }

  public init(integerLiteral value: Base.IntegerLiteralType) {
    self.init(base: Base(integerLiteral: value))
  }

  public init(floatLiteral value: Base.FloatLiteralType) {
    self.init(base: Base(floatLiteral: value))
  }

  public init(_ value: Int) { self.init(base: Base(value)) }

  public init<Source: BinaryInteger>(_ value: Source) { self.init(base: Base(value)) }

  public init?<Source: BinaryInteger>(exactly value: Source) {
    guard let base = Base(exactly: value) else { return nil }
    self.init(base: base)
  }

  public init?(_ text: String) {
    guard let base = Base(text) else { return nil }
    self.init(base: base)
  }

  public var description: String { base.description }

  public init(sign: FloatingPointSign, exponent: Base.Exponent, significand: Self) {
    self.init(base: Base(sign: sign, exponent: exponent, significand: significand.base))
  }

  public init(signOf signSource: Self, magnitudeOf magnitudeSource: Self) {
    self.init(base: Base(signOf: signSource.base, magnitudeOf: magnitudeSource.base))
  }
}

// MARK: - Arithmetic

extension WrappedScalar {
  public static var zero: Self { Self(base: Base.zero) }

  public static func + (a: Self, b: Self) -> Self {
    willPerform(.addition, "+")
    return Self(base: a.base + b.base)
  }
  public static func - (a: Self, b: Self) -> Self {
    willPerform(.subtraction, "-")
    return Self(base: a.base - b.base)
  }
  public static func * (a: Self, b: Self) -> Self {
    willPerform(.multiplication, "*")
    return Self(base: a.base * b.base)
  }
  public static func / (a: Self, b: Self) -> Self {
    willPerform(.division, "/")
    return Self(base: a.base / b.base)
  }

  // Through the operators, so that replacing `+` replaces `+=`.
  public static func += (a: inout Self, b: Self) { a = a + b }
  public static func -= (a: inout Self, b: Self) { a = a - b }
  public static func *= (a: inout Self, b: Self) { a = a * b }
  public static func /= (a: inout Self, b: Self) { a = a / b }

  public static prefix func - (x: Self) -> Self { Self(base: -x.base) }
  public mutating func negate() { self = -self }
  public var magnitude: Self { Self(base: base.magnitude) }

  public func squareRoot() -> Self {
    Self.willPerform(.squareRoot, "squareRoot")
    return Self(base: base.squareRoot())
  }
  public mutating func formSquareRoot() { self = squareRoot() }

  public func addingProduct(_ x: Self, _ y: Self) -> Self {
    Self.willPerform(.fusedMultiplyAdd, "addingProduct")
    return Self(base: base.addingProduct(x.base, y.base))
  }
  public mutating func addProduct(_ x: Self, _ y: Self) { self = addingProduct(x, y) }

  public mutating func formRemainder(dividingBy other: Self) {
    Self.willPerform(.remainder, "formRemainder")
    base.formRemainder(dividingBy: other.base)
  }
  public mutating func formTruncatingRemainder(dividingBy other: Self) {
    Self.willPerform(.remainder, "formTruncatingRemainder")
    base.formTruncatingRemainder(dividingBy: other.base)
  }
  public mutating func round(_ rule: FloatingPointRoundingRule) {
    Self.willPerform(.rounding, "round")
    base.round(rule)
  }

  public func distance(to other: Self) -> Self { other - self }
  public func advanced(by distance: Self) -> Self { self + distance }
}

// MARK: - Order

extension WrappedScalar {
  public func isEqual(to other: Self) -> Bool {
    Self.willPerform(.comparison, "isEqual")
    return base.isEqual(to: other.base)
  }
  public func isLess(than other: Self) -> Bool {
    Self.willPerform(.comparison, "isLess")
    return base.isLess(than: other.base)
  }
  public func isLessThanOrEqualTo(_ other: Self) -> Bool {
    Self.willPerform(.comparison, "isLessThanOrEqualTo")
    return base.isLessThanOrEqualTo(other.base)
  }
  public func isTotallyOrdered(belowOrEqualTo other: Self) -> Bool {
    Self.willPerform(.comparison, "isTotallyOrdered")
    return base.isTotallyOrdered(belowOrEqualTo: other.base)
  }

  // Through the methods, so that replacing one of them replaces the operators.
  public static func == (a: Self, b: Self) -> Bool { a.isEqual(to: b) }
  public static func < (a: Self, b: Self) -> Bool { a.isLess(than: b) }
  public static func <= (a: Self, b: Self) -> Bool { a.isLessThanOrEqualTo(b) }
  public static func > (a: Self, b: Self) -> Bool { b.isLess(than: a) }
  public static func >= (a: Self, b: Self) -> Bool { b.isLessThanOrEqualTo(a) }

  public func hash(into hasher: inout Hasher) { base.hash(into: &hasher) }
}

// MARK: - The type and the parts of a number

extension WrappedScalar {
  public static var radix: Int { Base.radix }
  public static var nan: Self { Self(base: Base.nan) }
  public static var signalingNaN: Self { Self(base: Base.signalingNaN) }
  public static var infinity: Self { Self(base: Base.infinity) }
  public static var greatestFiniteMagnitude: Self { Self(base: Base.greatestFiniteMagnitude) }
  public static var leastNormalMagnitude: Self { Self(base: Base.leastNormalMagnitude) }
  public static var leastNonzeroMagnitude: Self { Self(base: Base.leastNonzeroMagnitude) }
  public static var pi: Self { Self(base: Base.pi) }
  public static var ulpOfOne: Self { Self(base: Base.ulpOfOne) }

  public var ulp: Self { Self(base: base.ulp) }
  public var sign: FloatingPointSign { base.sign }
  public var exponent: Base.Exponent { base.exponent }
  public var significand: Self { Self(base: base.significand) }
  public var nextUp: Self { Self(base: base.nextUp) }
  public var nextDown: Self { Self(base: base.nextDown) }

  public var isNormal: Bool { base.isNormal }
  public var isFinite: Bool { base.isFinite }
  public var isZero: Bool { base.isZero }
  public var isSubnormal: Bool { base.isSubnormal }
  public var isInfinite: Bool { base.isInfinite }
  public var isNaN: Bool { base.isNaN }
  public var isSignalingNaN: Bool { base.isSignalingNaN }
  public var isCanonical: Bool { base.isCanonical }
  public var floatingPointClass: FloatingPointClassification { base.floatingPointClass }
}
