public import CurveFitting
public import LSQScalars

/// The problem of a file with one of its starts, over any number type.
public struct StartedProblem: AnyPrecisionFit, Sendable {
  /// The file.
  public let file: StRDFile
  /// The number of the start, from 1.
  public let start: Int
  private let formulas: Result<(model: FormulaModel, response: FormulaModel), FormulaError>

  /// The problem of a file from start number `start`.
  ///
  /// - Precondition: the start is 1, the far one, or 2, the near one.
  public init(_ file: StRDFile, start: Int) {
    precondition((1...2).contains(start), "Starts are 1 and 2, not \(start)")
    self.file = file
    self.start = start
    formulas = Result(catching: file.formulas)
  }

  /// Model and data at a scalar's precision.
  public func problem<Scalar: LSQScalar>(over type: Scalar.Type) throws -> ModelProblem<Scalar> {
    try file.problem(over: type, formulas.get())
  }

  /// The start at a scalar's precision.
  public func start<Scalar: LSQScalar>(over type: Scalar.Type) throws -> [Scalar] {
    try file.start(start, as: type)
  }
}
