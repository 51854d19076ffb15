import LSQScalars
import LeastSquares

/// What exact derivatives say of a point where a solve ended.
struct EndLook<Scalar: LSQScalar> {
  /// Residuals and exact derivatives; nil where they are not finite or the model throws.
  let sweep: CurvatureSweep<Scalar>?
  /// The exact Jacobian; nil where it is not finite or the model throws.
  let jacobian: Matrix<Scalar>?
  /// What rounding does to the residuals.
  let rounding: RowRounding<Scalar>?
  /// What the Jacobian determines.
  let determinacy: Determinacy<Scalar>?
  /// The parameters whose columns of the Jacobian are independent, ascending; the others count as known in ``errors``.
  let free: [Int]
  /// How far away the minimum may be; nil where it cannot be told.
  let errors: ParameterRounding<Scalar>?

  /// - Parameters:
  ///   - units: the largest norm that each column of the Jacobian has had.
  ///   - isContracted: whether closing steps ended here; else the Jacobian is the one by which the rank is judged,
  ///     rounding included.
  ///   - determinacy: of the Jacobian, where it is known.
  /// - Throws: `CancellationError` of the model's.
  init(
    of problem: ModelProblem<Scalar>, at x: [Scalar], _ residuals: [Scalar], units: [Scalar],
    isContracted: Bool, determinacy: Determinacy<Scalar>?
  ) throws {
    let sweep = try Self.sweep(of: problem, at: x)
    let jacobian = try (isContracted ? sweep?.jacobian : nil) ?? problem.finiteJacobian(at: x)
    let rounding = jacobian.map { RowRounding(of: problem, residuals, $0, at: x) }
    let judged = determinacy ?? jacobian.map { Determinacy(jacobian: $0) }
    let dependent = judged?.dependencies.map(\.parameter) ?? []
    let free = x.indices.filter { !dependent.contains($0) }
    (self.sweep, self.jacobian, self.rounding) = (sweep, jacobian, rounding)
    (self.determinacy, self.free) = (judged, free)
    if let jacobian, let rounding {
      errors = ParameterRounding(
        of: x, units: units, residuals, jacobian, LeastSquaresFactor(jacobian),
        secondOrder: sweep?.secondOrder, rounding, along: free)
    } else {
      errors = nil
    }
  }

  /// How much the sum of squares may differ from that of the minimum, relative to it.
  func sumOfSquaresError(_ residuals: [Scalar], norm: Scalar) -> Scalar? {
    rounding.map { $0.sumOfSquaresError(residuals, norm: norm) + (errors?.excess ?? .infinity) }
  }

  /// Residuals and exact derivatives at a point; nil where they are not finite or the model throws.
  static func sweep(
    of problem: ModelProblem<Scalar>, at x: [Scalar]
  ) throws -> CurvatureSweep<Scalar>? {
    do {
      let found = try CurvatureSweep(of: problem, at: x, withNormalMatrix: problem.isTall)
      return found.isFinite ? found : nil
    } catch  where !error.isCancellation {
      return nil
    }
  }
}
