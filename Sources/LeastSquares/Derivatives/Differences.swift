import LSQScalars

/// Derivatives from differences of the residuals.
///
/// - Complexity: n (forward) or 2n (central) evaluations of the residuals.
///
/// Source: MINPACK `fdjac2`.
struct Differences<Scalar: LSQScalar> {
  /// The relative step (MINPACK: eps).
  let relativeStep: Scalar
  /// Whether a difference is taken over both sides of the point.
  let isCentral: Bool

  /// Forward differences with a step of √ε, where truncation and rounding balance.
  static func forward(residualPrecision: Scalar) -> Self {
    Self(
      relativeStep: max(residualPrecision, Scalar.ulpOfOne).squareRoot(), isCentral: false)
  }

  /// Central differences with a step of ∛ε, where truncation and rounding balance.
  static func central(residualPrecision: Scalar) -> Self {
    Self(
      relativeStep: Scalar.root(max(residualPrecision, Scalar.ulpOfOne), 3), isCentral: true)
  }

  /// The step of a parameter.
  func step(at center: Scalar) -> Scalar {
    let step = relativeStep * center.magnitude
    return step == 0 ? relativeStep : step
  }

  /// The distance between the two points of a parameter, by which a difference is divided.
  func width(at center: Scalar) -> Scalar {
    let step = step(at: center)
    return isCentral ? (center + step) - (center - step) : step
  }

  /// Fills `jacobian`, by rows, at `point`. Where a callback throws, `point` stays displaced.
  ///
  /// - Parameters:
  ///   - residuals: f at `point`, m values.
  ///   - shifted: scratch for f at the displaced point.
  func fill(
    _ jacobian: inout [Scalar], at point: inout [Scalar], residuals: [Scalar],
    shifted: inout [Scalar], counts: inout EvaluationCounts,
    _ evaluate: ResidualFunction<Scalar>
  ) throws {
    let (f, n, m) = (residuals.span, point.count, residuals.count)
    var matrix = jacobian.mutableSpan
    var place = point.mutableSpan
    var values = shifted.mutableSpan
    for j in 0..<n {
      let center = place[j]
      let step = step(at: center)
      place[j] = center + step
      // Many evaluations of a slow model lie between two checks by the driver.
      if Task.isCancelled { throw EvaluationCancelled() }
      counts.residuals += 1
      try evaluate(place.span, &values)
      let column = Lane(start: j, count: m, stride: n)
      guard isCentral else {
        Scalar.divideDifferences(values.span, f, by: step, into: &matrix, column)
        place[j] = center
        continue
      }
      for i in 0..<m { matrix[column[i]] = values[i] }
      place[j] = center - step
      counts.residuals += 1
      try evaluate(place.span, &values)
      let width = width(at: center)
      for i in 0..<m { matrix[column[i]] = (matrix[column[i]] - values[i]) / width }
      place[j] = center
    }
  }
}
