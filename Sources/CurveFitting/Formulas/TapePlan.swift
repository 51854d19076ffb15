/// What can be known about a tape before there are numbers: its steps, and what depends on what.
///
/// Every step has a value of its own; the values of parameters, predictors and constants come first. Steps
/// that occur twice are taken once, and steps that lead nowhere not at all.
struct TapePlan: Sendable {
  /// A step; operands are indices of values.
  struct Step: Hashable, Sendable {
    var operation: Tape.Operation
    var left: Int
    /// The second operand; for a function of one argument it is meaningless, and for whole powers and roots it is the
    /// exponent or the degree.
    var right: Int
  }

  let parameterCount: Int
  let predictorCount: Int
  let constantCount: Int
  private(set) var steps: [Step] = []
  /// The index of the first step's value.
  let firstStep: Int
  /// The index of the formula's value.
  let result: Int
  /// For each value the parameters that it depends on, ascending.
  private(set) var supports: [[Int]]
  /// For each value whether it depends on a predictor, and so differs from row to row.
  private(set) var varies: [Bool]
  /// For each step that is a sine or cosine the step of the other function of the same argument, if it comes
  /// before.
  private(set) var partners: [Int?] = []

  /// A plan of steps in the order in which they are to be taken.
  ///
  /// - Parameters:
  ///   - given: steps whose operands come before them; the value of the k-th has the index of the first step
  ///     and k.
  ///   - givenResult: the index of the value that is wanted.
  init(
    parameterCount n: Int, predictorCount: Int, constantCount: Int, steps given: [Step],
    result givenResult: Int
  ) {
    parameterCount = n
    self.predictorCount = predictorCount
    self.constantCount = constantCount
    let first = n + predictorCount + constantCount
    firstStep = first
    supports = (0..<first).map { $0 < n ? [$0] : [] }
    varies = (0..<first).map { (n..<n + predictorCount).contains($0) }
    let isNeeded = Self.needed(given, firstStep: first, result: givenResult)
    // Where the value of each step that is given will be found.
    var place = Array(0..<first + given.count)
    var known: [Step: Int] = [:]
    for (k, wanted) in given.enumerated() where isNeeded[first + k] {
      var step = wanted
      step.left = place[wanted.left]
      if step.hasRight {
        step.right = place[wanted.right]
      } else if !step.operation.hasWholeOperand {
        step.right = step.left
      }
      if let index = known[step] {
        place[first + k] = index
        continue
      }
      let index = first + steps.count
      known[step] = index
      place[first + k] = index
      steps.append(step)
      let second = step.hasRight ? step.right : step.left
      supports.append(Self.union(supports[step.left], supports[second]))
      varies.append(varies[step.left] || varies[second])
      partners.append(step.partner.flatMap { known[$0] }.map { $0 - first })
    }
    result = place[givenResult]
  }

  /// A plan of the instructions of a tape.
  init(_ tape: Tape) {
    let first = tape.parameterCount + tape.predictorCount + tape.constants.count
    // Registers are reused: each read gets what was written last.
    var place = Array(0..<max(tape.registerCount, first))
    var steps: [Step] = []
    for instruction in tape.instructions {
      let operation = instruction.operation
      steps.append(
        Step(
          operation: operation, left: place[instruction.left],
          right: operation.hasTwoOperands ? place[instruction.right] : instruction.right))
      place[instruction.target] = first + steps.count - 1
    }
    self.init(
      parameterCount: tape.parameterCount, predictorCount: tape.predictorCount,
      constantCount: tape.constants.count, steps: steps, result: place[tape.result])
  }

  /// The union of two ascending lists, ascending; mostly it is one of them.
  private static func union(_ a: [Int], _ b: [Int]) -> [Int] {
    if b.isEmpty || a == b { return a }
    return a.isEmpty ? b : Set(a).union(b).sorted()
  }

  /// For each value whether the result depends on it.
  private static func needed(_ steps: [Step], firstStep: Int, result: Int) -> [Bool] {
    var isNeeded = Array(repeating: false, count: firstStep + steps.count)
    isNeeded[result] = true
    for (k, step) in steps.enumerated().reversed() where isNeeded[firstStep + k] {
      isNeeded[step.left] = true
      if step.hasRight { isNeeded[step.right] = true }
    }
    return isNeeded
  }

  /// The same steps with an adjoint for every value, as if predictors and constants were parameters as well.
  var withAllAdjoints: Self {
    var plan = self
    plan.supports = supports.indices.map { [$0] }
    return plan
  }

  /// Whether a value depends on a parameter.
  func isActive(_ value: Int) -> Bool { !supports[value].isEmpty }
}

extension TapePlan.Step {
  /// Whether the second operand is a value.
  var hasRight: Bool { operation.hasTwoOperands }

  /// The cosine beside a sine, and the other way round.
  fileprivate var partner: Self? {
    var other = self
    switch operation {
    case .call(.sin): other.operation = .call(.cos)
    case .call(.cos): other.operation = .call(.sin)
    default: return nil
    }
    return other
  }
}

extension Tape.Operation {
  /// Whether the second operand is a value.
  var hasTwoOperands: Bool {
    switch self {
    case .add, .subtract, .multiply, .divide, .power: true
    case .call(let function): function.argumentCount == 2
    case .negate, .integerPower, .root: false
    }
  }

  /// Whether it is a sum or a difference.
  var isSum: Bool {
    switch self {
    case .add, .subtract: true
    default: false
    }
  }

  /// Whether the result is one of two numbers, so that its slopes change from one number to the next.
  var hasKink: Bool {
    switch self {
    case .call(.abs), .call(.min), .call(.max): true
    default: false
    }
  }

  /// Whether the result is an operand, up to its sign, and never rounded.
  var isExact: Bool {
    if case .negate = self { true } else { hasKink }
  }

  /// Whether the second operand is a whole number.
  var hasWholeOperand: Bool {
    switch self {
    case .integerPower, .root: true
    default: false
    }
  }

  /// Whether it is none of the four operations of arithmetic, nor a change of sign.
  var isFunction: Bool {
    switch self {
    case .add, .subtract, .multiply, .divide, .negate: false
    case .power, .integerPower, .root, .call: true
    }
  }
}
