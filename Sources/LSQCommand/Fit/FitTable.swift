import CurveFitting

/// The result of a fit, for people to read.
struct FitTable {
  private let report: SolveReport
  /// How many digits to print; nil for as many as read back exactly.
  private let digits: Int?

  init(_ report: SolveReport, digits: Int?) {
    self.report = report
    // A fit that is not solved has no digits to pad with zeros.
    self.digits = report.isConverged ? digits : nil
  }

  var text: String {
    var table = TextTable(heads.map { $0 == "digits lost" ? .right : .left })
    table.append(heads)
    for row in parameters { table.append(row) }
    var list = TextTable([.left, .left])
    for (name, values) in facts {
      let lines = values.flatMap { $0.lines(ofWidth: 68) }
      for (index, line) in lines.enumerated() { list.append([index == 0 ? name : "", line]) }
    }
    return table.text + "\n" + list.text
  }

  var markdown: String {
    heads.markdownRow + heads.map { _ in "---" }.markdownRow
      + parameters.map(\.markdownRow).joined() + "\n"
      + facts.map { "- \($0.name): \($0.values.joined(separator: "; ").markdown)\n" }.joined()
  }

  private var heads: [String] {
    ["parameter", "value", "standard error"] + (report.accuracy == nil ? [] : ["digits lost"])
  }

  private var parameters: [[String]] {
    let fitted = report.parameters.indices.map { j in
      let parameter = report.parameters[j]
      let lost = report.accuracy.map { accuracy in
        accuracy.parameters[j].digitsLost.map { "\(($0 * 10).rounded() / 10)" } ?? "–"
      }
      return [
        parameter.name, value(parameter.value),
        parameter.standardError?.rounded(significantDigits: 5) ?? "none",
      ] + [lost].compactMap { $0 }
    }
    let fixed = report.fixed.map {
      [$0.name, $0.text, "fixed"] + (report.accuracy == nil ? [] : [""])
    }
    return fitted + fixed
  }

  /// Everything else, by name.
  private var facts: [(name: String, values: [String])] {
    var facts = [("sum of squares", [value(report.sumOfSquares)])]
    if let deviation = report.residualStandardDeviation {
      facts.append(("residual standard deviation", [value(deviation)]))
    }
    facts += [
      ("degrees of freedom", ["\(report.degreesOfFreedom)"]),
      ("scalar", ["\(report.scalar), \(report.scalar.bits) bits"]),
    ]
    if let confirmed = report.digitsConfirmed {
      let bits = report.bitsNeeded ?? report.scalar.bits
      facts.append(("digits confirmed", ["\(confirmed), at \(bits) bits"]))
    }
    if let reached = report.digitsReached {
      facts.append(("digits reached", ["\(reached), not confirmed"]))
    }
    if report.retries > 0 {
      facts.append(
        (
          "retries",
          [
            "\(report.retries)"
              + (report.remedy?.beginsAtStart == true ? ", from the same start" : "")
              + (report.remedy.map { ": \($0.phrase)" } ?? "")
          ]
        ))
    }
    facts += [
      ("iterations", ["\(report.iterations)"]), ("evaluations", [evaluations]),
      ("time", [report.time]), ("why it stopped", [report.reason.sentence]),
    ]
    if let accuracy = report.accuracy { facts += Self.facts(accuracy, report) }
    if !report.undetermined.isEmpty {
      facts.append(("not determined", [report.undetermined.joined(separator: ", ")]))
    }
    return facts
  }

  private static func facts(
    _ accuracy: FitAccuracy, _ report: SolveReport
  ) -> [(name: String, values: [String])] {
    var facts = [
      ("accuracy", accuracy.parameters.filter { $0.digitsComputed != nil }.map(\.description))
    ]
    if let sums = accuracy.sums { facts[0].1.append(sums) }
    if let arithmetic = accuracy.arithmetic { facts.append(("arithmetic", [arithmetic])) }
    if let differences = accuracy.differences {
      facts.append(("differences", [differences]))
      if let precision = report.residualPrecision {
        facts.append(("residual precision", [precision.rounded(significantDigits: 2)]))
      }
    }
    if !accuracy.combinations.isEmpty {
      facts.append(("near the solution", accuracy.combinations.map(\.description)))
    }
    return facts.filter { !$0.1.isEmpty }
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
  /// The words in lines of at most `width` characters, unless a single word is longer.
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
