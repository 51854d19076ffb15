/// Why a solve ended.
public enum Termination: Sendable, Hashable, Codable {
  /// Actual and predicted relative reductions of the sum of squares are at most `ftol`.
  case reductionTolerance
  /// The relative length of the step is at most `xtol`.
  case stepTolerance
  /// Both of the above.
  case reductionAndStepTolerance
  /// The residuals are orthogonal to the columns of the Jacobian to within `gtol`.
  case gradientTolerance
  /// The limit of residual evaluations was reached.
  case evaluationLimit
  /// No further reduction of the sum of squares is possible; `ftol` is too small.
  case reductionAtPrecision
  /// No further improvement of the parameters is possible; `xtol` is too small.
  case stepAtPrecision
  /// The residuals are orthogonal to the columns of the Jacobian to machine precision; `gtol` is too
  /// small.
  case gradientAtPrecision
  /// A callback threw ``StopSolving``, or the monitor asked to stop.
  case stopped(code: Int)
  /// The task was cancelled.
  case cancelled
  /// A derivative became NaN or infinite after the start.
  case nonFiniteDerivative(residual: Int, parameter: Int)
  /// A residual that was finite became NaN or infinite when it was evaluated together with its derivatives.
  case nonFiniteResidual(index: Int)
  /// The norm of a column of the Jacobian overflowed after the start.
  case columnNormOverflows(parameter: Int)

  /// MINPACK's number, 1 … 8 or negative for a stop (MINPACK: info; SciPy: ier).
  ///
  /// Cancellation is a stop with code −1. An unusable Jacobian has no number in MINPACK, which would
  /// go on with NaN until the evaluations run out; it is reported as 5.
  public var minpackInfo: Int {
    switch self {
    case .reductionTolerance: 1
    case .stepTolerance: 2
    case .reductionAndStepTolerance: 3
    case .gradientTolerance: 4
    case .evaluationLimit, .nonFiniteDerivative, .nonFiniteResidual, .columnNormOverflows: 5
    case .reductionAtPrecision: 6
    case .stepAtPrecision: 7
    case .gradientAtPrecision: 8
    case .stopped(let code): code
    case .cancelled: -1
    }
  }

  /// The case in one word, such as `stepTolerance`, for programs to read.
  public var name: String {
    switch self {
    case .reductionTolerance: "reductionTolerance"
    case .stepTolerance: "stepTolerance"
    case .reductionAndStepTolerance: "reductionAndStepTolerance"
    case .gradientTolerance: "gradientTolerance"
    case .evaluationLimit: "evaluationLimit"
    case .reductionAtPrecision: "reductionAtPrecision"
    case .stepAtPrecision: "stepAtPrecision"
    case .gradientAtPrecision: "gradientAtPrecision"
    case .stopped: "stopped"
    case .cancelled: "cancelled"
    case .nonFiniteDerivative: "nonFiniteDerivative"
    case .nonFiniteResidual: "nonFiniteResidual"
    case .columnNormOverflows: "columnNormOverflows"
    }
  }

  /// Whether a convergence test was met (MINPACK: info 1 … 4).
  public var isSolved: Bool { (1...4).contains(minpackInfo) }

  /// Whether the tolerances asked for more than the arithmetic can resolve (MINPACK: info 6 … 8).
  public var isAtPrecision: Bool { (6...8).contains(minpackInfo) }

  /// Whether the solve ended by itself, at a tolerance or at the arithmetic's limits.
  package var hasSettled: Bool { isSolved || isAtPrecision }
}

extension Termination: CustomStringConvertible {
  /// One sentence (SciPy: mesg).
  public var description: String {
    switch self {
    case .reductionTolerance:
      "Both the actual and the predicted relative reduction of the sum of squares are at most ftol."
    case .stepTolerance:
      "The relative change between two consecutive iterates is at most xtol."
    case .reductionAndStepTolerance:
      "Both relative reductions of the sum of squares are at most ftol, and the relative change "
        + "between two consecutive iterates is at most xtol."
    case .gradientTolerance:
      "The cosine of the angle between the residuals and every column of the Jacobian is at most "
        + "gtol in absolute value."
    case .evaluationLimit:
      "The number of residual evaluations has reached its limit (maxfev); allow more, or start nearer to the solution."
    case .reductionAtPrecision:
      "ftol is too small: no further reduction of the sum of squares is possible."
    case .stepAtPrecision:
      "xtol is too small: no further improvement of the parameters is possible."
    case .gradientAtPrecision:
      "gtol is too small: the residuals are orthogonal to the columns of the Jacobian to machine "
        + "precision."
    case .stopped(let code):
      "The solve was stopped by its caller (code \(code)); this is the best point so far."
    case .cancelled:
      "The task was cancelled; this is the best point so far."
    case .nonFiniteDerivative(let residual, let parameter):
      "The derivative of residual \(residual) by parameter \(parameter) (both counted from 0) became "
        + "NaN or infinite; this is the best point so far."
    case .nonFiniteResidual(let index):
      "Residual \(index) (counted from 0) was finite alone, but NaN or infinite with its derivatives; this "
        + "is the best point so far."
    case .columnNormOverflows(let parameter):
      "The norm of the derivatives by parameter \(parameter) (counted from 0) overflowed; this is the best "
        + "point so far."
    }
  }
}
