import LSQScalars
import LeastSquares

/// Functions on a sheet, row by row, with the derivatives of ``Dual``. Whole powers and their derivatives are
/// arithmetic as far as they can be, and the exponential, which is its own derivative, is scheduled as that is.
extension TapeSheet {
  /// The values of a function and, if asked for, its slopes.
  mutating func evaluateFunction(_ k: Int, withSlopes: Bool) {
    let step = plan.steps[k]
    let z = ownLane(plan.firstStep + k)
    let x = lane(step.left)
    let own = Lane(start: x.start, count: z.count, stride: x.stride)
    if step.operation == .integerPower, step.right == 2 {
      schedule(.multiply, own, own, into: z)
    } else if step.operation == .call(.exp) {
      schedule(.exponential, own, own, into: z)
    } else {
      perform()
      if withSlopes, differentiate(k) { return }
      let y = step.hasRight ? lane(step.right) : x
      for i in 0..<z.count {
        cells[z[i]] =
          step.hasRight
          ? Self.binary(step, cells[x[i]], cells[y[i]]) : Self.unary(step, cells[x[i]])
      }
    }
    if withSlopes, step.operation == .integerPower { scheduleSlopes(k) }
  }

  /// The slopes n·xⁿ⁻¹ of a whole power, its values known.
  private mutating func scheduleSlopes(_ k: Int) {
    let step = plan.steps[k]
    let z = ownLane(plan.firstStep + k)
    func own(_ lane: Lane) -> Lane { Lane(start: lane.start, count: z.count, stride: lane.stride) }
    let (x, slope) = (own(lane(step.left)), Lane(start: slopeLane(k, 0).start, count: z.count))
    switch step.right {
    case 2:
      schedule(.add, x, x, into: slope)
      return
    case -2 where RecordedModel<Scalar>.isWide:
      // x⁻³ = x⁻²·x⁻²·x, since a quotient costs more than two products; there is range for it.
      schedule(.multiply, z, z, into: slope)
      schedule(.multiply, slope, x, into: slope)
    case ..<0: schedule(.divide, z, x, into: slope)
    default: for i in 0..<z.count { cells[slope[i]] = .pow(cells[x[i]], step.right - 1) }
    }
    schedule(.multiply, slope, own(exponentLane(k, less: 0)), into: slope)
  }

  /// Schedules the second derivatives n·(n − 1)·xⁿ⁻² of a whole power, whose slopes are known.
  mutating func scheduleCurvatures(ofPower k: Int, into curvature: Lane) {
    let step = plan.steps[k]
    let count = curvature.count
    func own(_ lane: Lane) -> Lane { Lane(start: lane.start, count: count, stride: lane.stride) }
    let x = own(lane(step.left))
    let (n, less) = (own(exponentLane(k, less: 0)), own(exponentLane(k, less: 1)))
    switch step.right {
    case 2: schedule(.copy, n, n, into: curvature)
    case ..<0:
      schedule(.divide, own(slopeLane(k, 0)), x, into: curvature)
      schedule(.multiply, curvature, less, into: curvature)
    default:
      perform()
      for i in 0..<count { cells[curvature[i]] = .pow(cells[x[i]], max(step.right - 2, 0)) }
      schedule(.multiply, curvature, n, into: curvature)
      schedule(.multiply, curvature, less, into: curvature)
    }
  }

  /// The values and slopes of a function; false where nothing was done, since the slopes of whole powers follow from
  /// their values.
  private mutating func differentiate(_ k: Int) -> Bool {
    let step = plan.steps[k]
    if step.operation == .integerPower { return false }
    let (z, slope) = (ownLane(plan.firstStep + k), slopeLane(k, 0))
    if let partner = plan.partners[k] {
      // cos is the derivative of sin, and −sin of cos.
      let isSine = step.operation == .call(.sin)
      let otherSlope = slopeLane(partner, 0)
      let other = lane(plan.firstStep + partner)
      for i in 0..<z.count {
        cells[z[i]] = isSine ? -cells[otherSlope[i]] : cells[otherSlope[i]]
        cells[slope[i]] = isSine ? cells[other[i]] : -cells[other[i]]
      }
      return true
    }
    let x = lane(step.left)
    guard step.hasRight else {
      for i in 0..<z.count {
        let value = Self.unary(step, Dual<Scalar, 1>.variable(cells[x[i]], index: 0))
        (cells[z[i]], cells[slope[i]]) = (value.value, value.partials[0])
      }
      return true
    }
    let (y, otherSlope) = (lane(step.right), slopeLane(k, 1))
    let (isLeftActive, isRightActive) = (plan.isActive(step.left), plan.isActive(step.right))
    for i in 0..<z.count {
      let (u, v) = (cells[x[i]], cells[y[i]])
      guard isRightActive else {
        let value = Self.binary(step, Dual<Scalar, 1>.variable(u, index: 0), Dual(constant: v))
        (cells[z[i]], cells[slope[i]]) = (value.value, value.partials[0])
        continue
      }
      let left: Dual<Scalar, 2> = isLeftActive ? .variable(u, index: 0) : Dual(constant: u)
      let value = Self.binary(step, left, .variable(v, index: 1))
      cells[z[i]] = value.value
      cells[slope[i]] = value.partials[0]
      cells[otherSlope[i]] = value.partials[1]
    }
    return true
  }

  static func binary<Number: ModelNumber>(
    _ step: TapePlan.Step, _ x: Number, _ y: Number
  ) -> Number {
    switch step.operation {
    case .power: power(x, y)
    case .call(.pow): .pow(x, y)
    case .call(.min): .lesser(x, y)
    case .call(.max): .greater(x, y)
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
}
