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
    let outcome = lsq(
      ["fit", "-", "--model", "a+b*x", "--start", "a=1,b=1", "--digits", "10000"],
      input: "x,y\n1,2\n2,3.9\n3,6.1\n4,8\n")
    #expect(outcome.status == 0, "\(outcome.error)")
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

  @Test func `Where parameters are not determined there are no digits`() {
    let outcome = lsq(
      ["fit", "-", "--model", "a+b*x+c*x", "--start", "a=1,b=1,c=1", "--digits", "30"],
      input: Samples.weighted)
    #expect(outcome.status == 1)
    #expect(outcome.error == "lsq: Not solved: The data do not determine b, c.\n")
  }
}
