public import LSQScalars

/// When the iteration has converged.
public struct Tolerances<Scalar: LSQScalar>: Sendable, Hashable {
  /// The relative reduction of the sum of squares, actual and predicted, that counts as none
  /// (MINPACK, SciPy: ftol).
  public var reduction: Scalar
  /// The relative step length that counts as none (MINPACK, SciPy: xtol).
  public var step: Scalar
  /// The cosine between the residuals and a column of the Jacobian that counts as a right angle
  /// (MINPACK, SciPy: gtol).
  public var gradient: Scalar

  /// Tolerances, by default √ε, √ε and 0 with ε the scalar's `ulpOfOne`.
  public init(
    reduction: Scalar = Scalar.ulpOfOne.squareRoot(),
    step: Scalar = Scalar.ulpOfOne.squareRoot(),
    gradient: Scalar = 0
  ) {
    self.reduction = reduction
    self.step = step
    self.gradient = gradient
  }

  /// MINPACK's and SciPy's defaults: √ε, √ε, 0.
  public static var minpack: Self { Self() }

  /// As far as the sum of squares can tell: ε, ε, 0.
  public static var machinePrecision: Self {
    Self(reduction: Scalar.ulpOfOne, step: Scalar.ulpOfOne)
  }
}

/// The diagonal D that measures the step, ‖D·p‖ ≤ Δ (MINPACK: mode, diag).
public enum Scaling<Scalar: LSQScalar>: Sendable, Hashable {
  /// The largest norm that each column of the Jacobian has had (MINPACK: mode 1).
  case fromJacobian
  /// A diagonal given by the caller, n positive numbers (MINPACK: mode 2, diag).
  case fixed([Scalar])
}

/// What a monitor wants to happen next.
public enum MonitorDecision: Sendable, Hashable {
  /// Go on.
  case proceed
  /// Stop and return the best point so far.
  case stop
}

/// Called with the start, after every trial step and before every closing step; it can stop the solve.
public typealias Monitor<Scalar: LSQScalar> = (IterationRecord<Scalar>) -> MonitorDecision

/// Everything that steers a solve, with MINPACK's defaults.
public struct Options<Scalar: LSQScalar>: Sendable, Hashable {
  /// When to stop (MINPACK: ftol, xtol, gtol).
  public var tolerances: Tolerances<Scalar>
  /// The number of residual evaluations after which to give up (MINPACK, SciPy: maxfev); nil means 100·(n+1) with a
  /// Jacobian and 200·(n+1) with differences. With closing steps in a type of p bits, nil means (900 + 3·p)·(n+1) until
  /// MINPACK's tests are met and 20·max(p, 53)·(n+1) in all: the way to a minimum is the same in every type, and steps
  /// near it contract linearly, so that their number grows with the digits.
  ///
  /// As in MINPACK, the number is checked after a trial step, so that a Jacobian by differences may exceed it by n; see
  /// ``Departures/strictEvaluationLimit``. Closing steps never exceed it.
  public var maximumResidualEvaluations: Int?
  /// The first radius of the trust region in units of ‖D·x‖ (MINPACK, SciPy: factor), commonly
  /// between 0.1 and 100.
  public var initialRadiusFactor: Scalar
  /// The scaling of the parameters (MINPACK: mode, diag; SciPy: diag).
  public var scaling: Scaling<Scalar>
  /// Whether to go on with Gauss–Newton steps where MINPACK's tests end, down to the rounding of the
  /// parameters. Off by default: MINPACK does not.
  public var closingSteps: Bool
  /// Where to depart from MINPACK although a run changes; nowhere by default.
  public var departures: Departures
  /// Whether an error thrown by the caller's functions in a closing step only refuses the closing steps, as a number
  /// that is not finite does, and is not rethrown.
  package var refusesClosingStepsAtErrors = false

  /// Options, by default MINPACK's.
  public init(
    tolerances: Tolerances<Scalar> = .minpack,
    maximumResidualEvaluations: Int? = nil,
    initialRadiusFactor: Scalar = 100,
    scaling: Scaling<Scalar> = .fromJacobian,
    closingSteps: Bool = false,
    departures: Departures = []
  ) {
    self.tolerances = tolerances
    self.maximumResidualEvaluations = maximumResidualEvaluations
    self.initialRadiusFactor = initialRadiusFactor
    self.scaling = scaling
    self.closingSteps = closingSteps
    self.departures = departures
  }

  /// As many digits as the type allows: MINPACK's tests at machine precision, then closing steps.
  public static var tight: Self {
    Self(tolerances: .machinePrecision, closingSteps: true, departures: .all)
  }

  /// The number of residual evaluations after which to give up on a problem.
  func evaluationLimit(for problem: LeastSquaresProblem<Scalar>) -> Int {
    let perParameter =
      closingSteps
      ? 900 + 3 * Scalar.precisionBits : problem.differenceEvaluations > 0 ? 200 : 100
    return maximumResidualEvaluations ?? perParameter * (problem.parameterCount + 1)
  }

  /// The same with closing steps.
  func closingLimit(for problem: LeastSquaresProblem<Scalar>) -> Int {
    maximumResidualEvaluations
      ?? 20 * max(Scalar.precisionBits, 53) * (problem.parameterCount + 1)
  }

  /// Throws where an option is invalid.
  func validate(parameterCount n: Int) throws(LeastSquaresError) {
    try Self.requireTolerance(tolerances.reduction, "reduction (ftol)")
    try Self.requireTolerance(tolerances.step, "step (xtol)")
    try Self.requireTolerance(tolerances.gradient, "gradient (gtol)")
    if let limit = maximumResidualEvaluations, limit <= 0 { throw .invalidEvaluationLimit(limit) }
    guard initialRadiusFactor > 0, initialRadiusFactor.isFinite else {
      throw .invalidRadiusFactor("\(initialRadiusFactor)")
    }
    if case .fixed(let diagonal) = scaling {
      guard diagonal.count == n else {
        throw .wrongScalingCount(found: diagonal.count, expected: n)
      }
      if let j = diagonal.firstIndex(where: { !($0 > 0) || !$0.isFinite }) {
        throw .invalidScaling(index: j, value: "\(diagonal[j])")
      }
    }
  }

  private static func requireTolerance(
    _ value: Scalar, _ name: StaticString
  ) throws(LeastSquaresError) {
    guard value >= 0 else { throw .invalidTolerance(name: "\(name)", value: "\(value)") }
  }
}
