import CurveFitting
import Foundation
import LSQScalars
import LeastSquares
import MultiPrecision
import Testing

/// b₀ + b₁·x + … + bₙ₋₁·xⁿ⁻¹.
private struct PowerSeries: Model {
  func value<N: ModelNumber>(_ b: Span<N>, at x: Span<N>) -> N {
    var value = b[b.count - 1]
    for j in (0..<(b.count - 1)).reversed() { value = value * x[0] + b[j] }
    return value
  }
}

/// b₀ + b₁·x + exp(−200·x²), computed in a unit.
private struct Rescaled: Model {
  let exponent: Int
  func value<N: ModelNumber>(_ b: Span<N>, at x: Span<N>) -> N {
    let unit = N(N.Scalar(sign: .plus, exponent: N.Scalar.Exponent(exponent), significand: 1))
    return (b[0] * unit + b[1] * x[0] * unit) / unit + .exp(-200 * x[0] * x[0])
  }
}

/// b₀ + (b₁ + 3·b₃)·x + b₂·x² + 0·b₄.
private struct Deficient: Model {
  func value<N: ModelNumber>(_ b: Span<N>, at x: Span<N>) -> N {
    b[0] + (b[1] + 3 * b[3]) * x[0] + b[2] * x[0] * x[0] + 0 * b[4]
  }
}

/// (b₀ + b₂ − 2·b₃) + (b₁ + b₂ + b₃)·x.
private struct Crossed: Model {
  func value<N: ModelNumber>(_ b: Span<N>, at x: Span<N>) -> N {
    (b[0] + b[2] - 2 * b[3]) + (b[1] + b[2] + b[3]) * x[0]
  }
}

@Suite struct FitAccuracyTests {
  private func problem<S: LSQScalar>(
    _ model: some Model, _ n: Int, over _: S.Type, shift: Int = 0
  ) throws -> ModelProblem<S> {
    let y: [Int] = [1, 3, 4, 8, 9, 13, 12]
    return try ModelProblem(
      model: model, predictors: y.indices.map { S($0 + shift) }, predictorCount: 1,
      response: y.map { S($0) }, parameterCount: n)
  }

  @Test(arguments: [(-300, "Double is ample"), (-30, "Double is ample, Float would do")])
  func `What is out of its range would not do`(power: Int, verdict: String) throws {
    let unit = Double.pow(10, power)
    let problem = try ModelProblem(
      model: PowerSeries(), predictors: [0, 1, 2, 3], predictorCount: 1,
      response: [1, 2, 4, 4].map { $0 * unit }, parameterCount: 2)
    #expect(try problem.fit(from: [unit, unit]).accuracy().arithmetic == verdict)
  }

  @Test(arguments: [
    (-200, "Double is ample"), (200, "Double is ample"), (20, "Double is ample, Float would do"),
  ])
  func `What a model computes with has to be in range as well, unless it does not matter`(
    exponent: Int, verdict: String
  ) throws {
    let fit = try problem(Rescaled(exponent: exponent), 2, over: Double.self).fit(from: [1, 1])
    #expect(fit.accuracy().arithmetic == verdict)
  }

  /// (b₀ + b₁)·x + b₁·δ·x².
  private struct NearlyOne: Model {
    let exponent: Int
    func value<N: ModelNumber>(_ b: Span<N>, at x: Span<N>) -> N {
      let share = N(N.Scalar(sign: .plus, exponent: N.Scalar.Exponent(exponent), significand: 1))
      return b[0] * x[0] + b[1] * (x[0] + share * x[0] * x[0])
    }
  }

  @Test(arguments: [(-24, "Double is ample"), (-10, "Double is ample, Float would do")])
  func `A type that does not tell parameters apart would not do`(
    exponent: Int, verdict: String
  ) throws {
    let fit = try problem(NearlyOne(exponent: exponent), 2, over: Double.self).fit(from: [1, 1])
    #expect(fit.accuracy().arithmetic == verdict)
  }

  @Test func `Tails that vanish beside the peak need no range`() throws {
    let peak = [9: 1.5, 10: 4, 11: 1.5]
    let rows: [(Double, Double)] = (0...20).map { (Double($0) / 2, peak[$0] ?? 0.01) }
    let fit = try formulaFit(
      "a*exp(-((x-c)/w)^2)", ["a", "c", "w"], from: [4, 5, 0.6], to: rows, over: Double.self)
    #expect(fit.accuracy().arithmetic == "Double is ample, Float would do", "\(fit.accuracy())")
  }

  @Test(arguments: [0, 100, 10_000])
  func `Conditioning costs the digits that it is said to cost, at most`(shift: Int) throws {
    func check<S: LSQScalar>(_ type: S.Type) throws {
      let fit = try problem(PowerSeries(), 3, over: type, shift: shift).fit(from: [1, 1, 1])
      let exact = try problem(PowerSeries(), 3, over: MPFloat512.self, shift: shift)
        .fit(from: [1, 1, 1]).parameters
      for (j, parameter) in fit.accuracy().parameters.enumerated() {
        let value = try #require(MPFloat512(fit.parameters[j].description))
        let error = max(((value - exact[j]) / exact[j]).magnitude, MPFloat512("1e-200")!)
        let digits = -(Double(MPFloat512.log10(error).description) ?? 0)
        let computed = try #require(parameter.digitsComputed)
        let lost = try #require(parameter.digitsLost)
        #expect(digits >= computed - 0.3, "\(type), \(parameter): \(digits)")
        let own = Double(S.precisionBits - 1) * Double.log10(2)
        // What the data and the steps of the model lose comes on top of conditioning.
        #expect((-0.01...1).contains(max(0, own - lost) - computed), "\(parameter)")
        // Moving the data away from the origin costs digits of the constant.
        if j == 0, shift > 0 { #expect(lost > 2 * Double.log10(Double(shift)) - 1) }
      }
    }
    try check(Double.self)
    try check(MPFloat128.self)
  }

  @Test func `Arithmetic is ample, would do, or is too little`() throws {
    let double = try problem(PowerSeries(), 2, over: Double.self).fit(from: [1, 1]).accuracy()
    #expect(double.arithmetic == "Double is ample, Float would do")
    let float = try problem(PowerSeries(), 2, over: Float.self).fit(from: [1, 1]).accuracy()
    #expect(float.arithmetic == "Float is ample")
    let shifted = try problem(PowerSeries(), 2, over: Double.self, shift: 100_000)
      .fit(from: [1, 1]).accuracy()
    #expect(shifted.arithmetic == "Double is ample")
    // Scatter in the 30th digit.
    func tiny<S: LSQScalar>(_: S.Type) throws -> FitAccuracy {
      let unit = try #require(S("1e-30"))
      return try ModelProblem<S>(
        model: PowerSeries(), predictors: [1, 2, 3, 4], predictorCount: 1,
        response: [2 + unit, 3, 4, 5 + 2 * unit], parameterCount: 2
      ).fit(from: [0, 0]).accuracy(parameterNames: ["a", "b"])
    }
    let wide = try tiny(MPFloat128.self)
    let needed = try #require(wide.digitsNeeded)
    #expect((30...34).contains(needed) && wide.arithmetic == "arithmetic of 128 bits is ample")
    let narrow = try tiny(MPFloat<64, 1>.self)
    // Data that are met exactly say nothing of what would do.
    #expect(narrow.arithmetic == nil && narrow.digitsNeeded == nil)
    #expect(wide.parameters[0].description.hasPrefix("a: computed to "))
    #expect(wide.parameters[0].description.contains(", known to "))
  }

  @Test(arguments: [
    (4.9172146, "2e-5, known to 1e-5"), (14.698970004336019, "2e-15, known to 2e-15"),
    (17, "1e-17, known to 1e-17"), (15.6535597745, "3e-16, known to 2e-16"),
    (6.02, "1e-6, known to 1e-6"), (5.99, "2e-6, known to 1e-6"), (-1, "10, known to 10"),
  ])
  func `What was computed is rounded up, and what is known to the nearest`(
    digits: Double, words: String
  ) throws {
    let text =
      #"{"name":"a","digitsComputed":\#(digits),"digitsKnown":\#(digits),"isAbsolute":true}"#
    let parameter = try JSONDecoder().decode(FitAccuracy.Parameter.self, from: Data(text.utf8))
    #expect(parameter.description == "a: computed to \(words) (absolute)")
  }

  @Test func `A factor beyond the range of Double is left out`() throws {
    let fit = try ModelProblem<Double>(
      model: Formula(parsing: "a*x*1e200+b*x*1e-200").bound(
        parameters: ["a", "b"], predictors: ["x"]),
      predictors: [1, 2, 3], predictorCount: 1, response: [5, 8, 11], parameterCount: 2
    ).fit(from: [1e-200, 1e200])
    let words = fit.accuracy(parameterNames: ["a", "b"]).combinations.map(\.description)
    #expect(words == ["a and b only matter together"])
  }

  @Test func `Parameters that matter only together are named with the sum that matters`() throws {
    let fit = try problem(Deficient(), 5, over: Double.self).fit(from: [1, 1, 1, 1, 1])
    let accuracy = fit.accuracy()
    #expect(accuracy.rank == 3 && fit.undetermined == [1, 3, 4])
    let words = Set(accuracy.combinations.map(\.description))
    #expect(
      words == ["b2 and b4 only matter through b2 + 3·b4", "b5 has no effect on the residuals"])
    #expect(accuracy.parameters[1].description == "b2: not determined")
  }

  /// The sums, as rows over the parameters, span what the data see: the rows of the model.
  @Test func `The sums are those that the residuals depend on`() throws {
    let fit = try problem(Crossed(), 4, over: Double.self).fit(from: [1, 2, 3, 4])
    let combination = try #require(fit.accuracy().combinations.first)
    #expect(combination.parameters == ["b1", "b2", "b3", "b4"] && combination.sums.count == 2)
    // A move along the null space changes no sum: (1, 1, −1, 0) and (2, −1, 0, 1).
    for direction in [
      ["b1": 1.0, "b2": 1, "b3": -1, "b4": 0], ["b1": 2, "b2": -1, "b3": 0, "b4": 1],
    ] {
      for sum in combination.sums {
        let change = sum.reduce(0) { $0 + $1.factor * (direction[$1.name] ?? .nan) }
        #expect(abs(change) < 1e-13, "\(combination)")
      }
    }
  }

  @Test func `Differences have a cap, and an estimate that is of the right size`() throws {
    let exact = try problem(PowerSeries(), 3, over: Double.self).fit(from: [1, 1, 1])
    for (derivatives, cap) in [(FitDerivatives.forward, 7.8), (.central, 10.4)] {
      let fit = try problem(PowerSeries(), 3, over: Double.self)
        .fit(from: [1, 1, 1], options: FitOptions(derivatives: derivatives))
      let accuracy = fit.accuracy()
      #expect(abs((accuracy.differencesCap ?? 0) - cap) < 0.05)
      #expect(accuracy.differences?.contains("exact derivatives keep them all") == true)
      for (j, parameter) in accuracy.parameters.enumerated() {
        let error = abs(fit.parameters[j] - exact.parameters[j]) / abs(exact.parameters[j])
        #expect(-Double.log10(error) > (parameter.digitsComputed ?? 99) - 0.5, "\(parameter)")
      }
    }
    #expect(exact.accuracy().differencesCap == nil && exact.accuracy().differences == nil)
  }

  @Test func `It can be stored and read back`() throws {
    let accuracy = try problem(Deficient(), 5, over: Double.self).fit(from: [1, 1, 1, 1, 1])
      .accuracy()
    let data = try JSONEncoder().encode(accuracy)
    #expect(try JSONDecoder().decode(FitAccuracy.self, from: data) == accuracy)
    // Nothing bounds the error of a zero where the fit did not converge.
    let stopped = try problem(PowerSeries(), 2, over: Double.self)
      .fit(from: [0, 1], monitor: { _ in .stop }).accuracy()
    #expect(throws: Never.self) { try JSONEncoder().encode(stopped) }
    #expect(stopped.parameters[0].description == "b1: no digit computed")
  }

  @Test(arguments: [("1e8*(1-cos(a*x*1e-4))", false), ("a*x^2/2", true)])
  func `What a formula rounds counts for confirmed digits as well`(
    formula: String, isFloatEnough: Bool
  ) throws {
    let fit = DecimalFit(
      model: try Formula(parsing: formula).bound(parameters: ["a"], predictors: ["x"]),
      data: try DataTable("x, y\n1, 0.51\n2, 1.98\n3, 4.53\n4, 7.96\n"), predictors: ["x"],
      response: "y", start: ["1.1"])
    let ladder: ScalarLadder = PrecisionLadder.scalarType(bits:)
    for accuracy in [
      try fit.problem(over: Double.self).fit(from: [1.1]).accuracy(),
      try fit.accuracy(of: fit.fit(digits: 20, ladder: ladder), ladder: ladder),
      try fit.accuracy(
        of: fit.correctlyRoundedFit(as: Double.self, ladder: ladder), ladder: ladder),
    ] {
      let verdict = try #require(accuracy.arithmetic)
      #expect(verdict.contains("Float would do") == isFloatEnough, "\(accuracy)")
    }
  }
}
