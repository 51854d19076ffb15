import CurveFitting
import LSQScalars
import LeastSquares
import MultiPrecision
import Testing

private struct Decay: Model {
  func value<Number: ModelNumber>(_ b: Span<Number>, at x: Span<Number>) -> Number {
    b[0] * .exp(-b[1] * x[0]) + b[2]
  }
}

@Suite("Models by rows")
struct ModelRowsTests {
  private func data<Scalar: LSQScalar>(_ m: Int) -> (x: [Scalar], y: [Scalar], sigma: [Scalar]) {
    let x = (0..<m).map { Scalar($0) / 50 }
    let y = x.enumerated().map { i, x in
      3 * Scalar.exp(-x) + 1 + Scalar((i * 7919) % 101 - 50) / 1000
    }
    return (x, y, (0..<m).map { Scalar(1 + $0 % 3) })
  }

  @Test("A model by rows has the fit of the model", arguments: [false, true])
  func sameFit(isWeighted: Bool) async throws {
    let (x, y, sigma): ([Double], [Double], [Double]) = data(333)
    let rows = try RowwiseProblem<Double>(
      model: Decay(), predictors: x, predictorCount: 1, response: y,
      sigma: isWeighted ? sigma : nil, parameterCount: 3)
    let problem = try ModelProblem<Double>(
      model: Decay(), predictors: x, predictorCount: 1, response: y,
      sigma: isWeighted ? sigma : nil, parameterCount: 3)
    let solver = LevenbergMarquardt<Double>()
    let expected = try solver.minimize(
      LeastSquaresProblem(
        residualCount: 333, parameterCount: 3, jacobian: .byRows(problem.jacobian),
        residuals: problem.residuals), from: [1, 2, 0])
    let whole = try await solver.minimize(
      rows, from: [1, 2, 0], factorization: .whole, maximumConcurrency: 2)
    #expect(whole.parameters == expected.parameters)
    #expect(whole.residuals == expected.residuals)
    let byBlocks = try await solver.minimize(rows, from: [1, 2, 0], maximumConcurrency: 2)
    for (found, value) in zip(byBlocks.parameters, expected.parameters) {
      #expect(abs(found / value - 1) < 1e-12)
    }
  }

  @Test("A multiprecision model is evaluated by several tasks with the bits of one")
  func multiprecision() async throws {
    let (x, y, _): ([MPFloat256], [MPFloat256], [MPFloat256]) = data(60)
    let rows = try RowwiseProblem<MPFloat256>(
      model: Decay(), predictors: x, predictorCount: 1, response: y, parameterCount: 3)
    let solver = LevenbergMarquardt<MPFloat256>()
    for factorization in [RowFactorization.whole, .byBlocks] {
      let serial = try solver.minimize(rows, from: [1, 2, 0], factorization: factorization)
      let concurrent = try await solver.minimize(
        rows, from: [1, 2, 0], factorization: factorization, maximumConcurrency: 4)
      #expect(concurrent.parameters == serial.parameters)
      #expect(concurrent.factor == serial.factor)
      #expect(concurrent.residuals == serial.residuals)
    }
  }

  @Test("Data that cannot be fitted are errors")
  func badData() {
    #expect(throws: DataError.notFinite(.response, row: 1, value: "nan")) {
      try RowwiseProblem<Double>(
        model: Decay(), predictors: [1, 2, 3], predictorCount: 1, response: [1, .nan, 2],
        parameterCount: 3)
    }
    #expect(throws: LeastSquaresError.tooFewResiduals(residuals: 2, parameters: 3)) {
      try RowwiseProblem<Double>(
        model: Decay(), predictors: [1, 2], predictorCount: 1, response: [1, 2],
        parameterCount: 3)
    }
  }
}
