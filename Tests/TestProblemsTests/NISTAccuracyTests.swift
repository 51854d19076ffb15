import CurveFitting
import LSQScalars
import MultiPrecision
import TestProblems
import Testing

/// What a fit says of its own accuracy, held against the committed digits.
@Suite struct NISTAccuracyTests {
  @Test(arguments: NISTProblem.names)
  func `No parameter is worse than it is said to be`(name: String) throws {
    let exact = try #require(try certifiedValues()[name])
    let file = try NISTProblem.named(name)
    func check<Scalar: LSQScalar>(_ type: Scalar.Type, _ derivatives: FitDerivatives) throws {
      let fit = try file.problem(over: type).fit(
        from: file.start(2, as: type), options: FitOptions(derivatives: derivatives))
      // Differences lose the minimum of some problems in rounding, and say so.
      guard derivatives == .exact || fit.isConverged else { return }
      try #require(fit.isConverged, "\(type), \(derivatives)")
      for (j, parameter) in fit.accuracy(parameterNames: file.parameterNames).parameters
        .enumerated()
      {
        let claimed = try #require(parameter.digitsComputed)
        let value = try #require(MPFloat512(fit.parameters[j].description))
        let solution = try #require(exact[parameter.name].flatMap { MPFloat512($0) })
        let error = max(((value - solution) / solution).magnitude, MPFloat512("1e-99")!)
        let digits = -(Double(MPFloat512.log10(error).description) ?? 0)
        // A step by differences ends somewhere near, not at, the point where they see the minimum.
        let slack = derivatives == .exact ? 0.3 : 0.5
        #expect(digits >= claimed - slack, "\(type), \(derivatives), \(parameter.name): \(digits)")
      }
    }
    try check(Double.self, .exact)
    try check(Float.self, .exact)
    try check(Double.self, .forward)
    try check(Double.self, .central)
  }

  @Test(arguments: ["Misra1a", "MGH09", "Lanczos1"])
  func `A fit to confirmed digits tells where they go as well`(name: String) throws {
    let posed = StartedProblem(try NISTProblem.named(name), start: 2)
    let ladder: ScalarLadder = PrecisionLadder.scalarType(bits:)
    let fit = try posed.fit(digits: 30, ladder: ladder)
    let names = posed.file.parameterNames
    let accuracy = try posed.accuracy(of: fit, ladder: ladder, parameterNames: names)
    #expect(accuracy.rank == names.count && accuracy.bits == fit.bits)
    #expect(accuracy.parameters.allSatisfy { $0.digitsComputed == 30 && $0.digitsKnown != nil })
    // The data of Lanczos1 scatter in the 13th digit.
    let needed = try #require(accuracy.digitsNeeded)
    #expect(name == "Lanczos1" ? needed > 13 : needed < 8, "\(needed)")
  }

  /// Rounding is worth a bound only where that is not far above the error.
  @Test func `The digits computed are not understated by far`() throws {
    var excess: [Double] = []
    for name in NISTProblem.names {
      let exact = try #require(try certifiedValues()[name])
      let file = try NISTProblem.named(name)
      let fit = try file.problem(over: Double.self).fit(from: file.start(2, as: Double.self))
      let accuracy = fit.accuracy(parameterNames: file.parameterNames)
      for (j, parameter) in accuracy.parameters.enumerated() {
        let value = try #require(MPFloat512(fit.parameters[j].description))
        let solution = try #require(exact[parameter.name].flatMap { MPFloat512($0) })
        let error = max(((value - solution) / solution).magnitude, MPFloat512("1e-16")!)
        let digits = -(Double(MPFloat512.log10(error).description) ?? 0)
        excess.append(digits - (try #require(parameter.digitsComputed)))
      }
    }
    let ordered = excess.sorted()
    #expect(ordered[ordered.count / 2] < 2 && ordered[ordered.count - 1] < 3.5, "\(ordered)")
  }
}
