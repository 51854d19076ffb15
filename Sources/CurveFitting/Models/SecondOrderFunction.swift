import LSQScalars
import LeastSquares

/// A model's second derivatives, by second-order numbers of a width that suits the number of parameters.
///
/// As with ``GradientFunction`` a few widths exist, and more parameters than the widest holds are taken
/// two blocks at a time.
struct SecondOrderFunction<Scalar: LSQScalar> {
  /// Adds r·∇²f(b; x), with r = `residual`(f), to the lower triangle of a matrix of n rows, writes ∇f, and
  /// returns f.
  typealias Body = (
    _ b: Span<Scalar>, _ x: Span<Scalar>, _ residual: (Scalar) -> Scalar,
    _ gradient: inout [Scalar], _ curvature: inout Matrix<Scalar>
  ) throws -> Scalar

  let add: Body

  init(of model: some Model, parameterCount: Int, predictorCount: Int) throws {
    func body<Number: SecondOrderNumber>(_ type: Number.Type) throws -> Body
    where Number.Scalar == Scalar {
      var passes = SecondOrderPasses<Number>(
        try model.evaluator(over: type), parameterCount: parameterCount,
        predictorCount: predictorCount)
      return { try passes.add($0, $1, residual: $2, &$3, &$4) }
    }
    add =
      switch parameterCount {
      case ...1: try body(SecondOrderDual<Scalar, 1, 1>.self)
      case 2: try body(SecondOrderDual<Scalar, 2, 3>.self)
      case 3: try body(SecondOrderDual<Scalar, 3, 6>.self)
      case 4: try body(SecondOrderDual<Scalar, 4, 10>.self)
      case ...6: try body(SecondOrderDual<Scalar, 6, 21>.self)
      case ...8: try body(SecondOrderDual<Scalar, 8, 36>.self)
      default: try body(Widest.self)
      }
  }

  private typealias Widest = SecondOrderDual<Scalar, 12, 78>

  /// The passes over the model that a Hessian takes: for n parameters in p blocks p·(p − 1)/2, or one.
  static func passCount(parameterCount n: Int) -> Int {
    guard n > Widest.width else { return 1 }
    let blockCount = (n - 1) / (Widest.width / 2) + 1
    return blockCount * (blockCount - 1) / 2
  }
}

/// What ``SecondOrderPasses`` needs to know of second-order numbers.
protocol SecondOrderNumber: ModelNumber {
  /// The number of parameters along which a number has derivatives.
  static var width: Int { get }
  /// The variable for the parameter with this index in its block.
  static func variable(_ value: Scalar, index: Int) -> Self
  /// The slope along a parameter.
  func slope(_ index: Int) -> Scalar
  /// The second derivative along two parameters; nil where it is known to be zero.
  func curvature(_ i: Int, _ j: Int) -> Scalar?
}

extension SecondOrderDual: SecondOrderNumber {
  static var width: Int { count }

  func slope(_ index: Int) -> Scalar { slopes[index] }

  func curvature(_ i: Int, _ j: Int) -> Scalar? {
    let pair: UInt64 = 1 << UInt64(i) | 1 << UInt64(j)
    return curved & pair == pair ? curvatures[Self.index(i, j)] : nil
  }
}

/// The passes over pairs of blocks of parameters that make one Hessian.
private struct SecondOrderPasses<Number: SecondOrderNumber> {
  typealias Scalar = Number.Scalar

  let function: (Span<Number>, Span<Number>) throws -> Number
  let parameterCount: Int
  /// For every pass the parameters that are variables in it.
  let passes: [[Int]]
  var parameters: [Number]
  var predictors: [Number]

  init(
    _ function: @escaping (Span<Number>, Span<Number>) throws -> Number, parameterCount n: Int,
    predictorCount: Int
  ) {
    self.function = function
    parameterCount = n
    parameters = Array(repeating: 0, count: n)
    predictors = Array(repeating: 0, count: predictorCount)
    guard n > Number.width else {
      passes = [Array(0..<n)]
      return
    }
    let size = Number.width / 2
    let blocks = stride(from: 0, to: n, by: size).map { Array($0..<min($0 + size, n)) }
    passes = blocks.indices.flatMap { p in
      ((p + 1)..<blocks.count).map { blocks[p] + blocks[$0] }
    }
  }

  mutating func add(
    _ b: Span<Scalar>, _ x: Span<Scalar>, residual: (Scalar) -> Scalar,
    _ gradient: inout [Scalar], _ curvature: inout Matrix<Scalar>
  ) throws -> Scalar {
    for k in x.indices { predictors[k] = Number(x[k]) }
    var value: Scalar = 0
    for (index, variables) in passes.enumerated() {
      for j in b.indices { parameters[j] = Number(b[j]) }
      for (k, j) in variables.enumerated() { parameters[j] = .variable(b[j], index: k) }
      let result = try function(parameters.span, predictors.span)
      value = result.realPart
      let factor = residual(value)
      // Asked once for each parameter, and seldom at all.
      var level: [Int: Bool] = [:]
      func isFlat(_ j: Int) -> Bool {
        if let known = level[j] { return known }
        let found = isLevel(value, at: b, along: j, self.value)
        level[j] = found
        return found
      }
      for (k, i) in variables.enumerated() {
        gradient[i] = result.slope(k)
        if gradient[i].isNaN, isFlat(i) { gradient[i] = 0 }
        for (l, j) in variables[...k].enumerated() where !isDone(i, j, before: index) {
          guard let second = result.curvature(k, l) else { continue }
          if second.isNaN, isFlat(i) || isFlat(j) { continue }
          curvature[i, j] += factor * second
        }
      }
    }
    return value
  }

  /// The value at other parameters, in the row at hand.
  private func value(_ b: Span<Scalar>) throws -> Scalar {
    let constants = b.indices.map { Number(b[$0]) }
    return try function(constants.span, predictors.span).realPart
  }

  /// Whether an earlier pass had both parameters.
  private func isDone(_ i: Int, _ j: Int, before pass: Int) -> Bool {
    passes.count > 1 && passes[..<pass].contains { $0.contains(i) && $0.contains(j) }
  }
}
