import LSQScalars
import LeastSquares

// The fit that settles which minimum is found.

extension PrecisionClimb {
  /// A fit that settles which minimum is found.
  struct Beginning: Equatable {
    var bits: Int
    /// Whether it takes the model's tape if there is one. The problem may be made where the compiler does not know the
    /// model; a tape does not need the compiler.
    var isByTape = true
  }

  /// In `Double` and, where that does not succeed, as without digits, since rounding may decide which way the steps go,
  /// and that of a tape is another; then in wider types.
  static let beginnings = [
    Beginning(bits: Double.precisionBits), Beginning(bits: Double.precisionBits, isByTape: false),
    Beginning(bits: 128), Beginning(bits: 256),
  ]

  /// Such a fit, and the Hessian where it ended; nil where it does not succeed.
  mutating func begin(_ beginning: Beginning) throws -> ClimbState? {
    do {
      guard beginning.bits == Double.precisionBits else {
        return try begin(overAny: ladder(beginning.bits))
      }
      guard beginning.isByTape || hasTape && !hasEndInDouble else { return nil }
      return try begin(over: Double.self, byTape: beginning.isByTape)
    } catch  where !error.isCancellation {
      // The data, or what the model makes of them, may be beyond the range of a narrow type.
      if beginning == Self.beginnings.last { throw error }
      return nil
    }
  }

  private mutating func begin(overAny type: any LSQScalar.Type) throws -> ClimbState? {
    try begin(over: type, byTape: true)
  }

  private mutating func begin<Scalar: LSQScalar>(
    over type: Scalar.Type, byTape: Bool
  ) throws -> ClimbState? {
    let start = try fit.start(over: type)
    var problem = try problem(over: type, at: start.map { $0.binaryReal })
    if byTape {
      problem = ModelProblem(preferringTapeOf: problem)
      hasTape = try problem.tape(at: start.span) != nil
    }
    let isWide = Scalar.precisionBits > Double.precisionBits
    let limit =
      isWide ? FitDerivatives.exact.searchLimit(parameterCount: start.count) : nil
    let tolerance: FitTolerance =
      isWide && !mayBeSingular && !isBeyondDouble && !hasEndInDouble ? .minpack : .tight
    var options = FitOptions<Scalar>(
      tolerance: tolerance,
      tolerances: isWide && hasEndInDouble ? nil : tolerance.inNumbers(),
      maximumResidualEvaluations: maximumResidualEvaluations ?? limit,
      maximumConcurrency: crew.size)
    options.isLead = true
    let (found, look) = try problem.fitWithLook(
      from: start, options, isInterrupted: isInterrupted)
    consider(
      Point(
        parameters: found.parameters.map { $0.binaryReal },
        residualNorm: (found.residualNorm + (found.residualRounding ?? 0)).binaryReal,
        digits: found.parameterDigits, bits: Scalar.precisionBits,
        inDecimal: {
          (found.parameters.map { $0.description }, found.sumOfSquares.description)
        }))
    cause = .notSolved(StopReason(found))
    if !isWide { (isBeyondDouble, hasEndInDouble) = (!found.isWithinRange, found.isSolved) }
    isOutOfEvaluations = found.solution.termination == .evaluationLimit && found.isWithinRange
    work.append(
      ClimbStage(
        kind: .fit, bits: Scalar.precisionBits,
        residualEvaluations: found.evaluations.residuals,
        jacobianEvaluations: found.evaluations.jacobians,
        digits: nil))
    return try state(found, curvature: look.sweep, problem)
  }

  /// The end of a fit and the Hessian there, from second derivatives, computed unless known; nil where nothing can be
  /// climbed from it.
  mutating func state<Scalar: LSQScalar>(
    _ found: Fit<Scalar>, curvature: CurvatureSweep<Scalar>?, _ problem: ModelProblem<Scalar>
  ) throws -> ClimbState? {
    // What rounding hides, a wider type may show; what drifts does so in every type.
    guard found.isConverged, found.hidden.isEmpty || !found.drifting.isEmpty,
      let sweep = try counted(curvature ?? CurvatureSweep(of: problem, at: found.parameters))
    else { return nil }
    mayBeSingular = found.mayBeSingular(sweep)
    (openPoint, openParameters) = (found.parameters.map { $0.binaryReal }, found.undetermined)
    isProvenMinimum = found.isProvenMinimum
    guard let hessian = HessianFactor(sweep, atEndOf: found) else { return nil }
    let conditionDigits = hessian.conditionDigits
    guard conditionDigits.isFinite else { return nil }
    guardBits = hessian.guardBits(conditionDigits, at: found)
    return ClimbState(
      parameters: found.parameters.map { $0.binaryReal },
      origin: (Scalar.precisionBits, found.parameters.map { _ in false }), hessian: hessian,
      hessianDigits: 13, digits: 13,
      gain: min(max(15 - conditionDigits, 3), 12),
      conditionBits: Int(2 * conditionDigits * Self.bitsPerDigit),
      termination: found.solution.termination,
      rowCount: problem.rowCount, scaleExponent: found.scaleExponent,
      secondOrderCost: try problem.tape(at: found.parameters.span)?.plan.secondOrderCost
        ?? 1.5 + Double(problem.parameterCount) / 2)
  }
}

extension Fit {
  /// The correct digits of the worst nonzero parameter; 0 where that is not known.
  var parameterDigits: Double {
    let digits = zip(parameters, numericalErrors).map { value, error in
      error.map { value == 0 ? .infinity : Scalar.digits($0 / value) } ?? 0
    }
    return min(digits.min() ?? 0, Scalar.digits(Scalar.ulpOfOne))
  }

  /// Whether the type holds the sum of squares and the standard errors: where it does not, steps may be beyond it too.
  var isWithinRange: Bool {
    sumOfSquares.isFinite && standardErrors.allSatisfy { $0?.isFinite ?? true }
  }

  /// The exponent of ‖δ‖/ε, the size of all that the residuals are computed from (``RowRounding``); nil where that is not
  /// known.
  fileprivate var scaleExponent: Int? {
    residualRounding.flatMap {
      $0 > 0 && $0.isFinite ? Int($0.exponent) - Int(Scalar.ulpOfOne.exponent) : nil
    }
  }
}
