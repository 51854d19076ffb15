public import ArgumentParser
public import CurveFitting

/// The format of the results.
enum OutputFormat: String, ExpressibleByArgument, CaseIterable, Sendable {
  case table, json, markdown
}

extension FitDerivatives: ExpressibleByArgument {}
extension FitTolerance: ExpressibleByArgument {}

/// The options shared by the subcommands that solve problems.
struct SolverOptions: ParsableArguments {
  @Option(
    help: """
      Derivatives: exact (of the formula, to the last digit), forward or central differences.
      """)
  var jacobian = FitDerivatives.exact

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      """
      When to stop: tight (all the digits that the scalar has) or minpack (√epsilon, as in MINPACK \
      and SciPy).
      """, valueName: "tight|minpack"),
    transform: Self.tolerance)
  var tolerance = FitTolerance.tight

  /// Reads `tight` or `minpack`.
  ///
  /// - Throws: ``CommandFailure`` for anything else.
  private static func tolerance(_ text: String) throws -> FitTolerance {
    if let tolerance = FitTolerance(rawValue: text) { return tolerance }
    let fault = (Double(text) ?? 0) < 0 ? "it must not be negative; give" : "give"
    throw CommandFailure.usage("--tolerance is “\(text)”: \(fault) tight or minpack.")
  }
}
