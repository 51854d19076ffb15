import CurveFitting
import LSQScalars
import MultiPrecision
import Testing

/// Sums of squares of zero where a parameter is zero and others have no effect beside it.
@Suite struct ZeroParameterTests {
  /// exp(b) + x + a·b + b²·x is 1 + x where b is zero, whatever a is.
  @Test(arguments: [Float.self, Double.self, MPFloat128.self] as [any LSQScalar.Type])
  func `A parameter that is zero at the minimum does not drift along one that is open there`(
    type: any LSQScalar.Type
  ) throws {
    func check<Scalar: LSQScalar>(_: Scalar.Type) throws {
      let fit = try formulaFit(
        "(exp(b)+x)+(a*b+x*b*b)", ["a", "b"], from: [-1.486, 0.6369],
        to: [(0.1, 1.1), (1.12, 2.12), (2.77, 3.77), (4.1, 5.1)], over: Scalar.self)
      #expect(fit.isSolved && fit.remedy == .zero && fit.retries > 0)
      #expect(fit.sumOfSquares == 0 && fit.parameters[1] == 0 && fit.undetermined == [0])
    }
    try check(type)
  }

  @Test func `A plateau at infinity is no minimum although residuals underflow`() throws {
    let fit = try formulaFit(
      "a*b/b+exp(-b*x)", ["a", "b"], from: [0.5, 1], to: [(1, 1), (2, 1), (3, 1), (4, 1)],
      over: Double.self)
    #expect(!fit.isSolved)
  }
}
