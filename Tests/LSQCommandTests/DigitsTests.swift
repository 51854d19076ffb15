import Testing

@Suite struct `Fit to a number of digits` {
  @Test(arguments: ["exact", "central"])
  func `Forty digits are those of a fit at 512 bits`(jacobian: String) throws {
    let wide = try #require(
      lsq(
        Samples.puromycinFit + ["--scalar", "mp512", "--format", "json"],
        input: Samples.puromycin
      ).results().first)
    let table = lsq(
      Samples.puromycinFit + ["--digits", "40", "--jacobian", jacobian], input: Samples.puromycin)
    #expect(table.status == 0)
    for parameter in wide.parameters {
      // 40 digits of the wide value, cut off one before the last, so that rounding does not matter.
      let leadingZeros = parameter.value.prefix { $0 == "0" || $0 == "." }.count
      let point = parameter.value.dropFirst(leadingZeros).prefix(40).contains(".") ? 1 : 0
      let expected = parameter.value.prefix(leadingZeros + 39 + point)
      #expect(table.output.contains(expected), "\(expected) in \(table)")
    }
  }

  @Test func `The table prints so many digits and JSON the whole number`() throws {
    let table = lsq(Samples.puromycinFit + ["--digits", "25"], input: Samples.puromycin)
    #expect(table.output.contains("Vm         212.6837431425360693280286 "), "\(table)")
    let json = lsq(
      Samples.puromycinFit + ["--digits", "25", "--format", "json"], input: Samples.puromycin)
    let result = try #require(json.results().first)
    #expect(result.parameters[0].value.count > 30)
    #expect(result.bits > 100)
  }

  @Test func `As many digits as may be asked for can be confirmed`() throws {
    // The second has no residuals, which takes twice as many.
    for rows in ["1,2\n2,3.9\n3,6.1\n4,8", "1,3\n2,5\n3,7\n4,9"] {
      let outcome = lsq(
        ["fit", "-", "--model", "a+b*x", "--start", "a=1,b=1", "--digits", "10000"],
        input: "x,y\n\(rows)\n")
      #expect(outcome.status == 0, "\(outcome.error)")
    }
  }

  @Test func `A minimum at the edge of the domain has no digits, and is no fault of the start`() {
    let outcome = lsq(
      ["fit", "-", "--model", "a+sqrt(b)*x", "--start", "a=2,b=1", "--digits", "20"],
      input: "x,y\n0,1\n1,1\n2,1.5\n3,0.5\n")
    #expect(outcome.status == 1, "\(outcome)")
    #expect(outcome.messageCount == 1 && outcome.error.contains("an edge of the model's domain"))
    #expect(outcome.output.contains("a          0.960371611"))
  }

  @Test func `A parameter that is zero is printed as zero`() throws {
    let outcome = lsq(
      ["fit", "-", "--model", "a+b*x", "--start", "a=1,b=1", "--digits", "30"],
      input: "x,y\n-2,-3.9\n-1,-2.1\n0,0\n1,2\n2,4\n")
    #expect(outcome.status == 0, "\(outcome)")
    #expect(outcome.output.contains("a          0 "))
    #expect(outcome.output.contains("b          1.99000000000000000000000000000 "))
  }

  @Test(arguments: ["forward", "central"])
  func `What differences take for zero is zero to so many digits`(jacobian: String) throws {
    for (end, sum) in [("0", "0\n"), (String(repeating: "0", count: 59) + "1", "1.00000000")] {
      let outcome = lsq(
        ["fit", "-", "--model", "a+b*x", "--start", "a=0,b=0", "--digits", "20"]
          + ["--jacobian", jacobian],
        input: "x,y\n1,5.\(end)\n2,8\n3,11\n4,14.\(end)\n")
      #expect(outcome.status == 0, "\(outcome)")
      #expect(outcome.output.contains("sum of squares               \(sum)"), "\(outcome)")
      // At 2N digits, and at 150 more.
      let digits = outcome.output.firstMatch(of: /negligible\s+at\s+(\d+)\s+digits/)
        .flatMap { Int($0.1) }
      #expect(end == "0" ? digits ?? 0 >= 170 : digits == nil, "\(outcome)")
    }
  }

  @Test(arguments: [
    (300, -300, "8.70000000000000", "9.3274e+499"), (0, 0, "8.70000000000000", "9.3274e-101"),
  ])
  func `Small residuals are no zeros, whatever the range`(
    response: Int, predictor: Int, sum: String, error: String
  ) {
    let zeros = String(repeating: "0", count: 99)
    let rows = zip(1...4, ["1\(zeros)3", "2\(zeros)1", "3\(zeros)5", "4\(zeros)2"]).map {
      "\($0)e\(predictor),\($1.prefix(1)).\($1.dropFirst())e\(response)"
    }
    let outcome = lsq(
      ["fit", "-", "--model", "a*x+b", "--start", "a=1,b=1", "--digits", "30"],
      input: "x,y\n" + rows.joined(separator: "\n"))
    #expect(outcome.status == 0, "\(outcome)")
    #expect(outcome.output.contains("sum of squares               \(sum)"), "\(outcome)")
    #expect(outcome.output.contains(error), "\(outcome)")
  }

  @Test(
    arguments: [
      "a*tanh(b*x)", "a/(1+exp(-b*x))", "a+exp(-b*x)", "a*erf(x/b)", "a+exp(-1/b^2)*x",
    ], ["15", "40"])
  func `A parameter that drifts along a plateau is not confirmed`(model: String, digits: String)
    throws
  {
    let outcome = lsq(
      ["fit", "-", "--model", model, "--start", "a=1,b=0.7", "--digits", digits],
      input: "x,y\n1,2\n2,2\n3,2\n4,2\n5,2\n")
    #expect(outcome.status == 1, "\(outcome)")
    let sentences = ["b: no digit computed", "not determined               b"]
    #expect(sentences.contains(where: outcome.output.contains), "\(outcome)")
  }

  @Test func `A parameter that has lost all effect is not zero`() {
    let outcome = lsq(
      ["fit", "-", "--model", "a*(1+exp(-x^2*b^2))", "--start", "a=10,b=5", "--digits", "40"],
      input: "x,y\n0.422,1000\n1.963,1000\n2.764,1000\n")
    #expect(outcome.status == 1, "\(outcome)")
    #expect(outcome.error.contains("a plateau that b may follow"), "\(outcome)")
  }

  @Test func `A parameter that the rounding of another power shows to be zero is zero`() {
    let outcome = lsq(
      ["fit", "-", "--model", "a+b^3*x", "--start", "a=1,b=0.7", "--digits", "15"],
      input: "x,y\n1,2\n2,2\n3,2\n4,2\n5,2\n")
    #expect(outcome.status == 0 && outcome.output.contains("b          0 "), "\(outcome)")
  }

  @Test func `A parameter is not taken for zero because another one is known much better`() {
    let data = "u,v,y,s\n1,0,3.1,1e-60\n1,0,3.2,2e-60\n0,1,5.1,1\n0,1,5.2,1\n0,1,5.6,1\n"
    let outcome = lsq(
      [
        "fit", "-", "--model", "a*u+b*v", "--start", "a=1,b=1", "--sigma", "s", "--digits", "5",
      ], input: data)
    #expect(outcome.status == 0, "\(outcome)")
    #expect(outcome.output.contains("a          3.1200  8.9443e-61"), "\(outcome)")
    #expect(outcome.output.contains("b          5.3000  0.57735"), "\(outcome)")
  }

  @Test func `Without exact derivatives sums of squares and standard errors are confirmed too`() {
    let rows = (1...8).map { "\($0),\($0 % 2 == 0 ? 2 : 1).\(String(repeating: "3", count: 40))" }
    let outcome = lsq(
      [
        "fit", "-", "--model", "a+b*x", "--start", "a=1,b=1", "--digits", "20", "--jacobian",
        "central",
      ], input: "x,y\n" + rows.joined(separator: "\n"))
    #expect(outcome.status == 0, "\(outcome)")
    #expect(
      outcome.output.contains("sum of squares               1.9047619047619047619"), "\(outcome)")
  }

  @Test func `A level of data that only a wide type sees is determined`() {
    let outcome = lsq(
      ["fit", "-", "--model", "a*x+b*(x+z)", "--start", "a=1,b=1", "--digits", "15"],
      input: "x,z,y\n1,1e-60,1.1\n2,-2e-60,2.1\n3,1e-60,2.9\n4,3e-60,4.2\n")
    #expect(outcome.status == 0, "\(outcome)")
    #expect(outcome.output.contains("b          7.84313725490196e+57 "), "\(outcome)")
  }

  @Test(arguments: [[], ["--digits", "15"], ["--correctly-rounded"]])
  func `Parameters that a level of the data hides in Double are shown by a wider type`(
    options: [String]
  ) throws {
    let data = """
      x,y
      1.38878243895385634624997043679,1000000000000000.46549570635341263387
      0.651517970087453603296215107281,1000000000000000.90724226592664289417
      1.04942784304530368696359405697,1000000000000000.54702523392791364785
      1.55108697488786129986089819139,1000000000000000.42873756461824395232
      2.43246794240145459390019750033,1000000000000000.17658132629804744491
      0.42818815790246411835085183768,1000000000000000.951540142328875608
      0.425034088843703586688970645177,1000000000000001.0723467808335480829
      2.48001785047746193701920326286,1000000000000000.02761533991105817617
      0.291965754190546489503590497679,1000000000000001.13567303596467141704

      """
    let outcome = lsq(
      [
        "fit", "-", "--model", "a+b*exp(-c*x)", "--start", "a=1e15,b=0.8,c=0.9", "--format", "json",
      ] + options, input: data)
    let result = try #require(outcome.results().first)
    // A climb from a fit of 128 bits, not from where rounding stopped that in Double.
    #expect(outcome.status == 0 && result.residualEvaluations < 60, "\(outcome)")
    let b = try #require(Double(result.parameters[1].value))
    #expect(abs(b - 1.69908413362700047) < 1e-10)
  }

  @Test(arguments: [
    ("9.81+a*x+b*x^2", "a=1,b=1", "1,9.81\n2,9.81\n3,9.81\n4,9.81\n"),
    ("x*(1+a)", "a=0.1", "0.1,0.1\n0.2,0.2\n0.3,0.3\n0.4,0.4\n"),
    ("a-0.1", "a=1", "1,-0.1\n2,-0.1\n"),
  ])
  func `Where neither parameters nor residuals leave anything they are zero`(
    model: String, start: String, rows: String
  ) throws {
    for option in [[], ["--digits", "20"], ["--correctly-rounded"]] {
      let outcome = lsq(
        ["fit", "-", "--model", model, "--start", start, "--format", "json"] + option,
        input: "x,y\n" + rows)
      let result = try #require(outcome.results().first)
      #expect(outcome.status == 0 && result.values.allSatisfy { $0 == 0 }, "\(outcome)")
    }
  }

  @Test(arguments: [
    (
      "a+b/(x-c)", "a=1.8481,b=1.2242,c=.42528", "0.4070914787337",
      """
      3000,2.01041672917604
      3001,2.01041659029178
      3002,2.01041645150006
      3003,2.01041631280079
      3004,2.01041617419387
      3005,2.01041603567922

      """
    ),
    (
      "a+b/(x-c)+d/(x-c)^2", "a=0.90973,b=1.7915,d=0.77026,c=1.5101", "1.5102474140021",
      """
      1000,0.91179347931822885766
      1001,0.91179168415181780627
      1002,0.91178989257552278029
      1003,0.91178810457858484225
      1004,0.91178632015028800195

      """
    ),
  ])
  func `Where rounding ends the steps in Double a wider type shows the way from the start`(
    model: String, start: String, value: String, rows: String
  ) throws {
    for option in [[], ["--digits", "14"], ["--correctly-rounded"]] {
      let outcome = lsq(
        ["fit", "-", "--model", model, "--start", start, "--format", "json"] + option,
        input: "x,y\n" + rows)
      let result = try #require(outcome.results().first)
      let c = try #require(result.parameters.first { $0.name == "c" })
      #expect(outcome.status == 0 && c.value.hasPrefix(value), "\(outcome)")
    }
  }

  @Test func `What is zero as far as could be seen says how far that was`() {
    let outcome = lsq(
      ["fit", "-", "--model", "a+b*x", "--start", "a=1,b=1", "--digits", "5"],
      input: "x,y\n1,3\n2,5\n4,9\n")
    #expect(outcome.status == 0, "\(outcome)")
    #expect(outcome.output.contains("0 were still negligible at 155 digits"), "\(outcome)")
  }

  @Test func `A parameter without influence gets no digits from rounding`() throws {
    let outcome = lsq(
      ["fit", "-", "--model", "sin(c*x)^2+cos(c*x)^2+a*x", "--start", "a=1,c=0.7"]
        + ["--digits", "10", "--format", "json"],
      input: "x,y\n1,2.18\n2,4.30\n3,6.17\n4,8.34\n5,9.92\n6,12.24\n7,13.96\n")
    let result = try #require(outcome.results().first)
    #expect(outcome.status == 1 && !result.converged && result.digitsConfirmed == nil, "\(outcome)")
  }

  @Test func `By differences all evaluations count, and known sigma needs no residuals`() throws {
    let outcome = lsq(
      ["fit", "-", "--model", "a+b*x", "--start", "a=1,b=1", "--jacobian", "forward"]
        + ["--digits", "10", "--sigma", "s", "--format", "json"],
      input: "x,y,s\n1,3,0.1\n2,5,0.1\n3,7,0.1\n4,9,0.2\n")
    let result = try #require(outcome.results().first)
    #expect(result.residualEvaluations > 10 && result.iterations > 2, "\(outcome)")
    #expect(result.ssr == "0.0" && result.standardErrors.allSatisfy { $0 > 0.01 }, "\(outcome)")
  }

  @Test func `What is not solved is not padded with zeros`() {
    let outcome = lsq(
      ["fit", "-", "--model", "a*b*x", "--start", "a=1,b=1", "--digits", "60"],
      input: Samples.weighted)
    #expect(outcome.status == 1 && !outcome.output.contains("0000000000"), "\(outcome)")
  }

  @Test func `Where parameters are not determined there are no digits`() {
    let outcome = lsq(
      ["fit", "-", "--model", "a+b*x+c*x", "--start", "a=1,b=1,c=1", "--digits", "30"],
      input: Samples.weighted)
    #expect(outcome.status == 1)
    #expect(outcome.error == "lsq: Not solved: The data do not determine b, c; fix one of them.\n")
  }

  @Test func `Where a rounding stays open, the digits that are advised are confirmed`() throws {
    // The mean lies midway between 1 and the next number of Float.
    let arguments = ["fit", "-", "--model", "a", "--start", "a=1", "--format", "json"]
    let data = "x,y\n1,1\n2,1.00000011920928955078125\n"
    let open = lsq(arguments + ["--correctly-rounded", "--scalar", "float"], input: data)
    let advice = "ask for --digits 88 in place of --correctly-rounded and --scalar."
    #expect(open.status == 1 && open.error.contains(advice), "\(open)")
    let outcome = lsq(arguments + ["--digits", "88"], input: data)
    #expect(outcome.status == 0, "\(outcome)")
    #expect(try outcome.results()[0].parameters[0].value.hasPrefix("1.000000059604644775390625"))
  }

  @Test func `Where a rounding is not found, the reason is given, and its remedy helps`() {
    func fit(_ start: String) -> Outcome {
      lsq(
        ["fit", "-", "--model", "a*x+k", "--start", start, "--fix", "k=1e400"]
          + ["--correctly-rounded", "--scalar", "mp128"], input: "x,y\n1,1\n2,2\n3,3.1\n")
    }
    let far = fit("a=1")
    #expect(far.status == 1 && far.error.contains("try a nearer start"), "\(far)")
    #expect(!far.error.contains("--digits"), "\(far)")
    #expect(fit("a=-1e399").status == 0)
  }

  @Test(arguments: [["--digits", "30"], ["--correctly-rounded"]])
  func `Where terms coincide parameters have their digits and no standard errors`(
    option: [String]
  ) throws {
    let data = "i,y\n" + (1...10).map { "\($0),\(2 + 2 * $0)\n" }.joined()
    let arguments =
      ["fit", "-", "--model", "exp(i*a)+exp(i*b)", "--start", "a=0.3,b=0.4"] + option
    let table = lsq(arguments, input: data)
    #expect(table.status == 0 && table.error.isEmpty, "\(table)")
    let value = option.count > 1 ? "0.257825213670364076852189175725" : "0.2578252136703641 "
    #expect(table.output.contains("a          \(value)"), "\(table)")
    #expect(table.output.contains("not determined               a, b\n"), "\(table)")
    #expect(table.output.contains("singular") && table.output.contains("isolated"), "\(table)")
    let json = lsq(arguments + ["--format", "json"], input: data)
    let result = try #require(json.results().first)
    #expect(result.converged && result.parameters.allSatisfy { $0.standardError == nil })
    #expect(result.ssr.hasPrefix("124.36218235561485"), "\(json)")
    if option.count > 1 { #expect(result.accuracy?.rank == 1) }
  }

  @Test func `Small residuals beside terms that coincide are refined, without standard errors`() {
    // About 2·exp(-0.4·x) − 1e-6·x²·exp(-0.4·x): rounding leaves the sum of squares few digits.
    let rows = [
      "0.5,1.637461301473", "1,1.340639421751", "1.5,1.097622037362", "2,0.898656130919",
      "2.5,0.735756583096", "3,0.602385713076",
    ]
    let outcome = lsq(
      ["fit", "-", "--model", "exp(-x*a)+exp(-x*b)", "--start", "a=0.3,b=0.5"],
      input: "x,y\n" + rows.joined(separator: "\n") + "\n")
    #expect(outcome.status == 0, "\(outcome)")
    let words = outcome.output.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    #expect(words.contains("Rounding had left too few digits"), "\(outcome)")
    #expect(words.contains("do not determine a, b (no standard errors)"), "\(outcome)")
    #expect(words.contains("not determined a, b"), "\(outcome)")
  }

  @Test(arguments: ["15", "30"])
  func `Two solves that are stuck at the same point confirm nothing`(digits: String) {
    // The roots are 1 ± 1e-25, where the Jacobian is all but singular, and the Hessian too.
    let (nines, zeros) = (String(repeating: "9", count: 49), String(repeating: "0", count: 48))
    let data =
      "x,y\n-2,9.0\(nines)\n-1,3.5\(nines)\n0,1.5\(nines)\n1,-0.4\(zeros)1\n2,1.0\(nines)\n"
    let outcome = lsq(
      [
        "fit", "-", "--model", "(x-a)*(x-b)", "--start", "a=0.5,b=2", "--digits", digits,
      ], input: data)
    #expect(outcome.status == 1 || outcome.output.contains(" 1.3229e+24 "), "\(outcome)")
  }

  @Test func `A fit that drifts to infinity is given up where more precision cannot help`() throws {
    let data = "x,y\n1,1.1\n2,1.9\n3,3.2\n4,3.9\n5,5.1\n6,6.2\n"
    for (model, start, reason) in [
      ("a*(1-exp(-b*x))", "a=10,b=0.1", "evaluationLimit"), ("a*x/(b+x)", "a=1,b=1", "plateau"),
    ] {
      let outcome = lsq(
        ["fit", "-", "--model", model, "--start", start, "--digits", "20", "--format", "json"],
        input: data)
      let result = try #require(outcome.results().first)
      #expect(outcome.status == 1 && result.termination == reason, "\(outcome)")
      #expect(result.bits == 128 && result.residualEvaluations < 8000)
      // No digits are claimed of what is not the minimum.
      #expect(!outcome.output.contains("computed to"), "\(outcome)")
    }
  }

  @Test func `A parameter whose effect vanishes at infinity is not confirmed as zero`() {
    // A constant is where b goes to −∞, or c to ∞.
    let y = "0.59601461011058777970135429348801602396807850685516"
    let data = "x,y\n" + (1...8).map { "\(Double($0) / 2),\(y)\n" }.joined()
    let outcome = lsq(
      [
        "fit", "-", "--model", "a/(1+exp(b-c*x))", "--start", "a=0.1,b=2.6,c=0.1", "--digits", "50",
      ], input: data)
    #expect(
      outcome.status == 1 && outcome.error.contains("may follow without end"), "\(outcome)")
    #expect(!outcome.output.contains("digits confirmed"))
  }
}
