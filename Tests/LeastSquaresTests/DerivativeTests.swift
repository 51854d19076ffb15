import LSQScalars
import Testing

@testable import LeastSquares

@Suite struct DerivativeTests {
  /// Points where nothing vanishes.
  private func points<S: LSQScalar>(_: S.Type) -> [(SampleProblem<S>, [S])] {
    [
      (.rosenbrock, [S(7) / 10, S(-13) / 10]), (.bard, [S(21) / 10, S(5) / 10, S(7) / 10]),
      (.decay, [S(91) / 10, S(3) / 10]),
    ]
  }

  @Test(arguments: ScalarCase.all)
  func `Forward differences have half of the digits, central ones two thirds`(
    scalar: ScalarCase
  ) throws {
    func check<S: LSQScalar>(_: S.Type) throws {
      for (problem, x) in points(S.self) {
        let exact = try problem.jacobian(at: x)
        let forward = try difference(problem, at: x, .forward(residualPrecision: 0), calls: 1)
        let central = try difference(problem, at: x, .central(residualPrecision: 0), calls: 2)
        let size = max(1, exact.largest)
        let epsilon = S.ulpOfOne
        let third = S.root(epsilon, 3)
        let (a, b) = (forward.distance(to: exact), central.distance(to: exact))
        #expect(a <= 16 * size * epsilon.squareRoot(), "\(problem.name): \(a)")
        #expect(b <= 16 * size * third * third, "\(problem.name): \(b)")
        #expect(b < a, "\(problem.name)")
      }
    }
    try check(scalar.type)
  }

  private func difference<S: LSQScalar>(
    _ problem: SampleProblem<S>, at x: [S], _ differences: Differences<S>, calls: Int
  ) throws -> Matrix<S> {
    var J = Matrix<S>(rowCount: problem.m, columnCount: problem.n, repeating: 0)
    var point = x
    var scratch = [S](repeating: 0, count: problem.m)
    var counts = EvaluationCounts()
    try differences.fill(
      &J.elements, at: &point, residuals: problem.residuals(x), shifted: &scratch,
      counts: &counts, problem.residualFunction)
    #expect(point == x)
    #expect(counts.residuals == calls * problem.n && counts.jacobians == 0)
    return J
  }

  @Test(arguments: [1, 2, 3, 4])
  func `Differences throw the caller's error, and count the calls made`(k: Int) {
    struct UserError: Error {}
    let problem = SampleProblem<Double>.rosenbrock
    var point = [0.3, 0.0]
    var J = [Double](repeating: 0, count: 4)
    var scratch = [0.0, 0.0]
    var counts = EvaluationCounts()
    var calls = 0
    #expect(throws: UserError.self) {
      try Differences<Double>.central(residualPrecision: 0).fill(
        &J, at: &point, residuals: [0, 0], shifted: &scratch, counts: &counts,
        { x, f in
          calls += 1
          if calls == k { throw UserError() }
          try problem.residualFunction(x, &f)
        })
    }
    #expect(counts.residuals == k)
    // The point stays displaced in the parameter at hand, as in MINPACK.
    #expect(point[k <= 2 ? 1 : 0] == (k <= 2 ? 0 : 0.3))
  }

  @Test(arguments: ScalarCase.all)
  func `A right Jacobian scores near one, a wrong row below a half`(scalar: ScalarCase) throws {
    func check<S: LSQScalar>(_: S.Type) throws {
      for (problem, x) in points(S.self) {
        for derivatives in [Derivatives.byRows, .byColumns, .rowByRow] {
          // Half of Float's digits are few to judge by.
          let right: S = S.ulpOfOne < S.powerOfTwo(-30) ? 9 / 10 : 1 / 2
          let scores = try DerivativeCheck.scores(of: problem.posed(derivatives), at: x)
          #expect(scores.count == problem.m)
          #expect(scores.allSatisfy { $0 > right }, "\(problem.name): \(scores)")
          for bad in 0..<problem.m {
            let spoiled = SampleProblem<S>(
              name: problem.name, m: problem.m, start: problem.start,
              residuals: problem.residuals,
              gradient: { x, i in
                var row = try problem.gradient(x, i)
                if i == bad { row[0] = 3 * row[0] + 1 }
                return row
              })
            let scores = try DerivativeCheck.scores(of: spoiled.posed(derivatives), at: x)
            for i in scores.indices {
              #expect((scores[i] < 1 / 2) == (i == bad), "\(problem.name), \(bad): \(scores)")
            }
          }
        }
      }
    }
    try check(scalar.type)
  }

  @Test func `A wrong gradient among rows that are computed together is found`() throws {
    func scores(slope: Double) throws -> [Double] {
      let problem = try RowwiseProblem<Double>(
        rowCount: 20, parameterCount: 2,
        gradients: .together { b, rows, residuals, gradients in
          for i in rows {
            let k = i - rows.lowerBound
            let e = Double.exp(-b[1] * Double(i))
            residuals[k] = b[0] * e - 1
            (gradients[2 * k], gradients[2 * k + 1]) = (e, -b[0] * Double(i) * e)
            if i == 13 { gradients[2 * k + 1] *= slope }
          }
        }
      ) { b, rows, residuals in
        for i in rows { residuals[i - rows.lowerBound] = b[0] * .exp(-b[1] * Double(i)) - 1 }
      }
      return try DerivativeCheck.scores(of: LeastSquaresProblem(problem), at: [1.5, 0.03])
    }
    #expect(try scores(slope: 1).allSatisfy { $0 > 0.5 })
    let spoiled = try scores(slope: 2)
    #expect(spoiled.indices.filter { spoiled[$0] < 0.5 } == [13], "\(spoiled)")
  }

  @Test func `There is nothing to check in differences, nor at a point of another length`() throws {
    let problem = try LeastSquaresProblem<Double>(residualCount: 1, parameterCount: 1) { x, f in
      f[0] = x[0]
    }
    #expect(throws: LeastSquaresError.derivativesNotGiven) {
      try DerivativeCheck.scores(of: problem, at: [1])
    }
    #expect(throws: LeastSquaresError.wrongCount(what: "point", found: 2, expected: 1)) {
      try problem.givenJacobian(at: [1, 2])
    }
  }

  @Test(arguments: ScalarCase.all)
  func `The neighbour is a step of half the digits away`(scalar: ScalarCase) {
    func check<S: LSQScalar>(_: S.Type) {
      let step = S.ulpOfOne.squareRoot()
      let check = DerivativeCheck<S>(at: [2, 0, -4])
      #expect(check.neighbor == [2 + step * 2, step, -4 + step * 4])
      #expect(check.point == [2, 0, -4])
    }
    check(scalar.type)
  }

  @Test(arguments: ScalarCase.all)
  func `Every source of derivatives ends at the same solution`(scalar: ScalarCase) throws {
    func check<S: LSQScalar>(_: S.Type) throws {
      for problem in [SampleProblem<S>.rosenbrock, .bard, .decay, .line] {
        let expected = try problem.solve(.byRows)
        for derivatives in Derivatives.allCases {
          let solution = try problem.solve(derivatives)
          #expect(solution.termination.isSolved, "\(problem.name), \(derivatives)")
          // The tests look at the sum of squares, which is flat: a quarter of the digits is sure.
          for (a, b) in zip(solution.parameters, expected.parameters) {
            #expect(a.relativeError(to: b) <= S.root(S.ulpOfOne, 4), "\(problem.name)")
          }
          let norm = expected.residualNorm + S.ulpOfOne.squareRoot()
          #expect(solution.residualNorm <= norm * (1 + S.ulpOfOne.squareRoot()))
          #expect((solution.counts.jacobians == 0) == [.forward, .central].contains(derivatives))
        }
        let columns = try problem.solve(.byColumns)
        #expect(columns.parameters == expected.parameters, "\(problem.name)")
        #expect(columns.factor == expected.factor, "\(problem.name)")
      }
    }
    try check(scalar.type)
  }
}
