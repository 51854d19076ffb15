import ArgumentParser
import CurveFitting

/// The options that both subcommands share.
struct SolverOptions: ParsableArguments {
  /// Where the derivatives come from.
  enum Jacobian: String, ExpressibleByArgument, CaseIterable, Sendable {
    case exact, forward, central
  }

  /// When a fit is good enough.
  enum Tolerance: String, ExpressibleByArgument, CaseIterable, Sendable {
    case tight, minpack
  }

  /// What the results look like.
  enum Format: String, ExpressibleByArgument, CaseIterable, Sendable {
    case table, json
  }

  @Option(
    help: """
      Derivatives: exact (of the formula, to the last digit), forward or central differences.
      """)
  var jacobian = Jacobian.exact

  @Option(
    help: """
      When to stop: tight (all the digits that the scalar has) or minpack (√epsilon, as MINPACK and \
      SciPy).
      """)
  var tolerance = Tolerance.tight

  @Option(help: "The output: table, or json (one line per result).")
  var format = Format.table

  /// The options for the library.
  func fitOptions<Scalar: LSQScalar>(
    over _: Scalar.Type, maximumResidualEvaluations: Int? = nil,
    isInterrupted: @escaping () -> Bool
  ) -> FitOptions<Scalar> {
    let derivatives: FitOptions<Scalar>.Derivatives =
      switch jacobian {
      case .exact: .exact
      case .forward: .forward
      case .central: .central
      }
    return FitOptions(
      derivatives: derivatives, tolerance: tolerance == .tight ? .tight : .minpack,
      maximumResidualEvaluations: maximumResidualEvaluations,
      monitor: { _ in isInterrupted() ? .stop : .proceed })
  }
}
