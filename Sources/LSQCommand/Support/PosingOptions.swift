import ArgumentParser
import CurveFitting

/// The options of the subcommands that take problems by name, or a user's formula with --from for its starts.
struct PosingOptions: ParsableArguments {
  @OptionGroup
  var formula: FormulaOptions

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("With a formula: the parameters and their starts.", valueName: "list"))
  var from: String?

  /// Throws `ValidationError` unless a formula comes with starts, and other options of a formula come with a formula.
  func validate(_ problems: [String]) throws {
    try formula.validate(problems.first ?? "", start: from, startOption: "--from")
    if from != nil, !formula.hasModel {
      throw ValidationError("--from belongs to a formula: give --model too, or drop it.")
    }
  }

  /// The user's formula on the data in a file; nil without a formula.
  ///
  /// - Throws: ``CommandFailure`` with the place of the first mistake, and for more than one file.
  func formula(in problems: [String], on console: Console) throws -> PosedProblem? {
    guard formula.hasModel, let path = problems.first else { return nil }
    // Not while arguments are parsed: values of unknown options are among them until these are refused.
    guard problems.count == 1 else {
      throw CommandFailure.usage(
        "With a formula, name one file with data, not \(problems.count).")
    }
    return try formula.input(path, start: from, startOption: "--from", on: console).map {
      PosedProblem($0, name: formula.name)
    }
  }
}
