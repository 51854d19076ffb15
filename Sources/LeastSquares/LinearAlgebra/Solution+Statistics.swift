import LSQScalars

/// What a solution says of the parameters where the residuals are the only measure of their scatter, as in SciPy's
/// `curve_fit` without σ. Also for problems by rows.
extension Solution {
  /// m − n.
  public var degreesOfFreedom: Int { residualCount - parameters.count }

  /// s = ‖f‖/√(m − n); nil where m = n.
  public var residualStandardDeviation: Scalar? {
    degreesOfFreedom > 0 ? residualNorm / .sqrt(Scalar(degreesOfFreedom)) : nil
  }

  /// Whether a Jacobian was ever completed.
  package var isLinearized: Bool { scaling.contains { $0 != 0 } }

  /// The standard errors of the n parameters, s·√C_jj with C = (JᵀJ)⁻¹ of the last Jacobian; nil for a parameter that it does
  /// not determine, and where m = n. They mean something where the solve ended at a minimum.
  ///
  /// - Complexity: O(n³).
  public var standardErrors: [Scalar?] {
    guard let s = residualStandardDeviation, isLinearized else {
      return parameters.map { _ in nil }
    }
    let determinacy = determinacy
    let isOpen = Set(determinacy.undetermined)
    return parameters.indices.map { isOpen.contains($0) ? nil : s * determinacy.deviations[$0] }
  }

  /// The n×n covariance matrix of the parameters, s²·C (SciPy: `pcov`); nil where a standard error is.
  ///
  /// - Complexity: O(n³).
  public var parameterCovariance: Matrix<Scalar>? {
    guard let s = residualStandardDeviation, isLinearized else { return nil }
    let determinacy = determinacy
    guard determinacy.undetermined.isEmpty else { return nil }
    var covariance = determinacy.covariance
    for i in parameters.indices {
      for j in parameters.indices { covariance[i, j] *= s * s }
    }
    return covariance
  }
}
