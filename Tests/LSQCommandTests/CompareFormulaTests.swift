import Testing

/// What `compare` takes as `fit` does: parameters that are held, and models in files.
@Suite struct CompareFormulaTests {
  private let line = "x,y\n1,2\n2,3.9\n3,6.1\n4,8\n"

  private func compare(_ arguments: String...) -> Outcome {
    lsq(["compare"] + arguments, input: line)
  }

  private func check(_ outcome: Outcome, says message: String) {
    #expect(outcome.status == 64 && outcome.output.isEmpty, "\(outcome)")
    #expect(outcome.messageCount == 1 && outcome.error.contains(message), "\(outcome)")
  }

  @Test func `A formula in a file, with a parameter held, is what fit makes of it`() throws {
    try withFile("k = b*x  # the slope\na + k\n", named: "line.model") { path in
      let arguments = ["-", "--model-file", path, "--fix", "b=0.1", "--format", "json"]
      let fit = try lsq(
        ["fit"] + arguments + ["--start", "a=1", "--scalar", "mp128"], input: line
      ).results()
      let compared = lsq(
        ["compare"] + arguments + ["--from", "a=1", "--scalars", "float,mp128"], input: line)
      #expect(compared.status == 0, "\(compared)")
      let results = try compared.results()
      #expect(results.map(\.scalar) == ["float", "mp128"])
      #expect(results[1].parameters.map(\.name) == ["a"])
      #expect(results[1].parameters[0].value == fit[0].parameters[0].value)
      #expect(results[1].degreesOfFreedom == 3 && results[1].ssr == fit[0].ssr)
      #expect(results[1].problem == "line.model, b = 0.1")
      let lines = compared.output.split(separator: "\n")
      #expect(
        lines.allSatisfy { $0.contains(#""fixed":[{"name":"b","value":"0.1"}]"#) }, "\(compared)")
    }
  }

  @Test func `Sigma can be relative`() throws {
    let errors = try ["--sigma", "--relative-sigma"].map { last in
      let arguments =
        ["compare", "-", "--model", "a+b*x", "--from", "a=1,b=1", "--scalars", "double"]
        + ["--format", "json", "--sigma", "s"] + (last == "--sigma" ? [] : [last])
      return try lsq(arguments, input: Samples.weighted).results()[0]
    }
    let scale = try #require(errors[1].residualStandardDeviation.flatMap { Double($0) })
    for (known, relative) in zip(errors[0].standardErrors, errors[1].standardErrors) {
      #expect(agree(relative, known * scale, to: 1e-12))
    }
  }

  @Test func `A problem of NIST's loses a parameter, and what is certified`() throws {
    let outcome = compare("Misra1a", "--fix", "b1=240", "--scalars", "double", "--format", "json")
    #expect(outcome.status == 0, "\(outcome)")
    let results = try outcome.results()
    #expect(results.map(\.start) == [1, 2])
    for result in results {
      #expect(result.problem == "Misra1a, b1 = 240" && result.digits == nil)
      #expect(result.parameters.map(\.name) == ["b2"] && result.degreesOfFreedom == 13)
      #expect(agree(result.values[0], 0.0005473346331526743, to: 1e-12))
    }
    let table = compare("misra1a", "--fix", "b1=240", "--start", "2", "--scalars", "double")
    #expect(
      table.output.hasPrefix("Misra1a, b1 = 240, start 2: 1 parameter, 14 observations\n"),
      "\(table)")
  }

  @Test func `Parameters that cannot be held are refused`() {
    check(
      compare("DanWood", "Misra1a", "--fix", "b3=1"),
      says: "DanWood has no parameter b3 for --fix to hold; its parameters are b1, b2.")
    check(compare("Misra1a", "--fix", "b1=1,b2=2"), says: "--fix holds every parameter; leave at")
    check(
      compare("Misra1a", "--fix", "b1=1,b1=2"), says: "--fix, column 6: b1 has two fixed values")
    check(compare("Misra1a", "--fix", ""), says: "--fix, column 1: “” is not a fixed value")
    check(compare("rosenbrock", "--fix", "x1=1"), says: "but rosenbrock is a test function")
    let model = ["-", "--model", "a+b*x", "--from"]
    check(
      lsq(["compare"] + model + ["a=1,b=1", "--fix", "b=2"], input: line),
      says: "b is fixed by --fix, but has a start in --from; drop one of them.")
    check(
      lsq(["compare"] + model + ["", "--fix", "a=1,b=2"], input: line),
      says: "--from, column 1: “” is not a start")
  }

  @Test func `Where the model comes from is said once, and all that belongs to it`() throws {
    let start = ["--from", "a=1"]
    check(
      lsq(["compare", "-", "--model", "a*x", "--model-file", "m"] + start, input: line),
      says: "--model and --model-file both give the model")
    for command in [["compare", "-"] + start, ["fit", "-", "--start", "a=1"]] {
      check(
        lsq(command + ["--model-file", ""], input: line),
        says: "--model-file is empty: give the path of a file, or - for standard input.")
      check(
        lsq(command + ["--model-file", "-"], input: line), says: "cannot both come from standard")
    }
    check(
      compare("-", "--model-file", "m"), says: "--model-file needs a --from for its parameters, ")
    check(
      compare("-", "--model", "a*x", "--fix", "b=1"),
      says: "a is neither a column nor a parameter with a start; columns are x, y, fixed are b; "
        + "give starts by --from.")
    check(
      compare("-", "--model", "a*x", "--fix", "a=1"), says: "--fix holds every parameter; leave at")
    check(compare("Misra1a", "--from", "b1=1"), says: "--from belongs to a formula: give --model")
    check(
      compare("-", "more.csv", "--model", "a*x", "--from", "a=1"),
      says: "With a formula, name one file with data, not 2.")
    check(
      compare("-", "--model", "a*x", "--from", "a=1", "--relative-sigma"),
      says: "--relative-sigma says how --sigma is meant")
  }
}
