import LSQScalars
import LeastSquares

/// What one evaluation of the gradient shows on a climb, in numbers without type, since the next one has another.
///
/// Sizes are powers of two, and digits are in doubt by no more than one.
struct ClimbEvaluation {
  /// The sizes of the step, and of what it changes.
  private let sizes: StepSizes
  /// The correct digits of the point, −log₁₀ of the effect of the step on the residuals relative to the largest effect
  /// of a parameter or, if larger, the residuals; no more than the type shows.
  var digits: Double { sizes.digits }
  /// The correct digits of the worst parameter that does not vanish.
  let parameterDigits: Double
  /// By how many digits the least effect of the parameters that have been seen is smaller than the largest size.
  let spread: Double
  /// For each parameter, whether it has proved to be nonzero: a wider type left it as it was, and no step has moved it
  /// since.
  let isNonzero: [Bool]
  /// Whether some parameter has not proved to be nonzero, and is not known either.
  let hasUnresolved: Bool
  /// For each parameter, whether it is so small that it is taken for zero: it has not proved to be nonzero, and its
  /// effect is smaller by `vanishingDigits` than the scatter of the residuals (that is, the parameter than its standard
  /// error); without scatter, than the largest effect. It is also much smaller than its start: on a plateau a parameter
  /// loses its effect without being zero.
  let vanishes: [Bool]
  /// By how many digits the residuals are smaller than the largest size; no more than the type shows.
  var residualDigits: Double { sizes.residualDigits }
  /// By how many digits the scatter of the residuals is smaller than the largest size, against which is judged what
  /// vanishes.
  let scatterDigits: Double
  /// The width of the type.
  let bits: Int
  /// The digits that the type shows.
  var shown: Double { sizes.shown }
  /// ‖r‖, plus the most that the type may fail to show of it.
  let residualNorm: BinaryReal
  /// The point and the sum of squares there in decimal, which takes time to write.
  let inDecimal: () -> (parameters: [String], sumOfSquares: String)
  /// The point after the step.
  let next: [BinaryReal]
  /// The same in decimal.
  let nextInDecimal: () -> [String]
  /// The sum of squares and what follows from it; nil where it was not asked for.
  let statistics: Statistics?
  /// log₂ of how many times as long the columns of J are as where H was taken, in doubt by one; none without statistics, and
  /// where H rests on S.
  private let columnGrowth: [Int]
  /// Whether standard errors are in proportion to the residuals.
  let isScatterUnknown: Bool

  /// What a fit yields besides the parameters.
  struct Statistics {
    /// The standard errors that are known.
    let values: [BinaryReal]
    /// By how many digits these lag behind the point, found by comparison with an evaluation in a narrower type, and
    /// from the effects of the parameters; nil without one, or where the two do not agree at all, as where JᵀJ is
    /// singular at the solution but was not recognised as such.
    let lostDigits: Double?
    /// By how many digits these lag behind a point that is displaced by hardly more than rounding; 0 where the step moves
    /// the point, so that a comparison says it, and nil where they do not agree at all.
    var displacedLoss: Double? = 0
    /// The bits that the variances lose: with C = (JᵀJ)⁻¹, a relative rounding ε of JᵀJ changes C_jj, relative to it, by up to
    /// n·ε·Σ_k (JᵀJ)_kk·C_kk.
    let conditionBits: Int
    /// The parameters that take part in the null space of J, as far as the digits of the point tell.
    let undetermined: [Int]
    /// The same in decimal.
    let inDecimal: () -> Decimals
    let degreesOfFreedom: Int

    struct Decimals {
      let sumOfSquares: String
      let residualStandardDeviation: String?
      let standardErrors: [String?]
    }
  }

  /// Whether JᵀJ is singular as far as the digits of the point tell, and more are needed to take it for singular.
  func isRankOpen(vanishingDigits: Int) -> Bool {
    statistics?.undetermined.isEmpty == false && digits < Double(vanishingDigits)
  }

  /// Whether the residuals are larger than the error of the point.
  var areResidualsKnown: Bool { sizes.areResidualsKnown }

  /// The bits that cancel in the residuals.
  var cancelledBits: Int {
    areResidualsKnown ? Int(max(residualDigits, 0) / Double.log10(2)) + 16 : 0
  }

  /// Whether steps by this Hessian say how far the minimum is: along every parameter that does not vanish the step is shorter
  /// than that of the evaluation before, and the column of the Jacobian as long as where the Hessian was taken.
  func isSettled(after previous: Self) -> Bool {
    let counts = vanishes.map { !$0 }
    return sizes.isContracted(after: previous.sizes, along: counts)
      && zip(columnGrowth, counts).allSatisfy { abs($0) <= 2 || !$1 }
  }

  /// nil where the model is not finite, or JᵀJ is singular in the type though the Hessian does not rest on S.
  ///
  /// - Parameters:
  ///   - x: the point, found in a type of `origin.bits`, and which parameters have proved to be nonzero.
  ///   - scaleExponent: of the size of all that the residuals are computed from; nil where it is not known.
  ///   - units: powers of two, those of the parameters' starts.
  ///   - vanishingDigits: the digits by which an effect has to be smaller to vanish.
  ///   - reference: an earlier evaluation with statistics.
  ///   - shown: the digits that the type shows.
  init?<Scalar: LSQScalar>(
    of problem: ModelProblem<Scalar>, at x: [Scalar], from origin: (bits: Int, isNonzero: [Bool]),
    _ hessian: HessianFactor, scaleExponent: Int?, units: [Int], vanishingDigits: Int,
    after reference: Self?, shown: Double, withStatistics: Bool, by crew: Crew
  ) throws {
    let sweep = try GradientSweep(
      of: problem, at: x, withNormalMatrix: withStatistics, by: crew)
    guard sweep.isFinite, let step = hessian.solved(sweep.gradient) else { return nil }
    var (point, next) = (x, step)
    for j in step.indices {
      point[j] -= Scalar(rounding: step[j])
      next[j] = point[j].binaryReal
    }
    inDecimal = { [sum = sweep.sumOfSquares] in (x.map { $0.description }, sum.description) }
    self.next = next
    nextInDecimal = { [point] in point.map { $0.description } }
    let sizes = StepSizes(
      point: next, step: step, sumOfSquares: sweep.sumOfSquares.binaryReal,
      scale: scaleExponent, norms: hessian.normExponents, shown: shown)
    self.sizes = sizes
    residualNorm =
      (sweep.sumOfSquares.squareRoot() + Scalar(rounding: sizes.leastShown)).binaryReal

    let isResolved = sizes.isResolved
    let isWider = Scalar.precisionBits > origin.bits
    let isMoved = sizes.isMoved
    isNonzero = isResolved.indices.map {
      origin.isNonzero[$0] && !isMoved[$0] || isWider && isResolved[$0]
    }
    hasUnresolved = zip(isNonzero, isResolved).contains { !$0 && !$1 }
    let degrees = problem.rowCount - x.count
    var scatter = sizes.largest
    if problem.hasKnownScatter {
      scatter = min(0, scatter)
    } else if sizes.areResidualsKnown, degrees > 0 {
      scatter = sizes.residuals - .log2(Double(degrees)) / 2
    }
    scatterDigits = (sizes.largest - scatter) * .log10(2)
    let isNothing = sizes.isNothing(beside: scatter, digits: vanishingDigits)
    let isTiny = zip(next, units).map { x, unit in
      x.binaryExponent.map { Double(unit - $0) * .log10(2) > Double(vanishingDigits) / 4 } ?? true
    }
    let vanishes = zip(zip(isNonzero, isNothing), isTiny).map { !$0.0 && $0.1 && $1 }
    self.vanishes = vanishes
    let isSeen = zip(isNonzero, isResolved).map { $0 || $1 }
    spread = sizes.spread(of: isSeen)
    parameterDigits =
      zip(vanishes, isSeen).allSatisfy { $0 || $1 }
      ? min(sizes.ownDigits(of: vanishes.map { !$0 }), shown - spread) : 0
    bits = Scalar.precisionBits
    isScatterUnknown = !problem.hasKnownScatter
    columnGrowth =
      hessian.restsOnCurvature
      ? [] : zip(sweep.normExponents, hessian.normExponents).map { $0 - $1 }
    guard withStatistics else {
      statistics = nil
      return
    }
    let (spread, isScatterUnknown) = (self.spread, self.isScatterUnknown)
    func taken(from sweep: GradientSweep<Scalar>) -> Statistics? {
      Self.statistics(
        of: sweep, hessian, zeroDigits: min(sizes.digits, Double(vanishingDigits)),
        degreesOfFreedom: degrees, isScatterUnknown: isScatterUnknown, spread: spread,
        after: reference)
    }
    guard var found = taken(from: sweep) else { return nil }
    if let known = reference?.statistics?.displacedLoss {
      found.displacedLoss = known
    } else if sizes.digits >= shown - 3 {
      found.displacedLoss = try found.loss(beside: x, of: problem, by: crew, taken)
    }
    statistics = found
  }

  /// nil where JᵀJ is singular in the type though the Hessian does not rest on S.
  private static func statistics<Scalar: LSQScalar>(
    of sweep: GradientSweep<Scalar>, _ hessian: HessianFactor, zeroDigits: Double,
    degreesOfFreedom: Int, isScatterUnknown: Bool, spread: Double, after reference: Self?
  ) -> Statistics? {
    let found: [Scalar?]?
    if hessian.restsOnCurvature {
      found =
        sweep.partialVariances(inUnits: hessian.normExponents, zeroDigits: zeroDigits)?.diagonal
    } else {
      // As many residuals as parameters leave no scatter; JᵀJ may then be singular where the Hessian is not.
      let hasErrors = !isScatterUnknown || degreesOfFreedom > 0
      found = hasErrors ? sweep.variances : sweep.gradient.map { _ in 0 }
    }
    return found.map {
      Statistics(
        sweep.sumOfSquares, $0, inflation: sweep.inflation(of: $0),
        degreesOfFreedom: degreesOfFreedom, isScatterUnknown: isScatterUnknown, spread: spread,
        after: reference)
    }
  }

  /// The result, with zero for what vanishes.
  func confirmed(
    digits count: Int, vanishingDigits: Int, termination: Termination, work: [ClimbStage]
  ) -> ConfirmedFit? {
    guard let statistics else { return nil }
    let decimals = statistics.inDecimal()
    let isExact = residualDigits >= Double(vanishingDigits)
    let hasZeros = isExact || vanishes.contains(true)
    func scatter(_ text: String) -> String { isExact ? "0.0" : text }
    return ConfirmedFit(
      parameters: zip(nextInDecimal(), vanishes).map { $1 ? "0.0" : $0 },
      standardErrors: decimals.standardErrors.map {
        isScatterUnknown ? $0.map(scatter) : $0
      },
      sumOfSquares: scatter(decimals.sumOfSquares),
      residualStandardDeviation: decimals.residualStandardDeviation.map(scatter),
      degreesOfFreedom: statistics.degreesOfFreedom, digitsConfirmed: count,
      zeroDigits: hasZeros ? vanishingDigits : nil, undetermined: statistics.undetermined,
      singularDigits: statistics.undetermined.isEmpty ? nil : vanishingDigits / 2, bits: bits,
      termination: termination, work: work)
  }
}

extension ClimbEvaluation.Statistics {
  /// By how many digits these lag behind a point: those that they lose where it is displaced by a share of itself, a
  /// little more than rounding; nil where the two do not agree at all.
  fileprivate func loss<Scalar: LSQScalar>(
    beside x: [Scalar], of problem: ModelProblem<Scalar>, by crew: Crew,
    _ taken: (GradientSweep<Scalar>) -> Self?
  ) throws -> Double? {
    let share = Scalar(
      sign: .plus, exponent: Scalar.Exponent(24 - Scalar.precisionBits), significand: 1)
    let sweep = try GradientSweep(
      of: problem, at: x.map { $0 + share * $0 }, withNormalMatrix: true, by: crew)
    guard sweep.isFinite, let other = taken(sweep), other.values.count == values.count else {
      return nil
    }
    let agreement = Self.agreement(of: values.map { Scalar(rounding: $0) }, with: other.values)
    // A digit for what the displacement of one parameter may take away from that of another.
    return agreement >= Self.leastAgreement ? max(Scalar.digits(share) - agreement + 1, 0) : nil
  }

  /// The digits in which standard errors agree with others.
  private static func agreement<Scalar: LSQScalar>(
    of errors: [Scalar], with others: [BinaryReal]
  ) -> Double {
    var digits = Double.infinity
    for (error, other) in zip(errors, others) where error.isNormal {
      digits = min(digits, Scalar.leadingZeros(Scalar(rounding: other) - error, over: error))
    }
    return digits
  }

  /// The digits in which two evaluations have to agree for the comparison to mean something.
  private static let leastAgreement = 2.0

  fileprivate init<Scalar: LSQScalar>(
    _ sumOfSquares: Scalar, _ variances: [Scalar?], inflation: Scalar, degreesOfFreedom: Int,
    isScatterUnknown: Bool, spread: Double, after reference: ClimbEvaluation?
  ) {
    let variance = degreesOfFreedom > 0 ? sumOfSquares / Scalar(degreesOfFreedom) : nil
    let scale = isScatterUnknown ? variance : 1
    let errors: [Scalar?] = variances.map { v in
      if let scale, let v { (scale * v).squareRoot() } else { nil }
    }
    let known = errors.compactMap { $0 }
    values = known.map { $0.binaryReal }
    let agreement = Self.agreement(of: known, with: reference?.statistics?.values ?? [])
    // Where the type is too narrow for JᵀJ, any number may have come out.
    conditionBits =
      inflation > 1
      ? min(Int((Scalar(variances.count) * inflation).exponent) + 1, Scalar.precisionBits) : 0
    let undetermined = variances.indices.filter { variances[$0] == nil }
    self.undetermined = undetermined
    if let reference, reference.bits < Scalar.precisionBits, agreement >= Self.leastAgreement,
      reference.statistics?.undetermined == undetermined,
      let displacedLoss = reference.statistics?.displacedLoss
    {
      // A step along which they happen not to change says little: they may lose as much as the least effect of a
      // parameter.
      lostDigits = max(reference.digits - agreement, spread, displacedLoss)
    } else {
      lostDigits = nil
    }
    inDecimal = { [errors] in
      Decimals(
        sumOfSquares: sumOfSquares.description,
        residualStandardDeviation: variance?.squareRoot().description,
        standardErrors: errors.map { $0?.description })
    }
    self.degreesOfFreedom = degreesOfFreedom
  }
}
