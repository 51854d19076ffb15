/// Digits that a climb could not confirm, why, and the best point that it found.
public struct DigitsNotReached: Error, Sendable, Hashable, CustomStringConvertible {
  /// What stood in the way.
  public enum Cause: Sendable, Hashable {
    /// The fit that was to determine which minimum is found did not reach one.
    case notSolved(StopReason)
    /// The data leave these parameters, counted from zero, open in every type, or the minimum is not isolated.
    case undetermined([Int])
    /// Newton steps from the end of that fit do not contract: it may be no minimum, or precision alone does not show one.
    case noContraction
    /// The ladder has no type as wide as a step needs, and none wider than this.
    case ladderEnds(bits: Int, needed: Int)
    /// To this many digits, a number lies midway between two values of the type, so that its rounding is open.
    case roundingOpen(digits: Int)
    /// The caller interrupted the climb.
    case interrupted
  }

  /// What was asked for.
  public let digits: Int
  /// What stood in the way.
  public let cause: Cause
  /// The best parameters of those that were evaluated, as decimals; empty where there are none.
  public let parameters: [String]
  /// The sum of squares there, as a decimal; nil where there is no such point.
  public let sumOfSquares: String?
  /// The digits that each of them has, apart from zeros, as far as the climb could tell, or 0. They are not confirmed.
  public let digitsReached: Int
  /// The width of the arithmetic in which they were evaluated.
  public let bits: Int
  /// What was done.
  public let work: [ClimbStage]

  public var description: String { description(naming: nil) }

  /// The same with the names of the parameters; b1, b2, … without.
  public func description(naming names: [String]?) -> String {
    let reason =
      switch cause {
      case .notSolved(let reason): reason.sentence
      case .undetermined(let open):
        open.isEmpty
          ? "As far as this precision shows, the minimum is not isolated; fix a parameter."
          : "The data leave \(open.listed(from: names)) open in every type; fix one of them."
      case .noContraction:
        "Newton steps on the gradient do not contract; start nearer, or solve in one wide type and examine the result."
      case .ladderEnds(let bits, let needed):
        "The ladder ends at \(bits) bits, but \(needed) are needed; give it a wider type."
      case .roundingOpen(let digits):
        "To \(digits) digits, a number lies midway between two neighbouring values of the type; "
          + "take the confirmed digits instead."
      case .interrupted: "The climb was interrupted."
      }
    return "\(digits.counting("digit")) could not be confirmed. \(reason)"
  }
}
