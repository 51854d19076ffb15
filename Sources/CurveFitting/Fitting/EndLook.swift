import LSQScalars
import LeastSquares

/// What exact derivatives say about a point where a solve ended.
struct EndLook<Scalar: LSQScalar> {
  /// Residuals and exact derivatives; nil where they are not finite or the model throws.
  let sweep: CurvatureSweep<Scalar>?
  /// r and the exact J, or for many rows those that stand for them; nil where they are not finite or the model throws.
  let rows: LinearModel<Scalar>?
  /// What rounding does to the residuals.
  let rounding: RowRounding<Scalar>?
  /// What the Jacobian determines.
  let determinacy: Determinacy<Scalar>?
  /// The parameters whose columns of the Jacobian are independent, ascending; the others count as known in ``errors``.
  let free: [Int]
  /// How far away the minimum may be; nil where that is not known.
  let errors: ParameterRounding<Scalar>?

  /// - Parameters:
  ///   - units: the largest norm that each column of the Jacobian has had.
  ///   - isContracted: whether closing steps ended here; else the Jacobian is the one by which the rank is judged,
  ///     rounding included.
  ///   - known: the solution if its last Jacobian is that of the point.
  /// - Throws: `CancellationError` of the model's.
  init(
    of problem: ModelProblem<Scalar>, at x: [Scalar], _ residuals: [Scalar], units: [Scalar],
    isContracted: Bool, known: Solution<Scalar>?
  ) throws {
    let few = problem.isTall ? known?.linearModel : nil
    let sweep = try Self.sweep(of: problem, at: x, rows: few)
    let present: LinearModel<Scalar>? =
      if problem.isTall {
        few ?? sweep?.rows
      } else {
        (isContracted ? sweep?.jacobian : nil).map {
          LinearModel(residuals: residuals, jacobian: $0)
        }
      }
    let rows = try present ?? problem.linearModel(at: x, residuals: residuals)
    let held = problem.isTall ? nil : rows?.jacobian
    let rounding = try rows.flatMap { _ in
      try Self.unlessThrown { try RowRounding(of: problem, residuals, held, at: x) }
    }
    let judged = known?.determinacy ?? rows.map { Determinacy(jacobian: $0.jacobian) }
    let dependent = judged?.dependencies.map(\.parameter) ?? []
    let free = x.indices.filter { !dependent.contains($0) }
    (self.sweep, self.rows, self.rounding) = (sweep, rows, rounding)
    (self.determinacy, self.free) = (judged, free)
    if let rows, let rounding {
      errors = try Self.unlessThrown {
        try ParameterRounding(
          of: x, units: units, rows, secondOrder: sweep?.secondOrder, rounding,
          RowEffects(of: problem, at: x, residuals, held, rounding.sizes), along: free)
      }
    } else {
      errors = nil
    }
  }

  /// What the last Jacobian of a solve says.
  init(of solution: Solution<Scalar>) {
    (sweep, rows, rounding, errors) = (nil, nil, nil, nil)
    determinacy = solution.isLinearized ? solution.determinacy : nil
    free = Array(solution.parameters.indices)
  }

  /// How much the sum of squares may differ from that of the minimum, relative to it.
  ///
  /// - Parameter factor: by how much the step that was left may have fallen short.
  func sumOfSquaresError(
    _ residuals: [Scalar], norm: Scalar, excessTimes factor: Scalar
  ) -> Scalar? {
    rounding.map {
      $0.sumOfSquaresError(residuals, norm: norm) + factor * (errors?.excess ?? .infinity)
    }
  }

  /// The parameters along which steps have to contract, so that the step that a solution left leads to the minimum. In
  /// a model with curvature, those that are not known to a part in 64, or whose column of the Jacobian was once 64
  /// times as long, as near a minimum of higher order, and all where another Newton step is no shorter; but where the
  /// step is rounding, only those along which it is longer than a part in 16.
  ///
  /// - Throws: `CancellationError` of the model's.
  func looseParameters(
    of solution: Solution<Scalar>, in problem: ModelProblem<Scalar>
  ) throws -> [Int] {
    guard let errors, let determinacy, let sweep,
      sweep.secondOrder.elements.contains(where: { $0 != 0 })
    else { return [] }
    if !errors.isStepRounding, try !isContracting(of: problem, from: solution.parameters) {
      return free
    }
    return free.filter { j in
      let (x, size) = (solution.parameters[j].magnitude, errors.sizes[j])
      if errors.isStepRounding { return size < x && Scalar(16) * errors.steps[j] > x }
      return Scalar(64) * size > x
        || Scalar(64) * determinacy.columnNorms[j] < solution.scaling[j]
    }
  }

  /// Whether, along every free parameter, a second Newton step is shorter by a factor of four than the first, or
  /// rounding. How long a step is beside the parameter does not tell: the origin of a parameter may be far away.
  ///
  /// - Throws: `CancellationError` of the model's.
  func isContracting(of problem: ModelProblem<Scalar>, from x: [Scalar]) throws -> Bool {
    func step(_ sweep: CurvatureSweep<Scalar>, from x: [Scalar]) -> [Scalar]? {
      NewtonStep(from: free.map { x[$0] }, sweep.restricted(to: free), .factorised)?.parameters
    }
    guard let errors, let sweep, let first = step(sweep, from: x) else { return false }
    var point = x
    for (k, j) in free.enumerated() { point[j] = first[k] }
    guard let beyond = try Self.sweep(of: problem, at: point),
      let second = step(beyond, from: point)
    else { return false }
    return free.enumerated().allSatisfy { k, j in
      let length = (second[k] - first[k]).magnitude
      let rounding = errors.sizes[j] - errors.steps[j]
      return Scalar(4) * length <= (first[k] - x[j]).magnitude || length <= Scalar(16) * rounding
    }
  }

  /// Residuals and exact derivatives at a point; nil where they are not finite or the model throws.
  ///
  /// - Parameter rows: those that stand for all, where they are known.
  static func sweep(
    of problem: ModelProblem<Scalar>, at x: [Scalar], rows: LinearModel<Scalar>? = nil
  ) throws -> CurvatureSweep<Scalar>? {
    try unlessThrown { try CurvatureSweep(of: problem, at: x, rows: rows) }
  }

  /// nil where the model throws.
  private static func unlessThrown<Result>(_ work: () throws -> Result?) throws -> Result? {
    do {
      return try work()
    } catch  where !error.isCancellation {
      return nil
    }
  }
}
