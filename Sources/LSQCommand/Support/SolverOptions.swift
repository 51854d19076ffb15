public import ArgumentParser
public import CurveFitting

/// What the results look like.
enum OutputFormat: String, ExpressibleByArgument, CaseIterable, Sendable {
  case table, json, markdown
}

extension FitDerivatives: ExpressibleByArgument {}
extension FitTolerance: ExpressibleByArgument {}

/// The options that the subcommands which solve share.
struct SolverOptions: ParsableArguments {
  @Option(
    help: """
      Derivatives: exact (of the formula, to the last digit), forward or central differences.
      """)
  var jacobian = FitDerivatives.exact

  @Option(
    help: """
      When to stop: tight (all the digits that the scalar has) or minpack (√epsilon, as MINPACK and \
      SciPy).
      """)
  var tolerance = FitTolerance.tight
}
