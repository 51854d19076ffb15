/// Compiles a formula in postfix order by running it on a stack of descriptions of operands.
struct TapeCompiler {
  /// Where an operand will be found.
  private enum Place: Equatable {
    /// A parameter or predictor.
    case input(Int)
    case constant(Int)
    case intermediate(Int)
  }

  private struct Operand {
    var place: Place
    /// The exact value, if the operand is built from integers and short decimals alone.
    var exact: ExactRational?
    /// How many instructions there were before those of the operand.
    var firstInstruction: Int

    var isIntermediate: Bool {
      if case .intermediate = place { true } else { false }
    }
  }

  private struct Step {
    var operation: Tape.Operation
    var target: Int
    var left: Place
    var right: Place
    var exponent = 0
  }

  private var inputs: [String: Int] = [:]
  private let givenConstants: [String: String]
  private let parameterCount: Int
  private let predictorCount: Int
  private let known: [String]
  private var constants: [Tape.Constant] = []
  private var constantIndices: [Tape.Constant: Int] = [:]
  private var steps: [Step] = []
  /// The values of the definitions so far, and on top of them the operands of the expression being compiled.
  private var operands: [Operand] = []
  /// How many of them are intermediates.
  private var depth = 0
  private var intermediateCount = 0

  init(
    parameters: [String], predictors: [String], constants: [String: String]
  ) throws(FormulaError) {
    let outer = parameters + predictors
    known = outer + constants.keys.sorted()
    givenConstants = constants
    parameterCount = parameters.count
    predictorCount = predictors.count
    for (index, name) in known.enumerated() {
      guard !MathFunction.isReserved(name) else {
        throw FormulaError(.reservedName, column: nil, token: name)
      }
      guard inputs.updateValue(index, forKey: name) == nil else {
        throw FormulaError(.duplicateName, column: nil, token: name)
      }
    }
    for name in known.dropFirst(outer.count) {
      inputs[name] = nil
      let text = constants[name] ?? ""
      guard DecimalText.isDecimal(text) else {
        throw FormulaError(.malformedNumber, column: nil, token: text)
      }
    }
  }

  /// The tape of a formula.
  mutating func compile(_ postfix: [PostfixStep]) throws(FormulaError) -> Tape {
    for step in postfix { try append(step) }
    var tape = Tape(parameterCount: parameterCount, predictorCount: predictorCount)
    tape.constants = constants
    tape.instructions = steps.map { step in
      Tape.Instruction(
        operation: step.operation, target: register(.intermediate(step.target)),
        left: register(step.left),
        right: step.operation.isIntegerPower ? step.exponent : register(step.right))
    }
    tape.registerCount = register(.intermediate(intermediateCount))
    tape.result = register(operands[operands.count - 1].place)
    return tape
  }

  private func register(_ place: Place) -> Int {
    let inputCount = parameterCount + predictorCount
    return switch place {
    case .input(let index): index
    case .constant(let index): inputCount + index
    case .intermediate(let depth): inputCount + constants.count + depth
    }
  }

  private mutating func append(_ step: PostfixStep) throws(FormulaError) {
    switch step {
    case .number(let text, let column): pushDecimal(text, column: column)
    case .pi: pushConstant(.pi, exact: nil)
    case .name(let name, let column):
      if let index = inputs[name] {
        push(.input(index), exact: nil)
      } else if let text = givenConstants[name] {
        pushDecimal(text, column: column)
      } else {
        throw FormulaError(.unknownName(known: known), column: column, token: name)
      }
    case .definition(let index):
      // Not what computes it, but where it will be found.
      push(operands[index].place, exact: operands[index].exact)
    case .negate: appendUnary(.negate) { $0.negated }
    case .call(let function) where function.argumentCount == 2:
      appendBinary(.call(function)) { _, _ in nil }
    case .call(let function): appendUnary(.call(function)) { _ in nil }
    case .add: appendBinary(.add) { $0.plus($1) }
    case .subtract:
      appendBinary(.subtract) { a, b in b.negated.flatMap { a.plus($0) } }
    case .multiply: appendBinary(.multiply) { $0.times($1) }
    case .divide: appendBinary(.divide) { $0.divided(by: $1) }
    case .power: appendPower()
    }
  }

  private mutating func push(_ place: Place, exact: ExactRational?) {
    push(Operand(place: place, exact: exact, firstInstruction: steps.count))
  }

  private mutating func push(_ operand: Operand) {
    operands.append(operand)
    if operand.isIntermediate { depth += 1 }
  }

  private mutating func pop() -> Operand {
    let operand = operands.removeLast()
    if operand.isIntermediate { depth -= 1 }
    return operand
  }

  private mutating func pushDecimal(_ text: String, column: Int) {
    pushConstant(.decimal(text, column: column), exact: ExactRational(decimal: text))
  }

  /// One register serves all constants of the same text.
  private mutating func pushConstant(_ constant: Tape.Constant, exact: ExactRational?) {
    var key = constant
    if case .decimal(let text, _) = constant { key = .decimal(text, column: 0) }
    let index = constantIndices[key] ?? constants.count
    if index == constants.count {
      constants.append(constant)
      constantIndices[key] = index
    }
    push(.constant(index), exact: exact)
  }

  private mutating func appendUnary(
    _ operation: Tape.Operation, exact: (ExactRational) -> ExactRational?
  ) {
    let operand = pop()
    emit(operation, operand, operand, exact: operand.exact.flatMap(exact))
  }

  private mutating func appendBinary(
    _ operation: Tape.Operation, exact: (ExactRational, ExactRational) -> ExactRational?
  ) {
    var right = pop()
    var left = pop()
    let value = left.exact.flatMap { a in right.exact.flatMap { b in exact(a, b) } }
    // A sum or product may begin with either operand; in place with the one that is an intermediate.
    if operation.isCommutative, !left.isIntermediate, right.isIntermediate { swap(&left, &right) }
    emit(operation, left, right, exact: value)
  }

  /// Appends a power; one with a whole constant exponent is taken as such, so that its base may be
  /// negative.
  private mutating func appendPower() {
    let exponent = pop()
    guard let n = exponent.exact?.integer else {
      push(exponent)
      return appendBinary(.power) { $0.raised(to: $1) }
    }
    // The instructions that would compute the exponent are the last ones.
    steps.removeSubrange(exponent.firstInstruction...)
    let base = pop()
    let exact = exponent.exact.flatMap { n in base.exact?.raised(to: n) }
    switch n {
    case 1: push(base)
    case 2: emit(.multiply, base, base, exact: exact)
    default: emit(.integerPower, base, base, exponent: n, exact: exact)
    }
  }

  /// Appends an instruction; its result takes the place of its operands on the stack.
  ///
  /// Intermediates are numbered from the bottom of the stack, so if an operand is one, the result takes its
  /// register. The value of a definition keeps its own: where it is used, another place on the stack stands for it.
  private mutating func emit(
    _ operation: Tape.Operation, _ left: Operand, _ right: Operand, exponent: Int = 0,
    exact: ExactRational?
  ) {
    let target = depth
    steps.append(
      Step(
        operation: operation, target: target, left: left.place, right: right.place,
        exponent: exponent))
    intermediateCount = max(intermediateCount, target + 1)
    push(
      Operand(
        place: .intermediate(target), exact: exact, firstInstruction: left.firstInstruction))
  }
}

extension Tape.Operation {
  fileprivate var isCommutative: Bool {
    switch self {
    case .add, .multiply: true
    default: false
    }
  }

  fileprivate var isIntegerPower: Bool {
    if case .integerPower = self { true } else { false }
  }
}
