/// A formula compiled to operations on numbered registers.
///
/// The registers hold, in this order, parameters, predictors, constants and intermediate results. An
/// intermediate result is addressed by its depth on the stack of operands, so that few are needed and
/// operations can work in place.
@usableFromInline
struct Tape: Sendable {
  /// Sets register `target` from the registers `left` and `right`; functions of one argument ignore
  /// `right`.
  @usableFromInline
  struct Instruction: Sendable {
    @usableFromInline var operation: Operation
    @usableFromInline var target: Int
    @usableFromInline var left: Int
    /// The second operand's register; for ``Operation/integerPower`` the exponent, for ``Operation/root`` the
    /// degree.
    @usableFromInline var right: Int
  }

  @usableFromInline
  enum Operation: Hashable, Sendable {
    case add, subtract, multiply, divide, negate
    /// A real power with 0⁰ = 1, as formulas mean it.
    case power
    case integerPower
    case root
    case call(MathFunction)
  }

  /// A constant, read at the precision of the numbers that the formula is evaluated with.
  @usableFromInline
  enum Constant: Hashable, Sendable {
    case decimal(String, column: Int)
    case pi

    /// Whether it is a whole number.
    var isWhole: Bool {
      if case .decimal(let text, _) = self { DecimalText.isWhole(text.utf8) } else { false }
    }
  }

  @usableFromInline var instructions: [Instruction] = []
  @usableFromInline var parameterCount: Int
  @usableFromInline var predictorCount: Int
  @usableFromInline var constants: [Constant] = []
  @usableFromInline var registerCount = 0
  /// The register that holds the value of the formula in the end.
  @usableFromInline var result = 0
}
