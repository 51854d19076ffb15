import LSQScalars
import LeastSquares

extension Fit {
  /// Estimates how much rounding may have changed the standard errors, once the numerical errors are known.
  ///
  /// Where they change by more than a half within the numerical error, that is no linear matter: at a minimum of higher
  /// order the column of J vanishes, and the minimum may be several times as far away. Those errors are enlarged by 16.
  ///
  /// - Parameter look: at the end of the fit, with exact derivatives.
  /// - Throws: `CancellationError` of the model's.
  /// - Complexity: n evaluations of the Jacobian at most, mostly one or two, and O(m·n²) for each; none where a numerical
  ///   error is not finite.
  mutating func measureStandardErrors(
    in problem: ModelProblem<Scalar>, _ look: EndLook<Scalar>
  ) throws {
    guard isConverged, let determinacy, let rounding = look.rounding else { return }
    let changes = try changes(of: determinacy, in: problem)
    for (j, change) in changes.enumerated() where change.isFinite && 2 * change > 1 {
      numericalErrors[j] = numericalErrors[j].map { Scalar(16) * $0 }
    }
    guard let excess = sumOfSquaresError, standardErrors.contains(where: { $0 != nil }) else {
      return
    }
    standardErrorError =
      (problem.hasKnownScatter ? 0 : excess / 2)
      + determinacy.deviationError(roundingOf: rounding.amplification) + (changes.max() ?? 0)
  }

  /// How much the √C_jj of C = (JᵀJ)⁻¹ change where the parameters are off by their numerical errors e, relative to them.
  ///
  /// J is evaluated anew at the displaced parameters. Its derivatives would not do: where J vanishes nearby, it may be
  /// far from linear within the errors.
  private func changes(
    of determinacy: Determinacy<Scalar>, in problem: ModelProblem<Scalar>
  ) throws -> [Scalar] {
    let unknown = parameters.map { _ in Scalar.infinity }
    let determined = parameters.indices.filter { !determinacy.undetermined.contains($0) }
    var errors = [Scalar](repeating: 0, count: parameters.count)
    for j in determined { errors[j] = numericalErrors[j] ?? 0 }
    guard errors.span.areFinite else { return unknown }
    var changes = [Scalar](repeating: 0, count: parameters.count)
    for displacement in Self.displacements(as: errors, determinacy.unitCovariance) {
      let moved = zip(parameters, displacement).map { $0 + $1 }
      guard let other = try problem.determinacy(at: moved) else { return unknown }
      for j in determined {
        guard !other.undetermined.contains(j) else { return unknown }
        let ratio = other.deviations[j] / determinacy.deviations[j]
        changes[j] = max(changes[j], max(ratio, 1 / ratio) - 1)
      }
    }
    return changes
  }

  /// Displacements of the parameters that move each of them by its error e at least once.
  ///
  /// Rounding moves parameters as any change of the residuals does: together, along what J hardly determines. With
  /// C = L·Lᵀ
  ///
  ///     Δ_j = e_j·Σ_l s_l·L_jl/√C_jj,   s_l = ±1,
  ///
  /// has the size of e_j in the mean over all signs, and at least that where the signs are those of row j. Where C is
  /// singular they are moved by e.
  ///
  /// - Parameter covariance: C, in any units.
  private static func displacements(
    as errors: [Scalar], _ covariance: Matrix<Scalar>
  ) -> [[Scalar]] {
    guard let root = SymmetricMatrix(covariance).lower else { return [errors] }
    let n = errors.count
    let norm = EuclideanNorm<Scalar>()
    let rows = (0..<n).map { j in
      let row = (0...j).map { root[j, $0] }
      let length = norm(row.span)
      return row.map { $0 / length }
    }
    var found: [[Scalar]] = []
    for k in 0..<n where !found.contains(where: { $0[k].magnitude >= errors[k] }) {
      found.append(
        (0..<n).map { j in
          errors[j]
            * rows[j].indices.reduce(0) { sum, l in
              l <= k && rows[k][l] < 0 ? sum - rows[j][l] : sum + rows[j][l]
            }
        })
    }
    return found
  }
}
