public import LSQScalars

/// SciPy's `leastsq`: minimises the sum of squares of m functions of n variables by MINPACK's
/// `lmdif`, or `lmder` where `Dfun` is given.
///
///     let fit = try leastsq({ x, f in f[0] = 10 * (x[1] - x[0] * x[0]); f[1] = 1 - x[0] },
///                           m: 2, x0: [-1.2, 1.0])
///     // fit.x == [1, 1], fit.ier == 2
///
/// Every argument and result has SciPy's name and meaning. What differs: extra `args` are captured by
/// the closure; the result is always the full one; `ftol`, `xtol` and `epsfcn` follow the machine
/// epsilon of `Scalar`; indices count from zero; improper input throws.
///
/// - Parameters:
///   - func: reads x (n values) and fills f (m values).
///   - m: the number of functions, at least n.
///   - x0: the start, n values.
///   - Dfun: reads x and fills the Jacobian, ∂fᵢ/∂xⱼ at `i*n + j`, or at `j*m + i` with `col_deriv`.
///   - col_deriv: whether `Dfun` fills columns.
///   - ftol: relative error desired in the sum of squares, default √ε.
///   - xtol: relative error desired in the solution, default √ε.
///   - gtol: cosine desired between f and the columns of the Jacobian, default 0.
///   - maxfev: limit of evaluations; 0 means 100·(n+1) with `Dfun` and 200·(n+1) without.
///   - epsfcn: relative error of f, for the step of the differences, default ε.
///   - factor: first step bound in units of ‖diag·x‖, default 100.
///   - diag: n positive scale factors, default from the Jacobian.
/// - Throws: ``LeastSquaresError`` for improper input (SciPy: `TypeError`); the errors of `func` and
///   `Dfun`, unchanged.
/// - Complexity: O(m·n²) per iteration besides the functions.
@specialized(where Scalar == Double)
@specialized(where Scalar == Float)
#if (arch(i386) || arch(x86_64)) && !os(Windows) && !os(Android)
  @specialized(where Scalar == Float80)
#endif
public func leastsq<Scalar: LSQScalar>(
  _ func: @escaping ResidualFunction<Scalar>,
  m: Int,
  x0: [Scalar],
  Dfun: JacobianFunction<Scalar>? = nil,
  col_deriv: Bool = false,
  ftol: Scalar = Scalar.ulpOfOne.squareRoot(),
  xtol: Scalar = Scalar.ulpOfOne.squareRoot(),
  gtol: Scalar = 0,
  maxfev: Int = 0,
  epsfcn: Scalar = Scalar.ulpOfOne,
  factor: Scalar = 100,
  diag: [Scalar]? = nil
) throws -> LeastSqResult<Scalar> {
  try minimizeSquares(
    `func`, m, x0, Dfun, col_deriv, ftol, xtol, gtol, maxfev, epsfcn, factor, diag)
}

/// The work of `leastsq`, separate from the entry, which would look up the types of all local values before
/// it knows the scalar.
@inline(never)
private func minimizeSquares<Scalar: LSQScalar>(
  _ func: @escaping ResidualFunction<Scalar>, _ m: Int, _ x0: [Scalar],
  _ Dfun: JacobianFunction<Scalar>?, _ col_deriv: Bool, _ ftol: Scalar, _ xtol: Scalar,
  _ gtol: Scalar, _ maxfev: Int, _ epsfcn: Scalar, _ factor: Scalar, _ diag: [Scalar]?
) throws -> LeastSqResult<Scalar> {
  let jacobian: JacobianSource<Scalar> =
    if let Dfun {
      col_deriv ? .byColumns(Dfun) : .byRows(Dfun)
    } else {
      .forwardDifferences(residualPrecision: epsfcn)
    }
  let problem = try LeastSquaresProblem(
    residualCount: m, parameterCount: x0.count, jacobian: consume jacobian, residuals: `func`)
  let options = Options(
    tolerances: Tolerances(reduction: ftol, step: xtol, gradient: gtol),
    maximumResidualEvaluations: maxfev == 0 ? nil : maxfev,
    initialRadiusFactor: factor,
    scaling: diag.map { .fixed($0) } ?? .fromJacobian)
  return LeastSqResult(try LevenbergMarquardt.minimize(problem, from: x0, consume options))
}

/// SciPy's `leastsq`, over arrays.
///
///     func rosenbrock(_ x: [Double]) -> [Double] { [10 * (x[1] - x[0] * x[0]), 1 - x[0]] }
///     let fit = try leastsq(rosenbrock, x0: [-1.2, 1.0])
///
/// The number of functions is the number of values that `func` returns at the start; any error that it throws
/// there, even ``StopSolving``, is rethrown. `Dfun` returns m rows of n derivatives, or, with `col_deriv`, n
/// columns of m. Arguments, results and errors are those of
/// ``leastsq(_:m:x0:Dfun:col_deriv:ftol:xtol:gtol:maxfev:epsfcn:factor:diag:)``; an array of the wrong count throws
/// ``LeastSquaresError/wrongCount(what:found:expected:)``.
public func leastsq<Scalar: LSQScalar>(
  _ func: @escaping ([Scalar]) throws -> [Scalar],
  x0: [Scalar],
  Dfun: (([Scalar]) throws -> [[Scalar]])? = nil,
  col_deriv: Bool = false,
  ftol: Scalar = Scalar.ulpOfOne.squareRoot(),
  xtol: Scalar = Scalar.ulpOfOne.squareRoot(),
  gtol: Scalar = 0,
  maxfev: Int = 0,
  epsfcn: Scalar = Scalar.ulpOfOne,
  factor: Scalar = 100,
  diag: [Scalar]? = nil
) throws -> LeastSqResult<Scalar> {
  guard !x0.isEmpty else { throw LeastSquaresError.noParameters }
  // The number of the first values is m; they are not computed twice.
  var first: [Scalar]? = try `func`(x0)
  let m = first?.count ?? 0
  let residuals: ResidualFunction<Scalar> = { x, f in
    let values = try first ?? `func`(Array(copying: x))
    first = nil
    try values.copy(to: &f, as: "result of func")
  }
  let jacobian: JacobianFunction<Scalar>? = Dfun.map { Dfun in
    { x, j in
      let lines = try Dfun(Array(copying: x))
      let (count, length) = col_deriv ? (x0.count, m) : (m, x0.count)
      guard lines.count == count else {
        throw LeastSquaresError.wrongCount(
          what: "result of Dfun", found: lines.count, expected: count)
      }
      if let bad = lines.firstIndex(where: { $0.count != length }) {
        throw LeastSquaresError.wrongCount(
          what: "line \(bad) (counted from 0) of the result of Dfun", found: lines[bad].count,
          expected: length)
      }
      try lines.flatMap { $0 }.copy(to: &j, as: "result of Dfun")
    }
  }
  return try leastsq(
    residuals, m: m, x0: x0, Dfun: jacobian, col_deriv: col_deriv, ftol: ftol, xtol: xtol,
    gtol: gtol, maxfev: maxfev, epsfcn: epsfcn, factor: factor, diag: diag)
}

/// What SciPy's `leastsq` returns with `full_output`.
public struct LeastSqResult<Scalar: LSQScalar>: Sendable {
  /// The solution, or the last iterate where none was found.
  public var x: [Scalar] { solution.parameters }
  /// (JᵀJ)⁻¹, to be multiplied by the variance of the residuals for the covariance of the parameters; nil where the
  /// Jacobian is singular, as `undetermined` then shows, and where the last one was not completed. Where the solve was
  /// ended by `maxfev` or at precision (`ier` 5 to 8), or stopped, it is that of the last Jacobian; SciPy returns
  /// `None` there.
  ///
  /// - Complexity: O(n³), every time.
  public var cov_x: Matrix<Scalar>? {
    guard solution.isLinearized else { return nil }
    let determinacy = solution.determinacy
    return determinacy.undetermined.isEmpty ? determinacy.covariance : nil
  }
  /// The parameters, counted from zero, that the residuals do not determine; empty where the last Jacobian was not
  /// completed.
  ///
  /// - Complexity: O(n³), every time.
  public var undetermined: [Int] {
    solution.isLinearized ? solution.determinacy.undetermined : []
  }
  /// Counts, residuals and factors.
  public var infodict: InfoDict {
    InfoDict(
      nfev: solution.counts.residuals, njev: solution.counts.jacobians, fvec: solution.residuals,
      fjac: solution.factor, ipvt: solution.permutation, qtf: solution.rotatedResiduals)
  }
  /// One sentence on why the solve ended.
  public var mesg: String { solution.termination.description }
  /// 1 to 4: a solution was found. 5 to 8: it was not. Negative: stopped.
  public var ier: Int { solution.termination.minpackInfo }
  /// The full result of the solver.
  public let solution: Solution<Scalar>

  /// SciPy's dictionary of optional outputs.
  public struct InfoDict: Sendable {
    /// The number of evaluations of the functions.
    public let nfev: Int
    /// The number of evaluations of `Dfun`.
    public let njev: Int
    /// The functions at `x`, m values.
    public let fvec: [Scalar]
    /// The factorisation of the last Jacobian, m×n by rows: R in and above the diagonal, the Householder vectors below
    /// it. (SciPy returns the transpose, with other numbers below the diagonal of the first n rows where the last step
    /// was damped.)
    public let fjac: Matrix<Scalar>
    /// Column j of the factored matrix is column `ipvt[j]` of the Jacobian, counted from zero. (SciPy counted from one
    /// as long as its MINPACK was in Fortran.)
    public let ipvt: [Int]
    /// The first n entries of Qᵀ·fvec.
    public let qtf: [Scalar]
  }

  init(_ solution: Solution<Scalar>) {
    self.solution = solution
  }
}

extension Array {
  /// The elements of a span.
  fileprivate init(copying span: Span<Element>) {
    self.init()
    reserveCapacity(span.count)
    for i in span.indices { append(span[i]) }
  }

  /// Fills a span; throws where the counts differ.
  fileprivate func copy(
    to span: inout MutableSpan<Element>, as what: String
  ) throws(LeastSquaresError) {
    guard count == span.count else {
      throw .wrongCount(what: what, found: count, expected: span.count)
    }
    for i in indices { span[i] = self[i] }
  }
}
