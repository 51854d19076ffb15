import LSQScalars

/// What decides how much memory a solve takes.
struct MemoryShape: Sendable, Equatable {
  /// m; zero where residuals are not held.
  let residualCount: Int
  /// n.
  let parameterCount: Int
  /// The rows of the factor: m, or n where the Jacobian is taken row by row.
  let factorRowCount: Int
  /// What else the source of the Jacobian needs.
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

  /// The number of rows over which sums run one after another.
  var runningRowCount: Int { max(residualCount, factorRowCount) }

  /// The shape for n parameters where neither residuals nor Jacobian are held.
  init(triangleOf n: Int) {
    (residualCount, parameterCount, factorRowCount, extra) = (0, n, n, .nothing)
  }
}

/// The arrays of a solve.
///
/// Not copyable, so that passing it on does not retain and release its arrays.
struct SolveMemory<Scalar: LSQScalar>: ~Copyable, Sendable {
  /// The shape of the problems that it fits.
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
  /// The parameters that differences displace.
  var displaced: [Scalar]
  /// Scratch of n, or what whole steps must be given.
  var room: [Scalar]
  /// The Jacobian by columns, where the caller fills it so.
  var columns: [Scalar]
  /// The Jacobian that was computed along with residuals.
  var jacobianAhead: [Scalar]
  var linearization: Linearization<Scalar>
  /// The Jacobian at the point to which refused closing steps had led, by rows, n of which stand for all; zeros where
  /// it was not completed there, empty where no closing steps were refused.
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
  /// An array of `count` zeros.
  ///
  /// Copying a collection is compiled for each scalar, whereas `init(repeating:count:)` and reserving capacity
  /// look types up at run time, which doubles the time for a short array.
  init(zeros count: Int) {
    self.init(repeatElement(0, count: count))
  }

  /// Calls a function with the elements as scratch, of which a whole step may need none: an empty array is not made
  /// unique.
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
