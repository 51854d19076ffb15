import CurveFitting
import LSQScalars
import MultiPrecision
import Synchronization
import Testing

/// fᵢ = xᵢ² + xᵢ₊₁/8 − i, with the indices taken round.
private struct Ring: ResidualModel {
  let parameterCount: Int
  var residualCount: Int { parameterCount }
  let calls: Calls

  final class Calls: Sendable {
    let count = Mutex(0)
  }

  func function<N: ModelNumber>(
    over type: N.Type
  ) -> (_ x: Span<N>, _ f: inout MutableSpan<N>) throws -> Void {
    { x, f in
      calls.count.withLock { $0 += 1 }
      let n = x.count
      for i in 0..<n { f[i] = x[i] * x[i] + x[(i + 1) % n] / 8 - N(N.Scalar(i + 1)) }
    }
  }
}

@Suite struct ResidualRowsTests {
  @Test(arguments: [12, 43])
  func `All residuals at a point are computed once for every pass over the parameters`(
    n: Int
  ) throws {
    let ring = Ring(parameterCount: n, calls: .init())
    let posed = ResidualFit(ring, start: (1...n).map { "\($0)" })
    let fit = try posed.problem(over: Double.self).fit(from: posed.start(over: Double.self))
    #expect(fit.isConverged)
    // Pairs of blocks of six parameters for each Hessian.
    let passes = (n + 5) / 6 * ((n + 5) / 6 - 1) / 2
    #expect(ring.calls.count.withLock { $0 } < 20 * passes + 20 * n)
  }
}
