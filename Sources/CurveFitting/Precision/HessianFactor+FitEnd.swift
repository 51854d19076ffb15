import LSQScalars
import LeastSquares

// The Hessian at the end of the fit with which a climb begins.

extension HessianFactor {
  /// nil where nothing can be climbed from the end: the data leave parameters undetermined, and the type does not show
  /// that S makes the Hessian definite.
  init?<Scalar: LSQScalar>(_ sweep: CurvatureSweep<Scalar>, atEndOf fit: Fit<Scalar>) {
    let digits = Double(Scalar.precisionBits) / PrecisionClimb.bitsPerDigit
    if fit.mayBeSingular(sweep), let whole = Self(sweep, restingOnCurvature: true),
      whole.isDefinite(toDigits: digits)
    {
      self = whole
    } else {
      guard fit.undetermined.isEmpty, let factor = Self(sweep) else { return nil }
      self = factor
    }
  }

  /// The bits that the gradient loses, since conditioning enters it squared, and the residuals, where the
  /// largest terms of the model cancel in them.
  func guardBits<Scalar: LSQScalar>(_ conditionDigits: Double, at fit: Fit<Scalar>) -> Int {
    let bitsPerDigit = PrecisionClimb.bitsPerDigit
    let effects = zip(normExponents, fit.parameters).compactMap { norm, x in
      x.isZero ? nil : Double(norm + Int(x.exponent))
    }
    var excess = -conditionDigits * bitsPerDigit
    if let largest = effects.max(), !fit.residualNorm.isZero {
      excess = max(excess, Double(Int(fit.residualNorm.exponent)) - largest)
    }
    let lost = (2 * conditionDigits + 1) * bitsPerDigit + excess
    let rows = Double.log2(Double(fit.solution.residuals.count)) / 2
    let most = max(40 * bitsPerDigit, Double(Scalar.precisionBits) / 2)
    return Int(min(lost, most) + rows) + 8
  }
}

extension Fit {
  /// Whether the Jacobian may be singular at the exact solution: a column is within √ε of `Double` of the span of the others,
  /// or, beside the root of S_jj, of zero.
  func mayBeSingular(_ sweep: CurvatureSweep<Scalar>) -> Bool {
    guard let determinacy, undetermined.isEmpty else { return true }
    let limit = Scalar(sign: .plus, exponent: 26, significand: 1)
    return determinacy.deviations.indices.contains { j in
      let norm = determinacy.columnNorms[j]
      return !(determinacy.deviations[j] * norm < limit)
        || norm * limit * norm * limit < sweep.secondOrder[j, j]
    }
  }
}
