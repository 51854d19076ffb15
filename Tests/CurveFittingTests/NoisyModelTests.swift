import CurveFitting
import LSQScalars
import LeastSquares
import Testing

/// b₀·exp(−b₁·t) + b₂ with its values rounded to a grid, as of a simulation that prints few digits. Slopes
/// of the grid are those of the curve.
private struct Gridded: Model {
  let gridWidth: Double

  func value<N: ModelNumber>(_ b: Span<N>, at x: Span<N>) -> N {
    let smooth = b[0] * .exp(-b[1] * x[0]) + b[2]
    guard let value = smooth.realPart as? Double, gridWidth > 0 else { return smooth }
    let unit = gridWidth * (1 + 0.37 * .sin(value * 1000))
    let offset = (value / unit).rounded() * unit - value
    return smooth + N(N.Scalar(offset.description) ?? 0)
  }
}

@Suite struct NoisyModelTests {
  private func fit(
    grid: Double, _ derivatives: FitDerivatives,
    _ precision: FitOptions<Double>.ResidualPrecision
  ) throws -> Fit<Double> {
    let times = (0..<40).map { Double($0) / 10 }
    let problem = try ModelProblem<Double>(
      model: Gridded(gridWidth: grid), predictors: times, predictorCount: 1,
      response: times.enumerated().map { i, t in
        5 * .exp(-0.7 * t) + 1 + 0.1 * .sin(Double(3 * i * i))
      }, parameterCount: 3)
    return try problem.fit(
      from: [3, 0.5, 2],
      options: FitOptions(derivatives: derivatives, residualPrecision: precision))
  }

  /// Six to ten digits in the model.
  @Test(arguments: [FitDerivatives.forward, .central], [1e-6, 1e-7, 1e-8, 1e-9, 1e-10])
  func `The fit gets about the digits that the noise permits`(
    derivatives: FitDerivatives, grid: Double
  ) throws {
    let exact = try fit(grid: 0, .exact, .machine).parameters
    func error(_ precision: FitOptions<Double>.ResidualPrecision) throws -> Double {
      let found = try fit(grid: grid, derivatives, precision)
      #expect(precision == .machine || found.residualPrecision > grid / 100)
      return zip(found.parameters, exact).map { abs($0 - $1) / abs($1) }.max() ?? 0
    }
    // A difference keeps half of the digits of the noise, or two thirds.
    let permitted = derivatives == .forward ? grid.squareRoot() : .root(grid * grid, 3)
    let (byDefault, measured) = (try error(.machine), try error(.measured))
    let stated = try error(.relative(grid / 10))
    #expect(measured < permitted && stated < permitted, "\(measured), \(stated), \(permitted)")
    #expect(byDefault > 4 * measured, "\(byDefault) by default, \(measured) as measured")
  }

  @Test(arguments: [FitDerivatives.forward, .central])
  func `The noise that differences reckon with is in the numerical errors`(
    derivatives: FitDerivatives
  ) throws {
    let precision = 1e-6
    let fit = try fit(grid: 0, derivatives, .relative(precision))
    let determinacy = try #require(fit.determinacy)
    let size = zip(determinacy.columnNorms, fit.parameters).reduce(0) { $0 + $1.0 * abs($1.1) }
    for (error, deviation) in zip(fit.numericalErrors, determinacy.deviations) {
      #expect(error ?? 0 >= precision * size * deviation)
    }
  }

  @Test func `What is measured of an exact model is its rounding`() throws {
    let fit = try fit(grid: 0, .forward, .measured)
    #expect(fit.residualPrecision < 1e-15)
    let unmeasured = try self.fit(grid: 0, .exact, .measured)
    #expect(unmeasured.residualPrecision == .ulpOfOne)
    #expect(throws: LeastSquaresError.invalidResidualPrecision("-1.0")) {
      try self.fit(grid: 0, .forward, .relative(-1))
    }
  }

  /// b₁·√(1 − b₀)·x + b₀ within its domain.
  private struct Edge: Model {
    struct Beyond: Error {}

    func value<N: ModelNumber>(_ b: Span<N>, at x: Span<N>) throws -> N {
      let rest = (1 - b[0]).realPart
      guard rest >= 0 else { throw Beyond() }
      return b[1] * .sqrt(1 - b[0]) * x[0] + b[0]
    }
  }

  @Test func `Noise that cannot be measured beside the start is taken for rounding, and counted`()
    throws
  {
    let x: [Double] = [1, 2, 3, 4, 5]
    let problem = try ModelProblem<Double>(
      model: Edge(), predictors: x, predictorCount: 1,
      response: x.map { 0.5 * $0 + 0.75 + ($0 == 3 ? 0.01 : 0) }, parameterCount: 2)
    func fit(
      _ precision: FitOptions<Double>.ResidualPrecision, from start: [Double]
    ) throws -> Fit<Double> {
      try problem.fit(
        from: start, options: FitOptions(derivatives: .forward, residualPrecision: precision))
    }
    let measured = try fit(.measured, from: [0.97, 1])
    #expect(measured.isConverged && measured.residualPrecision == .ulpOfOne)
    // Inside it is measured, which counts.
    let (inside, plain) = (try fit(.measured, from: [0.5, 1]), try fit(.machine, from: [0.5, 1]))
    #expect(inside.discardedEvaluations.residuals >= 10 + plain.discardedEvaluations.residuals)
  }
}
