import LSQScalars
import LeastSquares

extension FitSearch {
  /// Where a solve to a few digits and Newton steps to the last ones end, in a type wider than the hardware's.
  ///
  /// Levenberg–Marquardt and Gauss–Newton steps converge linearly where residuals remain, so that their number grows with the
  /// digits; that of Newton steps grows with the logarithm.
  ///
  /// - Returns: nil where the options ask for other derivatives, tolerances or digits, or the solve throws and another may begin.
  ///   ``FitEnd/isProven`` says whether it is an end.
  /// - Throws: `CancellationError` of the model's; what the solve throws where no other may begin.
  mutating func endByNewtonAlone(from start: [Scalar]) throws -> FitEnd<Scalar>? {
    guard RecordedModel<Scalar>.isWide, options.derivatives == .exact, options.tolerance == .tight,
      options.tolerances == nil
    else { return nil }
    // MINPACK's tolerance for Double, about: half as many digits of the parameters are near enough.
    let tolerance = Scalar(sign: .plus, exponent: -48, significand: 1)
    var own = options
    own.takesClosingSteps = false
    own.tolerances = Tolerances(reduction: tolerance, step: tolerance)
    let limit = options.derivatives.searchLimit(parameterCount: problem.parameterCount)
    own.maximumResidualEvaluations = min(options.maximumResidualEvaluations ?? limit, limit)
    do {
      return try FitEnd(of: problem, attempt(start, own, &tally), own, &tally, withNewton: true)
    } catch  where !error.isCancellation && mayGoOn {
      return nil
    }
  }
}

extension FitEnd {
  /// Whether Newton steps along all parameters contracted to rounding, near the point where they began, to which the
  /// solve led: a solve that ended early, on a slow path, does not show to which minimum they may go.
  var isProven: Bool {
    guard newton?.isAtMinimum == true, look.errors?.isStepRounding == true,
      !attempt.isPlateau
    else { return false }
    let solution = attempt.solution
    let norm = EuclideanNorm<Scalar>()
    let size = zip(solution.scaling, parameters).map { $0 * $1 }
    let way = zip(size, zip(solution.scaling, solution.parameters)).map { $0 - $1.0 * $1.1 }
    return Scalar(1024) * norm(way.span) <= norm(size.span)
  }
}
