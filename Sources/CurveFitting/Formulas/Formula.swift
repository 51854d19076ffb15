/// A formula such as `b1*(1 - exp(-b2*x))`, read from text.
///
/// - Operators: `+ - * /`, and `^` or `**` for powers. Powers group from the right and bind tighter than
///   signs: `-x^2` is −(x²), `2^-1` is ½.
/// - Parentheses: `( )` and `[ ]`.
/// - Functions: `exp log log10 log2 sqrt cbrt sin cos tan asin acos atan sinh cosh tanh asinh acosh atanh abs`;
///   `expm1(x)`, which is exp(x) − 1, and `log1p(x)`, which is log(1 + x), with all digits where x is small; `erf`, and
///   `erfc(x)`, which is 1 − erf(x), with all digits where x is large; `atan2(y, x)`, `pow(x, y)`, `min(x, y)`,
///   `max(x, y)`; and the spellings `ln arcsin arccos arctan arcsinh arccosh arctanh`.
/// - The constant `pi`, and decimal numbers such as `2`, `.5`, `3.` and `1.5e-3`.
///
/// Decimal numbers are kept as text and read at the precision in which the formula is evaluated.
///
/// A power whose exponent is a constant whole number, as in `x^2`, `x^(-2)` or `x^(3-1)`, is defined for every base.
/// Any other, as in `x^0.5`, `x^(1/3)` or `x^b`, is defined for x ≥ 0, and for x < 0 where the exponent happens to be
/// whole, but then without a slope along the exponent; elsewhere it is NaN. `min` and `max` have the slopes of the
/// argument that they pick, and none where both arguments are equal and their slopes are not; they are NaN where either
/// argument is. There is no product without an operator: `2x` is an error.
public struct Formula: Sendable {
  /// A name in a formula, and where it first appears.
  public struct Name: Hashable, Sendable {
    /// The name.
    public var text: String
    /// The column, from 1.
    public var column: Int
  }

  /// The text of the formula.
  public let text: String
  /// The names other than those of functions and `pi`, in order of appearance.
  public let names: [Name]

  private let steps: [PostfixStep]

  /// Reads a formula.
  ///
  /// - Throws: ``FormulaError`` with the column of the first mistake.
  /// - Complexity: O(length of the text).
  public init(parsing text: String) throws(FormulaError) {
    var parser = try FormulaParser(text)
    try parser.parse()
    self.text = text
    steps = parser.steps
    var seen: Set<String> = []
    names = steps.compactMap {
      guard case .name(let name, let column) = $0, seen.insert(name).inserted else { return nil }
      return Name(text: name, column: column)
    }
  }

  /// The formula as a model, with its names bound.
  ///
  /// Not every parameter or predictor need occur in the formula.
  ///
  /// - Parameters:
  ///   - parameters: the names of the parameters, in the order of `b`.
  ///   - predictors: the names of the predictors, in the order of `x`.
  /// - Throws: ``FormulaError`` for a name in the formula that is neither, with its column; for a
  ///   parameter or predictor that is named like a function or `pi`, or like another.
  public func bound(
    parameters: [String], predictors: [String]
  ) throws(FormulaError) -> FormulaModel {
    var compiler = try TapeCompiler(parameters: parameters, predictors: predictors)
    let tape = try compiler.compile(steps)
    return FormulaModel(
      formula: self, parameters: parameters, predictors: predictors, tape: tape)
  }
}

extension Formula: CustomStringConvertible {
  public var description: String { text }
}
