import LSQScalars
import LeastSquares
import Testing

/// Changes of units and of irrelevant data that must not change a single bit.
///
/// Powers of two are exact, and the problems keep away from the thresholds of the norm. Every iterate
/// is compared, not the end alone.
@Suite struct InvarianceTests {
  private struct Iterate<S: LSQScalar>: Equatable {
    let parameters: [S]
    let isAccepted: Bool
    let gainRatio: S
    let counts: EvaluationCounts
  }

  private func iterates<S: LSQScalar>(
    _ problem: SampleProblem<S>, _ derivatives: Derivatives
  ) throws -> ([Iterate<S>], Solution<S>) {
    var list: [Iterate<S>] = []
    // Wide types would take steps so short that the norm treats their squares differently.
    let tolerance = max(S.ulpOfOne.squareRoot(), S.powerOfTwo(-26))
    let tolerances = Tolerances<S>(reduction: tolerance, step: tolerance)
    let solution = try problem.solve(derivatives, Options(tolerances: tolerances)) {
      list.append(
        Iterate(
          parameters: $0.parameters, isAccepted: $0.isAccepted, gainRatio: $0.gainRatio,
          counts: $0.counts))
      return .proceed
    }
    return (list, solution)
  }

  /// Problems whose residuals stay well above 10⁻²⁰. No start is zero: there the first radius and the
  /// steps of the differences are numbers without units.
  private func problems<S: LSQScalar>(_: S.Type) -> [SampleProblem<S>] {
    let line = SampleProblem<S>(
      name: "line", m: SampleProblem<S>.line.m, start: [S(1) / 2, S(1) / 4],
      residuals: SampleProblem<S>.line.residuals, gradient: SampleProblem<S>.line.gradient)
    return [.bard, .decay, line]
  }

  @Test(arguments: ScalarCase.all)
  func `Residuals in other units leave every iterate as it is`(scalar: ScalarCase) throws {
    func check<S: LSQScalar>(_: S.Type) throws {
      for problem in problems(S.self) {
        for derivatives in Derivatives.allCases where derivatives != .central {
          let (plain, solution) = try iterates(problem, derivatives)
          #expect(plain.count > 2, "\(problem.name)")
          for k in [-12, 1, 12] {
            let unit = S.powerOfTwo(k)
            let scaled = SampleProblem<S>(
              name: problem.name, m: problem.m, start: problem.start,
              residuals: { try problem.residuals($0).map { unit * $0 } },
              gradient: { try problem.gradient($0, $1).map { unit * $0 } })
            let (list, end) = try iterates(scaled, derivatives)
            #expect(list == plain, "\(problem.name), \(derivatives), 2^\(k)")
            #expect(end.termination == solution.termination, "\(problem.name), \(derivatives)")
            #expect(end.residualNorm == unit * solution.residualNorm)
            #expect(end.dampingParameter == solution.dampingParameter)
          }
        }
      }
    }
    try check(scalar.type)
  }

  @Test(arguments: ScalarCase.all)
  func `Parameters in other units scale every iterate exactly`(scalar: ScalarCase) throws {
    func check<S: LSQScalar>(_: S.Type) throws {
      for problem in problems(S.self) {
        for derivatives in Derivatives.allCases {
          let (plain, _) = try iterates(problem, derivatives)
          for k in [-12, 1, 12] {
            let unit = S.powerOfTwo(k)
            let scaled = SampleProblem<S>(
              name: problem.name, m: problem.m, start: problem.start.map { unit * $0 },
              residuals: { try problem.residuals($0.map { $0 / unit }) },
              gradient: { try problem.gradient($0.map { $0 / unit }, $1).map { $0 / unit } })
            let (list, _) = try iterates(scaled, derivatives)
            let expected = plain.map {
              Iterate(
                parameters: $0.parameters.map { unit * $0 }, isAccepted: $0.isAccepted,
                gainRatio: $0.gainRatio, counts: $0.counts)
            }
            #expect(list == expected, "\(problem.name), \(derivatives), 2^\(k)")
          }
        }
      }
    }
    try check(scalar.type)
  }

  @Test(arguments: ScalarCase.all)
  func `Residuals that are always zero change nothing`(scalar: ScalarCase) throws {
    func check<S: LSQScalar>(_: S.Type) throws {
      for problem in SampleProblem<S>.all {
        for derivatives in Derivatives.allCases {
          let (plain, solution) = try iterates(problem, derivatives)
          let longer = SampleProblem<S>(
            name: problem.name, m: problem.m + 5, start: problem.start,
            residuals: { try problem.residuals($0) + [S](repeating: 0, count: 5) },
            gradient: { x, i in
              i < problem.m ? try problem.gradient(x, i) : x.map { _ in 0 }
            })
          let (list, end) = try iterates(longer, derivatives)
          #expect(list == plain, "\(problem.name), \(derivatives)")
          #expect(end.residualNorm == solution.residualNorm)
          #expect(end.rotatedResiduals == solution.rotatedResiduals)
          #expect(end.permutation == solution.permutation)
        }
      }
    }
    try check(scalar.type)
  }

  @Test(arguments: ScalarCase.all)
  func `The order of the parameters does not matter`(scalar: ScalarCase) throws {
    func check<S: LSQScalar>(_: S.Type) throws {
      // The order of the columns in R follows from their norms, so that only norms over n differ.
      let problem = SampleProblem<S>.decay
      let swapped = SampleProblem<S>(
        name: "decay", m: problem.m, start: Array(problem.start.reversed()),
        residuals: { try problem.residuals($0.reversed()) },
        gradient: { try problem.gradient($0.reversed(), $1).reversed() })
      let (plain, other) = (try problem.solve(), try swapped.solve())
      for (a, b) in zip(plain.parameters, other.parameters.reversed()) {
        #expect(a.relativeError(to: b) <= 256 * S.ulpOfOne)
      }
      #expect(plain.termination == other.termination)
    }
    try check(scalar.type)
  }
}
