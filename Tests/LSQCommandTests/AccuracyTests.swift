import Testing

@Suite struct `Where the digits go` {
  @Test func `A fit says how far it was computed, how far it is known, and what would do`() throws {
    let table = lsq(Samples.puromycinFit, input: Samples.puromycin).output
    for text in [
      "digits lost", "Vm: computed to", "known to 3e-2", "Double is ample, Float would do",
    ] {
      #expect(table.contains(text), "\(text) in \(table)")
    }
    let json = try #require(
      lsq(Samples.puromycinFit + ["--format", "json"], input: Samples.puromycin).results().first)
    let accuracy = try #require(json.accuracy)
    #expect(accuracy.rank == 2 && accuracy.differencesCap == nil)
    #expect((1...7).contains(accuracy.digitsNeeded ?? 0))
  }

  @Test func `What matters only together is written as the sum that matters`() throws {
    let outcome = lsq(
      ["fit", "-", "--model", "a+b*x+3*c*x+0*d", "--start", "a=1,b=1,c=2,d=3", "--format", "json"],
      input: "x,y\n0,1\n1,3\n2,4\n3,8\n4,9\n")
    let sentences = try #require(outcome.results().first?.accuracy).sentences
    #expect(sentences.contains("b and c only matter through b + 3·c"), "\(sentences)")
    #expect(sentences.contains("d has no effect on the residuals"), "\(sentences)")
  }

  @Test(arguments: ["double", "float80"])
  func `Where rounding makes columns equal no parameter has a digit`(scalar: String) {
    // z is x but for 10⁻²⁰.
    let rows = [
      "1,0.999999999999999999995911,3.1820", "2,1.999999999999999999993139,4.8007",
      "3,3.000000000000000000018548,6.9660", "4,3.999999999999999999991236,8.8857",
      "5,5.000000000000000000021989,10.9335", "6,5.999999999999999999999599,13.0640",
      "7,6.999999999999999999989633,15.0411",
    ]
    let outcome = lsq(
      ["fit", "-", "--model", "c+a*x+b*z", "--start", "a=1,b=1,c=1", "--scalar", scalar],
      input: "x,z,y\n" + rows.joined(separator: "\n") + "\n")
    #expect(outcome.status == 1 && outcome.output.contains("c: no digit computed"), "\(outcome)")
    for claim in ["computed to", "ample", "only matter", "not determined", "known to"] {
      #expect(!outcome.output.contains(claim), "\(outcome)")
    }
  }

  @Test(arguments: [("forward", 7.8, "half"), ("central", 10.4, "two thirds")])
  func `Differences say what they cost`(jacobian: String, cap: Double, share: String) throws {
    let outcome = lsq(
      Samples.puromycinFit + ["--jacobian", jacobian, "--format", "json"],
      input: Samples.puromycin)
    let accuracy = try #require(outcome.results().first?.accuracy)
    #expect(accuracy.differencesCap == cap)
    #expect(accuracy.sentences.contains { $0.contains(share) }, "\(accuracy)")
  }

  @Test func `Scatter below the arithmetic asks for more digits`() throws {
    // On y = 0.1 + 0.7·x nothing but rounding scatters.
    let outcome = lsq(
      ["fit", "-", "--model", "a+b*x", "--start", "a=0,b=0", "--scalar", "double"],
      input: "x,y\n1,0.8\n2,1.5\n3,2.2\n4,2.9\n7,5.0\n")
    #expect(outcome.status == 0)
    #expect(
      outcome.output.contains("digits of arithmetic to see the standard errors"), "\(outcome)")
    let wide = lsq(
      ["fit", "-", "--model", "a+b*x", "--start", "a=0,b=0", "--scalar", "mp128"],
      input: "x,y\n1,2.00000000000000000001\n2,3\n3,4\n4,5.00000000000000000002\n")
    #expect(wide.output.contains("arithmetic of 128 bits is ample"), "\(wide)")
  }

  @Test(arguments: ["forward", "central"])
  func `Differences beside zero are noise, not a slope`(jacobian: String) throws {
    // The data are symmetric, and b is zero.
    let outcome = lsq(
      [
        "fit", "-", "--model", "a+b*x+c*x^2", "--start", "a=1,b=1,c=1", "--jacobian", jacobian,
        "--format", "json",
      ], input: "x,y\n-2,4.1\n-1,0.9\n0,0.2\n1,0.9\n2,4.1\n")
    let result = try #require(outcome.results().first)
    #expect(outcome.status == 0, "\(outcome)")
    #expect((Double(result.parameters[1].value) ?? 1).magnitude < 1e-6)
  }

  @Test func `No arithmetic is ample where a parameter drifts`() {
    // On a straight line the saturation and the rate are only known by their product.
    let outcome = lsq(
      ["fit", "-", "--model", "a*(1-exp(-b*x))", "--start", "a=10,b=0.1"],
      input: "x,y\n1,1.1\n2,1.9\n3,3.2\n4,3.9\n5,5.1\n6,6.2\n")
    #expect(outcome.status != 0)
    #expect(outcome.output.contains("a: no digit computed"), "\(outcome)")
    #expect(!outcome.output.contains("is ample"), "\(outcome)")
  }

  @Test func `Confirmed digits come with the width that they took`() throws {
    let arguments = Samples.puromycinFit + ["--digits", "30"]
    let json = try #require(
      lsq(arguments + ["--format", "json"], input: Samples.puromycin).results().first)
    #expect(json.digitsConfirmed == 30 && json.bitsNeeded == json.bits)
    let table = lsq(arguments, input: Samples.puromycin).output
    #expect(table.contains("digits confirmed             30, at \(json.bits) bits"), "\(table)")
    let markdown = lsq(arguments + ["--format", "markdown"], input: Samples.puromycin).output
    #expect(markdown.contains("| Vm | 212.683743142536069328028645169 | 6.9472 |"), "\(markdown)")
    #expect(markdown.contains("- digits confirmed: 30, at \(json.bits) bits\n"))
  }

  @Test func `Where a rounding stays open the numbers are those that a fit gives anyway`() throws {
    // The mean lies in the middle of two neighbours.
    let arguments = ["fit", "-", "--model", "a+0*x", "--start", "a=1", "--format", "json"]
    let data = "x,y\n1,9007199254740992\n2,9007199254740994\n"
    let plain = try #require(lsq(arguments, input: data).results().first)
    let outcome = lsq(arguments + ["--correctly-rounded"], input: data)
    let open = try #require(outcome.results().first)
    #expect(outcome.status == 1 && open.termination == "notCorrectlyRounded", "\(outcome)")
    #expect(open.ssr == plain.ssr && open.ssr == "2.0")
    #expect(open.standardErrors == plain.standardErrors)
  }

  @Test(arguments: ["float", "double"])
  func `Correctly rounded numbers are those of fifty digits`(scalar: String) throws {
    let arguments = Samples.puromycinFit + ["--format", "json"]
    let wide = try #require(
      lsq(arguments + ["--digits", "50"], input: Samples.puromycin).results().first)
    let outcome = lsq(
      arguments + ["--scalar", scalar, "--correctly-rounded"], input: Samples.puromycin)
    let result = try #require(outcome.results().first, "\(outcome)")
    #expect(outcome.status == 0 && result.termination == "correctlyRounded")
    #expect(result.scalar == scalar && result.bitsNeeded ?? 0 > result.bits)
    func rounded(_ text: String) -> String {
      scalar == "float" ? Float(text)?.description ?? "" : Double(text)?.description ?? ""
    }
    #expect(result.parameters.map(\.value) == wide.parameters.map { rounded($0.value) })
    #expect(
      result.parameters.map(\.standardError)
        == wide.parameters.map { $0.standardError.map(rounded) })
    #expect(result.ssr == rounded(wide.ssr))
  }

  @Test(arguments: ["1e-7", "auto"])
  func `A noise that is stated or measured is reported`(precision: String) throws {
    let outcome = lsq(
      Samples.puromycinFit
        + ["--jacobian", "forward", "--residual-precision", precision, "--format", "json"],
      input: Samples.puromycin)
    let result = try #require(outcome.results().first, "\(outcome)")
    let reported = try #require(result.residualPrecision.flatMap { Double($0) })
    #expect(precision == "auto" ? reported < 1e-14 : reported == 1e-7)
    #expect(outcome.status == 0 && agree(result.values[0], 212.6837, to: 1e-3))
  }

  @Test func `A noise below the range of Double may be stated for a wider type`() throws {
    let outcome = lsq(
      Samples.puromycinFit
        + ["--scalar", "mp2048", "--jacobian", "central", "--residual-precision", "1e-400"]
        + ["--format", "json"],
      input: Samples.puromycin)
    let result = try #require(outcome.results().first, "\(outcome)")
    let reported = try #require(result.residualPrecision)
    #expect(reported.hasSuffix("e-400") || reported.hasSuffix("e-401"), "\(outcome)")
    #expect(outcome.status == 0 && agree(result.values[0], 212.6837, to: 1e-6), "\(outcome)")
  }

  @Test func `The help of trace offers no format`() {
    #expect(!lsq(["trace", "--help"]).output.contains("--format"))
    #expect(lsq(["trace", "Misra1a"]).status == 0)
  }
}
