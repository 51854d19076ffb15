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
    let (t, u, uncertainty) = Self.inverseHessian(jacobian, secondOrder, factor)
    let norms = factor.columnNorms
    // Where J is nearly singular H rests on S, and its rounding counts most.
    let isRegular = factor.leastPivot > Scalar.ulpOfOne.squareRoot()
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

  /// T and U with H⁻¹ = U·Tᵀ, and their relative error.
  private static func inverseHessian(
    _ jacobian: Matrix<Scalar>, _ secondOrder: Matrix<Scalar>?, _ factor: LeastSquaresFactor<Scalar>
  ) -> (t: [[Scalar]], u: [[Scalar]], uncertainty: Scalar) {
    let n = jacobian.columnCount
    let unit = (0..<n).map { k in (0..<n).map { $0 == k ? 1 as Scalar : 0 } }
    let pivot = factor.leastPivot
    if let secondOrder, pivot <= Scalar.ulpOfOne.squareRoot(),
      let hessian = ScaledHessian(jacobian, secondOrder: secondOrder)
    {
      let inverse = unit.compactMap(hessian.solved)
      if inverse.count == n { return (unit, inverse, 0) }
    }
    let columns = unit.map(factor.solve)
    let t = (0..<n).map { j in (0..<n).map { columns[$0][j] } }
    let m = secondOrder.map { NewtonStep.curvature($0, factor) }
    return (t, t.map { m?.solved($0) ?? $0 }, Scalar(8 * n) * Scalar.ulpOfOne / pivot)
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

extension LeastSquaresFactor {
  /// The least pivot of R beside its column of J.
  fileprivate var leastPivot: Scalar {
    let (triangle, norms) = (triangle, columnNorms)
    return permutation.indices.map {
      triangle[$0, $0].magnitude / norms[permutation[$0]]
    }.min() ?? 1
  }
}
