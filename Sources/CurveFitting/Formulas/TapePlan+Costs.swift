extension TapePlan {
  /// The numbers that a row takes on a sheet: values, adjoints and slopes, data and residual, and with second
  /// derivatives of functions their curvatures and the tangents.
  func cellsPerRow(withCurvature: Bool) -> Int {
    let functionCount = steps.count { $0.operation.isFunction }
    let first = 2 * supports.count + 2 * functionCount + 4
    return withCurvature ? first + 3 * functionCount + supports.reduce(0) { $0 + $1.count } : first
  }

  /// The cost of second derivatives, with all that precedes them, in units of that of values and gradients.
  ///
  /// Products are counted. A function takes about a hundred in the widths of a climb; its derivatives are often free,
  /// so that second derivatives of a model that is mostly functions are cheap.
  var secondOrderCost: Double {
    let functionCost = 100.0
    var gradient = Double(parameterCount)
    // JᵀJ, for H.
    var more = Double(parameterCount * (parameterCount + 1)) / 2
    for (k, step) in steps.enumerated() where varies[firstStep + k] {
      let width = Double(supports[firstStep + k].count)
      let (left, right) = (
        Double(supports[step.left].count), step.hasRight ? Double(supports[step.right].count) : 0
      )
      gradient += step.operation.isFunction ? functionCost : 1
      guard width > 0 else { continue }
      gradient += 2
      switch step.operation {
      case .add, .subtract, .negate: more += left + right
      case .multiply: more += left + right + left * right
      case .divide: more += left + right + width * (1 + right)
      case .power, .integerPower, .root, .call:
        more += left + right + (left + right) * (left + right + 1) / 2
        if !step.operation.isOwnSecondDerivative { more += functionCost }
      }
    }
    return 1 + more / gradient
  }
}

extension Tape.Operation {
  /// Whether the second derivative is the value, up to its sign.
  fileprivate var isOwnSecondDerivative: Bool {
    switch self {
    case .call(.exp), .call(.sin), .call(.cos): true
    default: false
    }
  }
}
