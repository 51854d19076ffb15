import LSQScalars

/// The correct digits of the worst of some values, as text, compared with exact ones in some type.
func correctDigits(
  _ values: [String], _ exact: [String], in type: any LSQScalar.Type, atMost most: Double
) -> Double {
  func count<Scalar: LSQScalar>(_: Scalar.Type) -> Double {
    correctDigits(
      values.map { Scalar($0) ?? .nan }, exact.map { Scalar($0) ?? .nan }, atMost: most)
  }
  return count(type)
}

/// The correct digits of the worst value: −log₁₀|x − c|/|c|, at least 0 and at most as many as c has, to
/// two decimals.
///
/// For c = 0 the error is absolute. It counts as at least half a unit of the type, since c itself has been rounded to
/// the type. A value that is not finite has no correct digits.
package func correctDigits<Scalar: LSQScalar>(
  _ values: [Scalar], _ exact: [Scalar], atMost most: Double
) -> Double {
  let halfUnit = Scalar.ulpOfOne / 2
  precondition(values.count == exact.count, "\(values.count) values against \(exact.count)")
  var worst = most
  for (value, exact) in zip(values, exact) {
    guard value.isFinite, exact.isFinite else { return 0 }
    let difference = (value - exact).magnitude
    let error = max(exact == 0 ? difference : difference / exact.magnitude, halfUnit)
    worst = min(worst, Scalar.digits(error))
  }
  return (max(worst, 0) * 100).rounded() / 100
}
