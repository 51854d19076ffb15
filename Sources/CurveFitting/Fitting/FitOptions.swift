public import LSQScalars
public import LeastSquares

/// Where the derivatives of a fit come from.
public enum FitDerivatives: String, Sendable, CaseIterable, Codable {
  /// Dual numbers: the derivatives of the formula, to the last digits.
  case exact
  /// Forward differences, MINPACK's `lmdif`: about half of the digits.
  case forward
  /// Central differences: about two thirds of the digits.
  case central
}

/// When a fit is good enough.
public enum FitTolerance: String, Sendable, CaseIterable, Codable {
  /// As many digits as the type allows.
  case tight
  /// MINPACK's and SciPy's √ε.
  case minpack

  /// The tolerance in numbers: a fit that is given these as well follows MINPACK's path as far as its tests go, even
  /// where Newton steps would be fewer.
  package func inNumbers<Scalar: LSQScalar>() -> Tolerances<Scalar> {
    self == .tight ? .machinePrecision : .minpack
  }
}

/// How a model is fitted.
public struct FitOptions<Scalar: LSQScalar>: Sendable, Hashable {
  /// Where the derivatives come from.
  public typealias Derivatives = FitDerivatives
  /// When a fit is good enough.
  public typealias Tolerance = FitTolerance

  /// The relative error of the model's own values, from which the steps of differences follow.
  public enum ResidualPrecision: Sendable, Hashable {
    /// The type's ε: the model computes as well as the type does.
    case machine
    /// What the caller knows of the model (MINPACK, SciPy: epsfcn).
    case relative(Scalar)
    /// Measured at the start, from a table of differences; see `measuredNoise`.
    case measured
  }

  /// Where the derivatives come from.
  public var derivatives: Derivatives
  /// When to stop.
  public var tolerance: Tolerance
  /// MINPACK's tests in numbers (MINPACK, SciPy: ftol, xtol, gtol), in place of those that `tolerance` stands for;
  /// `tolerance` still decides whether steps to the last digits follow. Without them a tight fit in a type wider than
  /// the hardware's takes Newton steps as soon as it is near a minimum, since the number of any other steps grows with
  /// the digits.
  public var tolerances: Tolerances<Scalar>?
  /// The first radius of the trust region in units of ‖D·x‖ (MINPACK, SciPy: factor).
  public var initialRadiusFactor: Scalar
  /// The scaling of the parameters (MINPACK: mode, diag; SciPy: diag).
  public var scaling: Scaling<Scalar>
  /// The relative error of the model's values; it matters only for differences.
  public var residualPrecision: ResidualPrecision
  /// The number of residual evaluations after which to give up; nil for a number that grows with the
  /// number of parameters and, for `tight`, with the precision.
  public var maximumResidualEvaluations: Int?
  /// The number of threads that evaluate rows in types wider than the hardware's, and many rows in all types; nil for one
  /// per processor. No bit of the result depends on it.
  public var maximumConcurrency: Int?

  /// Whether closing steps follow MINPACK's tests in a tight fit.
  var takesClosingSteps = true
  /// Whether the end is where other steps begin, which then judge what it is worth.
  var isLead = false

  /// Options: by default exact derivatives and all the digits.
  public init(
    derivatives: Derivatives = .exact, tolerance: Tolerance = .tight,
    tolerances: Tolerances<Scalar>? = nil, initialRadiusFactor: Scalar = 100,
    scaling: Scaling<Scalar> = .fromJacobian, residualPrecision: ResidualPrecision = .machine,
    maximumResidualEvaluations: Int? = nil, maximumConcurrency: Int? = nil
  ) {
    self.derivatives = derivatives
    self.tolerance = tolerance
    self.tolerances = tolerances
    self.initialRadiusFactor = initialRadiusFactor
    self.scaling = scaling
    self.residualPrecision = residualPrecision
    self.maximumResidualEvaluations = maximumResidualEvaluations
    self.maximumConcurrency = maximumConcurrency
  }

  /// The relative change of the residuals that a fit with exact derivatives does not resolve.
  func unresolvedChange(ending: Fit<Scalar>.Ending) -> Scalar {
    guard ending == .tests else { return 0 }
    return solverOptions.tolerances.reduction.squareRoot()
  }

  /// The relative change of the parameters that a solve leaves: 0 where it goes on to the last digits.
  var unresolvedStep: Scalar { isByTests ? solverOptions.tolerances.step : 0 }

  /// Whether MINPACK's tests have the last word.
  var isByTests: Bool { tolerance == .minpack && !isLead }

  /// The solver's options.
  var solverOptions: Options<Scalar> {
    var options = tolerance == .tight ? Options<Scalar>.tight : Options()
    options.closingSteps = options.closingSteps && takesClosingSteps
    options.refusesClosingStepsAtErrors = true
    options.maximumResidualEvaluations = maximumResidualEvaluations
    if let tolerances { options.tolerances = tolerances }
    options.initialRadiusFactor = initialRadiusFactor
    options.scaling = scaling
    return options
  }

  /// The same for a solve in `Double` that leads the way for a narrower type: as far as `Double` goes, since MINPACK's
  /// tolerance mistakes a slow beginning for the end.
  var inDouble: FitOptions<Double> {
    let precision: FitOptions<Double>.ResidualPrecision =
      switch residualPrecision {
      case .machine: .machine
      case .relative(let precision): .relative(Double(nearest: precision))
      case .measured: .measured
      }
    let scaling: Scaling<Double> =
      switch scaling {
      case .fromJacobian: .fromJacobian
      case .fixed(let diagonal): .fixed(diagonal.map { Double(nearest: $0) })
      }
    return FitOptions<Double>(
      derivatives: derivatives, tolerance: .tight,
      initialRadiusFactor: Double(nearest: initialRadiusFactor), scaling: scaling,
      residualPrecision: precision,
      maximumResidualEvaluations: maximumResidualEvaluations)
  }
}

extension FitDerivatives {
  /// The residual evaluations within which a fit in a wide type finds which minimum it goes to, if it does. On a plateau without
  /// end such a type goes on for as long as it is allowed.
  package func searchLimit(parameterCount n: Int) -> Int {
    1000 * (n + 1) * (1 + evaluations(parameterCount: n))
  }

  /// The residual evaluations that a Jacobian takes.
  func evaluations(parameterCount n: Int) -> Int {
    switch self {
    case .exact: 0
    case .forward: n
    case .central: 2 * n
    }
  }
}
