import LSQScalars
import LeastSquares
import MultiPrecision
import Testing

@Suite struct MeasuredNoiseTests {
  /// A smooth curve b₀·exp(−b₁·t) + b₂ on 40 points with scatter, its values rounded to a grid of about the
  /// width `grid`.
  private func residuals(grid: Double) -> ResidualFunction<Double> {
    { b, r in
      for i in r.indices {
        let t = Double(i) / 10
        let value = b[0] * .exp(-b[1] * t) + b[2]
        // Each residual has a grid of its own, as a model that iterates has.
        let unit = grid * (1 + 0.37 * .sin(Double(i * i)))
        let y = 5 * Double.exp(-0.7 * t) + 1 + 0.1 * .sin(Double(3 * i * i))
        r[i] = (grid == 0 ? value : (value / unit).rounded() * unit) - y
      }
    }
  }

  /// The standard deviation of rounding to a grid, 1/√12 of its width.
  @Test(arguments: [1e-4, 1e-6, 1e-8, 1e-10, 1e-12])
  func `The noise of rounding to a grid is measured within a factor of three`(
    grid: Double
  ) throws {
    let noise = try measuredNoise(of: residuals(grid: grid), residualCount: 40, at: [5, 0.7, 1])
    let absolute = try #require(noise.absolute)
    let expected = grid / 12.0.squareRoot()
    #expect(absolute > expected / 3 && absolute < expected * 3, "\(noise)")
    let relative = try #require(noise.relative)
    #expect(relative > grid / 60 && relative < grid, "\(noise)")
    #expect(noise.evaluations <= 2 + 8 * 6)
  }

  @Test func `Noise is measured at zero as well`() throws {
    let (grid, count) = (1e-6, 20)
    let noise = try measuredNoise(
      of: { (b: Span<Double>, r: inout MutableSpan<Double>) in
        for i in 0..<count { r[i] = (.exp(b[0]) * Double(i + 1) / grid).rounded() * grid }
      }, residualCount: count, at: [0])
    let absolute = try #require(noise.absolute)
    let expected = grid / 12.0.squareRoot()
    #expect(absolute > expected / 3 && absolute < expected * 3, "\(noise)")
  }

  @Test func `A model that rounds as its type does has noise of about its epsilon`() throws {
    let double = try measuredNoise(of: residuals(grid: 0), residualCount: 40, at: [5, 0.7, 1])
    let relative = try #require(double.relative)
    #expect(relative > 0x1p-56 && relative < 0x1p-51, "\(double)")
    #expect(double.evaluations == 10)
    func wide<Scalar: LSQScalar>(_: Scalar.Type) throws {
      let noise = try measuredNoise(
        of: { (b: Span<Scalar>, r: inout MutableSpan<Scalar>) in
          for i in r.indices { r[i] = b[0] * .exp(-b[1] * Scalar(i) / 10) + b[2] - 2 }
        }, residualCount: 40, at: [5, Scalar(7) / 10, 1])
      let relative = try #require(noise.relative)
      #expect(relative < 4 * Scalar.ulpOfOne && relative > Scalar.ulpOfOne / 32, "\(noise)")
    }
    try wide(Float.self)
    try wide(MPFloat<113, 2>.self)
  }

  @Test func `Where there is nothing to see no noise is claimed`() throws {
    let constant = try measuredNoise(
      of: { (_: Span<Double>, r: inout MutableSpan<Double>) in
        r[0] = 1; r[1] = 2
      },
      residualCount: 2, at: [1, 1])
    #expect(constant.relative == nil && constant.absolute == nil)
    // Steps of a staircase that is wider than any step of the table.
    let stairs = try measuredNoise(
      of: { (b: Span<Double>, r: inout MutableSpan<Double>) in r[0] = b[0].rounded(.down) },
      residualCount: 1, at: [1.5])
    #expect(stairs.relative == nil)
    let undefined = try measuredNoise(
      of: { (b: Span<Double>, r: inout MutableSpan<Double>) in r[0] = .sqrt(1 - b[0]) },
      residualCount: 1, at: [1])
    #expect(undefined.relative == nil)
  }

  @Test func `An error of the model passes through`() {
    struct Broken: Error {}
    #expect(throws: Broken.self) {
      try measuredNoise(
        of: { (_: Span<Double>, _: inout MutableSpan<Double>) in throw Broken() },
        residualCount: 1, at: [1])
    }
  }

  @Test func `Noise of nothing, or nowhere, is refused`() throws {
    func refusal(_ count: Int, at point: [Double]) -> LeastSquaresError? {
      #expect(throws: LeastSquaresError.self) {
        try measuredNoise(
          of: { (_: Span<Double>, _: inout MutableSpan<Double>) in }, residualCount: count,
          at: point)
      }
    }
    #expect(refusal(1, at: []) == .noParameters)
    #expect(refusal(-1, at: [1]) == .tooFewResiduals(residuals: -1, parameters: 1))
    #expect(refusal(1, at: [1, .nan]) == .nonFiniteStart(parameter: 1, value: "nan"))
  }

  /// The same curve with noise in the eighth digit: its differences with MINPACK's step are noise.
  @Test(arguments: [1e-6, 1e-8, 1e-10])
  func `A step that follows the noise solves what the default step does not`(grid: Double) throws {
    let smooth = try solution(grid: 0, precision: .ulpOfOne)
    let noise = try measuredNoise(of: residuals(grid: grid), residualCount: 40, at: [3, 0.5, 2])
    let precision = try #require(noise.relative)
    let byDefault = try error(solution(grid: grid, precision: .ulpOfOne), smooth)
    let measured = try error(solution(grid: grid, precision: precision), smooth)
    let stated = try error(solution(grid: grid, precision: grid / 10), smooth)
    #expect(measured < grid.squareRoot() && stated < grid.squareRoot(), "\(measured), \(stated)")
    #expect(byDefault > 10 * measured, "\(byDefault) by default, \(measured) as measured")
  }

  private func solution(grid: Double, precision: Double) throws -> [Double] {
    let problem = try LeastSquaresProblem<Double>(
      residualCount: 40, parameterCount: 3,
      jacobian: .forwardDifferences(residualPrecision: precision), residuals: residuals(grid: grid))
    return try LevenbergMarquardt().minimize(problem, from: [3, 0.5, 2]).parameters
  }

  private func error(_ found: [Double], _ exact: [Double]) -> Double {
    zip(found, exact).map { abs($0 - $1) / abs($1) }.max() ?? 0
  }
}
