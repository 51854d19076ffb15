public import LSQScalars
public import LeastSquares

/// The result of fitting a model to data.
public struct Fit<Scalar: LSQScalar>: Sendable {
  /// The parameters b.
  public let parameters: [Scalar]
  /// The standard errors of the parameters; nil for a parameter that the data do not determine, and
  /// where there is no degree of freedom left to estimate the scatter from.
  ///
  /// With known σ they are √(C_jj), else s·√(C_jj), with C = (JᵀJ)⁻¹ at the solution.
  public let standardErrors: [Scalar?]
  /// The sum of squares of the residuals, Σ rᵢ².
  public let sumOfSquares: Scalar
  /// m − n.
  public let degreesOfFreedom: Int
  /// s = √(Σ rᵢ²/(m − n)); nil where m = n.
  public let residualStandardDeviation: Scalar?
  /// The covariance matrix of the parameters, scaled like the standard errors; nil where one of those is.
  public let covariance: Matrix<Scalar>?
  /// The parameters, counted from zero, that the data do not determine.
  public let undetermined: [Int]
  /// Whether the fit went as far as its tolerance asks, with derivatives that mean something.
  public let isConverged: Bool
  /// Whether the residuals are so large, or the steps so small, that their differences lost the effect of
  /// a parameter that exact derivatives still see at the solution. The solver then takes a point for a
  /// minimum that is none.
  public let areDifferencesLost: Bool
  /// What the solver says.
  public let solution: Solution<Scalar>
}

extension ModelProblem {
  /// Fits the model from a start.
  ///
  /// - Throws: `LeastSquaresError` where the problem cannot be solved as posed; what the model throws.
  /// - Complexity: O(m·n²) per iteration, beside m evaluations of the model and of its gradient.
  public func fit(
    from start: [Scalar], options: FitOptions<Scalar> = FitOptions()
  ) throws -> Fit<Scalar> {
    let problem = try LeastSquaresProblem(
      residualCount: rowCount, parameterCount: parameterCount,
      jacobian: jacobianSource(options.derivatives), residuals: residuals)
    let solver = LevenbergMarquardt(
      options: options.solverOptions(parameterCount: parameterCount))
    let solution = try solver.minimize(problem, from: start)
    let determinacy = try determinacy(at: solution, isExact: options.derivatives == .exact)
    let areDifferencesLost =
      options.derivatives != .exact
      && solution.determinacy.rank < determinacy?.rank ?? 0
    let isAtGoal =
      solution.termination.isSolved
      || options.tolerance == .tight && solution.termination.isAtPrecision
    return Fit(
      solution, determinacy, hasSigma: sigma != nil,
      isConverged: isAtGoal && !areDifferencesLost, areDifferencesLost: areDifferencesLost)
  }

  private func jacobianSource(
    _ derivatives: FitOptions<Scalar>.Derivatives
  ) -> JacobianSource<Scalar> {
    switch derivatives {
    case .exact: .byRows(jacobian)
    case .forward: .forwardDifferences()
    case .central: .centralDifferences()
    }
  }

  /// The exact Jacobian at the solution, judged; the solver's own is mostly of the point before.
  private func determinacy(
    at solution: Solution<Scalar>, isExact: Bool
  ) throws -> Determinacy<Scalar>? {
    if isExact, solution.closing?.isContracted == true { return solution.determinacy }
    var jacobian = Matrix<Scalar>(
      rowCount: rowCount, columnCount: parameterCount, repeating: 0)
    var elements = jacobian.elements.mutableSpan
    try self.jacobian(solution.parameters.span, &elements)
    guard jacobian.elements.allSatisfy(\.isFinite) else { return nil }
    return Determinacy(jacobian: jacobian)
  }
}

extension Fit {
  init(
    _ solution: Solution<Scalar>, _ determinacy: Determinacy<Scalar>?, hasSigma: Bool,
    isConverged: Bool, areDifferencesLost: Bool
  ) {
    let (m, n) = (solution.residuals.count, solution.parameters.count)
    self.solution = solution
    self.isConverged = isConverged
    self.areDifferencesLost = areDifferencesLost
    parameters = solution.parameters
    sumOfSquares = solution.residuals.reduce(0) { $0 + $1 * $1 }
    degreesOfFreedom = m - n
    // From the norm, which neither overflows nor underflows where the sum of squares does.
    let deviation = m > n ? solution.residualNorm / .sqrt(Scalar(m - n)) : nil
    residualStandardDeviation = deviation
    undetermined = determinacy?.undetermined ?? Array(0..<n)
    guard let determinacy, let scale = hasSigma ? 1 : deviation else {
      standardErrors = Array(repeating: nil, count: n)
      covariance = nil
      return
    }
    var scaled = determinacy.covariance
    for i in scaled.elements.indices { scaled.elements[i] *= scale * scale }
    let isUndetermined = Set(determinacy.undetermined)
    standardErrors = (0..<n).map { j in
      isUndetermined.contains(j) ? nil : determinacy.covariance[j, j].squareRoot() * scale
    }
    covariance = isUndetermined.isEmpty ? scaled : nil
  }
}
