import LSQScalars
import LeastSquares
import MultiPrecision
import Testing

@testable import CurveFitting

/// Formulas in blocks of rows, held against dual numbers row by row.
@Suite struct FormulaRowsTests {
  typealias Wide = MPFloat256

  static let formulas = [
    "a*exp(-b*x)+c", "(a+b*x+c*x^2)/(1+b*x^3)", "a*(1-exp(-b*x))^c", "a^b+b^x+x^c",
    "a*sin(b*x)+c*cos(b*x)", "cos(b*x)*sin(b*x)/a - tan(c)", "atan2(a*x,b)*atan(c/x)", "a+0*b+c-c",
    "sqrt(a*b)*cbrt(c)*log(a+x)", "-(a-b)^3-a^(-2)", "x^2", "b", "erf(a*x)+tanh(b*x)-asin(c)",
    "erfc(a*x)*asinh(b*x)-atanh(c*x/2)", "expm1(a*x)*log1p(b*x)+acosh(1+c*x)",
    "a*min(b*x,1/2)+b*x*max(c-x/2,a*x-1)", "exp(exp(a*x)/b)*abs(c-2*x)", "a*b*a*b*c",
    "(2*pi*x/a)^2+sin(2*pi*x/a)+cos(2*pi*x/a)",
    "sin(a*b)*cos(a*b)*x-exp(a/b)", "x-(a-(b-(c-x)))/(a*b)", "a/(b/(c/x))",
  ]

  /// More rows than a block holds, with σ.
  private func problem<Scalar: LSQScalar>(
    _ formula: String, over _: Scalar.Type
  ) throws -> ModelProblem<Scalar> {
    let model = try Formula(parsing: formula).bound(
      parameters: ["a", "b", "c"], predictors: ["x"])
    let m = 70
    return try ModelProblem(
      model: model, predictors: (0..<m).map { Scalar(64 + $0) / 128 }, predictorCount: 1,
      response: (0..<m).map { Scalar($0) / 64 }, sigma: (0..<m).map { Scalar(1 + $0 % 4) / 2 },
      parameterCount: 3)
  }

  private let point: [Wide] = [1.75, 0.625, 0.3125]

  @Test(arguments: formulas)
  func `Residuals and gradients are those of dual numbers`(formula: String) throws {
    let problem = try problem(formula, over: Wide.self)
    let (m, n) = (problem.rowCount, problem.parameterCount)
    #expect(try problem.tape(at: point.span) != nil)
    var residuals = [Wide](repeating: 7, count: m)
    var again = residuals
    var jacobian = [Wide](repeating: 7, count: m * n)
    // Twice, so that nothing of one sweep is left in the next.
    for b in [point.map { $0 * 2 }, point] {
      var r = residuals.mutableSpan
      var J = jacobian.mutableSpan
      try problem.residualsAndJacobian(b.span, &r, &J)
    }
    var target = again.mutableSpan
    try problem.residuals(point.span, &target)
    for i in 0..<m {
      #expect(again[i] == (try problem.residual(i, point.span)))
      #expect((residuals[i] - again[i]).magnitude <= 8 * max(again[i].magnitude, 1) * Wide.ulpOfOne)
      var row = [Wide](repeating: 0, count: n)
      var slopes = row.mutableSpan
      try problem.jacobianRow(i, point.span, row: &slopes)
      for j in 0..<n {
        let (found, exact) = (jacobian[i * n + j], row[j])
        #expect(
          (found - exact).magnitude <= 64 * max(exact.magnitude, 1) * Wide.ulpOfOne,
          "\(j): \(found), not \(exact)")
      }
    }
  }

  @Test(arguments: formulas)
  func `Second derivatives are those of second-order numbers`(formula: String) throws {
    try checkCurvature(formula, at: point, tolerance: 1e-70)
    try checkCurvature(formula, at: point.map { Double($0) }, tolerance: 1e-10)
  }

  private func checkCurvature<Scalar: LSQScalar>(
    _ formula: String, at b: [Scalar], tolerance: Scalar
  ) throws {
    let problem = try problem(formula, over: Scalar.self)
    let sweep = try #require(try CurvatureSweep(of: problem, at: b))
    let function = try SecondOrderFunction<Scalar>(
      of: problem.model, parameterCount: 3, predictorCount: 1)
    var exact = Matrix<Scalar>(rowCount: 3, columnCount: 3, repeating: 0)
    var scale: Scalar = 1
    for i in 0..<problem.rowCount {
      let residual = try problem.residual(i, b.span)
      let sigma = try #require(problem.sigma)[i]
      #expect((sweep.residuals[i] - residual).magnitude <= tolerance * max(residual.magnitude, 1))
      var gradient = [Scalar](repeating: 0, count: 3)
      let x = [problem.predictors[i]]
      _ = try function.add(b.span, x.span, { _ in residual / sigma }, &gradient, &exact)
      for j in 0..<3 {
        let slope = gradient[j] / sigma
        #expect((sweep.jacobian[i, j] - slope).magnitude <= tolerance * max(slope.magnitude, 1))
        scale = max(scale, (residual * slope * slope).magnitude)
      }
    }
    for i in 0..<3 {
      for j in 0...i {
        let (found, expected) = (sweep.secondOrder[i, j], exact[i, j])
        #expect(
          (found - expected).magnitude <= tolerance * max(expected.magnitude, scale),
          "(\(i), \(j)): \(found), not \(expected)")
        #expect(sweep.secondOrder[j, i] == found)
      }
    }
  }

  @Test func `Where something is not finite dual numbers decide`() throws {
    // √(a·x) at x = 0 is the constant 0; backward it is ∞·0.
    let model = try Formula(parsing: "sqrt(a*x)+b").bound(
      parameters: ["a", "b"], predictors: ["x"])
    let problem = try ModelProblem<Wide>(
      model: model, predictors: [0, 1], predictorCount: 1, response: [0, 0], parameterCount: 2)
    var jacobian = [Wide](repeating: 7, count: 4)
    var residuals = [Wide](repeating: 7, count: 2)
    var r = residuals.mutableSpan
    var J = jacobian.mutableSpan
    try problem.residualsAndJacobian([4, 3].span, &r, &J)
    #expect(jacobian == [0, 1, 0.25, 1])
    #expect(residuals == [3, 5])
  }
}
