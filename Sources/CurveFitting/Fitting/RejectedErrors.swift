import LSQScalars
import LeastSquares

/// Which evaluations of a solve failed.
final class ErrorLog {
  /// Whether the last trial step led to where the model throws.
  private(set) var lastTrialFailed = false
  private var hasFailed = false

  /// Takes note of an error.
  func note() { hasFailed = true }

  /// Takes note that a trial step has been judged.
  func endTrial() { (lastTrialFailed, hasFailed) = (hasFailed, false) }
}

extension LeastSquaresProblem {
  /// The same problem with values that are not finite where a function throws, so that the solver rejects the
  /// step; nil for derivatives of a kind that models do not have.
  func rejectingErrors(_ log: ErrorLog) throws -> Self? {
    let source: JacobianSource<Scalar>
    switch jacobian {
    case .withResiduals(let evaluate):
      source = .withResiduals { x, residuals, jacobian in
        do { try evaluate(x, &residuals, &jacobian) } catch  where error.isOfModel {
          log.note()
          for i in residuals.indices { residuals[i] = .nan }
          for i in jacobian.indices { jacobian[i] = .nan }
        }
      }
    case .forwardDifferences, .centralDifferences: source = jacobian
    case .byRows, .byColumns, .rowByRow: return nil
    }
    return try Self(
      residualCount: residualCount, parameterCount: parameterCount, jacobian: source
    ) { [residuals] x, target in
      do { try residuals(x, &target) } catch  where error.isOfModel {
        log.note()
        for i in target.indices { target[i] = .nan }
      }
    }
  }
}

extension Error {
  /// Whether this is an error of the model, and not the wish to stop.
  fileprivate var isOfModel: Bool {
    !(self is StopSolving || isCancellation)
  }
}
