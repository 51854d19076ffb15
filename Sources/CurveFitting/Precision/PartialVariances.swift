import LSQScalars
import LeastSquares

/// The diagonal of (JᵀJ)⁻¹ for the parameters that J determines, where JᵀJ may be singular at a solution that is known to
/// some digits.
///
/// JᵀJ is eliminated with the largest pivot first, in units in which it is at most 1. A pivot is the square of a distance
/// from the span of the columns before; where it is nothing at the digits given, the rest depends on the columns so far,
/// as
///
///     column k = Σ_j z_jk·(column j),   A·z_k = JᵀJ·e_k,   A = JᵀJ of the columns so far.
///
/// Parameter k, and each j with a z_jk other than zero, takes part in the null space of J. The variances of the others
/// are those of A⁻¹, whichever columns were taken.
///
/// - Complexity: O(n³).
struct PartialVariances<Scalar: LSQScalar> {
  /// By parameters; nil for one that takes part in the null space.
  let diagonal: [Scalar?]

  /// nil where what is left is not definite.
  ///
  /// - Parameters:
  ///   - exponents: e of units 2ᵉ of the columns of J.
  ///   - zeroDigits: the digits at which a pivot is nothing, and a z at half of them.
  init?(_ normal: Matrix<Scalar>, inUnits exponents: [Int], zeroDigits: Double) {
    let n = normal.rowCount
    func power(_ e: Int) -> Scalar {
      Scalar(sign: .plus, exponent: Scalar.Exponent(e), significand: 1)
    }
    var a = normal
    for i in 0..<n {
      for j in 0..<n { a[i, j] = a[i, j] * power(-exponents[i]) * power(-exponents[j]) }
    }
    let (kept, dependent) = Self.columns(of: a, zeroDigits: zeroDigits)
    guard let equations = RootFreeFactor(a.restricted(toBoth: kept)) else { return nil }
    let inverse = equations.inverseDiagonal
    var diagonal = [Scalar?](repeating: nil, count: n)
    for (p, j) in kept.enumerated() {
      diagonal[j] = inverse[p] * power(-exponents[j]) * power(-exponents[j])
    }
    for k in dependent {
      let z = equations.solved(kept.map { a[$0, k] })
      for (p, j) in kept.enumerated() where Scalar.leadingZeros(z[p]) < zeroDigits / 2 {
        diagonal[j] = nil
      }
    }
    self.diagonal = diagonal
  }

  /// The columns by their pivots, and those that depend on them.
  private static func columns(
    of a: Matrix<Scalar>, zeroDigits: Double
  ) -> (kept: [Int], dependent: [Int]) {
    var rest = Array(0..<a.rowCount)
    var kept: [Int] = []
    var schur = a
    while let place = rest.indices.max(by: {
      schur[rest[$0], rest[$0]] < schur[rest[$1], rest[$1]]
    }) {
      let k = rest[place]
      let pivot = schur[k, k]
      guard pivot > 0, Scalar.leadingZeros(pivot) < zeroDigits else { break }
      rest.remove(at: place)
      kept.append(k)
      for i in rest {
        let factor = schur[i, k] / pivot
        for j in rest { schur[i, j] -= factor * schur[k, j] }
      }
    }
    return (kept, rest)
  }
}
