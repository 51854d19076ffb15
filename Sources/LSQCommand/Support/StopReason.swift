import CurveFitting
import LSQScalars
import LeastSquares

/// Why a solve stopped, in three lengths.
struct StopReason: Hashable {
  /// One word, for programs.
  var name: String
  /// A few words, for a table.
  var phrase: String
  /// One sentence.
  var sentence: String
  /// MINPACK's number; 0, improper input, where the solve could not begin.
  var info: Int

  init<Scalar: LSQScalar>(_ fit: Fit<Scalar>) {
    let termination = fit.solution.termination
    info = termination.minpackInfo
    if fit.isConverged, fit.ending == .newtonSteps {
      name = "newtonStepsContracted"
      phrase = "Newton steps contracted to rounding"
      sentence =
        "Newton steps on the gradient contracted until rounding stopped them, where Gauss–Newton "
        + "steps do not contract: the parameters are as good as the scalar allows."
    } else if fit.isConverged, fit.ending == .gaussNewtonSteps {
      name = "closingStepsContracted"
      phrase = "steps contracted to rounding"
      sentence =
        "Gauss–Newton steps contracted until rounding stopped them: the parameters are as good as "
        + "the scalar allows."
    } else if fit.areDifferencesLost, termination.isSolved || termination.isAtPrecision {
      name = "differencesLost"
      phrase = "differences lost in rounding"
      sentence =
        "Differences of the residuals lost the effect of a parameter in rounding; take exact "
        + "derivatives, a nearer start or a wider scalar."
    } else if fit.isPlateau {
      name = "plateau"
      phrase = "ended on a plateau"
      sentence =
        "The solver ended where a parameter has lost its influence, or at no minimum, from this start and "
        + "after \(fit.retries) retries with smaller first steps and other scalings; take a nearer start "
        + "or a wider scalar."
    } else {
      name = termination.name
      phrase = Self.phrase(for: termination)
      sentence =
        switch termination {
        case .stopped: "The solve was interrupted; this is the best point so far."
        default: termination.description
        }
      if fit.solution.closing != nil {
        sentence += " Gauss–Newton steps from there did not contract."
      }
    }
  }

  /// A climb that reached its digits.
  static func confirmed(_ fit: ConfirmedFit) -> Self {
    Self(
      name: "digitsConfirmed", phrase: "digits confirmed",
      sentence:
        "The last Newton step, at \(fit.bits) bits, confirms the \(fit.digitsConfirmed) digits "
        + "asked for.",
      info: fit.termination.minpackInfo)
  }

  /// A solve that could not begin.
  static func failure(_ message: String) -> Self {
    Self(name: "failed", phrase: "could not start", sentence: message, info: 0)
  }

  private init(name: String, phrase: String, sentence: String, info: Int) {
    (self.name, self.phrase, self.sentence, self.info) = (name, phrase, sentence, info)
  }

  /// A fit that has no digits to give, because the data leave some parameters open.
  func undetermined(_ names: [String]) -> Self {
    Self(
      name: "undetermined", phrase: "parameters not determined",
      sentence: "The data do not determine \(names.joined(separator: ", ")).", info: info)
  }

  /// A fit that converged in its type, but whose digits two precisions do not agree on.
  func withoutDigits(_ count: Int) -> Self {
    Self(
      name: "digitsNotReached", phrase: "digits not reached",
      sentence: "Two precisions do not agree on \(count) digits of every parameter.", info: info)
  }

  private static func phrase(for termination: Termination) -> String {
    switch termination {
    case .reductionTolerance: "reduction ≤ ftol"
    case .stepTolerance: "step ≤ xtol"
    case .reductionAndStepTolerance: "reduction ≤ ftol, step ≤ xtol"
    case .gradientTolerance: "gradient ≤ gtol"
    case .evaluationLimit: "evaluation limit"
    case .reductionAtPrecision: "no further reduction"
    case .stepAtPrecision: "no shorter step"
    case .gradientAtPrecision: "gradient zero to rounding"
    case .stopped, .cancelled: "stopped"
    case .nonFiniteDerivative: "derivative not finite"
    }
  }
}
