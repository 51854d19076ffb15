public import LSQScalars

/// Loops over all rows of data, made in the module of the model, so that its formula is part of the loop.
///
/// A call of the model through a closure for every row would hide the formula from the compiler, which then
/// can neither keep the parameters in registers nor take several rows at once.
@usableFromInline
struct ModelLoops<Scalar: LSQScalar> {
  /// Writes the residuals at b.
  @usableFromInline
  typealias Residuals = (_ b: Span<Scalar>, _ r: inout MutableSpan<Scalar>) throws -> Void

  /// Writes the Jacobian at b, row by row, and, where there is room for them, the residuals. Returns a
  /// number that is finite only if all values and slopes of the model are.
  @usableFromInline
  typealias Gradients = (
    _ b: Span<Scalar>, _ r: inout MutableSpan<Scalar>, _ J: inout MutableSpan<Scalar>
  ) throws -> Scalar

  @usableFromInline let residuals: Residuals
  /// nil where the model is differentiated row by row with ``GradientFunction``.
  @usableFromInline let gradients: Gradients?

  @inlinable
  init(_ model: some Model, _ data: ModelRows<Scalar>, parameterCount: Int) {
    residuals = { b, r in
      let (predictors, y) = (data.predictors.span, data.response.span)
      if data.predictorCount == 1 {
        for i in y.indices {
          r[i] = try model.value(b, at: predictors.extracting(i..<i + 1)) - y[i]
        }
      } else {
        for i in y.indices {
          r[i] = try model.value(b, at: predictors.extracting(data.range(i))) - y[i]
        }
      }
      guard let sigma = data.sigma else { return }
      for i in sigma.indices { r[i] /= sigma[i] }
    }
    gradients =
      data.predictorCount == 1 && Self.isBuiltIn
      ? Self.gradients(model, data, parameterCount: parameterCount) : nil
  }

  /// Whether the scalar's operations are instructions of the processor.
  @inlinable @inline(__always)
  static var isBuiltIn: Bool {
    #if (arch(i386) || arch(x86_64)) && !os(Windows) && !os(Android)
      if Scalar.self == Float80.self { return true }
    #endif
    return Scalar.self == Double.self || Scalar.self == Float.self
  }

  @inlinable
  static func gradients(
    _ model: some Model, _ data: ModelRows<Scalar>, parameterCount: Int
  ) -> Gradients? {
    switch parameterCount {
    case 1: loop(model, data, over: RegularDual<Scalar, 1>.self)
    case 2: loop(model, data, over: RegularDual<Scalar, 2>.self)
    case 3: loop(model, data, over: RegularDual<Scalar, 3>.self)
    case 4: loop(model, data, over: RegularDual<Scalar, 4>.self)
    case 5: loop(model, data, over: RegularDual<Scalar, 5>.self)
    case 6: loop(model, data, over: RegularDual<Scalar, 6>.self)
    case 7: loop(model, data, over: RegularDual<Scalar, 7>.self)
    case 8: loop(model, data, over: RegularDual<Scalar, 8>.self)
    default: nil
    }
  }

  /// The loop for `count` parameters and one predictor.
  @inlinable
  static func loop<let count: Int>(
    _ model: some Model, _ data: ModelRows<Scalar>, over: RegularDual<Scalar, count>.Type
  ) -> Gradients {
    { b, r, J in
      let (x, y) = (data.predictors.span, data.response.span)
      let wantsResiduals = !r.isEmpty
      let parameters = InlineArray<count, RegularDual<Scalar, count>> {
        RegularDual(b[$0], index: $0)
      }
      // An infinity or NaN stays in a sum; an overflow of the sum itself costs time, no more.
      var sum: Scalar = 0
      for i in y.indices {
        let predictor = InlineArray<1, RegularDual<Scalar, count>>(
          repeating: RegularDual(constant: x[i]))
        let result = try model.value(parameters.span, at: predictor.span)
        for j in 0..<count {
          J[i * count + j] = result.partials[j]
          sum += result.partials[j]
        }
        sum += result.value
        if wantsResiduals { r[i] = result.value - y[i] }
      }
      guard let sigma = data.sigma else { return sum }
      for i in sigma.indices {
        for j in 0..<count { J[i * count + j] /= sigma[i] }
        if wantsResiduals { r[i] /= sigma[i] }
      }
      return sum
    }
  }
}
