import LSQScalars

/// Derivatives from differences of the residuals.
///
/// - Complexity: n (forward) or 2n (central) evaluations of the residuals.
///
/// Source: MINPACK `fdjac2`.
struct Differences<Scalar: LSQScalar> {
  /// The relative step (MINPACK: eps).
  let relativeStep: Scalar
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
  ///   - shifted: scratch for f beside it.
  func fill(
    _ jacobian: inout [Scalar], at point: inout [Scalar], residuals: [Scalar],
    shifted: inout [Scalar], counts: inout EvaluationCounts,
    _ evaluate: ResidualFunction<Scalar>
  ) throws {
    let n = point.count
    let m = residuals.count
    for j in 0..<n {
      let center = point[j]
      let step = step(at: center)
      point[j] = center + step
      counts.residuals += 1
      try LeastSquares.fill(&shifted, at: point, by: evaluate)
      guard isCentral else {
        for i in 0..<m { jacobian[i * n + j] = (shifted[i] - residuals[i]) / step }
        point[j] = center
        continue
      }
      for i in 0..<m { jacobian[i * n + j] = shifted[i] }
      let above = point[j]
      point[j] = center - step
      counts.residuals += 1
      try LeastSquares.fill(&shifted, at: point, by: evaluate)
      let width = above - point[j]
      for i in 0..<m { jacobian[i * n + j] = (jacobian[i * n + j] - shifted[i]) / width }
      point[j] = center
    }
  }
}
