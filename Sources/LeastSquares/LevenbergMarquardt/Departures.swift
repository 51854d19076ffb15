/// Departures from MINPACK that would change a recorded run, and that therefore have to be asked
/// for.
///
/// Without them a run has MINPACK's bits throughout. The other departures, which no recorded run can
/// show, are always on; `Documentation/Deviations.md` numbers and explains them all.
public struct Departures: OptionSet, Sendable, Hashable {
  /// The bits of the set.
  public let rawValue: Int

  /// A set of departures.
  public init(rawValue: Int) { self.rawValue = rawValue }

  /// The limit of residual evaluations is never exceeded (D-005). MINPACK checks it only after a trial
  /// step, so that it makes at least one, and a Jacobian by differences may exceed it by n.
  public static let strictEvaluationLimit = Self(rawValue: 1 << 0)

  /// A stop within differences leaves the parameters at the best point and counts the calls made
  /// (D-006). MINPACK leaves one parameter displaced by the step of its difference, and counts all n
  /// calls.
  public static let restoredParameters = Self(rawValue: 1 << 1)

  /// All of them.
  public static let all: Self = [.strictEvaluationLimit, .restoredParameters]
}
