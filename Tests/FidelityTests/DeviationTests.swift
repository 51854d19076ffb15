import CurveFitting
import LSQScalars
import LeastSquares
import Testing

/// One test for every entry of `Documentation/Deviations.md`.
@Suite struct DeviationTests {
  /// Rosenbrock's valley with a hook that is called before every evaluation.
  private func rosenbrock(
    _ jacobian: JacobianSource<Double> = .forwardDifferences(),
    before hook: @escaping (_ call: Int) throws -> Double = { _ in 0 }
  ) throws -> LeastSquaresProblem<Double> {
    var calls = 0
    return try LeastSquaresProblem(residualCount: 2, parameterCount: 2, jacobian: jacobian) {
      x, f in
      calls += 1
      let disturbance = try hook(calls)
      f[0] = 10 * (x[1] - x[0] * x[0]) + disturbance
      f[1] = 1 - x[0]
    }
  }

  private let exactJacobian = JacobianSource<Double>.byRows { x, j in
    j[0] = -20 * x[0]
    j[1] = 10
    j[2] = -1
    j[3] = 0
  }

  private let start = [-1.2, 1.0]

  @Test(arguments: [Double.nan, .infinity, -.infinity])
  func `A residual that is not finite at the start is an error with its index`(
    value: Double
  ) throws {
    let problem = try rosenbrock(exactJacobian) { $0 == 1 ? value : 0 }
    #expect(throws: LeastSquaresError.nonFiniteResidual(index: 0, value: "\(value)")) {
      try LevenbergMarquardt().minimize(problem, from: start)
    }
  }

  @Test func `A derivative that is not finite at the start is an error with its place`() throws {
    let problem = try rosenbrock(
      .byRows { x, j in
        for i in 0..<4 { j[i] = i == 2 ? .nan : 1 }
      })
    #expect(throws: LeastSquaresError.nonFiniteDerivative(residual: 1, parameter: 0, value: "nan"))
    {
      try LevenbergMarquardt().minimize(problem, from: start)
    }
  }

  @Test(arguments: [Double.nan, .infinity])
  func `A derivative that is not finite later is a rejected step`(value: Double) throws {
    var jacobians = 0
    let problem = try rosenbrock(
      .byRows { x, j in
        jacobians += 1
        j[0] = jacobians == 3 ? value : -20 * x[0]
        j[1] = 10
        j[2] = -1
        j[3] = 0
      })
    var norms: [Double] = []
    let solution = try LevenbergMarquardt().minimize(problem, from: start) {
      norms.append($0.residualNorm)
      return .proceed
    }
    #expect(solution.termination.isSolved)
    #expect(solution.parameters.allSatisfy { abs($0 - 1) < 1e-7 })
    #expect(norms.allSatisfy { $0.isFinite })
    #expect(solution.counts.jacobians == jacobians)
  }

  @Test func `A derivative that is never finite again ends at the best point`() throws {
    var jacobians = 0
    let problem = try rosenbrock(
      .byRows { x, j in
        jacobians += 1
        j[0] = jacobians >= 3 ? .nan : -20 * x[0]
        j[1] = 10
        j[2] = -1
        j[3] = 0
      })
    let solution = try LevenbergMarquardt().minimize(problem, from: start)
    #expect(solution.termination == .nonFiniteDerivative(residual: 0, parameter: 0))
    #expect(solution.termination.minpackInfo == 5)
    #expect(solution.parameters.allSatisfy { $0.isFinite })
  }

  @Test func `A column whose norm overflows is an error at the start, and later a rejected step`()
    throws
  {
    func solve(wall: Double) throws -> Solution<Double> {
      let problem = try LeastSquaresProblem<Double>(
        residualCount: 2, parameterCount: 1,
        jacobian: .byRows { x, j in
          let isBeyond = x[0] > wall
          j[0] = isBeyond ? .greatestFiniteMagnitude : 1
          j[1] = isBeyond ? .greatestFiniteMagnitude : 2 * x[0]
        }
      ) { x, f in
        f[0] = x[0] - 2
        f[1] = x[0] * x[0] - 4
      }
      return try LevenbergMarquardt().minimize(problem, from: [0.5])
    }
    #expect(throws: LeastSquaresError.columnNormOverflows(parameter: 0)) { try solve(wall: 0.25) }
    let found = try solve(wall: 0.9).parameters[0]
    #expect(found > 0.8 && found <= 0.9)
  }

  @Test(arguments: [Double.nan, .infinity])
  func `A residual that is not finite at a trial point is a rejected step`(value: Double) throws {
    for call in 2...12 {
      let problem = try rosenbrock(exactJacobian) { $0 == call ? value : 0 }
      let solution = try LevenbergMarquardt().minimize(problem, from: start)
      #expect(solution.termination.isSolved, "call \(call): \(solution.termination)")
      #expect(solution.parameters.allSatisfy { abs($0 - 1) < 1e-7 }, "call \(call)")
    }
  }

  @Test(arguments: [1.0, 1e-150, 1e-300])
  func `A solution at the origin is found without NaN`(start: Double) throws {
    let problem = try LeastSquaresProblem<Double>(
      residualCount: 2, parameterCount: 2,
      jacobian: .byRows { x, j in
        j[0] = 2 * x[0]
        j[1] = 0
        j[2] = 0
        j[3] = 1
      }
    ) { x, f in
      f[0] = x[0] * x[0]
      f[1] = x[1]
    }
    let solution = try LevenbergMarquardt(
      options: Options(tolerances: Tolerances(reduction: 0, step: 0))
    ).minimize(problem, from: [start, start])
    #expect(solution.parameters.allSatisfy { $0.isFinite && abs($0) <= start })
    #expect(solution.termination.minpackInfo != 0)
  }

  @Test func `A damped step that vanishes is kept as it is`() throws {
    // J·f is below the range of Double, f/J far beyond the trust region, and λ so large that the step underflows.
    let problem = try LeastSquaresProblem<Double>(
      residualCount: 1, parameterCount: 1, jacobian: .byRows { _, j in j[0] = 1e-255 }
    ) { x, f in f[0] = 5e-175 + 1e-255 * x[0] }
    var (length, damping) = (Double.nan, Double.nan)
    let solver = LevenbergMarquardt(
      options: Options(initialRadiusFactor: 1e-100, scaling: .fixed([1])))
    _ = try solver.minimize(problem, from: [0]) {
      (length, damping) = ($0.stepLength, $0.dampingParameter)
      return $0.counts.residuals > 1 ? .stop : .proceed
    }
    // λ of the first round, a thousandth of its upper bound.
    #expect(length == 0 && damping > 1e-211)
  }

  @Test(arguments: 1...40)
  func `A strict limit of evaluations is never exceeded`(limit: Int) throws {
    var options = Options<Double>(
      maximumResidualEvaluations: limit, departures: .strictEvaluationLimit)
    let strict = try LevenbergMarquardt(options: options).minimize(rosenbrock(), from: start)
    #expect(strict.counts.residuals <= limit)
    // Nor where a derivative that is not finite leads back to the point before.
    for bad in 1...limit {
      let stumbling = try rosenbrock { $0 == bad ? .nan : 0 }
      do {
        let solution = try LevenbergMarquardt(options: options).minimize(stumbling, from: start)
        #expect(solution.counts.residuals <= limit, "NaN in evaluation \(bad)")
        #expect(solution.residuals == residuals(solution.parameters), "NaN in evaluation \(bad)")
      } catch let error as LeastSquaresError {
        #expect(bad <= 3, "\(error): only the start has no point before it")
      }
    }
    options.departures = []
    let canon = try LevenbergMarquardt(options: options).minimize(rosenbrock(), from: start)
    #expect(limit > 3 || canon.counts.residuals > limit, "MINPACK makes at least one trial step")
  }

  /// The residuals of `rosenbrock`.
  private func residuals(_ x: [Double]) -> [Double] { [10 * (x[1] - x[0] * x[0]), 1 - x[0]] }

  @Test(arguments: 5...30)
  func `A stop on the way back from such a point leaves a point with its residuals`(
    bad: Int
  ) throws {
    for stop in [bad + 1, bad + 2] {
      let problem = try rosenbrock {
        if $0 == stop { throw StopSolving(code: -3) }
        return $0 == bad ? .nan : 0
      }
      let options = Options<Double>(departures: .restoredParameters)
      let solution = try LevenbergMarquardt(options: options).minimize(problem, from: start)
      #expect(solution.termination == .stopped(code: -3))
      #expect(solution.residuals == residuals(solution.parameters), "stopped in \(stop)")
    }
  }

  @Test func `A derivative that is NaN is wrong`() {
    let check = DerivativeCheck(at: [2.0])
    let jacobian = Matrix(rowCount: 3, columnCount: 1, elements: [4, .nan, 4.0])
    let square: ([Double]) -> [Double] = { [$0[0] * $0[0], $0[0] * $0[0], .nan] }
    let scores = check.scores(
      residuals: square(check.point), jacobian: jacobian, neighborResiduals: square(check.neighbor))
    #expect(scores == [1, 0, 0])
  }

  @Test func `A stop within differences can leave the parameters where they were`() throws {
    let stopping: (Int) throws -> Double = {
      if $0 == 2 { throw StopSolving(code: -7) }
      return 0
    }
    let canon = try LevenbergMarquardt().minimize(rosenbrock(before: stopping), from: start)
    #expect(canon.termination == .stopped(code: -7))
    #expect(canon.parameters[0] != start[0])
    #expect(canon.counts.residuals == 3)

    let options = Options<Double>(departures: .restoredParameters)
    let departed = try LevenbergMarquardt(options: options)
      .minimize(rosenbrock(before: stopping), from: start)
    #expect(departed.termination == .stopped(code: -7))
    #expect(departed.parameters == start)
    #expect(departed.counts.residuals == 2)
  }

  @Test func `Without a degree of freedom there is no scatter and no standard error`() throws {
    let line = try Formula(parsing: "a+b*x").bound(parameters: ["a", "b"], predictors: ["x"])
    let problem = try ModelProblem<Double>(
      model: line, predictors: [0, 1], predictorCount: 1, response: [1, 3], parameterCount: 2)
    let fit = try problem.fit(from: [0, 0])
    #expect(fit.isConverged)
    #expect(fit.parameters == [1, 2])
    #expect(fit.residualStandardDeviation == nil)
    #expect(fit.standardErrors.allSatisfy { $0 == nil })
  }

  @Test func `The norm of infinities is infinite where asked for`() {
    let vector: [Double] = [.infinity, -.infinity, 1]
    #expect(EuclideanNorm<Double>()(vector.span).isNaN)
    let norm = EuclideanNorm<Double>(isInfiniteForInfinities: true)
    #expect(norm(vector.span) == .infinity)
    #expect(norm(([.infinity, .nan] as [Double]).span).isNaN)
    #expect(norm(([3, 4] as [Double]).span) == 5)
  }

  @Test func `Closing steps double the digits`() throws {
    // A curve that does not fit: the residual at the solution is large.
    let data = [(1.0, 2.0), (2.0, 3.5), (3.0, 3.0), (4.0, 6.5), (5.0, 7.0)]
    let model = try Formula(parsing: "exp(b*x)-1").bound(parameters: ["b"], predictors: ["x"])
    let problem = try ModelProblem<Double>(
      model: model, predictors: data.map(\.0), predictorCount: 1, response: data.map(\.1),
      parameterCount: 1)
    let canon = try problem.fit(from: [0.2], options: FitOptions(tolerance: .minpack))
    let closed = try problem.fit(from: [0.2])
    func slope(_ fit: Fit<Double>) throws -> Double {
      var jacobian = [Double](repeating: 0, count: 5)
      var target = jacobian.mutableSpan
      try problem.jacobian(fit.parameters.span, &target)
      return zip(jacobian, fit.solution.residuals).reduce(0) { $0 + $1.0 * $1.1 }.magnitude
    }
    let slopes = (closed: try slope(closed), canon: try slope(canon))
    #expect(slopes.closed * 1000 < slopes.canon)
    #expect(closed.solution.closing?.isContracted == true)
    #expect(canon.solution.closing == nil)
  }

  @Test func `Improper input is an error`() {
    #expect(throws: LeastSquaresError.tooFewResiduals(residuals: 1, parameters: 2)) {
      _ = try LeastSquaresProblem<Double>(residualCount: 1, parameterCount: 2) { _, _ in }
    }
  }
}
