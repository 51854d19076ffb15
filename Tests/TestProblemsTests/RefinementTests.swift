import CurveFitting
import LSQScalars
import MultiPrecision
import TestProblems
import Testing

/// Fits in Double that go on in a wider type where rounding leaves too few digits.
@Suite struct RefinementTests {
  private static let ladder: ScalarLadder = PrecisionLadder.scalarType(bits:)
  /// Problems whose data are met to 10 digits or so of what the model computes with.
  private static let nearRounding: Set = [
    "Bennett5", "Lanczos1", "Lanczos2", "Lanczos3", "MGH10", "Thurber",
  ]

  /// −log₁₀ of a relative error.
  private func digits(_ value: Double, _ text: String?) throws -> Double {
    let exact = try #require(text.flatMap { MPFloat512($0) })
    let error = ((try #require(MPFloat512(value.description)) - exact) / exact).magnitude
    return error == 0 ? 99 : -(Double(MPFloat512.log10(error).description) ?? 0)
  }

  @Test(arguments: NISTProblem.names)
  func `All numbers in Double have 11 digits and more`(name: String) throws {
    let exact = try #require(try certifiedValues()[name])
    for start in [1, 2] {
      let posed = StartedProblem(try NISTProblem.named(name), start: start)
      let fit = try posed.problem(over: Double.self).fit(from: posed.start(over: Double.self))
      let refined = try posed.refined(fit, ladder: Self.ladder)
      #expect((refined.refinement != nil) == Self.nearRounding.contains(name))
      // Lanczos's residuals are rounding, in part or altogether.
      if !name.hasPrefix("Lanczos") {
        for (j, parameter) in posed.file.parameterNames.enumerated() {
          #expect(try digits(fit.parameters[j], exact[parameter]) > 12)
          let error = try #require(fit.standardErrors[j])
          #expect(try digits(error, exact["sd(\(parameter))"]) > 11, "\(parameter)")
        }
      }
      let least = refined.refinement == nil ? 11 : 15.5
      for (j, parameter) in posed.file.parameterNames.enumerated() {
        #expect(try digits(refined.parameters[j], exact[parameter]) > least)
        let error = try #require(refined.standardErrors[j])
        #expect(try digits(error, exact["sd(\(parameter))"]) > least, "\(parameter)")
        let variance = try #require(refined.covariance)[j, j]
        #expect((variance / (error * error) - 1).magnitude < 1e-6)
      }
      #expect(try digits(refined.sumOfSquares, exact["SSR"]) > least)
      #expect(try digits(refined.residualStandardDeviation ?? 0, exact["RSD"]) > least)
      #expect(
        (refined.residualNorm * refined.residualNorm / refined.sumOfSquares - 1).magnitude < 1e-14)
    }
  }

  @Test(arguments: NISTProblem.names)
  func `What rounding may have done to the sum of squares is no less than what it did`(
    name: String
  ) throws {
    let exact = try #require(try certifiedValues()[name]?["SSR"])
    let file = try NISTProblem.named(name)
    func check<Scalar: LSQScalar>(_ type: Scalar.Type) throws {
      let fit = try file.problem(over: type).fit(from: file.start(2, as: type))
      let bound = try #require(
        fit.sumOfSquaresError.flatMap { MPFloat512($0.description) })
      let sum = try #require(MPFloat512(fit.sumOfSquares.description))
      let error = (sum - (try #require(MPFloat512(exact)))).magnitude
      #expect(error <= bound * sum, "\(type)")
    }
    try check(Float.self)
    try check(Double.self)
    try check(MPFloat128.self)
  }

  @Test func `A fit that rounding left without a sum says so, and what it was refined to`() throws {
    let posed = StartedProblem(try NISTProblem.named("Lanczos1"), start: 2)
    let fit = try posed.problem(over: Double.self).fit(from: posed.start(over: Double.self))
    #expect(fit.accuracy().sentences.contains { $0.hasPrefix("sum of squares: computed to ") })
    let refined = try posed.refined(fit, ladder: Self.ladder)
    let reason = StopReason(refined)
    #expect(refined.accuracy().sums == nil && reason.name == StopReason(fit).name)
    #expect(reason.sentence.contains("confirmed to 17 digits, and rounded."))
    let work = try #require(refined.refinement?.work)
    #expect(!work.contains { $0.kind == .fit } && work.count < 12)
    // Asked again it has nothing to do.
    #expect(try posed.refined(refined, ladder: Self.ladder).sumOfSquares == refined.sumOfSquares)
    let stopped = try posed.refined(fit, ladder: Self.ladder, isInterrupted: { true })
    #expect(stopped.refinement == nil && stopped.sumOfSquares == fit.sumOfSquares)
  }

  /// A polynomial in years, and in years from 2000 on.
  private static func years(_ degree: Int, origin: Int) throws -> DecimalFit<FormulaModel> {
    let names = (0...degree).map { "b\($0)" }
    let terms = names.enumerated().map { "\($1)*(x-\(origin))^\($0)" }
    let rows = (1990...2010).map { "\($0),\(($0 * $0 * 7919) % 101)" }
    return DecimalFit(
      model: try Formula(parsing: terms.joined(separator: "+")).bound(
        parameters: names, predictors: ["x"]),
      data: try DataTable("x,y\n" + rows.joined(separator: "\n")), predictors: ["x"], response: "y",
      start: names.map { _ in "1" })
  }

  /// In `Double` degree 4 has no digit, and of the columns of the others about 7 are independent.
  @Test(arguments: [2, 4, 8, 14])
  func `Parameters that all but compensate each other have their digits`(degree: Int) throws {
    let posed = try Self.years(degree, origin: 0)
    let fit = try posed.problem(over: Double.self).fit(from: posed.start(over: Double.self))
    let refined = try posed.refined(fit, ladder: Self.ladder)
    #expect(refined.refinement != nil && refined.isConverged && refined.hidden.isEmpty)
    #expect(refined.determinacy?.rank == degree + 1 && refined.undetermined.isEmpty)
    #expect(refined.accuracy().parameters.allSatisfy { $0.digitsComputed ?? 0 > 15 })
    // Taylor's theorem leads from one polynomial to the other.
    let near = try Self.years(degree, origin: 2000).fit(digits: 60, ladder: Self.ladder)
    let shifted = near.parameters.compactMap { MPFloat512($0) }
    for k in 0...degree {
      var sum: MPFloat512 = 0
      var factor: MPFloat512 = 1
      for j in k...degree {
        if j > k { factor *= -2000 * MPFloat512(j) / MPFloat512(j - k) }
        sum += shifted[j] * factor
      }
      #expect(try digits(refined.parameters[k], sum.description) > 15.5, "b\(k)")
    }
    #expect(try digits(refined.sumOfSquares, near.sumOfSquares) > 15.5)
    let (errors, covariance) = (refined.standardErrors, try #require(refined.covariance))
    let wide = try posed.problem(over: MPFloat512.self).fit(
      from: posed.start(over: MPFloat512.self))
    for (value, exact) in zip(covariance.elements, try #require(wide.covariance).elements) {
      #expect(try digits(value, exact.description) > 14.5)
    }
    #expect(try digits(errors[degree] ?? 0, near.standardErrors[degree]) > 15.5)
  }

  @Test func `What rounding hides already at the start does not drift`() throws {
    let names = ["a", "b", "c"]
    let rows = zip(1...5, ["1.8", "1.1", "0.7", "0.4", "0.3"]).map {
      "\($0),100000000000000\($1)"
    }
    let posed = DecimalFit(
      model: try Formula(parsing: "a*exp(-b*x)+c").bound(parameters: names, predictors: ["x"]),
      data: try DataTable("x,y\n" + rows.joined(separator: "\n")), predictors: ["x"], response: "y",
      start: ["1", "1", "1e15"])
    let fit = try posed.problem(over: Double.self).fit(from: posed.start(over: Double.self))
    #expect(StopReason(fit).name == "hiddenByRounding" && !fit.isSolved)
    let refined = try posed.refined(fit, ladder: Self.ladder)
    let exact = try posed.fit(digits: 30, ladder: Self.ladder)
    #expect(refined.isSolved)
    for j in 0..<3 { #expect(try digits(refined.parameters[j], exact.parameters[j]) > 15.5) }
  }

  private func refined(_ model: String, _ rows: [String], start: [String]) throws -> Fit<Double> {
    let posed = DecimalFit(
      model: try Formula(parsing: model).bound(parameters: ["a", "b"], predictors: ["x"]),
      data: try DataTable("x,y\n" + rows.joined(separator: "\n")), predictors: ["x"],
      response: "y", start: start)
    return try posed.refined(
      posed.problem(over: Double.self).fit(from: posed.start(over: Double.self)),
      ladder: Self.ladder)
  }

  @Test func `A fit is not refined to numbers that Double does not hold`() throws {
    let fit = try refined("1e-200*1e-200*a*x+b", ["1,2", "2,3.5", "3,4.1"], start: ["1", "1"])
    #expect(fit.refinement == nil && fit.parameters.allSatisfy(\.isFinite), "\(fit)")
    #expect(fit.undetermined == [0])
  }

  @Test func `Numbers below the normal ones are known to their spacing`() throws {
    let fit = try refined(
      "a*x+b", ["1,3.337e-320", "2,6.731e-320", "3,9.823e-320", "4,13.1e-320"],
      start: ["1e-310", "1e-320"])
    let wide = try #require(fit.refinement)
    for j in 0..<2 {
      #expect(fit.numericalErrors[j] == .leastNonzeroMagnitude)
      #expect(fit.accuracy().parameters[j].digitsComputed ?? 16 < 4)
    }
    let sum = try #require(MPFloat256(wide.sumOfSquares))
    let norm = try #require(MPFloat256(fit.residualNorm.description))
    let error = try #require(fit.sumOfSquaresError)
    #expect((norm * norm / sum - 1).magnitude <= MPFloat256(error) && error < 0.1, "\(fit)")
  }

  @Test func `A parameter that belongs at zero, where its slope vanishes, hides no other`() throws {
    // Two straight lines that meet at k; every d > 0 rounds the corner that the data have.
    let names = ["a", "b", "c", "k", "d"]
    let response = ["5.1", "4.8", "4.9", "5.2", "4.95", "6.1", "8.2", "9.9", "12.1", "14.0"]
    let posed = DecimalFit(
      model: try Formula(parsing: "a+b*x+c*sqrt((x-k)^2+d^2)").bound(
        parameters: names, predictors: ["x"]),
      data: try DataTable("x,y\n" + zip(0..., response).map { "\($0),\($1)\n" }.joined()),
      predictors: ["x"], response: "y", start: ["1", "1", "1", "4.3", "0.5"])
    let fit = try posed.problem(over: Double.self).fit(from: posed.start(over: Double.self))
    #expect(fit.isSolved && fit.parameters[4].magnitude < 1e-20)
    for (j, value) in [0.62, 0.99, 0.98].enumerated() {
      let error = try #require(fit.numericalErrors[j])
      #expect((fit.parameters[j] - value).magnitude <= error && error < 1e-12)
    }
    let refined = try posed.refined(fit, ladder: Self.ladder)
    #expect(refined.parameters[4] == 0 && refined.undetermined == [4])
  }

  @Test(arguments: [
    ("a*exp(-((x-5)*1e16)^2)", "x,y\n5.0000000000000001,1\n5,3\n5.0000000000000002,2.6\n"),
    ("a*exp(-((x-2.00000000000000005)*1e16)^2)", "x,y\n1,1\n2,2.1\n3,2.9\n"),
  ])
  func `A whole number that a decimal was rounded to is not taken for exact`(
    formula: String, data: String
  ) throws {
    let posed = DecimalFit(
      model: try Formula(parsing: formula).bound(parameters: ["a"], predictors: ["x"]),
      data: try DataTable(data), predictors: ["x"], response: "y", start: ["2"])
    let fit = try posed.problem(over: Double.self).fit(from: posed.start(over: Double.self))
    let refined = try posed.refined(fit, ladder: Self.ladder)
    let wide = try posed.fit(digits: 20, ladder: Self.ladder)
    #expect(refined.refinement != nil && refined.parameters[0] == Double(wide.parameters[0]))
    let float = try posed.problem(over: Float.self).fit(from: posed.start(over: Float.self))
    let error = float.numericalErrors[0].map { Double($0) } ?? .infinity
    #expect((Double(float.parameters[0]) - refined.parameters[0]).magnitude <= error)
  }

  @Test(arguments: ["a*x+b*x+c", "a*sin(x)+b*cos(x)+c*sin(x+1)"])
  func `Redundant parameters are so in every type`(formula: String) throws {
    let posed = DecimalFit(
      model: try Formula(parsing: formula).bound(
        parameters: ["a", "b", "c"], predictors: ["x"]),
      data: try DataTable("x,y\n1,2.1\n2,3.9\n3,6.2\n4,7.9\n"), predictors: ["x"], response: "y",
      start: ["1", "2", "0"])
    let fit = try posed.problem(over: Double.self).fit(from: posed.start(over: Double.self))
    let refined = try posed.refined(fit, ladder: Self.ladder)
    #expect(refined.refinement == nil && refined.undetermined == fit.undetermined)
    #expect(!fit.undetermined.isEmpty || !fit.hidden.isEmpty)
    #expect(throws: DigitsNotReached.self) { try posed.fit(digits: 15, ladder: Self.ladder) }
  }

  @Test func `A wide look tells what rounding makes redundant from what the model does`() throws {
    // Times in seconds since 1970 are all the same in Float.
    func judged(_ model: String, _ names: [String]) throws -> Fit<Float> {
      let posed = DecimalFit(
        model: try Formula(parsing: model).bound(parameters: names, predictors: ["x"]),
        data: try DataTable("x,y\n1700000001,1\n1700000002,2.1\n1700000003,2.9\n1700000005,5\n"),
        predictors: ["x"], response: "y", start: names.map { _ in "1" })
      let fit = try posed.problem(over: Float.self).fit(from: posed.start(over: Float.self))
      #expect(fit.isSolved && fit.bitsNeeded == nil && !fit.undetermined.isEmpty)
      return try posed.judged(fit, ladder: Self.ladder)
    }
    let line = try judged("a+b*x", ["a", "b"])
    #expect(!line.isSolved && line.hidden == [0, 1] && line.bitsNeeded == 64, "\(line)")
    #expect(StopReason(line).name == "hiddenByRounding")
    #expect(!StopReason(line).sentence.contains("do not determine"))
    let twice = try judged("a+2*b", ["a", "b"])
    #expect(twice.isSolved && twice.bitsNeeded == nil && twice.undetermined == [0, 1])
    #expect(StopReason(twice).sentence.contains("do not determine b1, b2"))
  }
}
