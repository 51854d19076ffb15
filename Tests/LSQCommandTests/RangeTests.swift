import Foundation
import Testing

@Suite struct `Claims and ranges` {
  private func decay(_ exponent: Int, _ arguments: String...) -> Outcome {
    lsq(
      ["fit", "-", "--model", "a*exp(-b*x)", "--start", "a=1e\(exponent),b=1"] + arguments,
      input: "x,y\n"
        + zip(1...5, ["2.7", "1.6", "1.1", "0.6", "0.43"]).map { "\($0),\($1)e\(exponent)\n" }
        .joined())
  }

  @Test func `Sums of squares beyond the range of the scalar are written all the same`() throws {
    for (exponent, power) in [(200, "e+398"), (-200, "e-402")] {
      let result = try #require(decay(exponent, "--format", "json").results().first)
      #expect(result.ssr.hasPrefix("1.1688169966297") && result.ssr.hasSuffix(power))
      #expect(agree(result.standardErrors[1], 0.020436, to: 1e-4))
      // As many digits as the norm has.
      #expect(result.ssr.prefix { $0 != "e" }.count == 18, "\(result.ssr)")
      let digits = decay(exponent, "--digits", "5")
      #expect(digits.status == 0 && digits.output.contains("0.47648"), "\(digits)")
    }
  }

  @Test(arguments: [400, -400])
  func `Data beyond the range of Double are climbed to from a wider type`(exponent: Int) throws {
    let outcome = decay(exponent, "--digits", "12")
    #expect(outcome.status == 0 && outcome.output.contains("confirms the 12 digits"), "\(outcome)")
    #expect(
      outcome.output.contains("a          4.31641292328e\(exponent < 0 ? "" : "+")\(exponent)"))
    #expect(outcome.output.contains("a: computed to 1e-12, known to 4e-2"), "\(outcome)")
  }

  @Test func `A parameter beyond the range of Double is named, and no other has digits`() {
    let arguments = ["fit", "-", "--model", "a+b*x+c*x^2", "--start", "a=0,b=0,c=0"]
    let data = "x,y\n1e-300,2.1\n2e-300,2.9\n3e-300,4.6\n4e-300,7.2\n5e-300,10.1\n"
    let outcome = lsq(arguments, input: data)
    #expect(outcome.status == 1, "\(outcome)")
    #expect(
      outcome.error.contains("Rounding to this scalar hides what determines c"))
    let wide = lsq(arguments + ["--digits", "5"], input: data)
    #expect(wide.status == 0 && wide.output.contains("3.6429e+599"), "\(wide)")
  }

  @Test(arguments: [["--digits", "17"], ["--correctly-rounded"]])
  func `Where Double holds the fit but no second derivatives a wider type goes as far`(
    option: [String]
  ) throws {
    let outcome = lsq(
      ["fit", "-", "--model", "a+b*x+c*x^2", "--start", "a=0,b=0,c=0", "--format", "json"] + option,
      input: "x,y\n1e100,2.1e100\n2e100,2.9e100\n3e100,4.6e100\n4e100,7.2e100\n5e100,10.1e100\n")
    let result = try #require(outcome.results().first)
    #expect(outcome.status == 0 && result.termination != "newtonStepsContracted", "\(outcome)")
    #expect(result.values == [1.84e100, -0.15571428571428572, 3.642857142857143e-101])
  }

  @Test func `Steps beyond the range of the scalar are named where they end a fit`() {
    let arguments = ["fit", "-", "--model", "a*x+b", "--start", "a=1,b=1"]
    let data = "x,y\n1e-300,2e300\n2e-300,3.5e300\n3e-300,4.1e300\n"
    let outcome = lsq(arguments, input: data)
    #expect(outcome.status == 1 && outcome.error.contains("beyond the range"), "\(outcome)")
    let wide = lsq(arguments + ["--digits", "20"], input: data)
    #expect(wide.output.contains("a          1.0500000000000000000e+600"), "\(wide)")
    #expect(wide.output.contains("confirms the 20 digits"), "\(wide)")
    #expect(wide.output.contains("a: computed to 1e-20, known to 2e-1"), "\(wide)")
  }

  @Test func `Numbers that the scalar cannot hold are not called correctly rounded`() {
    for exponent in [200, -200] {
      let outcome = decay(exponent, "--scalar", "float", "--correctly-rounded")
      #expect(outcome.status == 65 && outcome.error.contains("beyond the range of float"))
    }
    #expect(decay(10, "--scalar", "float", "--correctly-rounded").status == 0)
  }

  @Test func `A standard error that the scalar cannot hold is named`() {
    let outcome = lsq(
      ["fit", "-", "--model", "a+b*x", "--start", "a=1,b=1", "--correctly-rounded"]
        + ["--scalar", "float"], input: "x,y\n1e-39,5.1\n2e-39,-4.8\n3e-39,-4.7\n4e-39,5.4\n")
    #expect(outcome.status == 65, "\(outcome)")
    #expect(outcome.error.contains("the standard error of b is 3.1623e+39"), "\(outcome)")
  }

  @Test func `A sum of squares below the range is that of the wider arithmetic`() throws {
    let outcome = lsq(
      ["fit", "-", "--model", "a+b*x", "--start", "a=0,b=1e-165", "--format", "json"],
      input: "x,y\n1,1.0000000000000001e-155\n2,2e-155\n3,3.0000000000000001e-155\n4,4e-155\n")
    let result = try #require(outcome.results().first)
    #expect(result.digitsConfirmed == 17 && result.ssr == "8.0000000000000000e-343", "\(outcome)")
  }

  @Test func `The rounding of a response that is computed counts`() throws {
    let arguments = [
      "fit", "-", "--model", "a*x", "--start", "a=1", "--response", "log(y)", "--format", "json",
    ]
    let data = "x,y\n1,1.0000000011\n2,1.0000000019\n3,1.0000000031\n"
    let double = try #require(lsq(arguments, input: data).results().first)
    let exact = try #require(lsq(arguments + ["--digits", "20"], input: data).results().first)
    let error = abs(double.values[0] / exact.values[0] - 1)
    let sentence = try #require(double.accuracy?.sentences.first)
    let claim = try #require(
      sentence.split(separator: " ").dropFirst(3).first.flatMap { Double($0.dropLast()) })
    #expect(error <= claim && claim < 1e-5, "\(error), \(sentence)")
  }

  @Test func `Without a digit of a parameter nothing is solved`() {
    let arguments = ["fit", "-", "--model", "a*u+b*v", "--start", "a=1,b=1", "--sigma", "s"]
    let data = "u,v,y,s\n1,0,3.1,1e-20\n1,0,3.2,2e-20\n0,1,5.1,1\n0,1,5.5,1\n"
    let outcome = lsq(arguments + ["--scalar", "double"], input: data)
    #expect(outcome.status == 1 && outcome.output.contains("b: no digit computed"), "\(outcome)")
    #expect(!outcome.output.contains("as good as"))
    // Where the type is not asked for, another one helps.
    let refined = lsq(arguments, input: data)
    #expect(refined.status == 0 && refined.output.contains("b          5.3 "), "\(refined)")
  }

  @Test(arguments: [["--tolerance", "-1"], ["--tolerance=-1"]])
  func `A tolerance is a word`(arguments: [String]) {
    let outcome = decay(0, arguments[0], arguments.count > 1 ? arguments[1] : "--digits=3")
    #expect(
      outcome.status == 64 && outcome.error.contains("one of 'tight' and 'minpack'"), "\(outcome)")
    #expect(decay(0, "--tolerance", "minpack").status == 0)
  }
}
