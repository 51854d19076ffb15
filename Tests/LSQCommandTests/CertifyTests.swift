import CurveFitting
import LSQScalars
import LeastSquares
import MultiPrecision
import TestProblems
import Testing

@testable import LSQCommand

/// Claims of digits, held against fits that know nothing of Newton steps.
@Suite struct CertifyTests {
  /// Quick ones of every kind: small and large residuals, ill-conditioned, nearly exact data.
  static let problems = ["Misra1a", "DanWood", "BoxBOD", "MGH10", "Lanczos1", "MGH09"]

  @Test(arguments: problems)
  func `Every digit claimed is that of a fit at twice the width`(name: String) throws {
    let problem = try NISTProblem.named(name)
    let reference = try reference(problem, over: MPFloat512.self)
    for digits in [10, 30, 60] {
      let fit =
        try (try? StartedProblem(problem, start: 1).fit(digits: digits, ladder: ladder))
        ?? StartedProblem(problem, start: 2).fit(digits: digits, ladder: ladder)
      #expect(fit.digitsConfirmed == digits)
      let found = fit.parameters + fit.standardErrors.map { $0 ?? "nan" } + [fit.sumOfSquares]
      for (text, exact) in zip(found, reference) {
        let value = try #require(MPFloat512(text))
        let error = ((value - exact) / exact).magnitude
        #expect(
          error < MPFloat512("1e-\(digits)")!, "\(name), \(digits) digits: \(text), not \(exact)")
      }
    }
  }

  @Test func `The final width takes four evaluations at most, and second derivatives are told`()
    throws
  {
    let problem = StartedProblem(try NISTProblem.named("Misra1a"), start: 2)
    for digits in [30, 100, 1000] {
      let fit = try problem.fit(digits: digits, ladder: ladder)
      let final = fit.work.filter { $0.bits == fit.bits }
      #expect(final.reduce(0) { $0 + $1.jacobianEvaluations } <= 4, "\(digits) digits: \(final)")
      #expect(fit.bits < digits * 4 + 200)
      #expect(fit.work.contains { $0.kind == .secondOrder }, "\(digits) digits")
    }
  }

  /// The residuals are smaller than the largest effect by 60 digits, or by 400 with a parameter.
  @Test func `Small residuals take a climb no more evaluations, and are no zeros`() throws {
    let curve = (0..<12).map { i in
      let x = MPFloat512(i) / 4
      let y = MPFloat512.exp(-x) * 2 * (1 + x * x * MPFloat512("1e-16")!)
      return "\(x),\(y.description.rounded(significantDigits: 60))"
    }
    let unit = String(repeating: "0", count: 399) + "1"
    for (model, rows, start, digits, power) in [
      ("exp(-a*x)*2*(1+(b-1)^2*x^2)", curve, ["0.9", "1.4"], 30, -120),
      ("a*x+b", ["1,1.\(unit)", "2,2", "3,3", "4,4"], ["1", "0"], 300, -801),
    ] {
      let posed = DecimalFit(
        model: try Formula(parsing: model).bound(parameters: ["a", "b"], predictors: ["x"]),
        data: try DataTable("x,y\n" + rows.joined(separator: "\n")), predictors: ["x"],
        response: "y", start: start)
      let fit = try posed.fit(digits: digits, ladder: ladder)
      #expect(fit.zeroDigits == nil && fit.sumOfSquares.hasSuffix("e\(power)"), "\(fit)")
      let final = fit.work.filter { $0.bits == fit.bits }
      #expect(final.reduce(0) { $0 + $1.jacobianEvaluations } <= 4, "\(digits) digits: \(final)")
    }
  }

  @Test func `Where the near start does not lead to the digits, the far one does`() throws {
    // From the near start exp(x/2) now hides the parameters.
    let text = try Samples.misra1a().replacing("0.0001      0.0005", with: "0.0001      -0.5  ")
    try withFile(text, named: "Misra1a.dat") { path in
      let outcome = lsq(["certify", path, "--digits", "20"])
      #expect(outcome.status == 0 && outcome.output.contains("238.94212917"), "\(outcome)")
    }
  }

  @Test func `Certificates that were left out make the command fail`() {
    let (all, some) = (Counter(), Counter())
    _ = lsq(
      ["certify", "misra1a", "--digits", "20"], input: [], isInterrupted: { all.next() < 0 })
    let last = all.next() - 2
    let outcome = lsq(
      ["certify", "misra1a", "danwood", "--digits", "20"], input: [],
      isInterrupted: { some.next() > last })
    #expect(outcome.output.contains("Misra1a") && !outcome.output.contains("DanWood"))
    #expect(outcome.status == 1, "\(outcome)")
  }

  @Test func `A certificate that was interrupted says so`() {
    let looks = Counter()
    let outcome = lsq(
      ["certify", "misra1a", "--digits", "1000"], input: [], isInterrupted: { looks.next() > 5 })
    #expect(outcome.status == 1 && outcome.output.isEmpty && outcome.messageCount == 1)
    #expect(
      outcome.error.contains("Misra1a: 1000 digits could not be confirmed. The climb was"),
      "\(outcome)")
  }

  /// A problem of NIST's form with the model `formula` in b1 and b2.
  private func problem(_ formula: String, rows: [String]) -> String {
    """
    NIST/ITL StRD
    Dataset Name:  Own

    Model:         Own Class
                   2 Parameters

                   y = \(formula)  +  e


              Starting values                  Certified Values

            Start 1     Start 2           Parameter     Standard Deviation
      b1 =   1         0.5           0  1.0
      b2 =   1         1           2  1.0

    Residual Sum of Squares:                    1.0
    Residual Standard Deviation:                1.0
    Degrees of Freedom:                                \(rows.count - 2)
    Number of Observations:                            \(rows.count)


    Data:   y               x
    \(rows.joined(separator: "\n"))

    """
  }

  @Test func `What was taken for zero or singular is told beside the digits`() throws {
    let square = problem("b1**2*x+b2", rows: ["6  1", "4  2", "3  3", "2  4.5"])
    for format in ["table", "markdown", "json"] {
      let outcome = lsq(
        ["certify", "-", "--digits", "20", "--format", format], input: square)
      #expect(outcome.status == 0 && outcome.output.contains("3.75"), "\(outcome)")
      #expect(outcome.output.contains("the Jacobian is singular"), "\(outcome)")
      #expect(outcome.output.contains("were still negligible at"), "\(outcome)")
    }
    let plain = lsq(["certify", "Misra1a", "--digits", "20", "--format", "json"], input: "")
    #expect(plain.output.contains(#""undetermined":[],"remarks":null"#), "\(plain)")
  }

  @Test func `A problem without a certificate says why, and does not keep others from theirs`() {
    for (formula, rows, reason, status) in [
      ("b1+b2*x", ["2  1"], "There are fewer rows than parameters (1 and 2)", 65),
      ("b1+b2*x", ["2  1", "1e999999999999999999999  2", "3  3"], "too large for MPFloat of", 65),
      ("b1*b2*x", ["2  1", "3  2", "5  3"], "The data leave b1, b2 open", 1),
    ] as [(String, [String], String, Int32)] {
      let outcome = lsq(
        ["certify", "-", "Misra1a", "--digits", "5"], input: problem(formula, rows: rows))
      #expect(outcome.status == status && outcome.output.contains("238.94"), "\(outcome)")
      #expect(outcome.messageCount == 1 && outcome.error.contains("Own: "), "\(outcome)")
      #expect(outcome.error.contains(reason), "\(outcome)")
    }
  }

  @Test func `A ladder that is too short says so`() throws {
    let posed = StartedProblem(try NISTProblem.named("Misra1a"), start: 2)
    for (end, type) in [(256, MPFloat256.self), (53, Double.self)] as [(Int, any LSQScalar.Type)] {
      let error = #expect(throws: DigitsNotReached.self) {
        try posed.fit(digits: 80, ladder: { _ in type })
      }
      guard case .ladderEnds(bits: end, let needed) = error?.cause else {
        Issue.record("\(error?.description ?? "no error")")
        continue
      }
      #expect(needed > end && error?.description.contains("give it a wider type") == true)
      #expect(error?.parameters.count == 2)
    }
  }

  @Test func `A climb that is interrupted has the digits that it claims so far`() throws {
    typealias Wide = MPFloat<4096, 64>
    let posed = StartedProblem(try NISTProblem.named("Misra1a"), start: 2)
    let exact = try posed.fit(digits: 1000, ladder: ladder).parameters.compactMap { Wide($0) }
    var most = 0
    for last in 1...12 {
      var looks = 0
      do {
        _ = try posed.fit(
          digits: 1000, ladder: ladder,
          isInterrupted: {
            looks += 1
            return looks > 5 * last
          })
      } catch let end as DigitsNotReached {
        let unit = Wide.pow(10, -end.digitsReached)
        for (text, value) in zip(end.parameters, exact) {
          let found = try #require(Wide(text))
          #expect((found - value).magnitude <= unit * value.magnitude, "\(end.digitsReached)")
        }
        #expect(!end.work.isEmpty && (end.sumOfSquares.flatMap { Double($0) } ?? 0) > 0)
        most = max(most, end.digitsReached)
      }
    }
    #expect(most > 20)
    let arguments = ["certify", "misra1a", "--digits", "1000"]
    let (all, some) = (Counter(), Counter())
    _ = lsq(arguments, input: [], isInterrupted: { all.next() < 0 })
    let last = all.next() - 4
    let outcome = lsq(arguments, input: [], isInterrupted: { some.next() > last })
    #expect(outcome.error.contains("digits that are not confirmed: b1 = 238.942129178861708329483"))
  }

  /// A maximum between two minima, which is left; a plateau, and a parameter without influence.
  @Test func `Where digits cannot be had, none are claimed`() throws {
    struct Quartic: Model {
      func value<Number: ModelNumber>(_ b: Span<Number>, at x: Span<Number>) -> Number {
        b[0] * b[0] - 1 + 0 * x[0]
      }
    }
    // Starts exactly at the maximum of (b² − 1)², where the gradient vanishes.
    let saddle = try GenericProblem(model: Quartic(), start: ["0"]).fit(digits: 20, ladder: ladder)
    #expect(["1.0", "-1.0"].contains(saddle.parameters.first))
    struct Idle: Model {
      func value<Number: ModelNumber>(_ b: Span<Number>, at x: Span<Number>) -> Number {
        b[0] * x[0] + 0 * b[1]
      }
    }
    let idle = GenericProblem(model: Idle(), start: ["1", "1"])
    let failure = #expect(throws: DigitsNotReached.self) {
      try idle.fit(digits: 20, ladder: ladder)
    }
    #expect(failure?.cause == .undetermined([1]) && failure?.parameters.count == 2)
    var improvements = 0
    let stopped = #expect(throws: DigitsNotReached.self) {
      try StartedProblem(NISTProblem.named("Misra1a"), start: 2).fit(
        digits: 1000, ladder: ladder, isInterrupted: { improvements == 3 },
        progress: { _ in improvements += 1 })
    }
    #expect(stopped?.cause == .interrupted)
    #expect(stopped?.parameters.first?.hasPrefix("238.94212917") == true, "\(stopped as Any)")
  }

  @Test func `The command prints a certificate in three formats`() {
    let table = run("certify", "misra1a", "--digits", "30")
    #expect(table.status == 0 && table.output.contains("b1      238.942129178861708329483496815"))
    let markdown = run("certify", "misra1a", "--digits", "20", "--format", "markdown")
    #expect(markdown.output.hasPrefix("### Misra1a\n"))
    let json = run("certify", "misra1a", "--digits", "20", "--format", "json")
    #expect(json.output.contains("\"digitsConfirmed\":20"))
    #expect(json.output.contains("\"value\":\"0.000550156431805913559667\""), "\(json)")
    #expect(run("certify", "misra1a", "--digits", "0").status == 64)
    #expect(run("certify", "nonsense").status == 64)
  }

  private let ladder: ScalarLadder = PrecisionLadder.scalarType(bits:)

  /// Parameters, standard errors and the sum of squares from MINPACK's iteration and closing steps.
  private func reference<Scalar: LSQScalar>(
    _ file: StRDFile, over type: Scalar.Type
  ) throws -> [Scalar] {
    let fit = try StartedProblem(file, start: 2).problem(over: type).fit(
      from: file.certifiedValues(as: type))
    #expect(fit.ending != .tests)
    return fit.parameters + fit.standardErrors.compactMap { $0 } + [fit.sumOfSquares]
  }

  private func run(_ arguments: String...) -> (status: Int32, output: String) {
    var output = ""
    let status = LSQ.run(
      arguments,
      on: Console(output: { output += $0 }, error: { _ in }, standardInput: { [] }))
    return (status, output)
  }
}

/// A model with three rows of data.
private struct GenericProblem<M: Model>: AnyPrecisionFit {
  let model: M
  let start: [String]

  func problem<Scalar: LSQScalar>(over type: Scalar.Type) throws -> ModelProblem<Scalar> {
    try ModelProblem(
      model: model, predictors: [1, 2, 3], predictorCount: 1, response: [0, 0, 0],
      parameterCount: start.count)
  }

  func start<Scalar: LSQScalar>(over type: Scalar.Type) -> [Scalar] {
    start.compactMap { Scalar($0) }
  }
}
