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

  /// The n×n covariance matrix of the parameters, s²·C (SciPy: `pcov`); nil where a standard error is, or where
  /// the square of one leaves the range in which numbers have all their digits.
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

  /// s²·C; nil if a parameter is not determined, without a scale s, or where a variance is not a normal number.
  package func covariance(scale: Scalar?) -> Matrix<Scalar>? {
    guard let scale, undetermined.isEmpty else { return nil }
    return unitCovariance.covariance(units: columnNorms.map { scale / $0 })
  }
}

extension Matrix where Element: LSQScalar {
  /// The covariance of parameters from that in other units: the elements times those of their row and of their column. nil
  /// where a variance is not a normal number, and so has fewer digits than its root, unless the unit is zero.
  package func covariance(units: [Element]) -> Self? {
    var scaled = self
    for i in units.indices {
      // The larger one first, so that no product is smaller than the variances.
      for j in units.indices {
        scaled[i, j] *= max(units[i], units[j])
        scaled[i, j] *= min(units[i], units[j])
      }
    }
    return units.indices.allSatisfy { units[$0] == 0 || scaled[$0, $0].isNormal } ? scaled : nil
  }
}
