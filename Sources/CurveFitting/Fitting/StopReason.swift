public import LSQScalars
public import LeastSquares

/// Why a fit stopped, in three lengths.
public struct StopReason: Sendable, Hashable, Codable {
  /// One word, for programs.
  public var name: String
  /// A few words, for a table.
  public var phrase: String
  /// One sentence.
  public var sentence: String
  /// MINPACK's number; 0, improper input, where the fit could not begin, and where a climb did not reach its digits.
  public var info: Int

  /// Why a fit stopped.
  ///
  /// - Parameters:
  ///   - fit: a fit in one type.
  ///   - names: of the parameters; nil for b1, b2, ….
  public init<Scalar: LSQScalar>(_ fit: Fit<Scalar>, parameterNames names: [String]? = nil) {
    let termination = fit.solution.termination
    self.init(termination)
    if fit.isInterrupted {
      if !fit.solution.isInterrupted { self = .interruptedFit }
      sentence = Self.interruptedFit.sentence
    } else if !fit.kinks.isEmpty, fit.isConverged || fit.isPlateau {
      self = .kink(termination, inRow: fit.kinks[0] + 1)
    } else if fit.isConverged, !fit.hidden.isEmpty {
      let drifting = fit.drifting
      self =
        if let bits = fit.bitsNeeded {
          .openByRounding(
            termination, of: fit.undetermined.filter(fit.hidden.contains).listed(from: names),
            bits: bits)
        } else if !fit.uncurved.isEmpty {
          .uncurved(termination, along: fit.uncurved.listed(from: names))
        } else if drifting.isEmpty {
          .hidden(termination)
        } else {
          .drift(termination, of: drifting.listed(from: names))
        }
    } else if fit.isConverged, fit.ending == .newtonSteps {
      self = .newtonContracted(termination)
    } else if fit.isConverged, fit.ending == .gaussNewtonSteps {
      self = .contracted(termination, derivatives: fit.derivatives)
    } else if fit.areDifferencesLost, termination.hasSettled {
      name = "differencesLost"
      phrase = "differences lost in rounding"
      sentence =
        "Differences of the residuals lost the effect of a parameter in rounding; take exact "
        + "derivatives, a nearer start or a wider scalar."
    } else if fit.isSaddle {
      self = .saddle(termination)
    } else if fit.isMinimumUnproven {
      self.init(.evaluationLimit)
    } else if fit.isPlateau {
      self = .plateau(termination, retries: fit.retries, over: Scalar.self)
    } else if fit.solution.closing != nil, termination.hasSettled {
      sentence += " Gauss–Newton steps from there did not contract."
    }
    if termination == .evaluationLimit, !fit.isConverged, !fit.isWithinRange {
      sentence +=
        " The sum of squares or a standard error is beyond the range of the scalar; take a wider one."
    }
    if fit.isConverged, fit.refinement == nil, !fit.openParameters.isEmpty {
      sentence += " The data do not determine \(fit.openParameters.listed(from: names))."
    }
    // Its numbers are what counts, not where the steps ended before.
    if let wide = fit.refinement { sentence = Self.refinement(wide, names) }
  }

  /// Why a solver stopped.
  public init(_ termination: Termination) {
    self.init(
      name: termination.name, phrase: Self.phrase(for: termination),
      sentence: termination.description, info: termination.minpackInfo)
  }

  package init(name: String, phrase: String, sentence: String, info: Int) {
    (self.name, self.phrase, self.sentence, self.info) = (name, phrase, sentence, info)
  }

  /// A fit that reached the digits asked for.
  ///
  /// - Parameters:
  ///   - fit: the fit.
  ///   - names: of the parameters; nil for b1, b2, ….
  public init(_ fit: ConfirmedFit, parameterNames names: [String]? = nil) {
    self.init(
      name: "digitsConfirmed", phrase: "digits confirmed",
      sentence:
        "The last Newton step, at \(fit.bits) bits, confirms the "
        + "\(fit.digitsConfirmed.counting("digit")) asked for."
        + fit.remarks(parameterNames: names),
      info: fit.termination.minpackInfo)
  }

  /// Closing steps that contracted, after MINPACK's tests.
  static func contracted(_ termination: Termination, derivatives: FitDerivatives) -> Self {
    let limit = derivatives == .exact ? "scalar allows" : "differences allow"
    return Self(
      name: "closingStepsContracted", phrase: "steps contracted to rounding",
      sentence:
        "Gauss–Newton steps contracted until rounding stopped them: the parameters are as good as "
        + "the \(limit).", info: termination.minpackInfo)
  }

  /// Newton steps that contracted, after MINPACK's tests.
  static func newtonContracted(_ termination: Termination) -> Self {
    Self(
      name: "newtonStepsContracted", phrase: "Newton steps contracted",
      sentence:
        "Newton steps on the gradient contracted until rounding stopped them: the parameters are as good "
        + "as the scalar allows.",
      info: termination.minpackInfo)
  }

  /// Numbers that were taken from a wider type.
  private static func refinement(_ wide: ConfirmedFit, _ names: [String]?) -> String {
    "Rounding had left too few digits: all numbers were computed at \(wide.bits) bits, "
      + "confirmed to \(wide.digitsConfirmed) digits, and rounded."
      + wide.remarks(parameterNames: names)
  }

  /// Parameters of which rounding leaves no digit.
  static func hidden(_ termination: Termination) -> Self {
    Self(
      name: "hiddenByRounding", phrase: "parameters lost in rounding",
      sentence:
        "The steps ended in rounding, which leaves some parameter without a correct digit; a wider "
        + "scalar may show it.", info: termination.minpackInfo)
  }

  /// Parameters that seem redundant, since rounding takes away what tells them apart.
  static func openByRounding(_ termination: Termination, of names: String, bits: Int) -> Self {
    Self(
      name: "hiddenByRounding", phrase: "parameters lost in rounding",
      sentence:
        "Rounding to this scalar hides what determines \(names); take a wider one, of \(bits) bits "
        + "or more.", info: termination.minpackInfo)
  }

  /// Parameters that go on along a plateau, or a valley without end.
  static func drift(_ termination: Termination, of names: String) -> Self {
    Self(
      name: "drift", phrase: "parameters drift",
      sentence:
        "Rounding ended the steps in a valley or on a plateau that \(names) may follow without end: there is no "
        + "minimum, or none that this scalar sees from this start.",
      info: termination.minpackInfo)
  }

  /// An end that may be a saddle.
  static func uncurved(_ termination: Termination, along names: String) -> Self {
    Self(
      name: "uncurved", phrase: "no minimum shown",
      sentence:
        "The gradient vanishes at the end, but the Hessian is not positive definite along \(names), as far as this "
        + "scalar shows: it may be a saddle, or a minimum of higher order. Start nearby, or take a wider scalar.",
      info: termination.minpackInfo)
  }

  /// An end where the model has no derivative.
  static func kink(_ termination: Termination, inRow row: Int) -> Self {
    Self(
      name: "kink", phrase: "ended on a kink",
      sentence:
        "The steps ended on a kink of the model, where min, max or abs changes over in row \(row) of the data: the sum "
        + "of squares has no derivative there, so that steps confirm no minimum, whatever the scalar. It may be one: "
        + "hold the parameter that places the kink, and fit the others.",
      info: termination.minpackInfo)
  }

  /// A saddle or maximum that no retry got away from.
  static func saddle(_ termination: Termination) -> Self {
    Self(
      name: "saddle", phrase: "saddle or maximum",
      sentence:
        "The solver ended at a saddle or maximum of the sum of squares, not a minimum: the gradient "
        + "vanishes there, but the sum is smaller nearby; start at a point nearby.",
      info: termination.minpackInfo)
  }

  /// A plateau that no retry got around.
  static func plateau(
    _ termination: Termination, retries: Int, over type: any LSQScalar.Type
  ) -> Self {
    let isNarrow = type.precisionBits < Double.precisionBits
    let attempts =
      retries == 0
      ? ""
      : ", and \(retries) \(retries == 1 ? "retry" : "retries") with smaller first steps, other "
        + "scalings or other starts\(isNarrow ? ", or in Double," : "") did not help"
    return Self(
      name: "plateau", phrase: "ended on a plateau or an edge",
      sentence:
        "The solver ended on a plateau, where a parameter has no influence, or at an edge of the "
        + "model's domain\(attempts); try a nearer start or a wider scalar.",
      info: termination.minpackInfo)
  }

  /// A climb that ended before its digits.
  static func digitsNotReached(_ message: String) -> Self {
    Self(name: "digitsNotReached", phrase: "digits not reached", sentence: message, info: 0)
  }

  /// A fit that was interrupted after its solver had ended.
  package static let interruptedFit = {
    var reason = Self(.stopped(code: -1))
    reason.sentence = "The solve was interrupted; this is the best point so far."
    return reason
  }()

  /// A climb that was interrupted.
  package static let interruptedClimb = Self(
    name: "stopped", phrase: "interrupted",
    sentence: "The climb was interrupted; this is the best point so far.", info: -1)

  /// A run that an interruption kept from starting.
  static let interrupted = Self(
    name: "stopped", phrase: "not started",
    sentence: "The comparison was interrupted before this run.",
    info: 0)

  /// A fit that could not begin.
  public static func failure(_ message: String) -> Self {
    Self(name: "failed", phrase: "could not start", sentence: message, info: 0)
  }

  /// Whether the fit could not begin, or came to no result.
  var isFailure: Bool { info == 0 }

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
    case .nonFiniteResidual: "residual not finite"
    case .columnNormOverflows: "derivatives overflow"
    }
  }
}
