import LSQScalars

/// The tests after every trial step. MINPACK lets later ones overwrite earlier ones; here they are in reverse order and
/// the first one that holds counts.
///
/// Source: Moré (1978), section 6; MINPACK `lmder`.
struct ConvergenceTests<Scalar: LSQScalar> {
  let tolerances: Tolerances<Scalar>
  let maximumResidualEvaluations: Int
  private let half: Scalar

  init(_ tolerances: Tolerances<Scalar>, limit: Int, _ constants: Constants<Scalar>) {
    self.tolerances = tolerances
    maximumResidualEvaluations = limit
    half = constants.half
  }

  /// Whether and why to stop.
  func verdict(
    _ quality: StepQuality<Scalar>, radius: Scalar, scaledNorm: Scalar, gradientCosine: Scalar,
    residualEvaluations: Int
  ) -> Termination? {
    let reductionIsSmall = isReduction(quality, atMost: tolerances.reduction)
    let stepIsSmall = radius <= tolerances.step * scaledNorm
    switch (reductionIsSmall, stepIsSmall) {
    case (true, true): return .reductionAndStepTolerance
    case (true, false): return .reductionTolerance
    case (false, true): return .stepTolerance
    case (false, false): break
    }
    let epsilon = Scalar.ulpOfOne
    if gradientCosine <= epsilon { return .gradientAtPrecision }
    if radius <= epsilon * scaledNorm { return .stepAtPrecision }
    if isReduction(quality, atMost: epsilon) { return .reductionAtPrecision }
    if residualEvaluations >= maximumResidualEvaluations { return .evaluationLimit }
    return nil
  }

  /// Whether the reduction, actual and predicted, is at most `tolerance`, and the prediction is fair.
  private func isReduction(_ quality: StepQuality<Scalar>, atMost tolerance: Scalar) -> Bool {
    quality.actualReduction.magnitude <= tolerance
      && quality.predictedReduction <= tolerance
      && half * quality.gainRatio <= 1
  }
}
