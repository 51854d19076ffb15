import LSQScalars
import LeastSquares

/// A tape's value and gradient by one sweep forward and one backward, for types whose operations are dear.
///
/// Forward every step's value is kept, and backward each step hands its adjoint ȳ = ∂f/∂y on to its operands:
///
///     z = x·y:  x̄ += z̄·y,  ȳ += z̄·x;      z = g(x):  x̄ += z̄·g′(x)
///
/// The cost of a gradient is that of a few values, whatever the number of parameters; dual numbers cost a
/// product per step and parameter. The derivatives of functions are those of ``Dual``, and where an
/// infinity or NaN turns up ``Dual`` decides about the whole row. Steps that occur twice are taken once, and
/// a sine beside the cosine of the same argument is that cosine's derivative.
///
/// - Complexity: O(steps) per row.
///
/// Source: A. Griewank, A. Walther, *Evaluating Derivatives*, 2nd ed. (SIAM, 2008), chapter 3.
struct TapeAdjoint<Scalar: LSQScalar> {
  /// One step; operands are indices of values, of which inputs and constants come first.
  private struct Step: Hashable {
    var operation: Tape.Operation
    var left: Int
    var right: Int
  }

  private let parameterCount: Int
  private let predictorCount: Int
  private var steps: [Step] = []
  /// The index of the first step's value.
  private let firstStep: Int
  /// The index of the formula's value.
  private let result: Int
  /// For each value whether it depends on a parameter.
  private var isActive: [Bool]
  /// For each sine or cosine the step that is the other function of the same argument, if it comes before.
  private var partner: [Int?] = []

  private var values: [Scalar]
  private var adjoints: [Scalar]
  /// The derivatives of a function's value along its operands.
  private var leftSlopes: [Scalar] = []
  private var rightSlopes: [Scalar] = []

  /// - Throws: ``ExpressionError`` for a constant beyond the range of the scalar.
  init(_ tape: Tape) throws(ExpressionError) {
    parameterCount = tape.parameterCount
    predictorCount = tape.predictorCount
    values = Array(repeating: 0, count: parameterCount + predictorCount)
    for constant in tape.constants { values.append(try tapeConstant(constant)) }
    firstStep = values.count
    isActive = values.indices.map { $0 < tape.parameterCount }
    // The registers are used again; where each is read, what was written last.
    var place = Array(0..<max(tape.registerCount, firstStep))
    var known: [Step: Int] = [:]
    for instruction in tape.instructions {
      let isPower = instruction.operation == .integerPower
      let step = Step(
        operation: instruction.operation, left: place[instruction.left],
        right: isPower ? instruction.right : place[instruction.right])
      if let index = known[step] {
        place[instruction.target] = index
        continue
      }
      let index = firstStep + steps.count
      known[step] = index
      place[instruction.target] = index
      steps.append(step)
      isActive.append(isActive[step.left] || !isPower && isActive[step.right])
      var other = step
      switch step.operation {
      case .call(.sin): other.operation = .call(.cos)
      case .call(.cos): other.operation = .call(.sin)
      default: other.left = -1
      }
      partner.append(known[other])
    }
    result = place[tape.result]
    values += Array(repeating: 0, count: steps.count)
    adjoints = Array(repeating: 0, count: values.count)
    leftSlopes = Array(repeating: 0, count: steps.count)
    rightSlopes = leftSlopes
  }

  /// Writes the gradient at (b, x) into a buffer, from index `start` on, and returns the value; nil where
  /// one of them is not finite.
  mutating func write(
    _ b: Span<Scalar>, _ x: Span<Scalar>, _ buffer: inout MutableSpan<Scalar>, from start: Int
  ) -> Scalar? {
    for j in b.indices { values[j] = b[j] }
    for k in x.indices { values[b.count + k] = x[k] }
    for k in steps.indices { evaluate(k) }
    let zero: Scalar = 0
    for i in adjoints.indices where isActive[i] { adjoints[i] = zero }
    adjoints[result] = 1
    for k in steps.indices.reversed() where isActive[firstStep + k] { handOn(k) }
    guard values[result].isFinite else { return nil }
    for j in b.indices {
      guard adjoints[j].isFinite else { return nil }
      buffer[start + j] = isActive[result] ? adjoints[j] : zero
    }
    return values[result]
  }

  /// The value of a step, and of a function its derivatives.
  private mutating func evaluate(_ k: Int) {
    let step = steps[k]
    let index = firstStep + k
    switch step.operation {
    case .add: values[index] = values[step.left] + values[step.right]
    case .subtract: values[index] = values[step.left] - values[step.right]
    case .multiply: values[index] = values[step.left] * values[step.right]
    case .divide: values[index] = values[step.left] / values[step.right]
    case .negate: values[index] = -values[step.left]
    case .power, .call(.atan2), .integerPower, .call: evaluateFunction(k)
    }
  }

  private mutating func evaluateFunction(_ k: Int) {
    let step = steps[k]
    let (x, index) = (values[step.left], firstStep + k)
    if let other = partner[k], isActive[index] {
      let slope = leftSlopes[other - firstStep]
      let value = values[other]
      // cos is the derivative of sin, and −sin of cos.
      let isSine = step.operation == .call(.sin)
      values[index] = isSine ? -slope : slope
      leftSlopes[k] = isSine ? value : -value
      return
    }
    let isBinary = step.operation == .power || step.operation == .call(.atan2)
    if isBinary, isActive[step.right] {
      let u = number(x, 0, isActive[step.left])
      let value = binary(step.operation, u, number(values[step.right], 1, true))
      values[index] = value.value
      (leftSlopes[k], rightSlopes[k]) = (value.partials[0], value.partials[1])
      return
    }
    guard isActive[step.left] else {
      values[index] =
        isBinary
        ? binary(step.operation, x, values[step.right]) : unary(step, x)
      return
    }
    let u = Dual<Scalar, 1>.variable(x, index: 0)
    let value =
      isBinary
      ? binary(step.operation, u, Dual(constant: values[step.right])) : unary(step, u)
    values[index] = value.value
    leftSlopes[k] = value.partials[0]
  }

  private func number(_ x: Scalar, _ index: Int, _ isVariable: Bool) -> Dual<Scalar, 2> {
    isVariable ? .variable(x, index: index) : Dual(constant: x)
  }

  private func binary<Number: ModelNumber>(
    _ operation: Tape.Operation, _ x: Number, _ y: Number
  ) -> Number {
    operation == .power ? power(x, y) : .atan2(y: x, x: y)
  }

  private func unary<Number: ModelNumber>(_ step: Step, _ x: Number) -> Number {
    if case .call(let function) = step.operation { return apply(function, x) }
    return .pow(x, step.right)
  }

  /// Adds a step's share to the adjoints of its operands.
  private mutating func handOn(_ k: Int) {
    let step = steps[k]
    let adjoint = adjoints[firstStep + k]
    guard adjoint != 0 else { return }
    let (left, right) = (step.left, step.right)
    switch step.operation {
    case .add:
      if isActive[left] { adjoints[left] += adjoint }
      if isActive[right] { adjoints[right] += adjoint }
    case .subtract:
      if isActive[left] { adjoints[left] += adjoint }
      if isActive[right] { adjoints[right] -= adjoint }
    case .negate: adjoints[left] -= adjoint
    case .multiply:
      if isActive[left] { adjoints[left] += adjoint * values[right] }
      if isActive[right] { adjoints[right] += adjoint * values[left] }
    case .divide:
      let share = adjoint / values[right]
      if isActive[left] { adjoints[left] += share }
      if isActive[right] { adjoints[right] -= share * values[firstStep + k] }
    case .power, .call(.atan2):
      if isActive[left] { adjoints[left] += adjoint * leftSlopes[k] }
      if isActive[right] { adjoints[right] += adjoint * rightSlopes[k] }
    case .integerPower, .call: adjoints[left] += adjoint * leftSlopes[k]
    }
  }
}

/// The gradient of a formula in a type wider than the hardware's by a sweep backward; `gradient`, which is
/// that of dual numbers, for every other model and type, and for rows with an infinity or NaN.
@usableFromInline
func adjointBody<Scalar: LSQScalar>(
  of model: some Model, else gradient: @escaping GradientFunction<Scalar>.Body
) throws -> GradientFunction<Scalar>.Body {
  guard Scalar.precisionBits > 64, let formula = model as? ExpressionModel else { return gradient }
  var adjoint = try TapeAdjoint<Scalar>(formula.tape)
  return { b, x, buffer, start in
    if let value = adjoint.write(b, x, &buffer, from: start) { return value }
    return try gradient(b, x, &buffer, start)
  }
}
