import LSQScalars
import LeastSquares

/// The Hessian of ½‖r‖² at a point as FᵀF with F upper triangular, made in one type and used in any.
///
///     JᵀJ + S = Rᵀ·(I + R⁻ᵀ·S·R⁻¹)·R = Rᵀ·L·Lᵀ·R,   F = Lᵀ·R
///
/// J is factorised itself, so that the condition of the problem enters F once and not squared.
struct HessianFactor {
  /// Column j of F belongs to parameter `permutation[j]`.
  private let permutation: [Int]
  /// The rows of F from the diagonal on, as text.
  private let elements: [String]
  /// The norms of the Jacobian's columns, as text.
  private let norms: [String]
  /// log₁₀ of the condition of F when its columns are scaled to unit length.
  let conditionDigits: Double

  /// nil where the Jacobian is singular or the Hessian is not positive definite.
  init?<Scalar: LSQScalar>(
    _ jacobian: LeastSquaresFactor<Scalar>, secondOrder s: Matrix<Scalar>
  ) {
    guard jacobian.hasFullRank,
      let lower = NewtonStep.curvature(s, jacobian).lower
    else { return nil }
    let n = s.rowCount
    let r = jacobian.triangle
    var f = Matrix<Scalar>(rowCount: n, columnCount: n, repeating: 0)
    for i in 0..<n {
      for j in i..<n {
        for k in i...j { f[i, j] += lower[k, i] * r[k, j] }
      }
    }
    permutation = jacobian.permutation
    elements = (0..<n).flatMap { i in (i..<n).map { f[i, $0].transferText } }
    norms = jacobian.columnNorms.map { $0.transferText }
    guard f.elements.allSatisfy(\.isFinite) else { return nil }
    // ‖D·F⁻¹‖·√n with D the norms of F's columns.
    var sum: Scalar = 0
    for k in 0..<n {
      let column = Self.solve(f, (0..<n).map { $0 == k ? 1 : 0 })
      for j in 0..<n {
        let norm = (0...j).reduce(0 as Scalar) { $0 + f[$1, j] * f[$1, j] }
        sum += norm * column[j] * column[j]
      }
    }
    conditionDigits = max(0, -Scalar.leadingZeros((sum * Scalar(n)).squareRoot()))
    guard conditionDigits.isFinite else { return nil }
  }

  /// (FᵀF)⁻¹·g, by parameters; nil where the scalar type does not hold F.
  func solved<Scalar: LSQScalar>(_ g: [Scalar]) -> [Scalar]? {
    let n = permutation.count
    var f = Matrix<Scalar>(rowCount: n, columnCount: n, repeating: 0)
    var next = elements.makeIterator()
    for i in 0..<n {
      for j in i..<n {
        guard let value = next.next().flatMap(Scalar.init), value.isFinite else { return nil }
        f[i, j] = value
      }
    }
    var y = permutation.map { g[$0] }
    for i in 0..<n {
      for k in 0..<i { y[i] -= f[k, i] * y[k] }
      y[i] /= f[i, i]
    }
    let z = Self.solve(f, y)
    var p = z
    for j in 0..<n { p[permutation[j]] = z[j] }
    return p.allSatisfy(\.isFinite) ? p : nil
  }

  /// ‖J_j‖·|x_j|, what each parameter contributes to the residuals.
  func effects<Scalar: LSQScalar>(of x: [Scalar]) -> [Scalar] {
    zip(columnNorms(as: Scalar.self), x).map { $0 * $1.magnitude }
  }

  /// ‖J_j‖ for every parameter.
  func columnNorms<Scalar: LSQScalar>(as _: Scalar.Type) -> [Scalar] {
    norms.map { Scalar($0) ?? 0 }
  }

  /// F⁻¹·y.
  private static func solve<Scalar: LSQScalar>(_ f: Matrix<Scalar>, _ y: [Scalar]) -> [Scalar] {
    var z = y
    for i in y.indices.reversed() {
      for k in (i + 1)..<max(y.count, i + 1) { z[i] -= f[i, k] * z[k] }
      z[i] /= f[i, i]
    }
    return z
  }
}
