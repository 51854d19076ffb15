public import LSQScalars
import LeastSquares

// What the Jacobian at a confirmed fit says, in types narrower than that of the fit where those see enough.
extension AnyPrecisionFit {
  /// The Jacobian at a point; nil where it is not finite, or the type does not hold the data.
  private func jacobian<Scalar: LSQScalar>(at x: [Scalar]) throws -> Matrix<Scalar>? {
    do { return try problem(over: Scalar.self).finiteJacobian(at: x) } catch
      where !error.isCancellation
    {
      return nil
    }
  }

  /// What the Jacobian at a point says about each parameter; nil where it is not finite, or the type does not hold the data.
  ///
  /// - Parameter tolerance: how near the span of others a column has to be to count as in it; nil for what rounding
  ///   explains.
  private func determinacy<Scalar: LSQScalar>(
    at x: [Scalar], tolerance: Scalar?
  ) throws -> Determinacy<Scalar>? {
    try jacobian(at: x).map { jacobian in
      tolerance.map { Determinacy(jacobian: jacobian, tolerance: $0) }
        ?? Determinacy(jacobian: jacobian)
    }
  }

  /// The same at a confirmed fit.
  func determinacy<Scalar: LSQScalar>(
    of fit: ConfirmedFit, over type: Scalar.Type
  ) throws -> Determinacy<Scalar>? {
    // At the point rounded to the type, what should be zero is so only to the digits of the type.
    try determinacy(
      at: fit.parameters(as: type),
      tolerance: fit.undetermined.isEmpty ? nil : Scalar.ulpOfOne.squareRoot())
  }

  /// log₁₀ of the condition of the Jacobian at a point, with columns of unit length; nil where parameters are
  /// redundant, as far as a wide look shows.
  package func conditionDigits(at point: [BinaryReal], _ ladder: ScalarLadder) throws -> Double? {
    try wideLook(at: point, ladder)?.conditionDigits
  }

  /// What the Jacobian at a point says to three quarters of 512 bits: the rest allows for the rounding of the model, of
  /// which the column of b consists in (b·c·a)/(x·b). nil where it is not finite.
  func wideLook(at point: [BinaryReal], _ ladder: ScalarLadder) throws -> WideLook? {
    func look<Scalar: LSQScalar>(_ type: Scalar.Type) throws -> WideLook? {
      let (half, quarter) = (Scalar.precisionBits / 2, Scalar.precisionBits / 4)
      let tolerance = Scalar(
        sign: .plus, exponent: Scalar.Exponent(-half - quarter), significand: 1)
      let x = point.map(Scalar.init(rounding:))
      return try jacobian(at: x).map {
        WideLook(
          Determinacy(
            jacobian: $0.withoutEffects(at: x, below: tolerance), tolerance: tolerance))
      }
    }
    return try look(ladder(WideLook.bits))
  }

  /// The fit, marking those undetermined parameters that only the rounding of its type makes so, as in a + b·(10²⁰ +
  /// x): the columns of the Jacobian are then independent at the same point in a wider type.
  ///
  /// Those become ``Fit/hidden``, and ``Fit/bitsNeeded`` says which type would show them. In that type the others would
  /// go elsewhere as well: no parameter has a numerical error that bounds anything, nor a standard error. Where Newton
  /// steps along all parameters proved a minimum, the fit stays as it was: the Jacobian may be singular there.
  ///
  /// - Parameters:
  ///   - fit: a fit of this problem, in any type.
  ///   - ladder: the types to look in, such as `PrecisionLadder.scalarType(bits:)` of MultiPrecision.
  /// - Throws: what the model and the ladder throw.
  /// - Complexity: an evaluation of the Jacobian at 512 bits where the data leave parameters open, and O(m·n²).
  public func judged<Scalar: LSQScalar>(
    _ fit: Fit<Scalar>, ladder: ScalarLadder
  ) throws -> Fit<Scalar> {
    guard fit.mayBeOpenByRounding,
      let look = try wideLook(at: fit.parameters.map { $0.binaryReal }, ladder)
    else { return fit }
    return try judged(fit, by: look, ladder)
  }

  /// The same by a wide look at the end of the fit.
  func judged<Scalar: LSQScalar>(
    _ fit: Fit<Scalar>, by look: WideLook, _ ladder: ScalarLadder
  ) throws -> Fit<Scalar> {
    guard fit.mayBeOpenByRounding, look.rank > fit.determinacy?.rank ?? look.rank else {
      return fit
    }
    let told = fit.undetermined.filter { !look.undetermined.contains($0) }
    var result = fit
    result.hidden = Set(fit.hidden).union(told.isEmpty ? fit.undetermined : told).sorted()
    result.bitsNeeded = try bits(toSeeRank: look.rank, at: fit, ladder)
    result.withdrawAll()
    return result
  }

  /// The bits of the narrowest type, wider than that of a fit, in which the Jacobian at its end has a rank, with half of the
  /// digits left.
  private func bits<Scalar: LSQScalar>(
    toSeeRank rank: Int, at fit: Fit<Scalar>, _ ladder: ScalarLadder
  ) throws -> Int {
    func sees<Wider: LSQScalar>(_ type: Wider.Type) throws -> Bool {
      let point = fit.parameters.map { Wider(rounding: $0.binaryReal) }
      return try determinacy(at: point, tolerance: Wider.ulpOfOne.squareRoot())
        .map { $0.rank >= rank } ?? false
    }
    var bits = Scalar.precisionBits
    while bits < WideLook.bits {
      let type = try bits < Double.precisionBits ? Double.self : ladder(bits + 1)
      if try sees(type) { return type.precisionBits }
      bits = type.precisionBits
    }
    return WideLook.bits
  }

  /// What a look at a confirmed fit shows in the first type that holds it and sees every parameter, or else in the widest.
  func firstLook(
    at fit: ConfirmedFit, _ ladder: ScalarLadder,
    in look: (any LSQScalar.Type) throws -> FitAccuracy
  ) throws -> FitAccuracy {
    let wider = try ladder(fit.bitsToShowRank)
    guard fit.undetermined.isEmpty else { return try look(wider) }
    for type in [Double.self, wider] as [any LSQScalar.Type] where fit.isHeld(by: type) {
      let result = try look(type)
      if result.rank == fit.parameters.count { return result }
    }
    return try look(ladder(fit.bits))
  }
}

extension ConfirmedFit {
  /// The bits of a type that shows where the Jacobian is singular.
  var bitsToShowRank: Int { min(256, bits) }

  /// Whether parameters and standard errors are within the range of a type.
  fileprivate func isHeld(by type: any LSQScalar.Type) -> Bool {
    func holds<Scalar: LSQScalar>(_: Scalar.Type) -> Bool {
      (parameters + standardErrors.compactMap { $0 }).allSatisfy {
        $0 == "0.0" || Scalar($0)?.isNormal == true
      }
    }
    return holds(type)
  }
}

extension Matrix where Element: LSQScalar {
  /// A Jacobian with zeros for the columns whose effect ‖J_j‖·|x_j| is no more than a given share of the largest.
  fileprivate func withoutEffects(at x: [Element], below share: Element) -> Self {
    let norm = EuclideanNorm<Element>()
    let effects = x.indices.map { norm(elements.span, column($0)) * x[$0].magnitude }
    let least = (effects.max() ?? 0) * share
    var result = self
    for j in x.indices where x[j] != 0 && effects[j] <= least {
      for i in 0..<rowCount { result[i, j] = 0 }
    }
    return result
  }
}

/// What a Jacobian says in a type so wide that rounding does not count.
struct WideLook {
  static let bits = 512

  let rank: Int
  /// The parameters that take part in its null space.
  let undetermined: [Int]
  /// log₁₀ of the condition, with columns of unit length; nil where the rank is not full.
  let conditionDigits: Double?

  init<Scalar: LSQScalar>(_ determinacy: Determinacy<Scalar>) {
    (rank, undetermined) = (determinacy.rank, determinacy.undetermined)
    conditionDigits =
      undetermined.isEmpty
      ? zip(determinacy.deviations, determinacy.columnNorms).map {
        -Scalar.leadingZeros($0 * $1)
      }.max() : nil
  }
}

extension Fit {
  /// The parameters, counted from zero, that the data leave open, except those that rounding alone leaves open.
  package var openParameters: [Int] {
    bitsNeeded == nil ? undetermined : undetermined.filter { !hidden.contains($0) }
  }

  /// Withdraws what is said about the parameters and the sum of squares.
  fileprivate mutating func withdrawAll() {
    withdrawNumericalErrors()
    standardErrors = standardErrors.map { _ in nil }
    covariance = nil
  }

  /// Whether the data leave parameters open, by the Jacobian of a point that nothing else shows to be a minimum.
  fileprivate var mayBeOpenByRounding: Bool {
    isConverged && refinement == nil && !isProvenMinimum && !undetermined.isEmpty
      && drifting.isEmpty
  }
}
