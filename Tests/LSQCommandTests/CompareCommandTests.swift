import CurveFitting
import Testing

@Suite struct `Compare` {
  @Test(arguments: ["Misra1a", "THURBER", "bennett5", "lanczos1", "MGH09", "Eckerle4"])
  func `Double finds ten digits from both starts`(problem: String) throws {
    let outcome = lsq(["compare", problem, "--scalars", "double", "--format", "json"])
    #expect(outcome.status == 0, "\(outcome)")
    let results = try outcome.results()
    #expect(results.map(\.start) == [1, 2])
    for result in results {
      #expect(result.problem?.lowercased() == problem.lowercased())
      #expect(result.digits ?? 0 >= 10, "\(result)")
      #expect(result.converged)
    }
  }

  @Test func `Every scalar of the list has its line, in order`() throws {
    let outcome = lsq(
      ["compare", "Misra1a", "DanWood", "--start", "2", "--format", "json", "--scalars"]
        + ["float, double,mp24,mp53,mp200"])
    let results = try outcome.results()
    #expect(
      results.map(\.scalar)
        == Array(
          repeating: ["float", "double", "mp24", "mp53", "mp256"], count: 2
        ).flatMap { $0 })
    #expect(results.map(\.bits).prefix(5) == [24, 53, 24, 53, 256])
    #expect(
      results.map(\.problem) == ["Misra1a", "DanWood"].flatMap { Array(repeating: $0, count: 5) })
    for result in results where result.bits == 24 {
      #expect((5...8).contains(result.digits ?? 0), "\(result)")
    }
  }

  @Test func `A table has a block per start and fits into a hundred columns`() {
    let outcome = lsq(["compare", "thurber", "--scalars", "float,double"])
    let lines = outcome.output.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines[0] == "Thurber, start 1: 7 parameters, 37 observations")
    #expect(lines[5] == "Thurber, start 2: 7 parameters, 37 observations")
    for heading in ["scalar", "digits", "SSR", "iterations", "evaluations", "time", "why"] {
      #expect(lines[1].contains(heading))
    }
    #expect(lines.allSatisfy { $0.count <= 100 })
  }

  @Test func `MINPACK's tolerance gives fewer digits`() throws {
    let arguments = ["compare", "Misra1a", "--start", "1", "--scalars", "double"]
    let tight = try lsq(arguments + ["--format", "json"]).results()
    let minpack = try lsq(arguments + ["--tolerance", "minpack", "--format", "json"]).results()
    #expect(tight[0].termination == "closingStepsContracted")
    #expect((1...3).contains(minpack[0].info))
    #expect(minpack[0].residualEvaluations < tight[0].residualEvaluations)
    #expect(minpack[0].digits ?? 11 < tight[0].digits ?? 0)
  }

  @Test func `A file is solved like the bundled problem`() throws {
    let text = try Samples.misra1a()
    let arguments = ["--start", "1", "--scalars", "double", "--format", "json"]
    let bundled = try lsq(["compare", "Misra1a"] + arguments).results()
    let read = try withFile(text, named: "mine.dat") {
      try lsq(["compare", $0] + arguments).results()
    }
    #expect(read.first?.parameters.map(\.value) == bundled.first?.parameters.map(\.value))
    #expect(read.first?.digits == bundled.first?.digits)
  }

  @Test func `A run that cannot begin is a line, a message and status 1, and others go on`() throws
  {
    // The first start is beyond the range of Float.
    let text = try Samples.misra1a().replacing(
      "500         250", with: "1e39        250")
    let outcome = try withFile(text, named: "far.dat") {
      lsq(["compare", $0, "--scalars", "float,double", "--format", "json"])
    }
    let results = try outcome.results()
    #expect(outcome.status == 1)
    #expect(results.map(\.scalar) == ["float", "double", "float", "double"])
    #expect(results.map(\.termination).first == "failed")
    #expect(results.map(\.converged) == [false, true, true, true])
    #expect(results[0].digits == 0)
    #expect(outcome.messageCount == 1)
    #expect(outcome.error.hasPrefix("lsq: Misra1a, start 1, float: "))
  }

  @Test func `What is wrong with the data is reported once, and as by certify`() throws {
    func check(_ arguments: [String], _ input: String, _ status: Int32, says message: String) {
      let certified = lsq(["certify"] + arguments + ["--digits", "5"], input: input)
      let compared = lsq(["compare"] + arguments + ["--digits", "5"], input: input)
      for outcome in [certified, compared] {
        #expect(outcome.status == status && outcome.output.isEmpty, "\(outcome)")
        #expect(outcome.messageCount == 1 && outcome.error.contains(message), "\(outcome)")
      }
    }
    let line = ["-", "--model", "a+b*x", "--from", "a=1,b=1"]
    check(line, "x,y\n1,2\n2,nan\n3,4\n", 65, says: "standard input: “nan” at line 3, column 3")
    check(line, "x,y\n1,2\n", 65, says: "a+b*x: There are fewer rows than parameters (1 and 2)")
    check(line + ["--response", "z"], "x,y\n1,2\n2,3\n", 64, says: "There is no column z")
    check(line + ["--sigma", "x-1"], "x,y\n1,2\n2,3\n", 65, says: "x-1 is 0.0 at line 2")
    check(
      ["-", "--model", "a+log(x)", "--from", "a=1"], "x,y\n1,2\n0,3\n", 65,
      says:
        "a+log(x): At the start the model is -inf at line 3; start where it is defined, or check "
        + "the row.\n")
    check(
      ["-", "--model", "a+c*x", "--from", "a=1", "--fix", "c=1e9999999999"], "x,y\n1,2\n0,3\n", 64,
      says: "The fixed value 1e9999999999 of c is beyond the range of mp256; take a wider scalar.")
    // A start that is at fault is named, and the other one is taken.
    let text = try Samples.misra1a().replacing("500         250", with: "500         1e39")
    let near = lsq(["compare", "-", "--scalars", "float"], input: text)
    #expect(near.status == 65 && near.messageCount == 1, "\(near)")
    #expect(near.output.hasPrefix("Misra1a, start 1: 2 parameters, "), "\(near)")
    let traced = lsq(
      ["trace", "-", "--scalar", "float"], input: text.replacing("1e39", with: "1e38"))
    #expect(
      traced.status == 65
        && traced.error.hasPrefix(
          "lsq: Misra1a, start 2: At the start the derivative of the model by b2 is inf at row 1"),
      "\(traced)")
    // Both starts of a problem meet the same row; other problems are solved.
    let outcome = lsq(
      ["compare", "-", "Misra1a", "--start", "both", "--scalars", "double"],
      input: try Samples.misra1a().replacing("10.07E0", with: "1e400"))
    #expect(outcome.status == 65 && outcome.messageCount == 1, "\(outcome)")
    #expect(outcome.error.contains("Misra1a: “1e400” at line 61"), "\(outcome)")
    #expect(outcome.output.count { $0 == "\n" } == 8, "\(outcome)")
  }

  @Test func `Digits count the relative error of the worst value, up to a limit`() {
    #expect(correctDigits([1.0, 2.0], [1.0, 2.0], atMost: 11) == 11)
    #expect(correctDigits([1.0, 2.002], [1.0, 2.0], atMost: 11) == 3)
    #expect(correctDigits([-1.001, 2.0], [-1.0, 2.0], atMost: 11) == 3)
    #expect(correctDigits([1e-5], [0.0], atMost: 11) == 5)
    #expect(correctDigits([5.0], [1.0], atMost: 11) == 0)
    #expect(correctDigits([Double.nan], [1.0], atMost: 11) == 0)
    #expect(correctDigits([-Double.infinity], [1.0], atMost: 11) == 0)
    #expect(correctDigits([Float(3)], [3], atMost: 11) == 7.22)
  }

  @Test func `What the data leave open is named, and the rest held against the widest run`() throws
  {
    let arguments = [
      "compare", "-", "--model", "a*b*x+c", "--from", "a=1,b=1,c=0", "--scalars", "double,mp128",
      "--digits", "20", "--format",
    ]
    let data = "x,y\n1,2\n2,3.9\n3,6.2\n4,7.7\n"
    let outcome = lsq(arguments + ["json"], input: data)
    let results = try outcome.results()
    #expect(results.map(\.undetermined) == [["a", "b"], ["a", "b"], []], "\(outcome)")
    #expect(results[0].digitsAgainstWidest ?? 0 > 13, "\(outcome)")
    #expect(outcome.error.contains("The data leave a, b open in every type"), "\(outcome)")
    let table = lsq(arguments + ["table"], input: data).output
    #expect(table.contains("\nnot determined: a, b\n"), "\(table)")
  }

  @Test func `A comparison says where paths part, how digits agree and what each width cost`()
    throws
  {
    let outcome = lsq([
      "compare", "Misra1a", "--start", "1", "--scalars", "float,double,mp128", "--digits", "40",
      "--format", "json",
    ])
    #expect(outcome.status == 0, "\(outcome)")
    let results = try outcome.results()
    #expect(results.map(\.scalar) == ["float", "double", "mp128", "digits40"])
    let agreement = results.map { $0.digitsAgainstWidest ?? -1 }
    #expect((5...7.3).contains(agreement[0]), "\(agreement)")
    #expect((13...16).contains(agreement[1]), "\(agreement)")
    #expect((30...39).contains(agreement[2]), "\(agreement)")
    #expect(agreement[3] == -1, "The widest run is the measure")
    let partings = results.map { $0.parting?.step ?? -1 }
    #expect(partings[0] > 0 && partings[1] > 0 && partings[2] == -1, "\(partings)")
    let widths = try #require(results[3].evaluations).map(\.bits)
    #expect(widths.count >= 3 && widths == widths.sorted() && widths[0] == 53)
    #expect(results[0].evaluations?.map(\.bits) == [24])
  }

  @Test func `Markdown has a row per run`() {
    let outcome = lsq([
      "compare", "Misra1a", "--start", "2", "--scalars", "float,double", "--format", "markdown",
    ])
    let lines = outcome.output.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines[0] == "### Misra1a, start 2: 2 parameters, 14 observations")
    #expect(lines[2].hasPrefix("| scalar | digits | agree | parts | SSR |"))
    #expect(lines[4].hasPrefix("| float |") && lines[5].hasPrefix("| double |"))
    #expect(Set(lines[2...5].map { $0.count { $0 == "|" } }).count == 1)
  }

  @Test func `Formulas and names are no marks in Markdown`() {
    let data = "x,y\n1,2\n2,3.1\n3,3.9\n4,5.2\n"
    let model = ["--model", "_a_*x+b*x^2", "--format", "markdown"]
    let compared = lsq(["compare", "-", "--from", "_a_=1,b=1"] + model, input: data).output
    #expect(compared.hasPrefix(#"### \_a\_\*x+b\*x^2: 2 parameters"#), "\(compared)")
    let fitted = lsq(["fit", "-", "--start", "_a_=1,b=1"] + model, input: data).output
    #expect(fitted.contains(#"| \_a\_ |"#) && !fitted.contains("_a_"), "\(fitted)")
  }

  @Test func `A long formula is shortened for people, and whole for programs`() throws {
    // One fit cannot begin, so that there is a message too.
    let model = "a*x" + String(repeating: "+0*x", count: 100)
    func compare(_ format: String) -> Outcome {
      let outcome = lsq(
        ["compare", "-", "--model", model, "--from", "a=1e39", "--scalars", "float,double"]
          + ["--format", format], input: "x,y\n1,2\n2,3\n3,5\n")
      #expect(outcome.error.hasPrefix("lsq: \(model.prefix(59))…, float: "), "\(outcome)")
      return outcome
    }
    #expect(compare("table").output.hasPrefix("\(model.prefix(59))…: 1 parameter"))
    #expect(compare("markdown").output.split(separator: "\n")[0].contains("…: 1 parameter"))
    #expect(compare("json").output.contains("\"\(model)\""))
  }

  @Test func `Test functions are compared by name and by run`() throws {
    let named = try lsq(
      ["compare", "rosenbrock", "--scalars", "float,double", "--format", "json"]
    ).results()
    #expect(
      named.map { $0.problem ?? "" }
        == ["x1", "x10", "x100"].flatMap {
          Array(repeating: "Rosenbrock (p4-n2-m2-\($0))", count: 2)
        })
    #expect(named.allSatisfy { $0.values == [1, 1] && $0.digits == nil })
    let run = try lsq(
      ["compare", "p8-n3-m15-x10", "--scalars", "double", "--format", "json"]
    ).results()
    #expect(run.map(\.problem) == ["Bard (p8-n3-m15-x10)"])
  }

  @Test func `A test function that a scalar cannot tell from a redundant one is not solved in it`()
    throws
  {
    let outcome = lsq(
      ["compare", "p16-n30-m30-x1", "--scalars", "float,double", "--format", "json"])
    #expect(outcome.status == 1 && outcome.error.contains("hides what determines x1, x2"))
    #expect(try outcome.results().map(\.converged) == [false, true])
  }

  @Test func `Test functions climb a ladder, and say so where they cannot`() throws {
    let arguments = ["--scalars", "double", "--digits", "30", "--format", "json"]
    let bard = lsq(["compare", "p8-n3-m15-x1"] + arguments)
    #expect(bard.status == 0, "\(bard)")
    let climb = try #require(bard.results().last)
    #expect(climb.scalar == "digits30" && climb.termination == "digitsConfirmed")
    #expect(try bard.results()[0].digitsAgainstWidest ?? 0 > 14)
    // The rank is 1 everywhere.
    let linear = lsq(["compare", "p2-n5-m10-x1"] + arguments)
    #expect(linear.status == 1, "\(linear)")
    #expect(try linear.results().map(\.termination).last == "digitsNotReached")
  }

  @Test func `A formula of the user's is compared over the same scalars`() throws {
    let arguments = [
      "compare", "-", "--model", "Vm*conc/(K+conc)", "--response", "rate", "--from",
      "Vm=205,K=0.08", "--scalars", "float,double,mp128", "--format", "json",
    ]
    let results = try lsq(arguments, input: Samples.puromycin).results()
    #expect(results.map(\.scalar) == ["float", "double", "mp128"])
    #expect(results.allSatisfy { agree($0.values[0], 212.6837, to: 1e-5) })
    #expect(results[1].digitsAgainstWidest ?? 0 > 14 && results[1].digits == nil)
  }
}
