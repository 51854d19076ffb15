import ArgumentParser
import TestProblems

/// `lsq trace`: the steps of one run, or of two side by side.
struct TraceCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "trace",
    abstract: "Show the steps of a run, or of two runs side by side.",
    discussion: """
      One line per step: ‖f‖ at the best point, the actual and the predicted reduction of the sum of \
      squares, their ratio, the radius Δ of the trust region, the damping parameter λ, the length of \
      the step, the largest cosine between the residuals and a column of the Jacobian, and the \
      evaluations so far. A rejected step has a minus sign after its number, a closing step a plus \
      sign; the last closing step, which is not taken, has no line.

      With --against, the same problem is run in two scalars. Each trial step shows the digits on \
      which their parameters agree, and a mark shows where the paths part, by the rule of compare: one \
      run accepts what the other rejects, or a parameter differs by more than 16 times what rounding \
      in the narrower type can do to it there. Closing steps come last.

      Examples:
        lsq trace Thurber --scalar double
        lsq trace mgh10 --start 1 --scalar float --against double
        lsq trace Rat43 --scalar double --against mp53
      """)

  @Argument(
    help: ArgumentHelp(
      "The name of a NIST problem in any case, or the path of an StRD .dat file.",
      valueName: "problem"))
  var problem: String

  @Option(help: ArgumentHelp("The start: 1 (far) or 2 (near).", valueName: "1|2"))
  var start = 2

  @Option(
    help: ArgumentHelp("The scalar type. (default: double)", valueName: "name"),
    transform: ScalarName.init)
  var scalar: ScalarName?

  @Option(
    help: ArgumentHelp("Another scalar type to run beside the first.", valueName: "name"),
    transform: ScalarName.init)
  var against: ScalarName?

  @OptionGroup
  var solver: SolverOptions

  func validate() throws {
    guard start == 1 || start == 2 else {
      throw ValidationError("--start is \(start): it must be 1 or 2.")
    }
  }

  func run(on console: Console) throws -> Int32 {
    let problem = try StRDProblem.alone(problem, on: console)
    let path = try record(problem, over: scalar ?? .double, console)
    guard let against else {
      try console.show(TraceTable(path, title: title(problem)).text)
      return path.isSolved ? ExitStatus.solved : ExitStatus.notSolved
    }
    let other = try record(problem, over: against, console)
    let table = PathComparisonTable(
      path, other, of: StartedProblem(problem.file, start: start), title: title(problem))
    try console.show(table.text)
    let isSolved = path.isSolved && other.isSolved
    return isSolved ? ExitStatus.solved : ExitStatus.notSolved
  }

  private func title(_ problem: StRDProblem) -> String {
    "\(problem.file.name), start \(start)"
  }

  private func record(
    _ problem: StRDProblem, over scalar: ScalarName, _ console: Console
  ) throws -> RecordedPath {
    do {
      return try RecordedPath.record(
        problem, from: start, over: scalar.type, named: scalar, solver,
        isInterrupted: console.isInterrupted)
    } catch {
      throw try PosedProblem(problem, fixed: []).failure(
        error, over: scalar.description, from: start)
    }
  }
}
