// The three forms in which a comparison is written.

extension PrecisionComparison {
  /// Such as "Thurber, start 1: 7 parameters, 37 observations".
  public var title: String {
    let observations = residualCount.map { ", " + $0.counting("observation") } ?? ""
    return name + ": " + parameterNames.count.counting("parameter") + observations
  }

  /// The problem, with its start if it has several.
  private var name: String { problem + (start.map { ", start \($0)" } ?? "") }

  /// A line per run below the title, and a blank line.
  ///
  /// `digits` are those that agree with the certified values, where there are any, and `agree` those that
  /// agree with the widest run; `parts` is the step at which the path leaves that of the widest run.
  public var table: String {
    var rows = TextTable(alignments)
    rows.append(heads)
    for run in runs { rows.append(cells(run, evaluations: "\(run.residualEvaluations)")) }
    return title + "\n" + rows.text + ladders + openNames + "\n"
  }

  /// The same in Markdown, with the evaluations per width.
  public var markdown: String {
    "### \(title.markdown)\n\n" + heads.markdownRow
      + alignments.map { $0 == .left ? "---" : "---:" }.markdownRow
      + runs.map { cells($0, evaluations: $0.evaluationText).markdownRow }.joined()
      + (openNames.isEmpty ? "" : "\n" + openNames.markdown) + "\n"
  }

  private var hasCertified: Bool { runs.contains { $0.digitsAgainstCertified != nil } }

  private var heads: [String] {
    ["scalar"] + (hasCertified ? ["digits"] : [])
      + ["agree", "parts", "SSR", "iterations", "evaluations", "time", "why it stopped"]
  }

  /// Numbers between two columns of words.
  private var alignments: [TextTable.Alignment] {
    heads.indices.map { $0 == 0 || $0 == heads.count - 1 ? .left : .right }
  }

  /// What stands below the heads.
  private func cells(_ run: Run, evaluations: String) -> [String] {
    [run.name] + (hasCertified ? [run.certifiedText] : [])
      + [
        run.digitsAgainstWidest.map { "\($0)".padded(fractionDigits: 2) } ?? "–",
        run.parting.map { "\($0.step)" } ?? "–",
        run.sumText, "\(run.iterations)", evaluations, run.time,
        run.verdict,
      ]
  }

  /// A line of JSON per run, without the last line end.
  public var jsonLines: String { jsonLines(adding: []) }

  /// The same with more members at the end of each line.
  package func jsonLines(adding others: [(key: String, value: JSONText)]) -> String {
    runs.map { JSONText.object(members(of: $0) + others).text }.joined(separator: "\n")
  }

  /// The whole as one JSON object.
  public var json: String {
    JSONText.object([
      ("problem", .string(problem)), ("start", start.map { .integer($0) } ?? .null),
      ("parameters", .array(parameterNames.map { .string($0) })),
      ("residuals", residualCount.map { .integer($0) } ?? .null),
      ("widest", widest.map { .string(runs[$0].name) } ?? .null),
      ("runs", .array(runs.map { .object(members(of: $0)) })),
    ]).text
  }

  private func members(of run: Run) -> [(key: String, value: JSONText)] {
    let parameters = run.parameters.indices.map { j in
      JSONText.object([
        ("name", .string(parameterNames[j])), ("value", .string(run.parameters[j])),
        ("standardError", JSONText(run.standardErrors[j])),
      ])
    }
    let degreesOfFreedom = residualCount.map { $0 - parameterNames.count }
    return [
      ("problem", .string(problem)), ("start", start.map { .integer($0) } ?? .null),
      ("scalar", .string(run.name)), ("bits", .integer(run.bits)),
      ("jacobian", .string(derivatives.rawValue)), ("termination", .string(run.reason.name)),
      ("info", .integer(run.reason.info)), ("converged", .boolean(run.isConverged)),
      ("iterations", .integer(run.iterations)),
      ("residualEvaluations", .integer(run.residualEvaluations)),
      ("jacobianEvaluations", .integer(run.jacobianEvaluations)),
      ("seconds", .number(run.seconds)), ("parameters", .array(parameters)),
      ("ssr", .string(run.sumOfSquares)),
      ("residualStandardDeviation", JSONText(run.residualStandardDeviation)),
      ("degreesOfFreedom", degreesOfFreedom.map { .integer($0) } ?? .null),
      ("digits", run.digitsAgainstCertified.map { .number($0) } ?? .null),
      ("digitsAgainstWidest", run.digitsAgainstWidest.map { .number($0) } ?? .null),
      ("undetermined", .array(run.undetermined.map { .string(parameterNames[$0]) })),
      ("parting", run.parting.map(\.json) ?? .null),
      ("evaluations", .array(run.evaluations.map(\.json))),
    ]
  }

  /// The parameters that are open in the widest run, which need not agree.
  private var openNames: String {
    guard let run = widest.map({ runs[$0] }), !run.undetermined.isEmpty else { return "" }
    return "not determined: \(run.undetermined.listed(from: parameterNames))\n"
  }

  /// The evaluations per width of every run that had several.
  private var ladders: String {
    runs.filter { $0.evaluations.count > 1 }.map { run in
      "\(run.name): \(run.evaluationText)\n"
    }.joined()
  }
}

extension PrecisionComparison.Run {
  fileprivate var certifiedText: String {
    digitsAgainstCertified.map { "\($0)".padded(fractionDigits: 2) } ?? "–"
  }

  /// The sum of squares, if the run came to one.
  fileprivate var sumText: String {
    sumOfSquares == "nan" ? "–" : sumOfSquares.rounded(significantDigits: 5)
  }

  fileprivate var verdict: String { (isConverged ? "" : "not solved: ") + reason.phrase }

  /// Residuals and Jacobians at every width.
  fileprivate var evaluationText: String {
    evaluations.map { "\($0.residuals) + \($0.jacobians) at \($0.bits) bits" }
      .joined(separator: ", ")
  }

  /// The time in words.
  fileprivate var time: String { seconds.durationText }
}

extension PrecisionComparison.Parting {
  fileprivate var json: JSONText {
    .object([
      ("step", .integer(step)), ("iteration", .integer(iteration)),
      ("isDecision", .boolean(isDecision)), ("agreeingDigits", .number(agreeingDigits)),
    ])
  }
}

extension PrecisionComparison.Evaluations {
  fileprivate var json: JSONText {
    .object([
      ("bits", .integer(bits)), ("residuals", .integer(residuals)),
      ("jacobians", .integer(jacobians)),
    ])
  }
}

extension Double {
  /// A number of seconds, in words: whole microseconds, or three digits in a larger unit.
  package var durationText: String {
    let microseconds = (self * 1_000_000).rounded()
    if microseconds < 1000 { return "\(Int(microseconds)) µs" }
    let (value, unit) = microseconds < 999_500 ? (self * 1000, "ms") : (self, "s")
    return "\(value)".rounded(significantDigits: 3) + " " + unit
  }
}

extension String {
  /// A decimal with at least `count` digits after the point.
  fileprivate func padded(fractionDigits count: Int) -> String {
    let fraction = split(separator: ".").dropFirst().first ?? ""
    return self + String(repeating: "0", count: max(count - fraction.count, 0))
  }
}
