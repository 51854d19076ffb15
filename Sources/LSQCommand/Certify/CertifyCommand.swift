import ArgumentParser
import CurveFitting
import MultiPrecision
import TestProblems

/// `lsq certify`: the solution of a problem to many digits.
struct CertifyCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "certify",
    abstract: "Compute the solution of a problem to any number of digits.",
    discussion: """
      Prints the parameters, their standard deviations, the sum of squares and the residual standard \
      deviation, taking the decimals of the data file as exact. Newton steps on the gradient climb from \
      a fit in double to the width that is needed; the last step confirms the digits. A problem of NIST's \
      begins at its near start, or else at the far one; a .dat file needs no certified values.

      Examples:
        lsq certify Thurber --digits 100
        lsq certify all --digits 30 --format markdown
        lsq certify data.csv --model "a*exp(-b*x)" --from "a=1,b=0.1" --digits 100
        lsq certify data/MyProblem.dat --fix b3=0.5
      """)

  @Argument(
    help: ArgumentHelp(
      "Names of NIST problems in any case, paths of StRD .dat files, or all; with a formula, the data file.",
      valueName: "problem"))
  var problems: [String]

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "The number of correct decimal digits, 1 to \(DigitsSearch.maximumDigits).",
      valueName: "count"))
  var digits = 100

  @OptionGroup
  var posing: PosingOptions

  @Option(
    help: """
      The output: table, json (one line per problem, with one digit more than asked for, so that \
      rounding costs none of those) or markdown.
      """)
  var format = OutputFormat.table

  func validate() throws {
    try DigitsSearch.validate(digits)
    try posing.validate(problems)
  }

  func run(on console: Console) throws -> Int32 {
    var status = ExitStatus.solved
    for problem in try posed(on: console) where !console.isInterrupted() {
      do {
        try write(certificate(of: problem, console), on: console)
      } catch let failure as CommandFailure {
        console.report(failure.message)
        status = max(status, failure.status)
      }
    }
    return console.isInterrupted() ? ExitStatus.notSolved : status
  }

  private func posed(on console: Console) throws -> [PosedProblem] {
    if let problem = try posing.formula(in: problems, on: console) { return [problem] }
    let fixed = try posing.formula.fixed()
    return try problems.flatMap { try StRDProblem.named($0, orFormulaBy: "--from", on: console) }
      .map { try PosedProblem($0, fixed: fixed) }
  }

  private func write(_ certificate: Certificate, on console: Console) throws {
    switch format {
    case .table: try console.show(certificate.table)
    case .json: try console.write(certificate.json + "\n")
    case .markdown: try console.show(certificate.markdown)
    }
  }

  /// The certificate found from the near start, or else from the far one.
  ///
  /// - Throws: ``CommandFailure``, that of the near start.
  private func certificate(
    of problem: PosedProblem, _ console: Console
  ) throws(CommandFailure) -> Certificate {
    func climb(from start: PosedProblem.Start) throws(CommandFailure) -> Certificate {
      do {
        let fit = try start.fit.fit(
          digits: digits, ladder: PrecisionLadder.scalarType(bits:),
          isInterrupted: console.isInterrupted)
        return Certificate(
          name: problem.name(isWhole: format == .json), parameterNames: problem.parameterNames,
          fixed: problem.fixed, fit: fit)
      } catch let end as DigitsNotReached {
        let names = problem.parameterNames
        throw CommandFailure(
          status: ExitStatus.notSolved,
          message: problem.name(isWhole: false) + ": " + end.description(naming: names)
            + end.bestPoint(naming: names))
      } catch {
        throw problem.failure(
          error, over: PosedProblem.widestOfClimb.name, from: start.number)
      }
    }
    do throws(CommandFailure) {
      return try climb(from: problem.near)
    } catch {
      // Another start may help.
      guard error.status == ExitStatus.notSolved, !console.isInterrupted(), let far = problem.far,
        let other = try? climb(from: far)
      else { throw error }
      return other
    }
  }
}

extension DigitsNotReached {
  /// The point that a climb reached, in words, to the digits that are known.
  fileprivate func bestPoint(naming names: [String]) -> String {
    guard digitsReached > 0 else { return "" }
    let values = zip(names, parameters).map {
      "\($0) = \($1.rounded(significantDigits: digitsReached))"
    }
    return " The best point so far, to \(digitsReached) digits that are not confirmed: "
      + values.joined(separator: ", ") + "."
  }
}
