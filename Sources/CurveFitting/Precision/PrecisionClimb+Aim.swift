// How far a climb has to go, and whether it is there.

extension PrecisionClimb {
  /// Sets the digits to be reached: small effects need more, and so do standard errors, the sum of squares of small
  /// residuals, and what is negligible so far but may not remain so.
  mutating func aim(after evaluation: ClimbEvaluation) {
    if evaluation.areResidualsKnown, let lost = evaluation.statistics?.lostDigits {
      lostDigits = min(lost, 100 + max(evaluation.residualDigits, 0))
    }
    var wanted = Double(digits)
    var lost = max(evaluation.spread, lostDigits)
    if evaluation.areResidualsKnown {
      // The error of the sum is that of the residuals squared.
      lost = max(lost, evaluation.residualDigits - wanted / 2)
    } else {
      wanted = Double(vanishingDigits)
    }
    if evaluation.hasUnresolved { wanted = Double(vanishingDigits) + evaluation.scatterDigits }
    if evaluation.statistics != nil {
      isRankOpen = evaluation.isRankOpen(vanishingDigits: vanishingDigits)
    }
    if isRankOpen { wanted = max(wanted, Double(vanishingDigits)) }
    target = max(wanted + Self.slack + lost, leastTarget)
  }

  /// Whether an evaluation shows all that is asked for.
  func isConfirmed(_ evaluation: ClimbEvaluation) -> Bool {
    let wanted = wantedDigits
    guard let statistics = evaluation.statistics, evaluation.parameterDigits >= wanted,
      !isRankOpen
    else { return false }
    // The squared condition is lost to the standard errors.
    guard evaluation.bits >= statistics.conditionBits + wantedBits else { return false }
    // What lags behind the parameters.
    let areErrorsKnown = statistics.lostDigits.map { evaluation.digits - $0 >= wanted } ?? false
    if evaluation.residualDigits >= Double(vanishingDigits) {
      return areErrorsKnown || evaluation.isScatterUnknown
    }
    guard areErrorsKnown, evaluation.areResidualsKnown,
      2 * (evaluation.digits - evaluation.residualDigits) >= wanted
    else { return false }
    // The sum of squares has lost what cancels in the residuals.
    return Double(evaluation.bits - evaluation.cancelledBits) / Self.bitsPerDigit >= wanted
  }
}
