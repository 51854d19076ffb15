import LSQScalars
import LeastSquares

/// How far trial points of a fit may go in a type wider than the hardware's.
///
/// In hardware types overflow rejects a step that leads too far. `MPFloat` has exponents up to 2³⁰: a valley may lead a
/// parameter to 10 to the power of millions, where one sine takes minutes, and a peak whose data underflow in every
/// other type is fitted to the tail that one row sees of it. So trial points end where those of `Float80` do, at 2¹⁶³⁸⁴,
/// or at the square of the largest or smallest number of start, data and model, if that is farther.
struct TrialRange<Scalar: LSQScalar> {
  /// The largest exponent of a parameter.
  private let largestExponent: Int

  init(of problem: ModelProblem<Scalar>, from start: [Scalar]) {
    var exponent = 1 << 13
    let constants = (try? problem.tape(at: start.span))?.constants ?? []
    let sigma = problem.sigma ?? []
    for numbers in [start, constants, problem.predictors, problem.response, sigma] {
      for number in numbers where number != 0 && number.isFinite {
        exponent = max(exponent, abs(Int(number.exponent)))
      }
    }
    largestExponent = 2 * exponent
  }

  /// Whether no parameter is beyond the range.
  func contains(_ parameters: Span<Scalar>) -> Bool {
    for j in parameters.indices {
      let parameter = parameters[j]
      if parameter.isFinite, parameter != 0, Int(parameter.exponent) > largestExponent {
        return false
      }
    }
    return true
  }
}

extension LeastSquaresProblem {
  /// The same problem with residuals that are infinite beyond a range, so that the solver rejects the step.
  func within(_ range: TrialRange<Scalar>) throws -> Self {
    var source = jacobian
    if case .withResiduals(let evaluate) = jacobian {
      // Where a trial step is likely to be taken, derivatives come with the residuals.
      source = .withResiduals { x, residuals, jacobian in
        if range.contains(x) { return try evaluate(x, &residuals, &jacobian) }
        for i in residuals.indices { residuals[i] = .infinity }
      }
    }
    return try Self(
      residualCount: residualCount, parameterCount: parameterCount, jacobian: source
    ) { [residuals] x, target in
      if range.contains(x) { return try residuals(x, &target) }
      for i in target.indices { target[i] = .infinity }
    }
  }
}
