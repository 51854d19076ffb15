public import LSQScalars

/// What the residuals say about each parameter near a point: the rank of the Jacobian, the parameters
/// that it does not determine, and the covariance of those that it does.
///
/// The columns of R are first scaled to unit norm and pivoted anew, so that the verdict does not depend
/// on the units of the parameters: parameter j is redundant where its column lies within (n + √m/2)·ε of
/// the span of the others, since the rounding of sums of m terms grows with √m. With
///
///     R·D⁻¹·P = Q·[R₁₁ R₁₂; 0 ≈0],
///
/// the null space is spanned by the columns of [−R₁₁⁻¹R₁₂; I]; a parameter that takes part in it is not
/// determined. Near the point the residuals depend on the parameters of such a group only through as many
/// combinations as it has independent members: with column k = Σ_j z_jk·(column j), J·b is
/// Σ_j (b_j + Σ_k z_jk·b_k)·(column j).
///
/// - Complexity: O(n³).
public struct Determinacy<Scalar: LSQScalar>: Sendable {
  /// The number of parameter combinations that the residuals determine.
  public let rank: Int
  /// The parameters, counted from zero, that take part in the null space of J; empty where J has full
  /// rank.
  public let undetermined: [Int]
  /// The columns of J that depend on others, in the units of the parameters; empty where J has full rank.
  public let dependencies: [Dependency]
  /// (JᵀJ)⁻¹ where the rank is full, else the same restricted to a largest independent set of columns,
  /// zero elsewhere.
  public internal(set) var covariance: Matrix<Scalar>
  /// √C_jj of the covariance C, also where C_jj is beyond the range of the type.
  public internal(set) var deviations: [Scalar]
  /// C for columns of J of unit length, C_jk·‖J_j‖·‖J_k‖.
  package internal(set) var unitCovariance: Matrix<Scalar>
  /// The norms of the columns of J; 1 for a column of zeros.
  public let columnNorms: [Scalar]

  /// A column of J as a combination of independent ones.
  public struct Dependency: Sendable, Hashable {
    /// The parameter k whose column it is, counted from zero.
    public let parameter: Int
    /// The independent parameters j and factors z_j with column k = Σ_j z_j·(column j), in the order of
    /// the parameters; empty where column k is zero.
    public let factors: [Factor]

    /// A parameter with the share of its column.
    public struct Factor: Sendable, Hashable {
      /// The parameter j, counted from zero.
      public let parameter: Int
      /// z_j.
      public let value: Scalar
    }
  }

  /// Judges the triangle of a factorisation J·P = Q·R.
  ///
  /// - Parameters:
  ///   - triangle: n columns and at least n rows, whose number counts as m; only R, in and above the diagonal, is read.
  ///   - permutation: column j of J·P is column `permutation[j]` of J.
  /// - Precondition: the triangle has no fewer rows than columns, and the permutation one entry for each column.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  #if (arch(i386) || arch(x86_64)) && !os(Windows) && !os(Android)
    @specialized(where Scalar == Float80)
  #endif
  public init(triangle: Matrix<Scalar>, permutation: [Int]) {
    self.init(
      jacobian: triangle.unpermutedTriangle(permutation),
      tolerance: Self.tolerance(rowCount: triangle.rowCount, columnCount: triangle.columnCount))
  }

  /// Judges a Jacobian of m rows, m ≥ n, and n columns.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  #if (arch(i386) || arch(x86_64)) && !os(Windows) && !os(Android)
    @specialized(where Scalar == Float80)
  #endif
  public init(jacobian: Matrix<Scalar>) {
    self.init(jacobian: jacobian, toleranceTimes: 1)
  }

  /// (n + √m/2)·ε.
  fileprivate static func tolerance(rowCount m: Int, columnCount n: Int) -> Scalar {
    (Scalar(n) + Scalar(m).squareRoot() / 2) * Scalar.ulpOfOne
  }

  /// Judges a Jacobian by a tolerance that is larger by a factor.
  package init(jacobian: Matrix<Scalar>, toleranceTimes factor: Scalar) {
    self.init(
      jacobian: jacobian,
      tolerance: factor
        * Self.tolerance(rowCount: jacobian.rowCount, columnCount: jacobian.columnCount))
  }

  /// Judges a Jacobian by the given tolerance, such as that for a point that is not exact.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  #if (arch(i386) || arch(x86_64)) && !os(Windows) && !os(Android)
    @specialized(where Scalar == Float80)
  #endif
  package init(jacobian matrix: Matrix<Scalar>, tolerance: Scalar) {
    let jacobian = matrix.reducedToFewRows()
    let n = jacobian.columnCount
    let constants = Constants<Scalar>()
    var scaled = Linearization<Scalar>(rowCount: jacobian.rowCount, columnCount: n)
    scaled.factor = jacobian.elements
    let norms = (0..<n).map { j in
      let norm = constants.norm(jacobian.elements, jacobian.column(j))
      // A column of zeros stays as it is.
      return norm == 0 ? 1 : norm
    }
    for j in 0..<n {
      Scalar.divide(jacobian.column(j), of: &scaled.factor, by: norms[j])
    }
    scaled.factorize(constants)
    scaled.storeDiagonal()

    let triangle = Matrix(
      rowCount: jacobian.rowCount, columnCount: n, elements: scaled.factor)
    rank = triangle.rank(ofTriangleWithin: tolerance)
    let dependencies = scaled.dependencies(rank: rank, columnNorms: norms)
    self.dependencies = dependencies
    undetermined = Set(
      dependencies.flatMap { [$0.parameter] + $0.factors.map(\.parameter) }
    ).sorted()
    var covariance = LeastSquares.covariance(
      ofTriangle: triangle, permutation: scaled.permutation, tolerance: tolerance)
    unitCovariance = covariance
    deviations = (0..<n).map { [covariance] j in covariance[j, j].squareRoot() / norms[j] }
    for j in 0..<n {
      for i in 0...j {
        covariance[i, j] = covariance[i, j] / norms[i] / norms[j]
        covariance[j, i] = covariance[i, j]
      }
    }
    self.covariance = covariance
    columnNorms = norms
  }
}

extension Determinacy {
  /// Σ_k ‖J_k‖·|x_k|, the effects of all parameters.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  #if (arch(i386) || arch(x86_64)) && !os(Windows) && !os(Android)
    @specialized(where Scalar == Float80)
  #endif
  package func sumOfEffects(of parameters: [Scalar]) -> Scalar {
    zip(columnNorms, parameters).map { $0 * $1.magnitude }.reduce(0, +)
  }

  /// n·ε·κ·max_j Σ_k |C_jk|·‖J_k‖/√C_jj: what a relative rounding of J by κ·ε, and its factorisation, do to the
  /// ``deviations``.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  #if (arch(i386) || arch(x86_64)) && !os(Windows) && !os(Android)
    @specialized(where Scalar == Float80)
  #endif
  package func deviationError(roundingOf amplification: Scalar) -> Scalar {
    let n = columnNorms.count
    var largest: Scalar = 0
    for j in 0..<n where !undetermined.contains(j) && unitCovariance[j, j] > 0 {
      var sum: Scalar = 0
      for k in 0..<n { sum += unitCovariance[j, k].magnitude }
      largest = max(largest, sum / unitCovariance[j, j].squareRoot())
    }
    return Scalar(n) * Scalar.ulpOfOne * amplification * largest
  }

  /// The verdict of another type, with its numbers rounded.
  package init<Other: LSQScalar>(rounding other: Determinacy<Other>) {
    func rounded(_ x: Other) -> Scalar { Scalar(rounding: x.binaryReal) }
    func rounded(_ a: Matrix<Other>) -> Matrix<Scalar> {
      Matrix(
        rowCount: a.rowCount, columnCount: a.columnCount, elements: a.elements.map { rounded($0) })
    }
    rank = other.rank
    undetermined = other.undetermined
    dependencies = other.dependencies.map { dependency in
      Dependency(
        parameter: dependency.parameter,
        factors: dependency.factors.map { .init(parameter: $0.parameter, value: rounded($0.value)) }
      )
    }
    covariance = rounded(other.covariance)
    deviations = other.deviations.map { rounded($0) }
    unitCovariance = rounded(other.unitCovariance)
    columnNorms = other.columnNorms.map { rounded($0) }
  }
}

extension Linearization {
  /// The columns of a triangle of unit columns that depend on the first `rank`, which are independent,
  /// in the order before this factorisation and times their norms.
  fileprivate func dependencies(
    rank: Int, columnNorms norms: [Scalar]
  ) -> [Determinacy<Scalar>.Dependency] {
    let negligible = Scalar.ulpOfOne.squareRoot()
    return (rank..<columnCount).map { k in
      var factors: [Determinacy<Scalar>.Dependency.Factor] = []
      let dependent = permutation[k]
      // R₁₁·z = R₁₂·e_k
      var z = (0..<rank).map { r($0, k) }
      for j in (0..<rank).reversed() {
        z[j] /= r(j, j)
        Scalar.addScaled(-z[j], factor, columnOfR(j, count: j), to: &z, Lane(count: j))
        guard z[j].magnitude > negligible else { continue }
        let independent = permutation[j]
        factors.append(
          .init(parameter: independent, value: z[j] * (norms[dependent] / norms[independent])))
      }
      factors.sort { $0.parameter < $1.parameter }
      return .init(parameter: dependent, factors: factors)
    }
  }
}

extension Solution {
  /// What the last Jacobian says about each parameter.
  ///
  /// - Complexity: O(n³).
  public var determinacy: Determinacy<Scalar> { determinacy(toleranceTimes: 1) }

  /// The same with a tolerance `share` times as large.
  package func determinacy(toleranceTimes share: Scalar) -> Determinacy<Scalar> {
    determinacy(of: factor.unpermutedTriangle(permutation), toleranceTimes: share)
  }

  /// What another Jacobian of the solve says, of which n rows stand for all.
  package func determinacy(ofRows rows: [Scalar]) -> Determinacy<Scalar> {
    let n = factor.columnCount
    return determinacy(of: Matrix(rowCount: n, columnCount: n, elements: rows), toleranceTimes: 1)
  }

  private func determinacy(
    of jacobian: Matrix<Scalar>, toleranceTimes share: Scalar
  ) -> Determinacy<Scalar> {
    Determinacy(
      jacobian: jacobian,
      tolerance: share
        * Determinacy<Scalar>.tolerance(
          rowCount: runningRowCount, columnCount: factor.columnCount))
  }
}

extension Determinacy: Codable where Scalar: Codable {}
extension Determinacy.Dependency: Codable where Scalar: Codable {}
extension Determinacy.Dependency.Factor: Codable where Scalar: Codable {}
