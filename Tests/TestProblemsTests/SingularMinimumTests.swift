import CurveFitting
import LSQScalars
import MultiPrecision
import Testing

/// Minima where the Jacobian is singular: isolated ones, which have their digits, and lines of minima, which have none.
@Suite struct SingularMinimumTests {
  /// A formula with data, as CSV, where it starts and what is known of its minimum.
  struct Minimum: Sendable, CustomStringConvertible, FormulaFit {
    let description: String
    let formula: String
    let parameters: [String]
    let start: [String]
    let data: String
    /// The parameters, by mpmath's solution of the normal equations; empty where no digits can be had.
    var solution: [String] = []
    var sumOfSquares = ""
    /// nil for those in the null space.
    var standardErrors: [String?] = []

    fileprivate func climbed(to digits: Int) throws -> ConfirmedFit {
      try fit(digits: digits, ladder: PrecisionLadder.scalarType(bits:))
    }
  }

  private static func table(_ response: [String]) -> String {
    "i,y\n" + response.enumerated().map { "\($0 + 1),\($1)\n" }.joined()
  }

  private static let coincident =
    "0.25782521367036407685218917572472554390339447639501688069015428159472315066286113314938255090103394785020284244"
  private static let barelyCoincident =
    "0.250000003343555866555702435276115480782157528264080158609395255028950025037765785527292489368133440230543974907"
  private static let root =
    "1.8562794446601710240119999164208083569683289691954054806364678337691510369236512926488902192950762643053921986"

  static let isolated = [
    Minimum(
      description: "Jennrich and Sampson's exponentials, which coincide",
      formula: "exp(i*a)+exp(i*b)", parameters: ["a", "b"], start: ["0.3", "0.4"],
      data: table((1...10).map { "\(2 + 2 * $0)" }), solution: [coincident, coincident],
      sumOfSquares:
        "124.36218235561485351498551682417582790720241664212448822045218539343245552312349473703479354015884066685887829",
      standardErrors: [nil, nil]),
    Minimum(
      description: "a third parameter that is determined beside two that coincide",
      formula: "exp(i*a)+exp(i*b)+c*sin(i)", parameters: ["a", "b", "c"],
      start: ["0.3", "0.4", "1"],
      data: table([
        "4.65", "6.58", "8.13", "9.51", "11.36", "13.83", "16.47", "18.66", "20.31", "21.59",
      ]),
      solution: [
        "0.25764687534492853409006555851198198783156043121446016132520482227490476512246755749140932588518009760158114",
        "0.25764687534492853409006555851198198783156043121446016132520482227490476512246755749140932588518009760158114",
        "1.0780075217471053213376887211595274775675247592309847193196579790207655002375698429035505415668339021691375017",
      ],
      sumOfSquares:
        "124.81523063679157665809792786802704781808598334038819836576596182473454997934380667446584739818916379053625061",
      standardErrors: [
        nil, nil,
        "1.8925527756437477138104151692434373958622082187176577615876668856754887212795826760123868089932749671402938239",
      ]),
    Minimum(
      description:
        "exponentials that coincide, and that residuals of a billionth keep from parting",
      formula: "exp(-i*a)+exp(-i*b)", parameters: ["a", "b"], start: ["0.3", "0.4"],
      data: table([
        "1.557601565169", "1.213061316393", "0.9447331001679", "0.7357588749853",
        "0.5730095847671", "0.446260310256", "0.3475478762572", "0.2706705556464",
        "0.2107984384521", "0.1641699869872", "0.1278557127443",
      ]), solution: [barelyCoincident, barelyCoincident],
      sumOfSquares:
        "0.000000000000000154124975693865396625554401665055144723441223030247547977689227740778339482095746748372044208824984219662112945",
      standardErrors: [nil, nil]),
    Minimum(
      description: "as many residuals as parameters, which do not vanish (Freudenstein and Roth)",
      formula: "u*(p+q*(q*(5-q)-2))+v*(p+q*(q*(1+q)-14))", parameters: ["p", "q"],
      start: ["0.5", "-2"], data: "u,v,y\n1,0,13\n0,1,29\n",
      solution: [
        "11.412778986902093927245826515274044959215695528784350461859064145310633822995680371357179205251275819527205471",
        "-0.89680525327447651818854337118148876019607611780391238453523396367234154425107990716070519868718104511819863222",
      ],
      sumOfSquares:
        "48.984253679240021199989978059669599135254342018987172466714401703074411489775219569972843253329573086942361514",
      standardErrors: [nil, nil]),
    Minimum(
      description: "two roots that meet", formula: "(i-a)*(i-b)", parameters: ["a", "b"],
      start: ["2", "3"], data: "i,y\n0,3.9\n1,2.1\n2,1.1\n3,1.8\n4,5.2\n", solution: [root, root],
      sumOfSquares:
        "3.8467521767874826723026408189434365259802106354216147408774079206224446840562775810861698482267289966574455318",
      standardErrors: [nil, nil]),
    Minimum(
      description: "a square that is zero, so that its column is, beside a mean",
      formula: "b+a^2*i^2", parameters: ["a", "b"], start: ["0.3", "0.4"],
      data: table(["2.6", "1", "-1.4", "-5.2"]), solution: ["0", "-0.75"],
      // Deviations from the mean: 3.35, 1.75, -0.65, -4.45.
      sumOfSquares: "34.51",
      standardErrors: [
        nil,
        "2.07695690855636193673269541790489671080247627091764706489780942428948869166461132754465518019332261765682705774",
      ]),
    Minimum(
      description: "a square that is zero, alone", formula: "a^2*i", parameters: ["a"],
      start: ["1"], data: table(["-0.6", "-0.8", "-1.7", "-1.9", "-2.5"]), solution: ["0"],
      sumOfSquares: "13.75", standardErrors: [nil]),
  ]

  @Test(arguments: isolated, [15, 30, 100])
  func `A minimum that second derivatives make an isolated one has its digits`(
    minimum: Minimum, digits: Int
  ) throws {
    let fit = try minimum.climbed(to: digits)
    #expect(fit.digitsConfirmed == digits)
    try check(fit.sumOfSquares, minimum.sumOfSquares, digits)
    for (found, exact) in zip(fit.parameters, minimum.solution) { try check(found, exact, digits) }
    for (found, exact) in zip(fit.standardErrors, minimum.standardErrors) {
      #expect((found == nil) == (exact == nil))
      if let found, let exact { try check(found, exact, digits) }
    }
    #expect(
      fit.undetermined
        == minimum.standardErrors.indices.filter {
          minimum.standardErrors[$0] == nil
        })
    #expect(fit.singularDigits ?? 0 > digits)
    let sentence = try #require(fit.singularSentence(parameterNames: minimum.parameters))
    let names = fit.undetermined.map { minimum.parameters[$0] }.joined(separator: ", ")
    #expect(sentence.contains("do not determine \(names) (no standard errors)"))
    #expect(StopReason(fit, parameterNames: minimum.parameters).sentence.contains(sentence))
  }

  private func check(_ text: String, _ exact: String, _ digits: Int) throws {
    typealias Wide = MPFloat<1024, 16>
    let (value, exact) = (try #require(Wide(text)), try #require(Wide(exact)))
    #expect((value - exact).magnitude <= exact.magnitude * Wide.pow(10, -digits), "\(text)")
  }

  private static let line = table([
    "0.9", "1.2", "2.3", "2.6", "3.6", "4.4", "4.7", "5.5", "6.4", "6.9",
  ])

  static let lines = [
    ("(a+b)*i", ["a", "b"], line), ("a*b*i", ["a", "b"], line), ("exp(a+b)*i", ["a", "b"], line),
    ("a*exp(b-c*i)", ["a", "b", "c"], line), ("a*i+b*(i+c)-b*c", ["a", "b", "c"], line),
    ("exp(i*a)+exp(i*b)+c*d*sin(i)", ["a", "b", "c", "d"], isolated[1].data),
    // Parameters without influence, or with less and less, whose second derivatives are rounding.
    ("a*exp(-b*i)*(sin(c*i)^2+cos(c*i)^2)", ["a", "b", "c"], line),
    ("a*i+exp(b)*exp(-b)", ["a", "b"], line), ("a*i+asin(sin(b))-b", ["a", "b"], line),
    ("c*i+d+exp(-b)", ["b", "c", "d"], line),
    // Powell's singular function, whose Hessian is singular at the minimum.
    (
      "p*(a+10*b)+q*sqrt(5)*(c-d)+r*(b-2*c)^2+s*sqrt(10)*(a-d)^2", ["a", "b", "c", "d"],
      "p,q,r,s,y\n1,0,0,0,0\n0,1,0,0,0\n0,0,1,0,0\n0,0,0,1,0\n"
    ),
    // A linear function of rank 1.
    ("i*(a+2*b+3*c)", ["a", "b", "c"], table(Array(repeating: "1", count: 10))),
  ].map {
    Minimum(
      description: $0, formula: $0, parameters: $1, start: $1.indices.map { "0.\(3 + $0)" },
      data: $2)
  }

  @Test(arguments: lines, [15, 30, 100])
  func `Where minima lie on a line, or the Hessian is singular, no digits are claimed`(
    minimum: Minimum, digits: Int
  ) throws {
    #expect(throws: DigitsNotReached.self) { try minimum.climbed(to: digits) }
  }

  static let wandering = [
    Minimum(
      description: "no influence but rounding's",
      formula: "a*exp(-b*i/2)*(sin(c*i/2)^2+cos(c*i/2)^2)",
      parameters: ["a", "b", "c"], start: ["1", "0.2", "0.3"],
      data: table([
        "1.72715", "1.49992", "1.29362", "1.15739", "0.88255", "0.86553", "0.71680", "0.55351",
        "0.58394", "0.49342", "0.38589", "0.28042", "0.26158", "0.20957", "0.29230", "0.13316",
      ])),
    Minimum(
      description: "a slope that dies away, beside another", formula: "c*i/2+d+exp(-b)",
      parameters: ["c", "d", "b"], start: ["0", "-0.5", "1.1"],
      data: table([
        "1.470078818", "0.909334358", "0.430919513", "0.056571771", "-0.567565089",
        "-1.084823676", "-1.560203227", "-1.970967891", "-2.513720753", "-2.972073726",
        "-3.542070759", "-3.903824209", "-4.542356704", "-4.842786665", "-5.428399108",
        "-5.961152316",
      ])),
    Minimum(
      description: "one that dies away faster than any power", formula: "c+d*i/2+i/2*exp(-1/b^2)",
      parameters: ["c", "d", "b"], start: ["0", "-0.5", "3"],
      data: table([
        "1.498916165", "0.955951657", "0.533355160", "0.029164216", "-0.429726265",
        "-0.947654835", "-1.421644562", "-2.041137746", "-2.660092601", "-3.020491201",
        "-3.484642675", "-4.119012113", "-4.474846556", "-5.027172516", "-5.338644390",
        "-6.212997557",
      ])),
  ]

  @Test(arguments: wandering, [15, 30, 100])
  func `A parameter that wanders off along a line of minima has no digits`(
    minimum: Minimum, digits: Int
  ) {
    #expect(throws: DigitsNotReached.self) { try minimum.climbed(to: digits) }
  }

  @Test func `A parameter that Newton steps take to zero is zero in every type`() throws {
    func check<Scalar: LSQScalar>(_ type: Scalar.Type) throws {
      let minimum = try #require(Self.isolated.last)
      let fit = try minimum.problem(over: type).fit(from: minimum.start(over: type))
      #expect(fit.isConverged && fit.parameters == [0] && fit.undetermined == [0], "\(type)")
    }
    try check(Float.self)
    try check(Double.self)
    try check(MPFloat128.self)
    try check(MPFloat512.self)
  }

  @Test func `A climb keeps the best of its points, wherever it ends`() throws {
    // Two exponentials that coincide, on a line of minima: a wider type begins anew.
    let posed = Minimum(
      description: "", formula: "a*exp(-b*x)+c*exp(-d*x)", parameters: ["a", "b", "c", "d"],
      start: ["1", "1", "1", "0.3"], data: "x,y\n0,2\n1,1\n2,0.5\n3,0.25\n4,0.125\n5,0.0625\n")
    let problem = try posed.problem(over: MPFloat512.self)
    func sumOfSquares(_ point: [String]) throws -> MPFloat512 {
      let residuals = try problem.residuals(at: point.compactMap { MPFloat512($0) })
      return residuals.reduce(0) { $0 + $1 * $1 }
    }
    for stop in [20, 33, 36, .max] {
      var (queries, told) = (0, [[String]]())
      let failure = #expect(throws: DigitsNotReached.self) {
        try posed.fit(
          digits: 20, ladder: PrecisionLadder.scalarType(bits:),
          isInterrupted: {
            queries += 1
            return queries >= stop
          }, progress: { told.append($0) })
      }
      #expect(failure?.parameters == told.last, "\(stop)")
      let sums = try told.map(sumOfSquares)
      #expect(zip(sums, sums.dropFirst()).allSatisfy { $1 < $0 }, "\(stop): \(sums)")
    }
  }

  @Test func `A fit rounded to every bit has them, and no standard errors`() throws {
    let minimum = Self.isolated[0]
    let fit = try minimum.correctlyRoundedFit(
      as: Double.self, ladder: PrecisionLadder.scalarType(bits:))
    #expect(fit.parameters == [0.25782521367036408, 0.25782521367036408])
    #expect(fit.sumOfSquares == 124.36218235561485351)
    #expect(fit.standardErrors == [nil, nil] && fit.confirmed.undetermined == [0, 1])
  }

  @Test func `A Jacobian that is all but singular still has its standard errors`() throws {
    // The columns differ by some 1e-25, which Double does not see.
    let rows = ["1e-25", "-2e-25", "3e-25", "1e-25", "-1e-25"]
    let fit = try Minimum(
      description: "nearly coincident", formula: "exp(a*i)+exp(b*(i+z))", parameters: ["a", "b"],
      start: ["0.3", "0.4"],
      data: "i,z,y\n" + rows.enumerated().map { "\($0 + 1),\($1),\(4 + 2 * $0)\n" }.joined()
    ).climbed(to: 20)
    #expect(fit.undetermined.isEmpty && fit.standardErrors.allSatisfy { $0 != nil })
  }
}
