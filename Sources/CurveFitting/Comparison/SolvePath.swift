import LSQScalars
import LeastSquares

/// The path of a solve in one scalar type: the start and every trial step, without closing steps.
package struct SolvePath: Sendable {
  /// The start, or a trial step.
  package struct Step: Sendable {
    /// The number of the iteration, 0 for a start.
    package let iteration: Int
    package let isAccepted: Bool
    /// The best parameters so far, as text that reads back exactly.
    package let parameters: [String]

    package init<Scalar: LSQScalar>(_ record: IterationRecord<Scalar>) {
      iteration = record.iteration
      isAccepted = record.isAccepted
      parameters = record.parameters.map(\.description)
    }
  }

  /// The type.
  package let type: any LSQScalar.Type
  /// The start and the trial steps, also those of a start that was tried again.
  package let steps: [Step]

  package init(over type: any LSQScalar.Type, _ steps: [Step]) {
    (self.type, self.steps) = (type, steps)
  }

  /// The digits to which parameters could be right.
  var precision: Double {
    func digits<Scalar: LSQScalar>(_: Scalar.Type) -> Double { Scalar.digits(Scalar.ulpOfOne / 2) }
    return digits(self.type)
  }

  /// Where the path leaves that of a fit in a wider type; see ``PrecisionComparison/Parting``.
  package func parting(
    from wide: Self, of fit: some AnyPrecisionFit
  ) -> PrecisionComparison.Parting? {
    parting(from: wide, FitSubject(fit: fit))
  }

  /// The decimal digits of the worst parameter at a step that agree with a wider path.
  package func agreeingDigits(atStep k: Int, with wide: Self) -> Double {
    correctDigits(
      steps[k].parameters, wide.steps[k].parameters, in: wide.type, atMost: precision)
  }

  /// Whether the solves decide differently about a step.
  package func decidesDifferently(atStep k: Int, from wide: Self) -> Bool {
    steps[k].isAccepted != wide.steps[k].isAccepted
      || steps[k].iteration != wide.steps[k].iteration
  }

  func parting(
    from wide: Self, _ subject: some ComparisonSubject
  ) -> PrecisionComparison.Parting? {
    for k in 0..<min(steps.count, wide.steps.count) {
      let isDecision = decidesDifferently(atStep: k, from: wide)
      guard isDecision || differs(steps[k], wide.steps[k], in: wide.type, subject) else { continue }
      return .init(
        step: k, iteration: steps[k].iteration, isDecision: isDecision,
        agreeingDigits: agreeingDigits(atStep: k, with: wide))
    }
    return nil
  }

  /// Whether a parameter is farther from the wide one than rounding in this type explains.
  private func differs(
    _ mine: Step, _ theirs: Step, in type: any LSQScalar.Type,
    _ subject: some ComparisonSubject
  ) -> Bool {
    func compare<Wide: LSQScalar>(_: Wide.Type) -> Bool {
      let x = theirs.parameters.map { Wide($0) ?? .nan }
      let y = mine.parameters.map { Wide($0) ?? .nan }
      let unit = Wide(
        sign: .plus, exponent: Wide.Exponent(5 - self.type.precisionBits), significand: 1)
      // Where parameters agree relative to themselves, nothing more is asked.
      let open = x.indices.filter { !((y[$0] - x[$0]).magnitude <= unit * x[$0].magnitude) }
      guard !open.isEmpty else { return false }
      let rounding =
        Self.rounding(at: theirs.parameters.map { Double($0) ?? .nan }, subject)?.map {
          $0.map { Wide(nearest: $0) }
        } ?? Self.rounding(at: x, subject)
      guard let rounding else { return true }
      return open.contains { j in
        guard let limit = rounding[j] else { return false }
        return !((y[j] - x[j]).magnitude <= unit * limit)
      }
    }
    return compare(type)
  }

  /// √C_jj·Σ_k ‖J_k‖·|x_k| for every parameter that J determines; nil where J is not finite.
  private static func rounding<Scalar: LSQScalar>(
    at x: [Scalar], _ subject: some ComparisonSubject
  ) -> [Scalar?]? {
    guard x.span.areFinite,
      let jacobian = try? subject.jacobian(over: Scalar.self, at: x),
      jacobian.elements.span.areFinite
    else { return nil }
    let determinacy = Determinacy(jacobian: jacobian)
    let isOpen = Set(determinacy.undetermined)
    let size = determinacy.sumOfEffects(of: x)
    let limits = x.indices.map { j in
      isOpen.contains(j) ? nil : determinacy.deviations[j] * size
    }
    return limits.allSatisfy { $0?.isFinite ?? true } ? limits : nil
  }
}
