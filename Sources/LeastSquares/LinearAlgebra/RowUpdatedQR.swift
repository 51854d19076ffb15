import LSQScalars

/// The triangle of a QR factorisation, brought up to date with one more row (MINPACK: rwupdt).
///
///     [R b; wᵀ α]  →  [R̃ b̃; 0 α̃],  by n plane rotations.
///
/// Memory is O(n²) whatever the number of rows, so that a Jacobian need never be held whole.
///
/// - Complexity: O(n²) per row.
///
/// Source: MINPACK `rwupdt`.
extension Linearization {
  /// Rotates `row` (w) and its right-hand side α into R and `rotatedResiduals`.
  mutating func rotateIn(rightHandSide: Scalar, _ constants: Constants<Scalar>) {
    var alpha = rightHandSide
    for j in 0..<columnCount {
      let diagonal = j * columnCount + j
      var rotation = GivensRotation<Scalar>.identity
      if row[j] != 0 {
        rotation = GivensRotation(
          eliminating: row[j], against: factor[diagonal], half: constants.half,
          quarter: constants.quarter)
        factor[diagonal] = rotation.cosine * factor[diagonal] + rotation.sine * row[j]
        rotation.apply(&rotatedResiduals[j], &alpha)
      }
      let rest = columnCount - j - 1
      Scalar.rotate(
        &factor, Lane(start: diagonal + 1, count: rest), &row, Lane(start: j + 1, count: rest),
        by: rotation)
    }
  }

  /// Empties R and Qᵀf before the first row.
  mutating func clear() {
    prepareScratch()
    for i in factor.indices { factor[i] = 0 }
    for j in rotatedResiduals.indices { rotatedResiduals[j] = 0 }
  }

  /// Ends the rows: column norms from R, and a pivoted factorisation of R where it is singular.
  ///
  /// - Returns: nil, or why the rows are unusable.
  mutating func finishRows(_ constants: Constants<Scalar>) -> LinearizationFlaw? {
    var isSingular = false
    for j in 0..<columnCount {
      if r(j, j) == 0 { isSingular = true }
      permutation[j] = j
      columnNorms[j] = constants.norm(factor, columnOfR(j, count: j + 1))
    }
    if let overflow = firstOverflow { return overflow }
    if isSingular {
      measureColumns(constants)
      factorizeMeasured(rotating: rotatedResiduals, constants)
    }
    return nil
  }
}
