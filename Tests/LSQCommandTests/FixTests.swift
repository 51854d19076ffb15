import Foundation
import Testing

/// Parameters that are held.
@Suite struct FixTests {
  private func fit(
    _ model: String, _ start: String, _ fix: String, _ options: String...
  ) -> Outcome {
    lsq(
      ["fit", "-", "--model", model, "--start", start, "--fix", fix] + options,
      input: "x,y\n1,2\n2,3.9\n3,6.1\n4,8\n")
  }

  private struct Fixed: Decodable, Equatable {
    struct Value: Decodable, Equatable {
      var name: String
      var value: String
    }
    var fixed: [Value]
  }

  @Test func `A fixed parameter is a constant of the model`() throws {
    let outcome = fit("a*x^n+c", "a=1", "n=2, c=-.5", "--format", "json")
    let written = lsq(
      ["fit", "-", "--model", "a*x^2-.5", "--start", "a=1", "--format", "json"],
      input: "x,y\n1,2\n2,3.9\n3,6.1\n4,8\n")
    #expect(outcome.status == 0, "\(outcome)")
    let (found, expected) = (try outcome.results()[0], try written.results()[0])
    #expect(found.parameters.map(\.name) == ["a"] && found.degreesOfFreedom == 3)
    #expect(found.parameters[0].value == expected.parameters[0].value)
    #expect(found.parameters[0].standardError == expected.parameters[0].standardError)
    #expect(found.covariance == expected.covariance && found.ssr == expected.ssr)
    let fixed = try JSONDecoder().decode(Fixed.self, from: Data(outcome.output.utf8)).fixed
    #expect(fixed == [.init(name: "n", value: "2"), .init(name: "c", value: "-.5")])
    let none = try JSONDecoder().decode(Fixed.self, from: Data(written.output.utf8)).fixed
    #expect(none.isEmpty)
  }

  @Test func `The table says what is fixed, and at what`() {
    let table = fit("a*x^n+c", "a=1", "n=2,c=0.10")
    let rows = table.output.split(separator: "\n").map { $0.split(separator: " ") }
    #expect(
      rows.contains(["n", "2", "fixed"]) && rows.contains(["c", "0.10", "fixed"]), "\(table)")
    let markdown = fit("a*x^n+c", "a=1", "n=2,c=0.10", "--format", "markdown")
    #expect(markdown.output.contains("| c | 0.10 | fixed |  |\n"), "\(markdown)")
  }

  @Test func `A fixed value is exact at every precision`() throws {
    // Σ(y − 0.1·x)/4 = 4.75, which no binary number but the decimal 0.1 gives.
    for options in [["--digits", "40"], ["--scalar", "double", "--correctly-rounded"]] {
      let outcome = lsq(
        ["fit", "-", "--model", "a+b*x", "--start", "a=1", "--fix", "b=0.1", "--format", "json"]
          + options, input: "x,y\n1,2\n2,3.9\n3,6.1\n4,8\n")
      #expect(outcome.status == 0, "\(outcome)")
      #expect(try outcome.results()[0].parameters[0].value.hasPrefix("4.75"), "\(outcome)")
    }
    let wide = fit("a+b*x", "a=1", "b=0.1", "--digits", "40")
    #expect(
      wide.output.contains("a          4.750000000000000000000000000000000000000  "), "\(wide)")
  }

  @Test func `A problem of NIST's loses a parameter, and its start`() throws {
    for start in ["1", "2", "b2=0.0005"] {
      let outcome = lsq(
        ["fit", "Misra1a", "--fix", "b1=240", "--start", start, "--format", "json"])
      #expect(outcome.status == 0, "\(outcome)")
      let result = try outcome.results()[0]
      #expect(result.parameters.map(\.name) == ["b2"] && result.degreesOfFreedom == 13)
      #expect(agree(result.values[0], 0.0005473346331526743, to: 1e-12))
    }
  }

  private func check(_ outcome: Outcome, says message: String) {
    #expect(outcome.status == 64 && outcome.output.isEmpty, "\(outcome)")
    #expect(outcome.messageCount == 1 && outcome.error.contains(message), "\(outcome)")
  }

  @Test func `Wrong values are refused`() {
    check(fit("a+b*x", "a=1", "b=2, b=3"), says: "--fix, column 6: b has two fixed values; give")
    check(
      fit("a+b*x", "a=1", "b"), says: "--fix, column 1: “b” is not a fixed value; write name=value")
    check(fit("a+b*x", "a=1", ""), says: "--fix, column 1: “” is not a fixed value")
    check(
      fit("a+b*x", "a=1", "b=nan"), says: "“nan”, the fixed value of b, is not a finite decimal")
    check(fit("a+b*x", "a=1", "b=1=2"), says: "separate fixed values with commas")
    check(fit("a+b*x", "a=1", "pi=3"), says: "“pi” cannot name a parameter")
    check(
      fit("a+b*x", "a=1", "b=1e400"),
      says: "The fixed value 1e400 of b is beyond the range of double; take a wider scalar.")
  }

  @Test func `Names that do not fit together are refused`() {
    check(fit("a+b*x", "a=1,b=1", "b=2"), says: "b is fixed by --fix, but has a start in --start")
    check(fit("a+b*x", "a=1,b=1", "c=2"), says: "c is fixed but does not occur in the model")
    check(
      fit("a+b*x", "a=1", "c=2"),
      says:
        "--model, column 3: b is neither a column nor a parameter with a start; columns are x, y, "
        + "parameters are a, fixed are c.\n  a+b*x\n    ^\n")
    check(fit("a+b*x", "a=1", "x=2"), says: "x is both a column and a parameter of --fix")
    check(
      fit("b = 2; a+b*x", "a=1", "b=2"),
      says: "--model, column 1: b is defined here, but is a parameter of --fix as well")
    check(
      lsq(["fit", "-", "--model", "a+b*x", "--fix", "a=1,b=2"], input: "x,y\n1,2\n"),
      says: "--fix holds every parameter; leave at least one to be fitted.")
    check(
      lsq(["fit", "-", "--model", "a+b*x", "--fix", "a=1"], input: "x,y\n1,2\n"),
      says: "b is neither a column nor a parameter with a start; columns are x, y, fixed are a; "
        + "give starts by --start.")
    check(
      lsq(["fit", "Misra1a", "--fix", "b1=1,b2=2"]), says: "--fix holds every parameter; leave at")
    check(lsq(["fit", "Misra1a", "--fix", "b3=1"]), says: "Misra1a has no parameter b3 for --fix")
    check(
      lsq(["fit", "Misra1a", "--fix", "b1=1", "--start", "b1=1,b2=2"]),
      says: "b1 is fixed by --fix, but has a start")
  }
}
