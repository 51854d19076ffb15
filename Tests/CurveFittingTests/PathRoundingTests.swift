import CurveFitting
import LSQScalars
import LeastSquares
import MultiPrecision
import Synchronization
import Testing

/// A decay after a date, which looks at its predictor if asked to.
private struct DatedDecay: Model {
  let looks: Bool

  func value<N: ModelNumber>(_ b: Span<N>, at x: Span<N>) -> N {
    let date = x[0].realPart
    if looks, date < 53000 { return b[0] }
    return b[0] * .exp(-b[1] * (x[0] - 53000))
  }
}

/// The same without a look.
private struct PlainDecay: Model {
  func value<N: ModelNumber>(_ b: Span<N>, at x: Span<N>) -> N {
    b[0] * .exp(-b[1] * (x[0] - 53000))
  }
}

/// Kepler's equation by Newton steps, until they no longer change the anomaly.
private struct Orbit: Model {
  func value<N: ModelNumber>(_ b: Span<N>, at x: Span<N>) -> N {
    let mean = b[2] * (x[0] - 2_454_500) + b[3]
    var anomaly = mean
    for _ in 0..<40 {
      let step = (anomaly - b[4] * .sin(anomaly) - mean) / (1 - b[4] * .cos(anomaly))
      anomaly -= step
      let size = step.realPart.magnitude
      if size < anomaly.realPart.magnitude.ulp { break }
    }
    return b[0] + b[1] * .cos(anomaly)
  }
}

/// Powell's badly scaled function.
private struct BadlyScaled: ResidualModel {
  let parameterCount = 2
  let residualCount = 2

  func function<N: ModelNumber>(
    over type: N.Type
  ) -> (_ x: Span<N>, _ f: inout MutableSpan<N>) throws -> Void {
    { x, f in
      f[0] = 10_000 * x[0] * x[1] - 1
      f[1] = .exp(-x[0]) + .exp(-x[1]) - 1.0001
    }
  }
}

/// Responses far above what the parameter changes.
private struct Raised: ResidualModel {
  let parameterCount = 1
  let residualCount = 4

  func function<N: ModelNumber>(
    over type: N.Type
  ) -> (_ x: Span<N>, _ f: inout MutableSpan<N>) throws -> Void {
    let responses: [N] = [1000.00101, 1000.00199, 1000.00302, 1000.00397]
    return { x, f in
      for i in 0..<4 { f[i] = 1000 + x[0] * N(N.Scalar(i + 1)) - responses[i] }
    }
  }
}

/// What is said of models that no tape can stand for.
@Suite struct PathRoundingTests {
  private static let decay =
    "t,y\n53001.3,4.13\n53003.1,3.49\n53004.7,3.02\n53008.2,2.19\n53011.9,1.57\n53015.4,1.14\n"

  private static let orbitStart = ["0.2", "1.4", "3.7123", "0.41", "0.29"]
  private static let orbit =
    "t,y\n"
    + (0..<60).map { i in
      let t = 2_454_500 + 7.13 * Double(i) + 0.25 * .sin(Double(i * i))
      let mean = 3.7123 * (t - 2_454_500) + 0.41
      var anomaly = mean
      for _ in 0..<40 { anomaly = mean + 0.3 * .sin(anomaly) }
      let value: Double = 0.25 + 1.5 * .cos(anomaly) + 1e-3 * .sin(12345 * Double(i))
      return "\(t),\(value)\n"
    }.joined()

  private func fit<M: Model>(
    _ model: M, _ start: [String], _ data: String
  ) throws -> DecimalFit<M> {
    DecimalFit(
      model: model, data: try DataTable(data), predictors: ["t"], response: "y", start: start)
  }

  /// Whether errors of parameters and sums are within those claimed, and which part of these they are.
  private func check<Scalar: LSQScalar>(
    _ fit: some AnyPrecisionFit, over _: Scalar.Type, _ exact: ConfirmedFit
  ) throws -> Double {
    let found = try fit.problem(over: Scalar.self).fit(from: fit.start(over: Scalar.self))
    var largest = 0.0
    for (j, text) in exact.parameters.enumerated() {
      let truth = try #require(MPFloat256(text))
      let bound = MPFloat256(rounding: try #require(found.numericalErrors[j]).binaryReal)
      let error = (MPFloat256(rounding: found.parameters[j].binaryReal) - truth).magnitude
      #expect(error <= bound, "\(Scalar.self), parameter \(j): \(error) > \(bound)")
      largest = max(largest, Double(rounding: (error / bound).binaryReal))
    }
    let sum = try #require(MPFloat256(exact.sumOfSquares))
    if sum > 0, let claimed = found.sumOfSquaresError {
      let error = (MPFloat256(rounding: found.sumOfSquares.binaryReal) / sum - 1).magnitude
      #expect(error <= MPFloat256(rounding: claimed.binaryReal), "\(Scalar.self), sum: \(error)")
    }
    return largest
  }

  @Test func `A look at a predictor changes nothing in what is claimed`() throws {
    let start = ["5", "0.1"]
    let plain = try fit(PlainDecay(), start, Self.decay)
    for looks in [false, true] {
      let looking = try fit(DatedDecay(looks: looks), start, Self.decay)
      let (a, b) = (
        try looking.problem(over: Double.self).fit(from: looking.start(over: Double.self)),
        try plain.problem(over: Double.self).fit(from: plain.start(over: Double.self))
      )
      #expect(a.parameters == b.parameters)
      for (one, other) in zip(a.numericalErrors, b.numericalErrors) {
        let quotient = try #require(one) / #require(other)
        #expect(quotient > 0.99 && quotient < 1.01, "\(quotient)")
      }
      let exact = try looking.fit(digits: 40, ladder: PrecisionLadder.scalarType(bits:))
      for type in [Float.self, Double.self, MPFloat128.self] as [any LSQScalar.Type] {
        _ = try check(looking, over: type, exact)
      }
    }
  }

  @Test func `A loop that ends where it converges keeps its digits, and claims no more`() throws {
    let orbit = try fit(Orbit(), Self.orbitStart, Self.orbit)
    let exact = try orbit.fit(digits: 30, ladder: PrecisionLadder.scalarType(bits:))
    let share = try check(orbit, over: Double.self, exact)
    #expect(share > 1e-5, "\(share)")
    #expect(try check(orbit, over: MPFloat128.self, exact) > 1e-5)
  }

  @Test func `A correction that is nothing but rounding does not count as a lost value`() throws {
    let mean = "(n*(t-2454500)+m)"
    var anomaly = mean
    for _ in 0..<4 {
      anomaly = "(\(anomaly)-(\(anomaly)-e*sin(\(anomaly))-\(mean))/(1-e*cos(\(anomaly))))"
    }
    let model = try Formula(parsing: "a+k*cos(\(anomaly))").bound(
      parameters: ["a", "k", "n", "m", "e"], predictors: ["t"])
    let orbit = try fit(model, Self.orbitStart, Self.orbit)
    let double = try orbit.problem(over: Double.self).fit(from: orbit.start(over: Double.self))
    #expect(try #require(double.numericalErrors[0]) < 1e-6)
    #expect(try #require(double.sumOfSquaresError) < 1e-3)
  }

  @Test func `Constants of residuals in Swift count`() throws {
    let problem = ResidualFit(BadlyScaled(), start: ["0", "1"])
    let exact = try problem.fit(digits: 30, ladder: PrecisionLadder.scalarType(bits:))
    for type in [Float.self, Double.self, MPFloat128.self] as [any LSQScalar.Type] {
      let found = try problem.problem(over: Double.self).fit(from: [0, 1])
      _ = try check(problem, over: type, exact)
      #expect(try #require(found.numericalErrors[1]) < 1e-9)
    }
    let raised = ResidualFit(Raised(), start: ["0.002"])
    let fit = try raised.problem(over: Double.self).fit(from: [0.002])
    #expect(fit.isSolved && abs(fit.parameters[0] - 0.001) < 1e-5)
    _ = try check(
      raised, over: Double.self,
      try raised.fit(digits: 20, ladder: PrecisionLadder.scalarType(bits:)))
  }
}

/// Residuals of a recurrence, of which each goes on where the one before ended.
private struct Recurrence: ResidualModel {
  let residualCount = 1000
  let parameterCount = 2

  func function<N: ModelNumber>(
    over type: N.Type
  ) -> (_ x: Span<N>, _ f: inout MutableSpan<N>) throws -> Void {
    { x, f in
      var state = x[0]
      for i in 0..<residualCount {
        for _ in 0..<10 { state += (x[1] - state) / 1024 }
        f[i] = state - 1 - N(N.Scalar(i % 7)) / 100
      }
    }
  }
}

extension PathRoundingTests {
  @Test func `Where paths are long some of them stand for all`() throws {
    let problem = try ResidualFit(Recurrence(), start: ["3", "0.5"]).problem(over: Double.self)
    let fit = try problem.fit(from: [3, 0.5])
    #expect(fit.isSolved, "\(fit)")
    for (value, error) in zip(fit.parameters, fit.numericalErrors) {
      #expect(try #require(error) < 1e-6 * value.magnitude, "\(fit)")
    }
  }
}

/// b₀·exp(−((x − b₁)/b₂)²)·sin(b₃·x), which remembers the largest exponent of b₃.
private final class Wave: Model {
  let largest = Mutex(0)

  func value<N: ModelNumber>(_ b: Span<N>, at x: Span<N>) -> N {
    let rate = b[3].realPart
    if rate != 0, rate.isFinite {
      largest.withLock { $0 = max($0, Int(rate.exponent)) }
    }
    let distance = (x[0] - b[1]) / b[2]
    return b[0] * .exp(-distance * distance) * .sin(b[3] * x[0])
  }
}

/// Fits whose peaks are where `MPFloat` alone has a number for them.
@Suite struct TrialRangeTests {
  private static let rows = (0..<24).map { i -> (Double, Double) in
    let x = Double(i) / 2
    return (x, 3 * .exp(-(x - 4) * (x - 4) / 5) * .sin(2.2 * x) + 0.01 * .sin(Double(i * i)))
  }

  @Test func `Trial points do not go to where one sine takes minutes`() throws {
    let wave = Wave()
    let problem = try ModelProblem<MPFloat128>(
      model: wave, predictors: Self.rows.map { MPFloat128($0.0) }, predictorCount: 1,
      response: Self.rows.map { MPFloat128($0.1) }, parameterCount: 4)
    _ = try problem.fit(
      from: [1, 1000, 1, 1], options: FitOptions(maximumResidualEvaluations: 400))
    let largest = wave.largest.withLock { $0 }
    #expect(largest <= 1 << 14, "\(largest)")
  }

  @Test func `Constants of the model widen the range`() throws {
    let fit = try formulaFit(
      "1e-6000*b*x", ["b"], from: [1],
      to: [(1, 0.5), (2, 0.25), (3, 0.125), (4, 0.0626), (5, 0.0312)], over: MPFloat128.self)
    #expect(fit.isSolved && fit.parameters[0].exponent > 19_000, "\(fit)")
  }

  @Test(arguments: [506.0, 10_000]) func `A peak far away is found, and soon`(center: Double) throws
  {
    let fit = try formulaFit(
      "a*exp(-((x-b)/c)^2)", ["a", "b", "c"], from: [2, center, 0.137],
      to: [(1, 0.5), (2, 1.5), (3, 3.1), (4, 2.2), (5, 0.7), (6, 0.2)], over: MPFloat128.self)
    #expect(fit.isSolved && fit.undetermined.isEmpty, "\(fit)")
    #expect((fit.sumOfSquares - 0.0615383629).magnitude < 1e-9, "\(fit)")
    #expect(fit.evaluations.residuals < 20_000, "\(fit.evaluations)")
  }
}
