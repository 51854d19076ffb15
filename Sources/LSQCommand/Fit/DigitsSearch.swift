import ArgumentParser
import CurveFitting
import LSQScalars
import LeastSquares
import MultiPrecision

/// A fit to a given number of correct decimal digits.
///
/// With exact derivatives, Newton steps climb from a fit in `Double` to the width that is needed. If that fails, solves
/// at rising precision go on until two agree:
///
/// 1. A narrow solve, at 128 bits and from the user's start, settles which minimum is found. If it does not converge,
///    or leaves parameters undetermined, a solve at 512 bits decides, unless more precision cannot help because the
///    evaluations ran out or a parameter drifts to infinity.
/// 2. A wide solve begins where the narrow one ended, at N·log₂10 bits and a guard of 64. Forward differences keep half
///    of the digits and central ones two thirds, so that with them the width is 2 or 1½ times as large.
/// 3. A solve in the next wider type begins where that one ended. It is accepted if both agree to N + 1 digits of every
///    parameter, standard error and the sum of squares, and its last Gauss–Newton step was shorter still. With exact
///    derivatives some steps must have contracted.
/// 4. Otherwise step 3 is repeated, at most four times, counted anew whenever the type is still too narrow to call
///    something zero. Where Gauss–Newton steps do not contract near the minimum, MINPACK's iteration leaves half of the
///    digits, and the width is raised to 2·N·log₂10 bits and 64 more.
///
/// A parameter without effect that shrinks as the precision grows is taken to be zero, and so are such residuals, in a
/// type that would show them at 2N digits and at N + 150. A parameter that does not shrink has lost its effect on a
/// plateau. Counts are those of all these solves together; the time includes a climb that failed.
struct DigitsSearch {
  let runner: FitRunner
  let digits: Int

  /// The most digits that may be asked for: two widths can always confirm them.
  static let maximumDigits = DigitsOutOfRange.range.upperBound

  /// Throws unless this number of digits may be asked for.
  static func validate(_ digits: Int) throws {
    guard (1...maximumDigits).contains(digits) else {
      throw ValidationError("--digits is \(digits): it must be 1 to \(maximumDigits).")
    }
  }

  private static let narrowBits = 128
  /// The width of the second attempt, if the narrow solve fails or leaves parameters undetermined.
  private static let lastResortBits = 512
  /// The factor by which that attempt may take more evaluations.
  private static let lastResortPatience = 4
  private static let repetitions = 4

  /// The report on the widest solve.
  ///
  /// - Throws: ``CommandFailure`` if the fit cannot begin.
  func report() throws -> SolveReport {
    let startTime = ContinuousClock.now
    var report = try climbed() ?? searched()
    report.seconds = startTime.duration(to: .now) / .seconds(1)
    return report
  }

  /// A climb from `Double` by Newton steps, which need exact derivatives; nil if it fails.
  private func climbed() -> SolveReport? {
    guard runner.options.jacobian == .exact else { return nil }
    let names = runner.input.parameterNames
    do {
      let fit = try runner.input.fit(
        digits: digits, ladder: PrecisionLadder.scalarType(bits:),
        maximumResidualEvaluations: runner.maximumResidualEvaluations,
        isInterrupted: runner.isInterrupted)
      var report = SolveReport(fit, parameterNames: names)
      report.accuracy = try? runner.input.accuracy(
        of: fit, ladder: PrecisionLadder.scalarType(bits:), parameterNames: names)
      return report
    } catch {
      // If the data are at fault, the search reports it.
      return runner.interruptedReport(error)
    }
  }

  private func searched() throws -> SolveReport {
    var total = Effort()
    var last = try solve(bits: Self.narrowBits, after: nil, &total)
    if !last.isHopeless, !last.report.isConverged || !last.report.undetermined.isEmpty,
      !runner.isInterrupted(), try !isRedundant(last.report)
    {
      last = try wider(bits: Self.lastResortBits, after: last, &total) ?? last
    }
    guard last.report.undetermined.isEmpty else {
      return undetermined(total.applied(to: last.report))
    }
    let width = min(bits(timesPercent: differencesPercent), PrecisionLadder.rungs.last ?? 0)
    if last.report.isConverged, width > last.bits, !runner.isInterrupted() {
      last = try wider(bits: width, after: last, &total) ?? last
    }
    var repetitions = Self.repetitions
    while repetitions > 0 {
      repetitions -= 1
      guard last.report.isConverged, let width = nextWidth(after: last),
        let next = try wider(bits: width, after: last, &total)
      else { break }
      last = next
      // What is taken to be zero has to vanish at two widths that could show it.
      if last.awaitsZeros { repetitions = Self.repetitions }
      if last.isConfirmed {
        var report = total.applied(to: last.report)
        report.digitsConfirmed = digits
        return report
      }
    }
    var report = total.applied(to: last.report)
    if report.isConverged { report.reason = report.reason.withoutDigits(digits) }
    report.isConverged = false
    return report
  }

  /// Whether parameters are redundant in every type.
  private func isRedundant(_ report: SolveReport) throws -> Bool {
    guard report.isConverged, !report.undetermined.isEmpty, runner.options.jacobian == .exact
    else { return false }
    let point = report.parameters.compactMap { MPFloat512($0.value)?.binaryReal }
    return try runner.input.conditionDigits(
      at: point, PrecisionLadder.scalarType(bits:)) == nil
  }

  /// The report, not solved: no precision gives digits to parameters that the data do not determine.
  private func undetermined(_ report: SolveReport) -> SolveReport {
    var report = report
    if report.isConverged { report.reason = report.reason.undetermined(report.undetermined) }
    report.isConverged = false
    return report
  }

  // MARK: - Widths

  /// The digits that the residuals need, in per cent of those wanted of the parameters.
  private var differencesPercent: Int {
    switch runner.options.jacobian {
    case .exact: 100
    case .forward: 200
    case .central: 150
    }
  }

  private func bits(timesPercent percent: Int) -> Int {
    let needed = (try? PrecisionLadder.bits(forDecimalDigits: digits)) ?? 0
    return needed * percent / 100 + 64
  }

  /// The bits at which something has to vanish to be taken for zero.
  private var vanishingBits: Int {
    let digits = ConfirmedFit.vanishingDigits(confirming: digits)
    return Int((Double(digits) / .log10(2)).rounded(.up))
  }

  /// The next rung, or a wider one if Gauss–Newton steps do not contract or if it has to show that something vanishes;
  /// nil at the top.
  private func nextWidth(after stage: Stage) -> Int? {
    guard let next = PrecisionLadder.rungs.first(where: { $0 > stage.bits }) else { return nil }
    var least = next
    if !stage.isContracted { least = max(least, bits(timesPercent: 200)) }
    if stage.awaitsZeros { least = max(least, Self.width(showingResidualsAtBits: vanishingBits)) }
    return PrecisionLadder.rungs.last.map { min(least, $0) }
  }

  // MARK: - One solve

  /// What one solve leaves for the next.
  private struct Stage {
    var report: SolveReport
    var bits: Int
    /// Whether Gauss–Newton steps contracted.
    var isContracted: Bool
    /// For each parameter, whether it is zero as far as the precision can tell.
    var vanishes: [Bool]
    /// Whether the residuals are zero likewise.
    var isExact: Bool
    /// Whether the previous solve agrees.
    var isConfirmed: Bool
    /// Whether it agrees except in what the type is too narrow to take for zero.
    var awaitsZeros = false
    /// Whether the solve failed as one in a wider type would.
    var isHopeless: Bool
  }

  /// A solve after another; nil if it cannot begin at the other's parameters, as at the edge of the model's domain: the
  /// user's start is not to blame.
  private func wider(bits: Int, after stage: Stage, _ total: inout Effort) throws -> Stage? {
    guard stage.report.isConverged else { return try solve(bits: bits, after: stage, &total) }
    do {
      return try solve(bits: bits, after: stage, &total)
    } catch is CommandFailure {
      return nil
    }
  }

  private func solve(
    bits: Int, after stage: Stage?, _ total: inout Effort
  ) throws -> Stage {
    let scalar = try ScalarName.multiPrecision(bits: bits)
    let result = try solve(over: scalar.type, named: scalar, after: stage)
    total.add(result.report)
    return result
  }

  private func solve<Scalar: LSQScalar>(
    over type: Scalar.Type, named scalar: ScalarName, after stage: Stage?
  ) throws -> Stage {
    let previous = stage?.report.parameters.compactMap { Scalar($0.value) }
    let isStartedByPrevious = stage?.report.isConverged == true
    let start = try runner.input.start(over: type)
    let patience = stage == nil ? 1 : Self.lastResortPatience
    let limit =
      isStartedByPrevious
      ? nil : patience * runner.options.jacobian.searchLimit(parameterCount: start.count)
    let (fit, report) = try runner.fit(
      over: type, named: scalar,
      from: isStartedByPrevious ? previous : nil, limit: limit)
    let closing = fit.solution.closing
    var result = Stage(
      report: report, bits: Scalar.precisionBits, isContracted: closing?.isContracted == true,
      vanishes: Self.vanishing(fit), isExact: Self.hasNoResiduals(fit), isConfirmed: false,
      isHopeless: fit.solution.termination == .evaluationLimit
        || limit.map { fit.evaluations.residuals >= $0 } ?? false || Self.drifts(fit, from: start))
    if let stage, let previous, stage.report.isConverged, report.isConverged {
      judge(&result, fit, after: stage, at: previous)
    }
    return result
  }

  /// Says whether a solve that began where another one ended agrees with it, and takes for zero what vanishes in both.
  private func judge<Scalar: LSQScalar>(
    _ result: inout Stage, _ fit: Fit<Scalar>, after stage: Stage, at previous: [Scalar]
  ) {
    let zeros = fit.parameters.indices.filter { j in
      stage.vanishes[j] && result.vanishes[j]
        && Self.shrinks(fit.parameters[j], from: previous[j], byBits: result.bits - stage.bits)
    }
    let isExact = stage.isExact && result.isExact
    let isConfirmed = agrees(
      fit, with: stage, at: previous, exceptIn: Set(zeros), hasResiduals: !isExact)
    guard isExact || !zeros.isEmpty else {
      result.isConfirmed = isConfirmed
      return
    }
    let bits = isExact ? Self.residualBits(of: Scalar.self) : Self.effectBits(of: Scalar.self)
    guard bits >= vanishingBits else {
      result.awaitsZeros = isConfirmed
      return
    }
    result.isConfirmed = isConfirmed
    result.report.reason = result.report.reason.withZeros(atBits: bits)
    for j in zeros { result.report.parameters[j].value = "0.0" }
    if isExact {
      result.report.takeResidualsForZero(hasKnownScatter: runner.input.hasKnownScatter)
    }
  }

  /// Whether a solve agrees with the previous one to N + 1 digits of every parameter, standard error and the sum of
  /// squares.
  private func agrees<Scalar: LSQScalar>(
    _ fit: Fit<Scalar>, with stage: Stage, at previous: [Scalar], exceptIn zeros: Set<Int>,
    hasResiduals: Bool
  ) -> Bool {
    let tolerance = Scalar("1e-\(digits + 1)") ?? 0
    func isNear(_ old: Scalar, _ new: Scalar) -> Bool {
      (new - old).magnitude <= tolerance * new.magnitude
    }
    func isNear(_ old: String?, _ new: Scalar?) -> Bool {
      guard let new else { return old == nil }
      return old.flatMap { Scalar($0) }.map { isNear($0, new) } ?? false
    }
    // Two solves that did not contract may be stuck at the same point.
    guard fit.undetermined.isEmpty, fit.derivatives != .exact || fit.ending != .tests,
      !hasResiduals || isNear(stage.report.sumOfSquares, fit.sumOfSquares),
      !hasResiduals && !runner.input.hasKnownScatter
        || zip(stage.report.parameters, fit.standardErrors).allSatisfy({
          isNear($0.standardError, $1)
        }),
      fit.parameters.indices.allSatisfy({
        zeros.contains($0) || isNear(previous[$0], fit.parameters[$0])
      })
    else { return false }
    // The relative change of a parameter that is zero says nothing.
    guard let closing = fit.solution.closing, closing.isContracted, zeros.isEmpty else {
      return true
    }
    return closing.relativeStep <= tolerance
  }

  /// Whether a parameter grew until half of the bits could not tell it from infinity, so that it would grow further in
  /// a wider type.
  private static func drifts<Scalar: LSQScalar>(_ fit: Fit<Scalar>, from start: [Scalar]) -> Bool {
    let growth: Scalar = powerOfTwo(Scalar.precisionBits / 2)
    return !fit.isConverged
      && zip(fit.parameters, start).contains {
        $0.magnitude > growth * ($1 == 0 ? 1 : $1.magnitude)
      }
  }

  /// The counts of several solves.
  private struct Effort {
    var iterations = 0
    var residualEvaluations = 0
    var jacobianEvaluations = 0

    mutating func add(_ report: SolveReport) {
      iterations += report.iterations
      residualEvaluations += report.residualEvaluations
      jacobianEvaluations += report.jacobianEvaluations
    }

    func applied(to report: SolveReport) -> SolveReport {
      var report = report
      report.iterations = iterations
      report.residualEvaluations = residualEvaluations
      report.jacobianEvaluations = jacobianEvaluations
      return report
    }
  }
}
