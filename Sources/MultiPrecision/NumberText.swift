/// What a number in text can look like, decided before MPFR reads it.
///
/// MPFR itself takes leading blanks, other bases and names of its own; here only Swift's spellings
/// count:
/// ```
/// number  = sign? ( decimal | hexadecimal | "inf" | "infinity" | "nan" )      any case
/// decimal = digits with at most one point, then ( "e" sign? digits )?
/// hexadecimal = "0x", hexadecimal digits with at most one point, then ( "p" sign? digits )?
/// ```
enum NumberText {
  case decimal, hexadecimal, infinity, nan

  /// The kind of number that `text` spells and whether it has a minus sign; nil if it is none.
  static func kind(of text: String) -> (kind: NumberText, isNegative: Bool)? {
    var rest = Substring(text).utf8
    let sign = rest.first
    if sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") { rest.removeFirst() }
    guard let kind = unsignedKind(rest) else { return nil }
    return (kind, sign == UInt8(ascii: "-"))
  }

  private static func unsignedKind(_ text: Substring.UTF8View) -> NumberText? {
    var text = text
    // A blank costs no string comparison, nor does a digit.
    if let first = text.first, isLetter(first) {
      switch Substring(text).lowercased() {
      case "inf", "infinity": return .infinity
      case "nan": return .nan
      default: return nil
      }
    }
    if text.starts(with: "0x".utf8) || text.starts(with: "0X".utf8) {
      text.removeFirst(2)
      return isNumber(text, digit: isHexadecimalDigit, exponentMark: "p") ? .hexadecimal : nil
    }
    return isNumber(text, digit: isDecimalDigit, exponentMark: "e") ? .decimal : nil
  }

  /// Whether `text` is digits with at most one point among or beside them, then perhaps an exponent.
  private static func isNumber(
    _ text: Substring.UTF8View, digit: (UInt8) -> Bool, exponentMark: Unicode.Scalar
  ) -> Bool {
    var rest = text
    var digits = skip(&rest, while: digit)
    if rest.first == UInt8(ascii: ".") {
      rest.removeFirst()
      digits += skip(&rest, while: digit)
    }
    guard digits > 0 else { return false }
    guard let mark = rest.popFirst() else { return true }
    // The bit 0x20 makes an ASCII letter small.
    guard mark | 0x20 == UInt8(ascii: exponentMark) else { return false }
    if rest.first == UInt8(ascii: "-") || rest.first == UInt8(ascii: "+") { rest.removeFirst() }
    return skip(&rest, while: isDecimalDigit) > 0 && rest.isEmpty
  }

  /// Drops leading bytes that satisfy `condition` and returns their number.
  private static func skip(
    _ text: inout Substring.UTF8View, while condition: (UInt8) -> Bool
  ) -> Int {
    let count = text.prefix(while: condition).count
    text.removeFirst(count)
    return count
  }

  private static func isDecimalDigit(_ byte: UInt8) -> Bool {
    UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte | 0x20
  }

  private static func isHexadecimalDigit(_ byte: UInt8) -> Bool {
    isDecimalDigit(byte) || UInt8(ascii: "a")...UInt8(ascii: "f") ~= byte | 0x20
  }
}
