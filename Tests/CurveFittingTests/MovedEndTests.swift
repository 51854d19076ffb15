import CurveFitting
import LSQScalars
import LeastSquares
import MultiPrecision
import Testing

/// Starts on a plateau, and solves that need more than their limit or other units.
@Suite struct MovedEndTests {
  private static let peak: [(Double, Double)] = [
    (450, 5.1), (460, 4.8), (470, 5.2), (480, 5.4), (490, 8.4), (500, 21.6), (510, 44.1),
    (520, 32.1), (530, 10.3), (540, 5.4), (550, 4.9), (560, 5), (570, 5.1),
  ]
  private static let growth: [(Double, Double)] = [
    (1790, 1), (1820, 4), (1850, 11), (1880, 27), (1910, 59), (1940, 113), (1970, 186),
    (2000, 252), (2020, 285),
  ]

  @Test(arguments: [0.0, 1])
  func `A peak far from all data is moved to them`(height: Double) throws {
    func check<S: LSQScalar>(_: S.Type) throws {
      let fit = try formulaFit(
        "c+A*exp(-(x-m)^2/(2*s^2))", ["A", "m", "s", "c"], from: [height, 1, 1, 1],
        to: Self.peak, over: S.self)
      #expect(fit.isSolved && fit.remedy == .movedEnd && fit.undetermined.isEmpty, "\(fit)")
      #expect((fit.sumOfSquares - S(1.70575)).magnitude < S(1e-4), "\(fit)")
    }
    try check(Double.self)
    try check(Float.self)
  }

  @Test(arguments: [0.0, 1])
  func `A logistic curve whose rise is far from all data is moved to them`(top: Double) throws {
    let fit = try formulaFit(
      "L/(1+exp(-k*(x-t)))", ["L", "k", "t"], from: [top, 1, 1], to: Self.growth,
      over: Double.self)
    #expect(fit.isSolved && fit.remedy == .movedEnd, "\(fit)")
    #expect(abs(fit.parameters[2] - 1963.2983) < 1e-3, "\(fit)")
  }

  @Test func `A peak that met one row far from the others, and vanished there, is moved`() throws {
    // Starts nearer to zero put the middle on the last row.
    let values = [0, 0, 0, 0, 0, 0.0012, 0.3166, 1.5683, 0.1423, 0.0002, 0]
    let rows = values.enumerated().map { (Double($0), $1) }
    for derivatives in FitDerivatives.allCases {
      let fit = try formulaFit(
        "a*exp(-((x-b)/c)^2)", ["a", "b", "c"], from: [0.1, 1000, 0.05], to: rows, derivatives,
        over: Double.self)
      #expect(fit.isSolved && fit.remedy == .movedEnd && fit.undetermined.isEmpty, "\(fit)")
      #expect(abs(fit.parameters[1] - 6.9) < 1e-4 && fit.sumOfSquares < 1e-8, "\(fit)")
    }
  }

  @Test func `A narrow peak is moved to the middle of the data`() throws {
    let fit = try formulaFit(
      "c+A*exp(-(x-m)^2)", ["A", "m", "c"], from: [1, 1, 1],
      to: [(-450, 5), (-450.5, 6), (-451, 9), (-451.5, 6.1), (-452, 5)], over: Double.self)
    #expect(fit.isSolved && fit.remedy == .movedEnd, "\(fit)")
    #expect(abs(fit.parameters[1] + 451) < 0.02 && fit.sumOfSquares < 2.5, "\(fit)")
  }

  @Test func `Where no move leads to a smaller sum of squares a plateau is no solution`() throws {
    // The slope should be negative and cannot: the best exponent is as small as can be.
    let fit = try formulaFit(
      "c+exp(a)*x", ["c", "a"], from: [1, -800], to: [(1, 2), (2, 1), (3, 0.2), (4, -1)],
      over: Double.self)
    #expect(!fit.isSolved && fit.isPlateau && fit.remedy == nil && fit.retries > 4, "\(fit)")
  }

  @Test(arguments: [
    ("a*sin(w*x+p)+b*cos(w*x+q)+c", ["a", "b", "w", "p", "q", "c"], [1, 1, 1.3, 0, 1, 0]),
    ("a*sin(w*x+p)+b*cos(w*x)+d*sin(w*x)", ["a", "b", "w", "p", "d"], [1, 1, 1.3, 0, 1]),
  ])
  func `Phases that depend on each other are not moved`(
    formula: String, names: [String], start: [Double]
  ) throws {
    let rows = [
      0.95, 1.85, 1.95, 1.2, 0.1, -1.2, -1.9, -1.85, -1.2, 0.1, 1.2, 1.9,
    ].enumerated().map { (Double($0) / 2, $1) }
    func check<S: LSQScalar>(_: S.Type) throws {
      let fit = try formulaFit(formula, names, from: start, to: rows, over: S.self)
      #expect(fit.isSolved && fit.undetermined.count > 2 && fit.remedy != .movedEnd, "\(fit)")
    }
    try check(Double.self)
    try check(Float.self)
    try check(MPFloat128.self)
  }

  @Test func `A minimum without slope at the start stays one`() throws {
    let rows = [(1.0, 5.0), (2, 4), (3, 3.2), (4, 1.9)]
    for formula in ["c+a^2*x", "c+a^4*x"] {
      let fit = try formulaFit(formula, ["c", "a"], from: [1, 0], to: rows, over: Double.self)
      #expect(fit.isSolved && fit.parameters[1] == 0 && fit.remedy == nil, "\(formula)")
    }
  }

  @Test func `Where evaluations do not suffice to look around, the end is unproven`() throws {
    for limit in 1...400 {
      let fit = try formulaFit(
        "c+A*exp(-((x-m)/s)^2)", ["A", "m", "s", "c"], from: [1, -50, 0.5, 0],
        to: [
          (0, 0.02), (0.5, 0.01), (1, -0.02), (1.5, 0.05), (2, 0.3), (2.5, 1.2), (3, 2.4),
          (3.5, 3.1), (4, 2.3), (4.5, 1.1), (5, 0.32), (5.5, 0.04),
        ], over: Double.self, limit: limit)
      #expect(fit.evaluations.residuals <= limit)
      #expect(
        fit.isSolved ? fit.sumOfSquares < 0.1 : StopReason(fit).name == "evaluationLimit",
        "\(limit)")
    }
  }

  @Test func `What has no effect anywhere is for the data to be blamed`() throws {
    let fit = try formulaFit(
      "c+q*0*x", ["c", "q"], from: [1, 1], to: [(1, 2), (2, 3), (3, 2.5)], over: Double.self)
    #expect(fit.isSolved && !fit.isPlateau && fit.undetermined == [1] && fit.retries == 0)
  }

  @Test func `A slow solve goes on from its limit`() throws {
    let fit = try formulaFit(
      "a*x^b", ["a", "b"], from: [4.037e-05, 17.83],
      to: [
        (1, 0.000310004), (2, 0.0020204), (5, 0.0238445), (10, 0.153984), (20, 1.00499),
        (50, 11.8646), (100, 77.9153),
      ], over: Double.self)
    #expect(fit.isSolved && fit.remedy == .continuation && fit.retries <= 2, "\(fit)")
    #expect(abs(fit.parameters[1] - 2.7147818046) < 1e-9, "\(fit)")
  }

  @Test(arguments: [100.0, 130])
  func `An end in units of the start is judged in its own`(rate: Double) throws {
    let fit = try formulaFit(
      "Q*K*x/(1+K*x)", ["Q", "K"], from: [250, rate],
      to: [
        (2, 8.64438), (5, 15.9678), (10, 27.6289), (25, 58.6783), (50, 94.5123), (100, 141.343),
        (200, 178.856), (400, 207.849),
      ], over: Float.self)
    #expect(fit.isSolved && fit.remedy == .scalingByStart, "\(fit)")
    #expect(abs(fit.parameters[0] / 250.085864 - 1) < 1e-6)
    #expect(abs(fit.parameters[1] / 0.0125275279 - 1) < 1e-6)
  }

  @Test func `A nearer end is taken only where it is a good one`() throws {
    let fit = try formulaFit(
      "a/(b+c*x)*x^2", ["a", "b", "c"], from: [1e-3, 0.1, 5],
      to: [(1, 2.1), (2, 3.9), (3, 6.2), (4, 7.8), (5, 10.1)], over: Double.self)
    #expect(fit.isSolved && abs(fit.sumOfSquares - 0.1069426) < 1e-6, "\(fit)")
  }
}
