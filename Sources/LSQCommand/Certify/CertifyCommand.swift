import ArgumentParser
import CurveFitting
import LSQScalars
import MultiPrecision
import TestProblems

/// `lsq certify`: the solution of a problem to many digits.
struct CertifyCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "certify",
    abstract: "Compute the solution of NIST's problems to any number of digits.",
    discussion: """
      Parameters, their standard deviations, the sum of squares and the residual standard deviation, \
      for the decimals of the data file taken as exact. Newton steps on the gradient climb from a fit \
      in double to the width that is needed; the last one confirms the digits.

      Examples:
        lsq certify Thurber --digits 100
        lsq certify all --digits 30 --format markdown
      """)

  @Argument(
    help: ArgumentHelp(
      "Names of NIST problems in any case, paths of StRD .dat files, or all.",
      valueName: "problem"))
  var problems: [String]

  @Option(
    help: ArgumentHelp(
      "The correct decimal digits wanted, 1 to \(DigitsSearch.maximumDigits).",
      valueName: "count"))
  var digits = 100

  @Option(
    help: """
      The output: table, json (one line per problem, its numbers with one digit more, so that \
      rounding takes none of those asked for) or markdown.
      """)
  var format = OutputFormat.table

  func validate() throws {
    try DigitsSearch.validate(digits)
  }

  func run(on console: Console) throws -> Int32 {
    let problems = try problems.flatMap { try CertifiedProblem.named($0, on: console) }
    var status = ExitStatus.solved
    for problem in problems where !console.isInterrupted() {
      switch try certificate(of: problem, console) {
      case .success(let certificate):
        switch format {
        case .table: try console.write(certificate.table)
        case .json: try console.write(certificate.json + "\n")
        case .markdown: try console.write(certificate.markdown)
        }
      case .failure(let end):
        console.report(
          "\(problem.file.name): "
            + (console.isInterrupted()
              ? "The climb was interrupted before the digits asked for were confirmed."
              : "The digits asked for could not be confirmed from either start.")
            + end.bestPoint(naming: problem.file.parameterNames))
        status = ExitStatus.notSolved
      }
    }
    return console.isInterrupted() ? ExitStatus.notSolved : status
  }

  /// From the near start, else from the far one.
  private func certificate(
    of problem: CertifiedProblem, _ console: Console
  ) throws -> Result<Certificate, DigitsNotReached> {
    func climb(from start: Int) throws -> Result<Certificate, DigitsNotReached> {
      do {
        let fit = try StartedProblem(problem.file, start: start).fit(
          digits: digits, ladder: PrecisionLadder.scalarType(bits:),
          isInterrupted: console.isInterrupted)
        return .success(
          Certificate(
            name: problem.file.name, parameterNames: problem.file.parameterNames, fit: fit))
      } catch let end as DigitsNotReached {
        return .failure(end)
      }
    }
    let near = try climb(from: 2)
    guard case .failure = near, !console.isInterrupted() else { return near }
    return try climb(from: 1)
  }
}

extension DigitsNotReached {
  /// Where a climb came, in words, as far as digits are known.
  fileprivate func bestPoint(naming names: [String]) -> String {
    guard digitsReached > 0 else { return "" }
    let values = zip(names, parameters).map {
      "\($0) = \($1.rounded(significantDigits: digitsReached))"
    }
    return " So far, to \(digitsReached) digits that are not confirmed: "
      + values.joined(separator: ", ") + "."
  }
}
