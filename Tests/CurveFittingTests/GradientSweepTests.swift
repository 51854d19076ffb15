import LSQScalars
import LeastSquares
import MultiPrecision
import Testing

@testable import CurveFitting

/// The sums for the normal equations, which come by two ways backward over a tape.
@Suite struct GradientSweepTests {
  typealias Wide = MPFloat256

  @Test(arguments: ["b*x", "a*exp(-b*x)+c", "(a+b*x)/(1+c*x^2)-a^2*x", "sqrt(a+x)*b-x/c"])
  func `The gradient is Jᵀr, with JᵀJ and without, weighted or not`(_ formula: String) throws {
    let model = try Formula(parsing: formula).bound(
      parameters: ["a", "b", "c"], predictors: ["x"])
    let x = (1...70).map { Wide($0) / 16 }
    let b: [Wide] = [3 / 4, 5 / 4, 7 / 8]
    for sigma in [nil, x.map { 1 + $0 }] {
      let problem = try ModelProblem<Wide>(
        model: model, predictors: x, predictorCount: 1, response: x.map { 1 / $0 }, sigma: sigma,
        parameterCount: 3)
      let (m, n) = (problem.rowCount, 3)
      var residuals = [Wide](repeating: 0, count: m)
      var jacobian = [Wide](repeating: 0, count: m * n)
      var r = residuals.mutableSpan
      var J = jacobian.mutableSpan
      try problem.residualsAndJacobian(b.span, &r, &J)
      for withNormalMatrix in [false, true] {
        let sweep = try GradientSweep(
          of: problem, at: b, withNormalMatrix: withNormalMatrix, by: .alone)
        #expect((sweep.variances != nil) == (withNormalMatrix && formula != "b*x"))
        for j in 0..<n {
          let terms = (0..<m).map { jacobian[$0 * n + j] * residuals[$0] }
          let error = (terms.reduce(0, +) - Wide(rounding: sweep.gradient[j])).magnitude
          let size = terms.reduce(0) { $0 + $1.magnitude }
          #expect(error <= 200 * size * Wide.ulpOfOne, "\(formula), \(j), \(withNormalMatrix)")
        }
      }
    }
  }
}
