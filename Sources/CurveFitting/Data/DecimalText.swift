public import LSQScalars

/// A number as it was written, with what it stands for and where.
///
/// Data keep their decimals: the text is rounded once, straight to the scalar type that asks for
/// it.
public struct DecimalText: Sendable, Hashable, CustomStringConvertible {
  /// The number's text.
  public let text: String
  /// What the number stands for, as in "column x", for messages.
  public let quantity: String
  /// Where the text begins.
  public let position: TextPosition

  /// Any text: whether it is a number shows when its value is asked for.
  public init(_ text: String, quantity: String, at position: TextPosition) {
    self.text = text
    self.quantity = quantity
    self.position = position
  }

  public var description: String { text }

  /// The number, rounded to `Scalar`'s own precision.
  ///
  /// - Throws: ``DataTableError/malformedNumber(text:quantity:at:)``,
  ///   ``DataTableError/nonFiniteValue(text:quantity:at:)``,
  ///   ``DataTableError/overflow(text:quantity:scalar:at:)`` or
  ///   ``DataTableError/underflow(text:quantity:scalar:at:)``.
  public func value<Scalar: LSQScalar>(as _: Scalar.Type) throws(DataTableError) -> Scalar {
    try requireNumber()
    if let value = Self.parsed(text, as: Scalar.self) { return value }
    let scalar = Scalar.nameInWords
    if Scalar(Self.normalized(text)) == 0 {
      throw .underflow(text: text, quantity: quantity, scalar: scalar, at: position)
    }
    throw .overflow(text: text, quantity: quantity, scalar: scalar, at: position)
  }

  /// The value of decimal text, or `nil` if it is out of the scalar's range: infinite, or zero although the
  /// text is not.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  static func parsed<Scalar: LSQScalar>(_ text: String, as _: Scalar.Type) -> Scalar? {
    guard let value = Scalar(normalized(text)), value.isFinite else { return nil }
    return value == 0 && !isZero(text) ? nil : value
  }

  /// Whether decimal text is a whole number. One with more digits than an integer holds may be reported as not whole.
  static func isWhole(_ text: some Collection<UInt8>) -> Bool {
    let (e, E) = (UInt8(ascii: "e"), UInt8(ascii: "E"))
    if text.contains(where: { $0 == e || $0 == E }) {
      return ExactRational(decimal: String(decoding: text, as: UTF8.self))?.integer != nil
    }
    let point = text.firstIndex(of: UInt8(ascii: ".")) ?? text.endIndex
    return text[point...].dropFirst().allSatisfy { $0 == UInt8(ascii: "0") }
  }

  /// Whether all digits before the exponent are 0.
  private static func isZero(_ text: String) -> Bool {
    text.utf8.prefix { $0 != UInt8(ascii: "e") && $0 != UInt8(ascii: "E") }
      .allSatisfy { !(UInt8(ascii: "1")...UInt8(ascii: "9")).contains($0) }
  }

  /// Throws unless the text is a finite decimal number, whatever the scalar type.
  package func requireNumber() throws(DataTableError) {
    guard !Self.isDecimal(text) else { return }
    if Self.namesNonFiniteValue(text) {
      throw .nonFiniteValue(text: text, quantity: quantity, at: position)
    }
    throw .malformedNumber(text: text, quantity: quantity, at: position)
  }
}

// MARK: - Syntax

// Scalar types differ in what else they read (hexadecimal, underscores, "nan"), so the syntax is
// checked here, once for all of them.
extension DecimalText {
  /// Whether a text is an optional sign, digits with at most one point, and an optional exponent.
  static func isDecimal(_ text: String) -> Bool {
    let bytes = text.utf8Span.span
    var place = 0
    func skip(_ letters: UInt8...) -> Bool {
      guard place < bytes.count, letters.contains(bytes[place]) else { return false }
      place += 1
      return true
    }
    func skipDigits() -> Int {
      let start = place
      while place < bytes.count, isDigit(bytes[place]) { place += 1 }
      return place - start
    }
    let (plus, minus) = (UInt8(ascii: "+"), UInt8(ascii: "-"))
    _ = skip(plus, minus)
    var digitCount = skipDigits()
    if skip(UInt8(ascii: ".")) { digitCount += skipDigits() }
    guard digitCount > 0 else { return false }
    if skip(UInt8(ascii: "e"), UInt8(ascii: "E")) {
      _ = skip(plus, minus)
      guard skipDigits() > 0 else { return false }
    }
    return place == bytes.count
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }

  /// The same number in the form that every scalar type reads: no plus sign, digits before the
  /// point.
  private static func normalized(_ text: String) -> String {
    switch text.utf8.first {
    case UInt8(ascii: "+"): normalized(String(text.dropFirst()))
    case UInt8(ascii: "."): "0" + text
    case UInt8(ascii: "-") where text.utf8.dropFirst().first == UInt8(ascii: "."):
      "-0" + text.dropFirst()
    default: text
    }
  }

  private static func namesNonFiniteValue(_ text: String) -> Bool {
    let name = text.lowercased()
    let magnitude = name.hasPrefix("+") || name.hasPrefix("-") ? name.dropFirst() : name[...]
    return ["nan", "inf", "infinity"].contains(magnitude)
  }
}
