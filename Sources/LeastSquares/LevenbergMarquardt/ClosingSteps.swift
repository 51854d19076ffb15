public import LSQScalars

/// Gauss–Newton steps after MINPACK's tests, judged by their length and not by the sum of squares.
///
/// With a non-zero residual the sum of squares is flat to its last bit when x has half of its digits; the step p = J⁺f
/// still shows where the minimum lies. Near it the steps contract linearly, by a rate that grows with the residual,
/// down to the rounding of p itself. So: take the steps, measure them in units of the Jacobian's columns, and return
/// where the shortest one led. The first ones may grow.
///
/// The result is refused, and MINPACK's is kept with its last Jacobian, if no step was shorter than the first, if the
/// steps stopped contracting before they reached rounding, if the sum of squares came out larger than rounding
/// explains, or if the steps led so far along a direction that J does not determine that rounding makes up half of the
/// digits of f.
///
/// - Complexity: one residual and one Jacobian per step, O(m·n²) besides these.
extension Solve {
  /// A point with a linearisation; for the point where MINPACK's tests ended, that of the last iteration.
  private typealias Place = (
    parameters: [Scalar], residuals: [Scalar], residualNorm: Scalar,
    linearization: Linearization<Scalar>, gradientCosine: Scalar
  )

  /// The present place.
  private var place: Place {
    (memory.parameters, memory.residuals, residualNorm, memory.linearization, gradientCosine)
  }

  /// Takes closing steps from a converged point; `memory` ends at the better of the two points.
  mutating func close(
    _ problem: LeastSquaresProblem<Scalar>, after verdict: Termination
  ) throws -> (Termination, ClosingOutcome<Scalar>) {
    let converged = place
    // Where the sum of squares was least.
    var least = converged
    var search = ClosingSearch<Scalar>(memory.parameters)
    var termination = verdict
    do {
      let interruption = try takeSteps(problem, &search, &least)
      termination = interruption ?? verdict
      if interruption == nil || interruption == .evaluationLimit, search.hasContracted {
        try move(problem, to: search.best)
        try linearizeClosing(problem)
        if sumIsNoWorse(than: converged.residualNorm, roundingOf: search),
          interruption != nil || endsInRounding(problem, search)
        {
          gradientCosine = memory.linearization.gradientCosine(residualNorm: residualNorm)
          return (termination, search.outcome(isContracted: interruption == nil))
        }
      }
    } catch let stop as StopSolving {
      termination = .stopped(code: stop.code)
    } catch is EvaluationCancelled {
      termination = .cancelled
    } catch is NonFiniteClosing {
    } catch  where options.refusesClosingStepsAtErrors && !error.isCancellation {}
    // If the steps were cut short, the best point is returned.
    return (termination, restore(termination == verdict ? converged : least, search))
  }

  /// Goes back to a place.
  private mutating func restore(
    _ place: Place, _ search: ClosingSearch<Scalar>
  ) -> ClosingOutcome<Scalar> {
    if !isLinearized { memory.linearization.forget() }
    memory.strayJacobian = memory.linearization.unpermutedTriangle.elements
    (memory.parameters, memory.residuals, residualNorm) =
      (place.parameters, place.residuals, place.residualNorm)
    (memory.linearization, gradientCosine) = (place.linearization, place.gradientCosine)
    isLinearized = true
    return search.outcome(isContracted: false)
  }

  /// Takes steps until they stop contracting; returns the reason if they have to end earlier. Once a step has been
  /// found, enough evaluations are kept back for the return to the best point.
  private mutating func takeSteps(
    _ problem: LeastSquaresProblem<Scalar>, _ search: inout ClosingSearch<Scalar>,
    _ least: inout Place
  ) throws -> Termination? {
    let limit = options.closingLimit(for: problem)
    let perMove = 1 + problem.differenceEvaluations
    guard counts.residuals + problem.differenceEvaluations + perMove <= limit else {
      return .evaluationLimit
    }
    memory.prepareRoom()
    while true {
      try linearizeClosing(problem)
      if search.steps == 0 {
        beginClosing(&search)
      } else if sumIsLess(than: least.residualNorm, roundingOf: search) {
        gradientCosine = memory.linearization.gradientCosine(residualNorm: residualNorm)
        least = place
      }
      memory.damping.takeGaussNewtonDirection(memory.linearization, scratch: &memory.room)
      for j in memory.parameters.indices {
        memory.trialParameters[j] = memory.parameters[j] - memory.damping.step[j]
      }
      stepLength = length(of: memory.damping.step, in: search.units)
      guard stepLength.isFinite else { throw NonFiniteClosing() }
      guard
        search.goesOn(stepLength, from: memory.parameters, to: memory.trialParameters)
      else { return nil }
      if let reason = notifyMonitor(.closing) { return reason }
      // This step and the return to the best point.
      guard counts.residuals + 2 * perMove <= limit else { return .evaluationLimit }
      try move(problem, to: memory.trialParameters)
    }
  }

  /// Takes the columns' norms as units.
  private mutating func beginClosing(_ search: inout ClosingSearch<Scalar>) {
    search.units = memory.linearization.columnNorms
    search.scaledNorm = length(of: memory.parameters, in: search.units)
    search.largestSize = max(search.scaledNorm, residualNorm)
  }

  /// The length of a vector of n in units of the Jacobian's columns.
  private mutating func length(of vector: [Scalar], in units: [Scalar]) -> Scalar {
    Scalar.multiply(units, vector, into: &memory.room)
    return constants.norm(memory.room, Lane(count: units.count))
  }

  private mutating func move(
    _ problem: LeastSquaresProblem<Scalar>, to point: [Scalar]
  ) throws {
    for j in point.indices { memory.parameters[j] = point[j] }
    residualNorm = try evaluateResiduals(problem)
    trialResidualNorm = residualNorm
    guard residualNorm.isFinite else { throw NonFiniteClosing() }
  }

  private mutating func linearizeClosing(_ problem: LeastSquaresProblem<Scalar>) throws {
    iteration += 1
    if try linearize(problem) != nil { throw NonFiniteClosing() }
  }

  /// Whether ‖f‖ exceeds `norm` by no more than half of its digits and the rounding of f where the search began, at a
  /// point where rounding leaves half of the digits of f.
  private mutating func sumIsNoWorse(
    than norm: Scalar, roundingOf search: ClosingSearch<Scalar>
  ) -> Bool {
    let rounding = Scalar(8) * Scalar.ulpOfOne * search.scaledNorm
    // Along a direction that the rank does not support, steps lead to where f is nothing but rounding.
    let size = search.steps == 0 ? 0 : length(of: memory.parameters, in: search.units)
    let roundingThere = Scalar(8) * Scalar.ulpOfOne * size
    guard roundingThere <= rounding + rounding + norm * Scalar.ulpOfOne.squareRoot() else {
      return false
    }
    return residualNorm <= norm + norm * Scalar.ulpOfOne.squareRoot() + rounding
  }

  /// Whether ‖f‖ is less than `norm` in the leading half of its digits, at a point that passes `sumIsNoWorse`.
  private mutating func sumIsLess(
    than norm: Scalar, roundingOf search: ClosingSearch<Scalar>
  ) -> Bool {
    norm - residualNorm > norm * Scalar.ulpOfOne.squareRoot()
      && sumIsNoWorse(than: norm, roundingOf: search)
  }

  /// Whether the shortest step is no longer than the rounding of f, ε·max(‖D·x‖, ‖f‖), can make it: that rounding times
  /// the largest ratio of a column's norm to its pivot in R, times 1024. With differences, all that is known is that the steps
  /// became shorter, since the error of the differences takes the place of rounding.
  private func endsInRounding(
    _ problem: LeastSquaresProblem<Scalar>, _ search: ClosingSearch<Scalar>
  ) -> Bool {
    guard !problem.jacobian.isByDifferences else { return true }
    let linearization = memory.linearization
    var condition: Scalar = 1
    for (j, column) in linearization.permutation.enumerated() {
      let pivot = linearization.r(j, j).magnitude
      condition = max(condition, linearization.columnNorms[column] / pivot)
    }
    let rounding = Scalar.ulpOfOne * search.largestSize
    return search.shortest <= Scalar(1024) * condition * rounding
  }
}

/// How the closing steps went.
public struct ClosingOutcome<Scalar: LSQScalar>: Sendable, Hashable {
  /// How many steps were measured; the last one shows that it is time to stop, and is not taken.
  public let steps: Int
  /// The largest relative change of a parameter, |pⱼ|/|xⱼ|, in the shortest step: about the relative
  /// error that remains.
  public let relativeStep: Scalar
  /// Whether the steps contracted until rounding stopped them, so that the parameters are accurate to about the last
  /// digit that their conditioning leaves.
  public let isContracted: Bool
}

extension ClosingOutcome: Codable where Scalar: Codable {}

private struct NonFiniteClosing: Error {}

/// Remembers the shortest step, and decides when to stop.
private struct ClosingSearch<Scalar: LSQScalar> {
  var units: [Scalar] = []
  /// The norm of the parameters at the beginning in these units: f is known to about its rounding.
  var scaledNorm: Scalar = 0
  /// That norm or, where it is more, ‖f‖.
  var largestSize: Scalar = 0
  private(set) var steps = 0
  /// Where the shortest step led.
  private(set) var best: [Scalar]
  private var relativeStep: Scalar = 0
  private var first: Scalar = 0
  private(set) var shortest: Scalar = 0
  private var latest: Scalar = 0
  private var stepsSinceShortest = 0

  init(_ start: [Scalar]) { best = start }

  /// Whether the steps became shorter, or were at the level of rounding from the first, and the last one is at most 1/16
  /// of the largest size: a longer one leads on, as along a valley without end.
  var hasContracted: Bool {
    steps > 0 && (shortest < first || relativeStep <= Scalar(1024) * Scalar.ulpOfOne)
      && Scalar(16) * latest <= largestSize
  }

  /// The outcome to report.
  func outcome(isContracted: Bool) -> ClosingOutcome<Scalar> {
    ClosingOutcome(steps: steps, relativeStep: relativeStep, isContracted: isContracted)
  }

  /// Records a step; false where it is time to stop.
  mutating func goesOn(_ length: Scalar, from origin: [Scalar], to point: [Scalar]) -> Bool {
    if steps == 0 || length < shortest {
      if steps == 0 { first = length }
      shortest = length
      best = point
      relativeStep = Self.relativeChange(from: origin, to: point)
      stepsSinceShortest = 0
    } else {
      stepsSinceShortest += 1
    }
    latest = length
    steps += 1
    // Before the steps contract they may grow for a while; afterwards growth is rounding.
    let patience = shortest + shortest < first ? 2 : 8
    // Steps towards a parameter that is zero would contract until they underflow.
    let negligible = Scalar.ulpOfOne * (Scalar.ulpOfOne * scaledNorm)
    return length > negligible && stepsSinceShortest < patience
  }

  private static func relativeChange(from origin: [Scalar], to point: [Scalar]) -> Scalar {
    var largest: Scalar = 0
    for j in origin.indices where point[j] != origin[j] {
      largest = max(largest, ((point[j] - origin[j]) / point[j]).magnitude)
    }
    return largest
  }
}
