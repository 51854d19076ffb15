/// The result of a fit for people to read.
struct FitTable {
  private let report: SolveReport
  /// How many digits to print; nil for as many as read back exactly.
  private let digits: Int?

  init(_ report: SolveReport, digits: Int?) {
    self.report = report
    // What is not solved has no digits to pad with zeros.
    self.digits = report.isConverged ? digits : nil
  }

  var text: String {
    var parameters = TextTable([.left, .left, .left])
    parameters.append(["parameter", "value", "standard error"])
    for parameter in report.parameters {
      parameters.append([
        parameter.name, value(parameter.value),
        parameter.standardError?.rounded(significantDigits: 5) ?? "none",
      ])
    }
    var facts = TextTable([.left, .left])
    facts.append(["sum of squares", value(report.sumOfSquares)])
    if let deviation = report.residualStandardDeviation {
      facts.append(["residual standard deviation", value(deviation)])
    }
    facts.append(["degrees of freedom", "\(report.degreesOfFreedom)"])
    facts.append(["scalar", "\(report.scalar), \(report.scalar.bits) bits"])
    facts.append(["iterations", "\(report.iterations)"])
    facts.append(["evaluations", evaluations])
    facts.append(["time", report.time])
    for (index, line) in report.reason.sentence.lines(ofWidth: 68).enumerated() {
      facts.append([index == 0 ? "why it stopped" : "", line])
    }
    if !report.undetermined.isEmpty {
      facts.append(["not determined", report.undetermined.joined(separator: ", ")])
    }
    return parameters.text + "\n" + facts.text
  }

  private var evaluations: String {
    report.jacobianEvaluations == 0
      ? "\(report.residualEvaluations) of the residuals"
      : "\(report.residualEvaluations) of the residuals, \(report.jacobianEvaluations) of the Jacobian"
  }

  private func value(_ text: String) -> String {
    digits.map { text.rounded(significantDigits: $0) } ?? text
  }
}

extension String {
  /// The words in lines of at most so many characters, as far as single words fit.
  fileprivate func lines(ofWidth width: Int) -> [String] {
    split(separator: " ").reduce(into: []) { lines, word in
      if let line = lines.last, line.count + 1 + word.count <= width {
        lines[lines.count - 1] = line + " " + word
      } else {
        lines.append(String(word))
      }
    }
  }
}
