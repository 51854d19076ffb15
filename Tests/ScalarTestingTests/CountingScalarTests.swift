import LSQScalars
import LeastSquares
import ScalarTesting
import Testing

typealias Counting = CountingScalar<Double>

/// The operations of each kernel, and of a whole solve, are what the laws say.
@Suite("Counting scalars")
struct CountingScalarTests {
  private let numbers = (1...12).map { Counting($0) }

  /// What one call of a kernel performs.
  private func operations(
    of kernel: Kernel, _ body: (inout MutableSpan<Counting>, Span<Counting>) -> Void
  ) -> OperationCounts {
    var buffer = numbers
    let other = numbers
    let (_, report) = Counting.counting {
      var span = buffer.mutableSpan
      body(&span, other.span)
    }
    #expect(report[kernel].calls == 1)
    #expect(report.kernels.count == 1)
    #expect(report.outsideKernels == [:])
    return report[kernel].operations
  }

  @Test("An inner product of n terms has n products and n sums") func dotProduct() {
    let counts = operations(of: .dotProduct) { _, x in
      _ = Counting.dotProduct(x, Lane(count: 10), x, Lane(count: 10))
    }
    #expect(counts == [.multiplication: 10, .addition: 10])
  }

  @Test("Adding a multiple has a product and a sum per element") func addScaled() {
    let lane = Lane(start: 1, count: 5, stride: 2)
    let apart = operations(of: .addScaled) { Counting.addScaled(3, $1, lane, to: &$0, lane) }
    #expect(apart == [.multiplication: 5, .addition: 5])
    let within = operations(of: .addScaledWithinBuffer) { y, _ in
      Counting.addScaled(3, lane, to: Lane(start: 0, count: 5, stride: 2), in: &y)
    }
    #expect(within == [.multiplication: 5, .addition: 5])
  }

  @Test("Dividing a lane has a division per element") func divide() {
    let counts = operations(of: .divide) { y, _ in Counting.divide(Lane(count: 7), of: &y, by: 3) }
    #expect(counts == [.division: 7])
  }

  @Test("A rotation has four products, a sum of two and a sum of two per pair") func rotate() {
    let counts = operations(of: .rotate) { y, _ in
      var other = [Counting](repeating: 2, count: 6)
      var span = other.mutableSpan
      Counting.rotate(&y, Lane(count: 6), &span, Lane(count: 6), cosine: 1, sine: 2)
    }
    #expect(counts == [.multiplication: 24, .addition: 12])
  }

  @Test("A reflector on an m×n matrix has 2m(n − 1) products") func reflector() {
    let counts = operations(of: .applyReflector) { y, _ in
      var sums = [Counting](repeating: 0, count: 3)
      var span = sums.mutableSpan
      Counting.applyReflector(
        inColumn: 0, ofRowMajor: &y, rowCount: 4, columnCount: 3, sums: &span)
    }
    #expect(counts == [.multiplication: 16, .addition: 8, .subtraction: 8, .division: 2])
  }

  @Test("A norm of n middling components has n squares and one root") func norm() {
    let norm = EuclideanNorm<Counting>()
    let counts = operations(of: .euclideanNorm) { _, x in _ = norm(x) }
    // The threshold is a division; two comparisons per component, two for the sums, one for the form.
    #expect(
      counts == [
        .multiplication: 12 + 3, .addition: 12 + 1, .division: 2, .squareRoot: 1,
        .comparison: 24 + 3,
      ])
  }

  @Test("Products of spans") func spans() {
    #expect(
      operations(of: .multiply) { y, _ in Counting.multiply(&y, by: 2) } == [.multiplication: 12])
    #expect(
      operations(of: .combine) { Counting.combine(&$0, times: 2, adding: $1, times: 3) }
        == [.multiplication: 24, .addition: 12])
  }

  @Test("A whole solve has the bits of Double, and always the same operations") func solve() throws
  {
    func solve<T: LSQScalar>(_: T.Type) throws -> Solution<T> {
      let valley = try LeastSquaresProblem<T>(residualCount: 2, parameterCount: 2) { x, f in
        f[0] = 10 * (x[1] - x[0] * x[0])
        f[1] = 1 - x[0]
      }
      return try LevenbergMarquardt().minimize(valley, from: [-12 / 10, 1])
    }
    let (counted, report) = try Counting.counting { try solve(Counting.self) }
    let plain = try solve(Double.self)
    #expect(counted.parameters.map(\.base) == plain.parameters)
    #expect(counted.counts == plain.counts)
    // One reflector per column and linearisation.
    #expect(report[.applyReflector].calls == 2 * counted.iterations)
    #expect(
      report.total == [
        .addition: 1483, .subtraction: 422, .multiplication: 2916, .division: 1280,
        .squareRoot: 369, .comparison: 2534,
      ])
  }

  @Test("Counts belong to the task that counts") func tasks() async {
    func work(_ n: Int) -> Counting { (1...n).reduce(0) { $0 + Counting($1) } }
    let (_, outer) = await Counting.counting {
      await withTaskGroup(of: Void.self) { group in
        for n in 1...8 { group.addTask { _ = work(n) } }
      }
      let (_, inner) = Counting.counting { work(10) }
      #expect(inner.total == [.addition: 10])
    }
    #expect(outer.outsideKernels == [.addition: 36 + 10])
    let (_, nothing) = Counting.counting {}
    #expect(nothing.total == [:] && nothing.total.total == 0)
  }

  @Test("A report says what was counted") func text() {
    let (_, report) = Counting.counting {
      _ = Counting.dotProduct(numbers.span, Lane(count: 2), numbers.span, Lane(count: 2))
      _ = Counting.exp(1) / 3
    }
    #expect(
      "\(report)" == """
        dotProduct, 1 calls: addition 2, multiplication 2
        outside kernels: division 1, function 1
        """)
  }
}
