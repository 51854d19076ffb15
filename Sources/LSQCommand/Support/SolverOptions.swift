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
    help: """
      When to stop: tight (all the digits that the scalar has) or minpack (√epsilon, as in MINPACK \
      and SciPy).
      """)
  var tolerance = FitTolerance.tight
}
