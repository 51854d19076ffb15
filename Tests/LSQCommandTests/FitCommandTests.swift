import Synchronization
import TestProblems
import Testing

@testable import LSQCommand

@Suite struct `Fit` {
  @Test func `Puromycin agrees with what R's nls prints`() throws {
    let outcome = lsq(Samples.puromycinFit + ["--format", "json"], input: Samples.puromycin)
    #expect(outcome.status == 0, "\(outcome)")
    #expect(outcome.error.isEmpty)
    let result = try #require(outcome.results().first)
    #expect(result.parameters.map(\.name) == ["Vm", "K"])
    #expect(agree(result.values[0], 212.6837, to: 1e-6))
    #expect(agree(result.values[1], 0.06412128, to: 1e-6))
    #expect(agree(result.standardErrors[0], 6.947155, to: 1e-6))
    #expect(agree(result.standardErrors[1], 0.008280945, to: 1e-5))
    #expect(agree(Double(result.residualStandardDeviation ?? "") ?? 0, 10.93366, to: 1e-6))
    #expect(result.degreesOfFreedom == 10)
    #expect(result.converged)
    #expect((result.scalar, result.bits) == ("double", 53))
  }

  @Test func `The table names parameters, errors and the reason to stop`() {
    let outcome = lsq(Samples.puromycinFit, input: Samples.puromycin)
    #expect(outcome.status == 0)
    for text in ["Vm", "212.68374314", "6.9472", "degrees of freedom", "why it stopped"] {
      #expect(outcome.output.contains(text), "\(text) in \(outcome)")
    }
    #expect(outcome.output.split(separator: "\n").allSatisfy { $0.count <= 100 })
  }

  /// The normal equations of a + b·x with weights 1/σ², in exact integers: Σ of w, wx, wx², wy and wxy
  /// with w in quarters.
  @Test func `Known sigma weighs the residuals and gives unscaled standard errors`() throws {
    let rows: [(x: Int, y: Int, w: Int)] = [(0, 1, 4), (1, 3, 1), (2, 4, 4), (3, 8, 1)]
    let w = rows.reduce(0) { $0 + $1.w }
    let wx = rows.reduce(0) { $0 + $1.w * $1.x }
    let wxx = rows.reduce(0) { $0 + $1.w * $1.x * $1.x }
    let wy = rows.reduce(0) { $0 + $1.w * $1.y }
    let wxy = rows.reduce(0) { $0 + $1.w * $1.x * $1.y }
    let determinant = w * wxx - wx * wx
    let a = Double(wxx * wy - wx * wxy) / Double(determinant)
    let b = Double(w * wxy - wx * wy) / Double(determinant)
    let errorOfA = (4 * Double(wxx) / Double(determinant)).squareRoot()
    let errorOfB = (4 * Double(w) / Double(determinant)).squareRoot()

    let outcome = lsq(
      [
        "fit", "-", "--model", "a+b*x", "--start", "a=0,b=1", "--sigma", "s", "--format", "json",
      ], input: Samples.weighted)
    let result = try #require(outcome.results().first)
    #expect(outcome.status == 0)
    for (found, expected) in zip(
      result.values + result.standardErrors, [a, b, errorOfA, errorOfB])
    {
      #expect(agree(found, expected, to: 1e-14), "\(found) for \(expected)")
    }
    let covariance = try #require(result.covariance).map { $0.compactMap { Double($0) } }
    let expected = [[Double(4 * wxx), Double(-4 * wx)], [Double(-4 * wx), Double(4 * w)]]
    #expect(covariance.map(\.count) == [2, 2])
    for (found, expected) in zip(covariance.joined(), expected.joined()) {
      #expect(agree(found, expected / Double(determinant), to: 1e-14))
    }
  }

  @Test func `Two predictors and columns without a header`() throws {
    // y = 1 + 2u − v exactly.
    let data = "1 1 2\n2 1 4\n1 3 0\n5 2 9\n"
    let outcome = lsq(
      [
        "fit", "-", "--columns", "u,v,y", "--model", "a+b*u+c*v", "--start", "a=0,b=0,c=0",
        "--format", "json",
      ], input: data)
    let values = try #require(outcome.results().first).values
    for (found, expected) in zip(values, [1, 2, -1.0]) {
      #expect(agree(found, expected, to: 1e-14), "\(found)")
    }
  }

  @Test func `A response may be a formula, and a formula may begin with a sign`() throws {
    let data = "t,y\n0,1\n1,0.36787944117144233\n2,0.1353352832366127\n"
    let outcome = lsq(
      [
        "fit", "-", "--model", "-k*t", "--start", "k=0.5", "--response", "log(y)", "--format",
        "json",
      ], input: data)
    let values = try #require(outcome.results().first, "\(outcome)").values
    #expect(agree(values[0], 1, to: 1e-15))
  }

  @Test func `Data come from a file as from standard input`() throws {
    let arguments = Samples.puromycinFit + ["--format", "json"]
    let piped = try lsq(arguments, input: Samples.puromycin).results()
    let read = try withFile(Samples.puromycin, named: "puromycin.csv") { path in
      try lsq(arguments.map { $0 == "-" ? path : $0 }).results()
    }
    #expect(read.first?.parameters.map(\.value) == piped.first?.parameters.map(\.value))
  }

  @Test(arguments: ["exact", "forward", "central"])
  func `Every source of derivatives finds the same minimum`(jacobian: String) throws {
    let outcome = lsq(
      Samples.puromycinFit + ["--jacobian", jacobian, "--format", "json"],
      input: Samples.puromycin)
    let result = try #require(outcome.results().first)
    #expect(outcome.status == 0)
    #expect(result.jacobian == jacobian)
    #expect((result.jacobianEvaluations == 0) == (jacobian != "exact"))
    #expect(agree(result.values[0], 212.68374314253606, to: 1e-7))
  }

  @Test(arguments: [("float", 24), ("FLOAT", 24), ("mp100", 113), ("mp256", 256), ("mp257", 320)])
  func `A scalar is called by what ran`(name: String, bits: Int) throws {
    let outcome = lsq(
      Samples.puromycinFit + ["--scalar", name, "--format", "json"], input: Samples.puromycin)
    let result = try #require(outcome.results().first)
    #expect(result.bits == bits)
    #expect(result.scalar == (bits == 24 ? "float" : "mp\(bits)"))
  }

  @Test func `A limit of evaluations ends with status 1, the result and one message`() throws {
    let outcome = lsq(
      Samples.puromycinFit + ["--max-evaluations", "2", "--format", "json"],
      input: Samples.puromycin)
    let result = try #require(outcome.results().first)
    #expect(outcome.status == 1)
    #expect(!result.converged)
    #expect((result.termination, result.info) == ("evaluationLimit", 5))
    #expect(outcome.messageCount == 1)
  }

  @Test(arguments: [[], ["--digits", "50"]])
  func `An interruption ends with the best point so far`(options: [String]) throws {
    let looks = Counter()
    let outcome = lsq(
      Samples.puromycinFit + options + ["--format", "json"], input: Array(Samples.puromycin.utf8),
      isInterrupted: { looks.next() > 3 })
    let result = try #require(outcome.results().first)
    #expect(outcome.status == 1)
    #expect(result.termination == "stopped")
    #expect(result.iterations <= 4)
    #expect(agree(result.values[0], 212.68374314253606, to: 1e-2))
    #expect(outcome.messageCount == 1)
  }

  @Test(arguments: [["--digits", "1000"], ["--scalar", "mp3300", "--correctly-rounded"]])
  func `An interrupted climb shows the digits that it had reached`(options: [String]) throws {
    let arguments = Samples.puromycinFit + options
    let input = Array(Samples.puromycin.utf8)
    let (all, some) = (Counter(), Counter())
    _ = lsq(arguments, input: input, isInterrupted: { all.next() < 0 })
    let last = all.next() - 4
    let outcome = lsq(arguments, input: input, isInterrupted: { some.next() > last })
    #expect(outcome.output.contains(", not confirmed\n"), "\(outcome)")
    #expect(outcome.output.contains("Vm         212.683743142536069328028645169"), "\(outcome)")
  }

  @Test(arguments: [false, true])
  func `Output that cannot be written is no success`(isClosed: Bool) {
    var error = ""
    let console = Console(
      output: { _ in throw OutputFailure(isClosed: isClosed) }, error: { error += $0 },
      standardInput: { Array(Samples.puromycin.utf8) })
    #expect(LSQ.run(Samples.puromycinFit, on: console) == 1 && error.isEmpty == isClosed)
  }

  @Test func `What the data do not determine has no standard error and is named`() throws {
    let arguments = [
      "fit", "-", "--model", "a+b*x+c*x", "--start", "a=1,b=1,c=1", "--scalar", "mp256",
    ]
    let json = lsq(arguments + ["--format", "json"], input: Samples.weighted)
    let result = try #require(json.results().first)
    #expect(result.parameters.allSatisfy { $0.standardError == nil } == false)
    #expect(result.parameters[1].standardError == nil)
    #expect(result.parameters[2].standardError == nil)
    // The line itself is determined: a = 0.7, b + c = 2.2, Σr² = 1.8.
    #expect(agree(Double(result.ssr) ?? .nan, 1.8, to: 1e-14))
    #expect(agree(result.values[0], 0.7, to: 1e-14))
    let table = lsq(arguments, input: Samples.weighted)
    #expect(table.output.hasSuffix("not determined               b, c\n"), "\(table)")
  }

  @Test(arguments: [[], ["--digits", "20"]])
  func `Differences that rounding swallows are no solution`(options: [String]) throws {
    let outcome = lsq(
      ["fit", "-", "--model", "a+b*x", "--start", "a=1,b=1", "--jacobian", "forward"]
        + ["--format", "json"] + options,
      input: "x,y\n1,1e200\n2,2.5e200\n3,4.1e200\n4,5.4e200\n")
    let result = try #require(outcome.results().first)
    #expect(outcome.status == 1 && outcome.messageCount == 1, "\(outcome)")
    #expect(!result.converged && result.termination == "differencesLost")
  }

  @Test(arguments: ["200", "-200"])
  func `Standard errors hold where the sum of squares leaves the range`(power: String) throws {
    let outcome = lsq(
      ["fit", "-", "--model", "a+b*x", "--start", "a=0,b=0", "--format", "json"],
      input: "x,y\n1,1e\(power)\n2,3e\(power)\n3,5e\(power)\n4,8e\(power)\n")
    let result = try #require(outcome.results().first)
    let scale = try #require(Double("1e\(power)"))
    // For y = 1, 3, 5, 8: s² = 0.15, and 0.03 the variance of b.
    #expect(outcome.status == 0, "\(outcome)")
    #expect(abs(result.values[1] / scale - 2.3) < 1e-12)
    #expect(abs(result.standardErrors[1] / scale - 0.03.squareRoot()) < 1e-12)
  }

  @Test(arguments: [[], ["--digits", "20"], ["--scalar", "mp128"]])
  func `A relative sigma is scaled by the residuals`(options: [String]) throws {
    let arguments =
      ["fit", "-", "--model", "a+b*x", "--start", "a=1,b=1", "--sigma", "s", "--format", "json"]
      + options
    let data = "x,y,s\n0,1,1\n1,3,2\n2,5,1\n3,8,2\n"
    let known = try #require(lsq(arguments, input: data).results().first)
    let relative = try #require(lsq(arguments + ["--relative-sigma"], input: data).results().first)
    let scale = try #require(relative.residualStandardDeviation.flatMap { Double($0) })
    #expect(known.values == relative.values)
    for (a, b) in zip(known.standardErrors, relative.standardErrors) {
      #expect((a * scale / b - 1).magnitude < 1e-12)
    }
    let misused = lsq(
      ["fit", "-", "--model", "a*x", "--start", "a=1", "--relative-sigma"], input: data)
    #expect(misused.status != 0 && misused.error.contains("--sigma"), "\(misused)")
  }

  @Test func `An exact fit through the origin ends soon`() throws {
    let outcome = lsq(
      [
        "fit", "-", "--model", "a+b*x", "--start", "a=1,b=1", "--scalar", "mp128", "--format",
        "json",
      ], input: "x,y\n-1,-2\n0,0\n1,2\n")
    let result = try #require(outcome.results().first)
    #expect(outcome.status == 0)
    #expect(result.values[1] == 2)
    #expect(abs(result.values[0]) < 1e-37)
    #expect(result.residualEvaluations < 500)
  }

  /// NIST's BoxBOD from its far start, whose first step in `Float` leads to a plateau.
  @Test func `A start that was tried again is reported with what helped`() {
    let data = "x,y\n1,109\n2,149\n3,149\n5,191\n7,213\n10,224\n"
    let arguments = [
      "fit", "-", "--model", "b1*(1-exp(-b2*x))", "--start", "b1=1,b2=1", "--scalar", "float",
    ]
    let table = lsq(arguments, input: data)
    #expect(table.status == 0 && table.output.contains("213.809"), "\(table)")
    #expect(table.output.contains("1, from the same start: smaller first steps"), "\(table)")
    let line = lsq(arguments + ["--format", "json"], input: data)
    #expect(line.output.contains("\"retries\":1,\"remedy\":\"smallerRegion\""), "\(line)")
  }

  @Test func `Data without scatter are met in a wider type, unless one was named`() throws {
    // 3·exp(−x/2) to 12 decimals.
    let data = "x,y\n0,3\n1,1.819591979138\n2,1.103638323514\n3,0.669390480445\n4,0.406005849710\n"
    let arguments = ["fit", "-", "--model", "a*exp(-b*x)", "--start", "a=1,b=1", "--format"]
    let table = lsq(arguments + ["table"], input: data)
    #expect(table.status == 0 && table.output.contains("Rounding had left too"), "\(table)")
    #expect(table.output.contains("digits confirmed             17, at "))
    let refined = try #require(lsq(arguments + ["json"], input: data).results().first)
    let named = try #require(
      lsq(arguments + ["json", "--scalar", "double"], input: data).results().first)
    let exact = try #require(
      lsq(arguments + ["json", "--digits", "30"], input: data).results().first)
    #expect(named.digitsConfirmed == nil && named.bitsNeeded == 53)
    #expect(named.accuracy?.sentences.contains { $0.hasPrefix("sum of squares:") } == true)
    #expect(Double(refined.ssr) == Double(exact.ssr) && Double(named.ssr) != Double(exact.ssr))
    #expect(refined.standardErrors == exact.standardErrors)
    #expect(refined.residualEvaluations > named.residualEvaluations)
  }

  @Test func `Parameters that are open are no matter of rounding`() {
    let outcome = lsq(
      ["fit", "-", "--model", "a*x+b*x", "--start", "a=1,b=1", "--correctly-rounded"],
      input: "x,y\n1,2\n2,3\n3,5\n")
    #expect(outcome.status == 1 && outcome.error.contains("do not determine a, b"), "\(outcome)")
  }

  /// In narrow types the columns of the Jacobian are equal.
  @Test(arguments: ["float", "double", "float80"])
  func `Parameters that only rounding makes redundant are not solved for`(scalar: String) throws {
    let data = "x,y\n1,1.1\n2,2.3\n3,2.9\n4,4.2\n5,4.8\n"
    let arguments = ["fit", "-", "--model", "a+b*(1e20+x)", "--start", "a=1,b=1"]
    let outcome = lsq(arguments + ["--scalar", scalar], input: data)
    #expect(
      outcome.status == 1 && outcome.error.contains("take a wider one, of 192 bits"), "\(outcome)")
    let wide = lsq(arguments + ["--scalar", "mp192"], input: data)
    #expect(wide.status == 0, "\(wide)")
    let redundant = lsq(
      ["fit", "-", "--model", "a+b+c*x", "--start", "a=1,b=1,c=1", "--scalar", scalar], input: data)
    #expect(
      redundant.status == 0 && redundant.output.contains("not determine a, b"), "\(redundant)")
  }

  @Test func `A problem of NIST's brings its model, its response and its starts`() throws {
    let arguments = ["fit", "nelson", "--digits", "12", "--format", "json"]
    let near = try #require(lsq(arguments).results().first)
    #expect(near.converged && near.parameters.map(\.name) == ["b1", "b2", "b3"])
    for start in ["1", "2", "b1=2.5,b2=5e-9,b3=-0.05"] {
      let other = try #require(lsq(arguments + ["--start", start]).results().first)
      #expect(other.values == near.values, "\(start)")
    }
    let text = try NISTProblem.text(of: "Nelson")
    let read = try #require(
      lsq(["fit", "-", "--digits", "12", "--format", "json"], input: text).results().first)
    #expect(read.values == near.values)
  }

  @Test(arguments: [
    (["thurbr"], "did you mean Thurber?"),
    (["-"], "This is not a StRD file"),
    (["all"], "Name one problem, not all of them."),
    (["thurber", "--start", "3"], "--start is “3”: it must be 1, 2 or a list such as \"b1=1\"."),
    (["misra1a", "--start", "b1=1"], "The model of Misra1a, column 12: b2 is neither a column"),
    (["thurber", "--relative-sigma"], "--relative-sigma belongs to a formula: give --model and"),
    (["thurber", "--response", "y"], "--response belongs to a formula: give --model and --start"),
    (["thurber", "--model", "a*x"], "--model needs a --start"),
    (
      ["thurber", "--model", "a*x", "--start", "a=1"],
      "thurber is a problem of NIST's, which brings its model; with a formula, give a file"
    ),
  ])
  func `What fits no problem is refused with the remedy`(arguments: [String], message: String) {
    let outcome = lsq(["fit"] + arguments)
    #expect(outcome.status == 64 && outcome.error.contains(message), "\(outcome)")
  }
}

/// Counts calls.
final class Counter: Sendable {
  private let count = Atomic(0)

  func next() -> Int { count.add(1, ordering: .relaxed).newValue }
}
