import ArgumentParser
import LSQScalars

/// `lsq fit`: fits a formula to the columns of a file.
struct FitCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "fit",
    abstract: "Fit a formula to data.",
    discussion: """
      DATA is a CSV file with a header line, or columns separated by blanks; - is standard input. \
      Formulas use the columns by name, + - * / ^, parentheses, pi and functions such as exp, log, \
      sqrt, sin and atan. Every other name in the model is a parameter and needs a start.

      Without --sigma, standard errors are scaled by the residual standard deviation. With it, \
      residuals are divided by sigma, and standard errors are those of known sigma.

      Examples:
        lsq fit puromycin.csv --model "Vm*conc/(K+conc)" --response rate \\
          --start "Vm=205,K=0.08" --digits 50
        lsq fit data.txt --columns x,y,s --model "b1*exp(-b2*x)" \\
          --start "b1=1,b2=0.1" --sigma s --scalar mp128
        sort data.csv | lsq fit - --columns x,y --model "a+b*x" \\
          --response "log(y)" --start "a=0,b=1" --format json
      """)

  @Argument(help: "The file with the data; - is standard input.")
  var data: String

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "The formula of the model, such as \"b1*(1-exp(-b2*x))\".", valueName: "expression"))
  var model: String

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "The parameters and where to start, such as \"b1=205,b2=0.08\".", valueName: "list"))
  var start: String

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "What the model is to match: a column, or a formula of columns.", valueName: "expression"))
  var response = "y"

  @Option(
    help: ArgumentHelp(
      "The column with the standard deviations of the response.", valueName: "column"))
  var sigma: String?

  @Option(
    help: ArgumentHelp(
      "Names of the columns, separated by commas, for data without a header line.",
      valueName: "names"))
  var columns: String?

  @Option(
    help: ArgumentHelp(
      "The scalar type: float, double, float80, or mpN with N bits, 24 to 65536. (default: double)",
      valueName: "name"),
    transform: ScalarName.init)
  var scalar: ScalarName?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      """
      Choose the precision so that at least so many decimal digits of every parameter are correct, \
      and print them: 1 to \(DigitsSearch.maximumDigits).
      """, valueName: "count"))
  var digits: Int?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "How often to evaluate the model on all rows before giving up.", valueName: "count"))
  var maxEvaluations: Int?

  @OptionGroup
  var solver: SolverOptions

  func validate() throws {
    if digits != nil, scalar != nil {
      throw ValidationError("--digits chooses the scalar itself: give it or --scalar, not both.")
    }
    if digits != nil, solver.tolerance == .minpack {
      throw ValidationError("--digits asks for more than --tolerance minpack gives; drop one.")
    }
    if let digits, !(1...DigitsSearch.maximumDigits).contains(digits) {
      throw ValidationError(
        "--digits is \(digits): it must be 1 to \(DigitsSearch.maximumDigits).")
    }
    if let maxEvaluations, maxEvaluations < 1 {
      throw ValidationError("--max-evaluations is \(maxEvaluations): it must be positive.")
    }
  }

  func run(on console: Console) throws -> Int32 {
    let formulas = try FitFormulas(model: model, response: response, start: start)
    let columnNames = columns.map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(\.trimmingBlanks)
    }
    let table = try FitInput.table(inFile: data, columns: columnNames, on: console)
    let input = try FitInput(
      formulas, table, sigma: sigma, source: Console.name(ofFile: data))
    let runner = FitRunner(
      input: input, options: solver, maximumResidualEvaluations: maxEvaluations,
      isInterrupted: console.isInterrupted)
    let report =
      if let digits {
        try DigitsSearch(runner: runner, digits: digits).report()
      } else {
        try runner.report(over: scalar ?? .double)
      }
    switch solver.format {
    case .json: try console.write(report.json + "\n")
    case .table: try console.write(FitTable(report, digits: digits).text)
    }
    guard report.isConverged else {
      console.report("Not solved: \(report.reason.sentence)")
      return ExitStatus.notSolved
    }
    return ExitStatus.solved
  }
}
