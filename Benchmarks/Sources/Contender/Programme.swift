import CGauges
import CurveFitting
import LeastSquares
import MultiPrecision

/// Every fit that is asked for, in the order of the tables.
struct Programme {
  let choices: Choices

  init(_ choices: Choices) { self.choices = choices }

  func run() throws {
    try runDouble()
    try runSmall("float", Float.self)
    #if arch(i386) || arch(x86_64)
      try runSmall("float80", Float80.self)
    #endif
    try runSmall("mp128", MPFloat128.self)
    try runSmall("mp256", MPFloat256.self)
    try runSmall("mp1024", MPFloat1024.self)
    try runClimbs("mp128", MPFloat128.self)
    try runClimbs("mp256", MPFloat256.self)
    try runClimbs("mp1024", MPFloat1024.self)
    try runWidth("mp64", MPFloat<64, 1>.self)
    try runWidth("mp512", MPFloat512.self)
    try runWidth("mp2048", MPFloat2048.self)
    try runWidth("mp4096", MPFloat4096.self)
    try runWideRows()
  }

  private func runDouble() throws {
    try runSmall("double", Double.self)
    for m in sizes(of: "B/", [10_000, 100_000, 1_000_000]) {
      try run("B/\(m)", "double") { ThreeGaussians(rowCount: m) { $0 } }
      try runByRows("B/\(m)", "double") { ThreeGaussians(rowCount: m) { $0 } }
    }
    for n in sizes(of: "C/", [100, 400]) {
      try run("C/\(n)", "double", differences: false) { BroydenTridiagonal<Double>(rowCount: n) }
    }
  }

  /// The solver that reduces blocks of rows, on one thread and on two.
  private func runByRows<Problem: RowProblem>(
    _ name: String, _ scalar: String, _ make: () -> Problem
  ) throws {
    guard choices.wants(problem: name), choices.scalar.isEmpty || choices.scalar == scalar
    else { return }
    for kind in ["analytic", "fd"] {
      for threads in [1, 2] {
        try report(name, scalar, kind, threads: threads, .byBlocks, make)
      }
    }
  }

  /// Rows that are expensive one by one: in wide numbers, on one thread and on two.
  private func runWideRows() throws {
    let (name, scalar) = ("B/1000", "mp256")
    guard choices.wants(problem: name), choices.scalar == scalar else { return }
    for kind in ["analytic", "dual"] {
      for factorization in [RowFactorization.byBlocks, .whole] {
        for threads in [1, 2] {
          try report(name, scalar, kind, threads: threads, factorization) {
            ThreeGaussians(rowCount: 1000) { MPFloat256($0) }
          }
        }
      }
    }
  }

  private func report<Problem: RowProblem>(
    _ name: String, _ scalar: String, _ kind: String, threads: Int,
    _ factorization: RowFactorization, _ make: () -> Problem
  ) throws {
    let peer = RowPeer.name(threads: threads, factorization)
    guard choices.wants(peer, name, scalar, kind) else { return }
    let contest = try Methods(problem: make()).rowwise(kind, threads: threads, factorization)
    print(try contest.line(scalar: scalar, choices).text)
  }

  /// The small real fits.
  private func runSmall<Scalar: LSQScalar>(_ scalar: String, _: Scalar.Type) throws {
    try run("A/Misra1a", scalar) { Misra1a<Scalar>() }
    try run("A/Hahn1", scalar) { Hahn1<Scalar>() }
    try run("A/Gauss1", scalar) { Gauss1<Scalar>() }
    try run("A/Osborne2", scalar) { Osborne2<Scalar>() }
    // From its first start the fit crawls in wide numbers.
    if !["mp256", "mp1024"].contains(scalar) {
      try run("A/MGH17", scalar) { MGH17<Scalar>(start: 1) }
    }
    try run("A/MGH17s2", scalar) { MGH17<Scalar>(start: 2) }
  }

  /// A width that serves only to show how the cost grows.
  private func runWidth<Scalar: LSQScalar>(_ scalar: String, _: Scalar.Type) throws {
    guard choices.scalar == scalar else { return }
    try run("A/Gauss1", scalar) { Gauss1<Scalar>() }
  }

  /// The digits of a wide type by climbing from `Double`.
  private func runClimbs<Scalar: LSQScalar>(_ scalar: String, _ type: Scalar.Type) throws {
    func climb(_ dataset: String, _ curve: some Model) throws {
      let name = "A/\(dataset)"
      guard choices.wants(problem: name), choices.wants("lsq-climb", name, scalar, "dual"),
        choices.scalar.isEmpty || choices.scalar == scalar
      else { return }
      let contest = try ClimbingFit(dataset, curve).contest(type)
      print(try contest.line(scalar: scalar, choices).text)
    }
    try climb("Misra1a", Misra1a<Scalar>.Curve())
    try climb("Hahn1", Hahn1<Scalar>.Curve())
    try climb("Gauss1", Gauss1<Scalar>.Curve())
  }

  /// The sizes of a family, or the one size that is asked for.
  private func sizes(of family: String, _ usual: [Int]) -> [Int] {
    guard choices.problem.hasPrefix(family), let size = Int(choices.problem.dropFirst(family.count))
    else { return usual }
    return [size]
  }

  /// Every method that is asked for, on a problem that is made only if there is any.
  @inline(__always)
  private func run<Problem: BenchmarkProblem>(
    _ name: String, _ scalar: String, differences: Bool = true, _ make: () -> Problem
  ) throws {
    guard choices.wants(problem: name) else { return }
    guard choices.scalar.isEmpty || choices.scalar == scalar else { return }
    var made: Methods<Problem>?
    func methods() -> Methods<Problem> {
      let methods = made ?? Methods(problem: make())
      made = methods
      return methods
    }
    func report(
      _ peer: String, _ kind: String, _ contest: () throws -> Contest<Problem.Scalar>?
    ) throws {
      guard choices.wants(peer, name, scalar, kind) else { return }
      guard let line = try contest()?.line(scalar: scalar, choices) else { return }
      print(line.text)
    }
    try report("lsq", "analytic") { try methods().solver(isByDifferences: false) }
    try report("lsq-together", "analytic") { try methods().together() }
    try report("lsq-leastsq", "analytic") { methods().leastSq(isByDifferences: false) }
    try report("lsq", "dual") { try methods().dualNumbers() }
    guard differences else { return }
    try report("lsq", "fd") { try methods().solver(isByDifferences: true) }
    try report("lsq-leastsq", "fd") { methods().leastSq(isByDifferences: true) }
  }
}
