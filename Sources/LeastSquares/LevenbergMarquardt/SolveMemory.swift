import LSQScalars

/// What decides how much memory a solve takes.
struct MemoryShape: Sendable, Equatable {
  /// m; zero where residuals are not held.
  let residualCount: Int
  /// n.
  let parameterCount: Int
  /// The rows of the factor: m, or n where the Jacobian is taken row by row.
  let factorRowCount: Int
  /// What the source of the Jacobian needs besides.
  let extra: Extra

  /// What a source of derivatives needs memory for.
  enum Extra: Sendable {
    case nothing, displacedParameters, columns, jacobianAhead
  }

  /// The shape for m residuals of n parameters with a Jacobian from a source.
  init<Scalar: LSQScalar>(_ m: Int, _ n: Int, _ source: JacobianSource<Scalar>) {
    (residualCount, parameterCount) = (m, n)
    switch source {
    case .byRows: (factorRowCount, extra) = (m, .nothing)
    case .byColumns: (factorRowCount, extra) = (m, .columns)
    case .withResiduals: (factorRowCount, extra) = (m, .jacobianAhead)
    case .rowByRow: (factorRowCount, extra) = (n, .nothing)
    case .forwardDifferences, .centralDifferences:
      (factorRowCount, extra) = (m, .displacedParameters)
    }
  }

  /// How many rows sums are taken over one after another.
  var runningRowCount: Int { max(residualCount, factorRowCount) }

  /// The shape for n parameters where neither residuals nor Jacobian are held.
  init(triangleOf n: Int) {
    (residualCount, parameterCount, factorRowCount, extra) = (0, n, n, .nothing)
  }
}

/// The arrays of a solve.
///
/// Not copyable, so that it is handed on without its arrays being counted up and down.
struct SolveMemory<Scalar: LSQScalar>: ~Copyable, Sendable {
  /// Whose problems it fits.
  let shape: MemoryShape
  /// x (MINPACK: x).
  var parameters: [Scalar]
  /// x − p (MINPACK: wa2); after an accepted step, x before it.
  var trialParameters: [Scalar]
  /// f at x (MINPACK: fvec).
  var residuals: [Scalar]
  /// f at the trial point (MINPACK: wa4).
  var trialResiduals: [Scalar]
  /// D (MINPACK: diag).
  var scaling: [Scalar]
  /// The parameters from which differences go.
  var displaced: [Scalar]
  /// Scratch of n, or what whole steps have to be given.
  var room: [Scalar]
  /// The Jacobian by columns, where the caller fills it so.
  var columns: [Scalar]
  /// The Jacobian that was computed along with residuals.
  var jacobianAhead: [Scalar]
  var linearization: Linearization<Scalar>
  /// By rows, n of which stand for all, the Jacobian at the point to which closing steps had led that were refused; zeros where
  /// it was not completed there, empty where none were.
  var strayJacobian: [Scalar] = []
  var damping: DampingParameter<Scalar>

  /// Memory for problems of a shape.
  init(_ shape: MemoryShape) {
    let (m, n, rows) = (shape.residualCount, shape.parameterCount, shape.factorRowCount)
    self.shape = shape
    parameters = Array(zeros: n)
    trialParameters = Array(zeros: n)
    residuals = Array(zeros: m)
    trialResiduals = Array(zeros: m)
    scaling = Array(zeros: n)
    displaced = shape.extra == .displacedParameters ? Array(zeros: n) : []
    room = Array(
      zeros: Scalar.hasWholeSteps
        ? Scalar.wholeStepScratch(rowCount: rows, parameterCount: n) : n)
    columns = shape.extra == .columns ? Array(zeros: m * n) : []
    jacobianAhead = shape.extra == .jacobianAhead ? Array(zeros: m * n) : []
    linearization = Linearization(rowCount: rows, columnCount: n)
    damping = DampingParameter(parameterCount: n)
  }

  /// Makes room for n numbers, which whole steps may do without.
  mutating func prepareRoom() {
    if room.count < shape.parameterCount { room = Array(zeros: shape.parameterCount) }
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

  /// Calls a function with the elements as scratch, which in a whole step may be none: of an empty array no copy of its own is
  /// made.
  @inline(__always)
  mutating func asScratch<Result>(_ body: (inout MutableSpan<Element>) -> Result) -> Result {
    if isEmpty {
      var none = MutableSpan<Element>()
      return body(&none)
    }
    var elements = mutableSpan
    return body(&elements)
  }
}
