import ArgumentParser
import CurveFitting
import TestProblems

/// The options shared by the subcommands that fit a user's formula to data.
struct FormulaOptions: ParsableArguments {
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "The formula of the model, such as \"b1*(1-exp(-b2*x))\".", valueName: "expression"))
  var model: String?

  @Option(
    help: ArgumentHelp(
      "A file with the formula of the model, in as many lines as it takes; - is standard input.",
      valueName: "file"))
  var modelFile: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "What the model is to match: a column, or a formula in columns. (default: y)",
      valueName: "expression"))
  var response: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "The standard deviations of the response: a column, or a formula in columns such as \"0.01*y+0.5\".",
      valueName: "expression"))
  var sigma: String?

  @Flag(
    help: "Treat sigma as relative: standard errors are scaled by the residual standard deviation.")
  var relativeSigma = false

  @Option(
    help: ArgumentHelp(
      "Names of the columns, separated by commas, for data without a header line.",
      valueName: "names"))
  var columns: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      """
      Parameters to hold, also those of a NIST problem, and the decimal values at which they are held, such \
      as "b2=0.08". They need no start, have no standard error and are not counted as parameters.
      """, valueName: "list"))
  var fix: String?

  func validate() throws {
    if model != nil, modelFile != nil {
      throw ValidationError("--model and --model-file both give the model: drop one.")
    }
    if modelFile == "" {
      throw ValidationError(
        "--model-file is empty: give the path of a file, or - for standard input.")
    }
    if relativeSigma, sigma == nil, hasModel {
      throw ValidationError("--relative-sigma says how --sigma is meant; give both, or drop it.")
    }
  }

  /// Throws `ValidationError` unless a model comes with starts or fixed parameters and with data from elsewhere, and
  /// other options of a formula come with a model.
  func validate(_ data: String, start: String?, startOption: String) throws {
    guard let option = model.map({ _ in "--model" }) ?? modelFile.map({ _ in "--model-file" })
    else {
      let options = [
        ("--response", response != nil), ("--sigma", sigma != nil),
        ("--relative-sigma", relativeSigma), ("--columns", columns != nil),
      ]
      guard let (name, _) = options.first(where: \.1) else { return }
      throw ValidationError(
        "\(name) belongs to a formula: give --model and \(startOption) too, or drop it.")
    }
    if modelFile == "-", data == "-" {
      throw ValidationError(
        "The model and the data cannot both come from standard input; give one of them as a file.")
    }
    // Whether what is fixed leaves a parameter shows beside the columns of the data.
    if start == nil, fix == nil {
      throw ValidationError(
        "\(option) needs a \(startOption) for its parameters, such as \"a=1,b=0.1\".")
    }
  }

  /// Whether there is a formula.
  var hasModel: Bool { model != nil || modelFile != nil }

  /// What to call the problem: its formula, or the file of that without its folders.
  var name: String {
    let file = modelFile.map(Console.name(ofFile:))?.split(separator: "/").last.map(String.init)
    return model ?? file ?? ""
  }

  /// The parameters that are held.
  ///
  /// - Throws: ``CommandFailure`` with the column of the first mistake.
  func fixed() throws -> [ParameterValue] {
    try fix.map { try ParameterValue.list($0, as: .fixed, option: "--fix") } ?? []
  }

  /// The formula on the data in a file; nil without a model.
  ///
  /// - Throws: ``CommandFailure`` with the place of the first mistake.
  func input(
    _ path: String, start: String?, startOption: String, on console: Console
  ) throws -> FitInput? {
    let source =
      try model.map { FormulaSource($0, option: "--model") }
      ?? modelFile.map { try FormulaSource(file: $0, on: console) }
    guard let source else { return nil }
    if (try? NISTProblem.text(of: path)) != nil, !Console.fileExists(path) {
      throw CommandFailure.usage(
        "\(path) is a problem of NIST's, which brings its model; with a formula, give a file with data."
      )
    }
    let formulas = try FitFormulas(
      model: source, response: response.map { FormulaSource($0, option: "--response") },
      start: start, startOption: startOption, fixed: fixed())
    return try FitInput(
      formulas, inFile: path, columns: columns, sigma: sigma, isSigmaAbsolute: !relativeSigma,
      on: console)
  }
}
