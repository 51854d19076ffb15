import LSQScalars
import LeastSquares

/// A tape's values, residuals and gradients for a block of rows, step by step for all rows together.
///
/// On the way forward every step's values are kept; backward, each step passes its adjoints z̄ = ∂f/∂z on to its
/// operands:
///
///     z = x·y:  x̄ += z̄·y,  ȳ += z̄·x;      z = g(x):  x̄ += z̄·g′(x)
///
/// The cost of a gradient is that of a few values, whatever the number of parameters; dual numbers cost a
/// product per step and parameter. What depends on no predictor is computed once for all rows.
///
/// Arithmetic is only ``schedule(_:_:_:into:)``d, and ``perform()`` hands all of it to the scalar's kernel in one call:
/// code that is not specialised for the scalar spends more on a call than a short product takes. Functions but the
/// exponential are taken row by row (TapeSheet+Functions.swift).
///
/// - Complexity: O(steps) per row.
///
/// Source: A. Griewank, A. Walther, *Evaluating Derivatives*, 2nd ed. (SIAM, 2008), chapter 3.
struct TapeSheet<Scalar: LSQScalar>: Sendable {
  let plan: TapePlan
  /// The most rows of a block.
  let height: Int
  /// The rows of the present block.
  private(set) var rowCount = 0
  /// All numbers; ``lane(_:)`` and the like say which is where.
  var cells: [Scalar]
  /// The steps scheduled on them.
  private var scheduled: [LaneStep] = []
  /// Where the cells of each value begin: one for each row, or one alone.
  private let place: [Int]
  /// Where those of its adjoint begin, one for each row, if it depends on a parameter.
  private let adjointPlace: [Int]
  /// Where the slopes of each function begin: along the left operand, then along the right one.
  private let slopePlace: [Int]
  /// Where the exponent of each whole power is, followed by the exponent less one.
  private let exponentPlace: [Int]
  /// Where the response, σ and the residuals begin, one number per row each; then scratch room for as many.
  private let (responsePlace, sigmaPlace, residualPlace, scratchPlace): (Int, Int, Int, Int)
  /// Where the numbers 0 and 1 are, 1 + ε and 1 − ε, φ·ε and −φ·ε with the golden section φ = (√5 − 1)/2.
  private let constantPlace: Int
  /// The bit of a value's index by which its numbers are displaced, up by a factor 1 + ε where it is 0, down by 1 − ε where it
  /// is 1, or the other way round; nil where they stay.
  var displacement: (bit: Int, isReversed: Bool)?
  /// Whether anything has been handed on to a value.
  private var isTouched: [Bool]

  /// - Parameter additionalCells: the number of cells wanted for other purposes; they are the last.
  init(_ tape: ModelTape<Scalar>, height: Int, additionalCells: Int = 0) {
    plan = tape.plan
    self.height = height
    var count = 0
    func reserve(_ size: Int) -> Int {
      count += size
      return count - size
    }
    place = plan.varies.map { reserve($0 ? height : 1) }
    adjointPlace = plan.supports.map { reserve($0.isEmpty ? 0 : height) }
    slopePlace = plan.steps.map { reserve($0.operation.isFunction ? 2 * height : 0) }
    exponentPlace = plan.steps.map { reserve($0.operation == .integerPower ? 2 : 0) }
    (responsePlace, sigmaPlace) = (reserve(height), reserve(height))
    (residualPlace, scratchPlace) = (reserve(height), reserve(height))
    constantPlace = reserve(6)
    cells = Array(repeating: 0, count: count + additionalCells)
    isTouched = Array(repeating: false, count: place.count)
    cells[constantPlace + 1] = 1
    cells[constantPlace + 2] = 1 + .ulpOfOne
    cells[constantPlace + 3] = 1 - .ulpOfOne
    cells[constantPlace + 4] = (Scalar(5).squareRoot() - 1) / 2 * .ulpOfOne
    cells[constantPlace + 5] = -cells[constantPlace + 4]
    let firstConstant = plan.parameterCount + plan.predictorCount
    for (index, constant) in tape.constants.enumerated() {
      cells[place[firstConstant + index]] = constant
    }
    for (k, step) in plan.steps.enumerated() where step.operation == .integerPower {
      cells[exponentPlace[k]] = Scalar(step.right)
      cells[exponentPlace[k] + 1] = Scalar(step.right) - 1
    }
  }

  // MARK: - Lanes

  /// The numbers of a value as one for each row.
  func lane(_ value: Int) -> Lane {
    Lane(start: place[value], count: rowCount, stride: plan.varies[value] ? 1 : 0)
  }

  /// The numbers of a value as far as they differ.
  func ownLane(_ value: Int) -> Lane {
    Lane(start: place[value], count: plan.varies[value] ? rowCount : 1)
  }

  /// The adjoint of a value.
  func adjointLane(_ value: Int) -> Lane { Lane(start: adjointPlace[value], count: rowCount) }

  /// The slopes of a function along its left operand, index 0, or its right one, index 1.
  func slopeLane(_ k: Int, _ index: Int) -> Lane {
    let value = plan.firstStep + k
    // The exponential is its own derivative.
    if plan.steps[k].operation == .call(.exp) { return lane(value) }
    return Lane(
      start: slopePlace[k] + index * height, count: rowCount, stride: plan.varies[value] ? 1 : 0)
  }

  /// The exponent of a whole power minus `less`, 0 or 1.
  func exponentLane(_ k: Int, less: Int) -> Lane {
    Lane(start: exponentPlace[k] + less, count: rowCount, stride: 0)
  }

  /// The residuals of the rows.
  var residualLane: Lane { Lane(start: residualPlace, count: rowCount) }
  var sigmaLane: Lane { Lane(start: sigmaPlace, count: rowCount) }
  var scratchLane: Lane { Lane(start: scratchPlace, count: rowCount) }
  var zeroLane: Lane { Lane(start: constantPlace, count: rowCount, stride: 0) }
  var oneLane: Lane { Lane(start: constantPlace + 1, count: rowCount, stride: 0) }

  // MARK: - Arithmetic

  /// Sets z from x and y, all of which are lanes of ``cells``, when it is time to ``perform()``.
  mutating func schedule(_ operation: LaneOperation, _ x: Lane, _ y: Lane, into z: Lane) {
    scheduled.append(LaneStep(operation, x, y, into: z))
  }

  /// Does what has been scheduled. Numbers may be read only after that.
  mutating func perform() {
    guard !scheduled.isEmpty else { return }
    var steps: [LaneStep] = []
    swap(&steps, &scheduled)
    var target = cells.mutableSpan
    Scalar.apply(steps.span, in: &target)
    steps.removeAll(keepingCapacity: true)
    swap(&steps, &scheduled)
  }

  /// Schedules zeros.
  mutating func clear(_ lane: Lane) {
    let zeros = Lane(start: constantPlace, count: lane.count, stride: 0)
    schedule(.copy, zeros, zeros, into: lane)
  }

  /// Copies a lane to one of a buffer, from what has been performed.
  func write(_ lane: Lane, to buffer: inout MutableSpan<Scalar>, _ target: Lane) {
    Scalar.copy(cells.span, lane, to: &buffer, target)
  }

  /// Copies a lane of a buffer, after what has been scheduled.
  private mutating func copy(_ source: Span<Scalar>, _ lane: Lane, to start: Int) {
    perform()
    var target = cells.mutableSpan
    Scalar.copy(source, lane, to: &target, Lane(start: start, count: lane.count))
  }

  // MARK: - Forward

  /// Takes the parameters and computes what depends on nothing else.
  mutating func begin(_ b: Span<Scalar>, withSlopes: Bool) {
    rowCount = 1
    // Parameters come first, and there is one cell for each.
    copy(b, Lane(count: b.count), to: 0)
    for v in 0..<plan.firstStep where !plan.varies[v] { displace(v) }
    for k in plan.steps.indices where !plan.varies[plan.firstStep + k] {
      evaluate(k, withSlopes: withSlopes)
    }
  }

  /// Computes the values of a range of rows of data, their residuals and, if asked for, the slopes of functions.
  mutating func evaluate(_ rows: Range<Int>, of data: ModelRows<Scalar>, withSlopes: Bool) {
    rowCount = rows.count
    let (n, count) = (plan.parameterCount, data.predictorCount)
    for p in 0..<count {
      copy(
        data.predictors.span,
        Lane(start: rows.lowerBound * count + p, count: rowCount, stride: count), to: place[n + p])
      displace(n + p)
    }
    let ownRows = Lane(start: rows.lowerBound, count: rowCount)
    copy(data.response.span, ownRows, to: responsePlace)
    if let sigma = data.sigma { copy(sigma.span, ownRows, to: sigmaPlace) }
    for k in plan.steps.indices where plan.varies[plan.firstStep + k] {
      evaluate(k, withSlopes: withSlopes)
    }
    schedule(
      .subtract, lane(plan.result), Lane(start: responsePlace, count: rowCount), into: residualLane)
    if data.sigma != nil { schedule(.divide, residualLane, sigmaLane, into: residualLane) }
  }

  private mutating func evaluate(_ k: Int, withSlopes: Bool) {
    let step = plan.steps[k]
    let z = ownLane(plan.firstStep + k)
    func own(_ lane: Lane) -> Lane { Lane(start: lane.start, count: z.count, stride: lane.stride) }
    let x = own(lane(step.left))
    func y() -> Lane { own(lane(step.right)) }
    switch step.operation {
    case .add: schedule(.add, x, y(), into: z)
    case .subtract: schedule(.subtract, x, y(), into: z)
    case .multiply: schedule(.multiply, x, y(), into: z)
    case .divide: schedule(.divide, x, y(), into: z)
    case .negate: schedule(.negate, x, x, into: z)
    case .power, .integerPower, .root, .call:
      evaluateFunction(k, withSlopes: withSlopes && plan.isActive(plan.firstStep + k))
    }
    displace(plan.firstStep + k)
  }

  /// Displaces the numbers of a value, if any are to be. Sums are also moved by φ·ε of an operand: a result of
  /// cancellation would otherwise stay on its grid.
  private mutating func displace(_ v: Int) {
    guard let displacement else { return }
    let z = ownLane(v)
    let isDown = ((v >> displacement.bit) & 1 == 1) != displacement.isReversed
    func constant(_ index: Int) -> Lane {
      Lane(start: constantPlace + index + (isDown ? 1 : 0), count: z.count, stride: 0)
    }
    schedule(.multiply, z, constant(2), into: z)
    guard v >= plan.firstStep else { return }
    let step = plan.steps[v - plan.firstStep]
    guard step.operation.isSum else { return }
    let x = lane(step.left)
    schedule(
      .addProduct, Lane(start: x.start, count: z.count, stride: x.stride), constant(4), into: z)
  }

  // MARK: - Backward

  /// Forgets all adjoints but that of the result, which is the one given.
  mutating func seed(_ adjoint: Lane) {
    for v in isTouched.indices { isTouched[v] = false }
    guard plan.isActive(plan.result) else { return }
    isTouched[plan.result] = true
    schedule(.copy, adjoint, adjoint, into: adjointLane(plan.result))
  }

  /// Schedules everything for a range of rows of data: values and residuals, then the slopes of the values.
  mutating func differentiate(_ rows: Range<Int>, of data: ModelRows<Scalar>) {
    evaluate(rows, of: data, withSlopes: true)
    seed(oneLane)
    handAllOn()
  }

  /// The same with the slopes of ½·rᵢ² in place of those of the values.
  mutating func differentiateSquares(_ rows: Range<Int>, of data: ModelRows<Scalar>) {
    evaluate(rows, of: data, withSlopes: true)
    seedResiduals(of: data)
    handAllOn()
  }

  /// Forgets all adjoints but that of the result, which is rᵢ/σᵢ for ½·rᵢ².
  mutating func seedResiduals(of data: ModelRows<Scalar>) {
    guard data.sigma != nil else { return seed(residualLane) }
    schedule(.divide, residualLane, sigmaLane, into: scratchLane)
    seed(scratchLane)
  }

  private mutating func handAllOn() {
    for k in plan.steps.indices.reversed() where isReached(k) { handOn(k) }
  }

  /// Whether a step has anything to hand on.
  func isReached(_ k: Int) -> Bool { isTouched[plan.firstStep + k] }

  /// The slopes of the result along a parameter, after all steps have handed on.
  func gradientLane(_ j: Int) -> Lane { isTouched[j] ? adjointLane(j) : zeroLane }

  /// Adds a step's share to the adjoints of its operands.
  mutating func handOn(_ k: Int) {
    let step = plan.steps[k]
    let z = plan.firstStep + k
    let adjoint = adjointLane(z)
    switch step.operation {
    case .add:
      add(adjoint, to: step.left)
      add(adjoint, to: step.right)
    case .subtract:
      add(adjoint, to: step.left)
      subtract(adjoint, nil, from: step.right)
    case .negate: subtract(adjoint, nil, from: step.left)
    case .multiply:
      add(adjoint, lane(step.right), to: step.left)
      add(adjoint, lane(step.left), to: step.right)
    case .divide:
      schedule(.divide, adjoint, lane(step.right), into: scratchLane)
      add(scratchLane, to: step.left)
      subtract(scratchLane, lane(z), from: step.right)
    case .power, .integerPower, .root, .call:
      add(adjoint, slopeLane(k, 0), to: step.left)
      if step.hasRight { add(adjoint, slopeLane(k, 1), to: step.right) }
    }
  }

  /// v̄ += x, or x·y.
  private mutating func add(_ x: Lane, _ y: Lane? = nil, to v: Int) {
    guard plan.isActive(v) else { return }
    let adjoint = adjointLane(v)
    if let y {
      schedule(isTouched[v] ? .addProduct : .multiply, x, y, into: adjoint)
    } else if isTouched[v] {
      schedule(.add, adjoint, x, into: adjoint)
    } else {
      schedule(.copy, x, x, into: adjoint)
    }
    isTouched[v] = true
  }

  /// v̄ −= x, or x·y.
  private mutating func subtract(_ x: Lane, _ y: Lane?, from v: Int) {
    guard plan.isActive(v) else { return }
    let adjoint = adjointLane(v)
    switch (isTouched[v], y) {
    case (true, let y?): schedule(.subtractProduct, x, y, into: adjoint)
    case (true, nil): schedule(.subtract, adjoint, x, into: adjoint)
    case (false, let y?):
      schedule(.multiply, x, y, into: adjoint)
      schedule(.negate, adjoint, adjoint, into: adjoint)
    case (false, nil): schedule(.negate, x, x, into: adjoint)
    }
    isTouched[v] = true
  }

  /// Divides the slopes of the result by the rows' σ.
  mutating func weighGradients() {
    for j in 0..<plan.parameterCount where isTouched[j] {
      schedule(.divide, adjointLane(j), sigmaLane, into: adjointLane(j))
    }
  }
}
