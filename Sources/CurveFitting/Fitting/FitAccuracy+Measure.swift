import LSQScalars
import LeastSquares

extension Fit {
  /// Where the digits of the fit go.
  ///
  /// - Parameter names: of the parameters; nil for b1, b2, ….
  /// - Complexity: O(n²).
  public func accuracy(parameterNames names: [String]? = nil) -> FitAccuracy {
    func digits(_ error: Scalar) -> Double {
      min(max(0, Scalar.digits(error)), Double(Scalar.precisionBits) * .log10(2))
    }
    return AccuracyMeasure(
      parameters: parameters, standardErrors: standardErrors, determinacy: determinacy,
      dependencies: bitsNeeded == nil ? nil : [], rounding: residualRounding,
      modelExponents: modelExponents, names: names
    ).accuracy(
      bits: Scalar.precisionBits, derivatives: derivatives, residualPrecision: residualPrecision,
      sumOfSquaresDigits: sumOfSquaresError.map(digits),
      standardErrorDigits: standardErrorError.map(digits),
      numericalError: { numericalErrors[$0] ?? .infinity })
  }
}

extension AnyPrecisionFit {
  /// Where the digits of a fit to confirmed digits go: the digits computed are those confirmed.
  ///
  /// The Jacobian is taken once more, in the least width that resolves every parameter; where it is singular at the
  /// solution, in one that shows this.
  ///
  /// - Parameters:
  ///   - fit: a result of `fit(digits:ladder:)`.
  ///   - ladder: the types to look in beyond `Double`.
  ///   - names: of the parameters; nil for b1, b2, ….
  /// - Throws: what the model and the ladder throw.
  /// - Complexity: an evaluation of the Jacobian and of the rounding of the model, and O(m·n²), in one to three widths.
  public func accuracy(
    of fit: ConfirmedFit, ladder: ScalarLadder, parameterNames names: [String]? = nil
  ) throws -> FitAccuracy {
    try accuracy(
      of: fit, digitsComputed: Double(fit.digitsConfirmed), bits: fit.bits, ladder, names)
  }

  /// The same for a fit whose numbers were rounded once.
  ///
  /// - Parameters:
  ///   - fit: a result of `correctlyRoundedFit(as:ladder:)`.
  ///   - ladder: the types to look in beyond `Double`.
  ///   - names: of the parameters; nil for b1, b2, ….
  /// - Throws: what the model and the ladder throw.
  /// - Complexity: an evaluation of the Jacobian and of the rounding of the model, and O(m·n²), in one to three widths.
  public func accuracy<Scalar: LSQScalar>(
    of fit: CorrectlyRoundedFit<Scalar>, ladder: ScalarLadder,
    parameterNames names: [String]? = nil
  ) throws -> FitAccuracy {
    try accuracy(
      of: fit.confirmed, digitsComputed: Double(Scalar.precisionBits) * .log10(2),
      bits: Scalar.precisionBits, ladder, names)
  }

  private func accuracy(
    of fit: ConfirmedFit, digitsComputed: Double, bits: Int, _ ladder: ScalarLadder,
    _ names: [String]?
  ) throws -> FitAccuracy {
    func measured<Scalar: LSQScalar>(_ type: Scalar.Type) throws -> FitAccuracy {
      // The type may not hold the data.
      let problem = try? problem(over: type)
      let parameters = fit.parameters(as: type)
      let rounding = try problem.flatMap { try $0.finiteRounding(at: parameters) }
      return AccuracyMeasure(
        parameters: parameters,
        standardErrors: fit.standardErrors.map { $0.flatMap { Scalar($0) } },
        determinacy: try determinacy(of: fit, over: type),
        rounding: rounding?.norm ?? problem?.responseRounding,
        modelExponents: rounding?.exponents, names: names
      ).accuracy(
        bits: bits, derivatives: .exact, residualPrecision: .ulpOfOne,
        sumOfSquaresDigits: nil, standardErrorDigits: nil, digitsComputed: digitsComputed)
    }
    return try firstLook(at: fit, ladder) { try measured($0) }
  }
}

/// What the accuracy of a fit is computed from.
private struct AccuracyMeasure<Scalar: LSQScalar> {
  let parameters: [Scalar]
  let standardErrors: [Scalar?]
  let determinacy: Determinacy<Scalar>?
  /// Those that are not due to the rounding of the type alone.
  let dependencies: [Determinacy<Scalar>.Dependency]
  /// By how much the residuals are rounded, in norm, where it is known.
  let rounding: Scalar?
  /// The range of the exponents of what the model computes with, where it is known.
  let modelExponents: ClosedRange<Int>?
  let names: [String]

  /// - Parameter dependencies: nil for those of the Jacobian.
  init(
    parameters: [Scalar], standardErrors: [Scalar?], determinacy: Determinacy<Scalar>?,
    dependencies: [Determinacy<Scalar>.Dependency]? = nil, rounding: Scalar?,
    modelExponents: ClosedRange<Int>?, names: [String]?
  ) {
    self.parameters = parameters
    self.standardErrors = standardErrors
    self.determinacy = determinacy
    self.dependencies = dependencies ?? determinacy?.dependencies ?? []
    (self.rounding, self.modelExponents) = (rounding, modelExponents)
    self.names = parameters.indices.map { .parameterName($0, among: names) }
  }

  /// - Parameters:
  ///   - bits: the width of the arithmetic.
  ///   - sumOfSquaresDigits: those that rounding leaves.
  ///   - standardErrorDigits: those that it leaves of all standard errors.
  ///   - digitsComputed: of every parameter, where they are known.
  ///   - numericalError: of a parameter, where they are not.
  func accuracy(
    bits: Int, derivatives: FitDerivatives, residualPrecision: Scalar,
    sumOfSquaresDigits: Double?, standardErrorDigits: Double?, digitsComputed: Double? = nil,
    numericalError: (Int) -> Scalar = { _ in 0 }
  ) -> FitAccuracy {
    let share = derivatives == .forward ? 1.0 / 2 : 2.0 / 3
    return FitAccuracy(
      parameters: parameters.indices.map { j in
        parameter(j, digitsConfirmed: digitsComputed) { unit in
          let most = Double(bits) * Double.log10(2)
          let least = parameters[j] == 0 ? -Double.infinity : 0
          return min(max(least, Scalar.digits(numericalError(j) / unit)), most)
        }
      },
      bits: bits, rank: determinacy?.rank,
      combinations: combinations,
      digitsNeeded: digitsNeeded, exponents: exponents, sumOfSquaresDigits: sumOfSquaresDigits,
      standardErrorDigits: standardErrorDigits, derivatives: derivatives,
      differencesCap: derivatives == .exact ? nil : Scalar.digits(residualPrecision) * share)
  }

  /// ``FitAccuracy/exponents``.
  private var exponents: ClosedRange<Int>? {
    let sizes = parameters + standardErrors.compactMap(\.self) + (determinacy?.columnNorms ?? [])
    let known = (sizes + [responses ?? 0]).filter { $0 != 0 && $0.isFinite }.map {
      Int($0.exponent)...Int($0.exponent)
    }
    return (known + [modelExponents].compactMap(\.self)).hull
  }

  /// The norm of the responses, or of what rounds like them, where it is known.
  private var responses: Scalar? { rounding.map { $0 / .ulpOfOne } }

  private func parameter(
    _ j: Int, digitsConfirmed: Double?, digitsComputed: (_ unit: Scalar) -> Double
  ) -> FitAccuracy.Parameter {
    guard let determinacy, !determinacy.undetermined.contains(j) else {
      return .init(
        name: names[j], digitsLost: nil, digitsComputed: digitsConfirmed, digitsKnown: nil,
        isAbsolute: false)
    }
    let magnitude = parameters[j].magnitude
    let unit: Scalar = magnitude == 0 ? 1 : magnitude
    let amplified = determinacy.deviations[j] * determinacy.sumOfEffects(of: parameters)
    func finite(_ digits: Double) -> Double? { digits.isFinite ? digits : nil }
    return .init(
      name: names[j],
      digitsLost: magnitude == 0 ? nil : finite(max(0, -Scalar.digits(amplified / unit))),
      digitsComputed: finite(digitsConfirmed ?? digitsComputed(unit)),
      digitsKnown: standardErrors[j].flatMap { $0 == 0 ? nil : finite(Scalar.digits($0 / unit)) },
      isAbsolute: magnitude == 0)
  }

  private var digitsNeeded: Double? {
    guard let determinacy else { return nil }
    let ratios = parameters.indices.compactMap { j -> Double? in
      guard let error = standardErrors[j], error > 0, !determinacy.undetermined.contains(j) else {
        return nil
      }
      return Scalar.digits(error) - Scalar.digits(determinacy.deviations[j])
    }
    guard let largest = ratios.max() else { return nil }
    let effects = max(determinacy.sumOfEffects(of: parameters), responses ?? 0)
    // A column that is nearly in the span of the others has to be told from one that is.
    let distances = parameters.indices.map {
      determinacy.deviations[$0] * determinacy.columnNorms[$0]
    }
    let apart = distances.map { -Scalar.digits($0) }.max() ?? 0
    let needed = max(1, 1 - Scalar.digits(effects) + largest, 1 + apart)
    return needed.isFinite ? needed : nil
  }

  /// Dependencies that share a parameter, joined: with column k = Σ_j z_j·(column j), J·b contains
  /// parameter j as b_j + z_j·b_k.
  private var combinations: [FitAccuracy.Combination] {
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
        parameters: members.sorted().map { names[$0] },
        sums: sums.joined().allSatisfy(\.factor.isFinite) ? sums : [])
    }
  }
}

extension ModelProblem {
  /// The rounding of the residuals; nil where they, or it, are not finite.
  ///
  /// - Throws: what the model throws beside them.
  fileprivate func finiteRounding(at parameters: [Scalar]) throws -> RowRounding<Scalar>? {
    guard let residuals = try finiteResiduals(at: parameters) else { return nil }
    let rounding = try RowRounding(of: self, residuals, nil, at: parameters)
    return rounding.norm.isFinite ? rounding : nil
  }

  /// How much the rounding of the responses changes the residuals, in norm; nil where that is beyond the range of the type.
  fileprivate var responseRounding: Scalar? {
    let sizes = (0..<rowCount).map(responseSize)
    let norm = EuclideanNorm<Scalar>()(sizes.span)
    return norm.isFinite ? norm * .ulpOfOne : nil
  }
}
