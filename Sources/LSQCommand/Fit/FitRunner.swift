import CurveFitting
import LSQScalars
import LeastSquares
import MultiPrecision

/// Fits in a scalar type that is chosen at run time.
struct FitRunner {
  let input: FitInput
  let options: SolverOptions
  /// The model's own noise, if the user gives it.
  var residualPrecision: ResidualPrecision?
  /// The limit for each solve.
  let maximumResidualEvaluations: Int?
  /// Whether to end with the best point so far.
  let isInterrupted: () -> Bool

  /// A fit from the user's start.
  func report(over scalar: ScalarName) throws -> SolveReport {
    func run<Scalar: LSQScalar>(_ type: Scalar.Type) throws -> SolveReport {
      try report(over: type, named: scalar) {
        try input.judged($0, ladder: PrecisionLadder.scalarType(bits:))
      }
    }
    return try run(scalar.type)
  }

  /// A fit in `Double` from the user's start, with results from a wider type where rounding leaves too few digits of
  /// them, or hides parameters.
  func report() throws -> SolveReport {
    let ladder: ScalarLadder = PrecisionLadder.scalarType(bits:)
    return try report(over: Double.self, named: .double) {
      try options.tolerance == .tight && options.jacobian == .exact
        ? input.refined($0, ladder: ladder, isInterrupted: isInterrupted)
        : input.judged($0, ladder: ladder)
    }
  }

  /// A fit from the user's start, with what wider types add to it.
  private func report<Scalar: LSQScalar>(
    over type: Scalar.Type, named scalar: ScalarName,
    afterLook look: (Fit<Scalar>) throws -> Fit<Scalar>
  ) throws -> SolveReport {
    let startTime = ContinuousClock.now
    let (plain, report) = try fit(over: type, named: scalar)
    let fit = try isInterrupted() ? plain : look(plain)
    guard fit.refinement != nil || fit.bitsNeeded != nil else {
      // It is not known what a wider type would have added.
      return isInterrupted() ? report.interrupted : report
    }
    return SolveReport(
      fit, parameterNames: input.parameterNames, scalar: scalar,
      duration: startTime.duration(to: .now))
  }

  /// A fit with its report, from given parameters or from the user's start.
  ///
  /// - Parameter limit: the limit of residual evaluations if the user gave none; nil for the type's own.
  /// - Throws: ``CommandFailure`` where the fit cannot begin.
  func fit<Scalar: LSQScalar>(
    over type: Scalar.Type, named scalar: ScalarName, from parameters: [Scalar]? = nil,
    limit: Int? = nil
  ) throws -> (fit: Fit<Scalar>, report: SolveReport) {
    let startTime = ContinuousClock.now
    let problem = try input.problem(over: type)
    let start = try parameters ?? input.start(over: type)
    let fit: Fit<Scalar>
    do {
      fit = try problem.fit(
        from: start,
        options: FitOptions(
          derivatives: options.jacobian, tolerance: options.tolerance,
          residualPrecision: try residualPrecision?.option(over: type) ?? .machine,
          maximumResidualEvaluations: maximumResidualEvaluations ?? limit),
        isInterrupted: isInterrupted)
    } catch let error as LeastSquaresError {
      throw CommandFailure.badData(
        "\(input.source): "
          + error.message(over: scalar.description, parameterNames: input.parameterNames) {
            "line \(input.line(ofRow: $0))"
          })
    }
    let report = SolveReport(
      fit, parameterNames: input.parameterNames, scalar: scalar,
      duration: startTime.duration(to: .now))
    return (fit, report)
  }

  /// Throws ``CommandFailure`` if a number became infinite in the scalar, or zero without being zero.
  private func requireRange<Scalar: LSQScalar>(
    of fit: CorrectlyRoundedFit<Scalar>, _ scalar: ScalarName
  ) throws {
    let names = input.parameterNames
    var numbers = names.indices.map {
      (names[$0], fit.parameters[$0], fit.confirmed.parameters[$0])
    }
    for j in names.indices {
      guard let error = fit.standardErrors[j], let text = fit.confirmed.standardErrors[j] else {
        continue
      }
      numbers.append(("the standard error of \(names[j])", error, text))
    }
    numbers.append(("the sum of squares", fit.sumOfSquares, fit.confirmed.sumOfSquares))
    for (name, value, text) in numbers {
      let isZero = !text.prefix { $0 != "e" }.contains { ("1"..."9").contains($0) }
      guard !value.isFinite || value.isZero && !isZero else { continue }
      throw CommandFailure.badData(
        "\(name) is \(text.rounded(significantDigits: 5)), which is beyond the range of \(scalar); "
          + "take a wider scalar.")
    }
  }

  /// The best point of a climb that was interrupted; nil if the climb ended for another reason, or has no point.
  func interruptedReport(_ error: any Error) -> SolveReport? {
    guard isInterrupted(), let end = error as? DigitsNotReached, !end.parameters.isEmpty
    else { return nil }
    return SolveReport(
      end, parameterNames: input.parameterNames, degreesOfFreedom: input.degreesOfFreedom)
  }

  /// A fit that is right to every bit of a scalar; where there is none, the plain fit, reported as not solved.
  func correctlyRoundedReport(over scalar: ScalarName) throws -> SolveReport {
    func run<Scalar: LSQScalar>(_ type: Scalar.Type) throws -> SolveReport {
      let startTime = ContinuousClock.now
      let cause: any Error
      do {
        let fit = try input.correctlyRoundedFit(
          as: type, ladder: PrecisionLadder.scalarType(bits:),
          maximumResidualEvaluations: maximumResidualEvaluations, isInterrupted: isInterrupted)
        try requireRange(of: fit, scalar)
        var report = SolveReport(
          fit, parameterNames: input.parameterNames, scalar: scalar,
          duration: startTime.duration(to: .now))
        report.accuracy = try? input.accuracy(
          of: fit, ladder: PrecisionLadder.scalarType(bits:), parameterNames: input.parameterNames)
        return report
      } catch let failure as CommandFailure {
        throw failure
      } catch let error as DigitsOutOfRange {
        throw CommandFailure.usage(
          "--correctly-rounded takes \(error.digits) digits for \(scalar), but a fit gives at most "
            + "\(DigitsSearch.maximumDigits); take a narrower scalar.")
      } catch {
        // If the data are at fault, the plain fit reports it.
        if let report = interruptedReport(error) { return report }
        cause = error
      }
      // The plain fit.
      var report = try scalar == .double ? report() : report(over: scalar)
      if report.isConverged {
        report.reason =
          report.undetermined.isEmpty
          ? report.reason.withoutRounding(to: scalar, cause, parameterNames: input.parameterNames)
          : report.reason.undetermined(report.undetermined)
      }
      report.isConverged = false
      return report
    }
    return try run(scalar.type)
  }
}
