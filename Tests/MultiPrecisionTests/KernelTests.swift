import MultiPrecision
import ScalarTesting
import Testing

/// `Float80` uses the default kernels, `Double` and `MPFloat` their own. At one width all must return the same bits,
/// which is the law.
@Suite("Kernels keep their law")
struct KernelTests {
  /// Data of both magnitudes that the norm treats apart, with zeros, and infinities if asked for.
  private func numbers(
    _ count: Int, _ generator: inout SeededGenerator, special: Bool
  ) -> [Double] {
    (0..<count).map { _ in
      switch Int.random(in: 0..<12, using: &generator) {
      case 0: 0
      case 1: generator.number(exponents: 66...90)
      case 2: generator.number(exponents: -90...(-66))
      case 3 where special: .infinity
      case 4 where special: -0.0
      default: generator.number(exponents: -6...6)
      }
    }
  }

  /// Runs every kernel in a type and returns all results.
  private func results<T: LSQScalar>(
    _ data: [Double], _ factors: (Double, Double), as make: (Double) -> T
  ) -> [T] {
    let (rows, columns) = (8, 5)
    let a = make(factors.0)
    let b = make(factors.1)
    let vector = data.map(make)
    var results: [T] = []

    let even = Lane(start: 0, count: rows, stride: 2)
    let odd = Lane(start: 1, count: rows, stride: 2)
    results.append(EuclideanNorm<T>()(vector.span))
    results.append(EuclideanNorm<T>()(vector.span, odd))
    results.append(EuclideanNorm<T>()(vector.span, Lane(count: 0)))
    results.append(T.dotProduct(vector.span, even, vector.span, odd))

    var buffer = vector
    var span = buffer.mutableSpan
    T.addScaled(a, vector.span, odd, to: &span, even)
    T.addScaled(b, odd, to: even, in: &span)
    T.divide(odd, of: &span, by: a)
    results += buffer

    var matrix = Array(vector.prefix(rows * columns))
    var sums = [T](repeating: b, count: columns)
    for pivot in [0, 1, columns - 1] {
      var matrixSpan = matrix.mutableSpan
      var sumSpan = sums.mutableSpan
      T.applyReflector(
        inColumn: pivot, ofRowMajor: &matrixSpan, rowCount: rows, columnCount: columns,
        sums: &sumSpan)
    }
    // The sums are scratch: a kernel may leave in them what it likes.
    results += matrix

    var x = vector
    var y = Array(vector.reversed())
    var xSpan = x.mutableSpan
    var ySpan = y.mutableSpan
    T.rotate(&xSpan, even, &ySpan, odd, cosine: a, sine: b)
    T.multiply(&ySpan, by: b)
    T.combine(&xSpan, times: a, adding: vector.span, times: b)
    results += x + y
    return results
  }

  /// Compares the results in a built-in type with those in the `MPFloat` of its width.
  private func compare<Hardware: LSQScalar, Multiple: LSQScalar>(
    seed: UInt64, special: Bool, _ make: (Double) -> Hardware, _ makeMultiple: (Double) -> Multiple,
    _ lower: (Multiple) -> Hardware
  ) {
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<300 {
      let data = numbers(40, &generator, special: special)
      let factors: (Double, Double) = (
        generator.number(exponents: -3...3), generator.number(exponents: -3...3)
      )
      let expected = results(data, factors, as: make)
      let found = results(data, factors, as: makeMultiple)
      #expect(expected.count == found.count)
      for (i, (x, y)) in zip(expected, found).enumerated() {
        #expect(same(x, lower(y)), "result \(i): \(y) instead of \(x), seed \(seed)")
      }
    }
  }

  @Test("Against those of Double", arguments: [false, true])
  func double(special: Bool) {
    compare(
      seed: special ? 41 : 42, special: special, { $0 }, { MPFloat<53, 1>($0) }, { Double($0) })
  }

  #if (arch(i386) || arch(x86_64)) && !os(Windows) && !os(Android)
    @Test("Against the defaults in Float80", arguments: [false, true])
    func float80(special: Bool) {
      compare(
        seed: special ? 43 : 44, special: special, { Float80($0) }, { MPFloat<64, 1>($0) },
        { Float80($0) })
    }
  #endif

  @Test("Two roundings per term at 256 bits too, and none fused")
  func wide() {
    let seed: UInt64 = 45
    var generator = SeededGenerator(seed: seed)
    let x = (0..<50).map { _ in generator.fraction(MPFloat256.self) - 0.5 }
    let y = (0..<50).map { _ in generator.fraction(MPFloat256.self) - 0.5 }
    var sum: MPFloat256 = 0
    for i in x.indices { sum = sum + x[i] * y[i] }
    let lane = Lane(count: x.count)
    #expect(MPFloat256.dotProduct(x.span, lane, y.span, lane) == sum, "seed \(seed)")
  }
}
