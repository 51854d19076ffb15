import LSQScalars
import LeastSquares
import Synchronization
import Testing

@testable import CurveFitting

/// Fits of so many rows that solves take them by blocks.
@Suite struct TallFitTests {
  /// a·exp(−b·x) + c·x in a formula, which becomes a tape, and in Swift, which becomes a loop.
  struct Decay: Model {
    @inline(__always)
    func value<Number: ModelNumber>(_ b: Span<Number>, at x: Span<Number>) -> Number {
      b[0] * .exp(-b[1] * x[0]) + b[2] * x[0]
    }
  }

  /// The same, which throws where b is five or more.
  struct Fenced: Model {
    struct Beyond: Error {}
    func value<Number: ModelNumber>(_ b: Span<Number>, at x: Span<Number>) throws -> Number {
      guard b[1].realPart < 5 else { throw Beyond() }
      return b[0] * .exp(-b[1] * x[0]) + b[2] * x[0]
    }
  }

  /// Where a task can find itself.
  final class Handle: Sendable {
    let task = Mutex<Task<Fit<Double>, any Error>?>(nil)
  }

  static let rowCount = 3000

  private func problem<Scalar: LSQScalar>(
    _ model: some Model, _: Scalar.Type, rowCount: Int = Self.rowCount
  ) throws -> ModelProblem<Scalar> {
    let x = (0..<rowCount).map { Scalar($0) / Scalar(rowCount / 4) }
    let y = x.enumerated().map { i, x in
      3 * Scalar.exp(-2 * x) + x / 2 + (Scalar(i * i % 17) - 8) / 64
    }
    let problem = try ModelProblem(
      model: model, predictors: x, predictorCount: 1, response: y, parameterCount: 3)
    problem.tallSize = 3 * Self.rowCount
    return problem
  }

  private func formula() throws -> some Model {
    try Formula(parsing: "a*exp(-b*x)+c*x").bound(parameters: ["a", "b", "c"], predictors: ["x"])
  }

  @Test(arguments: [true, false], [FitOptions<Double>.Derivatives.exact, .forward])
  func `No bit depends on the number of threads`(
    _ isLoop: Bool, _ derivatives: FitOptions<Double>.Derivatives
  ) throws {
    let problem = try isLoop ? problem(Decay(), Double.self) : problem(formula(), Double.self)
    let fits = try [1, 3, nil].map {
      try problem.fit(
        from: [1, 1, 1], options: FitOptions(derivatives: derivatives, maximumConcurrency: $0))
    }
    let alone = fits[0]
    #expect(problem.isTall && alone.isSolved)
    #expect(alone.solution.residuals == (try problem.residuals(at: alone.solution.parameters)))
    for other in fits.dropFirst() {
      #expect(other.parameters == alone.parameters)
      #expect(other.solution.counts == alone.solution.counts)
      #expect(other.sumOfSquares == alone.sumOfSquares)
      #expect(other.standardErrors == alone.standardErrors)
      #expect(other.numericalErrors == alone.numericalErrors)
      #expect(other.standardErrorError == alone.standardErrorError)
    }
  }

  @Test func `By blocks the fit is the same as by rows that are held`() throws {
    let tall = try problem(Decay(), Double.self)
    let fit = try tall.fit(from: [1, 1, 1])
    let whole = try LevenbergMarquardt<Double>(options: .tight).minimize(
      LeastSquaresProblem(
        residualCount: Self.rowCount, parameterCount: 3,
        jacobian: .withResiduals(tall.residualsAndJacobian), residuals: tall.residuals),
      from: [1, 1, 1])
    #expect(fit.solution.factor.rowCount == 3 && whole.factor.rowCount == Self.rowCount)
    for j in 0..<3 {
      let error = try #require(fit.numericalErrors[j])
      #expect(error < 1e-12 * fit.parameters[j].magnitude)
      #expect((fit.parameters[j] - whole.parameters[j]).magnitude <= 2 * error)
    }
  }

  /// Rows of which one has a derivative that cannot be recorded: b₁·x as a choice of the model.
  struct Bent: Model {
    func value<Number: ModelNumber>(_ b: Span<Number>, at x: Span<Number>) -> Number {
      let decay = -b[1] * x[0]
      return b[0] * .exp(decay.realPart < 0 ? decay : -decay) + b[2] * x[0]
    }
  }

  /// Beside a minimum, and at it, of models with a tape and without one.
  @Test(arguments: [true, false], [true, false])
  func `By blocks a point looks the same as by rows that are held`(
    _ hasTape: Bool, _ isContracted: Bool
  ) throws {
    let point =
      isContracted
      ? try problem(Decay(), Double.self).fit(from: [1, 1, 1]).parameters : [3, 1.9, 0.5]
    func look(tallSize: Int) throws -> (EndLook<Double>, residuals: [Double]) {
      let problem = try hasTape ? problem(Decay(), Double.self) : problem(Bent(), Double.self)
      problem.tallSize = tallSize
      #expect((try problem.tape(at: point.span) != nil) == hasTape)
      let residuals = try problem.residuals(at: point)
      let look = try EndLook(
        of: problem, at: point, residuals, units: [20, 20, 50], isContracted: isContracted,
        known: nil)
      return (look, residuals)
    }
    let (tall, _) = try look(tallSize: 1)
    let (whole, residuals) = try look(tallSize: .max)
    let (few, all) = (try #require(tall.rows), try #require(whole.rows))
    #expect(few.residuals.count == 4 && all.residuals.count == Self.rowCount)
    let (errors, exact) = (try #require(tall.errors), try #require(whole.errors))
    let haveSameRounding = tall.rounding?.sizes == whole.rounding?.sizes
    #expect(haveSameRounding)
    #expect(errors.isDefinite == exact.isDefinite)
    func isNear(_ x: Double, _ y: Double, _ tolerance: Double) -> Bool {
      (x - y).magnitude <= tolerance * y.magnitude
    }
    let norm = EuclideanNorm<Double>()
    #expect(isNear(norm(few.residuals.span), norm(residuals.span), 1e-14))
    for j in 0..<3 {
      #expect(isNear(errors.sizes[j], exact.sizes[j], 0.05))
      for k in 0...j {
        let (own, other) = (few.jacobian.normalMatrix[j, k], all.jacobian.normalMatrix[j, k])
        #expect(isNear(own, other, 1e-12))
        let (s, t) = (try #require(tall.sweep), try #require(whole.sweep))
        #expect((s.secondOrder[j, k] - t.secondOrder[j, k]).magnitude <= 1e-12 * other.magnitude)
      }
    }
  }

  @Test func `In Float the sums of many rows keep the digits`() throws {
    let narrow = try problem(Decay(), Float.self)
    #expect(narrow.isTall)
    let fit = try narrow.fit(from: [1, 1, 1])
    let wide = try ModelProblem<Double>(
      model: Decay(), predictors: narrow.predictors.map(Double.init), predictorCount: 1,
      response: narrow.response.map(Double.init), parameterCount: 3
    ).fit(from: [1, 1, 1])
    #expect(fit.isSolved)
    for j in 0..<3 {
      let error = try #require(fit.numericalErrors[j])
      #expect((Double(fit.parameters[j]) - wide.parameters[j]).magnitude <= Double(error))
      #expect(error <= 1e-4 * fit.parameters[j])
    }
    #expect((Double(fit.sumOfSquares) / wide.sumOfSquares - 1).magnitude < 1e-6)
  }

  @Test func `An error of the model at a trial point is a rejected step`() throws {
    let fenced = try problem(Fenced(), Double.self)
    #expect(fenced.isTall)
    let fit = try fenced.fit(from: [1, 1 / 64, 1])
    #expect(fit.isSolved && fit.remedy != nil)
    let open = try problem(Decay(), Double.self).fit(from: [1, 1, 1])
    for j in 0..<3 {
      let error = try #require(fit.numericalErrors[j])
      #expect((fit.parameters[j] - open.parameters[j]).magnitude <= 2 * error)
    }
    #expect(throws: Fenced.Beyond.self) { try fenced.fit(from: [1, 6, 1]) }
  }

  @Test func `A cancelled fit returns the best point so far`() async throws {
    let handle = Handle()
    let atStart = try problem(Decay(), Double.self).residuals(at: [1, 1, 1])
    let task = Task {
      try problem(Decay(), Double.self).fit(from: [1, 1, 1]) { record in
        while record.iteration == 2, !Task.isCancelled { handle.task.withLock { $0?.cancel() } }
        return .proceed
      }
    }
    handle.task.withLock { $0 = task }
    let fit = try await task.value
    #expect(fit.isInterrupted && fit.solution.termination == .cancelled)
    #expect(fit.sumOfSquares < atStart.reduce(0) { $0 + $1 * $1 })
    #expect(fit.solution.residuals.count == Self.rowCount)
  }

  /// A model of five predictors, for which there is no loop, that looks at its numbers, so that there is no tape either.
  struct Choosing: Model {
    func value<Number: ModelNumber>(_ b: Span<Number>, at x: Span<Number>) -> Number {
      let slope = b[0].realPart > 0 ? b[0] : -b[0]
      let sum = x[0] + x[1]
      return slope * x[4] + b[1] * sum + b[2]
    }
  }

  @Test func `A model that is called for every row is taken by one thread`() throws {
    let x = (0..<5 * Self.rowCount).map { Double($0 * $0 % 97) / 8 }
    let y = (0..<Self.rowCount).map { (i: Int) -> Double in
      let row = x[(5 * i)..<(5 * i + 5)]
      return 2 * row[5 * i + 4] - row[5 * i] - row[5 * i + 1] + 1
    }
    let problem = try ModelProblem(
      model: Choosing(), predictors: x, predictorCount: 5, response: y, parameterCount: 3)
    problem.tallSize = 3 * Self.rowCount
    let fit = try problem.fit(from: [1, 1, 2])
    #expect(!problem.isTall && fit.isConverged)
    #expect(fit.solution.factor.rowCount == Self.rowCount)
  }

  @Test func `Fewer rows are taken in MINPACK's order`() throws {
    let fit = try problem(Decay(), Double.self, rowCount: 1000).fit(from: [1, 1, 1])
    #expect(fit.solution.factor.rowCount == 1000)
  }

  /// One that asks for an end.
  struct Stopping: Model {
    final class Wish: Sendable { let isThere = Mutex(false) }
    let wish: Wish

    func value<Number: ModelNumber>(_ b: Span<Number>, at x: Span<Number>) throws -> Number {
      if wish.isThere.withLock({ $0 }) { throw StopSolving(code: -7) }
      return b[0] * .exp(-b[1] * x[0]) + b[2] * x[0]
    }
  }

  @Test
  func `A model that stops the fit leaves the best point, though it is not evaluated there again`()
    throws
  {
    let wish = Stopping.Wish()
    let problem = try problem(Stopping(wish: wish), Double.self)
    let fit = try problem.fit(from: [1, 1, 1]) { record in
      if record.iteration == 3 { wish.isThere.withLock { $0 = true } }
      return .proceed
    }
    #expect(problem.isTall && fit.isInterrupted && fit.solution.iterations == 4)
    #expect(fit.residualNorm == fit.solution.residualNorm && fit.residualNorm < 50)
    #expect(fit.degreesOfFreedom == Self.rowCount - 3)
  }
}
