import CurveFitting

extension SolveReport {
  /// The report as one line of JSON, without the line end.
  var json: String {
    JSONText.object([
      ("scalar", .string(scalar.description)),
      ("bits", .integer(scalar.bits)),
      ("jacobian", .string(jacobian.rawValue)),
      ("termination", .string(reason.name)),
      ("info", .integer(reason.info)),
      ("converged", .boolean(isConverged)),
      ("iterations", .integer(iterations)),
      ("residualEvaluations", .integer(residualEvaluations)),
      ("jacobianEvaluations", .integer(jacobianEvaluations)),
      ("seconds", .number(seconds)),
      ("parameters", .array(parameters.map(\.json))),
      ("ssr", .string(sumOfSquares)),
      ("residualStandardDeviation", JSONText(residualStandardDeviation)),
      ("degreesOfFreedom", .integer(degreesOfFreedom)),
      ("fixed", fixed.json),
      (
        "covariance",
        covariance.map { .array($0.map { .array($0.map { .string($0) }) }) } ?? .null
      ),
      ("retries", .integer(retries)),
      ("remedy", JSONText(remedy?.rawValue)),
      ("digitsConfirmed", digitsConfirmed.map { .integer($0) } ?? .null),
      ("digitsReached", digitsReached.map { .integer($0) } ?? .null),
      ("bitsNeeded", .integer(bitsNeeded ?? scalar.bits)),
      ("residualPrecision", JSONText(residualPrecision)),
      ("accuracy", accuracy?.json ?? .null),
    ]).text
  }
}

extension [ParameterValue] {
  /// The parameters that are held.
  var json: JSONText {
    .array(map { .object([("name", .string($0.name)), ("value", .string($0.text))]) })
  }
}

extension SolveReport.Parameter {
  fileprivate var json: JSONText {
    .object([
      ("name", .string(name)), ("value", .string(value)),
      ("standardError", JSONText(standardError)),
    ])
  }
}

extension FitAccuracy {
  fileprivate var json: JSONText {
    .object([
      ("rank", rank.map { .integer($0) } ?? .null),
      ("digitsNeeded", JSONText(rounded: digitsNeeded)),
      ("sumOfSquaresDigits", JSONText(claimed: sumOfSquaresDigits)),
      ("standardErrorDigits", JSONText(claimed: standardErrorDigits)),
      ("differencesCap", JSONText(rounded: differencesCap)),
      ("parameters", .array(parameters.map(\.json))),
      ("combinations", .array(combinations.map(\.json))),
      ("sentences", .array(sentences.map { .string($0) })),
    ])
  }
}

extension FitAccuracy.Parameter {
  fileprivate var json: JSONText {
    .object([
      ("name", .string(name)), ("digitsLost", JSONText(rounded: digitsLost)),
      ("digitsComputed", JSONText(claimed: digitsComputed)),
      ("digitsKnown", JSONText(rounded: digitsKnown)), ("isAbsolute", .boolean(isAbsolute)),
    ])
  }
}

extension FitAccuracy.Combination {
  fileprivate var json: JSONText {
    .object([
      ("parameters", .array(parameters.map { .string($0) })),
      (
        "sums",
        .array(
          sums.map { sum in
            .array(
              sum.map { .object([("name", .string($0.name)), ("factor", .number($0.factor))]) })
          })
      ),
    ])
  }
}

extension JSONText {
  /// A number of digits to one decimal, or null.
  fileprivate init(rounded digits: Double?) {
    self = digits.map { .number(($0 * 10).rounded() / 10) } ?? .null
  }

  /// Digits that are claimed, rounded down.
  fileprivate init(claimed digits: Double?) {
    // Whole digits that the logarithm has left a little short are whole.
    self = digits.map { .number(($0 * 10 + 1e-6).rounded(.down) / 10) } ?? .null
  }
}
