/// One case in which a scalar type breaks a law, with all that is needed to reproduce it.
public struct LawViolation: Sendable, Hashable, CustomStringConvertible {
  /// The law.
  public let law: ScalarLaw
  /// The scalar type.
  public let scalar: String
  /// The operation on its operands, such as `0.1 + 0.2`.
  public let operation: String
  /// What the law demands.
  public let expected: String
  /// What the type returned.
  public let found: String
  /// The seed of ``ScalarLaws`` with which the case occurred.
  public let seed: UInt64

  /// One sentence.
  public var description: String {
    "\(scalar) breaks the law that \(law.rawValue): \(operation) is \(found)"
      + " instead of \(expected) (seed \(seed))."
  }
}
