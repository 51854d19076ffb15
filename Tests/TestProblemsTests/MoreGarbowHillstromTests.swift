import LSQScalars
import Testing

@testable import TestProblems

@Suite struct MoreGarbowHillstromTests {
  /// A line of `functions-eval-<precision>.jsonl`.
  struct Evaluation: Decodable {
    let problem: Int
    let n: Int
    let m: Int
    let point: String
    let x: [String]
    let f: [String]
    /// By columns; absent where only the residuals matter.
    let jac: [String]?
  }

  @Test(arguments: referenceScalars)
  func `Residuals and Jacobians have MINPACK's bits`(scalar: any ReferenceScalar.Type) throws {
    try checkEvaluations(scalar)
  }

  private func checkEvaluations<Scalar: ReferenceScalar>(_: Scalar.Type) throws {
    let evaluations = try referenceLines(
      of: "functions-eval-\(Scalar.precisionName)", as: Evaluation.self)
    #expect(evaluations.count == 49)
    for evaluation in evaluations {
      let (n, m) = (evaluation.n, evaluation.m)
      let function = try #require(MoreGarbowHillstromFunction(rawValue: evaluation.problem))
      let problem = try MoreGarbowHillstromProblem(
        function, parameterCount: n, residualCount: m)
      let isExact = try function.elementaryFunctions.allSatisfy {
        try LibmProbe.agrees(on: $0, Scalar.self)
      }
      let functions = problem.functions(over: Scalar.self)
      let x: [Scalar] = try evaluation.x.map { try #require(hexadecimal($0)) }
      let place = "\(function.name), n = \(n), m = \(m), \(evaluation.point)"

      if evaluation.point == "start" {
        #expect(problem.start(Scalar.self) == x, "\(place)")
      }
      let f: [Scalar] = try evaluation.f.map { try #require(hexadecimal($0)) }
      #expect(differences(functions.residuals(at: x), f, exact: isExact) == [], "f of \(place)")
      if let columns = evaluation.jac {
        let j: [Scalar] = try (0..<m * n).map {
          try #require(hexadecimal(columns[$0 % n * m + $0 / n]))
        }
        #expect(differences(functions.jacobian(at: x), j, exact: isExact) == [], "J of \(place)")
      }
    }
  }

  /// The indices where numbers differ: in any bit, or, where this platform's libm has other bits
  /// than the reference's, by more than half the digits.
  private func differences<Scalar: LSQScalar>(
    _ values: [Scalar], _ expected: [Scalar], exact: Bool
  ) -> [Int] {
    guard values.count == expected.count else { return [-1] }
    let tolerance = Scalar.ulpOfOne.squareRoot()
    return values.indices.filter { i in
      let (value, reference) = (values[i], expected[i])
      if exact { return !areIdentical(value, reference) }
      return !((value - reference).magnitude <= tolerance * max(1, reference.magnitude))
    }
  }

  @Test(arguments: referenceScalars)
  func `A row is the same alone and in the whole Jacobian`(
    scalar: any ReferenceScalar.Type
  ) throws {
    checkRows(scalar)
  }

  private func checkRows<Scalar: ReferenceScalar>(_: Scalar.Type) {
    for run in MoreGarbowHillstromProblem.standardRuns {
      let problem = run.problem
      let functions = problem.functions(over: Scalar.self)
      let x = problem.start(Scalar.self, factor: run.startFactor)
      let whole = functions.jacobian(at: x)
      let n = problem.parameterCount
      for i in 0..<problem.residualCount {
        var row = [Scalar](repeating: .nan, count: n)
        var span = row.mutableSpan
        functions.jacobianRow(i, x.span, &span)
        let isSame = zip(row, whole[i * n..<(i + 1) * n]).allSatisfy { areIdentical($0, $1) }
        #expect(isSame, "row \(i) of \(run.identifier) in \(Scalar.self)")
      }
    }
  }

  @Test func `The Jacobian is the derivative of the residuals`() {
    for run in MoreGarbowHillstromProblem.standardRuns where run.startFactor == 1 {
      let (n, m) = (run.problem.parameterCount, run.problem.residualCount)
      let functions = run.problem.functions(over: Double.self)
      // Away from the start, whose round numbers hide mistakes.
      let x = functions.start.enumerated().map { $1 + Double($0 + 1) / 64 }
      let j = functions.jacobian(at: x)
      for k in 0..<n {
        let h = 0x1p-18 * max(1, x[k].magnitude)
        var (left, right) = (x, x)
        left[k] -= h
        right[k] += h
        let (low, high) = (functions.residuals(at: left), functions.residuals(at: right))
        for i in 0..<m {
          let quotient = (high[i] - low[i]) / (2 * h)
          let size = max(1, j[i * n + k].magnitude, high[i].magnitude)
          #expect(
            (quotient - j[i * n + k]).magnitude <= 1e-5 * size,
            "∂f\(i)/∂x\(k) of \(run.identifier)")
        }
      }
    }
  }

  @Test func `There are 53 standard runs with names of their own`() {
    let runs = MoreGarbowHillstromProblem.standardRuns
    #expect(runs.count == 53)
    #expect(Set(runs.map(\.identifier)).count == 53)
    #expect(runs.first?.identifier == "p1-n5-m10-x1")
    #expect(runs.last?.identifier == "p18-n11-m65-x1")
    #expect(Set(runs.map(\.problem.function)) == Set(MoreGarbowHillstromFunction.allCases))
  }

  @Test func `A start factor multiplies the start, but replaces Watson's`() throws {
    let rosenbrock = try MoreGarbowHillstromProblem(
      .rosenbrock, parameterCount: 2, residualCount: 2)
    #expect(rosenbrock.start(Double.self, factor: 10) == [10 * -1.2, 10])
    let watson = try MoreGarbowHillstromProblem(.watson, parameterCount: 3, residualCount: 31)
    #expect(watson.start(Float.self) == [0, 0, 0])
    #expect(watson.start(Float.self, factor: 100) == [100, 100, 100])
  }

  @Test func `A size that a function does not have is an error with both numbers`() {
    let error = #expect(throws: MoreGarbowHillstromProblem.UnsupportedSize.self) {
      try MoreGarbowHillstromProblem(.bard, parameterCount: 3, residualCount: 14)
    }
    #expect(error?.description.contains("3 parameters and 14 residuals") == true)
  }

  @Test func `Hexadecimal text is read exactly`() {
    #expect(hexadecimal("0x1.8p+1") == 3.0)
    #expect(hexadecimal("0x1.999999999999ap-4") == 0.1)
    #expect(hexadecimal("-0x8p-3") == Float(-1))
    #expect(hexadecimal("-0x0p+0").map { (x: Double) in x.sign } == .minus)
    #expect(hexadecimal("-inf") == -Float.infinity)
    #expect(hexadecimal("0x1p-1074") == Double.leastNonzeroMagnitude)
    #expect((hexadecimal("1.5") as Double?) == nil)
    #expect((hexadecimal("0x1.8") as Double?) == nil)
    #if (arch(i386) || arch(x86_64)) && !os(Windows) && !os(Android)
      #expect(hexadecimal("0xc.ccccccccccccccdp-7") == Float80("0.1"))
    #endif
  }
}
