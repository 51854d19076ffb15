import CurveFitting
import LSQScalars

// Models of NIST's Statistical Reference Datasets, by hand and as formulas. The hand-written ones do the
// operations of the formulas in the formulas' order, so that the bits can be compared.

/// A model in both forms, with a point to start from.
struct ModelPair: Sendable {
  var name: String
  var formula: String
  var start: [Double]
  var predictors: [String] = ["x"]
  var rows: [[Double]]
  var model: any Model

  var parameters: [String] { (1...start.count).map { "b\($0)" } }

  static let all: [ModelPair] = [
    ModelPair(
      name: "Misra1a", formula: "b1*(1-exp(-b2*x))", start: [500, 0.0001],
      rows: [[77.6], [239.3], [760]], model: Misra1a()),
    ModelPair(
      name: "Misra1b", formula: "b1*(1-(1+b2*x/2)^(-2))", start: [300, 0.0002],
      rows: [[77.6], [239.3], [760]], model: Misra1b()),
    ModelPair(
      name: "Misra1c", formula: "b1*(1-(1+2*b2*x)^(-0.5))", start: [600, 0.0002],
      rows: [[77.6], [239.3], [760]], model: Misra1c()),
    ModelPair(
      name: "Chwirut2", formula: "exp(-b1*x)/(b2+b3*x)", start: [0.1, 0.01, 0.02],
      rows: [[0.5], [1.75], [5.75]], model: Chwirut2()),
    ModelPair(
      name: "DanWood", formula: "b1*x**b2", start: [0.7, 4], rows: [[1.309], [0], [1.49]],
      model: DanWood()),
    ModelPair(
      name: "Gauss1",
      formula: "b1*exp(-b2*x)+b3*exp(-((x-b4)^2)/(b5^2))+b6*exp(-[(x-b7)**2]/[b8**2])",
      start: [97, 0.009, 100, 65, 20, 70, 178, 16.5], rows: [[1], [65], [178], [250]],
      model: Gauss1()),
    ModelPair(
      name: "Hahn1", formula: "(b1+b2*x+b3*x^2+b4*x^3)/(1+b5*x+b6*x^2+b7*x^3)",
      start: [10, -1, 0.05, -0.00001, -0.05, 0.001, -0.000001], rows: [[24.41], [34.82], [850.98]],
      model: Hahn1()),
    ModelPair(
      name: "Nelson", formula: "b1-b2*x1*exp(-b3*x2)", start: [2, 0.0001, -0.01],
      predictors: ["x1", "x2"], rows: [[1, 180], [64, 275], [48, 225]], model: Nelson()),
    ModelPair(
      name: "Roszman1", formula: "b1-b2*x-arctan(b3/(x-b4))/pi",
      start: [0.1, -0.00001, 1000, -100], rows: [[-4868.68], [-2325.21], [10.5]],
      model: Roszman1()),
    ModelPair(
      name: "ENSO",
      formula: """
        b1+b2*cos(2*pi*x/12)+b3*sin(2*pi*x/12)+b5*cos(2*pi*x/b4)+b6*sin(2*pi*x/b4)
        +b8*cos(2*pi*x/b7)+b9*sin(2*pi*x/b7)
        """,
      start: [11, 3, 0.5, 40, -0.7, -1.3, 25, -0.3, 1.4], rows: [[1], [13], [168]], model: ENSO()),
    ModelPair(
      name: "Eckerle4", formula: "(b1/b2)*exp(-0.5*((x-b3)/b2)^2)", start: [1.5, 5, 450],
      rows: [[400], [450], [500]], model: Eckerle4()),
    ModelPair(
      name: "Rat43", formula: "b1/((1+exp(b2-b3*x))^(1/b4))", start: [100, 10, 1, 1],
      rows: [[1], [8], [15]], model: Rat43()),
    ModelPair(
      name: "Bennett5", formula: "b1*(b2+x)^(-1/b3)", start: [-2000, 50, 0.8],
      rows: [[7.447168], [10.6], [16.5]], model: Bennett5()),
  ]
}

struct Misra1a: Model {
  func value<N: ModelNumber>(_ b: Span<N>, at x: Span<N>) -> N { b[0] * (1 - .exp(-b[1] * x[0])) }
}

struct Misra1b: Model {
  func value<N: ModelNumber>(_ b: Span<N>, at x: Span<N>) -> N {
    b[0] * (1 - .pow(1 + b[1] * x[0] / 2, -2))
  }
}

struct Misra1c: Model {
  func value<N: ModelNumber>(_ b: Span<N>, at x: Span<N>) -> N {
    let exponent: N = -1 / 2
    return b[0] * (1 - .pow(1 + 2 * b[1] * x[0], exponent))
  }
}

struct Chwirut2: Model {
  func value<N: ModelNumber>(_ b: Span<N>, at x: Span<N>) -> N {
    .exp(-b[0] * x[0]) / (b[1] + b[2] * x[0])
  }
}

struct DanWood: Model {
  func value<N: ModelNumber>(_ b: Span<N>, at x: Span<N>) -> N { b[0] * .pow(x[0], b[1]) }
}

struct Gauss1: Model {
  func value<N: ModelNumber>(_ b: Span<N>, at x: Span<N>) -> N {
    let (u, v) = (x[0] - b[3], x[0] - b[6])
    let decay = b[0] * .exp(-b[1] * x[0])
    let first = b[2] * .exp(-(u * u) / (b[4] * b[4]))
    return decay + first + b[5] * .exp(-(v * v) / (b[7] * b[7]))
  }
}

struct Hahn1: Model {
  func value<N: ModelNumber>(_ b: Span<N>, at x: Span<N>) -> N {
    let x = x[0]
    let square = x * x
    let cube: N = .pow(x, 3)
    let numerator = b[0] + b[1] * x + b[2] * square + b[3] * cube
    return numerator / (1 + b[4] * x + b[5] * square + b[6] * cube)
  }
}

struct Nelson: Model {
  func value<N: ModelNumber>(_ b: Span<N>, at x: Span<N>) -> N {
    b[0] - b[1] * x[0] * .exp(-b[2] * x[1])
  }
}

struct Roszman1: Model {
  func value<N: ModelNumber>(_ b: Span<N>, at x: Span<N>) -> N {
    b[0] - b[1] * x[0] - .atan(b[2] / (x[0] - b[3])) / N(.pi)
  }
}

struct ENSO: Model {
  func value<N: ModelNumber>(_ b: Span<N>, at x: Span<N>) -> N {
    let turn = 2 * N(.pi) * x[0]
    let (year, first, second) = (turn / 12, turn / b[3], turn / b[6])
    var sum = b[0] + b[1] * .cos(year) + b[2] * .sin(year)
    sum += b[4] * .cos(first)
    sum += b[5] * .sin(first)
    sum += b[7] * .cos(second)
    sum += b[8] * .sin(second)
    return sum
  }
}

struct Eckerle4: Model {
  func value<N: ModelNumber>(_ b: Span<N>, at x: Span<N>) -> N {
    let u = (x[0] - b[2]) / b[1]
    let half: N = 1 / 2
    return (b[0] / b[1]) * .exp(-half * (u * u))
  }
}

struct Rat43: Model {
  func value<N: ModelNumber>(_ b: Span<N>, at x: Span<N>) -> N {
    b[0] / .pow(1 + .exp(b[1] - b[2] * x[0]), 1 / b[3])
  }
}

struct Bennett5: Model {
  func value<N: ModelNumber>(_ b: Span<N>, at x: Span<N>) -> N {
    b[0] * .pow(b[1] + x[0], -1 / b[2])
  }
}
