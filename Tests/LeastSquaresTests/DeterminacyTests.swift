import LSQScalars
import MultiPrecision
import ScalarTesting
import Testing

@testable import LeastSquares

@Suite struct DeterminacyTests {
  @Test(arguments: ScalarCase.all)
  func `Covariance is the inverse of the products of the columns`(scalar: ScalarCase) {
    func check<S: LSQScalar>(_: S.Type) {
      for sample in MatrixSample<S>.fullRank {
        let J = sample.matrix
        let n = J.columnCount
        var factored = Linearization<S>(rowCount: J.rowCount, columnCount: n)
        factored.factor = J.elements
        factored.factorize(Constants())
        factored.storeDiagonal()
        let triangle = Matrix(rowCount: J.rowCount, columnCount: n, elements: factored.factor)
        let C = covariance(ofTriangle: triangle, permutation: factored.permutation)
        #expect(C == C.transposed, "\(sample)")
        let products = J.transposed * J
        let bound = sample.tolerance * products.largest * (1 + C.largest) * S(n)
        #expect((C * products).distance(to: .identity(n)) <= bound, "\(sample)")

        let determinacy = Determinacy(jacobian: J)
        #expect(determinacy.rank == n && determinacy.undetermined.isEmpty, "\(sample)")
        #expect(
          (determinacy.covariance * products).distance(to: .identity(n)) <= bound, "\(sample)")
        let byTriangle = Determinacy(triangle: triangle, permutation: factored.permutation)
        #expect(
          (byTriangle.covariance * products).distance(to: .identity(n)) <= bound, "\(sample)")
      }
    }
    check(scalar.type)
  }

  @Test(arguments: ScalarCase.all)
  func `Columns that depend on each other are found, and only they`(scalar: ScalarCase) {
    func check<S: LSQScalar>(_: S.Type) {
      for sample in MatrixSample<S>.deficient {
        let n = sample.matrix.columnCount
        let expected: [Int] =
          switch sample.kind {
          case "zero column": [1]
          case "duplicated column": [0, n - 1]
          default: Array(0..<n)
          }
        for order in orders(n) {
          let determinacy = Determinacy(jacobian: sample.matrix.permutingColumns(order))
          #expect(determinacy.rank == sample.rank, "\(sample), order \(order)")
          #expect(
            determinacy.undetermined.map { order[$0] }.sorted() == expected,
            "\(sample), order \(order)")
        }
      }
    }
    check(scalar.type)
  }

  @Test func `Equal columns depend on each other however many rows there are`() {
    for m in [100, 10_000, 100_000] {
      let rows = (0..<m).map { i in 1990 + 20 * Double(i) / Double(m) }
      let elements: [Double] = rows.flatMap { [$0, $0, 1] }
      let jacobian = Matrix(rowCount: m, columnCount: 3, elements: elements)
      #expect(Determinacy(jacobian: jacobian).undetermined == [0, 1], "\(m) rows")
    }
  }

  @Test func `A column that is a sum of others depends on them, in whatever way rows are taken`()
    throws
  {
    func check<S: LSQScalar>(_: S.Type) throws {
      let rows: [[S]] = (0..<2000).map { i in
        let (a, b) = (S(i % 7), S(i % 3))
        return [a, b, a + b]
      }
      let sample = SampleProblem<S>(
        name: "sum", m: rows.count, start: [1, 1, 1],
        residuals: { x in
          rows.map { row in
            let value: S = x[0] * row[0] + x[1] * row[1] + x[2] * row[2]
            return value - 1
          }
        }, gradient: { _, i in rows[i] })
      for derivatives in [Derivatives.byRows, .rowByRow] {
        let solution = try sample.solve(derivatives) { _ in .stop }
        #expect(solution.determinacy.rank == 2, "\(S.self), \(derivatives)")
        #expect(solution.determinacy.undetermined == [0, 1, 2])
      }
    }
    try check(Float.self)
    try check(Double.self)
  }

  @Test func `Of no parameters the covariance is empty`() {
    let none = Matrix<Double>(rowCount: 0, columnCount: 0, repeating: 0)
    #expect(covariance(ofTriangle: none, permutation: []) == none)
  }

  @Test func `A multiple of a column depends on it, whatever rounding makes of sums of a few rows`()
  {
    var generator = SeededGenerator(seed: 1)
    for trial in 0..<4000 {
      let m = 3 + trial % 40
      let column = (0..<m).map { _ in Double.random(in: 1...4, using: &generator) }
      let factor = Double.random(in: -4...4, using: &generator)
      let jacobian = Matrix(
        rowCount: m, columnCount: 2, elements: column.flatMap { [$0, factor * $0] })
      #expect(Determinacy(jacobian: jacobian).rank == 1, "seed 1, trial \(trial)")
    }
  }

  @Test(arguments: ScalarCase.all)
  func `A refined covariance has the digits that a factorisation loses to the condition`(
    scalar: ScalarCase
  ) throws {
    func check<S: LSQScalar>(_: S.Type) throws {
      // The condition takes half of the digits or more.
      let first = Int(Double.pow(2, 3 + Double(S.precisionBits) / 5))
      func parabola<T: LSQScalar>(over _: T.Type) -> Matrix<T> {
        let years = (first..<(first + 12)).map { T($0) }
        return Matrix(rowCount: 12, columnCount: 3, elements: years.flatMap { [1, $0, $0 * $0] })
      }
      let exact = Determinacy(jacobian: parabola(over: MPFloat512.self))
      let jacobian = parabola(over: S.self)
      let plain = Determinacy(jacobian: jacobian)
      let refined = plain.refined(by: jacobian)
      for j in 0..<3 {
        let expected = S(rounding: exact.deviations[j])
        #expect(refined.deviations[j].relativeError(to: expected) <= 64 * S.ulpOfOne)
        for k in 0..<3 {
          let expected = S(rounding: exact.covariance[j, k])
          #expect(refined.covariance[j, k].relativeError(to: expected) <= 64 * S.ulpOfOne)
        }
      }
      #expect(plain.deviations[0].relativeError(to: refined.deviations[0]) > 256 * S.ulpOfOne)
      #expect(refined.rank == 3 && refined.undetermined.isEmpty)
    }
    try check(scalar.type)
  }

  @Test(arguments: ScalarCase.all)
  func `A product of two parameters leaves the third determined`(scalar: ScalarCase) throws {
    func check<S: LSQScalar>(_: S.Type) throws {
      // f = b₀·b₁·t + b₂·t², at (3, 1/7).
      let t: [S] = [1, 2, 3, 4, 5, 6].map { S($0) / 7 }
      let b0: S = 3
      let b1 = S(1) / S(7)
      for order in orders(3) {
        let J = Matrix(
          rowCount: 6, columnCount: 3, elements: t.flatMap { [b1 * $0, b0 * $0, $0 * $0] })
        let determinacy = Determinacy(jacobian: J.permutingColumns(order))
        let third = try #require(order.firstIndex(of: 2))
        #expect(determinacy.rank == 2)
        #expect(determinacy.undetermined == [0, 1, 2].filter { $0 != third }, "order \(order)")
        // The variance of b₂ in the model b·t + b₂·t².
        let (a, c) = (t.sumOfSquares, t.map { $0 * $0 }.sumOfSquares)
        let mixed = t.reduce(S(0)) { $0 + $1 * $1 * $1 }
        let variance = a / (a * c - mixed * mixed)
        let error = determinacy.covariance[third, third].relativeError(to: variance)
        #expect(error <= 1000 * S.ulpOfOne, "order \(order)")
      }
    }
    try check(scalar.type)
  }

  @Test(arguments: ScalarCase.all)
  func `Bad scales do not make independent columns dependent`(scalar: ScalarCase) {
    func check<S: LSQScalar>(_: S.Type) {
      let scales: [S] = [S.powerOfTwo(-40), 1, S.powerOfTwo(40), S.powerOfTwo(-20)]
      for seed in 1...10 as ClosedRange<UInt64> {
        var random = SeededRandom(seed: seed)
        let J = random.matrix(9, 4, S.self)
        let plain = Determinacy(jacobian: J)
        for order in orders(4) {
          let factors = order.map { scales[$0] }
          let determinacy = Determinacy(jacobian: J.scalingColumns(factors))
          #expect(determinacy.rank == 4 && determinacy.undetermined.isEmpty, "seed \(seed)")
          // Powers of two scale the covariance exactly, but for the rounding of unit columns.
          for i in 0..<4 {
            let unscaled = determinacy.covariance[i, i] * factors[i] * factors[i]
            let error = unscaled.relativeError(to: plain.covariance[i, i])
            #expect(error <= 64 * S.ulpOfOne, "seed \(seed)")
          }
        }
      }
    }
    check(scalar.type)
  }

  @Test(arguments: ScalarCase.all)
  func `Columns that nearly agree are still two`(scalar: ScalarCase) {
    func check<S: LSQScalar>(_: S.Type) {
      var random = SeededRandom(seed: 3)
      var J = random.matrix(8, 2, S.self)
      let nudge = S.ulpOfOne.squareRoot()
      for i in 0..<8 { J[i, 1] = J[i, 0] * (1 + nudge * S(i)) }
      let determinacy = Determinacy(jacobian: J)
      #expect(determinacy.rank == 2 && determinacy.undetermined.isEmpty, "seed 3")
    }
    check(scalar.type)
  }

  @Test func `Dependent columns have no part in the covariance of the others`() {
    let J = Matrix(rowCount: 3, columnCount: 2, elements: [2.0, 0, 2, 0, 1, 0])
    let C = Determinacy(jacobian: J).covariance
    #expect((C[0, 0] - 1 / 9.0).magnitude < 1e-15)
    #expect(C[0, 1] == 0 && C[1, 0] == 0 && C[1, 1] == 0)
  }

  /// All orders of up to four columns, some of more.
  private func orders(_ n: Int) -> [[Int]] {
    guard n <= 4 else { return [Array(0..<n), Array((0..<n).reversed()), [2, 0, 4, 1, 3]] }
    return n == 1
      ? [[0]]
      : orders(n - 1).flatMap { shorter in
        (0..<n).map { k in
          var longer = shorter
          longer.insert(n - 1, at: k)
          return longer
        }
      }
  }
}
