import LSQScalars
import LeastSquares

extension PrecisionComparison {
  /// Solves a fit in several kinds of arithmetic.
  ///
  /// An error in one of them is part of its run.
  ///
  /// - Throws: ``ComparisonError`` unless there is one name, and one certified value if any, per parameter.
  public init(
    of fit: some AnyPrecisionFit, problem: String, start: Int? = nil, parameterNames: [String],
    certified: Certified? = nil, contenders: [Contender], options: Options = Options()
  ) throws(ComparisonError) {
    try self.init(
      of: FitSubject(fit: fit, parameterNames: parameterNames, ladder: options.ladder), problem,
      start, parameterNames, certified, contenders, options)
  }

  /// Solves residuals in several kinds of arithmetic; ladders need their ``AnyPrecisionResiduals/model``.
  ///
  /// - Throws: ``ComparisonError`` unless there is one name, and one certified value if any, per parameter.
  public init(
    of residuals: some AnyPrecisionResiduals, problem: String, start: Int? = nil,
    parameterNames: [String]? = nil, certified: Certified? = nil, contenders: [Contender],
    options: Options = Options()
  ) throws(ComparisonError) {
    let names = parameterNames ?? (0..<residuals.parameterCount).map { "x\($0 + 1)" }
    try self.init(
      of: ResidualSubject(
        residuals: residuals, parameterNames: names, ladder: options.ladder), problem, start,
      names, certified, contenders, options)
  }

  private init(
    of subject: some ComparisonSubject, _ problem: String, _ start: Int?,
    _ parameterNames: [String], _ certified: Certified?, _ contenders: [Contender],
    _ options: Options
  ) throws(ComparisonError) {
    // A start that a type does not hold is reported in its run.
    let texts = subject.startText(in: [Double.self] + contenders.compactMap(\.firstType))
    let count = texts?.count ?? parameterNames.count
    guard parameterNames.count == count else {
      throw .parameterNameCount(parameterNames.count, parameters: count)
    }
    if let certified, certified.values.count != count {
      throw .certifiedCount(certified.values.count, parameters: count)
    }
    let recorded = contenders.map { contender in
      options.isInterrupted()
        ? RecordedRun(.interrupted, subject, contender)
        : RecordedRun(of: subject, contender, options, parameterNames)
    }
    self.problem = problem
    self.start = start
    self.parameterNames = parameterNames
    residualCount = recorded.lazy.compactMap(\.run.degreesOfFreedom).first.map {
      $0 + parameterNames.count
    }
    derivatives = options.derivatives
    runs = recorded.map(\.run)
    widest = recorded.widestConverged { _ in true }
    if let certified { compare(recorded, with: certified) }
    if let widest { compare(recorded, with: recorded[widest]) }
    if let k = recorded.widestConverged(where: { $0.path != nil }), let path = recorded[k].path {
      for other in runs.indices where other != k && recorded[other].hasPoint {
        runs[other].parting = recorded[other].path?.parting(from: path, subject)
      }
    }
  }

  /// Sets the digits that agree with certified values.
  private mutating func compare(_ recorded: [RecordedRun], with certified: Certified) {
    for k in runs.indices {
      runs[k].digitsAgainstCertified =
        recorded[k].hasPoint
        ? correctDigits(
          runs[k].parameters, certified.values, in: recorded[k].type, atMost: certified.digits)
        : 0
    }
  }

  /// Sets the digits of the others that agree with the widest type that converged.
  private mutating func compare(_ recorded: [RecordedRun], with wide: RecordedRun) {
    let compared = wide.run.comparableParameters
    for k in runs.indices where k != widest && recorded[k].hasPoint {
      runs[k].digitsAgainstWidest = correctDigits(
        compared.map { runs[k].parameters[$0] }, compared.map { wide.run.parameters[$0] },
        in: wide.type, atMost: min(recorded[k].precision, wide.precision))
    }
  }
}

extension [RecordedRun] {
  /// The index of the run with the widest type, of those that converged and qualify.
  fileprivate func widestConverged(where isFit: (RecordedRun) -> Bool) -> Int? {
    indices.filter { self[$0].run.isConverged && isFit(self[$0]) }
      .max { self[$0].run.bits < self[$1].run.bits }
  }
}

extension PrecisionComparison.Contender {
  /// The type in which it solves, or which a ladder has for the digits; nil where it has none.
  fileprivate var firstType: (any LSQScalar.Type)? {
    switch self {
    case .scalar(let type, _): type
    case .ladder(let ladder, let digits, _):
      DigitsOutOfRange.range.contains(digits)
        ? try? ladder(Int(Double(digits) * PrecisionClimb.bitsPerDigit) + 1) : nil
    }
  }
}

/// A run with what is needed to compare it with others.
struct RecordedRun {
  var run: PrecisionComparison.Run
  let type: any LSQScalar.Type
  /// The digits to which its parameters could be right.
  let precision: Double
  /// The steps; nil for a ladder, and where the run could not begin.
  let path: SolvePath?

  /// Whether there are parameters to compare.
  var hasPoint: Bool { !run.reason.isFailure && !run.parameters.isEmpty }

  init(
    of subject: some ComparisonSubject, _ contender: PrecisionComparison.Contender,
    _ options: PrecisionComparison.Options, _ parameterNames: [String]
  ) {
    do {
      switch contender {
      case .scalar(let type, _): self = try Self.solve(subject, type, contender, options)
      case .ladder(let ladder, let digits, _):
        self = try Self.climb(subject, ladder, digits, contender, options, parameterNames)
      }
    } catch {
      let reason: StopReason =
        error.isCancellation ? .interrupted : .failure(options.explain(error, contender))
      self.init(reason, subject, contender)
    }
  }

  private init(
    run: PrecisionComparison.Run, type: any LSQScalar.Type, precision: Double, path: SolvePath?
  ) {
    (self.run, self.type, self.precision, self.path) = (run, type, precision, path)
  }

  /// A run that did not begin, or did not come to a first point.
  init(
    _ reason: StopReason, _ subject: some ComparisonSubject,
    _ contender: PrecisionComparison.Contender
  ) {
    let type = contender.firstType ?? Double.self
    let start = subject.startText(in: [type, Double.self]) ?? []
    self.init(
      run: .init(
        name: contender.name, bits: type.precisionBits, parameters: start,
        standardErrors: start.map { _ in nil }, undetermined: [], sumOfSquares: "nan",
        residualStandardDeviation: nil, degreesOfFreedom: nil, isConverged: false,
        reason: reason, iterations: 0, evaluations: [], seconds: 0),
      type: type, precision: 0, path: nil)
  }

  private static func solve<Scalar: LSQScalar>(
    _ subject: some ComparisonSubject, _ type: Scalar.Type,
    _ contender: PrecisionComparison.Contender, _ options: PrecisionComparison.Options
  ) throws -> Self {
    // Numbers become text after the clock has stopped.
    var records: [IterationRecord<Scalar>] = []
    let outcome = try subject.solve(over: type, options.fitOptions(over: type)) {
      if !$0.isClosing { records.append($0) }
      return options.isInterrupted() ? .stop : .proceed
    }
    return Self(
      run: .init(
        name: contender.name, bits: Scalar.precisionBits,
        parameters: outcome.parameters.map(\.description),
        standardErrors: outcome.standardErrors.map { $0?.description },
        undetermined: outcome.undetermined,
        sumOfSquares: outcome.sumOfSquares,
        residualStandardDeviation: outcome.residualStandardDeviation?.description,
        degreesOfFreedom: outcome.degreesOfFreedom, isConverged: outcome.isConverged,
        reason: outcome.reason, iterations: outcome.iterations,
        evaluations: [
          .init(
            bits: Scalar.precisionBits, residuals: outcome.residualEvaluations,
            jacobians: outcome.jacobianEvaluations)
        ], seconds: outcome.duration / .seconds(1)),
      type: type, precision: Scalar.digits(Scalar.ulpOfOne / 2),
      path: SolvePath(over: type, records.map { SolvePath.Step($0) }))
  }

  private static func climb(
    _ subject: some ComparisonSubject, _ ladder: @escaping ScalarLadder, _ digits: Int,
    _ contender: PrecisionComparison.Contender, _ options: PrecisionComparison.Options,
    _ parameterNames: [String]
  ) throws -> Self {
    let clock = ContinuousClock()
    let begin = clock.now
    func seconds() -> Double { begin.duration(to: clock.now) / .seconds(1) }
    do {
      let fit = try subject.climb(digits: digits, ladder: ladder, options)
      return Self(
        run: .init(
          name: contender.name, bits: fit.bits, parameters: fit.parameters,
          standardErrors: fit.standardErrors, undetermined: [],
          sumOfSquares: fit.sumOfSquares,
          residualStandardDeviation: fit.residualStandardDeviation,
          degreesOfFreedom: fit.degreesOfFreedom, isConverged: true, reason: StopReason(fit),
          iterations: fit.work.stepCount, evaluations: fit.work.byWidth, seconds: seconds()),
        type: try ladder(fit.bits), precision: Double(digits), path: nil)
    } catch let end as DigitsNotReached {
      let reason: StopReason =
        end.cause == .interrupted
        ? .interruptedClimb : .digitsNotReached(end.description(naming: parameterNames))
      // Nothing was evaluated: the start is the best point.
      if end.parameters.isEmpty { return Self(reason, subject, contender) }
      return Self(
        run: .init(
          name: contender.name, bits: end.bits, parameters: end.parameters,
          standardErrors: end.parameters.map { _ in nil }, undetermined: [],
          sumOfSquares: end.sumOfSquares ?? "nan", residualStandardDeviation: nil,
          degreesOfFreedom: nil, isConverged: false,
          reason: reason, iterations: end.work.stepCount, evaluations: end.work.byWidth,
          seconds: seconds()),
        type: try ladder(end.bits), precision: 0, path: nil)
    }
  }
}

extension [ClimbStage] {
  /// The evaluations at every width.
  fileprivate var byWidth: [PrecisionComparison.Evaluations] {
    Set(map(\.bits)).sorted().map { bits in
      let counts = filter { $0.bits == bits }.evaluations
      return .init(bits: bits, residuals: counts.residuals, jacobians: counts.jacobians)
    }
  }
}
