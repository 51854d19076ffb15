import LSQScalars

/// Where a problem is taken by rows, residuals and gradients of a row share most of their work. Most
/// trial steps are accepted, and then the triangle is needed at the point that the residuals were just
/// computed at; so it pays to find both in one pass, unless the step is likely to be refused or to be
/// the last.
extension Solve {
  /// Whether the derivatives at the trial point will probably be asked for next.
  ///
  /// The answer changes no number, only the time it takes.
  var anticipatesLinearization: Bool {
    if isProbablyLast { return options.closingSteps }
    let isFirstTrial = quality.gainRatio == 0 && iteration == 1
    // Differences save one evaluation in n + 2 where the step is accepted, and waste n where it is
    // not.
    return problem.jacobian.isByDifferences
      ? quality.gainRatio >= constants.threeQuarters
      : isFirstTrial || quality.isAcceptable
  }

  /// Whether the step promises so little that the convergence tests will be met.
  private var isProbablyLast: Bool {
    let linear = predictedChange / residualNorm
    let damped = memory.damping.value.squareRoot() * stepLength / residualNorm
    return linear * linear + damped * damped / constants.half <= options.tolerances.reduction
      || stepLength / constants.half <= options.tolerances.step * scaledNorm
  }
}
