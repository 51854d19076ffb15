/// What made a fit end well where MINPACK's path from the start did not.
///
/// They are first tried in this order, from the same start unless stated otherwise.
public enum FitRemedy: String, Sendable, Hashable, Codable, CaseIterable {
  /// A start beside the one given, by a part in 128 of the parameter, where a derivative is NaN, as on a kink.
  case besideStart
  /// The solve went on from where its own limit of evaluations had ended it.
  case continuation
  /// A first region of the length of the start, or a hundredth of that, in place of a hundred times.
  case smallerRegion
  /// A small first region, and the parameters in units of their starts instead of the Jacobian's columns.
  case scalingByStart
  /// A start nearer to zero, a tenth or less of the one given, where parameters had no effect at the latter.
  case smallerStart
  /// Errors that the model throws at trial points were treated as infinite residuals, which reject a step.
  case rejectedErrors
  /// A solve in `Double`, from whose end the type of the fit, which is narrower, went on.
  case doublePrecision
  /// A start beside a saddle or maximum, along its negative curvature: beside one where the previous solve ended, or
  /// where it began with parameters that have no effect there, such as c in cos(c·x) at 0. Or a start along parameters
  /// without effect, where the derivatives taken do not show the curvature, such as a in a⁴·x at 0.
  case negativeCurvature
  /// The end of a solve with the parameters that have no effect there moved to where they have one: to plus or minus their
  /// size times a power of ten, or to the middle of a predictor's range.
  case movedEnd
  /// A start from where a solve left no residuals but drifting parameters, with one of these set to zero, if that
  /// leaves no residuals either.
  case zero

  /// Whether it begins at the start that was given.
  package var beginsAtStart: Bool {
    switch self {
    case .besideStart, .continuation, .smallerStart, .movedEnd, .negativeCurvature, .zero: false
    case .smallerRegion, .scalingByStart, .rejectedErrors, .doublePrecision: true
    }
  }

  /// A few words, for a table.
  public var phrase: String {
    switch self {
    case .besideStart: "a start beside the one given, where a derivative is NaN"
    case .continuation: "the solve went on from its limit"
    case .smallerRegion: "smaller first steps"
    case .scalingByStart: "smaller first steps in units of the start"
    case .smallerStart: "a start nearer to zero"
    case .rejectedErrors: "rejecting steps to where the model fails"
    case .doublePrecision: "Double led the way"
    case .negativeCurvature: "leaving a saddle or maximum"
    case .movedEnd: "parameters without effect moved to where they have one"
    case .zero: "a parameter set to zero"
    }
  }
}
