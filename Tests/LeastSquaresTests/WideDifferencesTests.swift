import LSQScalars
import MultiPrecision
import Testing

@testable import LeastSquares

@Suite struct WideDifferencesTests {
  /// Residuals b₀/(b₁ + t) − y on t = 0, 1, 3, with y = f − r for r = (1, −6, 8)/64, which is orthogonal to
  /// both columns of the Jacobian at (3, 1): that is the solution, and the residuals do not vanish.
  private static func curve<T: LSQScalar>(_ b: Span<T>, _ r: inout MutableSpan<T>) {
    let (t, y): ([Int], [Int]) = ([0, 1, 3], [191, 102, 40])
    for i in t.indices { r[i] = b[0] / (b[1] + T(t[i])) - T(y[i]) / 64 }
  }

  /// The correct digits of the worse parameter.
  private func digits<T: LSQScalar>(_ source: JacobianSource<T>) throws -> Double {
    let problem = try LeastSquaresProblem<T>(
      residualCount: 3, parameterCount: 2, jacobian: source, residuals: Self.curve)
    let solver = LevenbergMarquardt<T>(options: .tight)
    let found = try solver.minimize(problem, from: [2, 2]).parameters
    let exact: [MPFloat512] = [3, 1]
    var worst = Double.infinity
    for j in 0..<2 {
      let value = try #require(MPFloat512(found[j].description))
      let error = (value - exact[j]).magnitude / exact[j]
      guard error > 0 else { continue }
      worst = min(worst, -(Double(MPFloat512.log10(error).description) ?? 0))
    }
    return worst
  }

  @Test func `Twice the width gives all the digits of the lower one`() throws {
    let float = try digits(JacobianSource<Float>.forwardDifferences())
    let floatInDouble = try digits(
      JacobianSource<Float>.differences(of: Self.curve, in: Double.self))
    #expect(float < 5 && floatInDouble > 6.5, "\(float), \(floatInDouble)")
    let double = try digits(JacobianSource<Double>.forwardDifferences())
    let wide = try digits(
      JacobianSource<Double>.differences(of: Self.curve, in: MPFloat128.self))
    #expect(double < 9.5 && wide > 15.2, "\(double), \(wide)")
    let quadruple = try digits(
      JacobianSource<MPFloat<113, 2>>.differences(of: Self.curve, in: MPFloat256.self))
    #expect(quadruple > 33, "\(quadruple)")
  }

  #if (arch(i386) || arch(x86_64)) && !os(Windows) && !os(Android)
    @Test func `A width a little larger gives two thirds of its digits, by central differences`()
      throws
    {
      let double = try digits(JacobianSource<Double>.centralDifferences())
      let extended = try digits(
        JacobianSource<Double>.differences(of: Self.curve, in: Float80.self))
      #expect(extended > 12 && extended > double + 1, "\(double), \(extended)")
    }
  #endif

  @Test func `The solver counts Jacobians, and errors pass through`() throws {
    struct Broken: Error {}
    let problem = try LeastSquaresProblem<Double>(
      residualCount: 3, parameterCount: 2,
      jacobian: .differences(of: Self.curve, in: MPFloat128.self), residuals: Self.curve)
    let solution = try LevenbergMarquardt<Double>().minimize(problem, from: [2, 2])
    #expect(solution.counts.jacobians == solution.iterations)
    #expect(solution.counts.residuals <= solution.iterations + 3)
    let broken = try LeastSquaresProblem<Double>(
      residualCount: 3, parameterCount: 2,
      jacobian: .differences(of: { (_: Span<Float>, _: inout MutableSpan<Float>) in throw Broken() }
      ),
      residuals: Self.curve)
    #expect(throws: Broken.self) {
      try LevenbergMarquardt<Double>().minimize(broken, from: [2, 2])
    }
  }

  @Test func `A cancelled task gets the error of cancellation, which others know`() async {
    let task = Task {
      while !Task.isCancelled { await Task.yield() }
      let problem = try LeastSquaresProblem<Double>(
        residualCount: 3, parameterCount: 2,
        jacobian: .differences(of: Self.curve, in: MPFloat128.self), residuals: Self.curve)
      #expect(throws: CancellationError.self) { try problem.givenJacobian(at: [2, 2]) }
      #expect(throws: CancellationError.self) {
        try DerivativeCheck.scores(of: problem, at: [2, 2])
      }
      #expect(
        try LevenbergMarquardt().minimize(problem, from: [2, 2]).termination == .cancelled)
    }
    task.cancel()
    await #expect(throws: Never.self) { try await task.value }
  }

  @Test func `Numbers go to a wider type exactly and to a narrower one rounded once`() {
    let seed: UInt64 = 20_260_731
    var random = SeededRandom(seed: seed)
    for _ in 0..<500 {
      let exponent = Int(random.nextBits() % 100) - 50
      let x =
        random.number(Double.self) / 3
        * Double(sign: .plus, exponent: exponent, significand: 1)
      let wide = MPFloat128(nearest: x)
      #expect(Double(nearest: wide) == x, "seed \(seed)")
      #expect(wide == MPFloat128(x))
      let third = wide / 3
      let narrowed = Double(nearest: third)
      #expect(narrowed == Double(third), "seed \(seed)")
      #expect(Float(nearest: x) == Float(x))
    }
    #expect(MPFloat128(nearest: -Double.infinity) == -.infinity)
    #expect(Double(nearest: MPFloat128.nan).isNaN && Double(nearest: MPFloat128(0)) == 0)
  }
}
