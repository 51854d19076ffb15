import LSQScalars
import LeastSquares

extension RecordedRun {
  /// The correct digits of the worst parameter, held against values in some type.
  func digits(
    against values: [String], in type: any LSQScalar.Type, atMost most: Double
  ) -> Double {
    Self.digits(of: run.parameters, against: values, in: type, atMost: most)
  }

  private static func digits(
    of parameters: [String], against values: [String], in type: any LSQScalar.Type,
    atMost most: Double
  ) -> Double {
    func count<Scalar: LSQScalar>(_: Scalar.Type) -> Double {
      correctDigits(
        parameters.map { Scalar($0) ?? .nan }, values.map { Scalar($0) ?? .nan }, atMost: most)
    }
    return count(type)
  }

  /// Where the path leaves that of a wider run; see ``PrecisionComparison/Parting``.
  func parting(
    from wide: Self, _ subject: some ComparisonSubject
  ) -> PrecisionComparison.Parting? {
    guard let path, let widePath = wide.path else { return nil }
    for (step, (mine, theirs)) in zip(path, widePath).enumerated() {
      let isDecision =
        mine.isAccepted != theirs.isAccepted || mine.iteration != theirs.iteration
      guard isDecision || differs(mine, theirs, in: wide.type, subject) else { continue }
      return .init(
        step: step, iteration: mine.iteration, isDecision: isDecision,
        agreeingDigits: Self.digits(
          of: mine.parameters, against: theirs.parameters, in: wide.type, atMost: precision))
    }
    return nil
  }

  /// Whether a parameter is farther from the wide one than rounding in this type explains.
  private func differs(
    _ mine: PathPoint, _ theirs: PathPoint, in type: any LSQScalar.Type,
    _ subject: some ComparisonSubject
  ) -> Bool {
    func compare<Wide: LSQScalar>(_: Wide.Type) -> Bool {
      let x = theirs.parameters.map { Wide($0) ?? .nan }
      let y = mine.parameters.map { Wide($0) ?? .nan }
      let unit = Wide(sign: .plus, exponent: Wide.Exponent(5 - run.bits), significand: 1)
      // Where parameters agree by themselves nothing more is asked.
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
    guard x.allSatisfy(\.isFinite),
      let jacobian = try? subject.jacobian(over: Scalar.self, at: x),
      jacobian.elements.allSatisfy(\.isFinite)
    else { return nil }
    let determinacy = Determinacy(jacobian: jacobian)
    let isOpen = Set(determinacy.undetermined)
    let size = x.indices.reduce(Scalar(0)) {
      $0 + determinacy.columnNorms[$1] * x[$1].magnitude
    }
    let limits = x.indices.map { j in
      isOpen.contains(j) ? nil : determinacy.covariance[j, j].squareRoot() * size
    }
    return limits.allSatisfy { $0?.isFinite ?? true } ? limits : nil
  }
}

/// The correct digits of the worst value: −log₁₀|x − c|/|c|, at least 0 and at most as many as c has, to
/// two decimals.
///
/// For c = 0 the error is taken as it is. It counts as at least half a unit of the type, since c itself
/// has been rounded to the type. A value that is not finite has no correct digits.
package func correctDigits<Scalar: LSQScalar>(
  _ values: [Scalar], _ exact: [Scalar], atMost most: Double
) -> Double {
  let halfUnit = Scalar.ulpOfOne / 2
  var worst = most
  for (value, exact) in zip(values, exact) {
    guard value.isFinite else { return 0 }
    let difference = (value - exact).magnitude
    let error = max(exact == 0 ? difference : difference / exact.magnitude, halfUnit)
    worst = min(worst, Scalar.digits(error))
  }
  return (max(worst, 0) * 100).rounded() / 100
}
