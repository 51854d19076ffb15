import LSQScalars
import LeastSquares

/// Where a replay differs from its record.
struct ReplayDifference: CustomStringConvertible {
  /// The quantity, by the record's name, with an index where it has one.
  let quantity: String
  let expected: String
  let found: String

  var description: String { "\(quantity): recorded \(expected), found \(found)" }
}

extension Replay {
  /// Everything that differs in any bit, in the order in which it came about.
  func differences(from run: ReferenceRun) throws -> [ReplayDifference] {
    var list = Differences(run: run)
    try list.compare("fnorm0", run.fnorm0, startNorm)
    for (k, (recorded, point)) in zip(run.trajectory ?? [], trajectory).enumerated() {
      let place = "trajectory[\(k)]"
      list.compare("\(place).nfev", recorded.nfev, point.nfev)
      try list.compare("\(place).fnorm", recorded.fnorm, point.fnorm)
      try list.compare("\(place).x", recorded.x, point.x)
    }
    if let recorded = run.trajectory {
      list.compare("trajectory entries", recorded.count, trajectory.count)
    }
    list.compare("info", run.info, info)
    list.compare("nfev", run.nfev, nfev)
    if let njev = run.njev { list.compare("njev", njev, self.njev) }
    if let calls = run.residualCalls { list.compare("residual calls", calls, residualCalls) }
    list.compare("path", run.path, path)
    if let x = run.x { try list.compare("x", x, finalParameters) }
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
private struct Differences {
  let run: ReferenceRun
  private(set) var found: [ReplayDifference] = []

  init(run: ReferenceRun) { self.run = run }

  mutating func compare<Value: Equatable>(_ name: String, _ expected: Value, _ value: Value) {
    guard expected != value else { return }
    found.append(ReplayDifference(quantity: name, expected: "\(expected)", found: "\(value)"))
  }

  mutating func compare<Scalar: LSQScalar>(
    _ name: String, _ expected: String, _ value: Scalar
  ) throws {
    let recorded: Scalar = try real(expected, in: run)
    guard !areIdentical(recorded, value) else { return }
    found.append(ReplayDifference(quantity: name, expected: "\(recorded)", found: "\(value)"))
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
  /// What differs by more than another libm explains: the kind of ending and six digits of ‖f‖.
  func differencesInDigits(from run: ReferenceRun) throws -> [ReplayDifference] {
    var list = Differences(run: run)
    list.compare("info is 1 … 4", (1...4).contains(run.info), (1...4).contains(info))
    let recorded: Scalar = try real(run.fnorm, in: run)
    let million = Scalar(1_000_000)
    // A residual that vanishes at the solution keeps only the digits that cancellation leaves.
    let noise = startNorm * Scalar.ulpOfOne.squareRoot()
    let isClose = million * (recorded - finalNorm).magnitude <= max(recorded, million * noise)
    if !isClose { try list.compare("fnorm", run.fnorm, finalNorm) }
    return list.found
  }
}
