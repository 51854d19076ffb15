import LSQScalars
import LeastSquares

/// Where the digits of a fit go: what conditioning costs, how far the arithmetic resolves each parameter,
/// and how far the data know it.
///
/// Errors are relative and given as digits, −log₁₀, so that those of any precision are in range. With
/// C = (JᵀJ)⁻¹, ε the type's `ulpOfOne` and S = Σ_k ‖J_k‖·|b_k|, a relative change ε of all that enters the
/// residuals moves parameter j by up to √C_jj·ε·S. That costs
///
///     log₁₀(√C_jj·S/|b_j|)
///
/// digits of it. The standard error is s·√C_jj, so that one digit more of arithmetic than log₁₀(S/s)
/// resolves the standard errors of all parameters, with a digit to spare.
public struct FitAccuracy: Sendable, Hashable, Codable {
  /// What is known about one parameter.
  public struct Parameter: Sendable, Hashable, Codable {
    /// Its name.
    public let name: String
    /// The decimal digits of the arithmetic that conditioning costs, at least 0; nil where the data do not
    /// determine the parameter, or it is zero.
    public let digitsLost: Double?
    /// The digits to which it was computed: those of the numerical error; nil where not determined.
    public let digitsComputed: Double?
    /// The digits to which the data know it: those of the standard error; nil where there is none, or it
    /// is zero.
    public let digitsKnown: Double?
    /// Whether the digits are those of the errors themselves, because the parameter is zero.
    public let isAbsolute: Bool
  }

  /// Parameters that matter only together, near the solution.
  public struct Combination: Sendable, Hashable, Codable {
    /// A parameter and its factor.
    public struct Term: Sendable, Hashable, Codable {
      /// The parameter's name.
      public let name: String
      /// Its factor.
      public let factor: Double
    }

    /// The parameters that take part, in their order.
    public let parameters: [String]
    /// The sums of terms through which they matter, with coefficients of at least 1 in size; none where they
    /// have no effect at all.
    public let sums: [[Term]]
  }

  /// The parameters.
  public let parameters: [Parameter]
  /// The significant bits of the type of the fit.
  public let bits: Int
  /// The number of combinations of parameters that the data determine; nil where the Jacobian at the
  /// solution is not finite.
  public let rank: Int?
  /// What the data leave open; empty where the rank is full.
  public let combinations: [Combination]
  /// The decimal digits of arithmetic that show the standard errors with a digit to spare; nil where there
  /// are none, or they are zero.
  public let digitsNeeded: Double?
  /// Where the derivatives came from.
  public let derivatives: FitDerivatives
  /// The digits that differences in place of derivatives can give: half of those of the residuals, or two
  /// thirds; nil with exact derivatives.
  public let differencesCap: Double?
}

extension Fit {
  /// Where the digits of the fit go.
  ///
  /// - Parameter names: of the parameters; nil for b1, b2, ….
  /// - Complexity: O(n²).
  public func accuracy(parameterNames names: [String]? = nil) -> FitAccuracy {
    let n = parameters.count
    let names = names ?? (1...n).map { "b\($0)" }
    precondition(names.count == n, "\(names.count) names for \(n) parameters")
    let share = derivatives == .forward ? 1.0 / 2 : 2.0 / 3
    let isExact = derivatives == .exact
    return FitAccuracy(
      parameters: (0..<n).map { accuracy(of: $0, named: names[$0]) },
      bits: Scalar.precisionBits, rank: determinacy?.rank,
      combinations: determinacy.map { combinations($0.dependencies, names) } ?? [],
      digitsNeeded: digitsNeeded, derivatives: derivatives,
      differencesCap: isExact ? nil : Scalar.digits(residualPrecision) * share)
  }

  /// Σ_k ‖J_k‖·|b_k|.
  private func size(_ determinacy: Determinacy<Scalar>) -> Scalar {
    zip(determinacy.columnNorms, parameters).reduce(0) { $0 + $1.0 * $1.1.magnitude }
  }

  private func accuracy(of j: Int, named name: String) -> FitAccuracy.Parameter {
    guard let determinacy, !determinacy.undetermined.contains(j) else {
      return .init(
        name: name, digitsLost: nil, digitsComputed: nil, digitsKnown: nil, isAbsolute: false)
    }
    let magnitude = parameters[j].magnitude
    let unit: Scalar = magnitude == 0 ? 1 : magnitude
    let spread = determinacy.covariance[j, j].squareRoot()
    let amplified = spread * size(determinacy)
    let most = Double(Scalar.precisionBits) * Double.log10(2)
    return .init(
      name: name,
      digitsLost: magnitude == 0 ? nil : max(0, -Scalar.digits(amplified / unit)),
      digitsComputed: min(max(0, Scalar.digits(numericalError(of: j, determinacy) / unit)), most),
      digitsKnown: standardErrors[j].flatMap { $0 == 0 ? nil : Scalar.digits($0 / unit) },
      isAbsolute: magnitude == 0)
  }

  /// The bound of ``numericalErrors``; with differences an estimate, for derivatives off by a relative
  /// error δ = √η or η^⅔, with η the relative error of the residuals:
  ///
  ///     √C_jj·(η·S + t·‖r‖) + δ·‖r‖·Σ_k |C_jk|·‖J_k‖.
  private func numericalError(of j: Int, _ determinacy: Determinacy<Scalar>) -> Scalar {
    if let bound = numericalErrors[j] { return bound }
    let norm = solution.residualNorm
    let spread = determinacy.covariance[j, j].squareRoot()
    let root =
      derivatives == .forward ? residualPrecision.squareRoot() : .root(residualPrecision, 3)
    let offset = derivatives == .forward ? root : root * root
    let turned = parameters.indices.reduce(Scalar(0)) {
      $0 + determinacy.covariance[j, $1].magnitude * determinacy.columnNorms[$1]
    }
    return spread * residualPrecision * size(determinacy) + offset * norm * turned
  }

  private var digitsNeeded: Double? {
    guard let determinacy else { return nil }
    let ratios = parameters.indices.compactMap { j -> Double? in
      guard let error = standardErrors[j], error > 0 else { return nil }
      return Scalar.digits(error) - Scalar.digits(determinacy.covariance[j, j].squareRoot())
    }
    guard let largest = ratios.max() else { return nil }
    return max(1, 1 - Scalar.digits(size(determinacy)) + largest)
  }

  /// Dependencies that share a parameter, joined: with column k = Σ_j z_j·(column j), J·b contains
  /// parameter j as b_j + z_j·b_k.
  private func combinations(
    _ dependencies: [Determinacy<Scalar>.Dependency], _ names: [String]
  ) -> [FitAccuracy.Combination] {
    var groups: [(members: Set<Int>, dependencies: [Determinacy<Scalar>.Dependency])] = []
    for dependency in dependencies {
      var group = (
        members: Set([dependency.parameter] + dependency.factors.map(\.parameter)),
        dependencies: [dependency]
      )
      for other in groups where !other.members.isDisjoint(with: group.members) {
        group.members.formUnion(other.members)
        group.dependencies += other.dependencies
      }
      groups.removeAll { !$0.members.isDisjoint(with: group.members) }
      groups.append(group)
    }
    return groups.map { members, dependencies in
      let dependent = Set(dependencies.map(\.parameter))
      let sums = members.subtracting(dependent).sorted().map { j in
        let terms = dependencies.compactMap { dependency in
          dependency.factors.first { $0.parameter == j }.map { (dependency.parameter, $0.value) }
        }
        let sum = ([(j, Scalar(1))] + terms).sorted { $0.0 < $1.0 }
        // A sum matters up to a factor: the least coefficient is 1, the first one positive.
        let least = sum.map(\.1.magnitude).min() ?? 1
        let unit = sum[0].1 < 0 ? -least : least
        return sum.map {
          FitAccuracy.Combination.Term(
            name: names[$0.0], factor: Double(($0.1 / unit).description) ?? .nan)
        }
      }
      return FitAccuracy.Combination(
        parameters: members.sorted().map { names[$0] }, sums: sums)
    }
  }
}
