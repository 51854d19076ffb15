import CurveFitting
import LeastSquares
import LSQScalars
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

@Suite("Loops over the rows of a model")
struct ModelLoopsTests {
  /// Rows one by one are differentiated with `Dual` itself.
  private func expectRowsOfDual<Scalar: LSQScalar>(
    _ model: some Model, at b: [Scalar], sigma: [Scalar]?
  ) throws {
    let x = (0..<9).map { Scalar($0) / 4 }
    let problem = try ModelProblem(
      model: model, predictors: x, predictorCount: 1, response: x, sigma: sigma,
      parameterCount: b.count)
    var J = [Scalar](repeating: .nan, count: x.count * b.count)
    var (r, K, residuals) = ([Scalar](x), J, [Scalar](x))
    var jacobian = J.mutableSpan
    var values = r.mutableSpan
    try problem.residualsAndJacobian(b.span, &values, &jacobian)
    var onlyJacobian = K.mutableSpan
    try problem.jacobian(b.span, &onlyJacobian)
    var onlyValues = residuals.mutableSpan
    try problem.residuals(b.span, &onlyValues)
    var slopes = b
    for i in x.indices {
      var row = slopes.mutableSpan
      let residual = try problem.jacobianRow(i, b.span, row: &row)
      #expect(values[i] == residual && onlyValues[i] == residual)
      for j in b.indices {
        #expect(jacobian[i * b.count + j] == row[j] && onlyJacobian[i * b.count + j] == row[j])
      }
    }
  }

  @Test("have the residuals and slopes of dual numbers to the bit")
  func sameAsDual() throws {
    try expectRowsOfDual(Mixture(), at: [0.7, 1.3, 0.4, 2.1, -0.6], sigma: nil)
    try expectRowsOfDual(
      Mixture(), at: [0.7, 1.3, 0.4, 2.1, -0.6] as [Float], sigma: (1...9).map { Float($0) })
  }

  @Test("leave to dual numbers what meets infinity")
  func infinity() throws { try expectRowsOfDual(Root(), at: [2, 1] as [Double], sigma: nil) }
}
