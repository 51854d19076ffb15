import CurveFitting
import LSQScalars

extension StopReason {
  /// A fit that has no digits to give, because the data leave some parameters undetermined.
  func undetermined(_ names: [String]) -> Self {
    Self(
      name: "undetermined", phrase: "parameters not determined",
      sentence:
        "The data do not determine \(names.joined(separator: ", ")); "
        + (names.count == 1 ? "fix it." : "fix one of them."),
      info: info)
  }

  /// A fit that converged in its type, but to whose digits two precisions do not agree.
  func withoutDigits(_ count: Int) -> Self {
    Self(
      name: "digitsNotReached", phrase: "digits not reached",
      sentence:
        "Two precisions do not agree to \(count) digits of every parameter, standard error and the sum of "
        + "squares; ask for fewer.",
      info: info)
  }

  /// A fit in which something was taken for zero because it vanished, at this many bits, beside the largest effect of a
  /// parameter; no arithmetic can tell zero from something smaller still.
  func withZeros(atBits bits: Int) -> Self {
    Self(
      name: name, phrase: phrase,
      sentence: sentence + " "
        + ConfirmedFit.zeroSentence(digits: Int(Double(bits) * .log10(2))),
      info: info)
  }

  /// Numbers that are the exact ones, rounded once.
  static func correctlyRounded(
    _ fit: ConfirmedFit, parameterNames names: [String], to scalar: ScalarName
  ) -> Self {
    Self(
      name: "correctlyRounded", phrase: "correctly rounded",
      sentence:
        "All numbers are the exact ones for the decimals of the data, rounded once to \(scalar): "
        + "\(fit.digitsConfirmed) digits were confirmed at \(fit.bits) bits."
        + fit.remarks(parameterNames: names),
      info: fit.termination.minpackInfo)
  }

  /// A fit that converged in its type, but whose last bits are not certain, for the reason of a climb.
  func withoutRounding(
    to scalar: ScalarName, _ cause: any Error, parameterNames names: [String]
  ) -> Self {
    let end = cause as? DigitsNotReached
    let sentence =
      if case .roundingOpen(let digits) = end?.cause {
        "To \(digits) digits, a number lies midway between two neighbours in \(scalar), so that its rounding stays "
          + "open; ask for --digits \(digits) in place of --correctly-rounded and --scalar."
      } else {
        "The last bits of \(scalar) are not certain. \(end?.description(naming: names) ?? "\(cause)")"
      }
    return Self(
      name: "notCorrectlyRounded", phrase: "last bits uncertain", sentence: sentence, info: info)
  }
}
