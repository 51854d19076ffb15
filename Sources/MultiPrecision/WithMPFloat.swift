public import LSQScalars

/// Work that is written once for every width and run at a width known only at run time.
///
/// Swift's closures cannot be generic, so the work is a type with a generic method:
/// ```swift
/// struct DigitsOfPi: MPFloatVisitor {
///   func visit<let bits: Int, let words: Int>(_: MPFloat<bits, words>.Type) -> String {
///     MPFloat<bits, words>.pi.description
///   }
/// }
/// let text = try withMPFloat(digits: 1000, DigitsOfPi())
/// ```
public protocol MPFloatVisitor<Output> {
  associatedtype Output

  /// Does the work at the given width.
  func visit<let bits: Int, let words: Int>(_ type: MPFloat<bits, words>.Type) throws -> Output
}

/// Runs a visitor with the narrowest type of ``PrecisionLadder`` that has at least `bits` bits.
///
/// - Throws: ``PrecisionError`` unless 24 ≤ `bits` ≤ 73728, and what the visitor throws.
public func withMPFloat<Visitor: MPFloatVisitor>(
  bits: Int, _ visitor: Visitor
) throws -> Visitor.Output {
  try PrecisionLadder.rungType(bits: bits).accept(visitor)
}

/// A type that a visitor can be sent to.
protocol PrecisionRung: LSQScalar {
  static func accept<Visitor: MPFloatVisitor>(_ visitor: Visitor) throws -> Visitor.Output
}

extension MPFloat: PrecisionRung {
  static func accept<Visitor: MPFloatVisitor>(_ visitor: Visitor) throws -> Visitor.Output {
    try visitor.visit(Self.self)
  }
}

/// Runs a visitor with the narrowest type of ``PrecisionLadder`` that holds every decimal of `digits`
/// significant digits within its range, which for 24, 53 and 64 bits is the hardware's.
///
/// - Throws: ``PrecisionError`` unless 1 ≤ `digits` ≤ 22194, and what the visitor throws.
public func withMPFloat<Visitor: MPFloatVisitor>(
  digits: Int, _ visitor: Visitor
) throws -> Visitor.Output {
  let bits = try PrecisionLadder.bits(forDecimalDigits: digits)
  return try withMPFloat(bits: Swift.max(bits, PrecisionLadder.rungs[0]), visitor)
}

/// Hands `body` the narrowest type of ``PrecisionLadder`` that has at least `bits` bits.
///
/// A generic function that `body` calls opens it:
/// ```swift
/// func circumference<T: LSQScalar>(_: T.Type) -> String { "\(2 * T.pi)" }
/// let text = try withMPFloat(bits: 200) { circumference($0) }
/// ```
/// - Throws: ``PrecisionError`` unless 24 ≤ `bits` ≤ 73728, and what `body` throws.
public func withMPFloat<Output>(
  bits: Int, _ body: (any LSQScalar.Type) throws -> Output
) throws -> Output {
  try body(PrecisionLadder.scalarType(bits: bits))
}

/// Hands `body` the narrowest type of ``PrecisionLadder`` that holds every decimal of `digits`
/// significant digits within its range, which for 24, 53 and 64 bits is the hardware's.
///
/// - Throws: ``PrecisionError`` unless 1 ≤ `digits` ≤ 22194, and what `body` throws.
public func withMPFloat<Output>(
  digits: Int, _ body: (any LSQScalar.Type) throws -> Output
) throws -> Output {
  try body(PrecisionLadder.scalarType(decimalDigits: digits))
}
