import LSQScalars

/// Whether a model's value in a row stays the same, to the bit, when one parameter is a thousandth more or less. Then a
/// slope along it that comes out as NaN is 0, like that of exp(b·(log x − c)) at x = 0, which is 0 for every b > 0.
///
/// A value that is not finite, or an error of the model beside the point, says nothing.
@usableFromInline
func isLevel<Scalar: LSQScalar>(
  _ value: Scalar, at b: Span<Scalar>, along j: Int, _ function: (Span<Scalar>) throws -> Scalar
) -> Bool {
  guard value.isFinite else { return false }
  let size = b[j] == 0 ? 1 : b[j].magnitude
  let change = Scalar(sign: .plus, exponent: -10, significand: size)
  for neighbour in [b[j] - change, b[j] + change] {
    var point = b.indices.map { b[$0] }
    point[j] = neighbour
    guard let there = try? function(point.span), there == value else { return false }
  }
  return true
}
