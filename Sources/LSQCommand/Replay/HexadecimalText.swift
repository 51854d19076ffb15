import LSQScalars

/// A number written in C's hexadecimal notation, such as `-0x1.8p+1` or `0xc.ccccccccccccccdp-4`, or
/// one of `inf`, `-inf`, `nan`.
///
/// The result is exact wherever the scalar can hold it; at most 64 significant bits are read. It is
/// `nil` for text of any other form.
func hexadecimal<Scalar: LSQScalar>(_ text: some StringProtocol) -> Scalar? {
  let isNegative = text.first == "-"
  let body = isNegative ? text.dropFirst() : text[...]
  let magnitude: Scalar? =
    switch body {
    case "inf": .infinity
    case "nan": .nan
    default: hexadecimalMagnitude(body)
    }
  return magnitude.map { isNegative ? -$0 : $0 }
}

private func hexadecimalMagnitude<Scalar: LSQScalar>(_ text: some StringProtocol) -> Scalar? {
  guard text.hasPrefix("0x"), let p = text.firstIndex(of: "p"),
    let power = Int(text[text.index(after: p)...])
  else { return nil }
  let digits = text[..<p].dropFirst(2)
  let whole = digits.prefix { $0 != "." }
  let fraction = digits.dropFirst(whole.count + 1)
  guard !whole.isEmpty, let significand = UInt64("\(whole)\(fraction)", radix: 16) else {
    return nil
  }
  guard significand != 0 else { return 0 }
  let (exponent, overflows) = power.subtractingReportingOverflow(4 * fraction.count)
  guard !overflows else { return nil }
  return Scalar(
    sign: .plus, exponent: Scalar.Exponent(exponent), significand: Scalar(significand))
}

/// Whether two numbers are the same, signs of zero included, with all NaN alike.
func areIdentical<Scalar: LSQScalar>(_ a: Scalar, _ b: Scalar) -> Bool {
  (a.isNaN && b.isNaN) || (a == b && a.sign == b.sign)
}
