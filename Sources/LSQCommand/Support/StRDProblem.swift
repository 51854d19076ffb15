import CurveFitting
import LSQScalars
import TestProblems

/// A problem of NIST's, or in the form of NIST's, ready to be solved in any scalar type.
struct StRDProblem {
  let file: StRDFile

  /// The digits that NIST certifies.
  static let certifiedDigits = 11.0

  /// The problems that an argument names: one, by its name or the path of its file, or all.
  ///
  /// - Parameter startOption: the option beside --model by which the argument could name a file with data; nil where it
  ///   could not.
  /// - Throws: ``CommandFailure`` for an unknown name, or a file that does not hold a problem.
  static func named(
    _ argument: String, orFormulaBy startOption: String? = nil, on console: Console
  ) throws -> [Self] {
    if argument.lowercased() == "all" {
      return try NISTProblem.names.map { try Self(NISTProblem.named($0), source: $0) }
    }
    return [try read(argument, orFormulaBy: startOption, on: console)]
  }

  /// The one problem that an argument names.
  ///
  /// - Throws: ``CommandFailure`` for `all`, an unknown name, or a file that does not hold a problem.
  static func alone(
    _ argument: String, orFormulaBy startOption: String? = nil, on console: Console
  ) throws -> Self {
    let problems = try named(argument, orFormulaBy: startOption, on: console)
    guard problems.count == 1 else {
      throw CommandFailure.usage("Name one problem, not all of them.")
    }
    return problems[0]
  }

  private static func read(
    _ argument: String, orFormulaBy startOption: String?, on console: Console
  ) throws -> Self {
    do {
      if !argument.looksLikePath { return try Self(NISTProblem.named(argument), source: argument) }
    } catch let error as UnknownNISTProblem {
      guard Console.fileExists(argument) else {
        throw CommandFailure.usage(error.description)
      }
    }
    let source = Console.name(ofFile: argument)
    do {
      return try Self(StRDFile(console.text(ofFile: argument)), source: source)
    } catch let error as StRDError {
      guard error == .notStRD, let startOption, !argument.isNamedAsStRD else {
        throw CommandFailure.badData("\(source): \(error)")
      }
      throw CommandFailure.usage(
        "\(source): \(error) To fit a formula to data, give --model and \(startOption).")
    }
  }

  private init(_ file: StRDFile, source: String) throws {
    self.file = file
    do throws(FormulaError) {
      _ = try file.formulas()
    } catch {
      throw CommandFailure.badData("\(source): The model \(file.model) is not a formula: \(error)")
    }
  }

  /// The problem with its data read at a scalar's precision.
  func problem<Scalar: LSQScalar>(over type: Scalar.Type) throws -> ModelProblem<Scalar> {
    try file.problem(over: type)
  }

  /// How messages name a row; rows count from zero.
  static func place(ofRow row: Int) -> String { "row \(row + 1) of the data" }

  /// What NIST certifies; nil where the file has no certified values.
  var certified: PrecisionComparison.Certified? {
    guard file.isCertified else { return nil }
    return .init(
      values: file.parameters.compactMap(\.certifiedValue?.text), digits: Self.certifiedDigits)
  }
}

extension String {
  /// Whether an argument can only be the path of a file: the names of problems have no points.
  fileprivate var looksLikePath: Bool {
    isEmpty || contains { "./\\".contains($0) } || self == "-"
  }

  /// Whether it is the path of a file that should hold a problem.
  fileprivate var isNamedAsStRD: Bool { lowercased().hasSuffix(".dat") }
}
