import CurveFitting
import Foundation
import LSQScalars
import LeastSquares
import MultiPrecision
import Testing

/// Results that are written to JSON and read back.
@Suite struct SavedFitTests {
  /// The encoder and the decoder; `inf` and `nan` take the place of numbers that JSON does not have.
  private static func coders() -> (JSONEncoder, JSONDecoder) {
    let (encoder, decoder) = (JSONEncoder(), JSONDecoder())
    encoder.outputFormatting = .sortedKeys
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    decoder.nonConformingFloatDecodingStrategy = .convertFromString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    return (encoder, decoder)
  }

  /// What was read back; that which it is written as is the same, to the last character.
  private func reloaded<Value: Codable>(_ value: Value) throws -> Value {
    let (encoder, decoder) = Self.coders()
    let data = try encoder.encode(value)
    let loaded = try decoder.decode(Value.self, from: data)
    #expect(try encoder.encode(loaded) == data)
    return loaded
  }

  private let rows = [(1.0, 2.1), (2, 3.9), (3, 6.2), (5, 9.7), (8, 16.4)]

  private func checkFit<Scalar: LSQScalar & Codable>(_: Scalar.Type) throws {
    let fit = try formulaFit(
      "a*x^b", ["a", "b"], from: [1, 1], to: rows, over: Scalar.self)
    let loaded = try reloaded(fit)
    #expect(loaded.isSolved && loaded.parameters == fit.parameters)
    #expect(loaded.standardErrors == fit.standardErrors && loaded.covariance == fit.covariance)
    #expect(loaded.numericalErrors == fit.numericalErrors)
    #expect(loaded.evaluations == fit.evaluations && loaded.ending == fit.ending)
    #expect(loaded.solution.residuals == fit.solution.residuals)
    #expect(loaded.solution.factor == fit.solution.factor)
    #expect(loaded.solution.termination == fit.solution.termination)
    #expect(loaded.solution.closing == fit.solution.closing)
    #expect(loaded.description == fit.description)
    #expect(loaded.accuracy() == fit.accuracy())
    #expect(StopReason(loaded) == StopReason(fit))
  }

  @Test func `A fit comes back with every bit`() throws {
    try checkFit(Float.self)
    try checkFit(Double.self)
    try checkFit(MPFloat<53, 1>.self)
    try checkFit(MPFloat512.self)
  }

  @Test func `What the data leave open comes back`() throws {
    let fit = try formulaFit("a*b*x", ["a", "b"], from: [1, 1], to: rows, over: Double.self)
    let loaded = try reloaded(fit)
    #expect(loaded.standardErrors == [nil, nil] && loaded.covariance == nil)
    #expect(loaded.undetermined == [0, 1] && loaded.determinacy?.rank == 1)
    #expect(loaded.determinacy?.dependencies == fit.determinacy?.dependencies)
  }

  @Test func `A refined fit and a confirmed one come back`() throws {
    let posed = DecimalFit(
      model: try Formula(parsing: "a*x^b").bound(parameters: ["a", "b"], predictors: ["x"]),
      data: try DataTable("x,y\n1,2.1\n2,3.9\n3,6.2\n5,9.7\n"), predictors: ["x"], response: "y",
      start: ["1", "1"])
    let confirmed = try posed.fit(digits: 40, ladder: PrecisionLadder.scalarType(bits:))
    #expect(try reloaded(confirmed) == confirmed)
    let rounded = try posed.correctlyRoundedFit(
      as: Double.self, ladder: PrecisionLadder.scalarType(bits:))
    #expect(try reloaded(rounded).standardErrors == rounded.standardErrors)
    // Exact data, whose residuals rounding takes in Double.
    let exact = DecimalFit(
      model: try Formula(parsing: "a*exp(-b*x)").bound(parameters: ["a", "b"], predictors: ["x"]),
      data: try DataTable(
        "x,y\n1,1.2130613194252668\n2,0.7357588823428847\n3,0.44626032029685964\n"),
      predictors: ["x"], response: "y", start: ["2", "0.5"])
    let fit = try exact.problem(over: Double.self).fit(from: [2, 0.5])
    let refined = try exact.refined(fit, ladder: PrecisionLadder.scalarType(bits:))
    #expect(refined.refinement != nil)
    #expect(try reloaded(refined).refinement == refined.refinement)
  }

  @Test func `Infinities and NaN survive, or are an error that names them`() throws {
    let matrix = Matrix<Double>(rowCount: 1, columnCount: 3, elements: [.infinity, .nan, -0.0])
    let loaded = try reloaded(matrix)
    #expect(loaded.elements[0] == .infinity && loaded.elements[1].isNaN)
    #expect(loaded.elements[2].sign == .minus)
    let error = #expect(throws: EncodingError.self) { try JSONEncoder().encode(matrix) }
    #expect("\(error as Any)".contains("inf"), "\(error as Any)")
    let wide = Matrix<MPFloat128>(rowCount: 1, columnCount: 2, elements: [-.infinity, .nan])
    let text = try JSONEncoder().encode(wide)
    let read = try JSONDecoder().decode(Matrix<MPFloat128>.self, from: text).elements
    #expect(read[0] == -.infinity && read[1].isNaN)
  }

  @Test func `A solution that was stopped comes back`() throws {
    let problem = try LeastSquaresProblem<Double>(residualCount: 2, parameterCount: 1) { _, _ in
      throw StopSolving(code: -7)
    }
    let solution = try LevenbergMarquardt().minimize(problem, from: [1])
    let loaded = try reloaded(solution)
    #expect(loaded.termination == .stopped(code: -7) && loaded.residuals.allSatisfy(\.isNaN))
  }

  @Test(arguments: [
    #"{"rowCount":2,"columnCount":2,"elements":[1,2,3]}"#,
    #"{"rowCount":-1,"columnCount":-1,"elements":[1]}"#,
    #"{"rowCount":4611686018427387904,"columnCount":4,"elements":[]}"#,
    #"{"rowCount":1,"elements":[1]}"#,
  ])
  func `A matrix without as many elements as it says is refused`(text: String) {
    let error = #expect(throws: DecodingError.self) {
      try JSONDecoder().decode(Matrix<Double>.self, from: Data(text.utf8))
    }
    if !text.contains("columnCount") { return }
    #expect("\(error as Any)".contains("give one per row and column"), "\(error as Any)")
  }
}
