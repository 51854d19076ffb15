import CurveFitting
import LeastSquares
import LSQScalars
import MultiPrecision
import Testing

/// Every operation, and functions of one and of two numbers.
private struct Mixture: Model {
  func value<Number: ModelNumber>(_ b: Span<Number>, at x: Span<Number>) -> Number {
    let t = x[0]
    let decay: Number = .exp(-b[2] * t)
    let square: Number = 1 + t * t
    let wave: Number = b[0] * .sin(b[1] * t)
    let root: Number = .sqrt(2 + t)
    let power: Number = .pow(1 + t, b[3])
    let cube: Number = .pow(b[1] + t, 3)
    let angle: Number = .atan2(y: b[4] * t, x: b[0] - t)
    let sum: Number = wave - decay / square + power * root
    return sum + cube - angle
  }
}

/// The constant 0 at x = 0, where √ has a vertical tangent.
private struct Root: Model {
  func value<Number: ModelNumber>(_ b: Span<Number>, at x: Span<Number>) -> Number {
    .sqrt(b[0] * x[0]) + b[1]
  }
}

/// The functions of one number that loops differentiate themselves.
private struct Functions: Model {
  func value<Number: ModelNumber>(_ b: Span<Number>, at x: Span<Number>) -> Number {
    let t = b[0] * (1 + x[0])
    let angle: Number = .atan(t) + .cos(b[1] * x[0])
    return angle + .log(t) + .sqrt(t) + .sin(b[1]) + .exp(-b[1])
  }
}

/// As many parameters as there are: a sum of decays and a rational function, whose slopes all differ.
private struct Decays: Model {
  let count: Int

  @inline(__always)
  func value<Number: ModelNumber>(_ b: Span<Number>, at x: Span<Number>) -> Number {
    var (sum, divisor): (Number, Number) = (0, 2)
    for k in 0..<count {
      sum += b[k] * .exp(-b[count - 1 - k] * x[0])
      divisor += b[k] * b[k] * x[0]
    }
    return sum / divisor
  }
}

/// A surface over two, three or four predictors, with three parameters or more: along the last predictor it has
/// a vertical tangent at 0.
private struct Surface: Model {
  let predictorCount: Int

  func value<Number: ModelNumber>(_ b: Span<Number>, at x: Span<Number>) -> Number {
    var plane: Number = b[0] * x[0] + b[1] * x[1]
    for k in 3..<b.count { plane += b[k] * x[k % predictorCount] }
    let last = x[predictorCount - 1]
    return plane + b[2] / (1 + x[0] * x[1]) + .sqrt(b[1] * last) - last
  }
}

@Suite("Loops over the rows of a model")
struct ModelLoopsTests {
  /// Rows one by one are differentiated with `Dual` itself; slopes without loops, from a tape, agree with those to rounding.
  private func expectRowsOfDual<Scalar: LSQScalar>(
    _ model: some Model, at b: [Scalar], sigma: [Scalar]?, predictorCount: Int = 1,
    from first: Int = 0
  ) throws {
    let y = (0..<19).map { Scalar($0) / 4 }
    let x = (0..<y.count * predictorCount).map { Scalar($0 + first) / Scalar(4 * predictorCount) }
    let problem = try ModelProblem(
      model: model, predictors: x, predictorCount: predictorCount, response: y, sigma: sigma,
      parameterCount: b.count)
    var J = [Scalar](repeating: .nan, count: y.count * b.count)
    var (r, K, residuals) = (y, J, y)
    var jacobian = J.mutableSpan
    var values = r.mutableSpan
    try problem.residualsAndJacobian(b.span, &values, &jacobian)
    var onlyJacobian = K.mutableSpan
    try problem.jacobian(b.span, &onlyJacobian)
    var onlyValues = residuals.mutableSpan
    try problem.residuals(b.span, &onlyValues)
    var slopes = b
    for i in y.indices {
      var row = slopes.mutableSpan
      let residual = try problem.jacobianRow(i, b.span, row: &row)
      #expect(values[i] == residual && onlyValues[i] == residual)
      let size = b.indices.reduce(Scalar(0)) { max($0, row[$1].magnitude) }
      let tolerance = b.count <= 16 && predictorCount <= 4 ? 0 : 64 * Scalar.ulpOfOne * size
      for j in b.indices {
        #expect((jacobian[i * b.count + j] - row[j]).magnitude <= tolerance)
        #expect(onlyJacobian[i * b.count + j] == jacobian[i * b.count + j])
      }
    }
    try expectSameByRanges(
      RowwiseProblem(
        model: model, predictors: x, predictorCount: predictorCount, response: y, sigma: sigma,
        parameterCount: b.count), at: b, r, J)
  }

  /// A range of rows has the residuals and slopes of the whole.
  private func expectSameByRanges<Scalar: LSQScalar>(
    _ problem: RowwiseProblem<Scalar>, at b: [Scalar], _ residuals: [Scalar], _ jacobian: [Scalar]
  ) throws {
    guard case .together(let together) = problem.gradients else {
      Issue.record("A model's gradients are computed")
      return
    }
    for rows in [0..<1, 2..<7, 7..<residuals.count, 0..<residuals.count] {
      var J = [Scalar](repeating: .nan, count: rows.count * b.count)
      var (r, only) = ([Scalar](residuals[rows]), [Scalar](residuals[rows]))
      var slopes = J.mutableSpan
      var values = r.mutableSpan
      try together(b.span, rows, &values, &slopes)
      for k in slopes.indices {
        #expect(slopes[k] == jacobian[rows.lowerBound * b.count + k], "rows \(rows)")
      }
      var onlyValues = only.mutableSpan
      try problem.residuals(b.span, rows, &onlyValues)
      for (k, i) in rows.enumerated() {
        #expect(values[k] == residuals[i] && onlyValues[k] == residuals[i], "rows \(rows)")
      }
    }
  }

  @Test("have the residuals and slopes of dual numbers to the bit")
  func sameAsDual() throws {
    try expectRowsOfDual(Mixture(), at: [0.7, 1.3, 0.4, 2.1, -0.6], sigma: nil)
    try expectRowsOfDual(
      Mixture(), at: [0.7, 1.3, 0.4, 2.1, -0.6] as [Float], sigma: (1...19).map { Float($0) })
  }

  @Test("leave to dual numbers what meets infinity")
  func infinity() throws { try expectRowsOfDual(Root(), at: [2, 1] as [Double], sigma: nil) }

  @Test("have slopes where squares overflow")
  func overflow() throws {
    try expectRowsOfDual(Functions(), at: [0x1p513, 2] as [Double], sigma: nil)
    try expectRowsOfDual(Functions(), at: [0x1p65, 2] as [Float], sigma: nil)
  }

  @Test("take any number of parameters", arguments: 1...18)
  func anyParameterCount(count: Int) throws {
    let b = (0..<count).map { 0.3 + Double($0) / 7 }
    try expectRowsOfDual(Decays(count: count), at: b, sigma: nil)
    try expectRowsOfDual(
      Decays(count: count), at: b.map { Float($0) }, sigma: (1...19).map { Float($0) })
  }

  @Test("take several predictors, regular or not", arguments: 2...5, 0...1)
  func severalPredictors(count: Int, first: Int) throws {
    for b in [[0.7, 1.3, 0.4], (0..<11).map { 0.4 + Double($0) / 9 }] {
      // In the first of the cases the last predictor of the first row is 0.
      try expectRowsOfDual(
        Surface(predictorCount: count), at: b, sigma: nil, predictorCount: count,
        from: first == 0 ? 1 - count : first)
    }
  }

  @Test func `are the same for decimals as where model and scalar are known, in every type`() throws
  {
    let b = ["0.7", "1.3", "0.4", "2.1", "-0.6"]
    let rows = (0..<19).map { (x: "\(Double($0) / 8)", y: "\(Double($0) / 4)") }
    let fit = DecimalFit(
      model: Mixture(),
      data: try DataTable("x, y\n" + rows.map { "\($0.x), \($0.y)\n" }.joined()),
      predictors: ["x"], response: "y", start: b)
    func expectSame<Scalar: LSQScalar>(in type: Scalar.Type) throws {
      let known = try ModelProblem(
        model: Mixture(), predictors: rows.map { try #require(Scalar($0.x)) }, predictorCount: 1,
        response: rows.map { try #require(Scalar($0.y)) }, parameterCount: b.count)
      let (decimal, point) = (try fit.problem(over: type), try fit.start(over: type))
      #expect(try decimal.residuals(at: point) == known.residuals(at: point), "\(type)")
      #expect(try decimal.jacobian(at: point) == known.jacobian(at: point), "\(type)")
    }
    try expectSame(in: Double.self)
    try expectSame(in: Float.self)
    #if (arch(i386) || arch(x86_64)) && !os(Windows) && !os(Android)
      try expectSame(in: Float80.self)
    #endif
    try expectSame(in: MPFloat256.self)
  }
}
