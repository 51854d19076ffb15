import LSQScalars

/// The region ‖D·p‖ ≤ Δ in which the linear model is trusted.
///
/// Source: Moré (1978), section 4; MINPACK `lmder`.
struct TrustRegion<Scalar: LSQScalar> {
  /// Δ (MINPACK: delta).
  var radius: Scalar = 0

  /// Sets the first radius, `factor`·‖D·x‖, or `factor` where that is zero.
  mutating func begin(scaledNorm: Scalar, factor: Scalar) {
    radius = factor * scaledNorm
    if radius == 0 { radius = factor }
  }

  /// Shrinks or widens the region after a step of length `stepLength` has been judged, and the
  /// damping parameter with it.
  mutating func adapt(
    to quality: StepQuality<Scalar>, residualNorm: Scalar, trialResidualNorm: Scalar,
    stepLength: Scalar, dampingParameter: inout Scalar, _ constants: Constants<Scalar>
  ) {
    if quality.gainRatio <= constants.quarter {
      let shrinkage = Self.shrinkage(quality, residualNorm, trialResidualNorm, constants)
      radius = shrinkage * min(radius, stepLength / constants.tenth)
      dampingParameter = dampingParameter / shrinkage
    } else if dampingParameter == 0 || quality.gainRatio >= constants.threeQuarters {
      radius = stepLength + stepLength
      dampingParameter = constants.half * dampingParameter
    }
  }

  /// The factor, between 1/10 and 1/2, by which a region of poor steps shrinks: where the sum of
  /// squares grew, the minimiser of the parabola through it.
  private static func shrinkage(
    _ quality: StepQuality<Scalar>, _ residualNorm: Scalar, _ trialResidualNorm: Scalar,
    _ constants: Constants<Scalar>
  ) -> Scalar {
    var factor = constants.half
    if quality.actualReduction < 0 {
      let slope = quality.directionalDerivative
      factor = constants.half * slope / (slope + constants.half * quality.actualReduction)
    }
    if constants.tenth * trialResidualNorm >= residualNorm || factor < constants.tenth {
      factor = constants.tenth
    }
    return factor
  }
}
