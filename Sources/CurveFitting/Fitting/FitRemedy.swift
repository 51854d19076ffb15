/// What made a fit end well that MINPACK's way from the start did not.
///
/// They are tried in this order, from the same start where nothing else is said.
public enum FitRemedy: String, Sendable, Hashable, Codable, CaseIterable {
  /// A start beside the one given, where a derivative is NaN, as on a kink: by a part in 128 of the parameter.
  case besideStart
  /// A first region of the length of the start, or a hundredth of that, in place of a hundred times.
  case smallerRegion
  /// The solve went on from where its own limit of evaluations had ended it.
  case continuation
  /// A small first region, and the parameters in units of their starts instead of the Jacobian's columns.
  case scalingByStart
  /// A start nearer to zero, a tenth or less of the one given, where parameters had no effect at that.
  case smallerStart
  /// The end of a solve with the parameters that have no effect there, or that are not told apart, multiplied by a power of ten
  /// with which they have one.
  case movedEnd
  /// Errors that the model throws at trial points were taken for infinite residuals, which reject a step.
  case rejectedErrors
  /// A solve in `Double`, from whose end the type of the fit, which is narrower, went on.
  case doublePrecision
  /// A start from beside a saddle or maximum along its negative curvature: where the solve before ended, or where it began
  /// with parameters that have no effect there, such as c in cos(c·x) at 0; or from beside one along parameters without
  /// effect, where no derivative that is taken knows of the curvature, as of a in a⁴·x at 0.
  case negativeCurvature
  /// A start from where a solve left no residuals and parameters that drift, with one of those at zero that leaves none there
  /// either.
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
    case .smallerRegion: "smaller first steps"
    case .continuation: "the solve went on from its limit"
    case .scalingByStart: "smaller first steps in units of the start"
    case .smallerStart: "a start nearer to zero"
    case .movedEnd: "parameters without effect were moved to where they have one"
    case .rejectedErrors: "steps to where the model fails were rejected"
    case .doublePrecision: "Double led the way"
    case .negativeCurvature: "a saddle or maximum was left"
    case .zero: "a parameter was taken for zero"
    }
  }
}
