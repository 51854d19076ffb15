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
/// - Definitions, each followed by a semicolon: `k = b1*exp(-b2/x); a*k/(1 + k)`. What comes last is the value. A name can
///   be used after its definition, and each definition is evaluated once.
///
/// Decimal numbers are kept as text and read at the precision in which the formula is evaluated.
///
/// A power whose exponent is a constant whole number, as in `x^2`, `x^(-2)` or `x^(3-1)`, is defined for every base.
/// Any other, as in `x^0.5`, `x^(1/3)` or `x^b`, is defined for x ≥ 0, and for x < 0 where the exponent happens to be
/// whole, but then without a slope along the exponent; elsewhere it is NaN. `min` and `max` have the slopes of the
/// argument that they pick, and none where both arguments are equal and their slopes are not; they are NaN where either
/// argument is; without parentheses `min` and `max` are names like any other. There is no product without an operator:
/// `2x` is an error.
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
  /// The names other than those of functions, definitions and `pi`, in order of appearance.
  public let names: [Name]
  /// The names that the formula defines, in their order.
  public let definitions: [Name]

  /// The column where `pi` first stands, from 1.
  package let piColumn: Int?

  private let steps: [PostfixStep]

  /// Reads a formula.
  ///
  /// - Throws: ``FormulaError`` with the column of the first mistake.
  /// - Complexity: O(length of the text).
  public init(parsing text: String) throws(FormulaError) {
    try self.init(text, linesSeparate: false)
  }

  /// Reads a formula of several lines, such as the text of a file.
  ///
  /// ```
  /// # Arrhenius' rate
  /// k = b1*exp(-b2/x)
  /// a*k/(1 + k)
  /// ```
  ///
  /// A `#` begins a comment, and the end of a line separates definitions, as a semicolon does. A line goes on in the
  /// next one within parentheses, and where an operator, a comma or an equals sign ends it or begins the next one.
  ///
  /// - Throws: ``FormulaError`` with the column of the first mistake, counted through all of the text;
  ///   ``FormulaError/position(in:)`` finds the line.
  /// - Complexity: O(length of the text).
  public init(parsingLines text: String) throws(FormulaError) {
    try self.init(text, linesSeparate: true)
  }

  private init(_ text: String, linesSeparate: Bool) throws(FormulaError) {
    var parser = try FormulaParser(text, linesSeparate: linesSeparate)
    try parser.parse()
    self.text = text
    steps = parser.steps
    (names, definitions) = (parser.names.others, parser.names.definitions)
    piColumn = parser.names.piColumn
  }

  /// The formula as a model, with its names bound.
  ///
  /// Not every parameter, predictor or constant need occur in the formula.
  ///
  /// ```swift
  /// let rate = try Formula(parsing: "b1*exp(-b2*x) + b3")
  ///   .bound(parameters: ["b1", "b2"], predictors: ["x"], constants: ["b3": "0.25"])
  /// ```
  ///
  /// - Parameters:
  ///   - parameters: the names of the parameters, in the order of `b`.
  ///   - predictors: the names of the predictors, in the order of `x`.
  ///   - constants: names that stand for decimal numbers, such as `["c": "-0.08"]`, as parameters do that are not to be
  ///     fitted. They are read at the precision in which the formula is evaluated, and a whole exponent among them
  ///     counts as such.
  /// - Throws: ``FormulaError`` for a name in the formula that is neither, with its column; for a
  ///   parameter, predictor or constant that is named like a function or `pi`, like another, or like a definition, with
  ///   its column; for a constant that is not a decimal number.
  /// - Complexity: O(length of the text).
  public func bound(
    parameters: [String], predictors: [String], constants: [String: String] = [:]
  ) throws(FormulaError) -> FormulaModel {
    let outer = Set(parameters + predictors + constants.keys)
    if let name = definitions.first(where: { outer.contains($0.text) }) {
      throw FormulaError(.definedName, column: name.column, token: name.text)
    }
    var compiler = try TapeCompiler(
      parameters: parameters, predictors: predictors, constants: constants)
    let tape = try compiler.compile(steps)
    return FormulaModel(
      formula: self, parameters: parameters, predictors: predictors, constants: constants,
      tape: tape)
  }
}

extension Formula: CustomStringConvertible {
  public var description: String { text }
}
