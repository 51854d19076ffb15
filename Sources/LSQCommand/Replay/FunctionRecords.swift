import LSQScalars
import LeastSquares
import TestProblems

/// A recorded Euclidean norm.
struct NormRecord: ReferenceRecord {
  let precision: String
  let id: String
  let x: [String]
  let fortran: String

  func replay<Scalar: LSQScalar>(
    in _: Scalar.Type, _ libm: LibmDisagreements<Scalar>
  ) throws -> ReplayOutcome {
    let vector: [Scalar] = try reals(x, in: id)
    var list = Differences(record: id)
    try list.compare("norm", fortran, EuclideanNorm<Scalar>()(vector.span))
    return list.found.isEmpty ? .identical : .different(list.found)
  }
}

/// Recorded residuals, and usually a Jacobian, of a test problem.
struct EvaluationRecord: ReferenceRecord {
  let precision: String
  let problem: Int
  let n: Int
  let m: Int
  let point: String
  let x: [String]
  let f: [String]
  /// By columns.
  let jac: [String]?

  var id: String { "problem \(problem), n = \(n), m = \(m), \(point)" }

  func replay<Scalar: LSQScalar>(
    in _: Scalar.Type, _ libm: LibmDisagreements<Scalar>
  ) throws -> ReplayOutcome {
    guard let function = MoreGarbowHillstromFunction(rawValue: problem) else {
      throw ReplayError.unknownProblem(problem, record: id)
    }
    try requireSizes(n: n, m: m, in: id)
    try require(n, of: self.x, "x", in: id)
    try require(m, of: f, "f", in: id)
    if let jac { try require(m * n, of: jac, "jac", in: id) }
    let functions = try MoreGarbowHillstromProblem(function, parameterCount: n, residualCount: m)
      .functions(over: Scalar.self)
    let x: [Scalar] = try reals(x, in: id)
    let residuals = functions.residuals(at: x)
    let jacobian = functions.jacobian(at: x)
    let columns = (0..<m * n).map { jacobian[$0 % m * n + $0 / m] }
    var list = Differences(record: id)
    try list.compare("f", f, residuals)
    if let jac { try list.compare("jac", jac, columns) }
    if list.found.isEmpty { return .identical }
    guard !libm.allowsExactComparison(calling: function.elementaryFunctions),
      try areClose(f, residuals), try areClose(jac ?? [], columns)
    else { return .different(list.found) }
    return .closeInDigits
  }

  private func areClose<Scalar: LSQScalar>(_ texts: [String], _ values: [Scalar]) throws -> Bool {
    let recorded: [Scalar] = try reals(texts, in: id)
    let scale = recorded.reduce(1) { $1.isFinite ? max($0, $1.magnitude) : $0 }
    let tolerance = scale * Scalar.ulpOfOne.squareRoot()
    return zip(recorded, values).allSatisfy {
      areIdentical($0, $1) || ($0 - $1).magnitude <= tolerance
    }
  }
}

/// A recorded check of derivatives.
struct DerivativeCheckRecord: ReferenceRecord {
  let precision: String
  let problem: Int
  let n: Int
  let m: Int
  let jacobian: String
  let x: [String]
  let f: [String]
  /// By columns.
  let jac: [String]
  let xp: [String]
  let fp: [String]
  let err_fortran: [String]

  var id: String { "check of problem \(problem), \(jacobian) Jacobian" }

  func replay<Scalar: LSQScalar>(
    in _: Scalar.Type, _ libm: LibmDisagreements<Scalar>
  ) throws -> ReplayOutcome {
    try require(n, of: x, "x", in: id)
    try require(m, of: f, "f", in: id)
    try require(n, of: xp, "xp", in: id)
    try require(m, of: fp, "fp", in: id)
    try require(m, of: err_fortran, "err_fortran", in: id)
    try require(m * n, of: jac, "jac", in: id)
    let columns: [Scalar] = try reals(jac, in: id)
    let check = DerivativeCheck<Scalar>(at: try reals(x, in: id))
    let scores = check.scores(
      residuals: try reals(f, in: id),
      jacobian: Matrix(
        rowCount: m, columnCount: n,
        elements: (0..<m * n).map { columns[$0 % n * m + $0 / n] }),
      neighborResiduals: try reals(fp, in: id))
    var list = Differences(record: id)
    try list.compare("xp", xp, check.neighbor)
    let isNeighborExact = list.found.isEmpty
    try list.compare("err", err_fortran, scores)
    if list.found.isEmpty { return .identical }
    // Scores between 0 and 1 are logarithms, whose last bits depend on the libm.
    let recorded: [Scalar] = try reals(err_fortran, in: id)
    let areClose = zip(recorded, scores).allSatisfy { recorded, score in
      score == recorded
        || recorded > 0 && recorded < 1
          && (score - recorded).magnitude <= 4 * Scalar.ulpOfOne
    }
    return isNeighborExact && areClose ? .closeInDigits : .different(list.found)
  }
}

extension LibmProbe: ReferenceRecord {
  var id: String { "\(function)(\(x))" }

  func replay<Scalar: LSQScalar>(
    in _: Scalar.Type, _ libm: LibmDisagreements<Scalar>
  ) throws -> ReplayOutcome {
    let (recorded, found) = try results(in: Scalar.self)
    var list = Differences(record: id)
    try list.compare("y", y, found)
    if list.found.isEmpty { return .identical }
    // A libm may round the other way, or be an ulp or two off.
    let isClose = (found - recorded).magnitude <= 4 * recorded.ulp
    return isClose ? .closeInDigits : .different(list.found)
  }
}
