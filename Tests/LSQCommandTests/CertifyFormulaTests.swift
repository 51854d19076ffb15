import Testing

/// Certificates of a user's own formula and data, and of files in which nothing is certified.
@Suite struct CertifyFormulaTests {
  /// Fitted by y = −0.05 + 2.02·x, with a sum of squares of 0.018.
  private let line = "x,y\n1,2\n2,3.9\n3,6.1\n4,8\n"

  private func certify(_ arguments: String..., input: String? = nil) -> Outcome {
    lsq(["certify"] + arguments, input: input ?? line)
  }

  private func check(_ outcome: Outcome, _ status: Int32 = 64, says message: String) {
    #expect(outcome.status == status && outcome.output.isEmpty, "\(outcome)")
    #expect(outcome.messageCount == 1 && outcome.error.contains(message), "\(outcome)")
  }

  @Test func `The decimals of a file are exact, to a hundred digits`() {
    let outcome = certify("-", "--model", "a+b*x", "--from", "a=0,b=1")
    let zeros = String(repeating: "0", count: 97)
    #expect(outcome.status == 0, "\(outcome)")
    #expect(outcome.output.hasPrefix("a+b*x: 100 digits, confirmed at "), "\(outcome)")
    #expect(outcome.output.contains(" bits, 2 degrees of freedom\n"), "\(outcome)")
    for value in ["a      -0.0500\(zeros)\n", "b      2.02\(zeros)\n", "SSR    0.0180\(zeros)\n"] {
      #expect(outcome.output.contains(value), "\(value) in \(outcome)")
    }
    // 3·√2/100 and 3·√10/100.
    #expect(outcome.output.contains("sd(b)  0.042426406871192851464050661726290942357090156261"))
    #expect(outcome.output.contains("RSD    0.094868329805051379959966806332981556011586654179"))
  }

  @Test func `There are certificates in JSON and Markdown`() {
    let arguments = ["--model", "a+b*x", "--from", "a=0", "--fix", "b=2", "--digits", "20"]
    let json = lsq(["certify", "-", "--format", "json"] + arguments, input: line)
    #expect(json.status == 0 && json.output.count { $0 == "\n" } == 1, "\(json)")
    #expect(json.output.hasPrefix(#"{"problem":"a+b*x, b = 2","digitsConfirmed":20,"#), "\(json)")
    #expect(json.output.contains(#""ssr":"0.0200000000000000000000","#), "\(json)")
    #expect(json.output.contains(#""fixed":[{"name":"b","value":"2"}]"#), "\(json)")
    let markdown = lsq(["certify", "-", "--format", "markdown"] + arguments, input: line)
    #expect(markdown.output.hasPrefix("### a+b\\*x, b = 2\n\n"), "\(markdown)")
    #expect(markdown.output.contains("\n| SSR | `0.0200000000000000000"), "\(markdown)")
  }

  @Test func `Columns, a response, sigma and a model in a file are read as in compare`() throws {
    try withFile("k = b*x # slope\na + k\n", named: "line.model") { path in
      let arguments = ["-", "--model-file", path, "--columns", "x,y,s", "--from", "a=1,b=1"]
      let data = "1 1 1\n2 3 2\n3 4 1\n4 8 2\n"
      let options = ["--response", "2*y", "--sigma", "s/2", "--digits", "30"]
      let outcome = lsq(["certify"] + arguments + options, input: data)
      #expect(outcome.status == 0, "\(outcome)")
      #expect(outcome.output.hasPrefix("line.model: 30 digits"), "\(outcome)")
      let compared = lsq(
        ["compare"] + arguments + options.dropLast(2)
          + ["--scalars", "mp256", "--format", "json"], input: data)
      let wide = try #require(compared.results().first, "\(compared)")
      for parameter in wide.parameters {
        let error = try #require(parameter.standardError)
        for digits in [parameter.value, error] {
          #expect(outcome.output.contains(digits.prefix(25)), "\(digits) in \(outcome)")
        }
      }
      let relative = lsq(["certify"] + arguments + options + ["--relative-sigma"], input: data)
      #expect(relative.status == 0 && relative.output != outcome.output)
    }
  }

  @Test func `A file of one's own in NIST's form needs no certified values`() throws {
    let text = try Samples.misra1a()
      .replacing("2.3894212918E+02  2.7070075241E+00", with: "")
      .replacing("5.5015643181E-04  7.2668688436E-06", with: "")
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let cut = lines.filter { !$0.hasPrefix("Residual") }.joined(separator: "\n")
    try withFile(cut, named: "own.dat") { path in
      let own = certify(path, "--digits", "40")
      let bundled = certify("misra1a", "--digits", "40")
      #expect(own.status == 0 && own.output == bundled.output, "\(own)")
      let compared = lsq(["compare", path, "--scalars", "double", "--format", "json"])
      let digits = try compared.results().map(\.digits)
      #expect(digits == [nil, nil], "\(compared)")
    }
  }

  @Test func `A problem of NIST's is certified with a parameter held`() throws {
    let outcome = certify("misra1a", "--fix", "b1=240", "--digits", "30")
    let fitted = lsq(
      ["fit", "misra1a", "--fix", "b1=240", "--scalar", "mp256", "--format", "json"])
    let fit = try #require(fitted.results().first, "\(fitted)")
    #expect(outcome.output.hasPrefix("Misra1a, b1 = 240: 30 digits"), "\(outcome)")
    #expect(outcome.output.contains("13 degrees of freedom"), "\(outcome)")
    #expect(outcome.output.contains(fit.parameters[0].value.prefix(28)), "\(outcome)")
  }

  @Test func `What cannot be certified says why`() {
    let data = ["-", "--model", "a*b*x", "--from", "a=1,b=1", "--digits", "10"]
    check(
      lsq(["certify"] + data, input: line), 1, says: "a*b*x: 10 digits could not be confirmed. The")
    check(
      certify("-", "--model", "a+b*log(x)", "--from", "a=1,b=1", input: "x,y\n0,2\n1,3\n2,4\n"),
      65, says: "a+b*log(x): At the start the model is -inf at line 2")
    check(
      certify("-", "--model", "a+b*x", "--from", "a=1,b=1", input: "x,y\n1,2\n2,z\n"), 65,
      says: "standard input: “z” at line 3, column 3 is not a number")
    check(
      certify("-", "--model", "a+b*x", "--from", "a=1,b=1", input: "x,y\n1,2\n"), 65,
      says: "There are fewer rows than parameters (1 and 2)")
  }

  @Test func `Options that do not fit together are refused`() {
    check(certify("-"), says: "This is not a StRD file")
    check(certify("-"), says: "give --model and --from")
    check(certify("-", "--model", "a*x"), says: "--model needs a --from for its parameters")
    check(certify("misra1a", "--from", "b1=1"), says: "--from belongs to a formula")
    check(certify("misra1a", "--sigma", "s"), says: "--sigma belongs to a formula: give --model")
    check(
      certify("misra1a", "--relative-sigma"), says: "--relative-sigma belongs to a formula: give")
    check(
      certify("-", "x.csv", "--model", "a*x", "--from", "a=1"),
      says: "With a formula, name one file with data, not 2.")
    check(
      certify("-", "--model", "a+b*x", "--from", "a=1,b=1", "--fix", "b=1"),
      says: "b is fixed by --fix, but has a start in --from")
    check(
      certify("-", "--model", "a+c*x", "--from", "a=1"),
      says: "--model, column 3: c is neither a column nor a parameter with a start")
    check(certify("misra1a", "--fix", "b7=1"), says: "Misra1a has no parameter b7 for --fix")
    check(
      certify("-", "--model", "a*x", "--from", "a=1", "--digits", "0"), says: "--digits is 0")
    check(certify("rosenbrock"), says: "NIST has no nonlinear regression problem “rosenbrock”")
  }
}
