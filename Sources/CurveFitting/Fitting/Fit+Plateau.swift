import LSQScalars
import LeastSquares

extension Fit {
  /// Finds the parameters of which rounding leaves no digit, and those of them that drift.
  ///
  /// Of parameters that the data do not determine, the free ones (while the others are held) may have none either: then
  /// rounding may be what makes them seem redundant.
  ///
  /// - Parameters:
  ///   - isUnsettled: whether no steps contracted. A standard error then says nothing about how near a minimum is, or
  ///     whether there is one: it may be arbitrarily large on the way to one that is not attained.
  ///   - heldErrors: the errors along the free parameters; nil where they are not known.
  /// - Complexity: O(n), and one evaluation of the Jacobian where a parameter may drift.
  mutating func findHidden(
    in problem: ModelProblem<Scalar>, from start: [Scalar], isUnsettled: Bool,
    heldErrors: [Scalar]?
  ) throws {
    let units = start.map { $0 == 0 ? 1 : $0.magnitude }
    if isResponseLost(of: problem) {
      hidden = Array(parameters.indices)
      return
    }
    hidden = parameters.indices.filter { j in
      let isOpen = isConverged && undetermined.contains(j)
      guard let error = isOpen ? heldErrors?[j] : numericalErrors[j], parameters[j] != 0 else {
        return false
      }
      let known = isUnsettled ? 0 : standardErrors[j] ?? 0
      return error >= max(parameters[j].magnitude, units[j], known)
    }
    let unbounded = hidden.filter { numericalErrors[$0]?.isFinite == false }
    guard !unbounded.isEmpty else { return }
    let seen = try problem.parametersSeen(at: start, units: units)
    drifting = unbounded.filter { seen[$0] }
  }

  /// Withdraws the errors of parameters along which nothing shows that the end is a minimum; the sum of squares and the
  /// standard errors may be those of a saddle.
  mutating func withdrawErrors(alongUncurved parameters: [Int]) {
    (hidden, uncurved) = (parameters, parameters)
    for j in parameters { numericalErrors[j] = .infinity }
    (sumOfSquaresError, standardErrorError) = (nil, nil)
  }

  /// Withdraws all numerical errors: where one parameter went astray, the others followed it.
  mutating func withdrawNumericalErrors() {
    numericalErrors = numericalErrors.map { $0.map { _ in .infinity } }
    (sumOfSquaresError, standardErrorError) = (nil, nil)
  }

  /// Makes numerical errors that bound nothing infinite, and those of parameters that may as well be zero no less than
  /// the parameter.
  ///
  /// On a plateau, such as that of exp(−b·x) for large b, a parameter drifts until rounding hides what is left of its
  /// effect, and would drift farther in a wider type. Its numerical error is then as long as its effect takes to die away.
  /// In c·cos(b·x) with a c that is rounding, a change of c takes the effect of b away; if it takes all of it, the
  /// error of b bounds nothing, however small it seems. Where the model's values have no digit, neither its derivatives
  /// nor any parameter has one.
  ///
  /// Of a parameter on the way to infinity, as an exponent that makes a curve a step, the effect may be less than rounding
  /// at both ends of its error: then another quarter of it takes its effect away, and makes the sum of squares no larger.
  ///
  /// - Complexity: where less than two digits of a parameter are computed, two or three evaluations of the Jacobian for
  ///   each that has an error; where less than three eighths of the type's digits are, two of the residuals and two of
  ///   the Jacobian.
  mutating func withdrawErrors(onPlateausOf problem: ModelProblem<Scalar>) throws {
    if isResponseLost(of: problem) {
      numericalErrors = zip(numericalErrors, parameters).map { error, x in
        error.map { max($0, x.magnitude) }
      }
    }
    guard let norms = determinacy?.columnNorms else { return }
    try withdrawErrors(ofEndlessIn: problem, norms)
    let errors = numericalErrors.map { $0 ?? 0 }
    let known = parameters.indices.filter { errors[$0].isFinite && errors[$0] > 0 }
    let doubtful = known.filter { Scalar(64) * errors[$0] >= parameters[$0].magnitude }
    guard !doubtful.isEmpty, let present = try problem.finiteJacobian(at: parameters) else {
      return
    }
    for k in known {
      for end in Self.ends(parameters[k], error: errors[k]) {
        var x = parameters
        x[k] = end
        guard let jacobian = try problem.finiteJacobian(at: x) else { continue }
        for j in known {
          let norm = EuclideanNorm<Scalar>()(jacobian.elements.span, jacobian.column(j))
          // An effect whose sign another parameter reverses vanishes on the way.
          let isTurned =
            j != k
            && Scalar.dotProduct(
              jacobian.elements.span, jacobian.column(j), present.elements.span, present.column(j))
              < 0
          let isLost =
            doubtful.contains(j)
            ? 2 * norm < norms[j] || isTurned
            : norm * parameters[j].magnitude <= residualRounding ?? 0
          guard isLost else { continue }
          // Towards zero the effect of b dies away in b³·x as well, where a b that is rounding is as good as zero.
          let isAlmostZero = j == k && end.magnitude < parameters[j].magnitude
          let least = isAlmostZero ? parameters[j].magnitude : .infinity
          numericalErrors[j] = max(numericalErrors[j] ?? 0, least)
        }
      }
    }
  }

  /// Makes the errors of poorly computed parameters infinite where one of them may go on by a quarter, either way, which
  /// takes half of its effect away, and the sum of squares does not grow.
  private mutating func withdrawErrors(
    ofEndlessIn problem: ModelProblem<Scalar>, _ norms: [Scalar]
  ) throws {
    // Where more digits are computed a minimum is near, and a quarter farther there may be another one.
    let unit = Scalar.ulpOfOne.squareRoot()
    let least = unit / unit.squareRoot().squareRoot()
    let poor = parameters.indices.filter { j in
      numericalErrors[j].map { $0.isFinite && $0 >= least * parameters[j].magnitude } ?? false
    }
    let isEndless = try poor.contains { j in
      try [3, 5].contains { quarters in
        var x = parameters
        x[j] *= Scalar(quarters) / 4
        let norm = EuclideanNorm<Scalar>()
        guard x[j] != 0, let residuals = try problem.finiteResiduals(at: x),
          norm(residuals.span) <= residualNorm, let jacobian = try problem.finiteJacobian(at: x)
        else { return false }
        return 2 * norm(jacobian.elements.span, jacobian.column(j)) < norms[j]
      }
    }
    guard isEndless else { return }
    for j in poor { numericalErrors[j] = .infinity }
  }

  /// Whether rounding is as large as the response, and as the residuals, so that the model's values have no digit, like
  /// those of cos(b) for a b without digits after the point. Where the response is zero, the residuals themselves are
  /// the model, and they may be nothing but rounding.
  ///
  /// - Complexity: O(1) where the residuals are more than rounding, else O(m).
  private func isResponseLost(of problem: ModelProblem<Scalar>) -> Bool {
    guard let residualRounding, residualRounding >= residualNorm else { return false }
    let response = problem.response.indices.map {
      problem.response[$0] / problem.data.deviation($0)
    }
    let norm = EuclideanNorm<Scalar>()(response.span)
    return norm > 0 && residualRounding >= norm
  }

  /// The least and the largest value that a parameter may have by its error, and zero where that is between them.
  private static func ends(_ value: Scalar, error: Scalar) -> [Scalar] {
    let ends = [value - error, value + error].filter { $0.isFinite }
    return error >= value.magnitude ? ends + [0] : ends
  }
}

extension ModelProblem {
  /// For each parameter, whether a change by its unit shows above the rounding of the residuals; true where that is not
  /// known.
  fileprivate func parametersSeen(at point: [Scalar], units: [Scalar]) throws -> [Bool] {
    guard let sweep = try EndLook.sweep(of: self, at: point) else { return units.map { _ in true } }
    let rounding = try RowRounding(of: self, residuals(at: point), nil, at: point).norm
    return units.indices.map { j in
      let norm = EuclideanNorm<Scalar>()(sweep.jacobian.elements.span, sweep.jacobian.column(j))
      return norm * units[j] > 16 * rounding
    }
  }
}
