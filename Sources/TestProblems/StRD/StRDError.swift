public import CurveFitting

/// Why a text is not a usable StRD file for nonlinear regression.
public enum StRDError: Error, Hashable, Sendable, CustomStringConvertible {
  /// Nothing in the text says that it is a StRD file.
  case notStRD
  /// A part of the file is missing. The line is the one after which it was expected.
  case missingSection(String, afterLine: Int)
  /// A parameter does not have two starts, a certified value and a standard deviation, or two starts alone where
  /// nothing is certified.
  case parameterRow(name: String, found: Int, at: TextPosition)
  /// The model is not a formula with a left-hand side, an equals sign and a right-hand side.
  case malformedModel(String, at: TextPosition)
  /// There are more or fewer rows of data than the file says. The line is that before the first.
  case observationCount(printed: Int, found: Int, afterLine: Int)
  /// A number or a row of data is malformed.
  case data(DataTableError)

  public var description: String { message.visible }

  private var message: String {
    switch self {
    case .notStRD:
      "This is not a StRD file: its heading does not say “NIST/ITL StRD”; give a NIST .dat file."
    case .missingSection(let section, let line):
      "The file has no \(section) after line \(line); compare it with a NIST .dat file."
    case .parameterRow(let name, let found, let position):
      """
      Parameter \(name) at \(position) has \(found.counting("value")); give every parameter two starts, the \
      certified value and its standard deviation, or every one two starts alone.
      """
    case .malformedModel(let text, let position):
      "“\(text)” at \(position) is not a model; write it like y = b1*exp(-b2*x) + e."
    case .observationCount(let printed, let found, let line):
      """
      \(found) rows of data follow line \(line), but the file says that there are \(printed) \
      observations; compare it with a NIST .dat file.
      """
    case .data(let error):
      error.description
    }
  }

  /// The place of the error, if it has one.
  public var position: TextPosition? {
    switch self {
    case .notStRD: TextPosition(line: 1, column: 1)
    case .missingSection(_, let line), .observationCount(_, _, let line):
      TextPosition(line: line, column: 1)
    case .parameterRow(_, _, let position), .malformedModel(_, let position): position
    case .data(let error): error.position
    }
  }
}
