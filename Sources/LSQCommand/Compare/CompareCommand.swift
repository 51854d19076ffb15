import ArgumentParser
import TestProblems

/// `lsq compare`: solves problems with certified answers in several scalar types.
struct CompareCommand: ConsoleCommand {
  /// Which of a problem's two starts to take.
  enum Start: String, ExpressibleByArgument, CaseIterable {
    case first = "1"
    case second = "2"
    case both

    var numbers: [Int] {
      switch self {
      case .first: [1]
      case .second: [2]
      case .both: [1, 2]
      }
    }
  }

  static let configuration = CommandConfiguration(
    commandName: "compare",
    abstract: "Solve NIST's nonlinear regression problems and count the correct digits.",
    discussion: """
      The digits are −log₁₀ of the relative error of the worst parameter against NIST's certified \
      values, at most the 11 digits that are certified. Data, starts and certified values are read \
      from decimal text at each scalar's own precision.

      Examples:
        lsq compare Misra1a
        lsq compare thurber bennett5 --start 1 --scalars double,mp256
        lsq compare all --scalars double --format json
        lsq compare data/MyProblem.dat --jacobian central
      """)

  @Argument(
    help: ArgumentHelp(
      "Names of NIST problems in any case, paths of StRD .dat files, or all.",
      valueName: "problem"))
  var problems: [String]

  @Option(help: "The start: 1 (far), 2 (near) or both.")
  var start = Start.both

  @Option(
    help: ArgumentHelp(
      """
      Scalar types, separated by commas: float, double, float80, or mpN for MPFR numbers of N bits, \
      24 to 65536, rounded up to an available width. (default: \(ScalarList.standard))
      """, valueName: "names"),
    transform: ScalarList.init)
  var scalars: ScalarList?

  @OptionGroup
  var solver: SolverOptions

  func run(on console: Console) throws -> Int32 {
    let scalars = try (self.scalars ?? ScalarList(ScalarList.standard)).names
    let problems = try problems.flatMap { try CertifiedProblem.named($0, on: console) }
    var isSolved = true
    for problem in problems {
      for start in start.numbers where !console.isInterrupted() {
        let areSolved = try compare(problem, from: start, over: scalars, on: console)
        isSolved = isSolved && areSolved
      }
    }
    return isSolved && !console.isInterrupted() ? ExitStatus.solved : ExitStatus.notSolved
  }

  /// Solves a problem in every scalar type, writes the results, and tells whether all are solved.
  private func compare(
    _ problem: CertifiedProblem, from start: Int, over scalars: [ScalarName], on console: Console
  ) throws -> Bool {
    var table = CompareTable(problem, start: start)
    var isSolved = true
    for scalar in scalars where !console.isInterrupted() {
      let report = problem.solve(
        from: start, over: scalar, solver, isInterrupted: console.isInterrupted)
      if !report.isConverged {
        isSolved = false
        console.report("\(problem.file.name), start \(start), \(scalar): \(report.reason.sentence)")
      }
      switch solver.format {
      case .json: try console.write(report.json + "\n")
      case .table: table.append(report)
      }
    }
    if solver.format == .table { try console.write(table.text) }
    return isSolved
  }
}
