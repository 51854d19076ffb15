import ArgumentParser
import CurveFitting
import LSQScalars
import MultiPrecision
import TestProblems

/// `lsq fit`: fits a formula to the columns of a file, or solves a NIST problem.
struct FitCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "fit",
    abstract: "Fit a formula to data.",
    discussion: """
      DATA is a CSV file with a header line, or columns separated by blanks; - is standard input. \
      Formulas consist of columns by name, + - * / ^, parentheses, pi and the functions exp, expm1, log, \
      log1p, log10, log2, sqrt, cbrt, sin, cos, tan, asin, acos, atan, atan2, sinh, cosh, tanh, asinh, \
      acosh, atanh, abs, pow, erf, erfc, min and max. A name followed by = is defined for what comes \
      after it, as in "k = b1*exp(-b2/x); a*k/(1+k)"; what comes last is the value. Every other name in \
      the model is a parameter and needs a start. In a file given by --model-file, # begins a comment \
      and the end of a line separates like a semicolon, unless an operator, a comma or = ends the line \
      or begins the next one, or a parenthesis is open. Without a model, DATA is a problem that brings its own model: the name of a NIST problem, or an StRD .dat \
      file.

      Without --sigma, standard errors are scaled by the residual standard deviation. With it, \
      residuals are divided by sigma, and standard errors take sigma as known; with --relative-sigma \
      too, sigma is known only up to a factor, the default of SciPy's curve_fit.

      Beside the value of each parameter the result says how many digits conditioning costs, to what \
      accuracy it was computed, to what accuracy the data determine it, and which arithmetic would \
      suffice.

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
        lsq fit Thurber --start 1 --digits 100
        lsq fit Misra1a --fix b1=240
      """)

  @Argument(
    help: "The data file; - is standard input. Without --model, a NIST problem.")
  var data: String

  @OptionGroup
  var formula: FormulaOptions

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      """
      The parameters and their starts, such as \"b1=205,b2=0.08\"; for a NIST problem also 1 (far) or 2 \
      (near), the default.
      """, valueName: "list"))
  var start: String?

  @Option(
    help: ArgumentHelp(
      """
      The scalar type: float, double, float80, or mpN with N bits, 24 to \
      \(PrecisionLadder.maximumBits). (default: double, with results from a wider type \
      where rounding leaves too few digits)
      """,
      valueName: "name"),
    transform: ScalarName.init)
  var scalar: ScalarName?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      """
      Choose the precision so that at least this many decimal digits of every parameter are correct, \
      and print them: 1 to \(DigitsSearch.maximumDigits). What still vanishes at 150 digits more, \
      and at twice as many, is taken to be zero.
      """, valueName: "count"))
  var digits: Int?

  @Flag(
    help: """
      Get every bit right: parameters, standard errors and sums are the exact ones for the decimals \
      of the data, rounded once to the scalar. What still vanishes at 150 digits more than the scalar \
      has, and at twice as many, is taken to be zero.
      """)
  var correctlyRounded = false

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      """
      The relative error of the model's own values, such as 1e-8, from which the steps of differences \
      are chosen; auto measures it. (default: the scalar's epsilon)
      """, valueName: "auto|value"),
    transform: ResidualPrecision.init)
  var residualPrecision: ResidualPrecision?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      """
      How often to evaluate the model on all rows before giving up; with --digits or \
      --correctly-rounded, in each fit that they run. Evaluations that a default fit adds in a wider \
      type do not count.
      """, valueName: "count"))
  var maxEvaluations: Int?

  @OptionGroup
  var solver: SolverOptions

  @Option(help: "The output: table, json (one line) or markdown.")
  var format = OutputFormat.table

  func validate() throws {
    try formula.validate(data, start: start, startOption: "--start")
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
    try residualPrecision?.validate(over: scalar ?? .double)
    let runner = FitRunner(
      input: try input(on: console), options: solver, residualPrecision: residualPrecision,
      maximumResidualEvaluations: maxEvaluations, isInterrupted: console.isInterrupted)
    var report =
      if let digits {
        try DigitsSearch(runner: runner, digits: digits).report()
      } else if correctlyRounded {
        try runner.correctlyRoundedReport(over: scalar ?? .double)
      } else {
        try scalar.map(runner.report(over:)) ?? runner.report()
      }
    report.fixed = runner.input.fixed
    switch format {
    case .json: try console.write(report.json + "\n")
    case .table: try console.show(FitTable(report, digits: digits).text)
    case .markdown: try console.show(FitTable(report, digits: digits).markdown)
    }
    guard report.isConverged else {
      console.report("Not solved: \(report.reason.sentence)")
      return ExitStatus.notSolved
    }
    return ExitStatus.solved
  }

  private func input(on console: Console) throws -> FitInput {
    if let input = try formula.input(data, start: start, startOption: "--start", on: console) {
      return input
    }
    let file = try StRDProblem.alone(data, orFormulaBy: "--start", on: console).file
    return try FitInput(
      FitFormulas(file, start: start ?? "2", fixed: formula.fixed()), file.data, sigma: nil,
      source: Console.name(ofFile: data))
  }
}
