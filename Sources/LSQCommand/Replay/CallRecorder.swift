import LSQScalars
import LeastSquares

/// Stands between a solver and a problem, and notes every call in the way of the reference runs.
final class CallRecorder<Scalar: LSQScalar> {
  private(set) var residualCalls = 0
  private(set) var path = PathFingerprint()
  /// One entry per linearisation.
  private(set) var trajectory: [TrajectoryPoint] = []

  struct TrajectoryPoint {
    let nfev: Int
    let fnorm: Scalar
    let x: [Scalar]
  }

  private var jacobianCalls = 0
  private let stopAtCall: Int?
  /// The residual calls that a Jacobian by differences takes, else 0.
  private let callsPerJacobian: Int
  private var expectedDifferences = 0
  private var pending: TrajectoryPoint?

  init(_ run: ReferenceRun) {
    stopAtCall = run.stopAtCall
    callsPerJacobian = run.solver == .lmdif ? run.n : 0
  }

  /// Notes an evaluation of the residuals.
  func noteResiduals(_ x: Span<Scalar>) throws {
    residualCalls += 1
    let isDifference = expectedDifferences > 0
    path.feed(isDifference ? .derivatives : .residuals, x)
    expectedDifferences = isDifference ? expectedDifferences - 1 : 0
    if residualCalls == 1 { expectedDifferences = callsPerJacobian }
    try noteCall()
  }

  /// Notes an evaluation of the Jacobian.
  func noteJacobian(_ x: Span<Scalar>) throws {
    jacobianCalls += 1
    path.feed(.derivatives, x)
    try noteCall()
  }

  /// Listens to the solver: an accepted step is followed by a linearisation.
  func monitor(_ record: IterationRecord<Scalar>) -> MonitorDecision {
    guard record.isAccepted else { return .proceed }
    let isStart = record.iteration == 0
    let point = TrajectoryPoint(
      nfev: record.counts.residuals + (isStart ? 0 : callsPerJacobian),
      fnorm: record.residualNorm, x: record.parameters)
    if isStart {
      trajectory.append(point)
    } else {
      pending = point
      expectedDifferences = callsPerJacobian
    }
    return .proceed
  }

  private func noteCall() throws {
    if let point = pending {
      trajectory.append(point)
      pending = nil
    }
    if let stop = stopAtCall, residualCalls + jacobianCalls >= stop {
      throw StopSolving(code: -7)
    }
  }
}
