import LSQScalars
import LeastSquares

/// The outcome of a replay.
enum ReplayOutcome {
  /// Every quantity has the recorded bits.
  case identical
  /// The last bits are those of another libm; the kind of ending and six digits agree, or two digits where the
  /// evaluations ran out.
  case closeInDigits
  /// Something differs.
  case different([ReplayDifference])
}

/// Where a replay differs from its record.
struct ReplayDifference: CustomStringConvertible {
  /// The quantity, by the record's name, with an index where it has one.
  let quantity: String
  /// The linearisation at which it differs, counted from 1, if the record has one.
  let iteration: Int?
  let expected: String
  let found: String

  var description: String {
    let place = iteration.map { " at iteration \($0)" } ?? ""
    return "\(quantity)\(place): recorded \(expected), found \(found)"
  }
}

extension ReferenceRun {
  /// Runs the record in a scalar type and compares.
  ///
  /// - Throws: ``ReplayError`` where the record cannot be read.
  func replay<Scalar: LSQScalar>(
    in _: Scalar.Type, _ libm: LibmDisagreements<Scalar>
  ) throws -> ReplayOutcome {
    let replay = try Replay<Scalar>(self)
    let functions = self.libm ?? []
    let isExact = !isOfAnotherLibm && libm.allowsExactComparison(calling: functions)
    let differences =
      try isExact || functions.isEmpty
      ? replay.differences(from: self) : replay.differencesInDigits(from: self)
    if !differences.isEmpty { return .different(differences) }
    return isExact || functions.isEmpty ? .identical : .closeInDigits
  }

  /// Whether the record says that it was made with an `exp` of other bits.
  private var isOfAnotherLibm: Bool { variant?.hasSuffix("nofma") == true }
}

extension Replay {
  /// Everything that differs in any bit, in the order in which it arose.
  func differences(from run: ReferenceRun) throws -> [ReplayDifference] {
    var list = Differences(record: run.id)
    try list.compare("fnorm0", run.fnorm0, startNorm)
    for (k, (recorded, point)) in zip(run.trajectory ?? [], trajectory).enumerated() {
      list.iteration = k + 1
      list.compare("nfev", recorded.nfev, point.nfev)
      try list.compare("fnorm", recorded.fnorm, point.fnorm)
      try list.compare("x", recorded.x, point.x)
    }
    list.iteration = nil
    if let recorded = run.trajectory {
      list.compare("trajectory entries", recorded.count, trajectory.count)
    }
    list.compare("info", run.info, info)
    list.compare("nfev", run.nfev, nfev)
    if let njev = run.njev { list.compare("njev", njev, self.njev) }
    if let calls = run.residualCalls { list.compare("residual calls", calls, residualCalls) }
    list.compare("path", run.path, path)
    try list.compare("x", run.x, finalParameters)
    try list.compare("fnorm", run.fnorm, finalNorm)
    if let solution { try compareFactors(solution, run, &list) }
    return list.found
  }

  private func compareFactors(
    _ solution: Solution<Scalar>, _ run: ReferenceRun, _ list: inout Differences
  ) throws {
    if let ipvt = run.ipvt { list.compare("ipvt", ipvt, solution.permutation.map { $0 + 1 }) }
    if let diag = run.diag { try list.compare("diag", diag, solution.scaling) }
    if let qtf = run.qtf { try list.compare("qtf", qtf, solution.rotatedResiduals) }
    if let r = run.r { try list.compare("r", r, packedTriangle(of: solution.factor)) }
    if let covar = run.covar {
      let matrix = covariance(
        ofTriangle: solution.factor, permutation: solution.permutation,
        tolerance: Scalar.ulpOfOne.squareRoot())
      try list.compare("covar", covar, packedTriangle(of: matrix))
    }
  }

  /// The upper triangle by columns.
  private func packedTriangle(of matrix: Matrix<Scalar>) -> [Scalar] {
    (0..<matrix.columnCount).flatMap { j in (0...j).map { matrix[$0, j] } }
  }
}

/// Compares quantity by quantity and keeps what differs.
struct Differences {
  private(set) var found: [ReplayDifference] = []
  var iteration: Int?
  private let record: String

  /// A comparison with the record of this name, which errors mention.
  init(record: String) { self.record = record }

  mutating func compare<Value: Equatable>(_ name: String, _ expected: Value, _ value: Value) {
    if expected != value { note(name, expected, value) }
  }

  mutating func compare<Scalar: LSQScalar>(
    _ name: String, _ expected: String, _ value: Scalar
  ) throws {
    let recorded: Scalar = try real(expected, in: record)
    if !areIdentical(recorded, value) { note(name, recorded, value) }
  }

  private mutating func note<Value>(_ name: String, _ expected: Value, _ value: Value) {
    found.append(
      ReplayDifference(
        quantity: name, iteration: iteration, expected: "\(expected)", found: "\(value)"))
  }

  mutating func compare<Scalar: LSQScalar>(
    _ name: String, _ expected: [String], _ values: [Scalar]
  ) throws {
    compare("\(name) count", expected.count, values.count)
    for (i, (text, value)) in zip(expected, values).enumerated() {
      try compare("\(name)[\(i)]", text, value)
    }
  }
}

extension Replay {
  /// What differs by more than another libm explains, of the kind of ending and six digits of ‖f‖, or two digits where
  /// the evaluations ran out.
  func differencesInDigits(from run: ReferenceRun) throws -> [ReplayDifference] {
    var list = Differences(record: run.id)
    list.compare("info is 1 … 4", (1...4).contains(run.info), (1...4).contains(info))
    let recorded: Scalar = try real(run.fnorm, in: run.id)
    // A solve that ran out of evaluations is still under way, and rounding leads it elsewhere.
    let isSettled = (1...4).contains(run.info)
    let inverseTolerance = Scalar(isSettled ? 1_000_000 : 100)
    // A residual that vanishes at the solution keeps only the digits that cancellation leaves.
    let noise = inverseTolerance * (startNorm * Scalar.ulpOfOne.squareRoot())
    let isClose =
      recorded.isFinite
      && inverseTolerance * (recorded - finalNorm).magnitude <= max(recorded, noise)
    if !isClose { try list.compare("fnorm", run.fnorm, finalNorm) }
    return list.found
  }
}
