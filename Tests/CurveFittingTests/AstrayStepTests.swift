import CurveFitting
import LSQScalars
import Testing

/// Ends of solves from which a closing step leads to where nothing has an effect.
@Suite struct AstrayStepTests {
  @Test func `Redundant parameters are no plateau, wherever a step along them leads`() throws {
    func check<Scalar: LSQScalar>(_ type: Scalar.Type) throws {
      let decay = try formulaFit(
        "a*exp(-(x+c)*b)", ["a", "b", "c"], from: [1, 1, 0.1],
        to: [
          (0, 3.08609), (0.3636363636, 2.29958), (0.7272727273, 1.9537), (1.090909091, 1.46212),
          (1.454545455, 1.20875), (1.818181818, 0.978034), (2.181818182, 0.750886),
          (2.545454545, 0.705933), (2.909090909, 0.513063), (3.272727273, 0.387731),
          (3.636363636, 0.270707), (4, 0.303271),
        ], over: type)
      let (rate, sum) = (
        Double(decay.parameters[1].description), Double(decay.sumOfSquares.description)
      )
      #expect(decay.isSolved && decay.undetermined == [0, 2], "\(type): \(decay)")
      #expect(abs((rate ?? 0) - 0.6237127251) < 1e-5 && abs((sum ?? 0) - 0.0352624885) < 1e-6)
      let quotient = try formulaFit(
        "(a+b*x)/(c+d*x)", ["a", "b", "c", "d"], from: [1, 1, 1, 1],
        to: [
          (0, 2.4718), (0.5, 2.1182), (1, 1.8275), (1.5, 1.5664), (2, 1.3328), (2.5, 1.1135),
          (3, 0.96787), (3.5, 0.82262), (4, 0.68442),
        ], over: type)
      #expect(quotient.isSolved && quotient.undetermined.count == 4, "\(type): \(quotient)")
    }
    try check(Float.self)
    try check(Double.self)
    #if (arch(i386) || arch(x86_64)) && !os(Windows) && !os(Android)
      try check(Float80.self)
    #endif
  }

  @Test func `A rank of the start that rests on rounding is not lost at the end`() throws {
    let fit = try formulaFit(
      "tanh(exp(-b))+((a+a)-x)", ["a", "b"], from: [0, 1],
      to: [
        (0.1, -0.63238893), (0.77, 2.7837855), (-0.79, 1.5488424), (-0.97, 4.5473703),
        (2.77, -0.88776608), (3.43, 2.2828841), (4.1, 1.6932906),
      ], over: Double.self)
    #expect(fit.isSolved && abs(fit.sumOfSquares - 34.542992036665) < 1e-9, "\(fit)")
  }

  @Test func `Steps that lead to where rounding is all there is are refused`() throws {
    let fit = try formulaFit(
      "a*exp(-b*x)", ["a", "b"], from: [1, 300],
      to: [(1, -0.94), (2, -0.61), (3, -0.60), (4, 0.91)], over: Double.self, limit: 25)
    #expect(fit.parameters == [1, 300] && !fit.isConverged, "\(fit)")
  }
}
