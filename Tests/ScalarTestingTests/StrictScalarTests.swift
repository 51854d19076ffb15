import LSQScalars
import LeastSquares
import ScalarTesting
import Testing

/// The solver needs nothing that `LSQScalar` does not promise: a scalar that has no more returns the
/// bits of `Double`.
@Suite("No hidden requirement")
struct StrictScalarTests {
  /// Rosenbrock's valley: m = n = 2.
  enum Rosenbrock: Model {
    static let start = [-12, 10]
    static let m = 2
    static func residuals<T: LSQScalar>(_ x: [T]) -> [T] {
      [10 * (x[1] - x[0] * x[0]), 1 - x[0]]
    }
    static func row<T: LSQScalar>(_ i: Int, _ x: [T]) -> [T] {
      i == 0 ? [-20 * x[0], 10] : [-1, 0]
    }
  }

  /// Powell's singular function: m = n = 4.
  enum Powell: Model {
    static let start = [30, -10, 0, 10]
    static let m = 4
    static func residuals<T: LSQScalar>(_ x: [T]) -> [T] {
      let (a, b) = (x[1] - 2 * x[2], x[0] - x[3])
      return [
        x[0] + 10 * x[1], T(5).squareRoot() * (x[2] - x[3]), a * a, T(10).squareRoot() * (b * b),
      ]
    }
    static func row<T: LSQScalar>(_ i: Int, _ x: [T]) -> [T] {
      let (a, b) = (2 * (x[1] - 2 * x[2]), 2 * T(10).squareRoot() * (x[0] - x[3]))
      return [
        [1, 10, 0, 0], [0, 0, T(5).squareRoot(), -T(5).squareRoot()], [0, a, -2 * a, 0],
        [b, 0, 0, -b],
      ][i]
    }
  }

  /// A hyperbola through fifteen points: m > n (Bard).
  enum Bard: Model {
    static let start = [10, 10, 10]
    static let m = 15
    static let data = [14, 18, 22, 25, 29, 32, 35, 39, 37, 58, 73, 96, 134, 210, 439]
    static func residuals<T: LSQScalar>(_ x: [T]) -> [T] {
      data.indices.map { i in
        let (u, v) = (T(i + 1), T(15 - i))
        return T(data[i]) / 100 - (x[0] + u / (v * x[1] + min(u, v) * x[2]))
      }
    }
    static func row<T: LSQScalar>(_ i: Int, _ x: [T]) -> [T] {
      let (u, v) = (T(i + 1), T(15 - i))
      let w = min(u, v)
      let denominator = v * x[1] + w * x[2]
      let quotient = u / (denominator * denominator)
      return [-1, v * quotient, w * quotient]
    }
  }

  @Test("Rosenbrock's valley") func rosenbrock() throws { try compare(Rosenbrock.self) }
  @Test("Powell's singular function") func powell() throws { try compare(Powell.self) }
  @Test("Bard's hyperbola") func bard() throws { try compare(Bard.self) }

  @Test("With functions") func functions() throws {
    func fit<T: LSQScalar>(_: T.Type) throws -> [T] {
      try leastsq(
        { x in (1...6).map { T.exp(-x[0] * T($0)) * x[1] - 5 / T($0) } }, x0: [1, 4]
      ).x
    }
    #expect(try fit(StrictScalar.self).map(\.base) == fit(Double.self))
  }

  @Test("What the solver has no business doing stops the program") func traps() async {
    await #expect(processExitsWith: .failure) {
      _ = StrictScalar(1).addingProduct(2, 3)
    }
    await #expect(processExitsWith: .failure) {
      _ = StrictScalar.$allowsFunctions.withValue(false) { StrictScalar.exp(1) }
    }
    await #expect(processExitsWith: .success) {
      _ = StrictScalar.$allowsFunctions.withValue(false) { StrictScalar(2).squareRoot() }
    }
  }

  /// Solves in both types by every source of derivatives, with functions forbidden where none is needed.
  private func compare<M: Model>(_ model: M.Type) throws {
    for method in Method.allCases {
      let strict = try StrictScalar.$allowsFunctions.withValue(method == .centralDifferences) {
        try solve(model, method, StrictScalar.self)
      }
      let plain = try solve(model, method, Double.self)
      #expect(strict.parameters.map(\.base) == plain.parameters, "\(method)")
      #expect(strict.residuals.map(\.base) == plain.residuals, "\(method)")
      #expect(strict.residualNorm.base == plain.residualNorm, "\(method)")
      #expect(strict.factor.elements.map(\.base) == plain.factor.elements, "\(method)")
      #expect(strict.counts == plain.counts, "\(method)")
      #expect(strict.termination == plain.termination, "\(method)")
    }
  }

  private func solve<M: Model, T: LSQScalar>(
    _: M.Type, _ method: Method, _: T.Type
  ) throws -> Solution<T> {
    let source: JacobianSource<T> =
      switch method {
      case .analytic:
        .byRows { x, jacobian in
          let point = x.indices.map { x[$0] }
          for i in 0..<M.m {
            for (j, entry) in M.row(i, point).enumerated() { jacobian[i * x.count + j] = entry }
          }
        }
      case .rowByRow:
        .rowByRow { x, i, row in
          let point = x.indices.map { x[$0] }
          for (j, entry) in M.row(i, point).enumerated() { row[j] = entry }
        }
      case .forwardDifferences: .forwardDifferences()
      case .centralDifferences: .centralDifferences()
      }
    let problem = try LeastSquaresProblem<T>(
      residualCount: M.m, parameterCount: M.start.count, jacobian: source
    ) { x, residuals in
      let point = x.indices.map { x[$0] }
      for (i, value) in M.residuals(point).enumerated() { residuals[i] = value }
    }
    return try LevenbergMarquardt().minimize(problem, from: M.start.map { T($0) / 10 })
  }
}

/// A problem in any scalar; starts are in tenths.
protocol Model {
  static var start: [Int] { get }
  static var m: Int { get }
  static func residuals<T: LSQScalar>(_ x: [T]) -> [T]
  static func row<T: LSQScalar>(_ i: Int, _ x: [T]) -> [T]
}

/// Where derivatives come from: lmder, lmstr, lmdif.
enum Method: CaseIterable {
  case analytic, rowByRow, forwardDifferences, centralDifferences
}
