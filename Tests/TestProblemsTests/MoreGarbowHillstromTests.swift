import LSQScalars
import Testing

@testable import TestProblems

@Suite struct MoreGarbowHillstromTests {
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
        let isSame = zip(row, whole[i * n..<(i + 1) * n]).allSatisfy { $0 == $1 }
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
}
