import CurveFitting
import LSQScalars
import MultiPrecision
import Testing

/// Starts from which the gradient leads to a saddle or a maximum, or nowhere.
@Suite struct SaddleTests {
  /// A formula, its parameters with starts, and data as rows of predictors and response.
  struct Trap: Sendable, CustomStringConvertible {
    let description: String
    let formula: String
    let parameters: [String]
    let start: [Double]
    let predictors: [String]
    let rows: [[Double]]
    /// The sum of squares at the minimum.
    let sumOfSquares: Double

    func fit<Scalar: LSQScalar>(
      over _: Scalar.Type, _ options: FitOptions<Scalar> = FitOptions()
    ) throws -> Fit<Scalar> {
      func scalar(_ x: Double) -> Scalar { Scalar(x.description) ?? .nan }
      let model = try Formula(parsing: formula).bound(
        parameters: parameters, predictors: predictors)
      return try ModelProblem<Scalar>(
        model: model, predictors: rows.flatMap { $0.dropLast().map(scalar) },
        predictorCount: predictors.count, response: rows.map { scalar($0[$0.count - 1]) },
        parameterCount: parameters.count
      ).fit(from: start.map(scalar), options: options)
    }
  }

  /// Two bells at ±3: one bell fits either of them, and worst of all none.
  static let bells = (-6...6).map { x in
    [Double(x), [1, 0.3679, 0.0183, 0.0001][abs(abs(x) - 3)]]
  }

  static let traps = [
    Trap(
      description: "a maximum of one parameter", formula: "b^2*u+b*v", parameters: ["b"],
      start: [0], predictors: ["u", "v"], rows: [[1, 0, 10], [0, 1, 0]], sumOfSquares: 9.75),
    Trap(
      description: "a maximum where the Jacobian is zero", formula: "b^2*x", parameters: ["b"],
      start: [0], predictors: ["x"], rows: [[1, 3], [2, 2], [3, 1]], sumOfSquares: 14 - 100.0 / 14),
    Trap(
      description: "a product of zeros", formula: "a*b*x", parameters: ["a", "b"], start: [0, 0],
      predictors: ["x"], rows: [[1, 3], [2, 2], [3, 1]], sumOfSquares: 14 - 100.0 / 14),
  ]

  /// Maxima of which second derivatives know nothing.
  static let flatTraps = [
    Trap(
      description: "a maximum where two derivatives are zero", formula: "a*b*c*x",
      parameters: ["a", "b", "c"], start: [0, 0, 0], predictors: ["x"],
      rows: [[1, 3], [2, 2], [3, 1]], sumOfSquares: 14 - 100.0 / 14),
    Trap(
      description: "a maximum where three derivatives are zero", formula: "a^4*x",
      parameters: ["a"], start: [0], predictors: ["x"], rows: [[1, 0.3], [2, 0.2], [3, 0.1]],
      sumOfSquares: 0.14 - 1.0 / 14),
  ]

  /// The other two are open beside the first, and the curvature is a thousandth of its own.
  static let weakTrap = Trap(
    description: "a saddle of hardly any curvature", formula: "a*b*c*x+(a+b+c)*x^2",
    parameters: ["a", "b", "c"], start: [0, 0, 0], predictors: ["x"],
    rows: [[1, 1.1], [2, 1.8], [3, 3.3], [4, 6.1], [5, 8.2]], sumOfSquares: 0.39254658)

  /// No step moves the frequency away from zero, and the others go astray.
  static let stillFrequency = Trap(
    description: "a frequency of zero, from where the others lead to a plateau",
    formula: "a*exp(-b*x)*cos(c*x)", parameters: ["a", "b", "c"], start: [-1, 0.01, 0],
    predictors: ["x"],
    rows: [
      [0.02, 2.04], [0.83, -0.28], [1.27, -1.02], [2.17, -0.41], [2.71, 0.69], [3.43, 0.48],
      [4.03, -0.13], [4.68, -0.42],
    ], sumOfSquares: 0.047923724540776584)

  @Test(arguments: traps + flatTraps + [stillFrequency])
  func `A saddle or maximum is left along its negative curvature`(trap: Trap) throws {
    func check<Scalar: LSQScalar>(_ type: Scalar.Type) throws {
      let fit = try trap.fit(over: type)
      let sum = try #require(Double(fit.sumOfSquares.description))
      #expect(abs(sum / trap.sumOfSquares - 1) < 1e-5, "\(type): \(sum)")
      #expect(fit.isConverged && !fit.isSaddle)
      #expect(fit.remedy == .negativeCurvature && fit.retries > 0)
      #expect(fit.discardedEvaluations.residuals > 0)
    }
    try check(Float.self)
    try check(Double.self)
    try check(MPFloat128.self)
  }

  @Test func `A saddle is left where a square has underflown`() throws {
    let fit = try Trap(
      description: "", formula: "a^2*b*x+c", parameters: ["a", "b", "c"], start: [1e-170, 0, 1],
      predictors: ["x"], rows: [[1, 1.1], [2, 1.8], [3, 3.3]], sumOfSquares: 0
    ).fit(over: Double.self)
    #expect(fit.isConverged && abs(fit.sumOfSquares - 8.0 / 75) < 1e-9, "\(fit)")
  }

  /// Along what the Jacobian leaves open the sum falls with a third power.
  @Test func `A point that only a higher derivative tells from a minimum is left`() throws {
    func check<Scalar: LSQScalar>(_ type: Scalar.Type) throws {
      let fit = try Trap(
        description: "", formula: "(a-b)*(b-c)*(c-a)*x+(a+b+c)*x^2", parameters: ["a", "b", "c"],
        start: [0, 0, 0], predictors: ["x"],
        rows: [[1, 1.1], [2, 1.8], [3, 3.3], [4, 6.1], [5, 8.2]], sumOfSquares: 0
      ).fit(over: type)
      // On the way out of a point where three parameters are one, rounding may tell more of them apart than at the end.
      #expect(fit.sumOfSquares < 0.3926, "\(fit)")
    }
    try check(Float.self)
    try check(Double.self)
  }

  @Test(arguments: [-1.0, 1])
  func `A parameter without effect at the start is moved to the side that is better`(
    sign: Double
  ) throws {
    let rows = (1...5).map { (Double($0), 1 + 8 * sign * Double($0) + Double($0 % 2)) }
    let fit = try formulaFit("a^3*x+c", ["a", "c"], from: [0, 1], to: rows, over: Double.self)
    #expect(fit.isConverged && abs(fit.parameters[0] - 2 * sign) < 0.1, "\(fit)")
  }

  @Test(arguments: ["a^4*x+b", "a^6*x+b"], FitDerivatives.allCases)
  func `In Float too`(model: String, derivatives: FitDerivatives) throws {
    let rows: [(Double, Double)] = (1...10).map { i in
      let x = Double(i)
      return (x, 2 * x + 1 + Double(i % 2) / 8)
    }
    let fit = try formulaFit(
      model, ["a", "b"], from: [0, 1], to: rows, derivatives, over: Float.self)
    #expect(fit.sumOfSquares < 0.1, "\(fit.parameters)")
  }

  @Test func `A saddle is left however weak its curvature is, if the sum of squares shows it`()
    throws
  {
    let fit = try Self.weakTrap.fit(over: Float.self)
    #expect(fit.isConverged && fit.sumOfSquares < 1.289, "\(fit)")
  }

  @Test(arguments: FitDerivatives.allCases)
  func `A saddle between two minima is left, however the derivatives were had`(
    derivatives: FitDerivatives
  ) throws {
    let trap = Trap(
      description: "one bell for two", formula: "A*exp(-(x-m)^2/4)", parameters: ["A", "m"],
      start: [0.5, 0], predictors: ["x"], rows: Self.bells, sumOfSquares: 0)
    let fit = try trap.fit(over: Double.self, FitOptions(derivatives: derivatives))
    #expect(fit.isConverged && !fit.isSaddle)
    #expect(abs(abs(fit.parameters[1]) - 3) < 0.05, "\(fit.parameters)")
  }

  @Test(arguments: traps)
  func `Where evaluations do not suffice to leave a saddle, the fit says what it is`(
    trap: Trap
  ) throws {
    var names: [String] = []
    for limit in 1...40 {
      let fit = try trap.fit(over: Double.self, FitOptions(maximumResidualEvaluations: limit))
      #expect(fit.evaluations.residuals <= limit)
      let reason = StopReason(fit)
      if !fit.isConverged { names.append(reason.name) }
      #expect(fit.isSaddle == (reason.name == "saddle") && !(fit.isSaddle && fit.isConverged))
      #expect(!fit.isSaddle || reason.sentence.contains("not a minimum"))
      // Where nobody looked beside the end it is not called a minimum.
      #expect(!fit.isConverged || abs(fit.sumOfSquares / trap.sumOfSquares - 1) < 1e-5)
      if fit.isMinimumUnproven { #expect(!fit.isConverged && reason.name == "evaluationLimit") }
    }
    #expect(names.contains("saddle") && names.contains("evaluationLimit"), "\(names)")
  }

  /// a² + (a² − c)² + (b − 1)² + (b − 2)², which is curved downwards at a = 0 for c > ½; its sum is smaller by (c − ½)²
  /// elsewhere.
  private func barely<Scalar: LSQScalar>(
    _ c: String, from a: Scalar, over _: Scalar.Type
  ) throws -> Fit<Scalar> {
    let rows: [[Scalar]] = [[1, 0, 0], [0, 1, 0], [0, 0, 1], [0, 0, 1]]
    return try ModelProblem<Scalar>(
      model: Formula(parsing: "u*a+v*a^2+w*b").bound(
        parameters: ["a", "b"], predictors: ["u", "v", "w"]),
      predictors: rows.flatMap { $0 }, predictorCount: 3,
      response: [0, Scalar(c) ?? .nan, 1, 2], parameterCount: 2
    ).fit(from: [a, 1])
  }

  @Test func `A saddle that sums do not show is not called a minimum`() throws {
    func check<Scalar: LSQScalar>(_ c: String, over type: Scalar.Type) throws {
      let fit = try barely(c, from: 0, over: type)
      #expect(!fit.isSolved && fit.uncurved == [0] && fit.hidden == [0], "\(c): \(fit)")
      #expect(fit.numericalErrors[0] == .infinity && fit.sumOfSquaresError == nil)
      // The other parameter is known as well as ever.
      #expect(fit.numericalErrors[1].map { $0 < 64 * .ulpOfOne } == true)
      #expect(fit.accuracy().arithmetic == nil)
      let reason = StopReason(fit, parameterNames: ["a", "b"])
      #expect(reason.name == "uncurved" && reason.sentence.contains("definite along a,"))
    }
    try check("0.50000002", over: Double.self)
    try check("0.5", over: Double.self)
    try check("0.5001", over: Float.self)
    for c in ["0.49", "0.49999", "0.4999999"] {
      let fit = try barely(c, from: 0, over: Double.self)
      #expect(fit.isSolved && fit.uncurved.isEmpty, "\(c): \(fit)")
    }
  }

  @Test(arguments: 3...6, ["1", "1e-3", "1e-8"])
  func `A minimum of higher order is no farther away than the errors say`(
    power: Int, noise: String
  ) throws {
    func check<Scalar: LSQScalar>(_ type: Scalar.Type) throws {
      let rows: [[Scalar]] = [[1, 0], [0, 1], [0, 1]]
      let noise = Scalar(noise) ?? .nan
      let fit = try ModelProblem<Scalar>(
        model: Formula(parsing: "u*(a-1)^\(power)+v*b").bound(
          parameters: ["a", "b"], predictors: ["u", "v"]),
        predictors: rows.flatMap { $0 }, predictorCount: 2, response: [0, noise, -noise],
        parameterCount: 2
      ).fit(from: [Scalar(3) / 2, 1])
      guard fit.isSolved else { return }
      let error = try #require(fit.numericalErrors[0])
      #expect((fit.parameters[0] - 1).magnitude <= error, "\(type): \(fit.parameters), \(error)")
    }
    try check(Float.self)
    try check(Double.self)
    try check(MPFloat128.self)
  }

  @Test func `A minimum where the Jacobian is singular is no saddle`() throws {
    // Σ (b²·x + 1)², with its minimum at 0, and a sum of which only one term is determined.
    for formula in ["b^2*x", "b^4*x"] {
      let fit = try Trap(
        description: "", formula: formula, parameters: ["b"], start: [0], predictors: ["x"],
        rows: [[1, -1], [2, -1]], sumOfSquares: 2
      ).fit(over: Double.self)
      #expect(!fit.isSaddle && fit.parameters == [0], "\(formula)")
      // Second derivatives prove the first.
      #expect(fit.isConverged == (formula == "b^2*x"), "\(formula)")
    }
    let sum = try Trap(
      description: "", formula: "exp(-(a+b)*x)", parameters: ["a", "b"], start: [0.3, 0.4],
      predictors: ["x"], rows: [[1, 0.5], [2, 0.2], [3, 0.1]], sumOfSquares: 0
    ).fit(over: Double.self)
    #expect(sum.isConverged && !sum.isSaddle && sum.retries == 0 && sum.undetermined == [0, 1])
  }

  @Test(arguments: [10_000.0, 800, 200])
  func `A start where an exponential has underflown is brought nearer`(rate: Double) throws {
    let fit = try Trap(
      description: "", formula: "a*exp(-b*x)", parameters: ["a", "b"], start: [1, rate],
      predictors: ["x"], rows: [[1, 2.7], [2, 1.6], [3, 1.1], [4, 0.6], [5, 0.43]],
      sumOfSquares: 0
    ).fit(over: Double.self)
    #expect(fit.isConverged && fit.remedy == .smallerStart, "\(fit.parameters)")
    #expect(abs(fit.sumOfSquares - 0.0116882) < 1e-6)
  }

  @Test func `A start where nothing has an effect is no success where nothing helps`() throws {
    // Between the rows, where the middle of the data is, a bell as narrow as this has no effect.
    let rows = (0..<8).map { [Double($0) + 1000, 1 + Double($0 % 3)] }
    let bell = Trap(
      description: "", formula: "A*exp(-(9999*(x-m))^2)", parameters: ["A", "m"], start: [1, 50],
      predictors: ["x"], rows: rows, sumOfSquares: 0)
    let fit = try bell.fit(over: Double.self)
    #expect(!fit.isConverged && fit.isPlateau && fit.retries == 4)
    #expect(StopReason(fit).name == "plateau")
  }

  @Test func `A parameter without effect anywhere does not make a plateau`() throws {
    let fit = try Trap(
      description: "", formula: "a+b*x+0*d", parameters: ["a", "b", "d"], start: [1, 1, 1],
      predictors: ["x"], rows: [[1, 2.7], [2, 1.6], [3, 1.1], [4, 0.6]], sumOfSquares: 0
    ).fit(over: Double.self)
    #expect(fit.isConverged && !fit.isPlateau && fit.undetermined == [2] && fit.retries == 0)
  }
}

/// Residuals without data, from where the gradient vanishes.
@Suite struct ResidualSaddleTests {
  /// (x² − 10, x): a maximum at 0, minima where 2·x² = 19.
  private struct Well: ResidualModel {
    let residualCount = 2, parameterCount = 1

    func function<Number: ModelNumber>(
      over type: Number.Type
    ) -> (Span<Number>, inout MutableSpan<Number>) throws -> Void {
      { x, f in
        f[0] = x[0] * x[0] - 10
        f[1] = x[0]
      }
    }
  }

  @Test func `A comparison of functions leaves a maximum, or says what it is`() throws {
    func run(limit: Int?) throws -> PrecisionComparison {
      try PrecisionComparison(
        of: ResidualFit(Well(), start: ["0"]), problem: "Well", parameterNames: ["x"],
        contenders: [
          .scalar(Float.self, named: "float"), .scalar(Double.self, named: "double"),
          .scalar(MPFloat128.self, named: "mp128"),
        ], options: .init(maximumResidualEvaluations: limit))
    }
    for run in try run(limit: nil).runs {
      let x = try #require(Double(run.parameters[0]))
      #expect(run.isConverged && abs(2 * x * x - 19) < 1e-4, "\(run)")
    }
    for (limit, name) in [(2, "evaluationLimit"), (3, "saddle")] {
      for run in try run(limit: limit).runs {
        #expect(!run.isConverged && run.reason.name == name, "\(run)")
        #expect(run.evaluations[0].residuals <= limit)
      }
    }
  }
}
