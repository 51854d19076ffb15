import LSQScalars

/// Why a problem cannot be solved as it was posed.
public enum LeastSquaresError: Error, Sendable, Hashable {
  /// There is no parameter to fit.
  case noParameters
  /// There are fewer residuals than parameters.
  case tooFewResiduals(residuals: Int, parameters: Int)
  /// The number of residuals times parameters is more than an `Int` holds.
  case tooLarge(residuals: Int, parameters: Int)
  /// The number of rows of a block is not positive.
  case invalidBlockRowCount(Int)
  /// The number of threads or tasks is not positive.
  case invalidConcurrency(Int)
  /// A function over arrays returned the wrong number of values; `what` names them.
  case wrongCount(what: String, found: Int, expected: Int)
  /// A start value is NaN or infinite.
  case nonFiniteStart(parameter: Int, value: String)
  /// A residual at the start is NaN or infinite.
  case nonFiniteResidual(index: Int, value: String)
  /// The norm of the residuals at the start overflows although each is finite.
  case residualNormOverflows
  /// A Jacobian is to be checked that was not given.
  case derivativesNotGiven
  /// A derivative at the start is NaN or infinite.
  case nonFiniteDerivative(residual: Int, parameter: Int, value: String)
  /// The norm of a column of the Jacobian at the start overflows although each derivative is finite.
  case columnNormOverflows(parameter: Int)
  /// A tolerance is negative or NaN.
  case invalidTolerance(name: String, value: String)
  /// The limit of residual evaluations is not positive.
  case invalidEvaluationLimit(Int)
  /// The factor of the first radius is not positive and finite.
  case invalidRadiusFactor(String)
  /// The assumed precision of the residuals is negative or not finite.
  case invalidResidualPrecision(String)
  /// The fixed scaling has the wrong number of entries.
  case wrongScalingCount(found: Int, expected: Int)
  /// An entry of the fixed scaling is not positive and finite.
  case invalidScaling(index: Int, value: String)
}

extension LeastSquaresError: CustomStringConvertible {
  /// One sentence that names the offending value and the remedy.
  public var description: String {
    switch self {
    case .noParameters:
      "There is no parameter to fit: give at least one, with a start value."
    case .tooFewResiduals(let m, let n):
      "\(m) residuals cannot determine \(n) parameters: give at least \(n) residuals or fit fewer "
        + "parameters."
    case .tooLarge(let m, let n):
      "\(m) residuals of \(n) parameters have more derivatives than can be counted: check both numbers."
    case .invalidBlockRowCount(let count):
      "A block cannot have \(count) rows: give a positive number, or nil for the default."
    case .invalidConcurrency(let count):
      "The number of threads (maximumConcurrency) is \(count): it must be positive, or nil for one per "
        + "processor."
    case .wrongCount(let what, let found, let expected):
      "The \(what) has \(found) values where \(expected) are expected: give exactly that many."
    case .nonFiniteStart(let j, let value):
      "Start value \(j) (counted from 0) is \(value): every start value must be finite."
    case .nonFiniteResidual(let i, let value):
      "Residual \(i) (counted from 0) is \(value) at the start: start where the model is defined, or "
        + "check the data of that row."
    case .residualNormOverflows:
      "The norm of the residuals overflows at the start: scale the residuals down or use a type of "
        + "wider range."
    case .derivativesNotGiven:
      "There is no Jacobian to check, since it comes from differences: give one with the problem."
    case .nonFiniteDerivative(let i, let j, let value):
      "The derivative of residual \(i) by parameter \(j) (both counted from 0) is \(value) at the "
        + "start: start where the model is differentiable."
    case .columnNormOverflows(let j):
      "The norm of the derivatives by parameter \(j) (counted from 0) overflows at the start: scale the "
        + "residuals down, measure the parameter in a smaller unit, or use a type of wider range."
    case .invalidTolerance(let name, let value):
      "The tolerance \(name) is \(value): it must be a number and not negative."
    case .invalidEvaluationLimit(let limit):
      "The limit of residual evaluations (maxfev) is \(limit): it must be positive."
    case .invalidRadiusFactor(let value):
      "The factor of the first radius (factor) is \(value): it must be positive and finite, and is commonly 100 or less."
    case .invalidResidualPrecision(let value):
      "The precision of the residuals (epsfcn) is \(value): it must be finite and not negative."
    case .wrongScalingCount(let found, let expected):
      "The scaling (diag) has \(found) entries for \(expected) parameters: give one for each."
    case .invalidScaling(let j, let value):
      "Entry \(j) (counted from 0) of the scaling (diag) is \(value): it must be positive and finite."
    }
  }
}

extension Array where Element: LSQScalar {
  /// Throws unless these are `expected` numbers; `what` names them.
  package func requireCount(_ expected: Int, as what: String) throws(LeastSquaresError) {
    guard count == expected else {
      throw .wrongCount(what: what, found: count, expected: expected)
    }
  }

  /// Throws unless all of them can be start values.
  func requireFiniteStart() throws(LeastSquaresError) {
    if let j = firstIndex(where: { !$0.isFinite }) {
      throw .nonFiniteStart(parameter: j, value: "\(self[j])")
    }
  }
}

/// Thrown by a residual or Jacobian function to stop the solve and have the best point so far
/// returned (MINPACK: a negative iflag).
public struct StopSolving: Error, Sendable, Hashable {
  /// A negative number chosen by the caller, returned in ``Termination/stopped(code:)``.
  public let code: Int

  /// A request to stop. A code that is not negative counts as −1, since other numbers mean that a solution was
  /// found.
  public init(code: Int = -1) {
    self.code = min(code, -1)
  }
}

extension Error {
  /// Whether this error reports a cancellation or was thrown by a cancelled task: it is then passed on to the
  /// caller. Any other error of a model belongs to the point where it was evaluated.
  package var isCancellation: Bool { self is CancellationError || Task.isCancelled }
}
