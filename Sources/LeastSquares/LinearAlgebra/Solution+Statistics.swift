import LSQScalars

/// What a solution says about the parameters if the residuals are the only measure of their scatter, as in SciPy's
/// `curve_fit` without σ. This holds for problems by rows too.
extension Solution {
  /// m − n.
  public var degreesOfFreedom: Int { residualCount - parameters.count }

  /// s = ‖f‖/√(m − n); nil where m = n (D-007).
  public var residualStandardDeviation: Scalar? {
    degreesOfFreedom > 0 ? residualNorm / .sqrt(Scalar(degreesOfFreedom)) : nil
  }

  /// The standard errors of the n parameters, s·√C_jj with C = (JᵀJ)⁻¹ of the last Jacobian; nil for a parameter that
  /// it does not determine, where m = n, and where that Jacobian was not completed. They are meaningful only if the
  /// solve ended at a minimum.
  ///
  /// - Complexity: O(n³).
  public var standardErrors: [Scalar?] {
    guard isLinearized else { return parameters.map { _ in nil } }
    return determinacy.standardErrors(scale: residualStandardDeviation)
  }

  /// The n×n covariance matrix of the parameters, s²·C (SciPy: `pcov`); nil where a standard error is.
  ///
  /// - Complexity: O(n³).
  public var parameterCovariance: Matrix<Scalar>? {
    isLinearized ? determinacy.covariance(scale: residualStandardDeviation) : nil
  }
}

extension Determinacy {
  /// s·√C_jj for each parameter; nil for one that is not determined, and without a scale s.
  package func standardErrors(scale: Scalar?) -> [Scalar?] {
    let isOpen = Set(undetermined)
    return deviations.indices.map { j in
      isOpen.contains(j) ? nil : scale.map { deviations[j] * $0 }
    }
  }

  /// s²·C, without squares beyond the range of the type; nil if a parameter is not determined, or without a scale s.
  package func covariance(scale: Scalar?) -> Matrix<Scalar>? {
    guard let scale, undetermined.isEmpty else { return nil }
    var scaled = unitCovariance
    for i in columnNorms.indices {
      for j in columnNorms.indices {
        scaled[i, j] *= (scale / columnNorms[i]) * (scale / columnNorms[j])
      }
    }
    return scaled
  }
}
