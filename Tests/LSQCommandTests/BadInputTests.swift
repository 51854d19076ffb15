import Testing

/// A call that must fail, with the status and what the message must say.
struct BadCall: CustomTestStringConvertible, Sendable {
  var arguments: [String]
  var input = "x,y\n1,2\n2,3.9\n3,6.1\n4,8\n"
  var status: Int32
  var message: [String]

  var testDescription: String { arguments.joined(separator: " ") }

  /// A fit of a line.
  static func fit(
    _ model: String = "a+b*x", start: String = "a=0,b=1", options: [String] = [],
    input: String? = nil, status: Int32 = 64, says message: String...
  ) -> Self {
    var call = Self(
      arguments: ["fit", "-", "--model", model, "--start", start] + options, status: status,
      message: message)
    if let input { call.input = input }
    return call
  }

  static func compare(_ arguments: String..., says message: String...) -> Self {
    Self(arguments: ["compare"] + arguments, status: 64, message: message)
  }
}

@Suite struct `Bad input` {
  private func check(_ call: BadCall) {
    let outcome = lsq(call.arguments, input: call.input)
    #expect(outcome.status == call.status, "\(outcome)")
    #expect(outcome.output.isEmpty, "\(outcome)")
    #expect(outcome.messageCount == 1, "\(outcome)")
    #expect(outcome.error.hasPrefix("lsq: ") && outcome.error.hasSuffix("\n"), "\(outcome)")
    #expect(!outcome.error.lowercased().contains("usage:"), "\(outcome)")
    for text in call.message { #expect(outcome.error.contains(text), "“\(text)” in \(outcome)") }
  }

  @Test(arguments: [
    BadCall.fit("a+b*", says: "--model, column 5:", "\n  a+b*\n      ^\n"),
    .fit("", says: "--model, column 1:", "empty"),
    .fit("a+exq(x)", says: "--model, column 3:", "did you mean exp?"),
    .fit("a+b*x+2z", says: "--model, column 8:"),
    .fit(
      "a+b*z", says: "--model, column 5: z is neither", "columns are x, y", "parameters are a, b"),
    .fit("a+b*x+1e400", says: "--model, column 7:", "1e400"),
    .fit(options: ["--response", "z"], says: "--response: There is no column z", "x, y"),
    .fit(options: ["--response", "2*z"], says: "--response, column 3: z is not a column", "x, y"),
    .fit(options: ["--response", "log(y"], says: "--response, column 4:"),
    .fit(input: "x,z\n1,2\n2,3\n", says: "no column y", "--response"),
    .fit(input: "1 2\n2 3\n3 4\n", says: "--columns"),
  ])
  func `Formulas`(call: BadCall) { check(call) }

  @Test(arguments: [
    BadCall.compare("Misra1a", "--sigma", "s", says: "--sigma belongs", "--model"),
    .compare("Misra1a", "--columns", "x,y", says: "--columns belongs", "--model"),
    .compare("rosenbrock", "--response", "y", says: "--response belongs", "--model"),
    .compare(
      "-", "--model", "a*x", "--from", "a=1", "--start", "2", says: "--start", "--from"),
  ])
  func `Options of compare that go with a formula, or with a problem of NIST's`(call: BadCall) {
    check(call)
  }

  @Test(arguments: [
    BadCall.fit(start: "", says: "--start, column 1:"),
    .fit(start: "a=0,b", says: "--start, column 5:", "name=value"),
    .fit(start: "a=0,b=", says: "--start, column 5:"),
    .fit(start: "a=0,,b=1", says: "--start, column 5:"),
    .fit(start: "a=0 b=1", says: "--start, column 1:", "commas"),
    .fit(start: "a=0,b=inf", says: "--start, column 5:", "inf"),
    .fit(start: "a=0,b=0x10", says: "--start, column 5:", "0x10"),
    .fit(start: "a==1", says: "“=1”, the start of a", "write it like 205"),
    .fit(start: "a=0, b=1, a=2", says: "--start, column 11: a has two starts"),
    .fit(start: "a=0,exp=1", says: "--start, column 5:", "“exp”"),
    .fit(start: "a=0,b=1,x=2", says: "x is both a column and a parameter"),
    .fit(start: "a=0,b=1,c=2", says: "c has a start but does not occur"),
    .fit(start: "a=0,b=1e400", says: "1e400", "double"),
  ])
  func `Starts`(call: BadCall) { check(call) }

  @Test(arguments: [
    BadCall.fit(options: ["--digits", "0"], says: "--digits is 0", "1 to 10000"),
    .fit(options: ["--digits", "10001"], says: "10001", "1 to 10000"),
    .fit(options: ["--digits", "99999999999999999999"], says: "99999999999999999999"),
    .fit(options: ["--digits", "many"], says: "many", "--digits"),
    .fit(options: ["--digits", "30", "--scalar", "double"], says: "--digits", "--scalar"),
    .fit(options: ["--digits", "30", "--tolerance", "minpack"], says: "--digits", "minpack"),
    .fit(options: ["--scalar", "quad"], says: "“quad”", "mpN"),
    .fit(options: ["--scalar", "mp"], says: "“mp”"),
    .fit(options: ["--scalar", "mp23"], says: "23 bits", "24 to 73728"),
    .fit(options: ["--scalar", "mp73729"], says: "73729 bits"),
    .fit(options: ["--scalar", "mp99999999999999999999"], says: "24 to 73728"),
    .fit(options: ["--max-evaluations", "0"], says: "--max-evaluations is 0"),
    .fit(options: ["--format", "xml"], says: "xml", "json"),
    .fit(options: ["--jacobian", "guess"], says: "guess", "exact"),
    .fit(options: ["--tolerance", "loose"], says: "loose", "tight"),
    .fit(options: ["--bogus"], says: "--bogus"),
    .fit(options: ["more.csv"], says: "more.csv"),
    .fit(options: ["--sigma", "s"], says: "--sigma", "no column s", "x, y"),
    .fit(options: ["--columns", "x,x"], says: "--columns", "“x”"),
    .fit(options: ["--columns", ""], says: "--columns"),
    BadCall(arguments: ["fit"], status: 64, message: ["<data>"]),
    BadCall(arguments: ["fit", "-"], status: 64, message: ["--model"]),
    BadCall(
      arguments: ["bogus"], status: 64, message: ["“bogus”", "the commands are compare, fit"]),
    BadCall(arguments: ["fiit", "-"], status: 64, message: ["“fiit”", "did you mean fit?"]),
    BadCall(arguments: ["help", "fiit"], status: 64, message: ["“fiit”", "did you mean fit?"]),
    BadCall(
      arguments: ["certify", "-", "--model", "a*x", "--from", "a=1", "--scalars", "double"],
      status: 64, message: ["Unknown option '--scalars'"]),
    .fit(options: ["--relative-sigma"], says: "--relative-sigma says how --sigma is meant"),
  ])
  func `Options`(call: BadCall) { check(call) }

  @Test(arguments: [
    BadCall.fit(input: "", status: 65, says: "empty"),
    .fit(input: "x,y\n", status: 65, says: "line 1"),
    .fit(input: "x,y\n1,2\n2\n", status: 65, says: "line 3, column 2"),
    .fit(input: "x,y\n1,2\n2,abc\n3,4\n", status: 65, says: "“abc” at line 3, column 3"),
    .fit(input: "x,y\n1,2\n2,\n3,4\n", status: 65, says: "line 3, column 3"),
    .fit(input: "x,y\n1,2\n2,nan\n3,4\n", status: 65, says: "“nan” at line 3, column 3"),
    .fit(input: "x,y\n1,2\ninf,3\n3,4\n", status: 65, says: "“inf” at line 3, column 1"),
    .fit(input: "x,y\n1,2\n2,1e400\n3,4\n", status: 65, says: "“1e400” at line 3, column 3"),
    .fit(input: "x,y\n1,2\n", status: 65, says: "fewer rows than parameters", "1 and 2"),
    .fit(input: "x,x\n1,2\n", status: 65, says: "line 1, column 3"),
    .fit(input: "\u{FEFF}x,x\n1,2\n", status: 65, says: "line 1, column 3"),
    .fit(
      options: ["--sigma", "s"], input: "x,y,s\n1,2,1\n2,3,0\n3,4,1\n", status: 65,
      says: "line 3, column 5"),
    .fit(
      options: ["--sigma", "s"], input: "x,y,s\n1,2,1\n2,3,-1\n3,4,1\n", status: 65,
      says: "-1 at line 3, column 5"),
    .fit(
      options: ["--response", "log(y)"], input: "x,y\n1,2\n2,0\n3,4\n", status: 65,
      says: "log(y) is -inf at line 3"),
    .fit(
      options: ["--scalar", "float"], input: "x,y\n1,2\n2,1e-50\n3,4\n", status: 65,
      says: "“1e-50” at line 3, column 3", "too small for Float"),
    .fit(
      "a+b*log(x)", input: "# note\nx,y\n1,2\n\n0,2\n3,4\n", status: 65,
      says: "At the start the model is", "inf at line 5"),
    .fit(
      "a+x^b", start: "a=0,b=-1", input: "x,y\n1,2\n0,2\n3,4\n", status: 65, says: "inf at line 3"
    ),
    .fit(
      "a+sqrt(b)*x", start: "a=0,b=0", status: 65, says: "derivative of the model by b", "line 2"),
    .fit(options: ["--columns", "x,y"], status: 65, says: "“x” at line 1, column 1"),
    BadCall(
      arguments: ["fit", "", "--model", "a*x", "--start", "a=1"], status: 65,
      message: ["The name of a file is empty; give a file"]),
    BadCall(
      arguments: ["fit", "nosuch.csv", "--model", "a*x", "--start", "a=1"], status: 65,
      message: ["nosuch.csv: There is no such file"]),
    BadCall(
      arguments: ["fit", "/", "--model", "a*x", "--start", "a=1"], status: 65,
      message: ["cannot be read"]),
  ])
  func `Data`(call: BadCall) { check(call) }

  @Test(arguments: [
    BadCall(
      arguments: ["compare", "nosuch.csv"], status: 65, message: ["nosuch.csv: There is no such"]),
    BadCall(arguments: ["certify", "/"], status: 65, message: ["/: This cannot be read"]),
    BadCall(arguments: ["fit", ""], status: 65, message: ["The name of a file is empty"]),
    BadCall(
      arguments: ["certify", "-"], status: 64, message: ["standard input: This is not a StRD file"]),
  ])
  func `What can only be a file is no unknown problem`(call: BadCall) { check(call) }

  @Test func `A number in a problem's file is placed once`() throws {
    let text = try Samples.misra1a().replacing("500         250", with: "500         2,5")
    try withFile(text, named: "own.dat") { path in
      for command in ["compare", "fit", "certify", "trace"] {
        let outcome = lsq([command, path])
        let count = outcome.error.split(separator: "line 41, column 22").count - 1
        #expect(outcome.status == 65 && count == 1, "\(outcome)")
      }
    }
  }

  @Test func `Bytes that are not UTF-8`() {
    let outcome = lsq(
      ["fit", "-", "--model", "a*x", "--start", "a=1"],
      input: Array("x,y\n1,2\n".utf8) + [0xFF, 0xFE] + Array(",3\n".utf8))
    #expect(outcome.status == 65)
    #expect(
      outcome.error == "lsq: standard input: Line 3 is not UTF-8 text; save the file as UTF-8.\n")
  }

  @Test(arguments: [
    BadCall.compare(says: "<problem>"),
    .compare("Nope", says: "“Nope”", "Misra1a", "Test functions are", "osborne-1, osborne-2"),
    .compare("Misra1", says: "did you mean", "Misra1a"),
    .compare("rosenbrok", says: "no problem “rosenbrok”; did you mean rosenbrock?\n"),
    .compare("osborne", says: "did you mean osborne-1, osborne-2?"),
    .compare("Misra1a", "--start", "3", says: "'3'", "both"),
    .compare("Misra1a", "--scalars", "double,,float", says: "“”"),
    .compare("Misra1a", "--scalars", "double,mp7", says: "7 bits"),
    BadCall(arguments: ["compare", "nosuch.dat"], status: 65, message: ["no such file"]),
  ])
  func `Problems`(call: BadCall) { check(call) }

  @Test(arguments: [
    BadCall.fit(
      input: "x,y\n1,2\n2,nan\n3,4\n", status: 65,
      says: "line 3, column 3", "is not a finite number; correct it or remove the row"),
    .fit(
      input: "x,y\n1,2\n2,1e999\n3,4\n", status: 65,
      says: "line 3, column 3", "too large for Double"),
    .fit(input: "x;y\n1;2\n2;3\n", status: 65, says: "Semicolons", "line 1, column 1"),
    .fit(options: ["--digits", "-1"], says: "--digits is -1", "1 to 10000"),
    .compare("Misra1a", "--digits", "-3", says: "--digits is -3", "1 to 10000"),
    .compare("Misra1a", "--model", "a*x", says: "--model needs a --from"),
    BadCall(
      arguments: ["certify", "Misra1a", "--digits", "-3"], status: 64,
      message: ["--digits is -3", "1 to 10000"]),
    .compare("-", "--model", "a*x", "--from", "a=1,b=2", says: "b has a start", "from --from"),
    .fit(
      options: ["--scalar", "mp128"], input: "x,y\n1,2\n2,1e999999999999999999999\n3,4\n",
      status: 65,
      says: "too large for MPFloat of 128 bits"),
    .fit(options: ["--correctly-rounded", "--digits", "9"], says: "drop --digits"),
    .fit(options: ["--correctly-rounded", "--jacobian", "central"], says: "--jacobian exact"),
    .fit(options: ["--residual-precision", "1e-8"], says: "add --jacobian forward"),
    .fit(
      options: ["--jacobian", "forward", "--residual-precision", "auto", "--digits", "9"],
      says: "drop --digits"),
    .fit(
      options: ["--jacobian", "forward", "--residual-precision", "-1e-8"],
      says: "“-1e-8”", "between 0 and 1"),
    .fit(options: ["--jacobian", "forward", "--residual-precision", "loud"], says: "“loud”"),
    .fit(options: ["--jacobian", "forward", "--residual-precision", "1"], says: "between 0 and 1"),
    .fit(options: ["--jacobian", "forward", "--residual-precision", "0"], says: "between 0 and 1"),
    .fit(
      options: ["--jacobian", "forward", "--residual-precision", "1e-400"],
      says: "--residual-precision 1e-400 is too small for double; take a wider scalar."),
    .fit(
      options: ["--scalar", "mp40000", "--correctly-rounded"],
      says: "--correctly-rounded takes 12334 digits for mp40960", "at most 10000",
      "take a narrower scalar"),
    BadCall(
      arguments: ["trace", "Misra1a", "--format", "json"], status: 64, message: ["--format"]),
    .fit(options: ["--max-evaluations", "-1"], says: "--max-evaluations is -1"),
    .fit(
      "a*x+abs(b)*x^2", start: "a=1,b=0", options: ["--max-evaluations", "1"],
      input: "x,y\n1,2\n2,3\n3,5\n", status: 65, says: "derivative of the model by b is nan"),
  ])
  func `Numbers that cannot be meant`(call: BadCall) { check(call) }

  @Test func `A record of an unknown solver is named by its line`() throws {
    try withFile("{\"solver\":\"lmfoo\",\"id\":\"a\"}\n", named: "runs.jsonl") { path in
      check(
        BadCall(
          arguments: ["replay", path], status: 65,
          message: ["line 1", "“solver” has an unknown value"]))
    }
  }

  @Test(arguments: ["[]", "null", "1", "x"])
  func `A line that is no record says so`(line: String) {
    check(
      BadCall(
        arguments: ["replay", "-"], input: line + "\n", status: 65,
        message: ["standard input, line 1: This is not a JSON object"]))
  }

  @Test func `Lines of records may end in CR and LF`() throws {
    let line = "{\"solver\":\"lmfoo\",\"id\":\"a\"}\r\n"
    try withFile("\r\n" + line, named: "runs.jsonl") { path in
      check(
        BadCall(
          arguments: ["replay", path], status: 65,
          message: ["line 2", "“solver” has an unknown value"]))
    }
  }

  @Test func `A record with too few numbers is named by its line`() throws {
    let record =
      "{\"precision\":\"double\",\"problem\":1,\"n\":5,\"m\":10,\"point\":\"start\","
      + "\"x\":[\"0x1p+0\"],\"f\":[]}\n"
    try withFile(record, named: "values.jsonl") { path in
      check(
        BadCall(
          arguments: ["replay", path], status: 65,
          message: ["line 1", "“x” has 1 numbers", "call for 5"]))
    }
  }

  @Test func `A record of a size that its problem does not have is named by its line`() throws {
    let record =
      "{\"precision\":\"double\",\"problem\":4,\"n\":0,\"m\":0,\"point\":\"start\",\"x\":[],\"f\":[]}\n"
    try withFile(record, named: "values.jsonl") { path in
      check(
        BadCall(
          arguments: ["replay", path], status: 65,
          message: ["line 1", "not defined for 0 parameters"]))
    }
  }

  @Test func `Files that are no problems`() throws {
    try withFile("x,y\n1,2\n", named: "data.dat") { path in
      check(
        BadCall(
          arguments: ["compare", path], status: 65, message: ["data.dat: This is not a StRD"]))
    }
    try withFile("x,y\n1,2\n", named: "data.csv") { path in
      check(
        BadCall(arguments: ["compare", path], status: 64, message: ["StRD", "--model and --from"]))
    }
  }

  @Test(arguments: [["--help"], ["fit", "--help"], ["compare", "--help"], ["help", "fit"], []])
  func `Help goes to standard output with status 0`(arguments: [String]) {
    let outcome = lsq(arguments)
    #expect(outcome.status == 0)
    #expect(outcome.error.isEmpty)
    #expect(outcome.output.contains("USAGE: lsq"))
  }
}
