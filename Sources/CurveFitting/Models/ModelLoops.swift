public import LSQScalars

/// Loops over rows of data, made in the module of the model, so that its formula is part of the loop.
///
/// A call of the model through a closure for every row would hide the formula from the compiler, which then
/// can neither keep the parameters in registers nor take several rows or slopes at once.
@usableFromInline
struct ModelLoops<Scalar: LSQScalar>: Sendable {
  /// Writes the residuals of some rows at b, the first of them to the front.
  @usableFromInline
  typealias Residuals =
    @Sendable (_ b: Span<Scalar>, _ rows: Range<Int>, _ r: inout MutableSpan<Scalar>) throws -> Void

  /// Writes the model's values and gradients at b for some rows, the first of them to the front. Returns a
  /// number that is finite only if all of them are.
  @usableFromInline
  typealias Gradients =
    @Sendable (
      _ b: Span<Scalar>, _ rows: Range<Int>, _ values: inout MutableSpan<Scalar>,
      _ J: inout MutableSpan<Scalar>
    ) throws -> Scalar

  @usableFromInline let residuals: Residuals
  /// nil where the model is differentiated row by row with ``GradientFunction``.
  @usableFromInline let gradients: Gradients?

  @inlinable
  init(_ model: some Model, _ data: ModelRows<Scalar>, parameterCount: Int) {
    residuals = { b, rows, r in
      let predictors = data.predictors.span
      let y = data.response.span.extracting(rows)
      if data.predictorCount == 1 {
        let x = predictors.extracting(rows)
        for i in y.indices { r[i] = try model.value(b, at: x.extracting(i..<i + 1)) - y[i] }
      } else {
        for i in y.indices {
          let x = predictors.extracting(data.range(rows.lowerBound + i))
          r[i] = try model.value(b, at: x) - y[i]
        }
      }
      guard let sigma = data.sigma else { return }
      for i in y.indices { r[i] /= sigma[rows.lowerBound + i] }
    }
    gradients = Self.isBuiltIn ? Self.gradients(model, data, parameterCount: parameterCount) : nil
  }

  /// Whether the scalar's operations are instructions of the processor.
  @inlinable @inline(__always)
  static var isBuiltIn: Bool {
    #if (arch(i386) || arch(x86_64)) && !os(Windows) && !os(Android)
      if Scalar.self == Float80.self { return true }
    #endif
    return Scalar.self == Double.self || Scalar.self == Float.self
  }

  /// The loop for at most eight parameters. With eleven the compiler was seen to keep the numbers in
  /// memory, and the loop to take eight times the instructions of one written by hand.
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

  @inlinable
  static func loop<let count: Int>(
    _ model: some Model, _ data: ModelRows<Scalar>, over number: RegularDual<Scalar, count>.Type
  ) -> Gradients? {
    switch data.predictorCount {
    case 1: curve(model, data, over: number)
    case 2...widestRow: surface(model, data, over: number)
    default: nil
    }
  }

  /// The loop for `count` parameters and one predictor.
  @inlinable
  static func curve<let count: Int>(
    _ model: some Model, _ data: ModelRows<Scalar>, over: RegularDual<Scalar, count>.Type
  ) -> Gradients {
    { b, rows, values, J in
      let x = data.predictors.span.extracting(rows)
      let parameters = InlineArray<count, RegularDual<Scalar, count>> {
        RegularDual(b[$0], index: $0)
      }
      // An infinity or NaN stays in a sum; an overflow of the sum itself costs time, no more. There are two
      // sums, as in the registers that hold the slopes in pairs.
      var sums = InlineArray<2, Scalar>(repeating: 0)
      var room = values._mutatingExtracting(x.indices)
      // What is left of J: a row is its beginning, whose bounds are checked once.
      var rest = J._mutatingExtracting(0..<x.count * count)
      for i in x.indices {
        let predictor = InlineArray<1, RegularDual<Scalar, count>>(
          repeating: RegularDual(constant: x[i]))
        let result = try model.value(parameters.span, at: predictor.span)
        precondition(rest.count >= count)
        for j in 0..<count {
          rest[j] = result.partials[j]
          sums[j & 1] += result.partials[j]
        }
        sums[count & 1] += result.value
        rest = rest._consumingExtracting(droppingFirst: count)
        room[i] = result.value
      }
      return sums[0] + sums[1]
    }
  }

  /// The most predictors that loops take; with more, the model is differentiated row by row.
  @inlinable @inline(__always)
  static var widestRow: Int { 4 }

  /// The loop for `count` parameters and several predictors.
  @inlinable
  static func surface<let count: Int>(
    _ model: some Model, _ data: ModelRows<Scalar>, over: RegularDual<Scalar, count>.Type
  ) -> Gradients {
    { b, rows, values, J in
      let width = data.predictorCount
      let parameters = InlineArray<count, RegularDual<Scalar, count>> {
        RegularDual(b[$0], index: $0)
      }
      var sums = InlineArray<2, Scalar>(repeating: 0)
      var room = values._mutatingExtracting(0..<rows.count)
      var rest = J._mutatingExtracting(0..<rows.count * count)
      for i in rows {
        let x = data.predictors.span.extracting(data.range(i))
        // Predictors that the row does not have are never seen. Room for as many as there may be keeps the
        // numbers constants for the compiler.
        let predictors = InlineArray<4, RegularDual<Scalar, count>> {
          RegularDual(constant: x[min($0, width - 1)])
        }
        let result = try model.value(
          parameters.span, at: predictors.span.extracting(0..<width))
        precondition(rest.count >= count)
        for j in 0..<count {
          rest[j] = result.partials[j]
          sums[j & 1] += result.partials[j]
        }
        sums[count & 1] += result.value
        rest = rest._consumingExtracting(droppingFirst: count)
        room[i - rows.lowerBound] = result.value
      }
      return sums[0] + sums[1]
    }
  }
}
