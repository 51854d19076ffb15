import CurveFitting
import LSQScalars
import MultiPrecision
import TestProblems
import Testing

/// The bounds of numerical errors hold, and are not idle.
@Suite struct NumericalErrorTests {
  static let problems = ["Misra1a", "DanWood", "MGH09", "MGH10", "Rat42", "BoxBOD", "Lanczos3"]

  @Test(arguments: problems)
  func `The error of every parameter is within its bound`(name: String) throws {
    let file = try NISTProblem.named(name)
    let exact = try fit(file, over: MPFloat256.self, .tight).parameters
    for tolerance in FitOptions<Double>.Tolerance.allCases {
      try check(fit(file, over: Double.self, tolerance), exact)
    }
    try check(fit(file, over: Float.self, .tight), exact)
    try check(fit(file, over: MPFloat128.self, .tight), exact)
  }

  private func check<Scalar: LSQScalar>(_ fit: Fit<Scalar>, _ exact: [MPFloat256]) throws {
    for (j, value) in fit.parameters.enumerated() {
      let estimate = try #require(fit.numericalErrors[j])
      let bound = try #require(MPFloat256(estimate.description))
      let error = (try #require(MPFloat256(value.description)) - exact[j]).magnitude
      #expect(error <= bound, "\(Scalar.self), parameter \(j)")
      if let standardError = fit.standardErrors[j] {
        #expect(bound < MPFloat256(standardError.description)!)
      }
    }
  }

  private func fit<Scalar: LSQScalar>(
    _ file: StRDFile, over type: Scalar.Type, _ tolerance: FitOptions<Double>.Tolerance
  ) throws -> Fit<Scalar> {
    let problem = try file.problem(over: type)
    return try problem.fit(
      from: file.start(2, as: type),
      options: FitOptions(tolerance: tolerance == .tight ? .tight : .minpack))
  }
}
