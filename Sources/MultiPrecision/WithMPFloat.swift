public import LSQScalars

/// Work that is written once for every width and run at one that is known only at run time.
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
/// - Throws: ``PrecisionError`` unless 24 ≤ `bits` ≤ 65536, and what the visitor throws.
public func withMPFloat<Visitor: MPFloatVisitor>(
  bits: Int, _ visitor: Visitor
) throws -> Visitor.Output {
  switch try PrecisionLadder.rung(bits: bits) {
  case 24: try visitor.visit(MPFloat<24, 1>.self)
  case 53: try visitor.visit(MPFloat<53, 1>.self)
  case 64: try visitor.visit(MPFloat<64, 1>.self)
  case 113: try visitor.visit(MPFloat<113, 2>.self)
  case 128: try visitor.visit(MPFloat128.self)
  case 192: try visitor.visit(MPFloat192.self)
  case 256: try visitor.visit(MPFloat256.self)
  case 320: try visitor.visit(MPFloat<320, 5>.self)
  case 384: try visitor.visit(MPFloat384.self)
  case 448: try visitor.visit(MPFloat<448, 7>.self)
  case 512: try visitor.visit(MPFloat512.self)
  case 640: try visitor.visit(MPFloat<640, 10>.self)
  case 768: try visitor.visit(MPFloat768.self)
  case 896: try visitor.visit(MPFloat<896, 14>.self)
  case 1024: try visitor.visit(MPFloat1024.self)
  case 1280: try visitor.visit(MPFloat<1280, 20>.self)
  case 1536: try visitor.visit(MPFloat1536.self)
  case 1792: try visitor.visit(MPFloat<1792, 28>.self)
  case 2048: try visitor.visit(MPFloat2048.self)
  case 2560: try visitor.visit(MPFloat<2560, 40>.self)
  case 3072: try visitor.visit(MPFloat3072.self)
  case 3584: try visitor.visit(MPFloat<3584, 56>.self)
  case 4096: try visitor.visit(MPFloat4096.self)
  case 5120: try visitor.visit(MPFloat<5120, 80>.self)
  case 6144: try visitor.visit(MPFloat<6144, 96>.self)
  case 7168: try visitor.visit(MPFloat<7168, 112>.self)
  case 8192: try visitor.visit(MPFloat<8192, 128>.self)
  case 10240: try visitor.visit(MPFloat<10240, 160>.self)
  case 12288: try visitor.visit(MPFloat<12288, 192>.self)
  case 14336: try visitor.visit(MPFloat<14336, 224>.self)
  case 16384: try visitor.visit(MPFloat<16384, 256>.self)
  case 20480: try visitor.visit(MPFloat<20480, 320>.self)
  case 24576: try visitor.visit(MPFloat<24576, 384>.self)
  case 28672: try visitor.visit(MPFloat<28672, 448>.self)
  case 32768: try visitor.visit(MPFloat<32768, 512>.self)
  case 40960: try visitor.visit(MPFloat<40960, 640>.self)
  case 49152: try visitor.visit(MPFloat<49152, 768>.self)
  case 57344: try visitor.visit(MPFloat<57344, 896>.self)
  case 65536: try visitor.visit(MPFloat<65536, 1024>.self)
  case let rung: preconditionFailure("the rung of \(rung) bits has no type")
  }
}

/// Runs a visitor with the narrowest type of ``PrecisionLadder`` that holds every decimal of `digits`
/// significant digits.
///
/// - Throws: ``PrecisionError`` unless 1 ≤ `digits` ≤ 19728, and what the visitor throws.
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
/// - Throws: ``PrecisionError`` unless 24 ≤ `bits` ≤ 65536, and what `body` throws.
public func withMPFloat<Output>(
  bits: Int, _ body: (any LSQScalar.Type) throws -> Output
) throws -> Output {
  try body(PrecisionLadder.scalarType(bits: bits))
}

/// Hands `body` the narrowest type of ``PrecisionLadder`` that holds every decimal of `digits`
/// significant digits.
///
/// - Throws: ``PrecisionError`` unless 1 ≤ `digits` ≤ 19728, and what `body` throws.
public func withMPFloat<Output>(
  digits: Int, _ body: (any LSQScalar.Type) throws -> Output
) throws -> Output {
  try body(PrecisionLadder.scalarType(decimalDigits: digits))
}
