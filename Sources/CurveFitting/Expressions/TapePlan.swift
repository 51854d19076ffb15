/// What can be known of a tape before there are numbers: its steps, and what depends on what.
///
/// Every step has a value of its own; the values of parameters, predictors and constants come first. Steps
/// that occur twice are taken once.
struct TapePlan: Sendable {
  /// A step; operands are indices of values.
  struct Step: Hashable, Sendable {
    var operation: Tape.Operation
    var left: Int
    /// The second operand; that of a function of one argument says nothing, and for
    /// ``Tape/Operation/integerPower`` it is the exponent.
    var right: Int
  }

  let parameterCount: Int
  let predictorCount: Int
  let constants: [Tape.Constant]
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

  init(_ tape: Tape) {
    parameterCount = tape.parameterCount
    predictorCount = tape.predictorCount
    constants = tape.constants
    let (n, inputCount) = (tape.parameterCount, tape.parameterCount + tape.predictorCount)
    firstStep = inputCount + tape.constants.count
    supports = (0..<firstStep).map { $0 < n ? [$0] : [] }
    varies = (0..<firstStep).map { (n..<inputCount).contains($0) }
    // The registers are used again; where each is read, what was written last.
    var place = Array(0..<max(tape.registerCount, firstStep))
    var known: [Step: Int] = [:]
    for instruction in tape.instructions {
      let operation = instruction.operation
      let left = place[instruction.left]
      let right =
        operation == .integerPower
        ? instruction.right : operation.hasTwoOperands ? place[instruction.right] : left
      let step = Step(operation: operation, left: left, right: right)
      if let index = known[step] {
        place[instruction.target] = index
        continue
      }
      let index = firstStep + steps.count
      known[step] = index
      place[instruction.target] = index
      steps.append(step)
      let second = operation.hasTwoOperands ? right : left
      supports.append(Set(supports[left]).union(supports[second]).sorted())
      varies.append(varies[left] || varies[second])
      let partner = step.partner.flatMap { known[$0] }
      partners.append(partner.map { $0 - inputCount - tape.constants.count })
    }
    result = place[tape.result]
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
    case .add, .subtract, .multiply, .divide, .power, .call(.atan2), .call(.pow): true
    case .negate, .integerPower, .call: false
    }
  }

  /// Whether it is none of the four operations of arithmetic, nor a change of sign.
  var isFunction: Bool {
    switch self {
    case .add, .subtract, .multiply, .divide, .negate: false
    case .power, .integerPower, .call: true
    }
  }
}
