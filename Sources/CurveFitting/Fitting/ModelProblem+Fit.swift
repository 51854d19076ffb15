import LSQScalars
import LeastSquares

extension ModelProblem {
  /// Fits the model from a start.
  ///
  /// Where the solver ends on a plateau, even one on which the start lies, or at its own limit of evaluations, or the
  /// model throws an error at a trial point, the fit goes on with the remedies of ``FitRemedy``. A saddle or a maximum,
  /// by the exact Hessian, is left along its negative curvature; where that cannot be done the fit has not converged,
  /// and says so.
  ///
  /// In hardware types, a Jacobian of 2¹⁸ derivatives or more is taken by blocks of rows, like a `RowwiseProblem`, by
  /// several threads: the factor of the solution then has n rows.
  ///
  /// - Parameters:
  ///   - start: n numbers.
  ///   - options: derivatives, tolerance, limits.
  ///   - monitor: sees the start and every step of every solve, and can stop the fit, which returns the best point so
  ///     far.
  ///   - isInterrupted: polled before every step, also of those that no monitor sees, and between them; true stops the
  ///     fit likewise. By default, whether the task is cancelled.
  /// - Throws: `LeastSquaresError` where the problem cannot be solved as posed; what the model throws, at the start at
  ///   once, and at a trial point if none of these remedies helps.
  /// - Complexity: O(m·n²) per iteration, plus m evaluations of the model and of its gradient; at the end once m
  ///   evaluations of second derivatives and two or three more of the gradient, and some thirty more where parameters
  ///   have no effect.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  #if (arch(i386) || arch(x86_64)) && !os(Windows) && !os(Android)
    @specialized(where Scalar == Float80)
  #endif
  public func fit(
    from start: [Scalar], options: FitOptions<Scalar> = FitOptions(),
    monitor: Monitor<Scalar>? = nil, isInterrupted: (() -> Bool)? = nil
  ) throws -> Fit<Scalar> {
    try employingCrew(options, from: start) {
      var (fit, look) = try completeFit(from: start, options, isInterrupted, monitor)
      if isInterrupted?() != true { try fit.measureStandardErrors(in: self, look) }
      return fit
    }
  }

  /// Fits, and returns what exact derivatives say about the end; ``Fit/standardErrorError`` is not measured.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  #if (arch(i386) || arch(x86_64)) && !os(Windows) && !os(Android)
    @specialized(where Scalar == Float80)
  #endif
  func fitWithLook(
    from start: [Scalar], _ options: FitOptions<Scalar>, isInterrupted: @escaping () -> Bool
  ) throws -> (fit: Fit<Scalar>, look: EndLook<Scalar>) {
    try employingCrew(options, from: start) {
      try completeFit(from: start, options, isInterrupted, nil)
    }
  }

  /// Does work that shares out its rows, by a crew where that is worth it.
  private func employingCrew<Result>(
    _ options: FitOptions<Scalar>, from start: [Scalar], _ work: () throws -> Result
  ) throws -> Result {
    try Crew.requireSize(options.maximumConcurrency)
    if let limit = options.maximumResidualEvaluations, limit <= 0 {
      throw LeastSquaresError.invalidEvaluationLimit(limit)
    }
    try recordIfLarge(at: start)
    let isDear =
      RecordedModel<Scalar>.isWide && TapeRows<Scalar>.isWorthSharing(rowCount * parameterCount)
    guard isDear || isTall else { return try work() }
    return try Crew.employed(options.maximumConcurrency) { crew in
      recorded.crew = crew
      defer { recorded.crew = nil }
      return try work()
    }
  }

  /// Fits from a start. Where that leaves no residuals but drifting parameters, like those of eᵇ + a·b for b near 0,
  /// the minimum may be where one of them is zero.
  private func completeFit(
    from start: [Scalar], _ options: FitOptions<Scalar>, _ isInterrupted: (() -> Bool)?,
    _ monitor: Monitor<Scalar>?
  ) throws -> (fit: Fit<Scalar>, look: EndLook<Scalar>) {
    var tally = SolveTally(isInterrupted: isInterrupted)
    let precision = try residualPrecision(options, at: start, &tally)
    var monitor = monitor.map(Self.countingAttempts)
    if let isInterrupted {
      monitor = { [monitor] in isInterrupted() ? .stop : monitor?($0) ?? .proceed }
    }
    var search = FitSearch(self, options, after: tally) { start, options, tally in
      try self.attempt(from: start, options, monitor, residualPrecision: precision, &tally)
    }
    let end = try search.end(from: start)
    func fit(_ end: FitEnd<Scalar>) throws -> Fit<Scalar> {
      try self.fit(at: end, search.tally, from: start, options, residualPrecision: precision)
    }
    let found = try fit(end)
    let drifting = found.residualNorm == 0 ? found.drifting : []
    for j in drifting {
      guard let other = try search.end(from: end, withZeroFor: j) else { continue }
      let otherFit = try fit(other)
      let unit = start[j] == 0 ? 1 : start[j].magnitude
      if otherFit.isSolved, otherFit.numericalErrors[j] ?? 0 < unit {
        return (otherFit, other.look)
      }
    }
    // Attempts that did not help count as well.
    return (drifting.isEmpty ? found : try fit(end), end.look)
  }

  /// The fit that an end amounts to.
  func fit(
    at end: FitEnd<Scalar>, _ tally: SolveTally, from start: [Scalar],
    _ options: FitOptions<Scalar>, residualPrecision: Scalar
  ) throws -> Fit<Scalar> {
    let solution = end.attempt.solution
    let isExact = options.derivatives == .exact
    let determinacy = end.look.determinacy.map { judged in
      isTall ? judged : end.look.rows.map { judged.refined(by: $0.jacobian) } ?? judged
    }
    let areDifferencesLost = !isExact && end.attempt.rank < determinacy?.rank ?? 0
    // Beside the solution the model may throw anything: then the distance is not known.
    let distances =
      tally.isInterrupted || isExact && end.isNear
      ? nil
      : try? remainingDistances(
        from: solution.parameters, along: end.look.free, contractingAlong: end.looseParameters)
    var fit = Fit(
      end, tally, determinacy, hasKnownScatter: hasKnownScatter, options,
      residualPrecision: residualPrecision, areDifferencesLost: areDifferencesLost,
      remainingDistances: distances)
    guard !fit.isInterrupted else { return fit }
    try fit.withdrawErrors(onPlateausOf: self)
    try fit.findHidden(
      in: self, from: start, isUnsettled: end.isUnsettled, heldErrors: end.look.errors?.sizes)
    if !isExact, !fit.hidden.isEmpty { fit.withdrawNumericalErrors() }
    if fit.isSolved, !fit.isProvenMinimum, let errors = end.look.errors, !errors.uncurved.isEmpty {
      fit.withdrawErrors(alongUncurved: errors.uncurved)
    }
    if !fit.isSolved { fit.kinks = try rowsOnKinks(at: fit.parameters) }
    return fit
  }

  /// The same monitor, told to which solve of the fit a record belongs: each solve begins with iteration 0.
  private static func countingAttempts(
    _ monitor: @escaping Monitor<Scalar>
  ) -> Monitor<Scalar> {
    var attempt = -1
    return { record in
      var record = record
      if record.iteration == 0 { attempt += 1 }
      record.attempt = attempt
      return monitor(record)
    }
  }

  /// Solves, by more than one means if need be, and adds up the evaluations, also where an error is thrown.
  private func attempt(
    from start: [Scalar], _ options: FitOptions<Scalar>, _ monitor: Monitor<Scalar>?,
    residualPrecision: Scalar, _ tally: inout SolveTally
  ) throws -> AttemptedSolve<Scalar> {
    var attempt = try AttemptedSolve(
      leastSquaresProblem(options.derivatives, residualPrecision, from: start), from: start,
      options.solverOptions, unresolvedStep: options.unresolvedStep, monitor: monitor,
      inDouble: Scalar.precisionBits < Double.precisionBits
        ? { try self.endInDouble(from: start, options, monitor, &$0) } : nil,
      rounding: { solution in
        let x = solution.parameters
        let held = try self.isTall ? nil : self.finiteJacobian(at: x)
        guard self.isTall || held != nil else { return 0 }
        return try RowRounding(of: self, self.residuals(at: x), held, at: x).norm
      }, tally: &tally)
    try attempt.takeResiduals(of: self, isInterrupted: tally.isInterrupted)
    return attempt
  }

  /// The rows as the solver takes them.
  private func leastSquaresProblem(
    _ derivatives: FitDerivatives, _ precision: Scalar, from start: [Scalar]
  ) throws -> LeastSquaresProblem<Scalar> {
    if isTall {
      let differences: RowGradientSource<Scalar>? =
        switch derivatives {
        case .exact: nil
        case .forward: .forwardDifferences(residualPrecision: precision)
        case .central: .centralDifferences(residualPrecision: precision)
        }
      return try byBlocks(differences: differences)
    }
    var problem = try LeastSquaresProblem(
      residualCount: rowCount, parameterCount: parameterCount,
      jacobian: jacobianSource(derivatives, precision), residuals: residuals)
    if RecordedModel<Scalar>.isWide {
      problem = try problem.within(TrialRange(of: self, from: start))
    }
    problem.crew = recorded.crew
    return problem
  }

  /// Where a solve in `Double` ends, if it ends well or is cut short; the data are those of this type.
  private func endInDouble(
    from start: [Scalar], _ options: FitOptions<Scalar>, _ monitor: Monitor<Scalar>?,
    _ tally: inout SolveTally
  ) throws -> [Scalar]? {
    let wide = try ModelProblem<Double>(
      model: model, predictors: predictors.map { Double(nearest: $0) },
      predictorCount: predictorCount, response: response.map { Double(nearest: $0) },
      sigma: sigma.map { $0.map { Double(nearest: $0) } }, parameterCount: parameterCount)
    let wideStart = start.map { Double(nearest: $0) }
    try wide.recordIfLarge(at: wideStart)
    wide.recorded.crew = recorded.crew
    defer { wide.recorded.crew = nil }
    // What it takes to judge the end in this type is kept back.
    var wideOptions = options.inDouble
    wideOptions.maximumResidualEvaluations = options.maximumResidualEvaluations.map {
      $0 - 1 - options.derivatives.evaluations(parameterCount: parameterCount)
    }
    let precision = try wide.residualPrecision(wideOptions, at: wideStart, &tally)
    guard tally.allowsMore(within: wideOptions.maximumResidualEvaluations) else { return nil }
    let end = try wide.attempt(
      from: wideStart, wideOptions,
      monitor.map { monitor in { monitor(IterationRecord(rounding: $0)) } },
      residualPrecision: precision, &tally)
    let termination = end.solution.termination
    let parameters = end.solution.parameters.map { Scalar(nearest: $0) }
    let isGood = !end.isPlateau && termination.hasSettled
    let isCutShort = tally.isInterrupted || termination == .evaluationLimit
    return (isGood || isCutShort) && parameters.span.areFinite ? parameters : nil
  }

  /// For every parameter, how far two Gauss–Newton steps with exact derivatives go; nil where they cannot be taken. The
  /// first one misses what curvature mixes into a parameter from the others. Those that are not free stay.
  ///
  /// - Parameter loose: the parameters along which the second step has to be no longer than two thirds of the first, so that
  ///   twice their sum is no less than the distance.
  private func remainingDistances(
    from parameters: [Scalar], along free: [Int], contractingAlong loose: [Int]
  ) throws -> [Scalar]? {
    var x = parameters
    var distances = [Scalar](repeating: 0, count: parameterCount)
    for _ in 0..<2 {
      guard let rows = try linearModel(at: x)?.restricted(to: free) else { return nil }
      let factor = LeastSquaresFactor(rows.jacobian)
      guard factor.hasFullRank else { return nil }
      let step = factor.solve(factor.rotated(rows.residuals))
      for (k, j) in free.enumerated() {
        let length = step[k].magnitude
        if distances[j] > 0, Scalar(3) * length > 2 * distances[j], loose.contains(j) { return nil }
        x[j] -= step[k]
        distances[j] += length
      }
    }
    return distances
  }

  private func jacobianSource(
    _ derivatives: FitDerivatives, _ precision: Scalar
  ) -> JacobianSource<Scalar> {
    switch derivatives {
    case .exact: .withResiduals(residualsAndJacobian)
    case .forward: .forwardDifferences(residualPrecision: precision)
    case .central: .centralDifferences(residualPrecision: precision)
    }
  }

  /// The relative error of the residuals that differences assume; evaluations that measure it count.
  private func residualPrecision(
    _ options: FitOptions<Scalar>, at start: [Scalar], _ tally: inout SolveTally
  ) throws -> Scalar {
    switch options.residualPrecision {
    case .machine: return .ulpOfOne
    case .relative(let precision):
      guard precision >= 0, precision.isFinite else {
        throw LeastSquaresError.invalidResidualPrecision("\(precision)")
      }
      return max(precision, .ulpOfOne)
    case .measured:
      // Where the solver will refuse the start, there is nothing to measure.
      guard options.derivatives != .exact, start.count == parameterCount,
        start.span.areFinite
      else { return .ulpOfOne }
      // Where the model throws beside the start, its noise is not known.
      var evaluations = 0
      defer { tally.add(residuals: evaluations) }
      do {
        let noise = try measuredNoise(
          of: {
            evaluations += 1
            try residuals($0, &$1)
          }, residualCount: rowCount, at: start)
        return max(noise.relative ?? .ulpOfOne, .ulpOfOne)
      } catch  where !error.isCancellation {
        return .ulpOfOne
      }
    }
  }

  /// The residuals; nil where they are not finite, or the model throws.
  func finiteResiduals(at parameters: [Scalar]) throws -> [Scalar]? {
    do {
      let residuals = try residuals(at: parameters)
      return residuals.span.areFinite ? residuals : nil
    } catch  where !error.isCancellation {
      return nil
    }
  }

  /// The exact Jacobian at the solution, since the solver's own is mostly of the point before; nil where it
  /// is not finite, or the model throws.
  func finiteJacobian(at parameters: [Scalar]) throws -> Matrix<Scalar>? {
    do {
      let jacobian = try jacobian(at: parameters)
      return jacobian.elements.span.areFinite ? jacobian : nil
    } catch  where !error.isCancellation {
      return nil
    }
  }
}
