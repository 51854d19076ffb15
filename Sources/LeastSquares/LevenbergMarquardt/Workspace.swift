public import LSQScalars

/// The memory of a solve. Keep one to solve many problems of the same shape without allocating.
///
/// Size: two vectors of m, the factor (m×n, or n×n where the Jacobian comes row by row), one further
/// n×n triangle and a dozen vectors of n; a second Jacobian where the caller's comes in columns or with the
/// residuals.
public struct Workspace<Scalar: LSQScalar>: Sendable {
  /// x (MINPACK: x).
  var parameters: [Scalar] = []
  /// x − p (MINPACK: wa2); after an accepted step, x before it.
  var trialParameters: [Scalar] = []
  /// f at x (MINPACK: fvec).
  var residuals: [Scalar] = []
  /// f at the trial point (MINPACK: wa4).
  var trialResiduals: [Scalar] = []
  /// D (MINPACK: diag).
  var scaling: [Scalar] = []
  /// The parameters from which differences go.
  var displaced: [Scalar] = []
  /// Scratch of n, and of whole steps.
  var room: [Scalar] = []
  /// The Jacobian by columns, where the caller fills it so.
  var columns: [Scalar] = []
  /// The Jacobian that was computed along with residuals.
  var jacobianAhead: [Scalar] = []
  var linearization = Linearization<Scalar>(rowCount: 0, columnCount: 0)
  var damping = DampingParameter<Scalar>(parameterCount: 0)

  /// Memory that takes its size from the first problem it is used for.
  public init() {}

  /// Makes the memory fit a problem; nothing is allocated where it does already.
  mutating func fit(_ problem: LeastSquaresProblem<Scalar>) {
    let n = problem.parameterCount
    let m = problem.rows == nil ? problem.residualCount : 0
    let factorRows = problem.rows == nil ? problem.jacobian.factorRowCount(m, n) : n
    if parameters.count != n {
      parameters = Array(zeros: n)
      trialParameters = Array(zeros: n)
      scaling = Array(zeros: n)
      damping = DampingParameter(parameterCount: n)
    }
    if residuals.count != m {
      residuals = Array(zeros: m)
      trialResiduals = Array(zeros: m)
    }
    if linearization.rowCount != factorRows || linearization.columnCount != n {
      linearization = Linearization(rowCount: factorRows, columnCount: n)
    }
    linearization.crew = problem.crew
    let roomSize = Scalar.hasWholeSteps ? max(3 * factorRows + 4 * n, n * (n + 6)) : n
    if room.count < roomSize { room = Array(zeros: roomSize) }
    if problem.jacobian.isByDifferences, displaced.count != n { displaced = Array(zeros: n) }
    switch problem.jacobian {
    case .byColumns where columns.count != m * n:
      columns = Array(zeros: m * n)
    case .withResiduals where jacobianAhead.count != m * n:
      jacobianAhead = Array(zeros: m * n)
    default: break
    }
  }
}

extension Array where Element: LSQScalar {
  /// So many zeros.
  ///
  /// Copying a collection is compiled for each scalar, where `init(repeating:count:)` and room for a capacity look
  /// types up as they run: twice the time of a short array.
  init(zeros count: Int) {
    self.init(repeatElement(0, count: count))
  }
}
