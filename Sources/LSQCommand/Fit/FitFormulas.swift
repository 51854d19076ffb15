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

  /// Reads the formulas and the start; the response is y where none is given, and no parameter is free without a start.
  ///
  /// - Throws: ``CommandFailure`` with the place of the first mistake.
  init(
    model: FormulaSource, response: FormulaSource?, start: String?, startOption: String = "--start",
    fixed: [ParameterValue]
  ) throws {
    modelSource = model
    self.model = try model.formula()
    responseSource = response ?? FormulaSource("y", option: "--response (y by default)")
    self.response = try responseSource.formula()
    self.start = try start.map { try ParameterValue.list($0, option: startOption) } ?? []
    (self.fixed, self.startOption) = (fixed, startOption)
  }

  /// Takes the formulas of an StRD file, and its start 1 or 2, without the parameters that are held, or a list of starts.
  ///
  /// - Throws: ``CommandFailure`` with the column of the first mistake, for a parameter that the file does not have, and
  ///   where every parameter is held.
  init(_ file: StRDFile, start: String, fixed: [ParameterValue]) throws {
    let starts = ["1": \StRDFile.Parameter.start1, "2": \.start2]
    if let idle = fixed.first(where: { !file.parameterNames.contains($0.name) }) {
      throw CommandFailure.usage(
        "\(file.name) has no parameter \(idle.name) for --fix to hold; its parameters are "
          + "\(file.parameterNames.joined(separator: ", ")).")
    }
    let held = Set(fixed.map(\.name))
    let free = file.parameters.filter { !held.contains($0.name) }
    guard !free.isEmpty else { throw CommandFailure.everythingFixed }
    guard starts[start] != nil || start.contains("=") else {
      throw CommandFailure.usage(
        "--start is “\(start)”: it must be 1, 2 or a list such as \"\(free[0].name)=1\".")
    }
    let list = starts[start].map { values in
      free.map { "\($0.name)=\($0[keyPath: values].text)" }.joined(separator: ",")
    }
    try self.init(
      model: FormulaSource(file.model, option: "The model of \(file.name)"),
      response: FormulaSource(file.response, option: "The response of \(file.name)"),
      start: list ?? start, fixed: fixed)
  }
}
