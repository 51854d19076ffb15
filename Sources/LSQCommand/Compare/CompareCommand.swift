import ArgumentParser
import CurveFitting
import MultiPrecision

/// `lsq compare`: solves problems in several kinds of arithmetic.
struct CompareCommand: ConsoleCommand {
  /// Which of a problem's two starts to take.
  enum Start: String {
    case first = "1"
    case second = "2"
    case both

    init(argument: String) throws {
      guard let start = Self(rawValue: argument) else {
        throw ValidationError(
          "give 1, 2 or both; with --model, --from gives the parameters and their starts.")
      }
      self = start
    }

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
    abstract: "Solve problems in several kinds of arithmetic, and compare digits, paths and cost.",
    discussion: """
      digits: −log₁₀ of the relative error of the worst parameter against NIST's certified values, \
      at most the 11 digits that are certified. agree: the same against the widest run that \
      converged, over the parameters that the data determine there, or all. parts: the first trial \
      step (the start is step 0) at which the run leaves the path of the widest one: only one of them \
      accepts the step, or a parameter differs by more than 16 times what rounding can do to it there. \
      Data, starts and certified values are read from decimal text at each scalar's own precision.

      Examples:
        lsq compare Misra1a
        lsq compare thurber bennett5 --start 1 --scalars double,mp256
        lsq compare all --scalars double --format json
        lsq compare MGH09 --scalars float,double --digits 50 --format markdown
        lsq compare rosenbrock p11-n9-m31-x1 --scalars float,double,mp128
        lsq compare data.csv --model "a*exp(-b*x)" --from "a=1,b=0.1"
        lsq compare data/MyProblem.dat --jacobian central
        lsq compare Thurber --fix b7=0.05
      """)

  @Argument(
    help: ArgumentHelp(
      """
      Names of NIST problems in any case, paths of StRD .dat files, all, or test functions of Moré, \
      Garbow and Hillstrom by name or run; with --model, the data file.
      """, valueName: "problem"))
  var problems: [String]

  @Option(
    help: "The start of a NIST problem: 1 (far), 2 (near) or both. (default: both)",
    transform: Start.init(argument:))
  var start: Start?

  @Option(
    help: ArgumentHelp(
      """
      Scalar types, separated by commas: float, double, float80, or mpN for MPFR numbers of N bits, \
      24 to \(PrecisionLadder.maximumBits), rounded up to an available width. (default: \(ScalarList.standard))
      """, valueName: "names"),
    transform: ScalarList.init)
  var scalars: ScalarList?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Also climb from double to this many digits, 1 to \(DigitsSearch.maximumDigits).",
      valueName: "count"))
  var digits: Int?

  @OptionGroup
  var posing: PosingOptions

  @OptionGroup
  var solver: SolverOptions

  @Option(help: "The output: table, json (one line per result) or markdown.")
  var format = OutputFormat.table

  func validate() throws {
    if let digits { try DigitsSearch.validate(digits) }
    try posing.validate(problems)
    if posing.formula.hasModel, start != nil {
      throw ValidationError("--start chooses one of NIST's starts; with a formula give --from.")
    }
  }

  func run(on console: Console) throws -> Int32 {
    let options = PrecisionComparison.Options(
      derivatives: solver.jacobian, tolerance: solver.tolerance,
      ladder: PrecisionLadder.scalarType(bits:), isInterrupted: console.isInterrupted)
    let contenders = try contenders
    var status = ExitStatus.solved
    var reported: Set<CommandFailure> = []
    for problem in try subjects(on: console) {
      for compare in problem.comparisons(
        starts: (start ?? .both).numbers, contenders, options, isNameWhole: format == .json)
      where !console.isInterrupted() {
        do {
          let comparison = try compare()
          if !comparison.isConverged { status = max(status, ExitStatus.notSolved) }
          try write(comparison, fixed: problem.fixed, on: console)
        } catch let failure as CommandFailure {
          // Data that are at fault are so from both starts.
          if reported.insert(failure).inserted { console.report(failure.message) }
          status = max(status, failure.status)
        }
      }
    }
    return console.isInterrupted() ? ExitStatus.notSolved : status
  }

  private func subjects(on console: Console) throws -> [ComparedProblem] {
    if let problem = try posing.formula(in: problems, on: console) { return [.posed(problem)] }
    let fixed = try posing.formula.fixed()
    return try problems.flatMap { try ComparedProblem.named($0, fixed: fixed, on: console) }
  }

  private var contenders: [PrecisionComparison.Contender] {
    get throws {
      let scalars = try (self.scalars ?? ScalarList(ScalarList.standard)).names
      let climbs = digits.map {
        PrecisionComparison.Contender.ladder(
          PrecisionLadder.scalarType(bits:), digits: $0, named: "digits\($0)")
      }
      return scalars.map { .scalar($0.type, named: $0.description) } + [climbs].compactMap { $0 }
    }
  }

  /// Writes the results, and reports the runs that did not converge.
  private func write(
    _ comparison: PrecisionComparison, fixed: [ParameterValue], on console: Console
  ) throws {
    for run in comparison.runs where !run.isConverged {
      let start = comparison.start.map { ", start \($0)" } ?? ""
      console.report(
        "\(comparison.problem.shortened)\(start), \(run.name): \(run.reason.sentence)")
    }
    switch format {
    case .json: try console.write(comparison.jsonLines(adding: [("fixed", fixed.json)]) + "\n")
    case .table: try console.show(comparison.table)
    case .markdown: try console.show(comparison.markdown)
    }
  }
}
