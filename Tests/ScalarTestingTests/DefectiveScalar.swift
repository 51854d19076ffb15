import LSQScalars
import ScalarTesting

/// One member of a scalar, and what it returns instead of what it should.
struct Defect: Hashable, Sendable, CustomStringConvertible {
  /// The members that return a number.
  enum Member: String, CaseIterable {
    case sum, difference, product, quotient, negation, magnitude, squareRoot, fusedProduct
    case remainder, truncatingRemainder, rounding
    case zero, nan, infinity, greatestFiniteMagnitude, leastNormalMagnitude, leastNonzeroMagnitude
    case pi, ulpOfOne, ulp, significand, nextUp, nextDown
    case integer, anyInteger, integerLiteral, floatLiteral, text, typelessNumber, parts, signOf
    case exp, expMinusOne, cosh, sinh, tanh, cos, sin, tan, log, acosh, asinh, atanh, acos, asin
    case atan, erf, erfc, exp2, exp10, log2, log10, gamma, logGamma, logOnePlus, pow, integerPow
    case root, hypot, atan2
    // Those that return something else.
    case isLess, isEqual, isLessOrEqual, isTotallyOrdered
    case isFinite, isInfinite, isNaN, isZero, isNormal, isSubnormal
    case sign, exponent, radix, exactInteger, description, hash, binaryReal, floatingPointClass
    case rounded
  }

  enum Result: String, CaseIterable {
    case nan, infinity, minusInfinity, zero, least, greatest, operand, opposite, next
    /// Of members that return something else.
    case no, yes, contrary, nothing, low, high, off
  }

  let member: Member
  let result: Result
  /// Whether only some numbers are wrong, by their last bits.
  var isRare = false

  var description: String { "\(member.rawValue): \(result.rawValue)\(isRare ? ", rarely" : "")" }

  @TaskLocal static var current: Defect?

  /// How a member is broken, if it is, where it should return or belongs to a number.
  static func of<Base: LSQScalar>(_ member: Member, _ number: Base) -> Result? {
    guard let current, current.member == member else { return nil }
    guard current.isRare else { return current.result }
    guard case .finite(_, let words, let exponent) = number.binaryReal, let last = words.first
    else { return nil }
    let zeros = last.trailingZeroBitCount
    return (Int(truncatingIfNeeded: last >> UInt64(zeros)) / 2 ^ (exponent + zeros)) & 3 == 1
      ? current.result : nil
  }

  static func of(_ member: Member) -> Result? { of(member, 5.0) }
}

/// A number that has the current defect.
struct Defective<Base: LSQScalar>: LSQScalar, WrappedScalar {
  typealias Scalar = Self
  var base: Base
  init(base: Base) { self.base = base }

  /// What a member returns, whose first operand is given.
  private init(_ member: Defect.Member, _ right: Base, _ operand: Base) {
    base =
      switch Defect.of(member, right) {
      case .nan: .nan
      case .infinity: .infinity
      case .minusInfinity: -.infinity
      case .zero: 0
      case .least: .leastNonzeroMagnitude
      case .greatest: .greatestFiniteMagnitude
      case .operand: operand
      case .opposite: -right
      case .next: right.nextUp
      default: right
      }
  }

  private static func answer(_ member: Defect.Member, _ right: Bool) -> Bool {
    switch Defect.of(member) {
    case .no: false
    case .yes: true
    case .contrary: !right
    default: right
    }
  }
}

// MARK: - Arithmetic

extension Defective {
  static func + (a: Self, b: Self) -> Self { Self(.sum, a.base + b.base, a.base) }
  static func - (a: Self, b: Self) -> Self { Self(.difference, a.base - b.base, a.base) }
  static func * (a: Self, b: Self) -> Self { Self(.product, a.base * b.base, a.base) }
  static func / (a: Self, b: Self) -> Self { Self(.quotient, a.base / b.base, a.base) }
  static prefix func - (x: Self) -> Self { Self(.negation, -x.base, x.base) }
  var magnitude: Self { Self(.magnitude, base.magnitude, base) }
  func squareRoot() -> Self { Self(.squareRoot, base.squareRoot(), base) }
  func addingProduct(_ x: Self, _ y: Self) -> Self {
    Self(.fusedProduct, base.addingProduct(x.base, y.base), base)
  }
  mutating func formRemainder(dividingBy other: Self) {
    self = Self(.remainder, base.remainder(dividingBy: other.base), base)
  }
  mutating func formTruncatingRemainder(dividingBy other: Self) {
    self = Self(.truncatingRemainder, base.truncatingRemainder(dividingBy: other.base), base)
  }
  mutating func round(_ rule: FloatingPointRoundingRule) {
    self = Self(.rounding, base.rounded(rule), base)
  }
}

// MARK: - The type and the parts of a number

extension Defective {
  static var radix: Int { Defect.of(.radix) == nil ? 2 : 10 }
  static var zero: Self { Self(.zero, 0, 1) }
  static var nan: Self { Self(.nan, .nan, 1) }
  static var infinity: Self { Self(.infinity, .infinity, 1) }
  static var greatestFiniteMagnitude: Self {
    Self(.greatestFiniteMagnitude, .greatestFiniteMagnitude, 1)
  }
  static var leastNormalMagnitude: Self { Self(.leastNormalMagnitude, .leastNormalMagnitude, 1) }
  static var leastNonzeroMagnitude: Self { Self(.leastNonzeroMagnitude, .leastNonzeroMagnitude, 1) }
  static var pi: Self { Self(.pi, .pi, 1) }
  static var ulpOfOne: Self { Self(.ulpOfOne, .ulpOfOne, 1) }

  var ulp: Self { Self(.ulp, base.ulp, base) }
  var significand: Self { Self(.significand, base.significand, base) }
  var nextUp: Self { Self(.nextUp, base.nextUp, base) }
  var nextDown: Self { Self(.nextDown, base.nextDown, base) }

  init(sign: FloatingPointSign, exponent: Base.Exponent, significand: Self) {
    self.init(
      .parts, Base(sign: sign, exponent: exponent, significand: significand.base), significand.base)
  }
  init(signOf signSource: Self, magnitudeOf magnitudeSource: Self) {
    self.init(
      .signOf, Base(signOf: signSource.base, magnitudeOf: magnitudeSource.base), signSource.base)
  }

  var sign: FloatingPointSign {
    switch Defect.of(.sign) {
    case .no: .plus
    case .yes: .minus
    case .contrary: base.sign == .minus ? .plus : .minus
    default: base.sign
    }
  }
  var exponent: Base.Exponent {
    switch Defect.of(.exponent, base) {
    case .zero: 0
    case .low: .init(Int.min)
    case .high: .init(Int.max)
    case .off: base.isFinite && !base.isZero ? base.exponent + 1 : base.exponent
    case .opposite: base.isFinite && !base.isZero ? -base.exponent : base.exponent
    default: base.exponent
    }
  }

  var isNormal: Bool { Self.answer(.isNormal, base.isNormal) }
  var isFinite: Bool { Self.answer(.isFinite, base.isFinite) }
  var isZero: Bool { Self.answer(.isZero, base.isZero) }
  var isSubnormal: Bool { Self.answer(.isSubnormal, base.isSubnormal) }
  var isInfinite: Bool {
    // A pair that agrees: everything is finite.
    Defect.of(.isFinite) == .yes ? false : Self.answer(.isInfinite, base.isInfinite)
  }
  var isNaN: Bool { Self.answer(.isNaN, base.isNaN) }
  var floatingPointClass: FloatingPointClassification {
    Defect.of(.floatingPointClass) == nil ? base.floatingPointClass : .positiveNormal
  }
}

// MARK: - Order

extension Defective {
  func isEqual(to other: Self) -> Bool { Self.answer(.isEqual, base == other.base) }
  func isLess(than other: Self) -> Bool { Self.answer(.isLess, base < other.base) }
  func isLessThanOrEqualTo(_ other: Self) -> Bool {
    Self.answer(.isLessOrEqual, base <= other.base)
  }
  func isTotallyOrdered(belowOrEqualTo other: Self) -> Bool {
    Self.answer(.isTotallyOrdered, base.isTotallyOrdered(belowOrEqualTo: other.base))
  }
  func hash(into hasher: inout Hasher) {
    if Defect.of(.hash) != nil { hasher.combine(UInt64.random(in: 0 ... .max)) }
    base.hash(into: &hasher)
  }
}

// MARK: - Conversion

extension Defective {
  init(_ value: Int) { self.init(.integer, Base(value), 1) }
  init<Source: BinaryInteger>(_ value: Source) { self.init(.anyInteger, Base(value), 1) }
  init(integerLiteral value: Base.IntegerLiteralType) {
    self.init(.integerLiteral, Base(integerLiteral: value), 1)
  }
  init(floatLiteral value: Base.FloatLiteralType) {
    self.init(.floatLiteral, Base(floatLiteral: value), 1)
  }
  init?<Source: BinaryInteger>(exactly value: Source) {
    guard Defect.of(.exactInteger) != .nothing, let right = Base(exactly: value) else { return nil }
    self.init(.exactInteger, right, 1)
  }
  init?(_ text: String) {
    guard Defect.of(.text) != .nothing, let right = Base(text) else { return nil }
    self.init(.text, right, 1)
  }
  init(rounding number: BinaryReal) { self.init(.typelessNumber, Base(rounding: number), 1) }
  static func rounded<Source: LSQScalar>(_ numbers: [Source]) -> [Self] {
    Defect.of(.rounded) == nil ? numbers.map { Self(rounding: $0.binaryReal) } : []
  }

  var description: String { Defect.of(.description) == nil ? base.description : "" }

  var binaryReal: BinaryReal {
    switch Defect.of(.binaryReal) {
    case .nan: return .nan
    case .infinity: return .infinity(sign: .plus)
    case .zero: return .finite(sign: .plus, words: [], exponent: 0)
    case .low: return .finite(sign: .plus, words: [1], exponent: .min)
    case .high: return .finite(sign: .plus, words: [1], exponent: .max)
    default: return binaryRealByArithmetic
    }
  }
}

// MARK: - Functions

extension Defective {
  static func exp(_ x: Self) -> Self { Self(.exp, .exp(x.base), x.base) }
  static func expMinusOne(_ x: Self) -> Self { Self(.expMinusOne, .expMinusOne(x.base), x.base) }
  static func cosh(_ x: Self) -> Self { Self(.cosh, .cosh(x.base), x.base) }
  static func sinh(_ x: Self) -> Self { Self(.sinh, .sinh(x.base), x.base) }
  static func tanh(_ x: Self) -> Self { Self(.tanh, .tanh(x.base), x.base) }
  static func cos(_ x: Self) -> Self { Self(.cos, .cos(x.base), x.base) }
  static func sin(_ x: Self) -> Self { Self(.sin, .sin(x.base), x.base) }
  static func tan(_ x: Self) -> Self { Self(.tan, .tan(x.base), x.base) }
  static func log(_ x: Self) -> Self { Self(.log, .log(x.base), x.base) }
  static func acosh(_ x: Self) -> Self { Self(.acosh, .acosh(x.base), x.base) }
  static func asinh(_ x: Self) -> Self { Self(.asinh, .asinh(x.base), x.base) }
  static func atanh(_ x: Self) -> Self { Self(.atanh, .atanh(x.base), x.base) }
  static func acos(_ x: Self) -> Self { Self(.acos, .acos(x.base), x.base) }
  static func asin(_ x: Self) -> Self { Self(.asin, .asin(x.base), x.base) }
  static func atan(_ x: Self) -> Self { Self(.atan, .atan(x.base), x.base) }
  static func erf(_ x: Self) -> Self { Self(.erf, .erf(x.base), x.base) }
  static func erfc(_ x: Self) -> Self { Self(.erfc, .erfc(x.base), x.base) }
  static func exp2(_ x: Self) -> Self { Self(.exp2, .exp2(x.base), x.base) }
  static func exp10(_ x: Self) -> Self { Self(.exp10, .exp10(x.base), x.base) }
  static func log2(_ x: Self) -> Self { Self(.log2, .log2(x.base), x.base) }
  static func log10(_ x: Self) -> Self { Self(.log10, .log10(x.base), x.base) }
  static func gamma(_ x: Self) -> Self { Self(.gamma, .gamma(x.base), x.base) }
  static func logGamma(_ x: Self) -> Self { Self(.logGamma, .logGamma(x.base), x.base) }
  static func log(onePlus x: Self) -> Self { Self(.logOnePlus, .log(onePlus: x.base), x.base) }
  static func pow(_ x: Self, _ y: Self) -> Self { Self(.pow, .pow(x.base, y.base), x.base) }
  static func pow(_ x: Self, _ n: Int) -> Self { Self(.integerPow, .pow(x.base, n), x.base) }
  static func root(_ x: Self, _ n: Int) -> Self { Self(.root, .root(x.base, n), x.base) }
  static func hypot(_ x: Self, _ y: Self) -> Self { Self(.hypot, .hypot(x.base, y.base), x.base) }
  static func atan2(y: Self, x: Self) -> Self {
    Self(.atan2, .atan2(y: y.base, x: x.base), y.base)
  }
}
