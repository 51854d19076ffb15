/// What made a fit end well that MINPACK's way from the start did not.
///
/// They are tried in this order, always from the same start.
public enum FitRemedy: String, Sendable, Hashable, Codable, CaseIterable {
  /// A first region of the length of the start, or a hundredth of that, in place of a hundred times.
  case smallerRegion
  /// A small first region, and the parameters in units of their starts instead of the Jacobian's columns.
  case scalingByStart
  /// Errors that the model throws at trial points were taken for infinite residuals, which reject a step.
  case rejectedErrors
  /// A solve in `Double`, from whose end the type of the fit, which is narrower, went on.
  case doublePrecision

  /// A few words, for a table.
  public var phrase: String {
    switch self {
    case .smallerRegion: "smaller first steps"
    case .scalingByStart: "smaller first steps in units of the start"
    case .rejectedErrors: "steps to where the model fails were rejected"
    case .doublePrecision: "Double led the way"
    }
  }
}
