import ArgumentParser
import CurveFitting
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
      residuals are divided by sigma, and standard errors are those of known sigma; with \
      --relative-sigma too, sigma is known but for a factor, as SciPy's curve_fit has it by default.

      Beside the value of each parameter the result says how many digits conditioning costs, how far \
      the arithmetic computed it, how far the data know it, and which arithmetic would do.

      Examples:
        lsq fit puromycin.csv --model "Vm*conc/(K+conc)" --response rate \\
          --start "Vm=205,K=0.08" --digits 50
        lsq fit data.txt --columns x,y,s --model "b1*exp(-b2*x)" \\
          --start "b1=1,b2=0.1" --sigma s --scalar mp128
        lsq fit data.csv --model "a*exp(-b*x)" --start "a=1,b=1" --correctly-rounded
        lsq fit simulated.csv --model "a/(b+x)" --start "a=1,b=1" \\
          --jacobian forward --residual-precision auto
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

  @Flag(
    help: "Take sigma for relative: standard errors are scaled by the residual standard deviation.")
  var relativeSigma = false

  @Option(
    help: ArgumentHelp(
      "Names of the columns, separated by commas, for data without a header line.",
      valueName: "names"))
  var columns: String?

  @Option(
    help: ArgumentHelp(
      """
      The scalar type: float, double, float80, or mpN with N bits, 24 to 65536. (default: double, \
      from a wider type where rounding leaves too few digits)
      """,
      valueName: "name"),
    transform: ScalarName.init)
  var scalar: ScalarName?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      """
      Choose the precision so that at least so many decimal digits of every parameter are correct, \
      and print them: 1 to \(DigitsSearch.maximumDigits). What is still nothing at 150 digits more, \
      and at twice as many, is taken for zero.
      """, valueName: "count"))
  var digits: Int?

  @Flag(
    help: """
      Find every bit of the scalar: parameters, standard errors and sums are the exact ones for the \
      decimals of the data, rounded once. What is still nothing at 150 digits more than the scalar has, \
      and at twice as many, is taken for zero.
      """)
  var correctlyRounded = false

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      """
      The relative error of the model's own values, such as 1e-8, which the steps of differences \
      follow; auto measures it. (default: the scalar's epsilon)
      """, valueName: "auto|value"),
    transform: ResidualPrecision.init)
  var residualPrecision: ResidualPrecision?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "How often to evaluate the model on all rows before giving up.", valueName: "count"))
  var maxEvaluations: Int?

  @OptionGroup
  var solver: SolverOptions

  @Option(help: "The output: table, json (one line) or markdown.")
  var format = OutputFormat.table

  func validate() throws {
    if relativeSigma, sigma == nil {
      throw ValidationError("--relative-sigma says how to take --sigma; give that too, or drop it.")
    }
    if digits != nil, scalar != nil {
      throw ValidationError("--digits chooses the scalar itself: give it or --scalar, not both.")
    }
    if digits != nil, solver.tolerance == .minpack {
      throw ValidationError("--digits asks for more than --tolerance minpack gives; drop one.")
    }
    if let digits { try DigitsSearch.validate(digits) }
    if correctlyRounded, digits != nil {
      throw ValidationError("--correctly-rounded asks for the digits of the scalar; drop --digits.")
    }
    if correctlyRounded, solver.jacobian != .exact || solver.tolerance != .tight {
      throw ValidationError(
        "--correctly-rounded needs --jacobian exact and --tolerance tight, the defaults.")
    }
    if residualPrecision != nil, solver.jacobian == .exact {
      throw ValidationError(
        "--residual-precision is for differences; add --jacobian forward or central.")
    }
    if residualPrecision != nil, digits != nil {
      throw ValidationError(
        "--residual-precision says which digits of the model are noise; drop --digits.")
    }
    if let maxEvaluations, maxEvaluations < 1 {
      throw ValidationError("--max-evaluations is \(maxEvaluations): it must be positive.")
    }
  }

  func run(on console: Console) throws -> Int32 {
    let formulas = try FitFormulas(model: model, response: response, start: start)
    let table = try FitInput.table(
      inFile: data, columns: columns.map(FitInput.columnNames), on: console)
    let input = try FitInput(
      formulas, table, sigma: sigma, isSigmaAbsolute: !relativeSigma,
      source: Console.name(ofFile: data))
    let runner = FitRunner(
      input: input, options: solver, residualPrecision: residualPrecision,
      maximumResidualEvaluations: maxEvaluations, isInterrupted: console.isInterrupted)
    let report =
      if let digits {
        try DigitsSearch(runner: runner, digits: digits).report()
      } else if correctlyRounded {
        try runner.correctlyRoundedReport(over: scalar ?? .double)
      } else {
        try scalar.map(runner.report(over:)) ?? runner.report()
      }
    switch format {
    case .json: try console.write(report.json + "\n")
    case .table: try console.write(FitTable(report, digits: digits).text)
    case .markdown: try console.write(FitTable(report, digits: digits).markdown)
    }
    guard report.isConverged else {
      console.report("Not solved: \(report.reason.sentence)")
      return ExitStatus.notSolved
    }
    return ExitStatus.solved
  }
}
