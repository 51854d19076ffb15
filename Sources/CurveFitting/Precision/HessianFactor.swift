import LSQScalars
import LeastSquares

/// The Hessian of ½‖r‖² at a point as FᵀF with F upper triangular, made in one type and used from any.
///
///     JᵀJ + S = Rᵀ·(I + R⁻ᵀ·S·R⁻¹)·R = Rᵀ·L·Lᵀ·R,   F = Lᵀ·R
///
/// in types of the hardware, and F = D^½·Lᵀ from JᵀJ + S = L·D·Lᵀ in wider ones and where J is singular. Equations are
/// solved in the type of F: a step needs no more digits than F has.
struct HessianFactor {
  private let factor: any FactoredEquations
  /// The width of the type of F.
  private let bits: Int
  /// For every parameter e with 2ᵉ ≤ ‖J_j‖ < 2ᵉ⁺¹; where H rests on S, and H_jj is more than ‖J_j‖², with its root for
  /// ‖J_j‖, which may be zero.
  let normExponents: [Int]
  /// Whether J may be singular, so that S makes the Hessian definite.
  let restsOnCurvature: Bool

  /// nil where the Jacobian is singular, unless H may rest on S, or the Hessian is not positive definite.
  init?<Scalar: LSQScalar>(_ sweep: CurvatureSweep<Scalar>, restingOnCurvature: Bool = false) {
    let equations: (any FactoredEquations, [Int])? =
      Scalar.precisionBits <= 64 && !restingOnCurvature
      ? Self.factorised(sweep.jacobian, sweep.secondOrder)
      : Self.whole(sweep, restingOnCurvature)
    guard let (factor, normExponents) = equations else { return nil }
    self.factor = factor
    bits = Scalar.precisionBits
    self.normExponents = normExponents
    restsOnCurvature = restingOnCurvature
  }

  /// log₁₀ of the condition of F when its columns are scaled to unit length; not finite where the type does not hold it.
  var conditionDigits: Double { factor.conditionDigits }

  /// By a factorisation of J itself, so that the condition of the problem enters F once and not squared.
  private static func factorised<Scalar: LSQScalar>(
    _ jacobian: Matrix<Scalar>, _ s: Matrix<Scalar>
  ) -> (any FactoredEquations, [Int])? {
    let jacobian = LeastSquaresFactor(jacobian)
    guard jacobian.hasFullRank, let lower = NewtonStep.curvature(s, jacobian).lower else {
      return nil
    }
    let n = s.rowCount
    let r = jacobian.triangle
    var f = Matrix<Scalar>(rowCount: n, columnCount: n, repeating: 0)
    for i in 0..<n {
      for j in i..<n {
        for k in i...j { f[i, j] += lower[k, i] * r[k, j] }
      }
    }
    guard f.elements.span.areFinite else { return nil }
    return (
      PermutedTriangle(f, permutation: jacobian.permutation),
      jacobian.columnNorms.map { Int($0.exponent) }
    )
  }

  /// From JᵀJ, where more bits can be had and an orthogonal factorisation costs four times the products, or there is
  /// none.
  private static func whole<Scalar: LSQScalar>(
    _ sweep: CurvatureSweep<Scalar>, _ restsOnCurvature: Bool
  ) -> (any FactoredEquations, [Int])? {
    let normal = sweep.normalMatrix
    let hessian = sweep.secondOrder.adding(normal)
    let squares = (0..<normal.rowCount).map { j in
      restsOnCurvature ? max(normal[j, j], hessian[j, j]) : normal[j, j]
    }
    guard squares.allSatisfy({ $0 > 0 && $0.isFinite }), let equations = WholeEquations(hessian)
    else { return nil }
    return (equations, squares.map { $0.rootExponent })
  }

  /// Whether a Hessian with this many correct digits is definite beyond doubt. Where parameters are redundant H is
  /// singular, and what rounding and the error of the point make of it has a condition of at least half of them.
  func isDefinite(toDigits digits: Double) -> Bool { conditionDigits <= digits / 4 }

  /// Whether it is also definite along parameters, in their binary units, for which J alone is singular.
  ///
  /// H_jj of a parameter without influence, like c in sin(cx)² + cos(cx)², is nothing but rounding, and the condition
  /// does not show it, since columns have unit length there: so its effect is compared with those of all parameters.
  func isDefinite(along open: [Int], inUnits units: [Int], toDigits digits: Double) -> Bool {
    let effects = zip(normExponents, units).map { $0 + $1 }
    let bits = Int(digits / 4 / .log10(2))
    return isDefinite(toDigits: digits)
      && open.allSatisfy { effects[$0] >= (effects.max() ?? 0) - bits }
  }

  /// The digits beyond those of H's condition that make H known in every direction.
  private static let spareDigits = 5.0

  /// The digits that the type of F, and the point of H, must have for H to be known in every direction; nil where they
  /// do. Where J is small in a direction, S may be nothing but the rounding, or the error, of residuals that other
  /// directions make large, and steps may then be much shorter than the distance.
  ///
  /// - Parameter pointDigits: those of the point.
  func digitsToBeKnown(atPointOf pointDigits: Double) -> Double? {
    let needed = 2 * conditionDigits + Self.spareDigits
    return min(Double(bits) * .log10(2), pointDigits) < needed ? needed : nil
  }

  /// (FᵀF)⁻¹·g, by parameters; nil where the type of F does not hold it.
  func solved(_ g: [BinaryReal]) -> [BinaryReal]? {
    guard let top = g.lazy.compactMap({ $0.binaryExponent }).max() else { return g }
    return factor.solved(g.map { $0.scaled(byPowerOfTwo: -top) })?.map {
      $0.scaled(byPowerOfTwo: top)
    }
  }
}

/// Equations that are solved in a type of their own.
private protocol FactoredEquations {
  var conditionDigits: Double { get }
  func solved(_ g: [BinaryReal]) -> [BinaryReal]?
}

extension FactoredEquations {
  /// log₁₀ of ‖D·F⁻¹‖·√n, from n·‖D·F⁻¹‖².
  fileprivate static func conditionDigits<Scalar: LSQScalar>(ofSquare square: Scalar) -> Double {
    max(0, -Scalar.leadingZeros(square) / 2)
  }
}

/// H itself.
private struct WholeEquations<Scalar: LSQScalar>: FactoredEquations {
  private let factor: RootFreeFactor<Scalar>
  private let diagonal: [Scalar]

  init?(_ hessian: Matrix<Scalar>) {
    guard let factor = RootFreeFactor(hessian) else { return nil }
    self.factor = factor
    diagonal = (0..<hessian.rowCount).map { hessian[$0, $0] }
  }

  /// With D² the diagonal of H = FᵀF, ‖D·F⁻¹‖² is Σ_j H_jj·(H⁻¹)_jj.
  var conditionDigits: Double {
    let inverse = factor.inverseDiagonal
    let all = Lane(count: diagonal.count)
    let sum = Scalar.dotProduct(diagonal.span, all, inverse.span, all)
    return Self.conditionDigits(ofSquare: sum * Scalar(diagonal.count))
  }

  func solved(_ g: [BinaryReal]) -> [BinaryReal]? {
    let p = factor.solved(g.map(Scalar.init(rounding:)))
    return p.span.areFinite ? p.map { $0.binaryReal } : nil
  }
}

/// F, of which column j belongs to parameter `permutation[j]`.
private struct PermutedTriangle<Scalar: LSQScalar>: FactoredEquations {
  private let f: Matrix<Scalar>
  private let permutation: [Int]

  init(_ f: Matrix<Scalar>, permutation: [Int]) {
    self.f = f
    self.permutation = permutation
  }

  /// log₁₀ of ‖D·F⁻¹‖·√n with D the norms of F's columns.
  var conditionDigits: Double {
    let n = permutation.count
    var squares = [Scalar](repeating: 0, count: n)
    for j in 0..<n {
      for i in 0...j { squares[j] += f[i, j] * f[i, j] }
    }
    var sum: Scalar = 0
    for k in 0..<n {
      var unit = [Scalar](repeating: 0, count: n)
      unit[k] = 1
      let column = backward(unit)
      for j in 0...k { sum += squares[j] * column[j] * column[j] }
    }
    return Self.conditionDigits(ofSquare: sum * Scalar(n))
  }

  func solved(_ g: [BinaryReal]) -> [BinaryReal]? {
    let n = permutation.count
    var y = [Scalar](repeating: 0, count: n)
    for i in 0..<n {
      y[i] = Scalar(rounding: g[permutation[i]])
      for k in 0..<i { y[i] -= f[k, i] * y[k] }
      y[i] /= f[i, i]
    }
    let z = backward(y)
    guard z.span.areFinite else { return nil }
    var p = [BinaryReal](repeating: .nan, count: n)
    for j in 0..<n { p[permutation[j]] = z[j].binaryReal }
    return p
  }

  /// F⁻¹·y.
  private func backward(_ y: [Scalar]) -> [Scalar] {
    var z = y
    for i in y.indices.reversed() {
      for k in (i + 1)..<y.count { z[i] -= f[i, k] * z[k] }
      z[i] /= f[i, i]
    }
    return z
  }
}
