import LSQScalars
import LeastSquares
import Testing

@Suite struct TerminationTests {
  /// A problem that ends with one of MINPACK's numbers, in every scalar.
  struct Ending<S: LSQScalar> {
    let ier: Int
    let m: Int
    let start: S
    var ftol: S = 0
    var xtol: S = 0
    var gtol: S = 0
    var maxfev = 0
    let residuals: ResidualFunction<S>
    let jacobian: JacobianFunction<S>

    /// The residual x − `root` with a slope of the wrong sign: no step is ever accepted, and the region
    /// shrinks until a tolerance is met.
    static func uphill(_ ier: Int, from start: S, root: S, ftol: S = 0, xtol: S = 0) -> Self {
      Self(
        ier: ier, m: 1, start: start, ftol: ftol, xtol: xtol,
        residuals: { x, f in f[0] = x[0] - root }, jacobian: { _, j in j[0] = -1 })
    }

    /// The residual x − 2 from 1.
    static func straight(
      _ ier: Int, ftol: S = 0, xtol: S = 0, gtol: S = 0, maxfev: Int = 0
    ) -> Self {
      Self(
        ier: ier, m: 1, start: 1, ftol: ftol, xtol: xtol, gtol: gtol, maxfev: maxfev,
        residuals: { x, f in f[0] = x[0] - 2 }, jacobian: { _, j in j[0] = 1 })
    }

    static var all: [Self] {
      let root = S.ulpOfOne.squareRoot()
      return [
        uphill(1, from: 1, root: 5000, ftol: root),
        uphill(2, from: 1000, root: 999, xtol: root),
        straight(3, ftol: 1, xtol: 1),
        straight(4, gtol: 1),
        straight(4),  // With f = 0 the cosine is 0.
        straight(5, maxfev: 1),
        uphill(6, from: 1, root: 5000),
        uphill(7, from: 1000, root: 999),
        // A cosine of ε/2 at the start, and nothing to be gained.
        Self(
          ier: 8, m: 2, start: S.ulpOfOne / 2,
          residuals: { x, f in
            f[0] = x[0]; f[1] = 1
          },
          jacobian: { _, j in
            j[0] = 1; j[1] = 0
          }),
      ]
    }
  }

  @Test(arguments: ScalarCase.all)
  func `Each of MINPACK's numbers is reached, with a sentence of its own`(
    scalar: ScalarCase
  ) throws {
    func check<S: LSQScalar>(_: S.Type) throws {
      var sentences: [Int: String] = [:]
      for ending in Ending<S>.all {
        let fit = try leastsq(
          ending.residuals, m: ending.m, x0: [ending.start], Dfun: ending.jacobian,
          ftol: ending.ftol, xtol: ending.xtol, gtol: ending.gtol, maxfev: ending.maxfev)
        #expect(fit.ier == ending.ier, "\(fit.mesg)")
        #expect(fit.mesg.hasSuffix(".") && fit.mesg.count > 20)
        #expect(fit.solution.termination.isSolved == (1...4).contains(ending.ier))
        #expect(fit.solution.termination.isAtPrecision == (6...8).contains(ending.ier))
        sentences[fit.ier] = fit.mesg
      }
      #expect(sentences.keys.sorted() == Array(1...8))
      #expect(Set(sentences.values).count == 8)
    }
    try check(scalar.type)
  }

  @Test(arguments: ScalarCase.all)
  func `A start at the solution needs no step`(scalar: ScalarCase) throws {
    func check<S: LSQScalar>(_: S.Type) throws {
      for derivatives in Derivatives.allCases {
        let solution = try SampleProblem<S>.rosenbrock.solve(derivatives, from: [1, 1])
        #expect(solution.termination == .gradientTolerance)
        #expect(solution.parameters == [1, 1] && solution.residualNorm == 0)
      }
    }
    try check(scalar.type)
  }

  @Test(arguments: ScalarCase.all)
  func `A solution at the origin is found`(scalar: ScalarCase) throws {
    func check<S: LSQScalar>(_: S.Type) throws {
      let problem = SampleProblem<S>(
        name: "origin", m: 2, start: [1, 1], residuals: { x in [x[0] + x[1], x[0] - 2 * x[1]] },
        gradient: { _, i in i == 0 ? [1, 1] : [1, -2] })
      for derivatives in Derivatives.allCases {
        let solution = try problem.solve(derivatives)
        #expect(solution.parameters.plainNorm <= S.ulpOfOne.squareRoot(), "\(derivatives)")
        // A step is never short in units of ‖x‖ there: MINPACK may go on until its limit.
        #expect((1...8).contains(solution.termination.minpackInfo), "\(derivatives)")
        let fromThere = try problem.solve(derivatives, from: [0, 0])
        #expect(fromThere.parameters == [0, 0])
        #expect(fromThere.termination == .gradientTolerance)
      }
    }
    try check(scalar.type)
  }

  @Test(arguments: ScalarCase.all)
  func `A Jacobian of zeros ends at once`(scalar: ScalarCase) throws {
    func check<S: LSQScalar>(_: S.Type) throws {
      let problem = SampleProblem<S>(
        name: "constant", m: 3, start: [1, 2], residuals: { _ in [1, 2, 3] },
        gradient: { _, _ in [0, 0] })
      for derivatives in Derivatives.allCases {
        let solution = try problem.solve(derivatives)
        #expect(solution.termination == .gradientTolerance)
        #expect(solution.parameters == [1, 2])
        #expect(solution.determinacy.rank == 0)
        #expect(solution.determinacy.undetermined == [0, 1])
      }
    }
    try check(scalar.type)
  }
}
