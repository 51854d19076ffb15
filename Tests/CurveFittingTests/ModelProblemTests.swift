import CurveFitting
import LSQScalars
import Testing

extension ModelPair {
  func problem<Scalar: LSQScalar>(
    _ model: some Model, over type: Scalar.Type, sigma: [Scalar]? = nil
  ) throws -> ModelProblem<Scalar> where Scalar: BinaryFloatingPoint {
    try ModelProblem(
      model: model, predictors: rows.flatMap { $0 }.map { Scalar($0) },
      predictorCount: predictors.count, response: rows.indices.map { Scalar($0) + 1 },
      sigma: sigma, parameterCount: start.count)
  }
}

extension ModelProblem {
  func residuals(_ b: [Scalar]) throws -> [Scalar] {
    var r = [Scalar](repeating: 0, count: rowCount)
    var span = r.mutableSpan
    try residuals(b.span, &span)
    return r
  }

  func jacobian(_ b: [Scalar]) throws -> [Scalar] {
    var J = [Scalar](repeating: 0, count: rowCount * parameterCount)
    var span = J.mutableSpan
    try jacobian(b.span, &span)
    return J
  }
}

/// Σ bⱼ·xʲ + b₀·bₙ₋₁, for any number of parameters.
struct Polynomial: Model {
  func value<N: ModelNumber>(_ b: Span<N>, at x: Span<N>) -> N {
    var sum: N = 0
    for j in b.indices.reversed() { sum = sum * x[0] + b[j] }
    return sum + b[0] * b[b.count - 1]
  }
}

@Suite struct ModelProblemTests {
  @Test(arguments: ModelPair.all.indices)
  func `Formulas and hand-written models have the same bits`(index: Int) throws {
    let pair = ModelPair.all[index]
    let formula = try Formula(parsing: pair.formula).bound(
      parameters: pair.parameters, predictors: pair.predictors)
    try compare(pair, formula, pair.model, over: Double.self)
    try compare(pair, formula, pair.model, over: Float.self)
    #if (arch(i386) || arch(x86_64)) && !os(Windows) && !os(Android)
      // The constants 0.5 of the formulas are exact, so nothing differs here either.
      try compare(pair, formula, pair.model, over: Float80.self)
    #endif
  }

  private func compare<Scalar: LSQScalar & BinaryFloatingPoint>(
    _ pair: ModelPair, _ formula: FormulaModel, _ model: some Model, over type: Scalar.Type
  ) throws {
    let fromText = try pair.problem(formula, over: type)
    let byHand = try pair.problem(model, over: type)
    let b = pair.start.map { Scalar($0) }
    let (r, s) = (try fromText.residuals(b), try byHand.residuals(b))
    let (J, K) = (try fromText.jacobian(b), try byHand.jacobian(b))
    for i in r.indices { #expect(r[i] == s[i], "\(pair.name), \(type), residual \(i)") }
    for i in J.indices { #expect(J[i] == K[i], "\(pair.name), \(type), derivative \(i)") }
  }

  /// Where rows are many, a formula is differentiated backward, block by block.
  @Test func `Formulas over many rows have the same values, and slopes to rounding`() throws {
    let formula = try Formula(parsing: "a*exp(-b*x)+sin(c*x)/(1+x^2)-log(2+c)").bound(
      parameters: ["a", "b", "c"], predictors: ["x"])
    func check<Scalar: LSQScalar>(_: Scalar.Type) throws {
      let x = (0..<700).map { Scalar($0) / 100 }
      let problem = try ModelProblem<Scalar>(
        model: formula, predictors: x, predictorCount: 1, response: x, parameterCount: 3)
      let b: [Scalar] = [2, 1 / 2, 3]
      let (r, J) = (try problem.residuals(at: b), try problem.jacobian(at: b))
      for i in x.indices {
        var row = b
        var target = row.mutableSpan
        #expect(try problem.jacobianRow(i, b.span, row: &target) == r[i])
        for j in 0..<3 {
          #expect((J[i, j] - row[j]).magnitude <= 16 * Scalar.ulpOfOne * max(row[j].magnitude, 1))
        }
      }
    }
    try check(Double.self)
    try check(Float.self)
  }

  #if (arch(i386) || arch(x86_64)) && !os(Windows) && !os(Android)
    @Test(arguments: ModelPair.all.indices)
    func `Jacobians agree with central differences`(index: Int) throws {
      let pair = ModelPair.all[index]
      let n = pair.start.count
      let jacobian = try pair.problem(pair.model, over: Double.self).jacobian(pair.start)
      let reference = try pair.problem(pair.model, over: Float80.self)
      for j in 0..<n {
        let step = Float80(pair.start[j].magnitude) * 1e-7
        var (above, below) = (pair.start.map { Float80($0) }, pair.start.map { Float80($0) })
        above[j] += step
        below[j] -= step
        let (r, s) = (try reference.residuals(above), try reference.residuals(below))
        for i in r.indices {
          let expected = Double((r[i] - s[i]) / (above[j] - below[j]))
          let scale = max(expected.magnitude, Double(r[i].magnitude) / pair.start[j].magnitude)
          #expect(
            (jacobian[i * n + j] - expected).magnitude <= 1e-9 * scale,
            "\(pair.name), row \(i), parameter \(j): \(jacobian[i * n + j]), not \(expected)")
        }
      }
    }
  #endif

  @Test(arguments: [1, 2, 3, 4, 5, 6, 7, 8, 9, 12, 13, 16, 17, 33])
  func `Every number of parameters is differentiated`(n: Int) throws {
    let xs: [Double] = [-1, 0.5, 2]
    let problem = try ModelProblem(
      model: Polynomial(), predictors: xs, predictorCount: 1, response: [0, 0, 0],
      parameterCount: n)
    let b = (0..<n).map { 1 + Double($0) / 4 }
    let jacobian = try problem.jacobian(b)
    for (i, x) in xs.enumerated() {
      for j in 0..<n {
        var expected = Double.pow(x, j)
        if j == 0 { expected += b[n - 1] }
        if j == n - 1 { expected += b[0] }
        #expect(jacobian[i * n + j] == expected, "row \(i), parameter \(j)")
      }
    }
  }

  @Test func `Rows of the Jacobian come one by one, with their residuals`() throws {
    for pair in ModelPair.all {
      let sigma = pair.rows.indices.map { 0.3 + Double($0) }
      let problem = try pair.problem(pair.model, over: Double.self, sigma: sigma)
      let n = problem.parameterCount
      let (r, J) = (try problem.residuals(pair.start), try problem.jacobian(pair.start))
      for i in r.indices.reversed() {
        var row = [Double](repeating: 0, count: n)
        var span = row.mutableSpan
        let residual = try problem.jacobianRow(i, pair.start.span, row: &span)
        #expect(residual == r[i] && row == Array(J[i * n..<(i + 1) * n]), "\(pair.name) \(i)")
        #expect(try problem.residual(i, pair.start.span) == r[i])
      }
    }
  }

  @Test func `Standard deviations divide residuals and derivatives`() throws {
    let pair = ModelPair.all[0]
    let plain = try pair.problem(pair.model, over: Double.self)
    let weighted = try pair.problem(pair.model, over: Double.self, sigma: [0.3, 7, 11])
    let divisors = [0.3, 7, 11]
    let (r, s) = (try plain.residuals(pair.start), try weighted.residuals(pair.start))
    let (J, K) = (try plain.jacobian(pair.start), try weighted.jacobian(pair.start))
    for i in r.indices {
      #expect(s[i] == r[i] / divisors[i])
      for j in 0..<2 { #expect(K[2 * i + j] == J[2 * i + j] / divisors[i]) }
    }
  }

  @Test func `A model without predictors is fitted to the response alone`() throws {
    let mean = try Formula(parsing: "b").bound(parameters: ["b"], predictors: [])
    let problem = try ModelProblem(
      model: mean, predictors: [], predictorCount: 0, response: [1, 2, 4.5], parameterCount: 1)
    #expect(try problem.residuals([2.0]) == [1, 0, -2.5])
    #expect(try problem.jacobian([2.0]) == [1, 1, 1])
  }

  @Test func `Errors of the model pass through`() throws {
    struct Failing: Model {
      struct Refusal: Error {}
      func value<N: ModelNumber>(_ b: Span<N>, at x: Span<N>) throws -> N { throw Refusal() }
    }
    let problem = try ModelProblem<Double>(
      model: Failing(), predictors: [1], predictorCount: 1, response: [1], parameterCount: 1)
    #expect(throws: Failing.Refusal.self) { try problem.residuals([1]) }
    #expect(throws: Failing.Refusal.self) { try problem.jacobian([1]) }
  }

  @Test func `Data that cannot be fitted are refused`() throws {
    func refusal(_ x: [Double], _ count: Int, _ y: [Double], _ sigma: [Double]? = nil) -> DataError?
    {
      #expect(throws: DataError.self) {
        try ModelProblem(
          model: Polynomial(), predictors: x, predictorCount: count, response: y, sigma: sigma,
          parameterCount: 1)
      }
    }
    #expect(refusal([], 1, []) == .empty)
    #expect(refusal([1, 2, 3], 2, [1, 2]) == .predictorCount(3, rows: 2, columns: 2))
    #expect(refusal([1, 2, 3], .max, [1, 2]) == .predictorCount(3, rows: 2, columns: .max))
    #expect(refusal([1, 2], 1, [1, 2], [1]) == .sigmaCount(1, rows: 2))
    #expect(
      refusal([1, 2, 3, .nan], 2, [1, 2]) == .notFinite(.predictor(1), row: 1, value: "nan"))
    #expect(
      refusal([1, 2], 1, [1, -.infinity]) == .notFinite(.response, row: 1, value: "-inf"))
    #expect(
      refusal([1, 2], 1, [1, 2], [.infinity, 1]) == .notFinite(.sigma, row: 0, value: "inf"))
    #expect(refusal([1, 2], 1, [1, 2], [1, 0]) == .sigmaNotPositive(row: 1, value: "0.0"))
    let error = refusal([1, 2], 1, [1, 2], [1, -3])
    #expect(error == .sigmaNotPositive(row: 1, value: "-3.0"))
    #expect(error?.description.contains("row 1 is -3.0") == true)
    #expect(refusal([1, 2], -1, [1, 2]) == .negativePredictorCount(-1))
    let data = try DataTable("x,y\n1,2\n2,4\n")
    #expect(throws: DataError.noParameters(count: 0)) {
      try DecimalFit(
        model: Polynomial(), data: data, predictors: ["x"], response: "y", start: []
      ).problem(over: Double.self)
    }
  }

  @Test func `A formula has one value for each of its names`() throws {
    let formula = try Formula(parsing: "a*x+b").bound(
      parameters: ["a", "b"], predictors: ["x"])
    func refusal(_ predictors: Int, _ parameters: Int) -> DataError? {
      #expect(throws: DataError.self) {
        try ModelProblem<Double>(
          model: formula, predictors: [1, 2, 3, 4], predictorCount: predictors,
          response: [1, 2], parameterCount: parameters)
      }
    }
    #expect(refusal(2, 2) == .modelCount(what: "predictors", found: 2, expected: 1))
    let error = refusal(2, 3)
    #expect(error == .modelCount(what: "parameters", found: 3, expected: 2))
    #expect(error?.description.hasPrefix("The formula reads 2 parameters, not 3") == true)
  }
}
