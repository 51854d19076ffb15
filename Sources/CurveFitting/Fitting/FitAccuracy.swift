/// Where the digits of a fit go: what conditioning costs, how far the arithmetic resolves each parameter, and how well
/// the data determine it.
///
/// Errors are relative and given as digits, −log₁₀, so that those of any precision are in range. With
/// C = (JᵀJ)⁻¹, ε the type's `ulpOfOne` and S = Σ_k ‖J_k‖·|b_k|, a relative change ε of all that enters the
/// residuals moves parameter j by up to √C_jj·ε·S. That costs
///
///     log₁₀(√C_jj·S/|b_j|)
///
/// digits of it. The standard error is s·√C_jj, so one digit more of arithmetic than log₁₀(S/s) resolves the standard
/// errors of all parameters, with a digit to spare.
public struct FitAccuracy: Sendable, Hashable, Codable {
  /// What is known about one parameter.
  public struct Parameter: Sendable, Hashable, Codable {
    /// Its name.
    public let name: String
    /// The decimal digits of the arithmetic that conditioning costs, at least 0; nil where the data do not
    /// determine the parameter, it is zero, or that is beyond the range of the type.
    public let digitsLost: Double?
    /// The digits to which it was computed: those of the numerical error, 0 where that hides it; nil where it is not
    /// determined, or is zero and nothing bounds its error.
    public let digitsComputed: Double?
    /// The digits to which the data know it: those of the standard error; nil where there is none, or it is zero or
    /// beyond the range of the type.
    public let digitsKnown: Double?
    /// Whether the digits are those of absolute errors, because the parameter is zero.
    public let isAbsolute: Bool
  }

  /// Parameters that matter only together, near the solution.
  public struct Combination: Sendable, Hashable, Codable {
    /// A parameter and its factor.
    public struct Term: Sendable, Hashable, Codable {
      /// The parameter's name.
      public let name: String
      /// Its factor.
      public let factor: Double
    }

    /// The parameters that take part, in their order.
    public let parameters: [String]
    /// The sums of terms through which they matter, with coefficients of at least 1 in size; none where they
    /// have no effect at all, or several of them have a factor beyond the range of `Double`.
    public let sums: [[Term]]
  }

  /// The parameters.
  public let parameters: [Parameter]
  /// The significant bits of the type of the fit.
  public let bits: Int
  /// The number of combinations of parameters that the data determine; nil where the Jacobian at the
  /// solution is not finite.
  public let rank: Int?
  /// What the data leave open; empty where the rank is full.
  public let combinations: [Combination]
  /// The decimal digits of arithmetic that show the standard errors, and tell the parameters apart, with a digit to spare;
  /// nil where there are none, or they are zero.
  public let digitsNeeded: Double?
  /// The range of binary exponents that the arithmetic has to hold as well: those of parameters, standard errors,
  /// columns of the Jacobian and, where their rounding is known, responses and all numbers with which the model computes
  /// and that matter; nil where all are zero.
  public let exponents: ClosedRange<Int>?
  /// The digits that rounding leaves of the sum of squares, 0 where the residuals are nothing but rounding; nil where
  /// that is not known, and for digits that were confirmed.
  public let sumOfSquaresDigits: Double?
  /// The digits that rounding leaves of every standard error; nil likewise, and where there are none.
  public let standardErrorDigits: Double?
  /// Where the derivatives came from.
  public let derivatives: FitDerivatives
  /// The digits that differences in place of derivatives can give: half of those of the residuals, or two
  /// thirds; nil with exact derivatives.
  public let differencesCap: Double?
}
