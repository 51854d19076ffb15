public import LSQScalars
public import LeastSquares

/// A fit to a number of decimal digits that an evaluation at the final width has confirmed.
///
/// Reals are text with all the digits of the type that the fit ended in.
public struct ConfirmedFit: Sendable, Hashable, Codable {
  /// The parameters; `0.0` for one that is taken for zero.
  public let parameters: [String]
  /// Their standard errors; nil for one that is ``undetermined``, and where m = n and σ is not known.
  public let standardErrors: [String?]
  /// The sum of squares; `0.0` for one that is taken for zero.
  public let sumOfSquares: String
  /// The residual standard deviation; nil where m = n.
  public let residualStandardDeviation: String?
  /// m − n.
  public let degreesOfFreedom: Int
  /// The digits that were asked for, and that the last step confirms for every parameter.
  public let digitsConfirmed: Int
  /// The digits at which values taken for zero were still negligible: a parameter relative to its standard error, the
  /// residuals relative to the largest effect of a parameter. No arithmetic can tell zero from something smaller still.
  /// nil where nothing is taken for zero.
  public let zeroDigits: Int?
  /// The parameters, counted from zero, that take part in the null space of the Jacobian at the solution, as where two
  /// terms of a model coincide. To first order the data do not determine them, so that they have no standard errors;
  /// second derivatives make the minimum isolated, so that the parameters do have their digits.
  public let undetermined: [Int]
  /// The digits at which the Jacobian was still singular; nil where it is not.
  public let singularDigits: Int?
  /// The width that was needed.
  public let bits: Int
  /// Why the fit in `Double` from which the climb started ended.
  public let termination: Termination
  /// The work, in the order in which it was done.
  public let work: [ClimbStage]

  /// The digits at which something has to be negligible to be taken for zero when `digits` are confirmed: more than
  /// data have.
  package static func vanishingDigits(confirming digits: Int) -> Int {
    max(2 * digits, digits + 150)
  }

  /// What is taken for zero, in a sentence; nil where nothing is.
  public var zeroSentence: String? {
    zeroDigits.map(Self.zeroSentence)
  }

  /// The same for numbers that were negligible at that many digits.
  package static func zeroSentence(digits: Int) -> String {
    "Values given as 0 were still negligible at \(digits) digits."
  }

  /// What a Jacobian that is singular at the solution means, in a sentence; nil where it is not.
  ///
  /// - Parameter names: of the parameters; nil for b1, b2, ….
  public func singularSentence(parameterNames names: [String]? = nil) -> String? {
    singularDigits.map { digits in
      let open = undetermined.listed(from: names)
      return
        "At the solution the Jacobian is singular, even at \(digits) digits: to first order the data do "
        + "not determine \(open) (no standard errors); second derivatives show that the minimum is "
        + "isolated."
    }
  }

  /// All there is to add to the digits, in sentences after a space.
  package func remarks(parameterNames names: [String]? = nil) -> String {
    [zeroSentence, singularSentence(parameterNames: names)].compactMap { $0.map { " " + $0 } }
      .joined()
  }

  /// The parameters rounded to a scalar type.
  ///
  /// With more digits confirmed than the type has, every bit is that of the exact solution for the decimals of the
  /// data, unless that lies so near the midpoint of two numbers that the confirmed digits do not decide.
  public func parameters<Scalar: LSQScalar>(as _: Scalar.Type) -> [Scalar] {
    parameters.compactMap { Scalar($0) }
  }
}

/// One stage of a climb from `Double` to the width that was needed.
public struct ClimbStage: Sendable, Hashable, Codable {
  /// What was done.
  public enum Kind: String, Sendable, Hashable, Codable {
    /// The fit that the climb started from.
    case fit
    /// A Newton step.
    case step
    /// Second derivatives, for a new Hessian.
    case secondOrder
  }

  /// What was done.
  public let kind: Kind
  /// The width of the arithmetic.
  public let bits: Int
  /// Evaluations of the residuals; a step makes them together with the Jacobian.
  public let residualEvaluations: Int
  /// Evaluations of the Jacobian.
  public let jacobianEvaluations: Int
  /// The correct digits of the worst parameter before the stage, where it shows them.
  public let digits: Double?
}

extension [ClimbStage] {
  /// The number of Newton steps.
  package var stepCount: Int { count { $0.kind == .step } }

  /// The evaluations of all stages.
  package var evaluations: EvaluationCounts {
    reduce(EvaluationCounts()) {
      $0 + EvaluationCounts(residuals: $1.residualEvaluations, jacobians: $1.jacobianEvaluations)
    }
  }
}
