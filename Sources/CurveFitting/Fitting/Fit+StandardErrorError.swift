import LSQScalars
import LeastSquares

extension Fit {
  /// Tells how much rounding may have changed the standard errors, once the numerical errors are known.
  ///
  /// - Parameter look: at the end of the fit, with exact derivatives.
  /// - Throws: `CancellationError` of the model's.
  /// - Complexity: n evaluations of the Jacobian at most, mostly one or two, and O(m·n²) for each.
  mutating func measureStandardErrors(
    in problem: ModelProblem<Scalar>, _ look: EndLook<Scalar>
  ) throws {
    guard let scale = problem.hasKnownScatter ? 0 : sumOfSquaresError.map({ $0 / 2 }),
      let determinacy, let rounding = look.rounding, let jacobian = look.jacobian,
      standardErrors.contains(where: { $0 != nil })
    else { return }
    let fixed = scale + determinacy.deviationError(roundingOf: rounding.amplification)
    standardErrorError = try fixed + changeOfDeviations(in: problem, jacobian)
  }

  /// How much the √C_jj of C = (JᵀJ)⁻¹ change where the parameters are off by their numerical errors e, relative to them.
  ///
  /// J is taken anew where it is moved to. Its second derivatives would not do: where J vanishes close by, it need not be
  /// anything like linear as far as the errors reach.
  private func changeOfDeviations(
    in problem: ModelProblem<Scalar>, _ jacobian: Matrix<Scalar>
  ) throws -> Scalar {
    let open = Set(undetermined)
    let errors = parameters.indices.map { open.contains($0) ? 0 : numericalErrors[$0] ?? 0 }
    guard errors.span.areFinite else { return .infinity }
    let deviations = Determinacy(jacobian: jacobian).deviations
    var largest: Scalar = 0
    for displacement in Self.displacements(along: jacobian, as: errors) {
      let moved = zip(parameters, displacement).map { $0 + $1 }
      guard let other = try problem.finiteJacobian(at: moved).map({ Determinacy(jacobian: $0) })
      else { return .infinity }
      for j in 0..<parameters.count where !open.contains(j) {
        guard !other.undetermined.contains(j) else { return .infinity }
        let ratio = other.deviations[j] / deviations[j]
        largest = max(largest, max(ratio, 1 / ratio) - 1)
      }
    }
    return largest
  }

  /// Displacements of the parameters, of which each has been moved by its error e at least once.
  ///
  /// Rounding moves parameters as any change of the residuals does, together along what J hardly determines. With J = Q·R
  ///
  ///     Δ_j = e_j·Σ_l s_l·(R⁻¹)_jl/√C_jj,   s_l = ±1,
  ///
  /// has the size of e_j in the mean over all signs, and at least that where the signs are those of row j. Where J is singular
  /// they are moved by e.
  private static func displacements(
    along jacobian: Matrix<Scalar>, as errors: [Scalar]
  ) -> [[Scalar]] {
    let n = errors.count
    let factor = LeastSquaresFactor(jacobian)
    guard factor.hasFullRank else { return [errors] }
    let columns = (0..<n).map { l in factor.solve((0..<n).map { $0 == l ? 1 : 0 }) }
    let norm = EuclideanNorm<Scalar>()
    let rows = (0..<n).map { j in
      let row = columns.map { $0[j] }
      let length = norm(row.span)
      return row.map { $0 / length }
    }
    var found: [[Scalar]] = []
    for k in 0..<n where !found.contains(where: { $0[k].magnitude >= errors[k] }) {
      found.append(
        (0..<n).map { j in
          errors[j] * zip(rows[j], rows[k]).reduce(0) { $0 + ($1.1 < 0 ? -$1.0 : $1.0) }
        })
    }
    return found
  }
}
