import LSQScalars
import LeastSquares
import Testing

@Suite struct InvalidInputTests {
  private struct UserError: Error, Equatable { let number: Int }

  /// Rosenbrock's problem with one thing wrong.
  private func refusal(
    m: Int = 2, x0: [Double] = [-1.2, 1], Dfun: JacobianFunction<Double>? = nil,
    ftol: Double = 1e-8, xtol: Double = 1e-8, gtol: Double = 0, maxfev: Int = 0,
    epsfcn: Double = 0, factor: Double = 100, diag: [Double]? = nil,
    residuals: @escaping ResidualFunction<Double> = SampleProblem<Double>.rosenbrock
      .residualFunction
  ) -> LeastSquaresError? {
    #expect(throws: LeastSquaresError.self) {
      try leastsq(
        residuals, m: m, x0: x0, Dfun: Dfun, ftol: ftol, xtol: xtol, gtol: gtol, maxfev: maxfev,
        epsfcn: epsfcn, factor: factor, diag: diag)
    }
  }

  @Test func `Impossible shapes are refused with their numbers`() {
    #expect(refusal(m: 1) == .tooFewResiduals(residuals: 1, parameters: 2))
    #expect(refusal(m: 0) == .tooFewResiduals(residuals: 0, parameters: 2))
    #expect(refusal(m: -3) == .tooFewResiduals(residuals: -3, parameters: 2))
    #expect(refusal(m: .max) == .tooLarge(residuals: .max, parameters: 2))
    #expect(refusal(x0: []) == .noParameters)
    #expect(throws: LeastSquaresError.noParameters) {
      try leastsq({ (x: [Double]) in x }, x0: [])
    }
    #expect(throws: LeastSquaresError.tooFewResiduals(residuals: 1, parameters: 2)) {
      try leastsq({ (x: [Double]) in [x[0] + x[1]] }, x0: [1, 2])
    }
    #expect(throws: LeastSquaresError.tooFewResiduals(residuals: 0, parameters: 1)) {
      try leastsq({ (_: [Double]) in [] }, x0: [1])
    }
    #expect(throws: LeastSquaresError.wrongCount(what: "start", found: 1, expected: 2)) {
      try SampleProblem<Double>.rosenbrock.solve(from: [1])
    }
  }

  @Test func `Tolerances must be numbers that are not negative`() {
    let bad: [Double] = [-1, -.leastNonzeroMagnitude, .nan, -.infinity]
    for value in bad {
      #expect(
        refusal(ftol: value) == .invalidTolerance(name: "reduction (ftol)", value: "\(value)"))
      #expect(refusal(xtol: value) == .invalidTolerance(name: "step (xtol)", value: "\(value)"))
      #expect(
        refusal(gtol: value) == .invalidTolerance(name: "gradient (gtol)", value: "\(value)"))
      #expect(refusal(epsfcn: value) == .invalidResidualPrecision("\(value)"))
    }
    #expect(refusal(epsfcn: .infinity) == .invalidResidualPrecision("inf"))
  }

  @Test func `The limit, the factor and the scaling must be positive`() {
    #expect(refusal(maxfev: -1) == .invalidEvaluationLimit(-1))
    for value in [0, -1, Double.nan, .infinity] {
      #expect(refusal(factor: value) == .invalidRadiusFactor("\(value)"))
      #expect(
        refusal(diag: [1, value]) == .invalidScaling(index: 1, value: "\(value)"))
    }
    #expect(refusal(diag: [1]) == .wrongScalingCount(found: 1, expected: 2))
    #expect(refusal(diag: []) == .wrongScalingCount(found: 0, expected: 2))
    #expect(refusal(diag: [1, 2, 3]) == .wrongScalingCount(found: 3, expected: 2))
  }

  @Test(arguments: ScalarCase.all)
  func `What is not finite at the start is named`(scalar: ScalarCase) throws {
    func check<S: LSQScalar>(_: S.Type) throws {
      let sample = SampleProblem<S>.bard
      for value in [S.nan, .infinity, -.infinity] {
        #expect(throws: LeastSquaresError.nonFiniteStart(parameter: 1, value: "\(value)")) {
          try leastsq(sample.residuals, x0: [1, value, 1])
        }
        #expect(throws: LeastSquaresError.nonFiniteResidual(index: 7, value: "\(value)")) {
          try leastsq(
            { x in
              var f = try sample.residuals(x)
              f[7] = value
              return f
            }, x0: sample.start)
        }
        let spoiled = SampleProblem<S>(
          name: "spoiled", m: sample.m, start: sample.start, residuals: sample.residuals,
          gradient: { x, i in
            var row = try sample.gradient(x, i)
            if i == 4 { row[2] = value }
            return row
          })
        let error = LeastSquaresError.nonFiniteDerivative(
          residual: 4, parameter: 2, value: "\(value)")
        for derivatives in [Derivatives.byRows, .byColumns, .rowByRow] {
          #expect(throws: error, "\(derivatives)") { try spoiled.solve(derivatives) }
        }
      }
    }
    try check(scalar.type)
  }

  @Test func `Residuals whose norm overflows are refused`() {
    let huge = Double.greatestFiniteMagnitude
    let error = refusal(residuals: { _, f in
      f[0] = huge; f[1] = huge
    })
    #expect(error == .residualNormOverflows)
  }

  @Test(arguments: ScalarCase.all)
  func `A column of the Jacobian whose norm overflows is refused`(scalar: ScalarCase) throws {
    func check<S: LSQScalar>(_: S.Type) throws {
      let huge = S.greatestFiniteMagnitude
      let sample = SampleProblem<S>(
        name: "steep", m: 4, start: [1, 0],
        residuals: { x in (0..<4).map { x[0] + huge * x[1] - huge / 4 * S($0 % 2) } },
        gradient: { _, _ in [1, huge] })
      for derivatives in Derivatives.allCases
      where derivatives != .forward && derivatives != .central {
        #expect(throws: LeastSquaresError.columnNormOverflows(parameter: 1), "\(derivatives)") {
          try sample.solve(derivatives)
        }
      }
      let rows = try RowwiseProblem<S>(
        rowCount: 4, parameterCount: 2,
        gradients: .together { x, rows, f, gradients in
          for (k, i) in rows.enumerated() {
            f[k] = x[0] + huge * x[1] - huge / 4 * S(i % 2)
            gradients[2 * k] = 1
            gradients[2 * k + 1] = huge
          }
        },
        residuals: { x, rows, f in
          for (k, i) in rows.enumerated() { f[k] = x[0] + huge * x[1] - huge / 4 * S(i % 2) }
        })
      #expect(throws: LeastSquaresError.columnNormOverflows(parameter: 1)) {
        try LevenbergMarquardt().minimize(rows, from: sample.start)
      }
    }
    try check(scalar.type)
  }

  @Test func `Arrays of the wrong count are refused with both numbers`() {
    let sample = SampleProblem<Double>.rosenbrock
    var calls = 0
    #expect(throws: LeastSquaresError.wrongCount(what: "result of func", found: 3, expected: 2)) {
      try leastsq(
        { x in
          calls += 1
          return try sample.residuals(x) + (calls > 1 ? [0] : [])
        }, x0: sample.start)
    }
    func refusal(_ lines: [[Double]], _ col_deriv: Bool = false) -> LeastSquaresError? {
      #expect(throws: LeastSquaresError.self) {
        try leastsq(
          { x in [x[0], x[1], 1] }, x0: [1, 2], Dfun: { _ in lines }, col_deriv: col_deriv)
      }
    }
    #expect(
      refusal([[1, 0], [0, 1]])
        == .wrongCount(what: "result of Dfun", found: 2, expected: 3))
    #expect(
      refusal([[1, 0], [0, 1], [0, 0]], true)
        == .wrongCount(what: "result of Dfun", found: 3, expected: 2))
    #expect(
      refusal([[1, 0], [0], [0, 0]])
        == .wrongCount(
          what: "line 1 (counted from 0) of the result of Dfun", found: 1, expected: 2))
    #expect(
      refusal([[1, 0, 0], [0, 1]], true)
        == .wrongCount(
          what: "line 1 (counted from 0) of the result of Dfun", found: 2, expected: 3))
  }

  @Test func `Errors of the caller's functions pass through unchanged`() throws {
    let sample = SampleProblem<Double>.rosenbrock
    for k in 1...8 {
      var calls = 0
      func failing(_ x: [Double]) throws -> [Double] {
        calls += 1
        if calls == k { throw UserError(number: k) }
        return try sample.residuals(x)
      }
      #expect(throws: UserError(number: k)) { try leastsq(failing, x0: sample.start) }
      #expect(calls == k)
      calls = 0
      #expect(throws: UserError(number: k)) {
        try leastsq(
          sample.residuals, x0: sample.start,
          Dfun: { x in
            _ = try failing(x)
            return try sample.jacobian(at: x).rows
          })
      }
    }
  }

  @Test func `Every error says what is wrong in one sentence`() {
    let errors: [(LeastSquaresError, String)] = [
      (.noParameters, "no parameter"),
      (.tooFewResiduals(residuals: 1, parameters: 2), "2 parameters"),
      (.wrongCount(what: "start", found: 41, expected: 2), "41"),
      (.nonFiniteStart(parameter: 3, value: "nan"), "nan"),
      (.nonFiniteResidual(index: 17, value: "inf"), "17"), (.residualNormOverflows, "overflows"),
      (.nonFiniteDerivative(residual: 5, parameter: 6, value: "nan"), "parameter 6"),
      (.columnNormOverflows(parameter: 6), "parameter 6"),
      (.invalidTolerance(name: "step (xtol)", value: "-1"), "xtol"),
      (.invalidEvaluationLimit(-4), "-4"), (.invalidRadiusFactor("0"), "factor"),
      (.invalidResidualPrecision("-2"), "epsfcn"),
      (.wrongScalingCount(found: 1, expected: 2), "diag"),
      (.invalidScaling(index: 1, value: "-9"), "-9"),
    ]
    for (error, fragment) in errors {
      #expect(error.description.contains(fragment), "\(error)")
      #expect(error.description.hasSuffix("."), "\(error)")
    }
  }
}
