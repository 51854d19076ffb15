import CurveFitting
import LSQScalars
import LeastSquares
import MultiPrecision
import Testing

/// Fits that end at MINPACK's tolerance, where the last steps were not taken.
@Suite struct MINPACKToleranceTests {
  private static let logarithm = [
    (0.2981, 0.340568341660123), (1.7481, 2.3835366045391357), (2.9022, 3.1913570285266126),
    (4.1943, 3.817031359372183),
  ]

  /// Data that a·x/(b + x) meets to 3e-8: in `Float` the residuals are rounding.
  private static let saturation = [
    0.9999999993, 1.5000000282, 1.8000000068, 1.9999999774, 2.1428571390, 2.2499999824,
    2.3333333288,
    2.3999999794, 2.4545454345, 2.5000000345, 2.5384615629, 2.5714285343,
  ].enumerated().map { (Double($0 + 1), $1) }

  @Test(arguments: [
    (FitDerivatives.exact, FitTolerance.minpack), (.forward, .minpack), (.forward, .tight),
    (.central, .tight),
  ])
  func `A sum of squares without a digit is said to have none`(
    derivatives: FitDerivatives, tolerance: FitTolerance
  ) throws {
    func fit<Scalar: LSQScalar>(_ type: Scalar.Type) throws -> Fit<Scalar> {
      try formulaFit(
        "a*x/(b+x)", ["a", "b"], from: [3.3, 1.5], to: Self.saturation, derivatives, over: type,
        tolerance: tolerance)
    }
    let (narrow, wide) = try (fit(Float.self), fit(Double.self))
    #expect(narrow.isSolved && wide.isSolved)
    #expect(narrow.sumOfSquaresError ?? 0 > 1 && wide.sumOfSquaresError ?? 1 < 1e-3)
    #expect(
      narrow.accuracy().sums
        == "sum of squares: no digit computed, the residuals are no larger than their numerical errors"
    )
    // 5.3713e-15, to the errors that are claimed.
    let exact = try formulaFit(
      "a*x/(b+x)", ["a", "b"], from: [3.3, 1.5], to: Self.saturation, over: Double.self)
    let error = abs(wide.sumOfSquares / exact.sumOfSquares - 1)
    #expect(try error <= Double(#require(wide.sumOfSquaresError)))
  }

  @Test(arguments: [FitDerivatives.exact, .forward])
  func `Residuals below the tolerance are no plateau`(derivatives: FitDerivatives) throws {
    let fit = try formulaFit(
      "a*log(x+b)+c", ["a", "b", "c"], from: [1.965, 0.4702, 0.8338], to: Self.logarithm,
      derivatives, over: Double.self, tolerance: .minpack)
    #expect(fit.isSolved && fit.retries == 0)
    #expect((fit.parameters[0] - 1.9300000042082857).magnitude < 1e-7)
  }

  /// Residuals so large that Gauss–Newton steps lead away, where Newton steps contract.
  private static let scattered = [
    (0.38, 4.0494), (1.12, -0.60556), (1.23, 1.59), (2.03, -3.5181), (2.71, -2.318), (4.2, 1.2156),
    (4.53, 0.24411), (4.86, 3.1595), (5.08, -0.16867), (5.44, 0.11264), (5.46, 1.0686),
    (5.48, -1.2235),
  ]

  @Test(arguments: [FitDerivatives.exact, .forward, .central])
  func `Large residuals are no valley without end`(derivatives: FitDerivatives) throws {
    let fit = try formulaFit(
      "a*x^b", ["a", "b"], from: [1.638, -1.032], to: Self.scattered, derivatives,
      over: Double.self, tolerance: .minpack)
    #expect(fit.isSolved, "\(fit)")
    for (j, exact) in [0.062_625_937_758_1, -4.309_031_740_89].enumerated() {
      #expect(try abs(fit.parameters[j] - exact) <= #require(fit.numericalErrors[j]), "\(fit)")
    }
  }

  @Test func `An exponent on its way to infinity has no digit`() throws {
    let step = (1...8).map { (Double($0), $0 > 4 ? 3.0 : 0) }
    func check<Scalar: LSQScalar>(_ type: Scalar.Type, _ tolerance: FitTolerance) throws {
      let fit = try formulaFit(
        "V*x^n/(K^n+x^n)", ["V", "n", "K"], from: [3, 5, 4.5], to: step, over: type,
        tolerance: tolerance)
      #expect(!fit.isSolved, "\(type), \(tolerance): \(fit)")
    }
    for tolerance in [FitTolerance.tight, .minpack] {
      try check(Double.self, tolerance)
      try check(MPFloat128.self, tolerance)
    }
  }

  @Test func `An epoch hides neither the length of a step nor its error`() throws {
    // The step that is left is short beside the epoch, not beside x − c.
    let fit = try formulaFit(
      "a/(x-c)", ["a", "c"], from: [3, 1_764_529_098],
      to: [
        (1_764_529_100, 1.091), (1_764_529_101, 0.810), (1_764_529_102, 0.620),
        (1_764_529_103, 0.542),
      ], over: Double.self, tolerance: .minpack)
    for (j, exact) in [3.073_954_065_603_69, 1_764_529_097.181_77].enumerated() {
      let error = abs(fit.parameters[j] - exact)
      #expect(fit.numericalErrors[j].map { error <= $0 } ?? true, "\(fit)")
    }
  }

  /// An exponential too many for the data: the sum falls along a valley, past every point where tests are met.
  private static let decay = [
    (0.3, 1.8096753991365647), (1.3, 1.2966876707687911), (2.3, 0.92911611738281206),
    (3.3, 0.66574382324427233), (4.3, 0.47702391149553052), (5.3, 0.34180240588341161),
    (3.3, 0.66574376419529995), (7.3, 0.17548790499678085),
  ]

  @Test func `In a valley without end a parameter has no digit, whatever the tolerance`() throws {
    for tolerance in FitTolerance.allCases {
      let fit = try formulaFit(
        "a*exp(-b*x)+c*exp(-d*x)", ["a", "b", "c", "d"], from: [2, 1, 10, 0.5], to: Self.decay,
        over: Double.self, tolerance: tolerance)
      #expect(!fit.isSolved)
      #expect(fit.numericalErrors[2].map { !$0.isFinite || $0 >= fit.parameters[2] } ?? true)
    }
  }

  @Test func `At a minimum of higher order the error is no less than the way`() throws {
    let rows = (1...8).map { (Double($0), 0.0) }
    let fit = try formulaFit(
      "(a-3)^3*sin(x)+b*sqrt(x)", ["a", "b"], from: [7, 0.5], to: rows, over: Float.self,
      tolerance: .minpack)
    let error = try #require(fit.numericalErrors[0])
    #expect(!fit.isSolved || error >= (fit.parameters[0] - 3).magnitude)
  }

  /// Rounding takes all digits but one, and nothing is wrong with that.
  @Test func `What is left of rounding is not taken for a valley`() throws {
    let rows = (0..<12).map { i -> (Double, Double) in
      let (x, noise) = (Double(i), i % 2 == 0 ? 0.01 : -0.01)
      return (1e6 + x, x * x + noise)
    }
    let fit = try formulaFit(
      "a+b*x+c*x^2", ["a", "b", "c"], from: [1, 1, 1], to: rows, over: Double.self,
      tolerance: .minpack)
    #expect(fit.isConverged && fit.numericalErrors.allSatisfy { $0?.isFinite == true })
  }
}
