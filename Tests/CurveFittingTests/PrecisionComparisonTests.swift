import CurveFitting
import Foundation
import LSQScalars
import LeastSquares
import MultiPrecision
import Synchronization
import Testing

/// b₀·(1 − exp(−b₁·x)).
private struct Saturation: Model {
  func value<N: ModelNumber>(_ b: Span<N>, at x: Span<N>) -> N { b[0] * (1 - .exp(-b[1] * x[0])) }
}

/// b₀·x/(b₁ + x), which calls no function.
private struct Hyperbola: Model {
  func value<N: ModelNumber>(_ b: Span<N>, at x: Span<N>) -> N { b[0] * x[0] / (b[1] + x[0]) }
}

/// f = (x₁² + x₂ − 11, x₁ + x₂² − 7), Himmelblau's function.
private struct Himmelblau: AnyPrecisionResiduals {
  let parameterCount = 2

  func residualProblem<T: LSQScalar>(
    over type: T.Type, derivatives: FitDerivatives
  ) throws -> LeastSquaresProblem<T> {
    let jacobian: JacobianSource<T> =
      derivatives == .exact
      ? .byRows { x, j in (j[0], j[1], j[2], j[3]) = (2 * x[0], 1, 1, 2 * x[1]) }
      : .forwardDifferences()
    return try LeastSquaresProblem(residualCount: 2, parameterCount: 2, jacobian: jacobian) {
      x, f in
      f[0] = x[0] * x[0] + x[1] - 11
      f[1] = x[0] + x[1] * x[1] - 7
    }
  }

  func start<T: LSQScalar>(over type: T.Type) throws -> [T] { [4, 1] }
}

/// Freudenstein and Roth's function, whose Jacobian is singular at the minimum that is not zero.
private struct FreudensteinRoth: ResidualModel {
  let residualCount = 2
  let parameterCount = 2

  func function<N: ModelNumber>(
    over type: N.Type
  ) -> (_ x: Span<N>, _ f: inout MutableSpan<N>) throws -> Void {
    { x, f in
      f[0] = x[0] - 13 + ((5 - x[1]) * x[1] - 2) * x[1]
      f[1] = x[0] - 29 + ((x[1] + 1) * x[1] - 14) * x[1]
    }
  }
}

@Suite struct PrecisionComparisonTests {
  private static let data = "t, y\n1, 4.1\n2, 6.9\n3, 9.2\n5, 10.8\n8, 12.3\n"
  private static let ladder: ScalarLadder = PrecisionLadder.scalarType(bits:)

  private func fit<M: Model>(_ model: M, start: [String]) throws -> DecimalFit<M> {
    DecimalFit(
      model: model, data: try DataTable(Self.data), predictors: ["t"], response: "y", start: start)
  }

  private func comparison(_ options: PrecisionComparison.Options = .init()) throws
    -> PrecisionComparison
  {
    try PrecisionComparison(
      of: fit(Saturation(), start: ["10", "1"]), problem: "Saturation",
      parameterNames: ["a", "b"],
      contenders: [
        .scalar(Float.self, named: "float"), .scalar(MPFloat256.self, named: "mp256"),
        .scalar(Double.self, named: "double"),
        .ladder(Self.ladder, digits: 60, named: "60 digits"),
      ], options: options)
  }

  @Test func `Digits and paths are held against the widest run`() throws {
    let result = try comparison()
    #expect(result.isConverged && result.residualCount == 5)
    #expect(result.title == "Saturation: 2 parameters, 5 observations")
    let widest = try #require(result.widest)
    // 60 digits with their guard take more than 256 bits.
    #expect(result.runs[widest].bits >= 256 && result.runs[widest].digitsAgainstWidest == nil)
    #expect((5.5...7.3).contains(result.runs[0].digitsAgainstWidest ?? 0))
    #expect((14...16).contains(result.runs[2].digitsAgainstWidest ?? 0))
    #expect(result.runs[1].digitsAgainstWidest ?? 0 >= 60 || widest == 1)
    let float = try #require(result.runs[0].parting).step
    let double = try #require(result.runs[2].parting).step
    #expect(0 < float && float <= double)
    #expect(result.runs[1].parting == nil && result.runs[3].parting == nil)
    #expect(result.runs[0].evaluations.map(\.bits) == [24])
    #expect(result.runs[3].evaluations.map(\.bits).first == 53)
    #expect(result.runs.allSatisfy { $0.digitsAgainstCertified == nil })
  }

  @Test func `Parameters that rounding alone makes redundant are not solved for`() throws {
    let line = DecimalFit(
      model: try Formula(parsing: "a+b*(100000000+x)").bound(
        parameters: ["a", "b"], predictors: ["x"]),
      data: try DataTable("x,y\n1,2\n2,3.1\n3,3.9\n4,5.2\n"), predictors: ["x"], response: "y",
      start: ["0", "0"])
    let contenders: [PrecisionComparison.Contender] = [
      .scalar(Float.self, named: "float"), .scalar(MPFloat256.self, named: "mp256"),
    ]
    func runs(_ ladder: ScalarLadder?) throws -> [PrecisionComparison.Run] {
      try PrecisionComparison(
        of: line, problem: "line", parameterNames: ["a", "b"], contenders: contenders,
        options: .init(ladder: ladder)
      ).runs
    }
    let judged = try runs(Self.ladder)
    #expect(judged.map(\.isConverged) == [false, true])
    #expect(judged[0].reason.name == "hiddenByRounding" && judged[0].undetermined.isEmpty)
    #expect(try runs(nil)[0].undetermined == [0, 1])
  }

  @Test func `Types of the same width part nowhere, or at the same step`() throws {
    let result = try PrecisionComparison(
      of: fit(Hyperbola(), start: ["10", "1"]), problem: "Hyperbola",
      parameterNames: ["a", "b"],
      contenders: [
        .scalar(Double.self, named: "double"), .scalar(MPFloat<53, 1>.self, named: "mp53"),
        .scalar(MPFloat<113, 2>.self, named: "mp113"),
      ])
    #expect(result.runs[0].parameters == result.runs[1].parameters)
    #expect(result.runs[0].parting == result.runs[1].parting)
    let same = try PrecisionComparison(
      of: fit(Hyperbola(), start: ["10", "1"]), problem: "Hyperbola",
      parameterNames: ["a", "b"],
      contenders: [
        .scalar(MPFloat<53, 1>.self, named: "mp53"), .scalar(Double.self, named: "double"),
      ])
    #expect(same.runs.allSatisfy { $0.parting == nil })
  }

  @Test func `Certified values count up to their digits`() throws {
    let exact = try fit(Saturation(), start: ["10", "1"]).fit(digits: 40, ladder: Self.ladder)
    let result = try PrecisionComparison(
      of: fit(Saturation(), start: ["10", "1"]), problem: "Saturation",
      parameterNames: ["a", "b"],
      certified: .init(values: exact.parameters, digits: 9),
      contenders: [
        .scalar(Float.self, named: "float"), .scalar(Double.self, named: "double"),
      ])
    #expect(result.runs[1].digitsAgainstCertified == 9)
    #expect((5...7.3).contains(result.runs[0].digitsAgainstCertified ?? 0))
    #expect(result.table.contains("digits"))
  }

  @Test func `Residuals without data are compared as well`() throws {
    for derivatives in [FitDerivatives.exact, .forward] {
      let result = try PrecisionComparison(
        of: Himmelblau(), problem: "Himmelblau",
        contenders: [
          .scalar(Double.self, named: "double"), .scalar(MPFloat128.self, named: "mp128"),
          .ladder(Self.ladder, digits: 20, named: "20 digits"),
        ], options: .init(derivatives: derivatives))
      #expect(result.parameterNames == ["x1", "x2"])
      #expect(result.runs[0].parameters.map { Double($0) } == [3, 2])
      #expect(!result.isConverged && result.runs[2].reason.name == "failed")
      #expect((result.runs[0].jacobianEvaluations == 0) == (derivatives == .forward))
    }
  }

  @Test func `Residuals that are generic over their number climb a ladder`() throws {
    // The other minimum, (5, 4), is a zero.
    let result = try PrecisionComparison(
      of: ResidualFit(FreudensteinRoth(), start: ["6", "5"]), problem: "Freudenstein and Roth",
      parameterNames: ["x1", "x2"],
      contenders: [
        .scalar(Double.self, named: "double"), .ladder(Self.ladder, digits: 30, named: "30 digits"),
      ])
    #expect(result.isConverged && result.runs[1].sumOfSquares == "0.0")
    #expect(result.runs[1].parameters.map { Double($0) } == [5, 4])
    let residuals: any AnyPrecisionResiduals = ResidualFit(
      FreudensteinRoth(), start: ["0.5", "-2"])
    let singular = try PrecisionComparison(
      of: residuals, problem: "Freudenstein and Roth",
      contenders: [
        .scalar(Double.self, named: "double"), .scalar(MPFloat128.self, named: "mp128"),
        .ladder(Self.ladder, digits: 30, named: "30 digits"),
      ])
    // As many residuals as parameters: at a minimum that is no zero the Jacobian is singular, the Hessian is not.
    #expect(singular.isConverged)
    #expect(singular.runs.map(\.reason.name).last == "digitsConfirmed")
    #expect(singular.runs[0].digitsAgainstWidest ?? 0 > 15)
    // x₂ = (2 − √22)/3, where the two slopes are equal.
    let exact = (2 - MPFloat128.sqrt(22)) / 3
    for (run, error) in zip(singular.runs.dropFirst(), ["1e-37", "1e-30"]) {
      let found = try #require(MPFloat128(run.parameters[1]))
      #expect((found - exact).magnitude < MPFloat128(error)!)
    }
  }

  @Test func `A contender that cannot start is a run with its complaint`() throws {
    let result = try PrecisionComparison(
      of: fit(Hyperbola(), start: ["1e50", "1"]), problem: "Hyperbola",
      parameterNames: ["a", "b"],
      contenders: [
        .scalar(Float.self, named: "float"), .scalar(Double.self, named: "double"),
      ], options: .init(explain: { error, contender in "\(contender.name): \(error)" }))
    #expect(result.runs.map(\.isConverged) == [false, true] && result.widest == 1)
    #expect(result.runs[0].reason.sentence.hasPrefix("float: “1e50”"))
    #expect(result.table.contains("not solved: could not start"))
  }

  @Test func `A climb that does not reach its digits shows where it came`() throws {
    let formula = try Formula(parsing: "a*b*t").bound(parameters: ["a", "b"], predictors: ["t"])
    let result = try PrecisionComparison(
      of: fit(formula, start: ["3", "5"]), problem: "Product", parameterNames: ["a", "b"],
      contenders: [.ladder(Self.ladder, digits: 20, named: "20 digits")])
    let run = result.runs[0]
    #expect(!run.isConverged && run.parameters.count == 2 && run.parameters != ["3.0", "5.0"])
    #expect(Double(run.sumOfSquares)?.isNormal == true && !run.evaluations.isEmpty)
  }

  /// a·t along a response that is constant but for a slope of zero: b grows without end.
  @Test func `What a fit does not call solved is not compared with as if it were`() throws {
    let data = try DataTable("t,y\n1,5\n2,5\n3,5\n4,5\n")
    let formula = try Formula(parsing: "a*(1-exp(-b*t))")
    let result = try PrecisionComparison(
      of: DecimalFit(
        model: formula.bound(parameters: ["a", "b"], predictors: ["t"]), data: data,
        predictors: ["t"], response: "y", start: ["1", "1"]),
      problem: "Constant", parameterNames: ["a", "b"],
      contenders: [.scalar(Double.self, named: "double"), .scalar(MPFloat128.self, named: "mp128")])
    #expect(result.runs.allSatisfy { !$0.isConverged && $0.reason.name == "drift" })
    #expect(result.widest == nil && result.table.contains("not solved: parameters drift"))
  }

  @Test func `A sum of squares beyond the range of a type is told all the same`() throws {
    let data = try DataTable("t,y\n1,1e-30\n2,3e-30\n3,2e-30\n4,5e-30\n")
    let line = try Formula(parsing: "a+b*t").bound(parameters: ["a", "b"], predictors: ["t"])
    let result = try PrecisionComparison(
      of: DecimalFit(
        model: line, data: data, predictors: ["t"], response: "y", start: ["1", "1"]),
      problem: "Line", parameterNames: ["a", "b"],
      contenders: [.scalar(Float.self, named: "float"), .scalar(Double.self, named: "double")])
    #expect(
      result.runs.map { $0.sumOfSquares.rounded(significantDigits: 5) } == [
        "2.7000e-60", "2.7000e-60",
      ])
  }

  /// A climb to 2000 digits that is interrupted when it has asked a number of times.
  private func run(interruptedAfter count: Int) throws -> PrecisionComparison.Run {
    let looks = Mutex(0)
    return try PrecisionComparison(
      of: fit(Saturation(), start: ["10", "1"]), problem: "Saturation", parameterNames: ["a", "b"],
      certified: .init(values: ["1", "1"], digits: 11),
      contenders: [.ladder(Self.ladder, digits: 2000, named: "2000 digits")],
      options: .init(
        isInterrupted: {
          looks.withLock {
            $0 += 1
            return $0 > count
          }
        })
    ).runs[0]
  }

  @Test func `A climb that is interrupted shows where it came`() throws {
    let run = try run(interruptedAfter: 10)
    #expect(!run.isConverged && run.reason == .interruptedClimb, "\(run)")
    #expect(run.parameters.count == 2 && run.parameters != ["10.0", "1.0"])
    #expect(!run.evaluations.isEmpty)
  }

  @Test func `A climb that is interrupted before its first point stays at the start`() throws {
    let run = try run(interruptedAfter: 1)
    #expect(!run.isConverged && run.reason == .interruptedClimb, "\(run)")
    #expect(run.parameters == ["10.0", "1.0"] && run.digitsAgainstCertified == 0, "\(run)")
  }

  @Test func `What is said of parameters names them`() throws {
    let data = try DataTable("x,y\n0,1\n1,1\n2,1\n3,1\n")
    let redundant = try Formula(parsing: "low+high+x*tilt")
      .bound(parameters: ["low", "high", "tilt"], predictors: ["x"])
    let result = try PrecisionComparison(
      of: DecimalFit(
        model: redundant, data: data, predictors: ["x"], response: "y", start: ["1", "2", "3"]),
      problem: "Line", parameterNames: ["low", "high", "tilt"],
      contenders: [.scalar(Double.self, named: "double")])
    #expect(result.runs[0].reason.sentence.contains("do not determine low, high"))
  }

  @Test func `Names and certified values are one per parameter`() throws {
    let posed = try fit(Hyperbola(), start: ["10", "1"])
    func compare(_ names: [String], _ certified: [String]) throws -> PrecisionComparison {
      try PrecisionComparison(
        of: posed, problem: "Hyperbola", parameterNames: names,
        certified: .init(values: certified, digits: 11),
        contenders: [.scalar(Double.self, named: "double")])
    }
    #expect(throws: ComparisonError.certifiedCount(1, parameters: 2)) {
      try compare(["a", "b"], ["1"])
    }
    #expect(throws: ComparisonError.parameterNameCount(1, parameters: 2)) {
      try compare(["a"], ["1", "2"])
    }
    #expect(throws: ComparisonError.parameterNameCount(3, parameters: 2)) {
      try PrecisionComparison(
        of: Himmelblau(), problem: "Himmelblau", parameterNames: ["x", "y", "z"], contenders: [])
    }
    #expect(
      "\(ComparisonError.certifiedCount(1, parameters: 2))".contains("1 certified values for 2"))
  }

  @Test func `Names are counted also where the start is beyond Double`() throws {
    let posed = try fit(Hyperbola(), start: ["1e400", "1"])
    func compare(
      _ names: [String], _ contender: PrecisionComparison.Contender
    ) throws -> PrecisionComparison {
      try PrecisionComparison(
        of: posed, problem: "Hyperbola", parameterNames: names, contenders: [contender])
    }
    for contender: PrecisionComparison.Contender in [
      .scalar(MPFloat128.self, named: "mp128"), .ladder(Self.ladder, digits: 20, named: "ladder"),
    ] {
      #expect(throws: ComparisonError.parameterNameCount(1, parameters: 2)) {
        try compare(["a"], contender)
      }
      #expect(try compare(["a", "b"], contender).runs[0].parameters.count == 2)
    }
  }

  @Test(arguments: [-5, 0, 10_001, Int.max])
  func `Digits that cannot be meant are refused, and the refusal is part of a comparison`(
    digits: Int
  ) throws {
    let posed = try fit(Hyperbola(), start: ["10", "1"])
    #expect(throws: DigitsOutOfRange(digits: digits)) {
      try posed.fit(digits: digits, ladder: Self.ladder)
    }
    let result = try PrecisionComparison(
      of: posed, problem: "Hyperbola", parameterNames: ["a", "b"],
      contenders: [.ladder(Self.ladder, digits: digits, named: "ladder")])
    #expect(result.runs[0].reason.sentence.contains("1 to 10000"))
  }

  @Test func `An interruption ends the comparison`() throws {
    let interrupted = try comparison(.init(isInterrupted: { true }))
    #expect(interrupted.runs.count == 4 && !interrupted.isConverged)
    #expect(interrupted.runs.allSatisfy { $0.reason.name == "stopped" })
  }

  @Test func `A comparison can be stored, and JSON, Markdown and the table agree`() throws {
    let result = try comparison()
    let data = try JSONEncoder().encode(result)
    #expect(try JSONDecoder().decode(PrecisionComparison.self, from: data) == result)
    struct Whole: Decodable {
      struct Run: Decodable {
        var scalar: String
        var digitsAgainstWidest: Double?
      }
      var problem: String
      var widest: String
      var runs: [Run]
    }
    let whole = try JSONDecoder().decode(Whole.self, from: Data(result.json.utf8))
    #expect(whole.runs.map(\.scalar) == ["float", "mp256", "double", "60 digits"])
    #expect(whole.runs.map(\.digitsAgainstWidest) == result.runs.map(\.digitsAgainstWidest))
    #expect(result.jsonLines.split(separator: "\n").count == 4)
    for run in result.runs {
      #expect(result.table.contains(run.name) && result.markdown.contains("| \(run.name) |"))
    }
  }
}
