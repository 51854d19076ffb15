public import LSQScalars

/// One problem solved in several kinds of arithmetic, side by side.
///
/// ```swift
/// let comparison = try PrecisionComparison(
///   of: fit, problem: "Saturation", parameterNames: ["a", "b"],
///   contenders: [.scalar(Float.self, named: "float"), .scalar(Double.self, named: "double"),
///                .scalar(MPFloat256.self, named: "mp256")])
/// print(comparison.table)
/// ```
///
/// The others are compared with the widest run that converged: the digits of their parameters, and the place where
/// their paths leave its path (``Parting``). All values are text or plain numbers, so that a comparison can be stored
/// and sent.
public struct PrecisionComparison: Sendable, Hashable, Codable {
  /// What the problem is called.
  public let problem: String
  /// The number of the start, where a problem has several.
  public let start: Int?
  /// The names of the parameters.
  public let parameterNames: [String]
  /// The number m of residuals; nil where no run determined it.
  public let residualCount: Int?
  /// Where the derivatives came from.
  public let derivatives: FitDerivatives
  /// A run per contender, in their order; those that an interruption kept from starting give it as their reason.
  public internal(set) var runs: [Run]
  /// The index of the widest run that converged.
  public internal(set) var widest: Int?

  /// Whether every run was solved.
  public var isConverged: Bool { runs.allSatisfy(\.isConverged) }
}

extension PrecisionComparison {
  /// Evaluations at one width.
  public struct Evaluations: Sendable, Hashable, Codable {
    /// The width in significant bits.
    public let bits: Int
    /// Evaluations of the residuals.
    public let residuals: Int
    /// Evaluations of the Jacobian.
    public let jacobians: Int
  }

  /// The first step at which a run differs from the widest one by more than rounding.
  ///
  /// Trial steps are compared one by one, the start being number 0, as far as both runs go; closing steps do
  /// not count. The paths part where one run accepts the step that the other rejects, or where a parameter
  /// is farther from that of the widest run than
  ///
  ///     16·√C_jj·ε·Σ_k ‖J_k‖·|x_k|,   C = (JᵀJ)⁻¹,
  ///
  /// with ε of the narrower type, and J and x of the widest run at that step: 16 times what a relative change
  /// ε of all that enters the residuals does to the parameter. A parameter that J does not determine does
  /// not count.
  public struct Parting: Sendable, Hashable, Codable {
    /// The number of the trial step, 0 for the start.
    public let step: Int
    /// The number of the iteration of the narrower run, which an accepted step ends.
    public let iteration: Int
    /// Whether the runs decide differently about the step; otherwise parameters differ.
    public let isDecision: Bool
    /// The decimal digits on which the worst parameter agrees there.
    public let agreeingDigits: Double
  }

  /// The outcome in one kind of arithmetic.
  public struct Run: Sendable, Hashable, Codable {
    /// What the arithmetic is called.
    public let name: String
    /// Its width in significant bits; of a ladder, that of the last rung.
    public let bits: Int
    /// The parameters, as text that reads back exactly.
    public let parameters: [String]
    /// Their standard errors; nil where there is none.
    public let standardErrors: [String?]
    /// The parameters, counted from zero, that the data leave open to first order; none for a ladder, which confirms
    /// that the minimum is isolated.
    public let undetermined: [Int]
    /// The sum of squares, also where that is beyond the range of the arithmetic.
    public let sumOfSquares: String
    /// s; nil where m = n.
    public let residualStandardDeviation: String?
    /// m − n.
    public let degreesOfFreedom: Int?
    /// Whether the run went as far as its arithmetic allows, with a digit left of every parameter.
    public let isConverged: Bool
    /// Why it stopped.
    public let reason: StopReason
    /// Iterations; of a ladder, Newton steps.
    public let iterations: Int
    /// Evaluations, per width from the narrowest.
    public let evaluations: [Evaluations]
    /// The time it took.
    public let seconds: Double
    /// The digits to which the worst parameter agrees with the widest run, to two decimals, among those that are
    /// determined there, or all if none is; nil for that run, and where there is no result.
    public internal(set) var digitsAgainstWidest: Double?
    /// The digits to which the worst parameter agrees with certified values, where there are some; 0 for a failure.
    public internal(set) var digitsAgainstCertified: Double?
    /// Where the path leaves that of the widest run in one type; nil where it does not, and for ladders.
    public internal(set) var parting: Parting?

    /// Those that are not open; all, where all are open, since the minimum may still be isolated.
    var comparableParameters: [Int] {
      let known = parameters.indices.filter { !undetermined.contains($0) }
      return known.isEmpty ? Array(parameters.indices) : known
    }

    /// The evaluations of the residuals at all widths.
    public var residualEvaluations: Int { evaluations.reduce(0) { $0 + $1.residuals } }
    /// The evaluations of the Jacobian at all widths.
    public var jacobianEvaluations: Int { evaluations.reduce(0) { $0 + $1.jacobians } }
  }

  /// A kind of arithmetic that takes part.
  public enum Contender: Sendable {
    /// A scalar type.
    case scalar(any LSQScalar.Type, named: String)
    /// A climb from `Double` to a number of digits.
    case ladder(ScalarLadder, digits: Int, named: String)

    /// What it is called.
    public var name: String {
      switch self {
      case .scalar(_, let name), .ladder(_, _, let name): name
      }
    }
  }

  /// Values that are known to a number of digits.
  public struct Certified: Sendable, Hashable {
    /// A decimal per parameter.
    public let values: [String]
    /// The digits that are certain.
    public let digits: Double

    /// Certified values.
    public init(values: [String], digits: Double) {
      self.values = values
      self.digits = digits
    }
  }

  /// How every contender solves.
  public struct Options: Sendable {
    /// Where the derivatives come from; a ladder takes exact ones.
    public var derivatives: FitDerivatives
    /// When to stop; a ladder stops at its digits.
    public var tolerance: FitTolerance
    /// The number of residual evaluations after which to give up.
    public var maximumResidualEvaluations: Int?
    /// The types to look in, such as `PrecisionLadder.scalarType(bits:)` of MultiPrecision, where parameters may be
    /// redundant by the rounding of a run's type alone; nil where that is not to be found out. See
    /// `AnyPrecisionFit.judged(_:ladder:)`.
    public var ladder: ScalarLadder?
    /// Polled now and then; true ends the current run and those to come. By default, whether the task is cancelled.
    public var isInterrupted: @Sendable () -> Bool
    /// What to say about an error that kept a contender from starting.
    public var explain: @Sendable (any Error, Contender) -> String

    /// Options: by default exact derivatives and all the digits.
    public init(
      derivatives: FitDerivatives = .exact, tolerance: FitTolerance = .tight,
      maximumResidualEvaluations: Int? = nil, ladder: ScalarLadder? = nil,
      isInterrupted: @escaping @Sendable () -> Bool = { Task.isCancelled },
      explain: @escaping @Sendable (any Error, Contender) -> String = { error, _ in "\(error)" }
    ) {
      self.derivatives = derivatives
      self.tolerance = tolerance
      self.maximumResidualEvaluations = maximumResidualEvaluations
      self.ladder = ladder
      self.isInterrupted = isInterrupted
      self.explain = explain
    }

    /// The options for a scalar.
    func fitOptions<Scalar: LSQScalar>(over _: Scalar.Type) -> FitOptions<Scalar> {
      FitOptions(
        derivatives: derivatives, tolerance: tolerance, tolerances: tolerance.inNumbers(),
        maximumResidualEvaluations: maximumResidualEvaluations)
    }
  }
}
