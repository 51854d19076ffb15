import CurveFitting
import LSQScalars
import MultiPrecision
import Testing

/// Fits whose residuals are so large that Gauss–Newton steps do not contract.
@Suite struct NewtonEndingTests {
  struct Growth: Model {
    func value<Number: ModelNumber>(_ b: Span<Number>, at x: Span<Number>) -> Number {
      .exp(b[0] * x[0])
    }
  }

  private func problem<Scalar: LSQScalar>(over _: Scalar.Type) throws -> ModelProblem<Scalar> {
    try ModelProblem<Scalar>(
      model: Growth(), predictors: [1, 2, 3, 4, 5], predictorCount: 1,
      response: [2, -10, 60, -80, 3], parameterCount: 1)
  }

  private func fit<Scalar: LSQScalar>(_ type: Scalar.Type) throws -> Fit<Scalar> {
    try problem(over: type).fit(from: [3 / 10])
  }

  @Test func `Newton steps find the last digits where Gauss–Newton steps do not contract`() throws {
    let double = try fit(Double.self)
    let wide = try fit(MPFloat256.self)
    #expect(double.ending == .newtonSteps && double.isConverged)
    #expect(wide.ending == .newtonSteps)
    // Computed by Newton's method on the gradient, at 60 digits.
    let exact = MPFloat256("-0.789887333628422521525595544212")!
    #expect((wide.parameters[0] - exact).magnitude < MPFloat256("1e-29")!)
    #expect((MPFloat256(double.parameters[0]) - exact).magnitude < MPFloat256("1e-15")!)
    #expect(double.sumOfSquares <= double.solution.sumOfSquares * (1 + 1e-12))
  }

  @Test func `Newton steps keep to the limit of evaluations`() throws {
    let problem = try problem(over: Double.self)
    let whole = try problem.fit(from: [0.3])
    let all = whole.evaluations.residuals
    for limit in 1...all {
      let fit = try problem.fit(
        from: [0.3], options: FitOptions(maximumResidualEvaluations: limit))
      #expect(fit.evaluations.residuals <= limit)
      #expect(fit.isConverged == (limit == all), "limit \(limit)")
      if limit < all { #expect(StopReason(fit).info == 5, "limit \(limit)") }
    }
  }

  /// exp(Σ bₖ·xₖ), whose second derivatives couple all parameters.
  struct Product: Model {
    func value<Number: ModelNumber>(_ b: Span<Number>, at x: Span<Number>) -> Number {
      var sum: Number = 0
      for k in b.indices { sum += b[k] * x[k] }
      return .exp(sum)
    }
  }

  /// Residuals as large as the values, so that Gauss–Newton steps do not contract.
  private func fitProduct<Scalar: LSQScalar>(
    _: Scalar.Type, parameterCount n: Int
  ) throws -> Fit<Scalar> {
    // Quarters from a linear congruence, the same in every type.
    var state = 12345
    func next() -> Scalar {
      state = (state * 1_103_515_245 + 12345) & 0x7fff_ffff
      return Scalar((state >> 16) % 9 - 4) / 4
    }
    let m = 3 * n
    let predictors = (0..<m * n).map { _ in next() }
    let response = (0..<m).map { i in (next() + 1) * Scalar(i % 3 == 0 ? 6 : -2) }
    return try ModelProblem<Scalar>(
      model: Product(), predictors: predictors, predictorCount: n, response: response,
      parameterCount: n
    ).fit(from: Array(repeating: 0, count: n))
  }

  @Test(arguments: [3, 4, 6, 8, 20])
  func `Exact second derivatives end in a few steps, whatever the number of parameters`(
    parameterCount n: Int
  ) throws {
    let double = try fitProduct(Double.self, parameterCount: n)
    let wide = try fitProduct(MPFloat128.self, parameterCount: n)
    #expect(double.ending == .newtonSteps && double.isConverged)
    #expect(wide.ending == .newtonSteps && wide.isConverged)
    // Steps that contract quadratically, and one that confirms.
    #expect(double.newtonEvaluations <= 7 && wide.newtonEvaluations <= 7)
    for (value, exact) in zip(double.parameters, wide.parameters) {
      let tolerance = max(exact.magnitude, 1) * MPFloat128("1e-13")!
      #expect((MPFloat128(value) - exact).magnitude <= tolerance)
    }
  }

  @Test func `Where Gauss–Newton steps contract they are enough`() throws {
    let line = try Formula(parsing: "a+b*x").bound(parameters: ["a", "b"], predictors: ["x"])
    let fit = try ModelProblem<Double>(
      model: line, predictors: [1, 2, 3, 4], predictorCount: 1, response: [1, 3, 2, 5],
      parameterCount: 2
    ).fit(from: [0, 0])
    #expect(fit.ending == .gaussNewtonSteps && fit.newtonEvaluations == 0)
  }

  @Test func `In wide types steps do not grow in number with the digits`() throws {
    let model = try Formula(parsing: "a*(1-exp(-b*x))").bound(
      parameters: ["a", "b"], predictors: ["x"])
    func fit<Scalar: LSQScalar>(
      _: Scalar.Type, _ tolerances: Tolerances<Scalar>? = nil
    ) throws -> Fit<Scalar> {
      try ModelProblem<Scalar>(
        model: model, predictors: [1, 2, 3, 5, 7, 10], predictorCount: 1,
        response: [109, 149, 149, 191, 213, 224], parameterCount: 2
      ).fit(from: [100, 3 / 4], options: FitOptions(tolerances: tolerances))
    }
    let (narrow, wide) = (try fit(MPFloat256.self), try fit(MPFloat1024.self))
    let patient = try fit(MPFloat1024.self, .machinePrecision)
    #expect(narrow.isSolved && wide.isSolved && patient.isSolved)
    #expect(wide.ending == .newtonSteps && patient.ending == .gaussNewtonSteps)
    #expect(wide.evaluations.residuals <= narrow.evaluations.residuals + 4)
    #expect(10 * wide.evaluations.residuals < patient.evaluations.residuals)
    for j in 0..<2 {
      let difference = (wide.parameters[j] - patient.parameters[j]).magnitude
      let (error, other) = (
        try #require(wide.numericalErrors[j]), try #require(patient.numericalErrors[j])
      )
      #expect(difference <= error + other)
      #expect(error <= MPFloat1024("1e-300")! * wide.parameters[j])
    }
  }

  /// A formula of x, fitted in `Double`.
  private func fit(
    _ formula: String, _ parameters: [String], x: [Double], y: [Double], from start: [Double]
  ) throws -> Fit<Double> {
    let model = try Formula(parsing: formula).bound(parameters: parameters, predictors: ["x"])
    return try ModelProblem<Double>(
      model: model, predictors: x, predictorCount: 1, response: y, parameterCount: start.count
    ).fit(from: start)
  }

  @Test func `Steps that become shorter for a while in a valley without end are no contraction`()
    throws
  {
    // Three points that bend the other way: the sum of squares falls towards a straight line, b = 0 and a = −∞.
    let valley = try fit(
      "a*exp(-b*x)+c", ["a", "b", "c"], x: [0.1061, 2.2229, 3.9708],
      y: [0.2992772818372652, 0.2989278955195158, 0.3005063281176366], from: [0.1, 1, 0.15])
    #expect(valley.ending == .tests && valley.sumOfSquaresError == nil)
    #expect(valley.accuracy().parameters.allSatisfy { ($0.digitsComputed ?? 0) <= 0 })
    #expect(valley.hidden == [0, 1, 2], "\(valley.parameters)")
  }

  @Test func `A Hessian that is definite by rounding proves no minimum`() throws {
    // Only the last point has an effect, and J a pivot of rounding; the minimum is at 3 and 0.01.
    let far = try fit(
      "a*exp(b*(x-2000))", ["a", "b"],
      x: [1990.7909, 1996.421, 2000.3513, 2002.8756, 2008.9343, 2011.6444, 2017.9628],
      y: [2.7360665, 2.8945287, 3.0105575, 3.0875203, 3.2803669, 3.3704838, 3.5903162],
      from: [3.9, 10])
    #expect(!far.isConverged && far.ending == .tests, "\(far.parameters)")
  }

  @Test func `Steps that hardly contract are not taken for rounding`() throws {
    // Four years of temperatures at Nottingham, and a sine in a local minimum at twice the frequency: Gauss–Newton steps
    // turn back and forth there, and are short in Float before they are near.
    let temperatures: [Float] = [
      40.6, 40.8, 44.4, 46.7, 54.1, 58.5, 57.7, 56.4, 54.3, 50.5, 42.9, 39.8, 44.2, 39.8, 45.1, 47,
      54.1, 58.7, 66.3, 59.9, 57, 54.2, 39.7, 42.8, 37.5, 38.7, 39.5, 42.1, 55.7, 57.8, 56.8, 54.3,
      54.3, 47.1, 41.8, 41.7, 41.8, 40.1, 42.9, 45.8, 49.2, 52.7, 64.2, 59.6, 54.4, 49.2, 36.3,
      37.6,
    ]
    let model = try Formula(parsing: "a+b*sin(2*pi*f*m/12+p)").bound(
      parameters: ["a", "b", "f", "p"], predictors: ["m"])
    let fit = try ModelProblem<Float>(
      model: model, predictors: (0..<48).map(Float.init), predictorCount: 1,
      response: temperatures, parameterCount: 4
    ).fit(from: [0, 1, 1.5, 0])
    #expect(fit.ending == .newtonSteps && fit.isConverged)
    // Computed by Newton's method on the gradient in mpmath.
    let exact = [48.713615022470592, 0.96071793467974848, 2.1196816501912811, -2.0895917639949583]
    for (j, truth) in exact.enumerated() {
      let (error, claim) = (abs(Double(fit.parameters[j]) - truth), fit.numericalErrors[j] ?? 0)
      #expect(error <= Double(claim) && claim < 1e-3, "parameter \(j): \(error), \(claim)")
    }
  }

  @Test func `What the data leave open is held while the others go to their minimum`() throws {
    let data = try DataTable(
      "x,y\n0.0000,10002.241370\n0.7273,10001.506938\n1.4545,10003.223078\n2.1818,10003.767529\n"
        + "2.9091,10005.087372\n3.6364,10005.702665\n4.3636,10007.438979\n5.0909,10008.851093\n"
        + "5.8182,10009.376033\n6.5455,10010.701574\n7.2727,10011.953533\n8.0000,10012.985246\n")
    func fit(
      _ formula: String, _ names: [String], _ start: [String]
    ) throws -> DecimalFit<FormulaModel> {
      DecimalFit(
        model: try Formula(parsing: formula).bound(parameters: names, predictors: ["x"]),
        data: data, predictors: ["x"], response: "y", start: start)
    }
    let exact = try fit("sqrt(a^2+b^2*x^2)-c", ["a", "b", "c"], ["1.8", "1.8", "-10000"])
      .fit(digits: 30, ladder: PrecisionLadder.scalarType(bits:))
    let open = try fit(
      "sqrt(a^2+b^2*x^2)-c+q", ["a", "b", "c", "q"], ["1.7648", "1.8033", "0.17944", "10000"])
    func check<Scalar: LSQScalar>(_ type: Scalar.Type, within bound: Scalar) throws {
      let fit = try open.problem(over: type).fit(from: open.start(over: type))
      #expect(fit.isConverged && fit.undetermined == [2, 3])
      for (j, value) in exact.parameters(as: type).prefix(2).enumerated() {
        let error = (fit.parameters[j] - value).magnitude
        #expect(error <= fit.numericalErrors[j] ?? 0 && error <= bound, "\(type), parameter \(j)")
      }
    }
    try check(Double.self, within: 1e-7)
    try check(MPFloat128.self, within: MPFloat128("1e-24")!)
  }

  @Test func `Newton steps that lead on along a valley without end prove no minimum`() throws {
    // A bell that narrows around one point, from where it grows and narrows for ever.
    let model = try Formula(parsing: "a*exp(-(x-b)^2/c^2)").bound(
      parameters: ["a", "b", "c"], predictors: ["x"])
    let fit = try ModelProblem<Double>(
      model: model,
      predictors: [-1.8829, -1.0948, -0.4422, 0.1449, 0.6727, 1.1627, 1.9791, 2.7436],
      predictorCount: 1,
      response: [
        0.1324059, 0.05197418, 0.1759183, -0.06725671, -0.05426884, 0.01468151, -0.1841913,
        0.1128042,
      ], sigma: [0.1, 0.5, 0.5, 0.1, 0.5, 0.5, 0.5, 0.1], parameterCount: 3
    ).fit(from: [0, 1, 1.12])
    #expect(fit.accuracy().parameters.allSatisfy { ($0.digitsComputed ?? 0) <= 0 })
    #expect(!fit.hidden.isEmpty && fit.sumOfSquaresError == nil, "\(fit.parameters)")
  }

  @Test func `Steps as long as the parameters are no contraction`() throws {
    // Beside this point of rest of the tests the residuals vanish.
    let model = try Formula(parsing: "a*tanh(b*x)+c").bound(
      parameters: ["a", "b", "c"], predictors: ["x"])
    let y = ["-1.71768e-150", "-3.520869e-151", "1.293631e-150"].map { MPFloat<64, 1>($0)! }
    let x = ["-1.8747", "-0.3435", "0.9135"].map { MPFloat<64, 1>($0)! }
    let fit = try ModelProblem(
      model: model, predictors: x, predictorCount: 1, response: y,
      sigma: [1, MPFloat<64, 1>("2.42")!, MPFloat<64, 1>("0.1")!], parameterCount: 3
    ).fit(from: [MPFloat<64, 1>("2.6")!, 1, MPFloat<64, 1>("0.05")!])
    let isZero = fit.residualNorm < MPFloat<64, 1>("1e-165")!
    #expect(isZero || fit.accuracy().parameters.allSatisfy { ($0.digitsComputed ?? 0) < 1 })
  }

  @Test func `A closing step as long as the point leads on, and is no contraction`() throws {
    let fit = try fit(
      "a*exp(-b*x)+c", ["a", "b", "c"], x: [1, 2, 3, 4],
      y: [10090.20, 10005.65, 9929.32, 10008.63], from: [1, 0.1, 0])
    #expect(fit.isSolved && abs(fit.sumOfSquares - 3605.0208) < 1e-3, "\(fit)")
  }

  @Test
  func
    `A parameter whose effect vanishes at the minimum takes no digit from the others, nor from the sum`()
    throws
  {
    // The least sum has a = 0, near which J_a is so small that its square is beyond the range of Float.
    func check<Scalar: LSQScalar>(_ type: Scalar.Type) throws {
      let model = try Formula(parsing: "a^2*x+b*x^2").bound(
        parameters: ["a", "b"], predictors: ["x"])
      let fit = try ModelProblem<Scalar>(
        model: model, predictors: [1, 2, 3], predictorCount: 1,
        response: [Scalar(3) / 2, 0, Scalar(11) / 2], parameterCount: 2
      ).fit(from: [1, 1])
      #expect(fit.isSolved && fit.ending == .newtonSteps, "\(type): \(fit)")
      let digits = try #require(fit.numericalErrors[1])
      let error = (fit.parameters[1] - Scalar(51) / 98).magnitude
      #expect(error <= digits && digits <= 256 * Scalar.ulpOfOne, "\(type): \(digits)")
      // 65/2 − 51²/98.
      let change = (fit.sumOfSquares / (Scalar(584) / 98) - 1).magnitude
      let claim = try #require(fit.sumOfSquaresError)
      #expect(change <= claim && claim <= 256 * Scalar.ulpOfOne, "\(type): \(claim)")
    }
    try check(Float.self)
    try check(Double.self)
    try check(MPFloat128.self)
  }
}
