import CurveFitting
import LSQScalars
import LeastSquares
import MultiPrecision
import Testing

/// Problems that tempt to false claims: the digits claimed are right, or none are.
@Suite struct ClaimTests {
  /// A formula in a, b, c and x with data, where it starts and where its minimum is.
  struct Trap: Sendable, CustomStringConvertible, FormulaFit {
    let description: String
    let formula: String
    let parameters: [String]
    let start: [String]
    /// Rows of x and y.
    let rows: [(x: String, y: String)]
    /// The minimum, and the sum of squares there; nil where no digits can be had.
    var solution: [String]?
    var sumOfSquares: String?

    var data: String { "x,y\n" + rows.map { "\($0.x),\($0.y)\n" }.joined() }
  }

  static let zeroResiduals = [
    Trap(
      description: "a line through all points", formula: "a+b*x", parameters: ["a", "b"],
      start: ["0", "0"], rows: [("1", "5"), ("2", "8"), ("3", "11"), ("4", "14")],
      solution: ["2", "3"], sumOfSquares: "0"),
    Trap(
      description: "a hyperbola through all points", formula: "a/(x+b)", parameters: ["a", "b"],
      start: ["1", "1"], rows: [("1", "0.5"), ("2", "0.4"), ("5", "0.25"), ("7", "0.2")],
      solution: ["2", "3"], sumOfSquares: "0"),
    Trap(
      description: "Rosenbrock's valley", formula: "x*10*(b-a^2)+(1-x)*(1-a)",
      parameters: ["a", "b"], start: ["-1.2", "1"], rows: [("1", "0"), ("0", "0")],
      solution: ["1", "1"], sumOfSquares: "0"),
    Trap(
      description: "residuals of 1e-30", formula: "a+b*x", parameters: ["a", "b"],
      start: ["0", "0"],
      rows: [
        ("1", "5.000000000000000000000000000001"), ("2", "8"), ("3", "11"),
        ("4", "14.000000000000000000000000000001"),
      ],
      // a + b·x takes half of the two errors: residuals of ±0.5e-30.
      solution: ["2.0000000000000000000000000000005", "3"], sumOfSquares: "1e-60"),
    Trap(
      description: "a parameter that is zero", formula: "a*x+b*x^2", parameters: ["a", "b"],
      start: ["1", "1"], rows: [("1", "2"), ("2", "4"), ("3", "6")], solution: ["2", "0"],
      sumOfSquares: "0"),
  ]

  /// Residuals so small that narrow types see none, at two or three times the digits asked for and more.
  static let smallResiduals = [54, 72, 130].map { places in
    let end = zeros(places - 1) + "1"
    return Trap(
      description: "residuals of 1e-\(places)", formula: "a+b*x", parameters: ["a", "b"],
      start: ["0", "0"],
      rows: [("1", "5.\(end)"), ("2", "8"), ("3", "11"), ("4", "14.\(end)")],
      // a + b·x takes half of the two errors.
      solution: ["2.\(end.dropLast())05", "3"], sumOfSquares: "1e-\(2 * places)")
  }

  /// A parameter is far below the other one, and seen only at many digits.
  static let smallParameters = [
    Trap(
      description: "a slope of 1e-60", formula: "a+b*x", parameters: ["a", "b"],
      start: ["1", "1"],
      rows: ["101", "199", "301", "399"].enumerated().map {
        ("\($0 + 1)", "5.\(zeros(59))\($1)")
      },
      // The line through 1.01, 1.99, 3.01 and 3.99 is 0.01 + 0.996·x.
      solution: ["5.\(zeros(61))1", "9.96e-61"], sumOfSquares: "3.2e-124"),
    Trap(
      description: "a level of 1e-60 beside a parabola", formula: "a+b*x^2",
      parameters: ["a", "b"], start: ["1", "1"],
      rows: [("-1e30", "1e60"), ("0", "2"), ("1e30", "1e60")],
      solution: ["2", "0.\(String(repeating: "9", count: 59))8"], sumOfSquares: "0"),
  ]

  private static func zeros(_ count: Int) -> String { String(repeating: "0", count: count) }

  static let hopeless = [
    Trap(
      description: "a product of two parameters", formula: "a*b*x", parameters: ["a", "b"],
      start: ["1", "2"], rows: [("1", "2"), ("2", "4.1"), ("3", "5.9")]),
    Trap(
      description: "a sum of two parameters", formula: "exp(-(a+b)*x)", parameters: ["a", "b"],
      start: ["0.3", "0.4"], rows: [("1", "0.5"), ("2", "0.2"), ("3", "0.1")]),
    Trap(
      description: "an idle parameter", formula: "a*x+0*b", parameters: ["a", "b"],
      start: ["1", "1"], rows: [("1", "1"), ("2", "3"), ("3", "2")]),
    Trap(
      description: "a start on a saddle", formula: "a*b*x", parameters: ["a", "b"],
      start: ["0", "0"], rows: [("1", "1"), ("2", "2"), ("3", "4")]),
    Trap(
      description: "a minimum at the edge of the domain", formula: "sqrt(a)*x",
      parameters: ["a"], start: ["1"], rows: [("1", "-1"), ("2", "-2"), ("3", "-2")]),
    Trap(
      description: "a minimum at infinity", formula: "exp(-a*x)", parameters: ["a"],
      start: ["1"], rows: [("1", "-1"), ("2", "-1"), ("3", "-1")]),
    // The steeper the better, by less and less: residuals that other directions make large hide it.
    Trap(
      description: "Gompertz's curve through a step", formula: "exp(-exp(-b*(x-m)))",
      parameters: ["b", "m"], start: ["2", "1.5"], rows: step),
    Trap(
      description: "Gompertz's curve through a step, once more", formula: "exp(-exp(-b*(x-m)))",
      parameters: ["b", "m"], start: ["1.672", "1.154"], rows: step),
    Trap(
      description: "Weibull's curve through a step", formula: "1-exp(-(x/l)^k)",
      parameters: ["l", "k"], start: ["1.5", "3"], rows: step),
  ]

  private static let step = [
    ("1", "0.02"), ("2", "1.0"), ("3", "1.01"), ("4", "0.99"), ("5", "1.0"),
  ]

  /// Starts on a plateau, with the solutions by mpmath.
  static let plateaus = [
    Trap(
      description: "a bell far away", formula: "b*exp(-(x-a)^2)", parameters: ["a", "b"],
      start: ["50", "1"], rows: [("1001", "2"), ("1002", "1"), ("1003", "0.6")],
      solution: [
        "1001.195607387971820750785524170040301493779073468229",
        "2.05633743259756935479670303611651349813111436085",
      ], sumOfSquares: "0.277474893838061120822981130127290268095243843406"),
    Trap(
      description: "a logistic curve that has run dry", formula: "c/(1+exp(a-b*x))",
      parameters: ["a", "b", "c"], start: ["-900", "1", "1"],
      rows: [("1", "2"), ("2", "2.1"), ("3", "1.9"), ("4", "2")],
      solution: [
        "-0.6284094265436821015589257201288510035771572677402865",
        "-0.0275085197855289038850439175741217227884504115",
        "3.1429789358864448718785664287776577597989526252732429",
      ], sumOfSquares: "0.0179996698473365792765908675662995840094239251909669"),
  ]

  /// Starts on a maximum, which is left for a minimum to either side.
  static let maxima = [
    Trap(
      description: "a parabola", formula: "a^2-1+0*x", parameters: ["a"], start: ["0"],
      rows: [("1", "0"), ("2", "0"), ("3", "0")], solution: ["1"]),
    Trap(
      description: "the top of a cosine", formula: "3*cos(a)*x", parameters: ["a"], start: ["0"],
      rows: [("1", "0"), ("2", "0"), ("3", "0")],
      solution: [
        "1.5707963267948966192313216916397514420985846996875529104874722961539082031431044993140174126711"
      ]),
  ]

  /// Minima where the Jacobian vanishes, so that Newton steps contract slowly or not at all.
  static let flat = [
    Trap(
      description: "a double root", formula: "(a-1)^2+0*x", parameters: ["a"], start: ["3"],
      rows: [("1", "0"), ("2", "0")], solution: ["1"]),
    Trap(
      description: "a triple root", formula: "(a-1)^3+0*x", parameters: ["a"], start: ["3"],
      rows: [("1", "0"), ("2", "0")], solution: ["1"]),
    Trap(
      description: "a square below its data", formula: "a^2+x", parameters: ["a"], start: ["2"],
      rows: [("1", "0"), ("2", "0")], solution: ["0"]),
  ]

  /// A parameter is zero, and residuals remain.
  static let zeroParameters = [
    Trap(
      description: "a line through the origin", formula: "a+b*x", parameters: ["a", "b"],
      start: ["1", "1"],
      rows: [("-2", "-4.1"), ("-1", "-1.8"), ("0", "0"), ("1", "1.8"), ("2", "4.1")],
      solution: ["0", "2"], sumOfSquares: "0.1"),
    Trap(
      description: "a level line", formula: "a+b*x", parameters: ["a", "b"], start: ["1", "1"],
      rows: [("-1", "3.5"), ("0", "2"), ("1", "3.5")], solution: ["3", "0"], sumOfSquares: "1.5"),
  ]

  private let ladder: ScalarLadder = PrecisionLadder.scalarType(bits:)

  @Test(arguments: zeroResiduals, [10, 40, 100])
  func `Where residuals vanish the digits claimed are right`(trap: Trap, digits: Int) throws {
    let fit = try trap.fit(digits: digits, ladder: ladder)
    try check(fit, trap, digits)
  }

  @Test(arguments: zeroParameters, [5, 10, 20, 30, 40, 60, 100, 300])
  func `A parameter that is zero is found to be`(trap: Trap, digits: Int) throws {
    let fit = try trap.fit(digits: digits, ladder: ladder)
    #expect(zip(fit.parameters, trap.solution ?? []).allSatisfy { $1 != "0" || $0 == "0.0" })
    let shown = try #require(fit.zeroDigits)
    #expect(shown > digits && fit.zeroSentence?.contains("at \(shown) digits") == true)
    try check(fit, trap, digits)
  }

  @Test(arguments: smallResiduals + smallParameters, [1, 10, 30, 100])
  func `What narrow types cannot see is not taken for zero`(trap: Trap, digits: Int) throws {
    let fit = try trap.fit(digits: digits, ladder: ladder)
    try check(fit, trap, digits)
  }

  @Test(arguments: hopeless, [2, 20])
  func `Where no digits can be had none are claimed`(trap: Trap, digits: Int) throws {
    #expect(throws: DigitsNotReached.self) { try trap.fit(digits: digits, ladder: ladder) }
  }

  @Test(arguments: [12, 20, 37])
  func
    `Columns that all but coincide cost standard errors twice the digits, and none that are claimed`(
      place: Int
    ) throws
  {
    let zeros = String(repeating: "0", count: place - 1)
    let plane = Posed(
      formula: "a*x+b*z", start: ["1", "1"],
      data: "x,z,y\n1,1,1.5\n2,2,2.1\n3,3,1.7\n4,4.\(zeros)1,3.3\n", sigma: nil)
    let exact = try plane.fit(digits: 300, ladder: ladder)
    for digits in [3, 13, 48, 54, 76, 98] {
      let fit = try plane.fit(digits: digits, ladder: ladder)
      for (found, truth) in zip(fit.standardErrors, exact.standardErrors) {
        let (value, exact) = (
          try #require(found.flatMap { MPFloat2048($0) }),
          try #require(truth.flatMap { MPFloat2048($0) })
        )
        let tolerance = exact * MPFloat2048("1e-\(digits)")!
        #expect((value - exact).magnitude <= tolerance, "\(digits) digits, \(place) places")
      }
    }
  }

  /// A problem by its table of data, with weights if there is a column of them.
  struct Posed: FormulaFit, CustomStringConvertible {
    let formula: String
    var parameters = ["a", "b"]
    let start: [String]
    let data: String
    var sigma: String? = "s"

    var description: String { formula }
  }

  /// Minima of a higher order and drift, at which a Hessian of elsewhere makes every step short.
  static let stale = [
    Posed(
      formula: "1e-5+1e-10*((a-3)^4*sin(x)+b*x)", start: ["2", "0.1"],
      data: "x,y,s\n1,0.00001000017,1e-6\n5.8,0.000010000986,1\n8.7,0.000010001479,3\n"),
    Posed(
      formula: "12345678901.3+1e-10*((a-3)^3*sin(x)+b*sqrt(x))", start: ["3.1", "0.5"],
      data: constant("12345678901.3", ["3", "3", "0.2", "1e-6", "1", "1", "1e-6", "3", "0.1"])),
    Posed(
      formula: "1e-5+1e-60*a*x^b", start: ["2", "-1"],
      data: constant("1e-5", Array(repeating: "1", count: 12))),
  ]

  private static func constant(_ y: String, _ sigmas: [String]) -> String {
    "x,y,s\n" + sigmas.enumerated().map { "\($0 + 1),\(y),\($1)\n" }.joined()
  }

  @Test(arguments: stale, [5, 20])
  func `By a Hessian of elsewhere no digit is confirmed`(problem: Posed, digits: Int) throws {
    #expect(throws: DigitsNotReached.self) { try problem.fit(digits: digits, ladder: ladder) }
  }

  /// All parameters and residuals are zero.
  static let nothing = [
    Posed(
      formula: "1e10+1e-20*a*exp(-x)+1e-20*b*x-w", start: ["0.5", "-1"],
      data: "x,w,y\n" + (1...8).map { "\($0),1e10,0\n" }.joined(), sigma: nil),
    Posed(
      formula: "1+1e-3*(a+b*x+c*x^2)", parameters: ["a", "b", "c"], start: ["0.1", "0", "-1"],
      data: constant(
        "1", ["0.1", "0.1", "1", "0.2", "3", "1", "0.2", "1", "1", "0.1", "1e-12", "1"])),
    Posed(
      formula: "123456789012345678901.7+1e-60*(a+b*x)", start: ["0.1", "0.5"],
      data: constant("123456789012345678901.7", ["0.1", "0.2", "0.1", "0.3"])),
  ]

  @Test(arguments: nothing, [5, 20])
  func `What is nothing is found beside all that cancels in the model`(
    problem: Posed, digits: Int
  ) throws {
    let fit = try problem.fit(digits: digits, ladder: ladder)
    #expect(fit.parameters.allSatisfy { $0 == "0.0" }, "\(fit.parameters)")
  }

  @Test(arguments: 18...26)
  func `Sums of squares below the range of Double stop no climb`(digits: Int) throws {
    let trap = Trap(
      description: "tiny responses", formula: "a*(1-exp(-b*x))", parameters: ["a", "b"],
      start: ["10e-170", "1"],
      rows: [
        ("1", "4e-170"), ("2", "7e-170"), ("3", "9e-170"), ("5", "11e-170"), ("8", "12e-170"),
      ])
    #expect(try trap.fit(digits: digits, ladder: ladder).digitsConfirmed == digits)
  }

  @Test(arguments: plateaus, [2, 20, 40])
  func `A start on a plateau is left, and the digits claimed are right`(
    trap: Trap, digits: Int
  ) throws {
    try check(trap.fit(digits: digits, ladder: ladder), trap, digits)
  }

  @Test(arguments: maxima)
  func `A start on a maximum is left, and the digits claimed are right`(trap: Trap) throws {
    let fit = try trap.fit(digits: 20, ladder: ladder)
    let value = try #require(MPFloat1024(fit.parameters[0]))
    let exact = try #require(trap.solution.flatMap { MPFloat1024($0[0]) })
    #expect((value.magnitude - exact).magnitude <= MPFloat1024("1e-20")!, "\(fit.parameters)")
  }

  @Test(arguments: flat)
  func `At a flat minimum no digit is claimed that is wrong`(trap: Trap) throws {
    do {
      try check(trap.fit(digits: 20, ladder: ladder), trap, 20)
    } catch let refusal as DigitsNotReached {
      #expect(refusal.cause != .interrupted, "\(refusal)")
    }
  }

  /// The parameters and, where it is known, the sum of squares have the digits.
  private func check(_ fit: ConfirmedFit, _ trap: Trap, _ digits: Int) throws {
    let found = fit.parameters + (trap.sumOfSquares == nil ? [] : [fit.sumOfSquares])
    let known = (trap.solution ?? []) + (trap.sumOfSquares.map { [$0] } ?? [])
    #expect(found.count == known.count)
    for (text, exact) in zip(found, known) {
      let (value, exact) = (try #require(MPFloat1024(text)), try #require(MPFloat1024(exact)))
      let tolerance = exact.magnitude * MPFloat1024("1e-\(digits)")!
      #expect((value - exact).magnitude <= tolerance, "\(trap), \(digits) digits: \(text)")
    }
  }
}
