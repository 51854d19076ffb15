import CurveFitting
import LeastSquares
import MultiPrecision

/// A piece of work, repeated for an instruction counter: the instructions of 2k runs less those of k runs are those of
/// k runs alone, without the program's start.
///
/// The name consists of the work and a small problem, such as `solve/Hahn1`.
struct Workload {
  let choices: Choices

  init(_ choices: Choices) { self.choices = choices }

  func run() throws {
    let parts = choices.workload.split(separator: "/").map(String.init)
    guard parts.count == 2 else { throw UnknownWorkload(name: choices.workload) }
    if parts[0] == "wide" { return try runWide(parts[1]) }
    if parts[0] == "climb" { return try runClimb(parts[1]) }
    if parts[0] == "decimalJacobian" { return try runDecimals(parts[1]) }
    switch parts[1] {
    case "Misra1a": try run(parts[0], on: Misra1a<Double>())
    case "Hahn1": try run(parts[0], on: Hahn1<Double>())
    case "Gauss1": try run(parts[0], on: Gauss1<Double>())
    case "Osborne2": try run(parts[0], on: Osborne2<Double>())
    case "MGH17s2": try run(parts[0], on: MGH17<Double>(start: 2))
    case "Saturation": try run(parts[0], on: Saturation<Double>())
    case "ThreeGaussians":
      try runRows(parts[0], on: ThreeGaussians<Double>(rowCount: 1000, converting: { $0 }))
    default: throw UnknownWorkload(name: choices.workload)
    }
  }

  /// A fit in 256 bits.
  private func runWide(_ name: String) throws {
    func run(_ problem: some BenchmarkProblem<MPFloat256>) throws {
      let contest = try Methods(problem: problem).solver(isByDifferences: false)
      try repeatedly { _ = try contest.fit() }
    }
    switch name {
    case "Misra1a": try run(Misra1a())
    case "Hahn1": try run(Hahn1())
    case "Gauss1": try run(Gauss1())
    default: throw UnknownWorkload(name: choices.workload)
    }
  }

  /// A climb to the digits of 256 bits, on a problem too small to be shared among threads.
  private func runClimb(_ name: String) throws {
    guard name == "Misra1a" else { throw UnknownWorkload(name: choices.workload) }
    let contest = try ClimbingFit(name, Misra1a<MPFloat256>.Curve()).contest(MPFloat256.self)
    try repeatedly { _ = try contest.fit() }
  }

  /// The Jacobian of a model over decimals, which the package makes in code that knows neither model nor scalar.
  private func runDecimals(_ name: String) throws {
    guard name == "Hahn1" else { throw UnknownWorkload(name: choices.workload) }
    let problem = Hahn1<Double>()
    let rows = zip(problem.data.x, problem.data.y).map { "\($0), \($1)\n" }
    let model = try DecimalFit(
      model: Hahn1<Double>.Curve(), data: DataTable("x, y\n" + rows.joined()), predictors: ["x"],
      response: "y", start: problem.start.map(String.init(describing:))
    ).problem(over: Double.self)
    var slopes = [Double](repeating: 0, count: problem.rowCount * problem.start.count)
    var room = slopes.mutableSpan
    try repeatedly { try model.jacobian(problem.start.span, &room) }
  }

  /// The rows of a tall problem, written by hand or from its model.
  private func runRows(_ work: String, on problem: ThreeGaussians<Double>) throws {
    let rows = 0..<problem.rowCount
    var values = [Double](repeating: 0, count: rows.count)
    var slopes = [Double](repeating: 0, count: rows.count * problem.start.count)
    var f = values.mutableSpan
    var j = slopes.mutableSpan
    switch work {
    case "rows":
      repeatedly { problem.residualsAndJacobian(of: rows, problem.start.span, &f, &j) }
    case "modelRows":
      let posed = try RowwiseProblem(
        model: ThreeGaussians<Double>.Curve(), predictors: problem.x, predictorCount: 1,
        response: problem.y, parameterCount: problem.start.count)
      guard case .together(let evaluate) = posed.gradients else { return }
      try repeatedly { try evaluate(problem.start.span, rows, &f, &j) }
    case "fit", "differencesFit":
      let contest = try Methods(problem: problem).rowwise(
        work == "fit" ? "analytic" : "fd", threads: 1)
      try repeatedly { _ = try contest.fit() }
    default: throw UnknownWorkload(name: choices.workload)
    }
  }

  @inline(__always)
  private func run<Problem: BenchmarkProblem<Double>>(_ work: String, on problem: Problem) throws {
    let methods = Methods(problem: problem)
    let contest = try methods.solver(isByDifferences: false)
    var f = [Double](repeating: 0, count: problem.rowCount)
    var j = [Double](repeating: 0, count: problem.rowCount * problem.start.count)
    switch work {
    case "solve": try repeatedly { _ = try contest.fit() }
    case "differences":
      let contest = try methods.solver(isByDifferences: true)
      try repeatedly { _ = try contest.fit() }
    case "leastsq":
      let contest = methods.leastSq(isByDifferences: false)
      try repeatedly { _ = try contest.fit() }
    case "generic":
      let solve = try genericSolve(problem)
      try repeatedly { try solve() }
    case "callbacks":
      contest.log.isRecording = true
      _ = try contest.fit()
      try repeatedly {
        for call in contest.log.calls { try contest.functions.replay(call, &f, &j) }
      }
    case "jacobian":
      var rows = j.mutableSpan
      repeatedly { problem.jacobian(problem.start.span, &rows) }
    case "residuals":
      var values = f.mutableSpan
      repeatedly { problem.residuals(problem.start.span, &values) }
    case "modelJacobian":
      guard let model = try problem.modelProblem() else { return }
      var rows = j.mutableSpan
      try repeatedly { try model.jacobian(problem.start.span, &rows) }
    case "modelResiduals":
      guard let model = try problem.modelProblem() else { return }
      var values = f.mutableSpan
      try repeatedly { try model.residuals(problem.start.span, &values) }
    case "counts":
      contest.log.reset()
      _ = try contest.fit()
      print(contest.log.residuals, contest.log.jacobians)
    default: throw UnknownWorkload(name: choices.workload)
    }
  }

  @inline(__always)
  private func repeatedly(_ work: () throws -> Void) rethrows {
    for _ in 0..<choices.count { try work() }
  }

  /// A solve called from code that is generic over the scalar and not specialised: the package's own specialisation has
  /// to be found at run time.
  private func genericSolve(_ problem: some BenchmarkProblem<Double>) throws -> () throws -> Void {
    let posed = try LeastSquaresProblem<Double>(
      residualCount: problem.rowCount, parameterCount: problem.start.count,
      jacobian: .byRows { problem.jacobian($0, &$1) },
      residuals: { problem.residuals($0, &$1) })
    let start = problem.start
    var workspace = Workspace<Double>()
    return { try minimizeUnspecialized(posed, from: start, using: &workspace) }
  }
}

/// A solve that the compiler neither inlines nor specialises.
@inline(never)
@_semantics("optimize.sil.specialize.generic.never")
func minimizeUnspecialized<Scalar: LSQScalar>(
  _ problem: LeastSquaresProblem<Scalar>, from start: [Scalar],
  using workspace: inout Workspace<Scalar>
) throws {
  _ = try LevenbergMarquardt<Scalar>().minimize(problem, from: start, using: &workspace)
}

struct UnknownWorkload: Error, CustomStringConvertible {
  let name: String
  var description: String { "There is no workload '\(name)'; see Workload.swift for the names." }
}
