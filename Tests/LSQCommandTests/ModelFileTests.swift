import Testing

/// Models with definitions, in an option or in a file.
@Suite struct ModelFileTests {
  static let data = "x,y\n1,2\n2,3.9\n3,6.1\n4,8\n"

  /// A fit of a and b to the data, with the text of the model in a file.
  private func fit(_ text: String, _ options: String...) throws -> Outcome {
    try withFile(text, named: "rate.model") { path in
      lsq(
        ["fit", "-", "--model-file", path, "--start", "a=0,b=1"] + options, input: Self.data)
    }
  }

  private func check(_ outcome: Outcome, says message: String) {
    #expect(outcome.status == 64 && outcome.output.isEmpty, "\(outcome)")
    #expect(outcome.messageCount == 1 && outcome.error.contains(message), "\(outcome)")
  }

  @Test(arguments: [
    "a + b*x", "k = b*x\na + k\n", "# A line.\r\nk = b*x  # its slope\r\n\r\na\r\n  + k\r\n",
    "\u{FEFF}k = b*\n  x;\ns = (a\n  + k)\ns",
  ])
  func `A file gives the fit that an option gives`(text: String) throws {
    let inLine = lsq(
      ["fit", "-", "--model", "k = b*x; a+k", "--start", "a=0,b=1", "--format", "json"],
      input: Self.data)
    let outcome = try fit(text, "--format", "json")
    #expect(outcome.status == 0, "\(outcome)")
    let (found, expected) = (try outcome.results()[0], try inLine.results()[0])
    #expect(found.parameters.map(\.value) == expected.parameters.map(\.value))
    #expect(found.ssr == expected.ssr && agree(found.values[1], 2.02, to: 1e-12))
  }

  @Test func `A mistake is reported with file, line and column`() throws {
    let outcome = try fit("# c\n\nk = b*x\n a + exq(k)\n")
    check(outcome, says: "rate.model, line 4, column 6: There is no function 'exq'")
    check(outcome, says: "did you mean exp?\n   a + exq(k)\n       ^\n")
    check(
      try fit("k = b*x\r\n(a + k)*z\r\n"),
      says: "rate.model, line 2, column 9: z is neither a column nor a parameter with a start")
    check(
      try fit("k = b*x\n\n\ny = 2\na+k*y"),
      says: "line 4, column 1: y is defined here, but is a column")
    check(
      try fit("k = b*x\na = 2\na+k"),
      says: "line 2, column 1: a is defined here, but is a parameter")
    check(
      try fit("k = b*x\na+k*1e999"), says: "line 2, column 5: 1e999 is beyond the range of Double")
    check(try fit("k = b*x\na\n"), says: "line 1, column 1: 'k' is defined, but nothing uses it")
    check(try fit("# nothing\n"), says: "rate.model, line 1, column 1: The formula is empty")
  }

  @Test func `Characters that are not seen are shown, and the caret stands right`() throws {
    let outcome = lsq(
      ["fit", "-", "--model", "a\u{1B}[31m+\0b*x", "--start", "a=0,b=1"], input: Self.data)
    check(
      outcome,
      says: #"--model, column 2: '\u{1B}' has no meaning in a formula; "#)
    check(outcome, says: "\n  a\\u{1B}[31m+\\0b*x\n   ^\n")
    let late = lsq(
      ["fit", "-", "--model", "a+\n\tb*z\u{200B}", "--start", "a=0,b=1"], input: Self.data)
    check(late, says: "column 8: '\\u{200B}' has no")
    check(late, says: "\n  a+\\n b*z\\u{200B}\n          ^\n")
    check(try fit("k = b*x\n\ta +\u{7}z\n"), says: "\n   a +\\u{07}z\n      ^\n")
    check(try fit("\ta + k*b\n"), says: "\n   a + k*b\n       ^\n")
    // A character of another width leaves no place to point at.
    check(try fit("a + \u{1F600}\n"), says: "and parentheses.\n")
  }

  @Test func `Other messages show what is not seen as well`() {
    let start = lsq(["fit", "-", "--model", "a*x", "--start", "a=\u{1B}[2J"], input: Self.data)
    check(start, says: #"“\u{1B}[2J”, the start of a, is not"#)
    let cell = lsq(
      ["fit", "-", "--model", "a*x", "--start", "a=1"], input: "x,y\n1,2\n2,\u{9B}3\n")
    #expect(cell.status == 65 && cell.error.contains(#"“\u{009B}3” at line 3"#), "\(cell)")
    let name = lsq(["compare", "mis\u{202E}ra"])
    #expect(name.status == 64 && name.error.contains(#"“mis\u{202E}ra”"#), "\(name)")
    let title = lsq(
      ["compare", "-", "--model", "a\n*x", "--from", "a=1", "--scalars", "double"],
      input: Self.data)
    #expect(title.output.hasPrefix("a\\n*x: 1 parameter, 4 observations\n"), "\(title)")
  }

  @Test func `The name of a problem's file commands no terminal`() throws {
    let text = try Samples.misra1a().replacing("Misra1a", with: "\u{1B}[2J\u{202E}a")
    try withFile(text, named: "own.dat") { path in
      for call in [
        ["compare", path, "--scalars", "double"], ["certify", path, "--digits", "5"],
        ["trace", path], ["trace", path, "--against", "float"],
        ["compare", path, "--scalars", "double", "--format", "markdown"],
        ["certify", path, "--digits", "5", "--format", "markdown"],
      ] {
        let outcome = lsq(call)
        #expect(outcome.status == 0 && outcome.output.contains(#"\u{202E}a"#), "\(outcome)")
        #expect(
          !outcome.output.unicodeScalars.contains { ["\u{1B}", "\u{202E}"].contains($0) })
      }
    }
  }

  @Test func `A definition in an option is checked as well`() {
    func call(_ model: String, _ options: String...) -> Outcome {
      lsq(["fit", "-", "--model", model, "--start", "a=0,b=1"] + options, input: Self.data)
    }
    check(
      call("y = a+b*x; y"),
      says:
        "--model, column 1: y is defined here, but is a column as well; rename the definition.\n"
        + "  y = a+b*x; y\n  ^\n")
    check(call("a = 2; a+b*x"), says: "column 1: a is defined here, but is a parameter of --start")
    check(call("k = k+1; k"), says: "--model, column 5: 'k' is used where it is not yet defined")
    check(
      call("a+b*x", "--response", "x = 2; x*y"),
      says: "--response, column 1: x is defined here, but is a column")
    let outcome = call("a+b*x", "--response", "h = y/2; 2*h", "--format", "json")
    #expect(outcome.status == 0, "\(outcome)")
  }

  @Test func `Where the model comes from is said once`() throws {
    check(try fit("a+b*x", "--model", "a"), says: "--model and --model-file both give the model")
    check(
      lsq(["fit", "-", "--model-file", "-", "--start", "a=1"], input: Self.data),
      says: "cannot both come from standard input")
    check(
      lsq(["fit", "x.csv", "--model-file", "m"]), says: "--model-file needs a --start")
    let missing = lsq(
      ["fit", "-", "--model-file", "none.model", "--start", "a=1"], input: Self.data)
    #expect(missing.status == 65 && missing.error.contains("none.model: There is no such file"))
    try withFile(Self.data, named: "data.csv") { path in
      let outcome = lsq(
        ["fit", path, "--model-file", "-", "--start", "a=0,b=1"], input: "k = b*x\na+k\n")
      #expect(outcome.status == 0, "\(outcome)")
      check(
        lsq(["fit", path, "--model-file", "-", "--start", "a=0,b=1"], input: "k = b*x\na+\n"),
        says: "standard input, line 3, column 1: The formula stops")
    }
  }
}
