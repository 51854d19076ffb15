/// More digits, or fewer, than a fit can be asked for.
public struct DigitsOutOfRange: Error, Sendable, Hashable, CustomStringConvertible {
  /// What may be asked for.
  public static let range = 1...10_000

  /// What was asked for.
  public let digits: Int

  /// So many digits.
  public init(digits: Int) { self.digits = digits }

  public var description: String {
    "A fit to \(digits) digits is not possible: ask for \(Self.range.lowerBound) to "
      + "\(Self.range.upperBound)."
  }
}
