import CurveFitting
import LSQScalars
import MultiPrecision
import Testing

/// Problems of textbooks, outside NIST's collection. Solutions are from Newton's method on the gradient in mpmath, to 60
/// digits, with derivatives by second-order arithmetic of its own. The data are those of Bates and Watts (1988), Nonlinear
/// Regression Analysis and Its Applications, and Nash (1979), Compact Numerical Methods for Computers.
@Suite struct PublicProblemTests {
  struct PublicProblem: Sendable, CustomStringConvertible {
    let description: String
    let formula: String
    let parameters: [String]
    let start: [String]
    let predictors: [String]
    let response: String
    let data: String
    let solution: [String]
    let standardErrors: [String]
    let sumOfSquares: String

    func decimalFit() throws -> DecimalFit<FormulaModel> {
      DecimalFit(
        model: try Formula(parsing: formula).bound(
          parameters: parameters, predictors: predictors),
        data: try DataTable(data), predictors: predictors, response: response, start: start)
    }
  }

  static let problems = [
    PublicProblem(
      description: "Puromycin: Treloar (1974), treated enzyme", formula: "Vm*conc/(K+conc)",
      parameters: ["Vm", "K"], start: ["205", "0.08"], predictors: ["conc"], response: "rate",
      data: """
        conc,rate
        0.02,76
        0.02,47
        0.06,97
        0.06,107
        0.11,123
        0.11,139
        0.22,159
        0.22,152
        0.56,191
        0.56,201
        1.10,207
        1.10,200
        """,
      solution: [
        "212.683743142536069328028645169225349091166249",
        "6.41212816815670724771636782569026842323656310e-2",
      ],
      standardErrors: [
        "6.94715516004071995123995070936652465306345355",
        "8.28094949848035221343942133305788136175164204e-3",
      ],
      sumOfSquares: "1195.44881443935927430780302689972883332026760"),
    PublicProblem(
      description: "BOD: Marske (1967)", formula: "A*(1-exp(-k*t))",
      parameters: ["A", "k"], start: ["20", "0.5"], predictors: ["t"], response: "d",
      data: """
        t,d
        1,8.3
        2,10.3
        3,19.0
        4,16.0
        5,15.6
        7,19.8
        """,
      solution: [
        "19.1425752846178676001017811969568512841559066",
        "0.531091376965210028895554572193922515704274190",
      ],
      standardErrors: [
        "2.49591733220698593531409332710151443295099797",
        "0.203082100434889670560916913748213741543720143",
      ],
      sumOfSquares: "25.9902672819413346988549126861299098975617100"),
    PublicProblem(
      description: "Rumford (1798), cooling of a cannon's bore", formula: "60+70*exp(-th*t)",
      parameters: ["th"], start: ["0.01"], predictors: ["t"], response: "T",
      data: """
        t,T
        4,126
        5,125
        7,123
        12,120
        14,119
        16,118
        20,116
        24,115
        28,114
        31,113
        34,112
        37.5,111
        41,110
        """,
      solution: ["9.41549628404534007719403792279709339926164540e-3"],
      standardErrors: ["4.20085663717160307341466157386139241837696169e-4"],
      sumOfSquares: "44.1557948341007338527146066416872191907975707"),
    PublicProblem(
      description: "isomerization of n-pentane: Carr (1960)",
      formula: "b1*b3*(npent-isop/1.632)/(1+b2*hyd+b3*npent+b4*isop)",
      parameters: ["b1", "b2", "b3", "b4"], start: ["35", "0.1", "0.05", "0.2"],
      predictors: ["hyd", "npent", "isop"], response: "rate",
      data: """
        hyd,npent,isop,rate
        205.8,90.9,37.1,3.541
        404.8,92.9,36.3,2.397
        209.7,174.9,49.4,6.694
        401.6,187.2,44.9,4.722
        224.9,92.7,116.3,0.593
        402.6,102.2,128.9,0.268
        212.7,186.9,134.4,2.797
        406.2,192.6,134.9,2.451
        133.3,140.8,87.6,3.196
        470.9,144.2,86.9,2.021
        300.0,68.3,81.7,0.896
        301.6,214.6,101.7,5.084
        297.3,142.2,10.5,5.686
        314.0,146.7,157.1,1.193
        305.7,142.0,86.0,2.648
        300.1,143.7,90.2,3.303
        305.4,141.1,87.4,3.054
        305.2,141.5,87.0,3.302
        300.1,83.0,66.4,1.271
        106.6,209.6,33.0,11.648
        417.2,83.9,32.9,2.002
        251.0,294.4,41.5,9.604
        250.3,148.0,14.7,7.754
        145.1,291.0,50.2,11.590
        """,
      solution: [
        "35.9202230589845649470638851909743607228359459",
        "7.08433135507853125129710405308855971476975147e-2",
        "3.77299645597957080094005276204239334659087518e-2",
        "0.167134744431868263490683025984274282414250989",
      ],
      standardErrors: [
        "8.21233746134829698320566855719723344611616322",
        "0.178682389990580189634102615177686566975202538",
        "0.100060505862955042523941009245572227104185232",
        "0.415970030599443285113964492638852009790855766",
      ],
      sumOfSquares: "3.23448227539143979933715663217023737495861081"),
    PublicProblem(
      description: "sulfisoxazole: Kaplan and others (1972)", formula: "a*exp(-k*t)+b*exp(-l*t)",
      parameters: ["a", "k", "b", "l"], start: ["81", "1.3", "162", "0.16"], predictors: ["t"],
      response: "c",
      data: """
        t,c
        0.25,215.6
        0.50,189.2
        0.75,176.0
        1.00,162.8
        1.50,138.6
        2.00,121.0
        3.00,101.2
        4.00,88.0
        6.00,61.6
        12.00,22.0
        24.00,4.4
        48.00,0.1
        """,
      solution: [
        "81.2440388231035144086034237362818554427753749",
        "1.30598892058572627178419682511114594423075576",
        "162.594411674456123750441567597734227930378045",
        "0.161785640587506503086335592501854579954446860",
      ],
      standardErrors: [
        "6.10731432551392798154562455410050123915222013",
        "0.197541336480473117555690268927197877289201689",
        "6.94298744425497900515092215668942411356169595",
        "8.77976368001868644265744496618846459557283279e-3",
      ],
      sumOfSquares: "34.3764709806435271857476217318339585318282941"),
    PublicProblem(
      description: "Hobbs' weeds: Nash (1979)", formula: "b1/(1+b2*exp(-b3*t))",
      parameters: ["b1", "b2", "b3"], start: ["1", "1", "1"], predictors: ["t"], response: "w",
      data: """
        t,w
        1,5.308
        2,7.24
        3,9.638
        4,12.866
        5,17.069
        6,23.192
        7,31.443
        8,38.558
        9,50.156
        10,62.948
        11,75.995
        12,91.972
        """,
      solution: [
        "196.186261775088524960162332272020372716586895",
        "49.0916394571110544073620398551895867251142986",
        "0.313569729934146183533182227050066599646825108",
      ],
      standardErrors: [
        "11.3069388181278489559646335705990422393255894",
        "1.68843659405364710326610357671884223017599113",
        "6.86326145303359918672193367714140524998864332e-3",
      ],
      sumOfSquares: "2.58727739528419765834168774052955606356953394"),
  ]

  /// The relative difference of two numbers.
  static func error(_ text: String, _ truth: String) throws -> MPFloat256 {
    let (value, exact) = (try #require(MPFloat256(text)), try #require(MPFloat256(truth)))
    return ((value - exact) / exact).magnitude
  }

  @Test(arguments: problems)
  func `Digits that were confirmed are right`(problem: PublicProblem) throws {
    let fit = try problem.decimalFit().fit(
      digits: 28, ladder: PrecisionLadder.scalarType(bits:))
    let found = fit.parameters + fit.standardErrors.compactMap { $0 } + [fit.sumOfSquares]
    let exact = problem.solution + problem.standardErrors + [problem.sumOfSquares]
    #expect(found.count == exact.count)
    for (value, truth) in zip(found, exact) {
      #expect(try Self.error(value, truth) < 1e-28, "\(value) for \(truth)")
    }
  }

  @Test(arguments: problems)
  func `A plain fit is as good as it says`(problem: PublicProblem) throws {
    func check<Scalar: LSQScalar>(_ type: Scalar.Type, _ tolerance: MPFloat256) throws {
      let decimals = try problem.decimalFit()
      let fit = try decimals.problem(over: type).fit(from: decimals.start(over: type))
      #expect(fit.isConverged && fit.ending != .tests)
      for (j, truth) in problem.solution.enumerated() {
        let claim = fit.numericalErrors[j].flatMap {
          MPFloat256(($0 / fit.parameters[j]).description)
        }
        let error = try Self.error(fit.parameters[j].description, truth)
        #expect(error <= claim?.magnitude ?? 0, "\(type), \(problem.parameters[j]): \(error)")
        #expect(error <= tolerance, "\(type), \(problem.parameters[j]): \(error)")
      }
    }
    try check(Double.self, 1e-12)
    try check(Float.self, 1e-3)
    try check(MPFloat128.self, 1e-33)
  }
}
