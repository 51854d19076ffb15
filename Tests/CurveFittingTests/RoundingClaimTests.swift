import CurveFitting
import Foundation
import LSQScalars
import LeastSquares
import MultiPrecision
import Testing

/// Fits whose digits are lost elsewhere than in the effects of the parameters.
@Suite struct RoundingClaimTests {
  struct Claim: Sendable, CustomStringConvertible {
    let description: String
    let formula: String
    let parameters: [String]
    let start: [String]
    /// Columns x and y.
    let data: String
    /// By how many digits the error may be less than it is said to be.
    var slack = 3.0
  }

  /// Rows of x, and of a function of it rounded to so many decimals.
  static func table(
    _ xs: [Double], decimals: Int = 4, _ y: (Double) -> Double
  ) -> String {
    let unit = Double.pow(10, Double(decimals))
    return "x,y\n" + xs.map { "\($0),\((y($0) * unit).rounded() / unit)\n" }.joined()
  }

  static let claims = [
    Claim(
      description: "responses that cancel", formula: "a+0*x", parameters: ["a"], start: ["1"],
      data: "x,y\n1,0.1\n2,0.2\n3,-0.29999\n"),
    Claim(
      description: "responses far larger than what is left of them", formula: "a*x",
      parameters: ["a"], start: ["1"], data: "x,y\n1,1e10\n2,-5e9\n1,0.123\n"),
    Claim(
      description: "predictors that cancel", formula: "a*exp(-b*(x-2000))",
      parameters: ["a", "b"], start: ["3", "1"],
      data: table((1...10).map { 2000 + Double($0) / 10 }) { 3 * .exp(2000 - $0) }),
    Claim(
      description: "a constant beside which the rest is small", formula: "1000000+a*exp(b*x)",
      parameters: ["a", "b"], start: ["1", "0.3"],
      data: table((1...8).map(Double.init)) { 1_000_000 + .exp(0.3 * $0) + .sin(9 * $0) / 99 }),
    Claim(
      description: "a phase of a million", formula: "a*sin(2*x)", parameters: ["a"], start: ["1"],
      data: table((0..<10).map { 1_000_000.37 + Double($0) }) { .sin(2 * $0) }, slack: 4),
    Claim(
      description: "a difference from 1", formula: "1-exp(-b*x)", parameters: ["b"],
      start: ["1e-9"], data: "x,y\n1,1e-9\n2,2.1e-9\n3,2.9e-9\n", slack: 6),
    Claim(
      description: "two thousand rows", formula: "a+b*x", parameters: ["a", "b"],
      start: ["1", "1"],
      data: table((0..<2000).map { .sin(Double($0)) }, decimals: 6) { .sin(1e3 * $0) }),
    // Second derivatives are the rounding of the last row's residual, in the direction that only the others see.
    Claim(
      description: "a row that outweighs the others", formula: "a*(exp(b*x)-1)",
      parameters: ["a", "b"], start: ["2", "1.5"],
      data: "x,y\n1e-10,3.01e-10\n2e-10,5.97e-10\n3e-10,9.02e-10\n5e-10,1.496e-9\n1.2,10.11\n"),
    Claim(
      description: "a row that outweighs the others by more", formula: "a*sinh(b*x)",
      parameters: ["a", "b"], start: ["1.0442", "2.58"],
      data: "x,y\n1e-11,3.1e-11\n2.2e-11,6.5e-11\n3.1e-11,9.33e-11\n0.9,6.81\n", slack: 4),
    Claim(
      description: "a point that steps creep to", formula: "a*(exp(b*x)-1)",
      parameters: ["a", "b"], start: ["1.34117", "2.28499"],
      data:
        "x,y\n1.224e-10,3.53347e-10\n3.842e-11,1.11029e-10\n1.135e-10,3.2766e-10\n"
        + "1.656e-11,4.77844e-11\n0.256,0.969681\n"),
    // The slopes change on a scale that is shorter than the parameters, and than what they are known to.
    Claim(
      description: "a fold beside the minimum", formula: "x*(b-1/3)^2+c", parameters: ["b", "c"],
      start: ["1", "0"], data: "x,y\n1,0.999999999999\n2,-1\n3,1\n", slack: 6),
    Claim(
      description: "a root that begins beside the first row", formula: "a*sqrt(x-b)+d",
      parameters: ["a", "b", "d"], start: ["1", "0.49999999899", "0"],
      data:
        "x,y\n0.5,0.199993198\n1.0,1.260448098\n1.5,1.700011198\n2.0,2.037250688\n"
        + "2.5,2.321297349\n3.0,2.571586603\n3.5,2.798068964\n4.0,3.006308317\n"
        + "4.5,3.200102518\n5.0,3.381870984\n5.5,3.554070886\n6.0,3.717675528\n"
        + "6.5,3.874103348\n7.0,4.024367376\n7.5,4.168555474\n8.0,4.308106958\n"),
  ]

  /// Before decimals: an epoch in nanoseconds, and numbers of 31 digits.
  @Test(arguments: ["", "176452910800000", "405928173099592703390446383"])
  func `Standard errors do not depend on the origin of time, nor do their digits`(
    epoch: String
  ) throws {
    let rows = [("0494", "22.55"), ("0495", "26.85"), ("0501", "57.36"), ("0502", "64.54")]
    let fit = DecimalFit(
      model: try Formula(parsing: "a+b*(x-c)^2").bound(
        parameters: ["a", "b", "c"], predictors: ["x"]),
      data: try DataTable("x,y\n" + rows.map { "\(epoch)\($0),\($1)\n" }.joined()),
      predictors: ["x"], response: "y", start: ["2", "0.1", epoch + "0485"])
    let exact = [
      "11.6864220748299473", "0.0793979900018037649", "4.87231466343778986",
    ].map { MPFloat256($0)! }
    for digits in [12, 17] {
      let found = try fit.fit(digits: digits, ladder: PrecisionLadder.scalarType(bits:))
      for (error, exact) in zip(found.standardErrors, exact) {
        let error = try #require(error.flatMap { MPFloat256($0) })
        #expect((error - exact).magnitude <= MPFloat256("2e-\(digits)")! * exact, "\(error)")
      }
    }
  }

  @Test(arguments: [12, 17, 22])
  func `Nor do they where the origin is the only parameter`(digits: Int) throws {
    func error(after epoch: String) throws -> MPFloat256 {
      let rows = [("50", "1.6"), ("53", "0.87"), ("57", "0.41"), ("60", "0.2")]
      let fit = DecimalFit(
        model: try Formula(parsing: "exp(-(x-c)/5)").bound(parameters: ["c"], predictors: ["x"]),
        data: try DataTable("x,y\n" + rows.map { "\(epoch)\($0),\($1)\n" }.joined()),
        predictors: ["x"], response: "y", start: [epoch + "52"])
      let found = try fit.fit(digits: digits, ladder: PrecisionLadder.scalarType(bits:))
      return try #require(found.standardErrors[0].flatMap { MPFloat256($0) })
    }
    let exact = try error(after: "")
    let found = try error(after: "745669501769226512576987")
    #expect((found - exact).magnitude <= MPFloat256("2e-\(digits)")! * exact)
  }

  @Test func `What underflows on the way counts in what is claimed`() throws {
    // erfc(27.5) is below the range, and the product is not.
    let rows = [
      ("0", "8.3001725711965228e26"), ("1", "56631.924088561428"),
      ("2.5", "7.5266854504465764e-31"),
    ]
    let fit = DecimalFit(
      model: try Formula(parsing: "erfc(a+b*x)*1e300").bound(
        parameters: ["a", "b"], predictors: ["x"]),
      data: try DataTable("x,y\n" + rows.map { "\($0),\($1)\n" }.joined()), predictors: ["x"],
      response: "y", sigma: "y", start: ["25", "1"])
    let found = try fit.problem(over: Double.self).fit(from: [25, 1])
    #expect(
      found.sumOfSquaresError.map { $0 * found.sumOfSquares >= found.sumOfSquares - 1e-34 } ?? true)
    for (j, exact) in [25.0, 1].enumerated() {
      #expect(abs(found.parameters[j] - exact) <= found.numericalErrors[j] ?? .infinity)
    }
  }

  @Test func `Residuals beyond the range once divided by sigma have a rounding`() throws {
    let problem = try ModelProblem<Double>(
      model: Formula(parsing: "a*x").bound(parameters: ["a"], predictors: ["x"]), predictors: [3],
      predictorCount: 1, response: [3], sigma: [5e-308], parameterCount: 1)
    #expect(try problem.fit(from: [1]).parameters == [1])
  }

  @Test(arguments: claims)
  func `Errors are within what is claimed, and not far within`(claim: Claim) throws {
    let fit = DecimalFit(
      model: try Formula(parsing: claim.formula).bound(
        parameters: claim.parameters, predictors: ["x"]),
      data: try DataTable(claim.data), predictors: ["x"], response: "y", start: claim.start)
    let exact = try fit.fit(digits: 40, ladder: PrecisionLadder.scalarType(bits:))
    func check<Scalar: LSQScalar>(_ type: Scalar.Type) throws {
      let found = try fit.problem(over: type).fit(from: fit.start(over: type))
      for (j, text) in exact.parameters.enumerated() {
        let value = try #require(MPFloat256(found.parameters[j].description))
        let truth = try #require(MPFloat256(text))
        let bound = try #require(
          found.numericalErrors[j].flatMap { MPFloat256($0.description) })
        let error = (value - truth).magnitude
        #expect(error <= bound, "\(type), parameter \(j): \(error) > \(bound)")
        if let sum = found.standardErrorError.flatMap({ MPFloat256($0.description) }) {
          let wrong = try #require(found.standardErrors[j].flatMap { MPFloat256($0.description) })
          let right = try #require(exact.standardErrors[j].flatMap { MPFloat256($0) })
          let difference = (wrong - right).magnitude / right
          #expect(difference <= sum, "\(type), standard error \(j): \(difference) > \(sum)")
        }
        // A wider type may be lucky.
        guard Scalar.self == Double.self else { continue }
        let least = max(error, truth.magnitude * MPFloat256(Scalar.ulpOfOne.description)!)
        let excess = Double(MPFloat256.log10(bound / least).description) ?? 99
        #expect(excess < claim.slack, "\(type), parameter \(j): \(excess) digits")
      }
    }
    try check(Double.self)
    #if (arch(i386) || arch(x86_64)) && !os(Windows) && !os(Android)
      try check(Float80.self)
    #endif
    try check(MPFloat128.self)
  }

  /// Bumps and bowls whose middle is rounded onto the data, where their slopes are zero.
  static let blurred = [
    Claim(
      description: "times in nanoseconds", formula: "a*exp(-((x-1700000000000000000)/2)^2)",
      parameters: ["a"], start: ["1"],
      data:
        "x,y\n1700000000000000000.5,1.87\n1700000000000000001.5,1.13\n"
        + "1700000000000000003,0.21\n1700000000000000005,0.01\n"),
    Claim(
      description: "a bowl so far away that its sides overflow",
      formula: "a*cosh((x-100000000000000000000)/3)", parameters: ["a"], start: ["1"],
      data:
        "x,y\n100000000000000000000.5,2.02\n100000000000000000002,2.46\n"
        + "100000000000000000004,4.05\n"),
    Claim(
      description: "a constant that takes a predictor in",
      formula: "a*cos(x)+((1+1e-20*x)-1)^2*1e40", parameters: ["a"], start: ["1"],
      data: "x,y\n1,2.03\n2,3.2\n3,7.1\n4,14.6\n"),
    // Differences are whole periods.
    Claim(
      description: "a wave with the period of the rounding",
      formula: "a+4*cos(pi*(x-1700000000000000000)/128)", parameters: ["a"], start: ["1"],
      data:
        "x,y\n1699999999999999900,1.01\n1699999999999999960,2.50\n1699999999999999980,4.06\n"
        + "1700000000000000000,5.00\n1700000000000000020,4.18\n1700000000000000080,1.01\n"),
  ]

  @Test(arguments: blurred)
  func `An error as large as what it falsifies is seen where the slope is zero`(
    claim: Claim
  ) throws {
    let fit = DecimalFit(
      model: try Formula(parsing: claim.formula).bound(
        parameters: claim.parameters, predictors: ["x"]),
      data: try DataTable(claim.data), predictors: ["x"], response: "y", start: claim.start)
    let exact = try fit.fit(digits: 20, ladder: PrecisionLadder.scalarType(bits:))
    let blind = try fit.problem(over: Double.self).fit(from: fit.start(over: Double.self))
    let error = (blind.parameters[0] - exact.parameters(as: Double.self)[0]).magnitude
    #expect(error > 0.1 && blind.numericalErrors[0] ?? .infinity >= error)
    let refined = try fit.refined(blind, ladder: PrecisionLadder.scalarType(bits:))
    #expect(refined.parameters == exact.parameters(as: Double.self))
    #expect(refined.accuracy().digitsNeeded ?? 0 > 16)
  }

  @Test func `Where something may be all rounding a wider type is asked`() throws {
    // A bump between the points that rounding leaves, where no sample finds it; and one that is computed well.
    for (constant, isSeen) in [("1e17", true), ("1e3", false)] {
      let fit = DecimalFit(
        model: try Formula(parsing: "a+4*exp(-3*((x+\(constant))-\(constant)-12.1)^2)").bound(
          parameters: ["a"], predictors: ["x"]),
        data: try DataTable(
          "x,y\n9,1.02\n10.1,1.08\n11,2.2\n11.5,3.9\n12.1,4.9\n13,2.15\n14,1.06\n15,1.01\n"),
        predictors: ["x"], response: "y", start: ["1"])
      let exact = try fit.fit(digits: 17, ladder: PrecisionLadder.scalarType(bits:))
      let double = try fit.problem(over: Double.self).fit(from: fit.start(over: Double.self))
      let refined = try fit.refined(double, ladder: PrecisionLadder.scalarType(bits:))
      #expect((refined.parameters[0] - exact.parameters(as: Double.self)[0]).magnitude < 1e-14)
      #expect((refined.refinement != nil) == isSeen, "\(constant)")
    }
  }

  @Test func `Residuals that are nothing but rounding are no plateau`() throws {
    let fit = DecimalFit(
      model: try Formula(parsing: "a*(1-cos(b*x))/x^2+c").bound(
        parameters: ["a", "b", "c"], predictors: ["x"]),
      data: try DataTable(
        "x,y\n0.001000,5.1171290822672313451303006e-01\n0.795282,4.7203067672792951785330090e-01\n"
          + "1.451529,3.8432122964510766257924254e-01\n2.304411,2.1531475111178023105165107e-01\n"
          + "2.879885,8.1792748027773883562638451e-02\n3.635727,-9.5540496342688626405602129e-02\n"
          + "4.363463,-2.4849216082103416174058854e-01\n5.000000,-3.5582098521553278530939358e-01\n"
      ),
      predictors: ["x"], response: "y", start: ["2.73883", "0.992599", "-0.474459"])
    let double = try fit.problem(over: Double.self).fit(from: fit.start(over: Double.self))
    #expect(double.isConverged && !double.isPlateau && double.retries == 0)
    let refined = try fit.refined(double, ladder: PrecisionLadder.scalarType(bits:))
    #expect(refined.parameters == [2.6872049968346885, 0.8686451297711122, -0.5020947172709991])
  }

  @Test func `A zero that is reached by underflow is zero or has no digit of its own`() throws {
    for formula in ["a^2*x", "a^3*x", "a^4*x"] {
      let model = try Formula(parsing: formula).bound(parameters: ["a"], predictors: ["x"])
      let fit = try ModelProblem<Double>(
        model: model, predictors: [1, 2, 3], predictorCount: 1, response: [0, 0, 0],
        parameterCount: 1
      ).fit(from: [1])
      let a = fit.parameters[0].magnitude
      #expect(try a == 0 || #require(fit.numericalErrors[0]) >= a, "\(formula): \(fit)")
    }
  }

  @Test func `Sums over many rows in Float are as good as they are said to be`() throws {
    func fit<Scalar: LSQScalar>(_: Scalar.Type) throws -> Fit<Scalar> {
      let xs = (0..<60_000).map { Float($0) / 10_000 }
      let ys = xs.enumerated().map { i, x in
        Float(3 * Double.exp(-0.7 * Double(x)) + 0.5 + 0.1 * .sin(Double(i * i)))
      }
      return try ModelProblem<Scalar>(
        model: Formula(parsing: "a*exp(-b*x)+c").bound(
          parameters: ["a", "b", "c"], predictors: ["x"]),
        predictors: xs.map { Scalar($0.description)! }, predictorCount: 1,
        response: ys.map { Scalar($0.description)! }, parameterCount: 3
      ).fit(from: [2, 1, 1])
    }
    let (narrow, wide) = (try fit(Float.self), try fit(Double.self))
    let error = abs(Double(narrow.sumOfSquares) / wide.sumOfSquares - 1)
    #expect(error <= Double(try #require(narrow.sumOfSquaresError)))
    for j in 0..<3 {
      let (found, exact) = (
        try #require(narrow.standardErrors[j]), try #require(wide.standardErrors[j])
      )
      let error = abs(Double(found) / exact - 1)
      #expect(error <= Double(try #require(narrow.standardErrorError)), "parameter \(j)")
    }
  }

  /// A model that cannot be recorded, since it looks at its numbers.
  struct Looking: Model {
    func value<N: ModelNumber>(_ b: Span<N>, at x: Span<N>) -> N {
      b[0].realPart == 12345 ? 0 : b[0] * x[0]
    }
  }

  @Test func `Where a model cannot be recorded the responses count all the same`() throws {
    let fit = try ModelProblem<Double>(
      model: Looking(), predictors: [1, 2, 1], predictorCount: 1, response: [1e10, -5e9, 0.123],
      parameterCount: 1
    ).fit(from: [1])
    let error = abs(fit.parameters[0] - 0.0205)
    #expect(error <= fit.numericalErrors[0] ?? 0 && (fit.numericalErrors[0] ?? 1) < 1e-5)
  }

  @Test func `A parameter that rounding hides is said to have no digit`() throws {
    let problem = try ModelProblem<Double>(
      model: Formula(parsing: "a*x+b*z").bound(
        parameters: ["a", "b"], predictors: ["x", "z"]),
      predictors: [1, 1e-30, 2, -2e-30, 3, 1e-30, 4, 3e-30], predictorCount: 2,
      response: [3, 6, 9, 12], parameterCount: 2)
    let fit = try problem.fit(from: [1, 1])
    #expect(fit.hidden == [1])
    #expect(StopReason(fit).name == "hiddenByRounding")
    let accuracy = fit.accuracy(parameterNames: ["a", "b"])
    #expect(accuracy.parameters[1].description.hasPrefix("b: no digit computed"))
    // One that is zero to rounding, in the units of its start, is not hidden.
    let line = try ModelProblem<Double>(
      model: Formula(parsing: "a+b*x").bound(parameters: ["a", "b"], predictors: ["x"]),
      predictors: [1, 2, 3, 4], predictorCount: 1, response: [0.3, 0.6, 0.9, 1.2],
      parameterCount: 2
    ).fit(from: [0, 1])
    #expect(line.hidden.isEmpty && line.isConverged)
  }

  @Test func `Sentences about a confirmed fit know the size of the responses`() throws {
    let fit = DecimalFit(
      model: try Formula(parsing: "1000+a*x").bound(parameters: ["a"], predictors: ["x"]),
      data: try DataTable("x,y\n1,1000.00101\n2,1000.00199\n3,1000.00302\n4,1000.00397\n"),
      predictors: ["x"], response: "y", start: ["0.002"])
    let ladder: ScalarLadder = PrecisionLadder.scalarType(bits:)
    let accuracy = try fit.accuracy(of: fit.fit(digits: 20, ladder: ladder), ladder: ladder)
    #expect(try #require(accuracy.digitsNeeded) > 8)
  }

  @Test func `Sentences are there where only the parameters are within the range of Double`() throws
  {
    let fit = DecimalFit(
      model: try Formula(parsing: "exp(b)*x").bound(parameters: ["b"], predictors: ["x"]),
      data: try DataTable("x,y\n1,1.01e700\n2,1.99e700\n3,3.02e700\n4,3.97e700\n"),
      predictors: ["x"], response: "y", start: ["1600"])
    let ladder: ScalarLadder = PrecisionLadder.scalarType(bits:)
    let accuracy = try fit.accuracy(of: fit.fit(digits: 20, ladder: ladder), ladder: ladder)
    #expect(accuracy.parameters[0].digitsComputed == 20)
  }

  @Test func `A refined fit says how good its standard errors are`() throws {
    let fit = DecimalFit(
      model: try Formula(parsing: "a+b*x+c*x^2").bound(
        parameters: ["a", "b", "c"], predictors: ["x"]),
      data: try DataTable(
        "x,y\n100000.1,1\n100000.2,2\n100000.3,2.5\n100000.4,4.1\n100000.5,5\n100000.6,5.7\n"),
      predictors: ["x"], response: "y", start: ["0", "0", "0"])
    let double = try fit.problem(over: Double.self).fit(from: [0, 0, 0])
    let refined = try fit.refined(double, ladder: PrecisionLadder.scalarType(bits:))
    #expect(refined.refinement != nil)
    #expect(try #require(refined.standardErrorError) < 1e-15)
  }

  @Test func `Residuals cannot be better than the type`() throws {
    let problem = try ModelProblem<Double>(
      model: Formula(parsing: "a*exp(-b*x)").bound(parameters: ["a", "b"], predictors: ["x"]),
      predictors: [1, 2, 3, 4, 5], predictorCount: 1, response: [2.1, 1.3, 0.9, 0.5, 0.35],
      parameterCount: 2)
    let fit = try problem.fit(
      from: [3, 0.5],
      options: FitOptions(derivatives: .forward, residualPrecision: .relative(1e-300)))
    #expect(fit.residualPrecision == Double.ulpOfOne)
  }

  @Test(
    arguments: [
      ("a*(1-exp(-b*x))", false), ("a*tanh(b*x)", false), ("a/(1+exp(-b*x))", false),
      ("a*erf(b*x)", false), ("a+(a-2)*cos(b*x)", false),
      // These go to zero.
      ("a*erf(x/b)", true), ("a*(1+exp(-x^2/b^2))", true), ("a+b^3*x", true),
    ])
  func `No digit is claimed of a parameter whose effect dies away within its error`(
    model: String, isZero: Bool
  ) throws {
    func check<Scalar: LSQScalar>(_ type: Scalar.Type) throws {
      for start in [0.5, 0.7, 1, 1.3] as [Double] {
        let fit = try ModelProblem<Scalar>(
          model: Formula(parsing: model).bound(parameters: ["a", "b"], predictors: ["x"]),
          predictors: [1, 2, 3, 4, 5], predictorCount: 1, response: [2, 2, 2, 2, 2],
          parameterCount: 2
        ).fit(from: [1, Scalar(nearest: start)])
        let digits = fit.accuracy().parameters[1].digitsComputed ?? 0
        #expect(digits == 0, "\(type) from \(start)")
        #expect(isZero || !(fit.isConverged && fit.hidden.isEmpty), "\(type) from \(start)")
      }
    }
    try check(Float.self)
    try check(Double.self)
    try check(MPFloat128.self)
  }

  @Test func `A limit that is not attained is no minimum`() throws {
    // The least sum of squares is that of (a + b·x)·exp(−c·x), which two exponentials only come near.
    func check<Scalar: LSQScalar>(_ type: Scalar.Type) throws {
      let fit = try ModelProblem<Scalar>(
        model: Formula(parsing: "a*exp(-b*x)+c*exp(-d*x)").bound(
          parameters: ["a", "b", "c", "d"], predictors: ["x"]),
        predictors: (1...16).map { Scalar($0) / 2 }, predictorCount: 1,
        response: [
          "2.300622", "1.690153", "1.337356", "1.096089", "0.802520", "0.600685",
          "0.411592", "0.301710", "0.321958", "0.204574", "0.105839", "0.058150",
          "0.069495", "0.157017", "0.057989", "-0.078157",
        ].compactMap { Scalar($0) }, parameterCount: 4
      ).fit(from: ["1.9", "0.4", "1.1", "0.7"].compactMap { Scalar($0) })
      #expect(!fit.isSolved, "\(type)")
      #expect(StopReason(fit).name == "drift")
    }
    try check(Float.self)
    try check(Double.self)
  }

  @Test(arguments: [3, 4, 5, 6])
  func `Slopes at the start that are far larger take no digit away`(rate: Double) throws {
    let y = [4.564, 5.237, 5.979, 6.928, 8.122, 9.656, 11.409, 13.594, 16.369, 19.656, 23.694]
    let rows = y.enumerated().map { (Double($0), $1) }
    func check<Scalar: LSQScalar>(_ type: Scalar.Type) throws {
      let fit = try formulaFit(
        "a*exp(b*x)+c", ["a", "b", "c"], from: [1, rate, 1], to: rows, over: type)
      let error = try #require(fit.numericalErrors[2])
      #expect(fit.isSolved && error < Scalar(4000) * .ulpOfOne, "\(type): \(error)")
      #expect((fit.parameters[2] - Scalar("1.712823778929080481")!).magnitude <= error)
    }
    try check(Double.self)
    try check(Float.self)
  }

  @Test func `Standard errors do not depend on the range of squares`() throws {
    func fit(_ scale: Double) throws -> Fit<Double> {
      try ModelProblem<Double>(
        model: Formula(parsing: "a*exp(-b*x)").bound(
          parameters: ["a", "b"], predictors: ["x"]),
        predictors: [1, 2, 3, 4, 5], predictorCount: 1,
        response: [2.7, 1.6, 1.1, 0.6, 0.43].map { $0 * scale }, parameterCount: 2
      ).fit(from: [scale, 1])
    }
    let plain = try fit(1)
    let needed = plain.accuracy().digitsNeeded.map { $0.rounded() }
    for scale in [1e200, 1e-200] {
      let scaled = try fit(scale)
      let (own, other) = (
        scaled.standardErrors.map { $0 ?? 0 }, plain.standardErrors.map { $0 ?? 0 }
      )
      #expect(abs(own[1] / other[1] - 1) < 1e-9 && abs(own[0] / other[0] / scale - 1) < 1e-9)
      #expect(abs(scaled.residualNorm / plain.residualNorm / scale - 1) < 1e-9)
      #expect(scaled.accuracy().digitsNeeded.map { $0.rounded() } == needed)
    }
  }

  @Test func `No step is taken along a direction that the data leave open`() throws {
    func check<Scalar: LSQScalar>(_ type: Scalar.Type) throws {
      let decimals = ["2.7", "1.6", "1.1", "0.6", "0.43"].compactMap { Scalar($0) }
      let problem = try ModelProblem<Scalar>(
        model: Formula(parsing: "a*sin(x)^2+b*cos(x)^2+c").bound(
          parameters: ["a", "b", "c"], predictors: ["x"]),
        predictors: [1, 2, 3, 4, 5], predictorCount: 1, response: decimals, parameterCount: 3)
      let fit = try problem.fit(from: [1, 1, 1])
      #expect(fit.undetermined == [0, 1, 2])
      // Two parameters determine as much, and their minimum is the least there is.
      let least = try ModelProblem<Scalar>(
        model: Formula(parsing: "a*sin(x)^2+b*cos(x)^2").bound(
          parameters: ["a", "b"], predictors: ["x"]),
        predictors: [1, 2, 3, 4, 5], predictorCount: 1, response: decimals, parameterCount: 2
      ).fit(from: [1, 1]).sumOfSquares
      #expect((fit.sumOfSquares / least - 1).magnitude < Scalar.ulpOfOne.squareRoot(), "\(type)")
    }
    try check(Double.self)
    #if (arch(i386) || arch(x86_64)) && !os(Windows) && !os(Android)
      try check(Float80.self)
    #endif
    try check(MPFloat128.self)
    try check(MPFloat<64, 1>.self)
  }

  @Test func `A sum in Float has no factor of 1`() throws {
    let fit = try ModelProblem<Float>(
      model: Formula(parsing: "a*sin(x)^2+b*cos(x)^2+c").bound(
        parameters: ["a", "b", "c"], predictors: ["x"]),
      predictors: [1, 2, 3, 4, 5], predictorCount: 1, response: [2.7, 1.6, 1.1, 0.6, 0.43],
      parameterCount: 3
    ).fit(from: [1, 1, 1])
    let words = fit.accuracy(parameterNames: ["a", "b", "c"]).combinations.map(\.description)
    #expect(words == ["a, b and c only matter through a + c and b + c"])
  }

  @Test func `A parameter has no digit where another one of rounding takes its effect away`() throws
  {
    // With b = 0 any a will do, but for the rounding of 0.14 + 1.
    let fit = try ModelProblem<Double>(
      model: Formula(parsing: "exp(b)+x+(a*b+x*b*b)").bound(
        parameters: ["a", "b"], predictors: ["x"]),
      predictors: [0.14, 1.12, 2.77, 4.1], predictorCount: 1, response: [1.14, 2.12, 3.77, 5.1],
      parameterCount: 2
    ).fit(from: [-1.486, 0.6369])
    #expect(!fit.isSolved && fit.numericalErrors == [.infinity, .infinity])
  }

  @Test func `A parameter keeps its digits beside those that rounding leaves open`() throws {
    let fit = try ModelProblem<Double>(
      model: Formula(parsing: "a*(1+b*x)^c").bound(
        parameters: ["a", "b", "c"], predictors: ["x"]),
      predictors: [0.261, 2.779, 5.287, 7.5], predictorCount: 1, response: [2.5, 2.5, 2.5, 2.5],
      parameterCount: 3
    ).fit(from: [0.5, 2.246, 1])
    let error = try #require(fit.numericalErrors[0])
    #expect(error < 1e-9 && (fit.parameters[0] - 2.5).magnitude <= error)
  }
}
