import CurveFitting

/// The solution of a problem to the digits that were confirmed.
struct Certificate {
  let name: String
  let digits: Int
  let bits: Int
  let parameters: [(name: String, value: String, standardDeviation: String?)]
  let sumOfSquares: String
  let residualStandardDeviation: String?
  let degreesOfFreedom: Int

  init(name: String, _ parameterNames: [String], _ fit: ConfirmedFit) {
    func rounded(_ text: String) -> String {
      text.rounded(significantDigits: fit.digitsConfirmed)
    }
    self.name = name
    digits = fit.digitsConfirmed
    bits = fit.bits
    parameters = parameterNames.indices.map {
      (parameterNames[$0], rounded(fit.parameters[$0]), fit.standardErrors[$0].map(rounded))
    }
    sumOfSquares = rounded(fit.sumOfSquares)
    residualStandardDeviation = fit.residualStandardDeviation.map(rounded)
    degreesOfFreedom = fit.degreesOfFreedom
  }

  /// All values by name: the parameters, then their standard deviations, then the sums.
  private var values: [(name: String, value: String)] {
    parameters.map { ($0.name, $0.value) }
      + parameters.compactMap { row in
        row.standardDeviation.map { ("sd(\(row.name))", $0) }
      } + [("SSR", sumOfSquares)]
      + (residualStandardDeviation.map { [("RSD", $0)] } ?? [])
  }

  var table: String {
    var rows = TextTable([.left, .left])
    for (name, value) in values { rows.append([name, value]) }
    return "\(name): \(digits) digits, confirmed at \(bits) bits, "
      + "\(degreesOfFreedom) degrees of freedom\n" + rows.text + "\n"
  }

  var markdown: String {
    "### \(name)\n\n| | |\n| --- | --- |\n"
      + values.map { "| \($0.name) | `\($0.value)` |\n" }.joined() + "\n"
  }

  var json: String {
    JSONText.object([
      ("problem", .string(name)), ("digitsConfirmed", .integer(digits)), ("bits", .integer(bits)),
      (
        "parameters",
        .array(
          parameters.map {
            .object([
              ("name", .string($0.name)), ("value", .string($0.value)),
              ("standardError", JSONText($0.standardDeviation)),
            ])
          })
      ),
      ("ssr", .string(sumOfSquares)),
      ("residualStandardDeviation", JSONText(residualStandardDeviation)),
      ("degreesOfFreedom", .integer(degreesOfFreedom)),
    ]).text
  }
}
