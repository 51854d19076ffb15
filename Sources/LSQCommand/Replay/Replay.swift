import LSQScalars
import LeastSquares
import TestProblems

/// A recorded run, run again in a scalar type of the record's precision.
struct Replay<Scalar: LSQScalar> {
  let info: Int
  let nfev: Int
  let njev: Int
  let residualCalls: Int
  let path: String
  let startNorm: Scalar
  let finalParameters: [Scalar]
  let finalNorm: Scalar
  let trajectory: [CallRecorder<Scalar>.TrajectoryPoint]
  /// Nil where the input was improper.
  let solution: Solution<Scalar>?

  /// Runs a record.
  ///
  /// - Throws: ``ReplayError`` where the record cannot be read or its problem is unknown.
  init(_ run: ReferenceRun) throws {
    let functions = try Self.functions(of: run)
    // Some records are about improper sizes.
    if functions != nil { try require(run.n, of: run.x0, "x0", in: run.id) }
    let start: [Scalar] = try reals(run.x0, in: run.id)
    let recorder = CallRecorder<Scalar>(run)
    let solution: Solution<Scalar>?
    do {
      solution = try Self.solve(run, functions, from: start, recorder)
    } catch is LeastSquaresError {
      solution = nil
    }
    let norm = EuclideanNorm<Scalar>()
    self.solution = solution
    info = solution?.termination.minpackInfo ?? 0
    nfev = solution?.counts.residuals ?? 0
    njev = solution?.counts.jacobians ?? 0
    residualCalls = recorder.residualCalls
    path = recorder.path.text
    startNorm = functions.map { norm($0.residuals(at: start).span) } ?? .nan
    let end = solution?.parameters ?? start
    finalParameters = end
    finalNorm = functions.map { norm($0.residuals(at: end).span) } ?? .nan
    let last = CallRecorder<Scalar>.TrajectoryPoint(nfev: nfev, fnorm: finalNorm, x: end)
    trajectory = recorder.trajectory + [last]
  }

  /// The problem's functions, or nil for a size that the problem does not have.
  private static func functions(
    of run: ReferenceRun
  ) throws -> MoreGarbowHillstromFunctions<Scalar>? {
    guard let function = MoreGarbowHillstromFunction(rawValue: run.problem) else {
      throw ReplayError.unknownProblem(run.problem, record: run.id)
    }
    try requireSizes(n: run.n, m: run.m, in: run.id)
    let problem = try? MoreGarbowHillstromProblem(
      function, parameterCount: run.n, residualCount: run.m)
    return problem?.functions(over: Scalar.self)
  }

  private static func solve(
    _ run: ReferenceRun, _ functions: MoreGarbowHillstromFunctions<Scalar>?,
    from start: [Scalar], _ recorder: CallRecorder<Scalar>
  ) throws -> Solution<Scalar> {
    let problem = try LeastSquaresProblem<Scalar>(
      residualCount: run.m, parameterCount: run.n,
      jacobian: try source(run, functions, recorder)
    ) { x, f in
      functions?.residuals(x, &f)
      try recorder.noteResiduals(x)
    }
    var options = Options<Scalar>(
      tolerances: Tolerances(
        reduction: try real(run.ftol, in: run.id), step: try real(run.xtol, in: run.id),
        gradient: try real(run.gtol, in: run.id)),
      maximumResidualEvaluations: run.maxfev,
      initialRadiusFactor: try real(run.factor, in: run.id))
    if run.mode == 2 { options.scaling = .fixed(try reals(run.diagonal ?? [], in: run.id)) }
    return try LevenbergMarquardt(options: options).minimize(
      problem, from: start, monitor: recorder.monitor)
  }

  private static func source(
    _ run: ReferenceRun, _ functions: MoreGarbowHillstromFunctions<Scalar>?,
    _ recorder: CallRecorder<Scalar>
  ) throws -> JacobianSource<Scalar> {
    switch run.solver {
    case .lmder:
      .byRows { x, j in
        functions?.jacobian(x, &j)
        try recorder.noteJacobian(x)
      }
    case .lmstr:
      .rowByRow { x, i, row in
        if i == 0 { try recorder.noteJacobian(x) }
        functions?.jacobianRow(i, x, &row)
      }
    case .lmdif:
      .forwardDifferences(residualPrecision: try real(run.epsfcn ?? "0x0p+0", in: run.id))
    }
  }
}

/// Why a record cannot be replayed.
enum ReplayError: Error, CustomStringConvertible {
  case unknownProblem(Int, record: String)
  case malformedNumber(String, record: String)
  case wrongCount(Int, of: String, expected: Int, record: String)
  case tooLarge(Int, size: String, limit: Int, record: String)
  case unknownFunction(String, record: String)

  var description: String {
    switch self {
    case .unknownProblem(let number, let record):
      "record \(record): there is no problem \(number); the problems are 1 to 18"
    case .malformedNumber(let text, let record):
      "record \(record): '\(text)' is not a number in hexadecimal notation such as 0x1.8p+1"
    case .wrongCount(let count, let key, let expected, let record):
      "record \(record): “\(key)” has \(count) numbers; n and m call for \(expected)"
    case .tooLarge(let count, let size, let limit, let record):
      "record \(record): \(size) is \(count); a record may have at most \(limit)"
    case .unknownFunction(let name, let record):
      "record \(record): there is no function “\(name)”; take exp, sin, cos or atan"
    }
  }
}

func real<Scalar: LSQScalar>(_ text: String, in record: String) throws -> Scalar {
  guard let value: Scalar = hexadecimal(text) else {
    throw ReplayError.malformedNumber(text, record: record)
  }
  return value
}

/// - Throws: ``ReplayError`` unless a list of a record has as many numbers as its sizes say.
func require(_ expected: Int, of texts: [String], _ key: String, in record: String) throws {
  guard texts.count == expected else {
    throw ReplayError.wrongCount(texts.count, of: key, expected: expected, record: record)
  }
}

/// - Throws: ``ReplayError`` if there are more parameters, residuals or derivatives than a record may have: memory is
///   allocated for them before a number is compared.
func requireSizes(n: Int, m: Int, in record: String) throws {
  func require(_ size: String, _ count: Int, atMost limit: Int) throws {
    guard count <= limit else {
      throw ReplayError.tooLarge(count, size: size, limit: limit, record: record)
    }
  }
  try require("n", n, atMost: 100_000)
  try require("m", m, atMost: 100_000)
  // A record may be about negative sizes.
  try require("n·m", max(n, 0) * max(m, 0), atMost: 10_000_000)
}

func reals<Scalar: LSQScalar>(_ texts: [String], in record: String) throws -> [Scalar] {
  try texts.map { try real($0, in: record) }
}
