import LSQScalars
import LeastSquares

// What a climb evaluates, each in a type of its own.

extension PrecisionClimb {
  /// Takes the Hessian at the present point, in a type that shows a number of digits; false where it is not positive
  /// definite.
  mutating func renewHessian(_ state: inout ClimbState, digits: Double) throws -> Bool {
    func run<Scalar: LSQScalar>(_ type: Scalar.Type) throws -> HessianFactor? {
      let problem = try problem(over: type, at: state.parameters)
      return try counted(
        CurvatureSweep(
          of: problem, at: state.parameters.map(Scalar.init(rounding:)), by: crew,
          withNormalMatrix: Scalar.precisionBits > UInt64.bitWidth)
      ).flatMap { HessianFactor($0, restingOnCurvature: state.hessian.restsOnCurvature) }
    }
    guard let type = try type(bits: bits(forDigits: digits)), let hessian = try run(type) else {
      return false
    }
    (state.hessian, state.hessianDigits) = (hessian, state.digits)
    return true
  }

  /// The ladder's type of at least `bits` bits; nil where it has none, which ends the climb.
  private mutating func type(bits: Int) throws -> (any LSQScalar.Type)? {
    let type = try ladder(bits)
    guard type.precisionBits < bits else { return type }
    ladderEnd = .ladderEnds(bits: type.precisionBits, needed: bits)
    return nil
  }

  /// Whether the minimum is isolated although the Jacobian is singular there, and not one of a line of minima on which
  /// rounding made the first Hessian definite.
  mutating func isIsolated(_ state: inout ClimbState, along open: [Int]) throws -> Bool {
    try renewHessian(&state, digits: Self.isolationDigits)
      && state.hessian.isDefinite(along: open, inUnits: units, toDigits: Self.isolationDigits)
  }

  /// Exact second derivatives, as part of the work; nil where something is not finite.
  mutating func counted<Scalar: LSQScalar>(
    _ sweep: CurvatureSweep<Scalar>?
  ) -> CurvatureSweep<Scalar>? {
    work.append(
      ClimbStage(
        kind: .secondOrder, bits: Scalar.precisionBits, residualEvaluations: 1,
        jacobianEvaluations: 1, digits: nil))
    return sweep
  }

  /// Evaluates the gradient at the present point, in a type that shows `reach` digits.
  mutating func evaluate(
    _ state: ClimbState, reach: Double, after reference: ClimbEvaluation?
  ) throws -> ClimbEvaluation? {
    let isLast = state.digits >= target
    // The first two are cheap, and tell by how much statistics lag behind.
    let withStatistics = isLast || reference?.statistics?.lostDigits == nil
    func run<Scalar: LSQScalar>(_ type: Scalar.Type) throws -> ClimbEvaluation? {
      let shown = Double(Scalar.precisionBits - guardBits) / Self.bitsPerDigit
      guard
        let evaluation = try ClimbEvaluation(
          of: problem(over: type, at: state.parameters),
          at: state.parameters.map(Scalar.init(rounding:)),
          from: state.origin, state.hessian, scaleExponent: state.scaleExponent, units: units,
          vanishingDigits: vanishingDigits,
          after: reference, shown: shown, withStatistics: withStatistics, by: crew)
      else { return nil }
      work.append(
        ClimbStage(
          kind: .step, bits: Scalar.precisionBits, residualEvaluations: 1,
          jacobianEvaluations: 1, digits: evaluation.digits))
      return evaluation
    }
    // The width that confirms is greater than that of the step it confirms. No width with statistics is so narrow that JᵀJ is
    // singular, and the one that confirms them leaves them their digits.
    var bits = bits(forDigits: reach)
    if isLast { bits += Self.spareBits }
    if withStatistics { bits = max(bits, state.conditionBits + Self.spareBits) }
    if isLast, let statistics = reference?.statistics {
      bits = max(bits, statistics.conditionBits + wantedBits)
      // How far those of small residuals lag behind the point shows by comparison with a narrower type.
      if reference?.areResidualsKnown == true { bits = max(bits, (reference?.bits ?? 0) + 1) }
    }
    return try type(bits: bits).flatMap { try run($0) }
  }

  /// The problem in a type. Its data are read, and its model is recorded, at the width where the climb will end, and
  /// rounded to narrower ones from there.
  mutating func problem<Scalar: LSQScalar>(
    over type: Scalar.Type, at point: [BinaryReal]
  ) throws -> ModelProblem<Scalar> {
    let bits = Scalar.precisionBits
    if let known = problems[bits] as? ModelProblem<Scalar> { return known }
    func read<Final: LSQScalar>(_ type: Final.Type) throws -> any RoundableProblem {
      try fit.problem(over: type)
    }
    var problem: ModelProblem<Scalar>?
    if bits > Double.precisionBits {
      let final = try ladder(self.bits(forDigits: target) + Self.spareBits)
      if final.precisionBits > bits {
        let source = try problems[final.precisionBits] ?? read(final)
        problems[final.precisionBits] = source
        problem = try source.rounded(to: type, recordedAt: point)
      }
    }
    let result = try problem ?? fit.problem(over: type)
    problems[bits] = result
    return result
  }
}
