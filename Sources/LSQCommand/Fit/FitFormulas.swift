import ArgumentParser
import CurveFitting
import TestProblems

/// What the arguments of `fit` say before any data are read.
struct FitFormulas {
  let model: Formula
  let modelSource: FormulaSource
  let response: Formula
  let responseSource: FormulaSource
  let start: [ParameterValue]
  /// The parameters that are held.
  let fixed: [ParameterValue]
  /// The name of the option that gives the start.
  let startOption: String

  /// Reads the formulas and the start.
  ///
  /// - Throws: ``CommandFailure`` with the place of the first mistake.
  init(
    model: FormulaSource, response: String, start: String, startOption: String = "--start",
    fixed: String? = nil
  ) throws {
    modelSource = model
    self.model = try model.formula()
    responseSource = FormulaSource(response, option: "--response")
    self.response = try responseSource.formula()
    self.start = try ParameterValue.list(start, option: startOption)
    self.fixed = try fixed.map { try ParameterValue.list($0, as: .fixed, option: "--fix") } ?? []
    self.startOption = startOption
  }

  /// Takes the formulas of an StRD file, and its start 1 or 2, without the parameters that are held, or a list of starts.
  ///
  /// - Throws: ``CommandFailure`` with the column of the first mistake, or where every parameter is held.
  init(_ file: StRDFile, start: String, fixed: String?) throws {
    let starts = ["1": \StRDFile.Parameter.start1, "2": \.start2]
    let held = try fixed.map { try ParameterValue.list($0, as: .fixed, option: "--fix") } ?? []
    let free = file.parameters.filter { parameter in
      !held.contains { $0.name == parameter.name }
    }
    guard !free.isEmpty else {
      throw CommandFailure.usage("--fix holds every parameter; leave at least one to be fitted.")
    }
    let list = starts[start].map { values in
      free.map { "\($0.name)=\($0[keyPath: values].text)" }.joined(separator: ",")
    }
    try self.init(
      model: FormulaSource(file.model, option: "--model"), response: file.response,
      start: list ?? start, fixed: fixed)
  }

  /// - Throws: `ValidationError` if an option that belongs to a formula is given without a model.
  static func requireModel(
    _ model: String?, _ missing: String, for options: KeyValuePairs<String, String?>
  ) throws {
    if model == nil, let (name, _) = options.first(where: { $0.value != nil }) {
      throw ValidationError("\(name) belongs to a formula: give \(missing) too, or drop it.")
    }
  }
}
