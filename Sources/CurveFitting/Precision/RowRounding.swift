import LSQScalars
import LeastSquares

/// How large the rounding of each residual may be.
///
///     δᵢ = ε·((|yᵢ| + Σ_k |z̄_k·z_k|)/σᵢ + |rᵢ|)
///
/// with the sum of ``TapeRounding`` over all that the model computes with. A response that was itself computed, as
/// log(y), has a sum of its own in the place of |yᵢ|. For a model that cannot be recorded, and where the sum is not finite,
/// it is |fᵢ| + Σ_j |∂fᵢ/∂b_j·b_j|, which knows nothing of what cancels inside the model.
struct RowRounding<Scalar: LSQScalar> {
  /// δ.
  let sizes: [Scalar]
  /// κ = ‖δ‖/(ε·‖f/σ‖), at least 1: by how much more the model rounds than its values would, as its slopes may do as well.
  let amplification: Scalar

  init(
    of problem: ModelProblem<Scalar>, _ residuals: [Scalar], _ jacobian: Matrix<Scalar>,
    at x: [Scalar]
  ) {
    let tape = (try? problem.tape(at: x.span)) ?? nil
    let known = tape.map { TapeRounding(of: $0, problem.data, at: x).sizes }
    let unit = Scalar.ulpOfOne
    let sizes = (0..<problem.rowCount).map { i in
      let sigma = problem.sigma?[i] ?? 1
      let response = problem.responseSizes?[i] ?? problem.response[i].magnitude
      let own = residuals[i].magnitude
      if let size = known?[i], size.isFinite {
        return unit * ((response + size) / sigma + own)
      }
      let value = (problem.response[i] / sigma).magnitude + own
      let effects = x.indices.reduce(value) { $0 + (jacobian[i, $1] * x[$1]).magnitude }
      return unit * (response / sigma + own + effects)
    }
    let values = residuals.indices.map {
      residuals[$0] + problem.response[$0] / (problem.sigma?[$0] ?? 1)
    }
    let norm = EuclideanNorm<Scalar>()
    let (least, all) = (unit * norm(values.span), norm(sizes.span))
    self.sizes = sizes
    amplification = least > 0 && all > least ? all / least : 1
  }

  /// ‖δ‖.
  var norm: Scalar { EuclideanNorm<Scalar>()(sizes.span) }

  /// Σ (2·|rᵢ| + δᵢ)·δᵢ/‖r‖², in units of ‖r‖ so that squares stay in range; infinite where ‖r‖ is zero.
  func sumOfSquaresError(_ residuals: [Scalar], norm: Scalar) -> Scalar {
    guard norm > 0 else { return .infinity }
    return zip(residuals, sizes).reduce(0) { sum, row in
      let (residual, size) = (row.0.magnitude / norm, row.1 / norm)
      return sum + (residual + residual + size) * size
    }
  }
}

/// How far rounding may lead the parameters of a minimum astray.
///
///     Σᵢ |(H⁻¹Jᵀ)_ji|·δᵢ + ε·‖r‖·Σ_k |(H⁻¹)_jk|·‖J_k‖
///
/// The first term is what the rounding δ of the residuals does, to first order; the second what that of J does through
/// the residuals. H = JᵀJ + S is the exact Hessian, by H⁻¹ = T·M⁻¹·Tᵀ with J·T = Q and M = I + Tᵀ·S·T as in ``NewtonStep``;
/// where M is not positive definite JᵀJ stands in its place. Where a pivot of R is less than √ε beside its column,
/// H⁻¹ is taken from H itself if that tells it (``ScaledHessian``). If not, T is known to n·ε over that pivot, by as
/// much of which, eight times, all is enlarged. Either way ε·κ stands for ε in the second term then.
///
/// - Complexity: O(m·n²).
struct ParameterRounding<Scalar: LSQScalar> {
  /// A size per parameter.
  let sizes: [Scalar]

  /// nil where the Jacobian is singular.
  init?(
    _ residualNorm: Scalar, _ jacobian: Matrix<Scalar>, secondOrder: Matrix<Scalar>?,
    _ rounding: RowRounding<Scalar>
  ) {
    let factor = LeastSquaresFactor(jacobian)
    guard factor.hasFullRank else { return nil }
    let n = jacobian.columnCount
    let pivot = factor.leastPivot
    let isRegular = pivot > Scalar.ulpOfOne.squareRoot()
    // Where J is nearly singular H rests on S.
    let whole = isRegular ? nil : secondOrder.flatMap { Self.inverse(jacobian, $0) }
    let (t, u) = whole ?? Self.factorisedInverse(secondOrder, factor)
    let uncertainty = whole == nil ? Scalar(8 * n) * Scalar.ulpOfOne / pivot : 0
    let norms = factor.columnNorms
    // There the rounding of J counts most.
    let error = Scalar.ulpOfOne * residualNorm * (isRegular ? 1 : rounding.amplification)
    var found = [Scalar](repeating: 0, count: n)
    for j in 0..<n {
      for k in 0..<n {
        var entry: Scalar = 0
        for l in 0..<n { entry += u[j][l] * (t[k][l] * norms[k]) }
        found[j] += error * entry.magnitude
      }
    }
    Self.add(rounding, jacobian, t, u, to: &found)
    guard found.allSatisfy(\.isFinite) else { return nil }
    sizes = found.map { $0 + $0 * uncertainty }
  }

  private typealias Columns = [[Scalar]]

  /// T = I and U = H⁻¹; nil where H itself does not tell it.
  private static func inverse(
    _ jacobian: Matrix<Scalar>, _ secondOrder: Matrix<Scalar>
  ) -> (t: Columns, u: Columns)? {
    guard let hessian = ScaledHessian(jacobian, secondOrder: secondOrder) else { return nil }
    let unit = unitVectors(jacobian.columnCount)
    let inverse = unit.compactMap(hessian.solved)
    return inverse.count == unit.count ? (unit, inverse) : nil
  }

  /// T = R⁻¹ and U with H⁻¹ = U·Tᵀ.
  private static func factorisedInverse(
    _ secondOrder: Matrix<Scalar>?, _ factor: LeastSquaresFactor<Scalar>
  ) -> (t: Columns, u: Columns) {
    let columns = unitVectors(factor.columnNorms.count).map(factor.solve)
    let t = columns.indices.map { j in columns.indices.map { columns[$0][j] } }
    let m = secondOrder.map { NewtonStep.curvature($0, factor) }
    return (t, t.map { m?.solved($0) ?? $0 })
  }

  private static func unitVectors(_ n: Int) -> Columns {
    (0..<n).map { k in (0..<n).map { $0 == k ? 1 : 0 } }
  }

  private static func add(
    _ rounding: RowRounding<Scalar>, _ jacobian: Matrix<Scalar>, _ t: [[Scalar]], _ u: [[Scalar]],
    to sizes: inout [Scalar]
  ) {
    let (flatT, flatU) = (Array(t.joined()), Array(u.joined()))
    var target = sizes.mutableSpan
    addEffects(
      of: rounding.sizes.span, jacobian.elements.span, flatT.span, flatU.span, to: &target)
  }
}

/// z_j += Σᵢ |Σ_k u_jk·q_ik|·δᵢ with q = J·T.
@specialized(where Scalar == Double)
@specialized(where Scalar == Float)
#if (arch(i386) || arch(x86_64)) && !os(Windows) && !os(Android)
  @specialized(where Scalar == Float80)
#endif
private func addEffects<Scalar: LSQScalar>(
  of delta: Span<Scalar>, _ jacobian: Span<Scalar>, _ t: Span<Scalar>, _ u: Span<Scalar>,
  to z: inout MutableSpan<Scalar>
) {
  let n = z.count
  var room = [Scalar](repeating: 0, count: n)
  var q = room.mutableSpan
  for i in delta.indices {
    for k in 0..<n {
      var sum: Scalar = 0
      for j in 0..<n { sum += jacobian[i * n + j] * t[j * n + k] }
      q[k] = sum
    }
    for j in 0..<n {
      var sum: Scalar = 0
      for k in 0..<n { sum += u[j * n + k] * q[k] }
      z[j] += sum.magnitude * delta[i]
    }
  }
}
