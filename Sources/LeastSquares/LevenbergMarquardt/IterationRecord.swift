public import LSQScalars

/// How often the caller's functions have been called, as MINPACK counts.
///
/// With ``JacobianSource/withResiduals(_:)`` these are the evaluations that were needed; fewer calls were made
/// for them.
public struct EvaluationCounts: Sendable, Hashable, Codable {
  /// Evaluations of the residuals, those for differences included (MINPACK, SciPy: nfev).
  public internal(set) var residuals = 0
  /// Evaluations of the Jacobian; none where it comes from differences (MINPACK, SciPy: njev).
  public internal(set) var jacobians = 0

  /// No evaluation yet.
  public init() {}

  /// The given numbers of evaluations.
  public init(residuals: Int, jacobians: Int) {
    self.residuals = residuals
    self.jacobians = jacobians
  }
}

/// A snapshot of a running solve, for a monitor: once at the start, then after every trial step and before every
/// closing step.
public struct IterationRecord<Scalar: LSQScalar>: Sendable {
  /// Which solve of a fit this is: 0 for the first, and one more each time that the fit begins anew.
  public package(set) var attempt = 0
  /// The number of the iteration, 0 for the start; an iteration ends with an accepted step (MINPACK:
  /// iter).
  public let iteration: Int
  /// The best parameters so far (MINPACK: x); for a closing step, those from which it starts.
  public let parameters: [Scalar]
  /// ‖f‖ at `parameters` (MINPACK: fnorm).
  public let residualNorm: Scalar
  /// ‖f‖ at the trial point (MINPACK: fnorm1); at the start and for a closing step, the same as
  /// `residualNorm`.
  public let trialResidualNorm: Scalar
  /// Whether the trial point was accepted; true at the start and for a closing step.
  public let isAccepted: Bool
  /// Whether this is a closing step: Gauss–Newton, judged by its length alone, so that reductions, gain
  /// ratio, Δ, λ and the cosine are those of the last trial step before it.
  public let isClosing: Bool
  /// The trust-region radius Δ after the step was judged (MINPACK: delta).
  public let trustRegionRadius: Scalar
  /// The damping parameter λ after the step was judged (MINPACK: par).
  public let dampingParameter: Scalar
  /// The scaled length of the step ‖D·p‖ (MINPACK: pnorm); for a closing step, in units of the Jacobian's columns at
  /// the first closing step.
  public let stepLength: Scalar
  /// 1 − (‖f(x − p)‖/‖f(x)‖)² (MINPACK: actred).
  public let actualReduction: Scalar
  /// The reduction that the linear model promised (MINPACK: prered).
  public let predictedReduction: Scalar
  /// Actual over predicted reduction (MINPACK: ratio).
  public let gainRatio: Scalar
  /// The largest cosine between the residuals and a column of the Jacobian (MINPACK: gnorm).
  public let gradientCosine: Scalar
  /// Calls so far.
  public let counts: EvaluationCounts
}

extension IterationRecord {
  /// The record of a solve in another type, rounded to this one.
  package init<Other: LSQScalar>(rounding other: IterationRecord<Other>) {
    attempt = other.attempt
    iteration = other.iteration
    parameters = other.parameters.map { Scalar(nearest: $0) }
    residualNorm = Scalar(nearest: other.residualNorm)
    trialResidualNorm = Scalar(nearest: other.trialResidualNorm)
    isAccepted = other.isAccepted
    isClosing = other.isClosing
    trustRegionRadius = Scalar(nearest: other.trustRegionRadius)
    dampingParameter = Scalar(nearest: other.dampingParameter)
    stepLength = Scalar(nearest: other.stepLength)
    actualReduction = Scalar(nearest: other.actualReduction)
    predictedReduction = Scalar(nearest: other.predictedReduction)
    gainRatio = Scalar(nearest: other.gainRatio)
    gradientCosine = Scalar(nearest: other.gradientCosine)
    counts = other.counts
  }
}
