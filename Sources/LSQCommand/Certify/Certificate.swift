import CurveFitting

/// The solution of a problem to the digits that were confirmed.
struct Certificate {
  let name: String
  let parameterNames: [String]
  /// The parameters that were held, which are not among these.
  let fixed: [ParameterValue]
  let fit: ConfirmedFit

  /// All values by name: the parameters, then their standard deviations, then the sums.
  private var values: [(name: String, value: String)] {
    let texts =
      zip(parameterNames, fit.parameters).map { ($0, $1) }
      + zip(parameterNames, fit.standardErrors).compactMap { name, error in
        error.map { ("sd(\(name))", $0) }
      } + [("SSR", fit.sumOfSquares)]
      + (fit.residualStandardDeviation.map { [("RSD", $0)] } ?? [])
    return texts.map { ($0, $1.rounded(significantDigits: fit.digitsConfirmed)) }
  }

  /// Sentences that say what was taken to be zero or singular; nil if nothing was.
  private var remarks: String? {
    let text = fit.remarks(parameterNames: parameterNames).dropFirst()
    return text.isEmpty ? nil : String(text)
  }

  var table: String {
    var rows = TextTable([.left, .left])
    for (name, value) in values { rows.append([name, value]) }
    return "\(name): \(fit.digitsConfirmed.counting("digit")), confirmed at \(fit.bits) bits, "
      + "\(fit.degreesOfFreedom.counting("degree")) of freedom\n" + rows.text
      + (remarks.map { $0 + "\n" } ?? "") + "\n"
  }

  var markdown: String {
    "### \(name.markdown)\n\n| | |\n| --- | --- |\n"
      + values.map { "| \($0.name.markdown) | `\($0.value)` |\n" }.joined()
      + (remarks.map { "\n" + $0.markdown + "\n" } ?? "") + "\n"
  }

  /// One line, for programs; numbers have one digit more, so that their last rounding costs none of those asked for.
  var json: String {
    func number(_ text: String) -> JSONText {
      .string(text.rounded(significantDigits: fit.digitsConfirmed + 1))
    }
    let parameters = parameterNames.indices.map { j in
      JSONText.object([
        ("name", .string(parameterNames[j])), ("value", number(fit.parameters[j])),
        ("standardError", fit.standardErrors[j].map(number) ?? .null),
      ])
    }
    return JSONText.object([
      ("problem", .string(name)), ("digitsConfirmed", .integer(fit.digitsConfirmed)),
      ("bits", .integer(fit.bits)), ("parameters", .array(parameters)),
      ("ssr", number(fit.sumOfSquares)),
      ("residualStandardDeviation", fit.residualStandardDeviation.map(number) ?? .null),
      ("degreesOfFreedom", .integer(fit.degreesOfFreedom)), ("fixed", fixed.json),
      ("undetermined", .array(fit.undetermined.map { .string(parameterNames[$0]) })),
      ("remarks", JSONText(remarks)),
    ]).text
  }
}
