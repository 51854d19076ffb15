import LSQScalars

/// What is known of some rows at a point. Summaries of neighbouring rows are merged up a fixed tree.
struct RowSummary<Sum: LSQScalar>: Sendable {
  /// Σ fᵢ².
  var squares = ScaledSquares<Sum>()
  /// R and Qᵀf, where they were asked for.
  var triangle: Triangle<Sum>?
  /// The first residual that is not finite.
  var nonFiniteResidual: NonFiniteResidual?
  /// The first derivative that is not finite; the triangle is then unusable.
  var nonFiniteDerivative: LinearizationFlaw?

  var isFinite: Bool { nonFiniteResidual == nil && nonFiniteDerivative == nil }
}

/// The place of a residual that is NaN or infinite.
struct NonFiniteResidual: Sendable {
  let index: Int
  let value: String
}
