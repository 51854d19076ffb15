import LSQScalars
import LeastSquares
import MultiPrecision
import Testing

@testable import CurveFitting

/// Gradients by a sweep backward, held against those of dual numbers.
@Suite struct TapeAdjointTests {
  typealias Wide = MPFloat256

  @Test(arguments: [
    "a*exp(-b*x)+c", "(a+b*x+c*x^2)/(1+b*x^3)", "a*(1-exp(-b*x))^c", "a^b+b^x+x^c",
    "a*sin(b*x)+c*cos(b*x)", "cos(b*x)*sin(b*x)/a - tan(c)", "atan2(a*x,b)*atan(c/x)", "a+0*b+c-c",
    "sqrt(a*b)*cbrt(c)*log(a+x)", "-(a-b)^3-a^(-2)", "x^2", "b", "erf(a*x)+tanh(b*x)-asin(c)",
    "exp(exp(a*x)/b)*abs(c-2*x)", "a*b*a*b*c", "(2*pi*x/a)^2+sin(2*pi*x/a)+cos(2*pi*x/a)",
  ])
  func `A gradient is that of dual numbers`(formula: String) throws {
    let model = try Expression(parsing: formula).bound(
      parameters: ["a", "b", "c"], predictors: ["x"])
    var adjoint = try TapeAdjoint<Wide>(model.tape)
    let dual = try model.evaluator(over: Dual<Wide, 3>.self)
    let b: [Wide] = [1.75, 0.625, 0.3125]
    // Twice, so that nothing of one row is left in the next.
    for x in [0.5, 1.375] as [Wide] {
      var gradient = [Wide](repeating: 7, count: 4)
      var target = gradient.mutableSpan
      let value = adjoint.write(b.span, [x].span, &target, from: 1)
      let parameters = b.indices.map { Dual<Wide, 3>.variable(b[$0], index: $0) }
      let exact = try dual(parameters.span, [Dual(constant: x)].span)
      let found = try #require(value)
      #expect((found - exact.value).magnitude <= 8 * exact.value.ulp, "\(found), not \(exact)")
      #expect(gradient[0] == 7)
      for j in b.indices {
        let scale = max(exact.partials[j].magnitude, 1)
        let error = (gradient[j + 1] - exact.partials[j]).magnitude
        #expect(error <= 64 * scale * Wide.ulpOfOne, "\(j): \(gradient[j + 1]), not \(exact)")
      }
    }
  }

  @Test func `Where something is not finite dual numbers decide`() throws {
    // √(a·x) at x = 0 is the constant 0; backward it is ∞·0.
    let model = try Expression(parsing: "sqrt(a*x)+b").bound(
      parameters: ["a", "b"], predictors: ["x"])
    var adjoint = try TapeAdjoint<Wide>(model.tape)
    var gradient = [Wide](repeating: 0, count: 2)
    var target = gradient.mutableSpan
    #expect(adjoint.write([2, 3].span, [0].span, &target, from: 0) == nil)
    let problem = try ModelProblem<Wide>(
      model: model, predictors: [0, 1], predictorCount: 1, response: [0, 0], parameterCount: 2)
    var jacobian = [Wide](repeating: 7, count: 4)
    var elements = jacobian.mutableSpan
    try problem.jacobian([4, 3].span, &elements)
    #expect(jacobian == [0, 1, 0.25, 1])
  }
}
