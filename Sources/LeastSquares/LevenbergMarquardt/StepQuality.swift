import LSQScalars

/// How well the linear model predicted the effect of a step.
///
/// Source: Moré (1978), section 4; MINPACK `lmder`.
struct StepQuality<Scalar: LSQScalar> {
  /// 1 − (‖f(x − p)‖/‖f(x)‖)² (MINPACK: actred); −1 where ‖f‖ has grown tenfold or is not finite.
  var actualReduction: Scalar = 0
  /// (‖J·p‖² + 2λ‖D·p‖²)/‖f‖² (MINPACK: prered).
  var predictedReduction: Scalar = 0
  /// −(‖J·p‖² + λ‖D·p‖²)/‖f‖² (MINPACK: dirder).
  var directionalDerivative: Scalar = 0
  /// `actualReduction / predictedReduction`, 0 where nothing is predicted (MINPACK: ratio).
  var gainRatio: Scalar = 0
  /// Whether the step is taken.
  var isAcceptable = false

  init() {}

  init(
    residualNorm: Scalar, trialResidualNorm: Scalar, predictedChange: Scalar,
    dampingParameter: Scalar, stepLength: Scalar, _ constants: Constants<Scalar>
  ) {
    actualReduction = -1
    if constants.tenth * trialResidualNorm < residualNorm {
      let ratio = trialResidualNorm / residualNorm
      actualReduction = 1 - ratio * ratio
    }
    let linear = predictedChange / residualNorm
    let damped = (dampingParameter.squareRoot() * stepLength) / residualNorm
    let (linearSquare, dampedSquare) = (linear * linear, damped * damped)
    predictedReduction = linearSquare + (dampedSquare + dampedSquare)
    directionalDerivative = -(linearSquare + dampedSquare)
    gainRatio = predictedReduction == 0 ? 0 : actualReduction / predictedReduction
    isAcceptable = gainRatio >= constants.tenThousandth
  }
}
