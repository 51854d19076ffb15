import CurveFitting
import LSQScalars
import MultiPrecision
import TestProblems
import Testing

/// NIST's problems to every bit, held against the 100 digits in Documentation/CertifiedValues.md.
@Suite struct CorrectRoundingTests {
  static let problems = ["Misra1a", "DanWood", "BoxBOD", "MGH10", "MGH09", "Lanczos3", "Rat42"]

  @Test(arguments: problems)
  func `Every number is the committed one, rounded once`(name: String) throws {
    let exact = try #require(try certifiedValues()[name])
    let posed = StartedProblem(try NISTProblem.named(name), start: 2)
    func check<Scalar: LSQScalar>(_ type: Scalar.Type) throws {
      let fit = try posed.correctlyRoundedFit(
        as: type, ladder: PrecisionLadder.scalarType(bits:))
      for (j, parameter) in posed.file.parameterNames.enumerated() {
        #expect(fit.parameters[j] == Scalar(exact[parameter] ?? ""), "\(type), \(parameter)")
        #expect(
          fit.standardErrors[j] == Scalar(exact["sd(\(parameter))"] ?? ""),
          "\(type), error of \(parameter)")
      }
      #expect(fit.sumOfSquares == Scalar(exact["SSR"] ?? ""), "\(type)")
      #expect(fit.residualStandardDeviation == Scalar(exact["RSD"] ?? ""), "\(type)")
      #expect(fit.confirmed.bits > Scalar.precisionBits)
    }
    try check(Float.self)
    try check(Double.self)
    #if (arch(i386) || arch(x86_64)) && !os(Windows) && !os(Android)
      try check(Float80.self)
    #endif
    try check(MPFloat128.self)
  }

  @Test func `What cannot be confirmed is not claimed`() throws {
    struct Idle: Model {
      func value<N: ModelNumber>(_ b: Span<N>, at x: Span<N>) -> N { b[0] * x[0] + 0 * b[1] }
    }
    let fit = DecimalFit(
      model: Idle(), data: try DataTable("x,y\n1,2\n2,4.1\n3,5.9\n"), predictors: ["x"],
      response: "y", start: ["1", "1"])
    let failure = #expect(throws: DigitsNotReached.self) {
      try fit.correctlyRoundedFit(
        as: Double.self, ladder: PrecisionLadder.scalarType(bits:))
    }
    #expect(failure?.description.contains("leave b2 open in every type") == true)
  }
}
