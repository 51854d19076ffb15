import LSQScalars
import LeastSquares
import Testing

/// What `leastsq` returns, and that each argument does what SciPy's does.
@Suite struct LeastSqTests {
  @Test(arguments: ScalarCase.all)
  func `Rosenbrock's valley ends at one, one`(scalar: ScalarCase) throws {
    func check<S: LSQScalar>(_: S.Type) throws {
      let problem = SampleProblem<S>.rosenbrock
      let withJacobian = try leastsq(
        problem.residualFunction, m: 2, x0: problem.start, Dfun: problem.rows)
      #expect(withJacobian.x == [1, 1])
      #expect([1, 2, 3, 4].contains(withJacobian.ier))
      let byDifferences = try leastsq(problem.residuals, x0: problem.start)
      #expect(byDifferences.x.distance(to: [1, 1]) <= 64 * S.ulpOfOne)
      #expect(byDifferences.infodict.njev == 0)
      #expect(byDifferences.undetermined.isEmpty)
    }
    try check(scalar.type)
  }

  @Test(arguments: ScalarCase.all)
  func `Bard's problem has the published solution`(scalar: ScalarCase) throws {
    func check<S: LSQScalar>(_: S.Type) throws {
      // Moré, Garbow, Hillstrom (1981), problem 8: the sum of squares is 8.21487…·10⁻³.
      let problem = SampleProblem<S>.bard
      let fit = try leastsq(problem.residuals, x0: problem.start)
      let expected: [S] = [0.08241056, 1.133036, 2.343695]
      for (x, value) in zip(fit.x, expected) { #expect(x.relativeError(to: value) < 2e-3) }
      let sum = fit.infodict.fvec.sumOfSquares
      #expect(sum.relativeError(to: 0.00821487730657897) < max(1e-8, 64 * S.ulpOfOne))
      #expect((1...3).contains(fit.ier))
    }
    try check(scalar.type)
  }

  @Test(arguments: ScalarCase.all)
  func `A straight line has its covariance in closed form`(scalar: ScalarCase) throws {
    func check<S: LSQScalar>(_: S.Type) throws {
      // t = 0 … 4: JᵀJ = [5 10; 10 30], its inverse [3/5 −1/5; −1/5 1/10].
      let problem = SampleProblem<S>.line
      let fit = try leastsq(
        problem.residuals, x0: problem.start,
        Dfun: { point in
          try (0..<5).map { try problem.gradient(point, $0) }
        })
      let expected: [S] = [S(4) / 5, S(21) / 10]
      #expect(fit.x.distance(to: expected) <= 32 * S.ulpOfOne)
      let covariance = try #require(fit.cov_x)
      let inverse: [S] = [S(3) / 5, -S(1) / 5, -S(1) / 5, S(1) / 10]
      #expect(covariance.elements.distance(to: inverse) <= 32 * S.ulpOfOne)
      #expect(fit.infodict.ipvt.sorted() == [0, 1])
      #expect(fit.infodict.fjac.rowCount == 5 && fit.infodict.fjac.columnCount == 2)
      // R and Qᵀf reproduce the gradient, which vanishes.
      let R = fit.infodict.fjac.upperTriangle
      let gradient = R.transposed * fit.infodict.qtf
      #expect(gradient.plainNorm <= 1000 * S.ulpOfOne)
    }
    try check(scalar.type)
  }

  @Test(arguments: ScalarCase.all)
  func `Arrays and spans give the same bits and the same counts`(scalar: ScalarCase) throws {
    func check<S: LSQScalar>(_: S.Type) throws {
      for problem in SampleProblem<S>.all {
        for hasJacobian in [false, true] {
          var calls = (residuals: 0, jacobians: 0)
          let overArrays = try leastsq(
            { x in
              calls.residuals += 1
              return try problem.residuals(x)
            }, x0: problem.start,
            Dfun: hasJacobian
              ? { x in
                calls.jacobians += 1
                return try problem.jacobian(at: x).rows
              } : nil)
          var spanCalls = 0
          let overSpans = try leastsq(
            { x, f in
              spanCalls += 1
              try problem.residualFunction(x, &f)
            }, m: problem.m, x0: problem.start, Dfun: hasJacobian ? problem.rows : nil)
          #expect(overArrays.x == overSpans.x, "\(problem.name)")
          #expect(overArrays.ier == overSpans.ier, "\(problem.name)")
          #expect(overArrays.infodict.fvec == overSpans.infodict.fvec, "\(problem.name)")
          #expect(overArrays.infodict.nfev == overSpans.infodict.nfev, "\(problem.name)")
          #expect(overArrays.infodict.nfev == calls.residuals, "\(problem.name)")
          #expect(overSpans.infodict.nfev == spanCalls, "\(problem.name)")
          #expect(overArrays.infodict.njev == calls.jacobians, "\(problem.name)")
        }
      }
    }
    try check(scalar.type)
  }

  @Test(arguments: ScalarCase.all)
  func `Columns of derivatives give the same bits as rows`(scalar: ScalarCase) throws {
    func check<S: LSQScalar>(_: S.Type) throws {
      for problem in SampleProblem<S>.all {
        let rows = try leastsq(
          problem.residualFunction, m: problem.m, x0: problem.start, Dfun: problem.rows)
        let columns = try leastsq(
          problem.residualFunction, m: problem.m, x0: problem.start, Dfun: problem.columns,
          col_deriv: true)
        let arrays = try leastsq(
          problem.residuals, x0: problem.start,
          Dfun: { try problem.jacobian(at: $0).transposed.rows }, col_deriv: true)
        for other in [columns, arrays] {
          #expect(rows.x == other.x, "\(problem.name)")
          #expect(rows.infodict.fjac == other.infodict.fjac, "\(problem.name)")
          #expect(rows.infodict.nfev == other.infodict.nfev, "\(problem.name)")
          #expect(rows.cov_x == other.cov_x, "\(problem.name)")
        }
      }
    }
    try check(scalar.type)
  }

  @Test(arguments: ScalarCase.all)
  func `Parameters that only matter together have no covariance`(scalar: ScalarCase) throws {
    func check<S: LSQScalar>(_: S.Type) throws {
      let problem = SampleProblem<S>.product
      for Dfun in [nil, problem.rows] {
        let fit = try leastsq(
          problem.residualFunction, m: problem.m, x0: problem.start, Dfun: Dfun)
        if Dfun != nil {
          #expect(fit.cov_x == nil)
          #expect(fit.undetermined == [0, 1])
        }
        // Σ t·y/Σ t² = (2 + 6 + 21 + 32)/30.
        let error = (fit.x[0] * fit.x[1]).relativeError(to: S(61) / 30)
        #expect(error <= S.root(S.ulpOfOne, 4), "\(error)")
      }
    }
    try check(scalar.type)
  }
}

// MARK: - Arguments

@Suite struct LeastSqArgumentTests {
  @Test(arguments: ScalarCase.all)
  func `Looser tolerances end earlier, each by its own test`(scalar: ScalarCase) throws {
    func check<S: LSQScalar>(_: S.Type) throws {
      let problem = SampleProblem<S>.bard
      func solve(ftol: S = 0, xtol: S = 0, gtol: S = 0) throws -> LeastSqResult<S> {
        try leastsq(
          problem.residualFunction, m: problem.m, x0: problem.start, Dfun: problem.rows,
          ftol: ftol, xtol: xtol, gtol: gtol)
      }
      let exact = try solve()
      let half: S = 1 / 2
      let reduction = try solve(ftol: half)
      #expect(reduction.ier == 1)
      #expect(reduction.infodict.nfev < exact.infodict.nfev)
      let step = try solve(xtol: half)
      #expect(step.ier == 2)
      #expect(step.infodict.nfev < exact.infodict.nfev)
      let gradient = try solve(gtol: S(1) / 50)
      #expect(gradient.ier == 4)
      #expect(gradient.infodict.nfev < exact.infodict.nfev)
      #expect(gradient.solution.gradientCosine <= S(1) / 50)
      #expect((6...8).contains(exact.ier))
    }
    try check(scalar.type)
  }

  @Test(arguments: ScalarCase.all)
  func `maxfev ends the solve at the first trial that reaches it`(scalar: ScalarCase) throws {
    func check<S: LSQScalar>(_: S.Type) throws {
      let problem = SampleProblem<S>.rosenbrock
      for limit in 1...6 {
        let fit = try leastsq(
          problem.residualFunction, m: 2, x0: problem.start, Dfun: problem.rows, maxfev: limit)
        #expect(fit.ier == 5)
        #expect(fit.infodict.nfev == max(limit, 2))
        let differenced = try leastsq(
          problem.residualFunction, m: 2, x0: problem.start, maxfev: limit)
        #expect(differenced.ier == 5)
        #expect((limit...limit + 3).contains(differenced.infodict.nfev))
      }
    }
    try check(scalar.type)
  }

  @Test(arguments: ScalarCase.all)
  func `maxfev is a hundred per parameter and one, or two hundred`(scalar: ScalarCase) throws {
    func check<S: LSQScalar>(_: S.Type) throws {
      // Newton's steps on exp(−x) have length one for ever. Float runs out of numbers before.
      guard S.leastNormalMagnitude < S.powerOfTwo(-700) else { return }
      func solve(_ Dfun: JacobianFunction<S>?, maxfev: Int) throws -> LeastSqResult<S> {
        try leastsq(
          { x, f in f[0] = .exp(-x[0]) }, m: 1, x0: [1], Dfun: Dfun, ftol: 0, xtol: 0, gtol: 0,
          maxfev: maxfev)
      }
      let slope: JacobianFunction<S> = { x, j in j[0] = -.exp(-x[0]) }
      for maxfev in [0, 200] {
        let fit = try solve(slope, maxfev: maxfev)
        #expect(fit.ier == 5 && fit.infodict.nfev == 200)
        #expect(fit.infodict.njev == 199)
      }
      for maxfev in [0, 400] {
        let fit = try solve(nil, maxfev: maxfev)
        // One at the start, then two per iteration.
        #expect(fit.ier == 5 && fit.infodict.nfev == 401)
      }
    }
    try check(scalar.type)
  }

  @Test(arguments: ScalarCase.all)
  func `epsfcn sets the step of the differences`(scalar: ScalarCase) throws {
    func check<S: LSQScalar>(_: S.Type) throws {
      let problem = SampleProblem<S>.rosenbrock
      let precisions: [S] = [0, S.ulpOfOne, S.powerOfTwo(-10)]
      for epsfcn in precisions {
        var points: [[S]] = []
        _ = try leastsq(
          { x, f in
            points.append(array(x))
            try problem.residualFunction(x, &f)
          }, m: 2, x0: problem.start, maxfev: 1, epsfcn: epsfcn)
        let relative = max(epsfcn, S.ulpOfOne).squareRoot()
        let x = problem.start
        #expect(points[0] == x)
        #expect(points[1] == [x[0] + relative * x[0].magnitude, x[1]])
        #expect(points[2] == [x[0], x[1] + relative * x[1].magnitude])
      }
    }
    try check(scalar.type)
  }

  @Test(arguments: ScalarCase.all)
  func `factor bounds the first step`(scalar: ScalarCase) throws {
    func check<S: LSQScalar>(_: S.Type) throws {
      let problem = SampleProblem<S>.bard
      for k in [-6, -3, 0] {
        let factor = S.powerOfTwo(k)
        let fit = try leastsq(
          problem.residualFunction, m: problem.m, x0: problem.start, Dfun: problem.rows,
          ftol: 1, maxfev: 1, factor: factor)
        // The first scaling is that of the Jacobian's columns at the start.
        let J = try problem.jacobian(at: problem.start)
        let D = J.transposed.rows.map(\.plainNorm)
        let length = zip(D, zip(fit.x, problem.start)).map { $0 * ($1.0 - $1.1) }.plainNorm
        let radius = factor * zip(D, problem.start).map { $0 * $1 }.plainNorm
        #expect(length <= radius * 1.11)
        if k < 0 { #expect(length >= radius * 0.89, "\(length), \(radius)") }
      }
    }
    try check(scalar.type)
  }

  @Test(arguments: ScalarCase.all)
  func `factor itself is the first radius at the origin`(scalar: ScalarCase) throws {
    func check<S: LSQScalar>(_: S.Type) throws {
      // From 0 to 100, with a column of norm 1: the full step is a hundred radii of one.
      for radius: S in [1 / 8, 1, 16] {
        let fit = try leastsq(
          { x, f in f[0] = x[0] - 100 }, m: 1, x0: [0], Dfun: { _, j in j[0] = 1 }, maxfev: 1,
          factor: radius)
        #expect(fit.ier == 5)
        #expect((fit.x[0] - radius).magnitude <= radius / 9, "\(fit.x[0]), radius \(radius)")
      }
    }
    try check(scalar.type)
  }

  @Test(arguments: ScalarCase.all)
  func `diag replaces the norms of the Jacobian`(scalar: ScalarCase) throws {
    func check<S: LSQScalar>(_: S.Type) throws {
      let problem = SampleProblem<S>.bard
      let diag: [S] = [1, 100, 1 / 4]
      func solve(_ diag: [S]?) throws -> LeastSqResult<S> {
        try leastsq(
          problem.residualFunction, m: problem.m, x0: problem.start, Dfun: problem.rows,
          maxfev: 1, factor: 1 / 100, diag: diag)
      }
      let fixed = try solve(diag)
      #expect(fixed.solution.scaling == diag)
      let adapted = try solve(nil)
      #expect(adapted.solution.scaling != diag)
      // What is weighted more moves less.
      let (a, b) = (fixed.x[1] - problem.start[1], adapted.x[1] - problem.start[1])
      #expect(a.magnitude < b.magnitude)
    }
    try check(scalar.type)
  }
}
