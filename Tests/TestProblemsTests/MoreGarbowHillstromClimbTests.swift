import CurveFitting
import LSQScalars
import LeastSquares
import MultiPrecision
import Testing

@testable import TestProblems

/// The Moré–Garbow–Hillstrom functions over numbers with derivatives.
@Suite struct MoreGarbowHillstromClimbTests {
  private static let runs = MoreGarbowHillstromProblem.standardRuns
  private static let ladder: ScalarLadder = PrecisionLadder.scalarType(bits:)

  @Test func `Dual numbers give the Jacobian that is written by hand`() throws {
    for run in Self.runs {
      let problem = run.problem
      let functions = problem.functions(over: Double.self)
      let x = problem.start(Double.self, factor: run.startFactor).enumerated().map {
        $1 + Double($0 + 1) / 64
      }
      let byHand = functions.jacobian(at: x)
      let posed = ResidualFit(problem, start: x.map(\.description))
      let derived = try #require(
        try posed.residualProblem(over: Double.self, derivatives: .exact).givenJacobian(at: x)
      ).elements
      for (k, (a, b)) in zip(byHand, derived).enumerated() {
        let n = problem.parameterCount
        let size = (0..<n).map { byHand[k / n * n + $0].magnitude }.max() ?? 0
        #expect(
          a == b || (a - b).magnitude <= 1e-12 * max(a.magnitude, size, 1),
          "\(run.identifier), \(k)")
      }
    }
  }

  /// Start factor 1, for functions of at most twelve parameters.
  static let near = runs.filter { $0.startFactor == 1 && $0.problem.parameterCount <= 12 }

  @Test(arguments: near)
  func `A climb is right to all digits it claims, with residuals and without`(
    run: MoreGarbowHillstromProblem.StandardRun
  ) throws {
    let digits = 40
    let comparison = try PrecisionComparison(
      of: run, problem: run.identifier,
      contenders: [
        .scalar(MPFloat192.self, named: "wide"),
        .ladder(Self.ladder, digits: digits, named: "climb"),
      ], options: .init(maximumResidualEvaluations: 2000))
    let (wide, climb) = (comparison.runs[0], comparison.runs[1])
    // A Hessian that is singular at the minimum leaves nothing to claim.
    let isSingular = [2, 3, 6].contains(run.problem.function.number)
    guard climb.isConverged else {
      #expect(isSingular, "\(run.identifier): \(climb.reason)")
      #expect(climb.reason.name == "digitsNotReached")
      return
    }
    // The start is a maximum between two minima, where a solve without second derivatives would stay.
    if run.identifier == "p15-n1-m8-x1" { #expect(wide.parameters != ["0.5"]) }
    let found = try climb.parameters.map { try #require(MPFloat192($0)) }
    let expected = try wide.parameters.map { try #require(MPFloat192($0)) }
    for (mine, theirs) in zip(found, expected) {
      let tolerance = MPFloat192.pow(10, -digits) * max(theirs.magnitude, MPFloat192("1e-60")!)
      #expect((mine - theirs).magnitude <= tolerance, "\(run.identifier): \(mine), \(theirs)")
    }
  }

  @Test(arguments: [
    "p7-n2-m2-x1", "p13-n2-m10-x1", "p14-n4-m20-x1", "p15-n10-m10-x1", "p8-n3-m15-x10",
  ])
  func `Double finds all digits where Gauss–Newton steps do not contract, or the start is far`(
    identifier: String
  ) throws {
    let run = try #require(Self.runs.first { $0.identifier == identifier })
    let comparison = try PrecisionComparison(
      of: run, problem: identifier,
      contenders: [
        .scalar(Double.self, named: "double"), .scalar(MPFloat128.self, named: "mp128"),
      ])
    #expect(comparison.isConverged)
    #expect(comparison.runs[0].digitsAgainstWidest ?? 0 >= 14, "\(comparison.table)")
  }
}
