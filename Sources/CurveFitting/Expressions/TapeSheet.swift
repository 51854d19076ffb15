import LSQScalars
import LeastSquares

/// A tape's values and gradients for a block of rows, step by step for all rows together.
///
/// Forward every step's values are kept, and backward each step hands its adjoints z̄ = ∂f/∂z on to its
/// operands:
///
///     z = x·y:  x̄ += z̄·y,  ȳ += z̄·x;      z = g(x):  x̄ += z̄·g′(x)
///
/// The cost of a gradient is that of a few values, whatever the number of parameters; dual numbers cost a
/// product per step and parameter. Arithmetic is that of the kernel `apply`, one call for all rows; what
/// depends on no predictor is computed once for all rows. The derivatives of functions are those of ``Dual``.
///
/// - Complexity: O(steps) per row.
///
/// Source: A. Griewank, A. Walther, *Evaluating Derivatives*, 2nd ed. (SIAM, 2008), chapter 3.
struct TapeSheet<Scalar: LSQScalar> {
  let plan: TapePlan
  /// The most rows of a block.
  let height: Int
  /// The rows of the present block.
  private(set) var rowCount = 0
  /// All numbers; ``place`` and the like say which is where.
  var cells: [Scalar]
  /// Where the cells of each value begin: one for each row, or one alone.
  private let place: [Int]
  /// Where those of its adjoint begin, one for each row, if it depends on a parameter.
  private let adjointPlace: [Int]
  /// Where the slopes of each function begin: along the left operand, then along the right one.
  private let slopePlace: [Int]
  /// Room for one number per row.
  let scratch: Int
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
    scratch = reserve(height)
    cells = Array(repeating: 0, count: count + additionalCells)
    isTouched = Array(repeating: false, count: place.count)
    let firstConstant = plan.parameterCount + plan.predictorCount
    for (index, constant) in tape.constants.enumerated() {
      cells[place[firstConstant + index]] = constant
    }
  }

  // MARK: - Places

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

  var scratchLane: Lane { Lane(start: scratch, count: rowCount) }

  /// Sets z from x and y, all of which are lanes of ``cells``.
  mutating func apply(_ operation: LaneOperation, _ x: Lane, _ y: Lane, into z: Lane) {
    var target = cells.mutableSpan
    Scalar.apply(operation, x, y, into: z, in: &target)
  }

  // MARK: - Forward

  /// Takes the parameters and computes what depends on nothing else.
  mutating func begin(_ b: Span<Scalar>, withSlopes: Bool) {
    for j in b.indices { cells[place[j]] = b[j] }
    rowCount = 1
    for k in plan.steps.indices where !plan.varies[plan.firstStep + k] {
      evaluate(k, withSlopes: withSlopes)
    }
  }

  /// Computes the values of so many rows of predictors, and where asked for the slopes of functions.
  mutating func evaluate(_ rows: Range<Int>, of predictors: [Scalar], withSlopes: Bool) {
    rowCount = rows.count
    let count = plan.predictorCount
    for p in 0..<count {
      let start = place[plan.parameterCount + p]
      for (i, row) in rows.enumerated() { cells[start + i] = predictors[row * count + p] }
    }
    for k in plan.steps.indices where plan.varies[plan.firstStep + k] {
      evaluate(k, withSlopes: withSlopes)
    }
  }

  private mutating func evaluate(_ k: Int, withSlopes: Bool) {
    let step = plan.steps[k]
    let z = ownLane(plan.firstStep + k)
    var x = lane(step.left)
    x.count = z.count
    guard !step.operation.isFunction else {
      return evaluateFunction(k, withSlopes: withSlopes && plan.isActive(plan.firstStep + k))
    }
    var y = lane(step.right)
    y.count = z.count
    switch step.operation {
    case .add: apply(.add, x, y, into: z)
    case .subtract: apply(.subtract, x, y, into: z)
    case .multiply: apply(.multiply, x, y, into: z)
    case .divide: apply(.divide, x, y, into: z)
    case .negate: apply(.negate, x, x, into: z)
    case .power, .integerPower, .root, .call: break
    }
  }

  private mutating func evaluateFunction(_ k: Int, withSlopes: Bool) {
    let step = plan.steps[k]
    let z = ownLane(plan.firstStep + k)
    let x = lane(step.left)
    guard withSlopes else {
      let y = step.hasRight ? lane(step.right) : x
      for i in 0..<z.count {
        cells[z[i]] =
          step.hasRight
          ? Self.binary(step, cells[x[i]], cells[y[i]]) : Self.unary(step, cells[x[i]])
      }
      return
    }
    let slope = slopeLane(k, 0)
    if let partner = plan.partners[k] {
      // cos is the derivative of sin, and −sin of cos.
      let isSine = step.operation == .call(.sin)
      let (otherSlope, other) = (slopeLane(partner, 0), lane(plan.firstStep + partner))
      for i in 0..<z.count {
        cells[z[i]] = isSine ? -cells[otherSlope[i]] : cells[otherSlope[i]]
        cells[slope[i]] = isSine ? cells[other[i]] : -cells[other[i]]
      }
      return
    }
    if step.operation == .call(.exp) {
      for i in 0..<z.count { cells[z[i]] = .exp(cells[x[i]]) }
      return
    }
    for i in 0..<z.count { differentiate(k, cells[x[i]], row: i) }
  }

  /// The value of a function and its slopes in one row.
  private mutating func differentiate(_ k: Int, _ x: Scalar, row i: Int) {
    let step = plan.steps[k]
    let (z, slope) = (ownLane(plan.firstStep + k)[i], slopeLane(k, 0)[i])
    func take(_ value: Dual<Scalar, 1>) -> (Scalar, Scalar) { (value.value, value.partials[0]) }
    guard step.hasRight else {
      (cells[z], cells[slope]) = take(Self.unary(step, .variable(x, index: 0)))
      return
    }
    let y = cells[lane(step.right)[i]]
    guard plan.isActive(step.right) else {
      (cells[z], cells[slope]) = take(
        Self.binary(step, .variable(x, index: 0), Dual(constant: y)))
      return
    }
    let left: Dual<Scalar, 2> =
      plan.isActive(step.left) ? .variable(x, index: 0) : Dual(constant: x)
    let value = Self.binary(step, left, .variable(y, index: 1))
    cells[z] = value.value
    cells[slope] = value.partials[0]
    cells[slopeLane(k, 1)[i]] = value.partials[1]
  }

  static func binary<Number: ModelNumber>(
    _ step: TapePlan.Step, _ x: Number, _ y: Number
  ) -> Number {
    switch step.operation {
    case .power: power(x, y)
    case .call(.pow): .pow(x, y)
    default: .atan2(y: x, x: y)
    }
  }

  static func unary<Number: ModelNumber>(_ step: TapePlan.Step, _ x: Number) -> Number {
    switch step.operation {
    case .call(let function): CurveFitting.apply(function, x)
    case .root: .root(x, step.right)
    default: .pow(x, step.right)
    }
  }

  // MARK: - Backward

  /// Forgets all adjoints but that of the result, which is 1 or in ``adjointLane(_:)``.
  mutating func seed(withOnes: Bool) {
    for v in isTouched.indices { isTouched[v] = false }
    guard plan.isActive(plan.result) else { return }
    isTouched[plan.result] = true
    guard withOnes else { return }
    let lane = adjointLane(plan.result)
    for i in 0..<lane.count { cells[lane[i]] = 1 }
  }

  /// Whether a step has anything to hand on.
  func isReached(_ k: Int) -> Bool { isTouched[plan.firstStep + k] }

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
      apply(.divide, adjoint, lane(step.right), into: scratchLane)
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
      apply(isTouched[v] ? .addProduct : .multiply, x, y, into: adjoint)
    } else if isTouched[v] {
      apply(.add, adjoint, x, into: adjoint)
    } else {
      apply(.copy, x, x, into: adjoint)
    }
    isTouched[v] = true
  }

  /// v̄ −= x, or x·y.
  private mutating func subtract(_ x: Lane, _ y: Lane?, from v: Int) {
    guard plan.isActive(v) else { return }
    let adjoint = adjointLane(v)
    switch (isTouched[v], y) {
    case (true, let y?): apply(.subtractProduct, x, y, into: adjoint)
    case (true, nil): apply(.subtract, adjoint, x, into: adjoint)
    case (false, let y?):
      apply(.multiply, x, y, into: adjoint)
      apply(.negate, adjoint, adjoint, into: adjoint)
    case (false, nil): apply(.negate, x, x, into: adjoint)
    }
    isTouched[v] = true
  }

  /// Writes ∇f of the rows of the block, one after the other from an index of a buffer on, after all steps have
  /// handed on. Returns the rows of the block in which f or a slope is not finite.
  func writeGradients(_ J: inout MutableSpan<Scalar>, from start: Int) -> [Int] {
    let n = plan.parameterCount
    let values = lane(plan.result)
    var irregular: [Int] = []
    for i in 0..<rowCount {
      var isRegular = cells[values[i]].isFinite
      for j in 0..<n {
        let slope = isTouched[j] ? cells[adjointPlace[j] + i] : 0
        isRegular = isRegular && slope.isFinite
        J[start + i * n + j] = slope
      }
      if !isRegular { irregular.append(i) }
    }
    return irregular
  }

  /// Writes the residuals of the rows of the block, the first of which is row `first` of the data, from an
  /// index of a buffer on.
  func writeResiduals(
    _ r: inout MutableSpan<Scalar>, from start: Int, _ data: ModelRows<Scalar>, first: Int
  ) {
    let values = lane(plan.result)
    for i in 0..<rowCount { r[start + i] = data.residual(first + i, cells[values[i]]) }
  }

  /// f in row i of the block.
  func value(row i: Int) -> Scalar { cells[lane(plan.result)[i]] }
}
