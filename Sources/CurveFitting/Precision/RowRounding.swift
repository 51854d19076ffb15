import LSQScalars
import LeastSquares

/// How large the rounding of each residual may be.
///
///     δᵢ = ε·((|yᵢ| + Σ_k |z̄_k·z_k|)/σᵢ + |rᵢ|) + μ/σᵢ
///
/// with the sum of ``TapeRounding`` over everything that the model computes with, and μ four times the least positive
/// number of the type, for underflow. A response that was itself computed, such as log(y), has a sum of its own in
/// place of |yᵢ|. For a model that looks at its numbers the sum is over the steps that the row takes (``PathRounding``).
/// Where it is not known or not finite, it is |fᵢ| + Σ_j |∂fᵢ/∂b_j·b_j|, which knows nothing of what cancels inside the
/// model, and the largest sum of another row.
struct RowRounding<Scalar: LSQScalar> {
  /// δ.
  let sizes: [Scalar]
  /// Whether in some row a value may be nothing but rounding, which only samples bound (``TapeRounding``).
  let isBlurred: Bool
  /// The range of the exponents of what the model computes with (``TapeRounding``); nil where that is not known.
  let exponents: ClosedRange<Int>?
  /// κ = ‖δ‖/(ε·‖f/σ‖), at least 1: by how much more the model rounds than its values would, as its slopes may do as well.
  let amplification: Scalar

  /// - Parameter jacobian: nil where rows of it are to be evaluated if they are needed.
  /// - Throws: what the model throws.
  init(
    of problem: ModelProblem<Scalar>, _ residuals: [Scalar], _ jacobian: Matrix<Scalar>?,
    at x: [Scalar]
  ) throws {
    let (known, exponents, isBlurred) = try Self.sums(of: problem, at: x)
    let (unit, least) = (Scalar.ulpOfOne, 4 * Scalar.leastNonzeroMagnitude)
    let sigma = problem.data.deviation
    let weighted = known.indices.map { known[$0] / sigma($0) }
    let areKnown = weighted.span.areFinite
    let effects =
      areKnown ? [] : try jacobian.map { Self.effects($0.elements, x) } ?? problem.effects(at: x)
    let largest = areKnown ? 0 : weighted.reduce(0) { $1.isFinite ? max($0, $1) : $0 }
    let sizes = weighted.indices.map { i in
      let response = problem.responseSize(i)
      let own = residuals[i].magnitude
      let size =
        weighted[i].isFinite
        ? weighted[i]
        : largest + (problem.response[i] / sigma(i)).magnitude + own + effects[i]
      return unit * (response + size + own) + least / sigma(i)
    }
    let values = residuals.indices.map {
      residuals[$0] + problem.response[$0] / sigma($0)
    }
    let norm = EuclideanNorm<Scalar>()
    let (minimum, all) = (unit * norm(values.span), norm(sizes.span))
    (self.sizes, self.exponents, self.isBlurred) = (sizes, exponents, isBlurred)
    amplification = minimum > 0 && all > minimum ? all / minimum : 1
  }

  /// What each row of the model is computed with, in units of ε, the range of that, and whether a value may be nothing but
  /// rounding.
  private static func sums(
    of problem: ModelProblem<Scalar>, at x: [Scalar]
  ) throws -> (sizes: [Scalar], exponents: ClosedRange<Int>?, isBlurred: Bool) {
    if let tape = (try? problem.tape(at: x.span)) ?? nil {
      let rounding = TapeRounding(
        of: tape, problem.data, at: x, areWholesExact: !problem.hasRoundedWholes, by: problem.crew)
      return (rounding.sizes, rounding.exponents, rounding.isBlurred)
    }
    let rounding = try PathRounding(of: problem, at: x)
    return (rounding.sizes, rounding.exponents, rounding.isBlurred)
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
  /// |yᵢ|/σᵢ, or the sum of what a response was computed from in place of |yᵢ|.
  func responseSize(_ i: Int) -> Scalar {
    (responseSizes?[i] ?? response[i].magnitude) / data.deviation(i)
  }

  /// Σ_j |∂fᵢ/∂b_j·b_j| for all rows, block by block.
  fileprivate func effects(at b: [Scalar]) throws -> [Scalar] {
    try rowwise().mapBlocks(at: b, by: crew) { _, jacobian in
      RowRounding.effects(jacobian, b)
    }.flatMap { $0 }
  }
}
