import LSQScalars
import LeastSquares
import MultiPrecision
import Testing

@testable import CurveFitting

/// A straight line b₀ + b₁·x.
private struct Line: Model {
  func value<N: ModelNumber>(_ b: Span<N>, at x: Span<N>) -> N { b[0] + b[1] * x[0] }
}

/// b₀·b₁·x + b₂: the first two are not determined.
private struct Redundant: Model {
  func value<N: ModelNumber>(_ b: Span<N>, at x: Span<N>) -> N { b[0] * b[1] * x[0] + b[2] }
}

/// b₀·exp(−b₁·x).
private struct Decay: Model {
  func value<N: ModelNumber>(_ b: Span<N>, at x: Span<N>) -> N { b[0] * .exp(-b[1] * x[0]) }
}

@Suite struct FitStatisticsTests {
  struct ScalarCase: CustomTestStringConvertible, Sendable {
    let type: any LSQScalar.Type
    var testDescription: String { "\(type)" }

    static var all: [ScalarCase] {
      var types: [any LSQScalar.Type] = [
        Float.self, Double.self, MPFloat<53, 1>.self, MPFloat128.self,
      ]
      #if (arch(i386) || arch(x86_64)) && !os(Windows) && !os(Android)
        types.append(Float80.self)
      #endif
      return types.map { ScalarCase(type: $0) }
    }
  }

  private func numbers<S: LSQScalar>(_ values: [Int]) -> [S] { values.map { S($0) } }

  private func line<S: LSQScalar>(
    _ y: [S], sigma: [S]? = nil
  ) throws -> ModelProblem<S> {
    try ModelProblem(
      model: Line(), predictors: y.indices.map { S($0) }, predictorCount: 1, response: y,
      sigma: sigma, parameterCount: 2)
  }

  private func expectNear<S: LSQScalar>(
    _ value: S?, _ expected: S, _ what: String, ulps: Int = 64
  ) {
    guard let value else {
      Issue.record("\(what) in \(S.self) is missing")
      return
    }
    let error = (value - expected).magnitude
    #expect(error <= S(ulps) * S.ulpOfOne * max(1, expected.magnitude), "\(what): \(value)")
  }

  @Test(arguments: ScalarCase.all)
  func `A line has its statistics in closed form`(scalar: ScalarCase) throws {
    func check<S: LSQScalar>(_: S.Type) throws {
      // x = 0 … 4, y = 1 3 4 8 9: b = (4/5, 21/10), Σr² = 19/10, (JᵀJ)⁻¹ = [3/5 −1/5; −1/5 1/10].
      for derivatives in FitOptions<S>.Derivatives.allCases {
        let options = FitOptions<S>(derivatives: derivatives)
        let fit = try line(numbers([1, 3, 4, 8, 9])).fit(from: [1, 1] as [S], options: options)
        // The parameters of differences are good to the digits that the differences have.
        guard derivatives == .exact else {
          let slack = S.ulpOfOne.squareRoot() * 16
          #expect((fit.parameters[0] - S(4) / 5).magnitude <= slack, "\(derivatives)")
          continue
        }
        expectNear(fit.parameters[0], S(4) / 5, "intercept")
        expectNear(fit.parameters[1], S(21) / 10, "slope")
        expectNear(fit.sumOfSquares, S(19) / 10, "sum of squares")
        #expect(fit.degreesOfFreedom == 3 && fit.undetermined.isEmpty && fit.isConverged)
        let variance = S(19) / 30
        expectNear(fit.residualStandardDeviation, variance.squareRoot(), "s")
        expectNear(fit.standardErrors[0], (variance * 3 / 5).squareRoot(), "error of intercept")
        expectNear(fit.standardErrors[1], (variance / 10).squareRoot(), "error of slope")
        let covariance = try #require(fit.covariance)
        expectNear(covariance[0, 1], -variance / 5, "covariance")
        #expect(covariance[0, 1] == covariance[1, 0])
      }
    }
    try check(scalar.type)
  }

  @Test func `Variances have their digits or are not given`() throws {
    func check<S: LSQScalar>(_: S.Type) throws {
      let y: [S] = numbers([1, 3, 4, 8, 9])
      // s = √19/30 in units whose square is the least normal number, and below it.
      let unit = S.leastNormalMagnitude.squareRoot()
      let near = try line(y.map { $0 * unit * 4 }).fit(from: [0, unit])
      expectNear(try #require(near.covariance)[0, 1] / unit / unit, -S(19) / 150 * 16, "covariance")
      let far = try line(y.map { $0 * unit }).fit(from: [0, unit])
      #expect(far.isSolved && far.covariance == nil && far.solution.parameterCovariance == nil)
      expectNear(try #require(far.standardErrors[0]) / unit, (S(19) / 50).squareRoot(), "error")
      // Nor above the greatest.
      let large = try line(y.map { $0 / unit * 16 }).fit(from: [0, 1])
      #expect(large.covariance == nil && large.standardErrors.allSatisfy { $0?.isFinite == true })
      // No scatter is no variance.
      let exact = try line(numbers([1, 3, 5, 7, 9]) as [S]).fit(from: [1, 2])
      #expect(exact.covariance?.elements.allSatisfy { $0 == 0 } == true)
    }
    try check(Float.self)
    try check(Double.self)
  }

  @Test(arguments: ScalarCase.all)
  func `Known deviations are taken at their word`(scalar: ScalarCase) throws {
    func check<S: LSQScalar>(_: S.Type) throws {
      let y: [S] = numbers([1, 3, 4, 8, 9])
      let sigma = [S](repeating: 1 / 2, count: 5)
      let fit = try line(y, sigma: sigma).fit(from: [1, 1])
      // Each residual counts twice, and the errors do not depend on the scatter.
      expectNear(fit.sumOfSquares, S(19) / 10 * 4, "sum of squares")
      expectNear(fit.standardErrors[0], (S(3) / 20).squareRoot(), "error of intercept")
      expectNear(fit.standardErrors[1], (S(1) / 40).squareRoot(), "error of slope")
      expectNear(fit.residualStandardDeviation, (S(38) / 15).squareRoot(), "s")
      // Unequal ones move the line: the last point hardly counts.
      let unequal: [S] = [1, 1, 1, 1, 1 / S.ulpOfOne]
      let moved = try line(y, sigma: unequal).fit(from: [1, 1])
      let four = try line(Array(y.dropLast())).fit(from: [1, 1])
      expectNear(moved.parameters[0], four.parameters[0], "intercept")
    }
    try check(scalar.type)
  }

  @Test(arguments: ScalarCase.all)
  func `Without degrees of freedom there is no scatter to judge by`(scalar: ScalarCase) throws {
    func check<S: LSQScalar>(_: S.Type) throws {
      let y: [S] = numbers([2, 5])
      let fit = try line(y).fit(from: [0, 0])
      expectNear(fit.parameters[0], 2, "intercept")
      expectNear(fit.parameters[1], 3, "slope")
      #expect(fit.degreesOfFreedom == 0)
      #expect(fit.residualStandardDeviation == nil && fit.covariance == nil)
      #expect(fit.standardErrors.allSatisfy { $0 == nil } && fit.standardErrors.count == 2)
      #expect(fit.undetermined.isEmpty)
      // With known deviations there are standard errors all the same: J = [1 0; 1 1].
      let known = try line(y, sigma: [1, 1]).fit(from: [0, 0])
      #expect(known.residualStandardDeviation == nil)
      expectNear(known.standardErrors[0], 1, "error of intercept")
      expectNear(known.standardErrors[1], S(2).squareRoot(), "error of slope")
    }
    try check(scalar.type)
  }

  @Test(arguments: ScalarCase.all)
  func `What is not determined has no error, the rest has`(scalar: ScalarCase) throws {
    func check<S: LSQScalar>(_: S.Type) throws {
      let y: [S] = numbers([1, 3, 4, 8, 9])
      let problem = try ModelProblem<S>(
        model: Redundant(), predictors: y.indices.map { S($0) }, predictorCount: 1, response: y,
        parameterCount: 3)
      let fit = try problem.fit(from: [1, 3, 1])
      #expect(fit.undetermined == [0, 1])
      #expect(fit.standardErrors[0] == nil && fit.standardErrors[1] == nil)
      #expect(fit.covariance == nil)
      expectNear(fit.parameters[0] * fit.parameters[1], S(21) / 10, "product", ulps: 1 << 10)
      // As in the line, but for one degree of freedom.
      #expect(fit.degreesOfFreedom == 2)
      let expected = (S(19) / 20 * 3 / 5).squareRoot()
      expectNear(fit.standardErrors[2], expected, "error of intercept", ulps: 1 << 10)
    }
    try check(scalar.type)
  }

  @Test(arguments: ScalarCase.all)
  func `Exact derivatives and differences agree, and so do tolerances`(
    scalar: ScalarCase
  ) throws {
    func check<S: LSQScalar>(_: S.Type) throws {
      let y: [S] = numbers([8, 5, 3, 3, 1, 2, 0, 1])
      let problem = try ModelProblem<S>(
        model: Decay(), predictors: y.indices.map { S($0) / 2 }, predictorCount: 1, response: y,
        parameterCount: 2)
      let best = try problem.fit(from: [5, 1])
      #expect(best.isConverged && best.ending != .tests)
      for derivatives in FitOptions<S>.Derivatives.allCases {
        for tolerance in FitOptions<S>.Tolerance.allCases {
          let options = FitOptions<S>(derivatives: derivatives, tolerance: tolerance)
          let fit = try problem.fit(from: [5, 1], options: options)
          #expect(fit.isConverged, "\(derivatives), \(tolerance): \(fit.solution.termination)")
          let slack = S.root(S.ulpOfOne, 4)
          for j in 0..<2 {
            let error = (fit.parameters[j] - best.parameters[j]).magnitude
            #expect(error <= slack * best.parameters[j].magnitude, "\(derivatives), \(tolerance)")
            let a = try #require(fit.standardErrors[j])
            let b = try #require(best.standardErrors[j])
            #expect((a - b).magnitude <= slack * 8 * b, "\(derivatives), \(tolerance)")
          }
          #expect((fit.solution.counts.jacobians > 0) == (derivatives == .exact))
        }
      }
    }
    try check(scalar.type)
  }

  @Test func `The limit and the monitor reach the solver`() throws {
    let y: [Double] = [8, 5, 3, 3, 1, 2, 0, 1]
    let problem = try ModelProblem<Double>(
      model: Decay(), predictors: y.indices.map { Double($0) / 2 }, predictorCount: 1,
      response: y, parameterCount: 2)
    let short = try problem.fit(
      from: [5, 1], options: FitOptions(maximumResidualEvaluations: 2))
    #expect(short.solution.termination == .evaluationLimit && !short.isConverged)
    var seen = 0
    let stopped = try problem.fit(
      from: [5, 1],
      monitor: { _ in
        seen += 1
        return seen == 3 ? .stop : .proceed
      })
    #expect(seen == 3 && stopped.solution.termination == .stopped(code: -1))
    #expect(!stopped.isConverged && stopped.standardErrors.allSatisfy { $0 != nil })
  }

  @Test func `A monitor stops a fit in whichever solve it is`() throws {
    // From this start the first solve ends on a plateau.
    let y: [Double] = [8, 5, 3, 3, 1, 2, 0, 1]
    let problem = try ModelProblem<Double>(
      model: Decay(), predictors: y.indices.map { 0.1 + Double($0) / 2 }, predictorCount: 1,
      response: y, parameterCount: 2)
    var attempts: [Int] = []
    let whole = try problem.fit(from: [1, 400]) {
      attempts.append($0.attempt)
      return .proceed
    }
    #expect(whole.retries > 0 && attempts.first == 0 && attempts.last == whole.retries)
    #expect(zip(attempts, attempts.dropFirst()).allSatisfy { $1 == $0 || $1 == $0 + 1 })
    for stop in 1...attempts.count {
      var seen = 0
      let fit = try problem.fit(from: [1, 400]) { _ in
        seen += 1
        return seen == stop ? .stop : .proceed
      }
      #expect(seen == stop && fit.isInterrupted && !fit.isConverged)
      #expect(StopReason(fit).name == "stopped")
    }
  }

  @Test func `Numbers that cannot be meant are refused with their names`() throws {
    let problem = try line([1.0, 2, 4])
    func refusal(_ options: FitOptions<Double>) -> LeastSquaresError? {
      #expect(throws: LeastSquaresError.self) { try problem.fit(from: [0, 1], options: options) }
    }
    #expect(refusal(.init(maximumConcurrency: 0)) == .invalidConcurrency(0))
    #expect(refusal(.init(residualPrecision: .relative(-1))) == .invalidResidualPrecision("-1.0"))
    #expect(
      refusal(.init(tolerances: Tolerances(step: -1)))
        == .invalidTolerance(name: "step (xtol)", value: "-1.0"))
    #expect(refusal(.init(initialRadiusFactor: 0)) == .invalidRadiusFactor("0.0"))
    #expect(refusal(.init(scaling: .fixed([1]))) == .wrongScalingCount(found: 1, expected: 2))
    #expect(throws: LeastSquaresError.wrongCount(what: "point", found: 1, expected: 2)) {
      try problem.residuals(at: [1])
    }
  }

  @Test func `Radius, scaling and tolerances reach the solver`() throws {
    let y: [Double] = [8, 5, 3, 3, 1, 2, 0, 1]
    let problem = try ModelProblem<Double>(
      model: Decay(), predictors: y.indices.map { Double($0) / 2 }, predictorCount: 1,
      response: y, parameterCount: 2)
    func firstStep(_ options: FitOptions<Double>) throws -> [Double] {
      var steps: [[Double]] = []
      _ = try problem.fit(from: [5, 1], options: options) {
        steps.append($0.parameters)
        return steps.count == 2 ? .stop : .proceed
      }
      return steps[1]
    }
    let plain = try firstStep(.init())
    #expect(try firstStep(.init(initialRadiusFactor: 0.01)) != plain)
    #expect(
      try firstStep(.init(initialRadiusFactor: 0.01, scaling: .fixed([1, 100])))
        != firstStep(.init(initialRadiusFactor: 0.01)))
    let coarse = try problem.fit(
      from: [5, 1], options: .init(tolerance: .minpack, tolerances: Tolerances(reduction: 0.1)))
    #expect(coarse.isConverged && coarse.solution.iterations < 6)
    let fit = try problem.fit(from: [5, 1])
    #expect(
      try problem.residuals(at: fit.parameters).map { $0 * $0 }.reduce(0, +) <= 1.0001
        * fit.sumOfSquares)
    for (i, value) in try problem.values(at: fit.parameters).enumerated() {
      #expect(try value - y[i] == problem.residuals(at: fit.parameters)[i])
    }
    #expect(try problem.jacobian(at: fit.parameters).columnCount == 2)
  }

  @Test func `A fit prints itself`() throws {
    let fit = try line([1.0, 3, 5, 8]).fit(from: [1, 1])
    let lines = "\(fit)".split(separator: "\n")
    #expect(lines.count == 4 && lines[1].hasPrefix("b2 = ") && lines[1].contains(" ± 0.173"))
    #expect(lines[2] == "sum of squares 0.30000, degrees of freedom 2", "\(fit)")
  }

  @Test func `Relative deviations are scaled by the residuals`() throws {
    func fit(_ isSigmaAbsolute: Bool) throws -> Fit<Double> {
      try ModelProblem(
        model: Line(), predictors: [0, 1, 2, 3], predictorCount: 1, response: [1, 3, 5, 8],
        sigma: [1, 2, 1, 2], isSigmaAbsolute: isSigmaAbsolute, parameterCount: 2
      ).fit(from: [1, 1])
    }
    let (known, relative) = (try fit(true), try fit(false))
    let scale = try #require(relative.residualStandardDeviation)
    #expect(known.parameters == relative.parameters && known.residualStandardDeviation == scale)
    for j in 0..<2 {
      let (a, b) = (try #require(known.standardErrors[j]), try #require(relative.standardErrors[j]))
      #expect((a * scale / b - 1).magnitude < 1e-14)
    }
  }

  @Test func `Names that are missing are replaced, and those in surplus ignored`() throws {
    let fit = try line([1.0, 2, 4]).fit(from: [0, 1])
    #expect(fit.accuracy(parameterNames: ["a"]).parameters.map(\.name) == ["a", "b2"])
    #expect(fit.accuracy(parameterNames: ["a", "b", "c"]).parameters.map(\.name) == ["a", "b"])
  }

  @Test func `Options and solver are values that tasks can share`() async throws {
    let solver = LevenbergMarquardt(options: Options<Double>.tight)
    let options = FitOptions<Double>(tolerance: .minpack)
    let ends = try await withThrowingTaskGroup(of: [Double].self) { group in
      for target in [2.0, 3] {
        group.addTask {
          let problem = try LeastSquaresProblem<Double>(residualCount: 1, parameterCount: 1) {
            $1[0] = $0[0] - target
          }
          let fit = try ModelProblem<Double>(
            model: Line(), predictors: [1, 2, 3], predictorCount: 1,
            response: [target, 2 * target, 3 * target], parameterCount: 2
          ).fit(from: [0, 1], options: options)
          return try solver.minimize(problem, from: [0]).parameters + [fit.parameters[1]]
        }
      }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    #expect(Set(ends.map { $0[0] }) == [2, 3])
    #expect(ends.allSatisfy { ($0[0] - $0[1]).magnitude < 1e-6 })
  }

  @Test func `A start that does not fit is refused`() throws {
    let problem = try line([1.0, 2, 4])
    #expect(throws: LeastSquaresError.wrongCount(what: "start", found: 3, expected: 2)) {
      try problem.fit(from: [1, 2, 3])
    }
    #expect(throws: LeastSquaresError.tooFewResiduals(residuals: 1, parameters: 2)) {
      try line([1.0]).fit(from: [1, 2])
    }
  }

  @Test func `Before the end nothing has digits`() throws {
    let x: [Double] = [0, 1, 2, 3, 4]
    let problem = try ModelProblem<Double>(
      model: Formula(parsing: "exp(a*x)").bound(parameters: ["a"], predictors: ["x"]),
      predictors: x, predictorCount: 1, response: x.map { .exp(0.7 * $0) + 0.1 },
      sigma: x.map { _ in 0.1 }, parameterCount: 1)
    let fit = try problem.fit(from: [0]) { _ in .stop }
    #expect(fit.parameters == [0] && fit.parameterDigits == 0)
    let limited = try problem.fit(
      from: [0.1], options: FitOptions(maximumResidualEvaluations: 3))
    #expect(!limited.isConverged && limited.standardErrorError == nil)
    let ended = try problem.fit(from: [0.1])
    let accuracy = ended.accuracy(parameterNames: ["a"])
    #expect(ended.standardErrorError != nil && accuracy.standardErrorDigits ?? 0 > 10)
    #expect(accuracy.sumOfSquaresDigits ?? 0 > 10)
  }

  @Test func `A subnormal parameter has the rounding of subnormal numbers`() throws {
    let fit = try ModelProblem<Double>(
      model: Formula(parsing: "a*1e300").bound(parameters: ["a"], predictors: []),
      predictors: [], predictorCount: 0, response: [1e-10], parameterCount: 1
    ).fit(from: [1e-300])
    #expect(fit.parameters[0].isSubnormal)
    #expect(fit.numericalErrors[0].map { $0 >= .leastNonzeroMagnitude } == true)
  }
}
