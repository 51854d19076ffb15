import Testing

/// Standard deviations that are computed from columns.
@Suite struct SigmaTests {
  private func fit(
    _ sigma: String, _ options: String..., input: String = Samples.weighted
  ) -> Outcome {
    lsq(
      ["fit", "-", "--model", "a+b*x", "--start", "a=0,b=1", "--sigma", sigma] + options,
      input: input)
  }

  @Test(arguments: ["1*s", "(1e30 + s) - 1e30", "k = s/3; 3*k", "abs(x)*0 + max(s, 1)"])
  func `A formula gives what the column does`(formula: String) throws {
    for options in [["--scalar", "float"], [], ["--digits", "30"], ["--correctly-rounded"]] {
      func result(_ sigma: String) throws -> ResultLine {
        let outcome = lsq(
          [
            "fit", "-", "--model", "a+b*x", "--start", "a=0,b=1", "--format", "json", "--sigma",
            sigma,
          ] + options, input: Samples.weighted)
        #expect(outcome.status == 0, "\(outcome)")
        return try outcome.results()[0]
      }
      let (found, expected) = (try result(formula), try result("s"))
      #expect(found.parameters.map(\.value) == expected.parameters.map(\.value))
      #expect(found.standardErrors == expected.standardErrors && found.ssr == expected.ssr)
      #expect(found.accuracy?.sentences == expected.accuracy?.sentences)
    }
  }

  @Test func `A column named pi is not taken for π`() {
    for options in [["--model", "a*pi"], ["--model", "a", "--response", "pi"]] {
      let outcome = lsq(["fit", "-", "--start", "a=1"] + options, input: "pi,y\n1,2.1\n2,3.9\n")
      #expect(outcome.status == 64, "\(outcome)")
      #expect(
        outcome.error.contains(
          "pi is a column, but stands for π in a formula; rename the column."))
    }
  }

  @Test func `Weights are the reciprocals of squares`() throws {
    // σ = 0.1·y, as for relative errors: a and b from the normal equations in 1/y².
    let outcome = fit("0.1*y", "--relative-sigma", "--format", "json")
    let rows = [(0.0, 1.0), (1, 3), (2, 4), (3, 8)].map { (1 / ($0.1 * $0.1), $0.0, $0.1) }
    func sum(_ term: (Double, Double) -> Double) -> Double {
      rows.reduce(0) { $0 + $1.0 * term($1.1, $1.2) }
    }
    let (w, x, y) = (sum { _, _ in 1 }, sum { x, _ in x }, sum { _, y in y })
    let (xx, xy) = (sum { x, _ in x * x }, sum { x, y in x * y })
    let slope = (w * xy - x * y) / (w * xx - x * x)
    let values = try outcome.results()[0].values
    #expect(agree(values[1], slope, to: 1e-12) && agree(values[0], (y - slope * x) / w, to: 1e-12))
  }

  @Test func `Names of columns that are no names of formulas still are columns`() {
    for name in ["σ", "std dev", "max", "0.5*s"] {
      let input = Samples.weighted.replacing("x,y,s\n", with: "x,y,\(name)\n")
      let outcome = fit(name, "--format", "json", input: input)
      #expect(outcome.status == 0 && outcome.output.contains(#""ssr":"0.98275862"#), "\(outcome)")
    }
  }

  @Test func `A value that is not positive is reported with its line`() {
    func check(_ sigma: String, _ options: String..., says message: String) {
      let outcome = lsq(
        ["fit", "-", "--model", "a+b*x", "--start", "a=0,b=1", "--sigma", sigma] + options,
        input: Samples.weighted)
      #expect(outcome.status == 65 && outcome.output.isEmpty, "\(outcome)")
      #expect(outcome.error.contains(message), "\(outcome)")
    }
    check(
      "2-x",
      says: "standard input: The standard deviation 2-x is 0.0 at line 4, but has to be positive")
    check(
      "1.5-x", says: "The standard deviation 1.5-x is -0.5 at line 4, but has to be positive and")
    check(
      "1/x",
      says:
        "The standard deviation 1/x is inf at line 2, but has to be positive and finite in double")
    check("log(x-1)", says: "is nan at line 2")
    check(
      "1e60*s", "--scalar", "float",
      says: "is inf at line 2, but has to be positive and finite in float")
    check("x", says: "The standard deviation 0 at line 2, column 1 is not positive")
    check(
      "((1+1e-1228*s)-1)*1e1228",
      says: "at line 2 is what cancellation leaves of far larger numbers; write it in another way")
  }

  @Test func `A formula that is wrong is reported with its column`() {
    func check(_ sigma: String, says message: String) {
      let outcome = fit(sigma)
      #expect(outcome.status == 64 && outcome.output.isEmpty, "\(outcome)")
      #expect(outcome.messageCount == 1 && outcome.error.contains(message), "\(outcome)")
    }
    check("z", says: "--sigma: There is no column z; columns are x, y, s.")
    check("2*z", says: "--sigma, column 3: z is not a column; columns are x, y, s.\n  2*z\n    ^\n")
    check("0.1*a", says: "--sigma, column 5: a is not a column")
    check("0.1*", says: "--sigma, column 5: The formula stops")
    check("", says: "--sigma, column 1: The formula is empty")
    check("y = 2; y*s", says: "--sigma, column 1: y is defined here, but is a column")
  }

  @Test func `A comparison takes a formula as well`() {
    let outcome = lsq(
      [
        "compare", "-", "--model", "a+b*x", "--from", "a=0,b=1", "--sigma", "2*s/2", "--scalars",
        "double", "--format", "json",
      ], input: Samples.weighted)
    #expect(outcome.status == 0 && outcome.output.contains(#""ssr":"0.98275862"#), "\(outcome)")
  }
}
