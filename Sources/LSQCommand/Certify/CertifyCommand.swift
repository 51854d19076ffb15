import ArgumentParser
import CurveFitting
import LeastSquares
import MultiPrecision
import TestProblems

/// `lsq certify`: the solution of a problem to many digits.
struct CertifyCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "certify",
    abstract: "Compute the solution of NIST's problems to any number of digits.",
    discussion: """
      Prints the parameters, their standard deviations, the sum of squares and the residual standard \
      deviation, taking the decimals of the data file as exact. Newton steps on the gradient climb from \
      a fit in double to the width that is needed; the last step confirms the digits.

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
    parsing: .unconditional,
    help: ArgumentHelp(
      "The number of correct decimal digits, 1 to \(DigitsSearch.maximumDigits).",
      valueName: "count"))
  var digits = 100

  @Option(
    help: """
      The output: table, json (one line per problem, with one digit more than asked for, so that \
      rounding costs none of those) or markdown.
      """)
  var format = OutputFormat.table

  func validate() throws {
    try DigitsSearch.validate(digits)
  }

  func run(on console: Console) throws -> Int32 {
    let problems = try problems.flatMap { try CertifiedProblem.named($0, on: console) }
    var status = ExitStatus.solved
    for problem in problems where !console.isInterrupted() {
      do {
        try write(certificate(of: problem, console), on: console)
      } catch let failure as CertificateFailure {
        console.report("\(problem.file.name): \(failure.message)")
        status = max(status, failure.status)
      }
    }
    return console.isInterrupted() ? ExitStatus.notSolved : status
  }

  private func write(_ certificate: Certificate, on console: Console) throws {
    switch format {
    case .table: try console.write(certificate.table)
    case .json: try console.write(certificate.json + "\n")
    case .markdown: try console.write(certificate.markdown)
    }
  }

  /// The certificate found from the near start, or else from the far one.
  ///
  /// - Throws: ``CertificateFailure``, that of the near start.
  private func certificate(
    of problem: CertifiedProblem, _ console: Console
  ) throws(CertificateFailure) -> Certificate {
    func climb(from start: Int) throws(CertificateFailure) -> Certificate {
      do {
        let fit = try StartedProblem(problem.file, start: start).fit(
          digits: digits, ladder: PrecisionLadder.scalarType(bits:),
          isInterrupted: console.isInterrupted)
        return Certificate(
          name: problem.file.name, parameterNames: problem.file.parameterNames, fit: fit)
      } catch {
        throw CertificateFailure(error, of: problem.file)
      }
    }
    do throws(CertificateFailure) {
      return try climb(from: 2)
    } catch {
      guard error.isOfStart, !console.isInterrupted(), let other = try? climb(from: 1) else {
        throw error
      }
      return other
    }
  }
}

/// Why a problem has no certificate.
private struct CertificateFailure: Error {
  let message: String
  let status: Int32

  /// Whether another start may help.
  var isOfStart: Bool { status == ExitStatus.notSolved }

  init(_ error: any Error, of file: StRDFile) {
    switch error {
    case let end as DigitsNotReached:
      let names = file.parameterNames
      (message, status) = (
        end.description(naming: names) + end.bestPoint(naming: names), ExitStatus.notSolved
      )
    case let complaint as LeastSquaresError:
      message = complaint.message(
        over: "double", parameterNames: file.parameterNames,
        placeOfRow: CertifiedProblem.place(ofRow:))
      status = ExitStatus.data
    default: (message, status) = ("\(error)", ExitStatus.data)
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
