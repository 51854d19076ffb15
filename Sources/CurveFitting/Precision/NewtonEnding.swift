import LSQScalars
import LeastSquares

/// The last digits where Gauss–Newton steps do not contract: Newton steps on the gradient, in the type of
/// the fit, with exact second derivatives.
///
/// It does not wander: a point is taken only while steps become shorter, where the Hessian is positive definite (also
/// at the last point), where the sum of squares is no larger than rounding explains, and where rounding does not make
/// up half of the digits of the residuals, as it does far away along a direction that J does not determine.
///
/// Parameters on which the residuals do not depend, or not independently of others, can be held: the others go to the
/// minimum, which is the same for any values of those held.
///
/// - Complexity: for every step an evaluation of the model on second-order numbers on every row, and
///   O(m·n²).
struct NewtonEnding<Scalar: LSQScalar> {
  /// Where the shortest step led; nil where steps do not contract.
  let point: Point?
  /// The number of evaluations that it took, each of the residuals and of the Jacobian; second derivatives come with
  /// them.
  let evaluations: Int

  /// A point with its residuals and their norm.
  struct Point {
    let parameters: [Scalar]
    let residuals: [Scalar]
    let residualNorm: Scalar
  }

  private static var maximumSteps: Int { 40 }

  /// Whether the limit of evaluations ended the steps.
  let isOutOfEvaluations: Bool
  /// The parameters along which steps were taken.
  private let free: [Int]

  /// Whether steps along all parameters contracted, so that the Hessian is positive definite there.
  var isAtMinimum: Bool { point?.parameters.count == free.count }

  /// An ending from where MINPACK's tests ended. Where the model throws on the way, that end stands.
  ///
  /// - Parameters:
  ///   - free: the parameters that may move, ascending; nil for all.
  ///   - count: how many evaluations there may be, with those that Newton steps have made.
  /// - Throws: `CancellationError` of the model's.
  init(
    of problem: ModelProblem<Scalar>, from solution: Solution<Scalar>, along free: [Int]? = nil,
    _ count: inout EvaluationAllowance
  ) throws {
    let free = free ?? Array(solution.parameters.indices)
    do {
      point = try Self.end(of: problem, from: solution, along: free, &count)
    } catch  where !(error.isCancellation) {
      point = nil
    }
    self.free = free
    (evaluations, isOutOfEvaluations) = (count.made, count.isExceeded)
  }

  private static func end(
    of problem: ModelProblem<Scalar>, from solution: Solution<Scalar>, along free: [Int],
    _ count: inout EvaluationAllowance
  ) throws -> Point? {
    var found: [Scalar]?
    for form in NewtonStep<Scalar>.Form.allCases where found == nil {
      found = try contract(problem, from: solution.parameters, along: free, form, &count)
    }
    guard let x = found, count.allowsOneMore() else { return nil }
    let residuals = try problem.residuals(at: x)
    let norm = EuclideanNorm<Scalar>()(residuals.span)
    let slack = solution.residualNorm * Scalar.ulpOfOne.squareRoot()
    let unit = Scalar(8) * Scalar.ulpOfOne
    let before = unit * size(of: solution.parameters, in: solution.scaling)
    guard norm <= solution.residualNorm + slack,
      unit * size(of: x, in: solution.scaling) <= before + before + slack
    else { return nil }
    return Point(parameters: x, residuals: residuals, residualNorm: norm)
  }

  private static func size(of x: [Scalar], in units: [Scalar]) -> Scalar {
    let scaled = x.indices.map { units[$0] * x[$0] }
    return EuclideanNorm<Scalar>()(scaled.span)
  }

  /// The end of the shortest step; nil where steps do not become shorter by at least a digit.
  private static func contract(
    _ problem: ModelProblem<Scalar>, from start: [Scalar], along free: [Int],
    _ form: NewtonStep<Scalar>.Form, _ count: inout EvaluationAllowance
  ) throws -> [Scalar]? {
    var x = start
    // The digits of x that the first step and the shortest one show.
    var (first, best) = (nil as Double?, -Double.infinity)
    var steps = 0
    while best < .infinity {
      guard steps < maximumSteps, count.allowsOneMore() else { return nil }
      steps += 1
      guard let sweep = try CurvatureSweep(of: problem, at: x)?.restricted(to: free),
        let step = NewtonStep(from: free.map { x[$0] }, sweep, form)
      else { return nil }
      guard step.digits > best else {
        // A step that leaves no digit is not rounding at the end of a contraction, but leads on, as along a valley
        // without end.
        guard step.digits >= 1 else { return nil }
        break
      }
      first = first ?? step.digits
      for (j, (value, vanishes)) in zip(free, zip(step.parameters, step.vanishes)) {
        x[j] = vanishes ? 0 : value
      }
      best = step.digits
    }
    return best >= (first ?? best) + 1 ? x : nil
  }
}

/// A count of evaluations that goes no farther than a limit, and ends with an interruption.
struct EvaluationAllowance {
  private let tally: SolveTally
  private let limit: Int?
  private(set) var made = 0
  private(set) var isExceeded = false

  /// - Parameters:
  ///   - tally: of what went before.
  ///   - limit: of the evaluations of both; nil for any number.
  init(_ tally: SolveTally, _ limit: Int?) {
    (self.tally, self.limit) = (tally, tally.remaining(of: limit))
  }

  /// Counts one more, unless that is beyond the limit or no longer wanted.
  mutating func allowsOneMore() -> Bool {
    isExceeded = limit.map { made >= $0 } ?? false
    guard !isExceeded, !tally.isInterrupted else { return false }
    made += 1
    return true
  }
}
