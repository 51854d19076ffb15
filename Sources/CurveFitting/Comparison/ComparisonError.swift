/// Counts of a comparison that do not fit together.
public enum ComparisonError: Error, Hashable, Sendable {
  /// There is not one name per parameter.
  case parameterNameCount(Int, parameters: Int)
  /// There is not one certified value per parameter.
  case certifiedCount(Int, parameters: Int)
}

extension ComparisonError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .parameterNameCount(let count, let parameters):
      "There are \(count) names for \(parameters) parameters: give one per parameter."
    case .certifiedCount(let count, let parameters):
      "There are \(count) certified values for \(parameters) parameters: give one per parameter, or none."
    }
  }
}
