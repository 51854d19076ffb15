import LSQScalars
import LeastSquares

/// Residuals, Jacobian and S = Σ rᵢ·∇²rᵢ of a tape over a block of rows, by one forward sweep with tangents and one
/// backward sweep with adjoints.
///
/// For z = φ(u, v) every step knows the tangents ∇u and ∇v along the parameters, and the adjoint z̄ of Σ rᵢ·fᵢ with r
/// held fixed. Then
///
///     S  =  Σ  z̄·(φ_uu·∇u∇uᵀ + φ_uv·(∇u∇vᵀ + ∇v∇uᵀ) + φ_vv·∇v∇vᵀ)    over all steps and rows,
///
/// to which additions contribute nothing. The parameters along which a tangent can be nonzero are known beforehand.
///
/// - Complexity: O(steps·n²) per row, less for steps that few parameters change.
///
/// Source: A. Griewank, A. Walther, *Evaluating Derivatives*, 2nd ed. (SIAM, 2008), chapters 7 and 8.
struct TapeCurvature<Scalar: LSQScalar> {
  private let plan: TapePlan
  private var sheet: TapeSheet<Scalar>
  /// Where the tangents of each value begin: `height` cells for each parameter of its support.
  private let tangentPlace: [Int]
  /// Where the second derivatives φ_uu, φ_uv, φ_vv of each function begin.
  private let curvaturePlace: [Int]
  /// Where a weight per row begins, and where the lower triangle of S does, row by row.
  private let (weightPlace, sumPlace): (Int, Int)

  /// What a block of rows yields.
  struct Part: Sendable {
    var residuals: [Scalar]
    /// The Jacobian, row by row.
    var gradients: [Scalar]
    /// The lower triangle of S, row by row.
    var secondOrder: [Scalar]
  }

  /// - Parameter height: the most rows of a block.
  init(of tape: ModelTape<Scalar>, at b: [Scalar], height: Int) {
    plan = tape.plan
    let n = b.count
    var count = 0
    func reserve(_ size: Int) -> Int {
      count += size
      return count - size
    }
    let tangents = plan.supports.map { reserve($0.count * height) }
    let curvatures = plan.steps.map { reserve($0.operation.isFunction ? 3 * height : 0) }
    let (weight, sums) = (reserve(height), reserve(n * (n + 1) / 2))
    sheet = TapeSheet(tape, height: height, additionalCells: count)
    let first = sheet.cells.count - count
    tangentPlace = tangents.map { first + $0 }
    curvaturePlace = curvatures.map { first + $0 }
    (weightPlace, sumPlace) = (first + weight, first + sums)
    for j in 0..<n { sheet.cells[tangentPlace[j]] = 1 }
    sheet.begin(b.span, withSlopes: true)
    for k in plan.steps.indices where !plan.varies[plan.firstStep + k] { follow(k) }
  }

  /// What a block of rows contributes to S and, if asked for, its residuals and gradients.
  mutating func part(_ block: Range<Int>, of data: ModelRows<Scalar>, withRows: Bool) -> Part {
    let n = plan.parameterCount
    let count = withRows ? block.count : 0
    var part = Part(
      residuals: Array(repeating: 0, count: count),
      gradients: Array(repeating: 0, count: count * n), secondOrder: [])
    let triangle = Lane(start: sumPlace, count: n * (n + 1) / 2)
    sheet.clear(triangle)
    sheet.evaluate(block, of: data, withSlopes: true)
    for k in plan.steps.indices where plan.varies[plan.firstStep + k] { follow(k) }
    if withRows { take(&part, isWeighted: data.sigma != nil) }
    sheet.seedResiduals(of: data)
    for k in plan.steps.indices.reversed() where sheet.isReached(k) {
      bend(k)
      sheet.handOn(k)
    }
    sheet.perform()
    part.secondOrder = Array(sheet.cells[triangle.start..<triangle.start + triangle.count])
    return part
  }

  /// Writes down residuals and gradients.
  private mutating func take(_ part: inout Part, isWeighted: Bool) {
    let n = plan.parameterCount
    let scratch = sheet.scratchLane
    func write(_ lane: Lane, to elements: inout [Scalar], from start: Int, stride: Int) {
      sheet.perform()
      var target = elements.mutableSpan
      sheet.write(lane, to: &target, Lane(start: start, count: lane.count, stride: stride))
    }
    for (s, j) in plan.supports[plan.result].enumerated() {
      let slopes = tangentLane(plan.result, s)
      sheet.schedule(isWeighted ? .divide : .copy, slopes, sheet.sigmaLane, into: scratch)
      write(scratch, to: &part.gradients, from: j, stride: n)
    }
    write(sheet.residualLane, to: &part.residuals, from: 0, stride: 1)
  }

  // MARK: - Forward

  private func tangentLane(_ value: Int, _ s: Int) -> Lane {
    Lane(
      start: tangentPlace[value] + s * sheet.height, count: sheet.rowCount,
      stride: plan.varies[value] && value >= plan.parameterCount ? 1 : 0)
  }

  /// The tangent of a value along parameter j; nil where it is zero.
  private func tangentLane(_ value: Int, along j: Int) -> Lane? {
    plan.supports[value].firstIndex(of: j).map { tangentLane(value, $0) }
  }

  private func curvatureLane(_ k: Int, _ index: Int) -> Lane {
    Lane(
      start: curvaturePlace[k] + index * sheet.height, count: sheet.rowCount,
      stride: plan.varies[plan.firstStep + k] ? 1 : 0)
  }

  private var weightLane: Lane { Lane(start: weightPlace, count: sheet.rowCount) }

  /// The tangents of a step and, for a function, its second derivatives.
  private mutating func follow(_ k: Int) {
    let step = plan.steps[k]
    let z = plan.firstStep + k
    guard plan.isActive(z) else { return }
    if step.operation.isFunction { curve(k) }
    let count = sheet.ownLane(z).count
    func own(_ lane: Lane) -> Lane { Lane(start: lane.start, count: count, stride: lane.stride) }
    let (u, v) = (
      own(sheet.lane(step.left)), own(sheet.lane(step.hasRight ? step.right : step.left))
    )
    let reciprocal = own(weightLane)
    if step.operation == .divide {
      sheet.schedule(.divide, own(sheet.oneLane), v, into: reciprocal)
    }
    for (s, j) in plan.supports[z].enumerated() {
      var target = own(tangentLane(z, s))
      target.stride = 1
      let left = tangentLane(step.left, along: j).map(own)
      let right = step.hasRight ? tangentLane(step.right, along: j).map(own) : nil
      switch step.operation {
      case .add: combine(left, nil, right, nil, .add, into: target)
      case .subtract: combine(left, nil, right, nil, .subtract, into: target)
      case .negate: combine(nil, nil, left, nil, .subtract, into: target)
      case .multiply: combine(left, v, right, u, .add, into: target)
      case .divide:
        combine(left, nil, right, own(sheet.lane(z)), .subtract, into: target)
        sheet.schedule(.multiply, target, reciprocal, into: target)
      case .power, .integerPower, .root, .call:
        combine(
          left, own(sheet.slopeLane(k, 0)), right,
          right == nil ? nil : own(sheet.slopeLane(k, 1)), .add, into: target)
      }
    }
  }

  /// z = x·a ± y·b, where a nil factor is 1 and a nil term is 0.
  private mutating func combine(
    _ x: Lane?, _ a: Lane?, _ y: Lane?, _ b: Lane?, _ operation: LaneOperation, into z: Lane
  ) {
    let isSum = operation == .add
    if let x {
      sheet.schedule(a == nil ? .copy : .multiply, x, a ?? x, into: z)
      guard let y else { return }
      if let b {
        sheet.schedule(isSum ? .addProduct : .subtractProduct, y, b, into: z)
      } else {
        sheet.schedule(operation, z, y, into: z)
      }
    } else if let y {
      sheet.schedule(b == nil ? .copy : .multiply, y, b ?? y, into: z)
      if !isSum { sheet.schedule(.negate, z, z, into: z) }
    }
  }

  /// The second derivatives of a function.
  private mutating func curve(_ k: Int) {
    let step = plan.steps[k]
    let z = sheet.ownLane(plan.firstStep + k)
    let own = Lane(start: curvatureLane(k, 0).start, count: z.count)
    switch step.operation {
    case .call(.exp): sheet.schedule(.copy, z, z, into: own)
    case .call(.sin), .call(.cos): sheet.schedule(.negate, z, z, into: own)
    case .integerPower: sheet.scheduleCurvatures(ofPower: k, into: own)
    default:
      sheet.perform()
      for i in 0..<z.count { curve(k, row: i) }
    }
  }

  /// The second derivatives of a function in one row.
  private mutating func curve(_ k: Int, row i: Int) {
    let step = plan.steps[k]
    let x = sheet.cells[sheet.lane(step.left)[i]]
    guard step.hasRight else {
      let u = SecondOrderDual<Scalar, 1, 1>.variable(x, index: 0)
      sheet.cells[curvatureLane(k, 0)[i]] = TapeSheet<Scalar>.unary(step, u).curvatures[0]
      return
    }
    let y = sheet.cells[sheet.lane(step.right)[i]]
    let u: SecondOrderDual<Scalar, 2, 3> =
      plan.isActive(step.left) ? .variable(x, index: 0) : .init(constant: x)
    let v: SecondOrderDual<Scalar, 2, 3> =
      plan.isActive(step.right) ? .variable(y, index: 1) : .init(constant: y)
    let value = TapeSheet<Scalar>.binary(step, u, v)
    for index in 0..<3 { sheet.cells[curvatureLane(k, index)[i]] = value.curvatures[index] }
  }

  // MARK: - Backward

  /// Adds what a step contributes to S.
  private mutating func bend(_ k: Int) {
    let step = plan.steps[k]
    let z = plan.firstStep + k
    let adjoint = sheet.adjointLane(z)
    switch step.operation {
    case .add, .subtract, .negate: return
    case .multiply:
      guard plan.isActive(step.left), plan.isActive(step.right) else { return }
      addProduct(adjoint, step.left, step.right, isNegative: false)
    case .divide:
      guard plan.isActive(step.right) else { return }
      // φ_uv = −1/v² and φ_vv = 2·u/v³ together are −(∇z∇vᵀ + ∇v∇zᵀ)/v.
      sheet.schedule(.divide, adjoint, sheet.lane(step.right), into: weightLane)
      addProduct(weightLane, z, step.right, isNegative: true)
    case .power, .integerPower, .root, .call:
      if plan.isActive(step.left) {
        sheet.schedule(.multiply, adjoint, curvatureLane(k, 0), into: weightLane)
        addSquare(weightLane, step.left)
      }
      guard step.hasRight, plan.isActive(step.right) else { return }
      sheet.schedule(.multiply, adjoint, curvatureLane(k, 2), into: weightLane)
      addSquare(weightLane, step.right)
      guard plan.isActive(step.left) else { return }
      sheet.schedule(.multiply, adjoint, curvatureLane(k, 1), into: weightLane)
      addProduct(weightLane, step.left, step.right, isNegative: false)
    }
  }

  /// Adds ±Σ w·(∇u∇vᵀ + ∇v∇uᵀ) to the lower triangle.
  private mutating func addProduct(_ w: Lane, _ u: Int, _ v: Int, isNegative: Bool) {
    for (s, i) in plan.supports[u].enumerated() {
      sheet.schedule(.multiply, w, tangentLane(u, s), into: sheet.scratchLane)
      for (t, j) in plan.supports[v].enumerated() {
        for _ in 0..<(i == j ? 2 : 1) {
          addScratchProduct(tangentLane(v, t), to: (i, j), isNegative: isNegative)
        }
      }
    }
  }

  /// Adds Σ w·∇u∇uᵀ to the lower triangle.
  private mutating func addSquare(_ w: Lane, _ u: Int) {
    for (s, i) in plan.supports[u].enumerated() {
      sheet.schedule(.multiply, w, tangentLane(u, s), into: sheet.scratchLane)
      for (t, j) in plan.supports[u].enumerated().prefix(s + 1) {
        addScratchProduct(tangentLane(u, t), to: (i, j), isNegative: false)
      }
    }
  }

  private mutating func addScratchProduct(_ x: Lane, to place: (Int, Int), isNegative: Bool) {
    let (i, j) = (max(place.0, place.1), min(place.0, place.1))
    sheet.schedule(
      isNegative ? .subtractProduct : .addProduct, sheet.scratchLane, x,
      into: Lane(start: sumPlace + i * (i + 1) / 2 + j, count: sheet.rowCount, stride: 0))
  }
}
