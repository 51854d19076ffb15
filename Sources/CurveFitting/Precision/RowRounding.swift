import LSQScalars
import LeastSquares

/// How large the rounding of each residual may be.
///
///     δᵢ = ε·((|yᵢ| + Σ_k |z̄_k·z_k|)/σᵢ + |rᵢ|) + μ/σᵢ
///
/// with the sum of ``TapeRounding`` over everything that the model computes with, and μ four times the least positive
/// number of the type, for underflow. A response that was itself computed, such as log(y), has a sum of its own in
/// place of |yᵢ|. For a model that cannot be recorded, and where that sum is not finite, it is
/// |fᵢ| + Σ_j |∂fᵢ/∂b_j·b_j|, which knows nothing of what cancels inside the model.
struct RowRounding<Scalar: LSQScalar> {
  /// δ.
  let sizes: [Scalar]
  /// Whether in some row a value may be nothing but rounding, which only samples bound (``TapeRounding``).
  let isBlurred: Bool
  /// κ = ‖δ‖/(ε·‖f/σ‖), at least 1: by how much more the model rounds than its values would, as its slopes may do as well.
  let amplification: Scalar

  /// - Parameter jacobian: nil where rows of it are to be evaluated if they are needed.
  /// - Throws: what the model throws then.
  init(
    of problem: ModelProblem<Scalar>, _ residuals: [Scalar], _ jacobian: Matrix<Scalar>?,
    at x: [Scalar]
  ) throws {
    let tape = (try? problem.tape(at: x.span)) ?? nil
    let rounding = tape.map {
      TapeRounding(
        of: $0, problem.data, at: x, areWholesExact: !problem.hasRoundedWholes, by: problem.crew)
    }
    isBlurred = rounding?.isBlurred ?? false
    let known = rounding?.sizes
    let areKnown = known?.span.areFinite == true
    let effects =
      areKnown ? [] : try jacobian.map { Self.effects($0.elements, x) } ?? problem.effects(at: x)
    let (unit, least) = (Scalar.ulpOfOne, 4 * Scalar.leastNonzeroMagnitude)
    let sizes = (0..<problem.rowCount).map { i in
      let sigma = problem.sigma?[i] ?? 1
      let response = problem.responseSizes?[i] ?? problem.response[i].magnitude
      let own = residuals[i].magnitude
      if let size = known?[i], size.isFinite {
        return unit * ((response + size) / sigma + own) + least / sigma
      }
      let value = (problem.response[i] / sigma).magnitude + own
      return unit * (response / sigma + own + value + effects[i]) + least / sigma
    }
    let values = residuals.indices.map {
      residuals[$0] + problem.response[$0] / (problem.sigma?[$0] ?? 1)
    }
    let norm = EuclideanNorm<Scalar>()
    let (minimum, all) = (unit * norm(values.span), norm(sizes.span))
    self.sizes = sizes
    amplification = minimum > 0 && all > minimum ? all / minimum : 1
  }

  /// ‖δ‖.
  var norm: Scalar { EuclideanNorm<Scalar>()(sizes.span) }

  /// Σ (2·|rᵢ| + δᵢ)·δᵢ/‖r‖², in units of ‖r‖ so that squares stay in range, and the rounding of the sum; infinite where
  /// ‖r‖ is zero.
  func sumOfSquaresError(_ residuals: [Scalar], norm: Scalar) -> Scalar {
    guard norm > 0 else { return .infinity }
    return zip(residuals, sizes).reduce(4 * Scalar.ulpOfOne) { sum, row in
      let (residual, size) = (row.0.magnitude / norm, row.1 / norm)
      return sum + (residual + residual + size) * size
    }
  }

  /// Σ_j |∂fᵢ/∂b_j·b_j| for rows of J.
  fileprivate static func effects(_ jacobian: [Scalar], _ b: [Scalar]) -> [Scalar] {
    let n = b.count
    return stride(from: 0, to: jacobian.count, by: n).map { start in
      b.indices.reduce(0) { $0 + (jacobian[start + $1] * b[$1]).magnitude }
    }
  }
}

extension ModelProblem {
  /// Σ_j |∂fᵢ/∂b_j·b_j| for all rows, block by block.
  fileprivate func effects(at b: [Scalar]) throws -> [Scalar] {
    try rowwise().mapBlocks(at: b, by: crew) { _, jacobian in
      RowRounding.effects(jacobian, b)
    }.flatMap { $0 }
  }
}
