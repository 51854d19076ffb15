import CurveFitting
import Testing

@testable import TestProblems

@Suite struct StRDFileTests {
  /// Misra1a with a replacement that must hit.
  private func misra1a(_ old: String = "", _ new: String = "") throws -> String {
    let text = try NISTProblem.text(of: "Misra1a")
    guard !old.isEmpty else { return text }
    try #require(text.contains(old))
    return text.replacing(old, with: new)
  }

  private func error(_ old: String, _ new: String) throws -> StRDError? {
    let text = try misra1a(old, new)
    return #expect(throws: StRDError.self) { try StRDFile(text) }
  }

  // MARK: - What is tolerated

  @Test func `Carriage returns and blanks at line ends change nothing`() throws {
    let plain = try StRDFile(misra1a())
    for ending in ["\r\n", "  \n", "\t \r\n"] {
      let file = try StRDFile(misra1a("\n", ending))
      #expect(file.parameters == plain.parameters)
      #expect(file.model == plain.model)
      #expect(try file.responses(as: Double.self) == plain.responses(as: Double.self))
    }
  }

  @Test func `A small file with another layout is read`() throws {
    let file = try StRDFile(
      """
      NIST/ITL StRD
      Dataset Name:  Tiny (Tiny.dat)
                     Starting Values   (lines 400 to 401)
                     Data              (lines 1 to 2)
      Data:          prose about the data
      Model:         Miscellaneous Class
                     1 Parameter (k)

                     sqrt[z] = k*[u + v]
                               - v**2  +  e
      Starting values     Certified Values
        k =   1   +2.5   3.5E+00  .25
      Residual Sum of Squares:       1.0
      Residual Standard Deviation:   0.5

      Data: z u v
       1 2 3
       4. 5 -6

      """)
    #expect(file.name == "Tiny")
    #expect(file.level == nil)
    #expect(file.response == "sqrt(z)")
    #expect(file.model == "k*(u + v) - v**2")
    #expect(file.parameterNames == ["k"])
    #expect(try file.start(2, as: Float.self) == [2.5])
    #expect(try file.certifiedStandardDeviations(as: Double.self) == [0.25])
    #expect(file.printedDegreesOfFreedom == nil)
    #expect(file.degreesOfFreedom == 1)
    #expect(try file.responses(as: Double.self) == [1, 4])
    #expect(try file.predictors(as: Double.self) == [2, 3, 5, -6])
  }

  @Test func `The error term is cut off, but no factor e`() throws {
    let text = try misra1a("b1*(1-exp[-b2*x])  +  e", "b1*exp(-b2*x)*e")
    #expect(try StRDFile(text).model == "b1*exp(-b2*x)*e")
  }

  /// Misra1a with two starts for each parameter, and no certified values.
  private func uncertified() throws -> String {
    let values = try misra1a("2.3894212918E+02  2.7070075241E+00", "")
    let cut = values.replacing("5.5015643181E-04  7.2668688436E-06", with: "")
    return cut.split(separator: "\n", omittingEmptySubsequences: false)
      .filter { !$0.hasPrefix("Residual") }.joined(separator: "\n")
  }

  @Test func `A problem of one's own needs no certified values`() throws {
    let (file, plain) = (try StRDFile(uncertified()), try StRDFile(misra1a()))
    #expect(!file.isCertified && plain.isCertified)
    #expect(file.parameters.map(\.start2) == plain.parameters.map(\.start2))
    #expect(try file.certifiedValues(as: Double.self).isEmpty)
    #expect(try file.certifiedStandardDeviations(as: Double.self).isEmpty)
    #expect(file.certifiedSumOfSquares == nil && file.certifiedResidualStandardDeviation == nil)
    #expect(try file.start(1, as: Double.self) == [500, 0.0001])
    #expect(try file.predictors(as: Double.self) == plain.predictors(as: Double.self))
  }

  // MARK: - What is wrong

  @Test func `Values are certified for all parameters or for none`() throws {
    let first = "2.3894212918E+02  2.7070075241E+00"
    let second = "5.5015643181E-04  7.2668688436E-06"
    #expect(
      try error(second, "")
        == .parameterRow(name: "b2", found: 2, at: TextPosition(line: 42, column: 3)))
    #expect(
      try error(first, "")
        == .parameterRow(name: "b2", found: 4, at: TextPosition(line: 42, column: 36)))
  }

  @Test func `Other text is not a StRD file`() {
    #expect(throws: StRDError.notStRD) { try StRDFile("") }
    #expect(throws: StRDError.notStRD) { try StRDFile("y,x\n1,2\n") }
  }

  @Test(arguments: [
    ("Dataset Name:", "dataset name"),
    ("\nModel:", "section “Model:”"),
    ("y = b1*(1-exp[-b2*x])  +  e", "formula of the model"),
    ("Starting values ", "table of starting and certified values"),
    ("Residual Sum of Squares:", "“Residual Sum of Squares:”"),
    ("Residual Standard Deviation:", "“Residual Standard Deviation:”"),
    ("Data:   y               x", "section “Data:”"),
  ])
  func `A missing section is named`(heading: String, section: String) throws {
    guard case .missingSection(section, afterLine: 1...) = try error(heading, "") else {
      Issue.record("no error about \(section)")
      return
    }
  }

  @Test func `A file without rows has no data`() throws {
    let text = try misra1a()
    let heading = try #require(text.ranges(of: "\nData:").last)
    let end = try #require(text[heading.upperBound...].firstIndex(of: "\n"))
    #expect(throws: StRDError.missingSection("row of data", afterLine: 60)) {
      try StRDFile(String(text[...end]))
    }
  }

  @Test func `A malformed number is found by line and column`() throws {
    #expect(
      try error("44.82E0 ", "44,82E0 ")?.position == TextPosition(line: 68, column: 7),
      "a comma is not a point")
    #expect(
      try error("1.2455138894E-01", "1.24551x")
        == .data(
          .malformedNumber(
            text: "1.24551x", quantity: "the residual sum of squares",
            at: TextPosition(line: 44, column: 45))))
    #expect(
      try error("0.0005 ", "O.0005 ")
        == .data(
          .malformedNumber(
            text: "O.0005", quantity: "start 2 of b2", at: TextPosition(line: 42, column: 24))))
    #expect(
      try error("760.0E0", "NaN")
        == .data(
          .nonFiniteValue(
            text: "NaN", quantity: "column x", at: TextPosition(line: 74, column: 19))))
  }

  @Test func `A row with too few or too many values is found by its line`() throws {
    #expect(
      try error("190.8E0", "")
        == .data(
          .raggedRow(expected: 2, found: 1, at: TextPosition(line: 64, column: 14))))
    #expect(
      try error("190.8E0", "190.8E0 7")
        == .data(
          .raggedRow(expected: 2, found: 3, at: TextPosition(line: 64, column: 27))))
    #expect(
      try error("5.5015643181E-04", "")
        == .parameterRow(
          name: "b2", found: 3, at: TextPosition(line: 42, column: 3)))
  }

  @Test func `A file that lost rows is refused`() throws {
    #expect(
      try error("      81.78E0     760.0E0", "")
        == .observationCount(printed: 14, found: 13, afterLine: 60))
  }

  @Test func `A value beyond a type's range is an error in that type only`() throws {
    let file = try StRDFile(misra1a("77.6E0", "77.6E40"))
    #expect(try file.predictors(as: Double.self).first == 77.6e40)
    #expect(
      throws: DataTableError.overflow(
        text: "77.6E40", quantity: "column x", scalar: "Float",
        at: TextPosition(line: 61, column: 20))
    ) {
      try file.predictors(as: Float.self)
    }
  }

  @Test func `Every message names the place and ends as a sentence`() throws {
    let errors = [
      try error("44.82E0 ", "x "), try error("190.8E0", ""), try error("5.5015643181E-04", ""),
      try error("Residual Sum of Squares:", ""),
    ].compactMap(\.self)
    #expect(errors.count == 4)
    for error in errors {
      let line = try #require(error.position).line
      #expect(error.description.contains("line \(line)"), "\(error)")
      #expect(error.description.hasSuffix("."), "\(error)")
    }
  }
}
