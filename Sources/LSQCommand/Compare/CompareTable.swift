import TestProblems

/// The results for one problem and start, a line per scalar type.
struct CompareTable {
  private let title: String
  private var rows = TextTable([.left, .right, .right, .right, .right, .right, .left])

  init(_ problem: CertifiedProblem, start: Int) {
    let file = problem.file
    title =
      "\(file.name), start \(start): \(file.parameters.count) parameters, "
      + "\(file.observationCount) observations"
    rows.append(["scalar", "digits", "SSR", "iterations", "evaluations", "time", "why it stopped"])
  }

  mutating func append(_ report: SolveReport) {
    rows.append([
      report.scalar.description,
      "\(report.digits ?? 0)".padded(fractionDigits: 2),
      report.sumOfSquares.rounded(significantDigits: 5),
      "\(report.iterations)",
      "\(report.residualEvaluations)",
      report.time,
      (report.isConverged ? "" : "not solved: ") + report.reason.phrase,
    ])
  }

  /// The table with a blank line after it.
  var text: String { title + "\n" + rows.text + "\n" }
}

extension String {
  /// A decimal with at least so many digits after the point.
  fileprivate func padded(fractionDigits count: Int) -> String {
    let fraction = split(separator: ".").dropFirst().first ?? ""
    return self + String(repeating: "0", count: max(count - fraction.count, 0))
  }
}
