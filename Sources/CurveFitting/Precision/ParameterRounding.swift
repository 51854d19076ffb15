import LSQScalars
import LeastSquares

/// How far rounding, and steps that ended too early, may have left the parameters from those of a minimum.
///
///     Σᵢ |(H⁻¹Jᵀ)_ji|·δᵢ + ε·‖r‖·Σ_k |(H⁻¹)_jk|·‖J_k‖ + |Σᵢ (H⁻¹Jᵀ)_ji·rᵢ|
///
/// The first term is the effect of the rounding δ of the residuals, to first order; the second, that of the rounding of
/// J through the residuals; the third is the Newton step that was left to take. Gauss–Newton steps need not show it:
/// where they contract slowly, or hardly at all, the shortest one is much shorter than the distance.
///
/// H = JᵀJ + S is the exact Hessian, by H⁻¹ = T·M⁻¹·Tᵀ with J·T = Q and M = I + Tᵀ·S·T as in ``NewtonStep``; where M is
/// not positive definite, or beyond the range of the type, H⁻¹ is taken from H itself if that yields it
/// (``ScaledHessian``), and otherwise JᵀJ takes the place of H. Where a pivot of R is less than ⁴√ε relative to its
/// column, S may be nothing but the rounding of residuals there, and the larger of the sizes with it and without it
/// counts. Where it is less than √ε, H⁻¹ is taken from H itself if that yields it (``ScaledHessian``), unless steps would
/// still remove residuals, and ε·κ replaces ε in the second term. Wherever H⁻¹ is not taken from H itself, T is known only to
/// n·ε over that pivot, and everything is enlarged by eight times that share.
///
/// A parameter that went so near to zero that with the largest slope it has had, D_j, it leaves no trace beside δ, may
/// be 16 times as far from its minimum as it is from zero: there J_j vanishes with it, and so do rounding and steps.
///
/// - Complexity: O(m·n²).
struct ParameterRounding<Scalar: LSQScalar> {
  /// A size per parameter; zero for one that is held.
  private(set) var sizes: [Scalar]
  /// The lengths of the Newton step that was left, a part of the sizes.
  private(set) var steps: [Scalar]
  /// Whether the Newton step that was left is no longer than rounding makes it, to a digit or so. Where it is longer,
  /// steps did not end in rounding: they contract hardly at all, or lead on, as along a valley without end.
  let isStepRounding: Bool
  /// Whether H is positive definite along these parameters, so that they lead to a minimum.
  let isDefinite: Bool
  /// The parameters that take part in directions along which H is not positive definite, or no more than rounding makes
  /// it, though J has a clear effect there: the point may be a saddle, or a minimum of higher order. The sizes, from JᵀJ
  /// alone, say nothing of how far away a minimum is.
  private(set) var uncurved: [Int]
  /// pᵀJᵀr/‖r‖² with the Newton step p that was left: by how much the sum of squares exceeds that at the minimum,
  /// relative to it.
  let excess: Scalar

  /// - Parameters:
  ///   - x: the point.
  ///   - units: D.
  ///   - rows: r and J, or for many rows those that stand for them.
  ///   - effects: of all rows, with δ.
  ///   - free: the parameters along which this is estimated, ascending; the others are held.
  /// - Returns: nil where the Jacobian is singular.
  /// - Throws: what the model throws where its rows are evaluated once more.
  init?(
    of x: [Scalar], units: [Scalar], _ rows: LinearModel<Scalar>, secondOrder: Matrix<Scalar>?,
    _ rounding: RowRounding<Scalar>, _ effects: RowEffects<Scalar>, along free: [Int]
  ) throws {
    let found = try Self(
      of: free.map { x[$0] }, units: free.map { units[$0] }, rows.restricted(to: free),
      secondOrder: secondOrder?.restricted(toBoth: free), rounding
    ) { try effects.sums($0, $1, along: free) }
    guard var found else { return nil }
    func all(_ values: [Scalar]) -> [Scalar] {
      var all = [Scalar](repeating: 0, count: x.count)
      for (j, value) in zip(free, values) { all[j] = value }
      return all
    }
    (found.sizes, found.steps) = (all(found.sizes), all(found.steps))
    found.uncurved = found.uncurved.map { free[$0] }
    self = found
  }

  /// The same along all parameters.
  private init?(
    of x: [Scalar], units: [Scalar], _ rows: LinearModel<Scalar>, secondOrder: Matrix<Scalar>?,
    _ rounding: RowRounding<Scalar>,
    sums: (_ t: Columns, _ u: Columns) throws -> (magnitudes: [Scalar], values: [Scalar])
  ) throws {
    let (residuals, jacobian) = (rows.residuals, rows.jacobian)
    let factor = LeastSquaresFactor(jacobian)
    guard factor.hasFullRank else { return nil }
    let n = jacobian.columnCount
    let pivot = factor.leastPivot
    let root = Scalar.ulpOfOne.squareRoot()
    let isRegular = pivot > root
    let curvatureMatrix = secondOrder.map { NewtonStep.curvatureMatrix($0, factor) }
    let curvature = curvatureMatrix.map(SymmetricMatrix.init)
    let isFactorised = isRegular && curvature?.lower != nil
    // Where J is nearly singular H rests on S, unless residuals that steps would remove still make S.
    let removable = isRegular ? 0 : factor.explainedNorm(of: residuals, pivotsAbove: root)
    let isAtRest = removable <= Scalar(1024) * rounding.norm
    let whole =
      isFactorised || !isAtRest ? nil : secondOrder.flatMap { Self.inverse(jacobian, $0) }
    let uncertainty = whole == nil ? Scalar(8 * n) * Scalar.ulpOfOne / pivot : 0
    // There the rounding of J counts most.
    let error = Scalar.ulpOfOne * (isRegular ? 1 : rounding.amplification)
    var sizes = [Scalar](repeating: 0, count: n)
    var steps = sizes
    var isStepRounding = true
    var excess: Scalar = 0
    let norm = EuclideanNorm<Scalar>()(residuals.span)
    let slopes = Self.slopes(jacobian, residuals.map { norm > 0 ? $0 / norm : 0 })
    let mayBeRounding = pivot * pivot < root
    for (t, u) in whole.map({ [$0] })
      ?? Self.factorisedInverses(curvature, factor, alsoWithoutCurvature: mayBeRounding)
    {
      var found = Self.effects(of: error, residuals, factor.columnNorms, t, u)
      let (magnitudes, step) = try sums(t, u)
      for j in 0..<n { found[j] += magnitudes[j] }
      guard found.span.areFinite, step.span.areFinite else { return nil }
      let gain = zip(step, slopes).reduce(0 as Scalar) { $0 + $1.0 * $1.1 }
      excess = norm > 0 ? max(excess, gain.magnitude / norm) : 0
      for j in 0..<n {
        let bound = found[j] + found[j] * uncertainty
        let length = step[j].magnitude
        steps[j] = max(steps[j], length)
        sizes[j] = max(sizes[j], bound + length)
        if units[j] * max(x[j].magnitude, length) <= rounding.norm {
          sizes[j] = max(sizes[j], Scalar(16) * max(x[j].magnitude, length))
        } else {
          isStepRounding = isStepRounding && length <= Scalar(16) * bound
        }
      }
    }
    (self.sizes, self.steps) = (sizes, steps)
    self.isStepRounding = isStepRounding
    isDefinite = isFactorised || whole != nil
    // Where S may be rounding it says nothing.
    let isCurvatureKnown = whole == nil && !mayBeRounding && norm > Scalar(1024) * rounding.norm
    let limit = Scalar(16 * n) * Scalar.ulpOfOne / (pivot * pivot)
    uncurved =
      isCurvatureKnown
      ? curvatureMatrix.map { Self.uncurved($0, factor, below: limit) } ?? [] : []
    self.excess = excess
  }

  /// The parameters that take part in directions along which M is no larger than a limit.
  private static func uncurved(
    _ matrix: Matrix<Scalar>, _ factor: LeastSquaresFactor<Scalar>, below limit: Scalar
  ) -> [Int] {
    if matrix.isDefinite(plus: -limit) { return [] }
    let pairs = Eigenpairs(matrix)
    let negligible = Scalar.ulpOfOne.squareRoot()
    let parts = pairs.values.indices.filter { pairs.values[$0] <= limit }.map { k in
      let direction = factor.solve(pairs.vector(k))
      let effects = direction.indices.map { direction[$0].magnitude * factor.columnNorms[$0] }
      let least = negligible * (effects.max() ?? 0)
      return effects.indices.filter { effects[$0] > least }
    }
    return Set(parts.joined()).sorted()
  }

  /// Whether the sizes are so small relative to the parameters, at most ⁴√ε of them, that a minimum is as near as H
  /// says. On the way to one at infinity a Newton step is as long as it takes an exponential to die away, or longer.
  func holdMinimum(near x: [Scalar]) -> Bool {
    let share = Scalar.ulpOfOne.squareRoot().squareRoot()
    return isDefinite && x.indices.allSatisfy { sizes[$0] <= share * x[$0].magnitude }
  }

  /// Jᵀu.
  private static func slopes(_ jacobian: Matrix<Scalar>, _ u: [Scalar]) -> [Scalar] {
    (0..<jacobian.columnCount).map {
      Scalar.dotProduct(jacobian.elements.span, jacobian.column($0), u.span, Lane(count: u.count))
    }
  }

  private typealias Columns = [[Scalar]]

  /// T = I and U = H⁻¹; nil where H itself does not yield it.
  private static func inverse(
    _ jacobian: Matrix<Scalar>, _ secondOrder: Matrix<Scalar>
  ) -> (t: Columns, u: Columns)? {
    guard let hessian = ScaledHessian(jacobian, secondOrder: secondOrder) else { return nil }
    let unit = unitVectors(jacobian.columnCount)
    let inverse = unit.compactMap(hessian.solved)
    return inverse.count == unit.count ? (unit, inverse) : nil
  }

  /// T = R⁻¹ and U with H⁻¹ = U·Tᵀ, and, if that is asked for, (JᵀJ)⁻¹ = T·Tᵀ as well.
  private static func factorisedInverses(
    _ curvature: SymmetricMatrix<Scalar>?, _ factor: LeastSquaresFactor<Scalar>,
    alsoWithoutCurvature: Bool
  ) -> [(t: Columns, u: Columns)] {
    let columns = unitVectors(factor.columnNorms.count).map(factor.solve)
    let t = columns.indices.map { j in columns.indices.map { columns[$0][j] } }
    return [(t, t.map { curvature?.solved($0) ?? $0 })] + (alsoWithoutCurvature ? [(t, t)] : [])
  }

  private static func unitVectors(_ n: Int) -> Columns {
    (0..<n).map { k in (0..<n).map { $0 == k ? 1 : 0 } }
  }

  /// The effect of a relative rounding of J through the residuals.
  private static func effects(
    of error: Scalar, _ residuals: [Scalar], _ norms: [Scalar], _ t: Columns, _ u: Columns
  ) -> [Scalar] {
    let size = error * EuclideanNorm<Scalar>()(residuals.span)
    return norms.indices.map { j in
      norms.indices.reduce(0) { sum, k in
        var entry: Scalar = 0
        for l in norms.indices { entry += u[j][l] * (t[k][l] * norms[k]) }
        return sum + size * entry.magnitude
      }
    }
  }
}
