public import LSQScalars

/// Loops over rows of data, made in the module of the model, so that its formula is part of the loop.
///
/// A call of the model through a closure for every row would hide the formula from the compiler, which then can neither
/// keep the parameters in registers nor take several rows or slopes at once. Nor can it if bounds are checked at every
/// row: so they are checked once before a loop, and its numbers are accessed unchecked.
@usableFromInline
struct ModelLoops<Scalar: LSQScalar>: Sendable {
  /// Writes the residuals of some rows at b, the first of them to the front.
  @usableFromInline
  typealias Residuals =
    @Sendable (_ b: Span<Scalar>, _ rows: Range<Int>, _ r: inout MutableSpan<Scalar>) throws -> Void

  /// Writes the residuals of some rows at b and their gradients, the first of them to the front. Returns whether all numbers
  /// are finite; where not, what is written is of no use.
  @usableFromInline
  typealias Gradients =
    @Sendable (
      _ b: Span<Scalar>, _ rows: Range<Int>, _ r: inout MutableSpan<Scalar>,
      _ J: inout MutableSpan<Scalar>
    ) throws -> Bool

  @usableFromInline let residuals: Residuals
  /// nil where the model is differentiated row by row with ``GradientFunction``.
  @usableFromInline let gradients: Gradients?

  /// nil for a ``PreparedModel``, whose evaluators are made once per solve.
  @inlinable
  init?(_ model: some Model, _ data: ModelRows<Scalar>, parameterCount: Int) {
    if model is any PreparedModel { return nil }
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

  /// The loop for at most eight parameters, or two for at most sixteen, each with slopes along half of them:
  /// with eleven slopes the compiler was seen to keep the numbers in memory, and the loop to take eight times
  /// the instructions of one written by hand.
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
    case 9...16: halves(model, data, parameterCount: parameterCount)
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
    { b, rows, r, J in
      let x = data.predictors.span.extracting(rows)
      let parameters = InlineArray<count, RegularDual<Scalar, count>> {
        RegularDual(b[$0], index: $0)
      }
      let y = data.response.span.extracting(rows)
      var room = r._mutatingExtracting(x.indices)
      var slopes = J._mutatingExtracting(0..<x.count * count)
      var irregularity: UInt64 = 0
      for i in x.indices {
        let predictor = InlineArray<1, RegularDual<Scalar, count>>(
          repeating: RegularDual(constant: x[i]))
        let result = try model.value(parameters.span, at: predictor.span)
        for j in 0..<count {
          unsafe slopes[unchecked: i &* count &+ j] = result.partials[j]
          if looksWithin(count) { irregularity |= Self.irregularity(result.partials[j]) }
        }
        let residual = result.value - y[i]
        room[i] = residual
        if looksWithin(count) { irregularity |= Self.irregularity(residual) }
      }
      return data.weigh(
        &r, &J, of: rows, width: count,
        areFinite: looksWithin(count) ? irregularity &>> 63 == 0 : nil)
    }
  }

  /// Whether a loop itself checks that numbers are finite. With few slopes it has time for that, and what it has just
  /// written cannot be read before it is in memory.
  @inlinable @inline(__always)
  static func looksWithin(_ parameterCount: Int) -> Bool { parameterCount <= 2 }

  /// Has its highest bit set where a number is infinite or NaN. Integers can be combined for rows side by side, which a
  /// branch would prevent.
  @inlinable @inline(__always)
  static func irregularity(_ number: Scalar) -> UInt64 {
    if let x = number as? Double {
      return (x.bitPattern & Double.infinity.bitPattern) &+ (1 &<< 52)
    }
    if let x = number as? Float {
      return UInt64((x.bitPattern & Float.infinity.bitPattern) &+ (1 &<< 23)) &<< 32
    }
    return number.isFinite ? 0 : 1 &<< 63
  }

  /// The most predictors that loops take; with more, the model is differentiated row by row.
  @inlinable @inline(__always)
  static var widestRow: Int { 4 }

  /// The loop for `count` parameters and several predictors.
  @inlinable
  static func surface<let count: Int>(
    _ model: some Model, _ data: ModelRows<Scalar>, over: RegularDual<Scalar, count>.Type
  ) -> Gradients {
    { b, rows, r, J in
      let width = data.predictorCount
      let x = data.predictors.span.extracting(rows.lowerBound * width..<rows.upperBound * width)
      let parameters = InlineArray<count, RegularDual<Scalar, count>> {
        RegularDual(b[$0], index: $0)
      }
      let y = data.response.span.extracting(rows)
      var room = r._mutatingExtracting(y.indices)
      var slopes = J._mutatingExtracting(0..<y.count * count)
      for i in y.indices {
        // Predictors that the row does not have are never read. Room for the most that there may be lets the compiler
        // see constants.
        let predictors = InlineArray<4, RegularDual<Scalar, count>> {
          RegularDual(constant: unsafe x[unchecked: i &* width &+ min($0, width &- 1)])
        }
        let result = try model.value(
          parameters.span, at: predictors.span.extracting(0..<width))
        for j in 0..<count { unsafe slopes[unchecked: i &* count &+ j] = result.partials[j] }
        room[i] = result.value - y[i]
      }
      return data.weigh(&r, &J, of: rows, width: count)
    }
  }

  /// Two loops for up to sixteen parameters and a few predictors, the first for the slopes along the first
  /// eight.
  @inlinable
  static func halves(
    _ model: some Model, _ data: ModelRows<Scalar>, parameterCount n: Int
  ) -> Gradients? {
    guard (1...widestRow).contains(data.predictorCount) else { return nil }
    return { b, rows, r, J in
      try half(model, data, b, rows, &r, &J, from: ColumnIndex<0>.self)
      try half(model, data, b, rows, &r, &J, from: ColumnIndex<8>.self)
      return data.weigh(&r, &J, of: rows, width: n)
    }
  }

  /// The loop for the slopes along eight parameters, or as many as there are, from `first` on. Values are those of the
  /// first loop; the second computes no more of the model than its slopes depend on.
  @inlinable
  static func half<let first: Int>(
    _ model: some Model, _ data: ModelRows<Scalar>, _ b: Span<Scalar>, _ rows: Range<Int>,
    _ r: inout MutableSpan<Scalar>, _ J: inout MutableSpan<Scalar>,
    from: ColumnIndex<first>.Type
  ) throws {
    let (n, width) = (b.count, data.predictorCount)
    let end = first + 8
    // One by one, so that the compiler knows which are variables. Parameters that do not exist are never read.
    let parameters: InlineArray<16, RegularDual<Scalar, 8>> = [
      RegularDual(b[min(0, n - 1)], 0, from: first, to: end),
      RegularDual(b[min(1, n - 1)], 1, from: first, to: end),
      RegularDual(b[min(2, n - 1)], 2, from: first, to: end),
      RegularDual(b[min(3, n - 1)], 3, from: first, to: end),
      RegularDual(b[min(4, n - 1)], 4, from: first, to: end),
      RegularDual(b[min(5, n - 1)], 5, from: first, to: end),
      RegularDual(b[min(6, n - 1)], 6, from: first, to: end),
      RegularDual(b[min(7, n - 1)], 7, from: first, to: end),
      RegularDual(b[min(8, n - 1)], 8, from: first, to: end),
      RegularDual(b[min(9, n - 1)], 9, from: first, to: end),
      RegularDual(b[min(10, n - 1)], 10, from: first, to: end),
      RegularDual(b[min(11, n - 1)], 11, from: first, to: end),
      RegularDual(b[min(12, n - 1)], 12, from: first, to: end),
      RegularDual(b[min(13, n - 1)], 13, from: first, to: end),
      RegularDual(b[min(14, n - 1)], 14, from: first, to: end),
      RegularDual(b[min(15, n - 1)], 15, from: first, to: end),
    ]
    let x = data.predictors.span.extracting(rows.lowerBound * width..<rows.upperBound * width)
    let y = data.response.span.extracting(rows)
    var room = r._mutatingExtracting(y.indices)
    var slopes = J._mutatingExtracting(0..<y.count * n)
    precondition(n > 8)
    for i in y.indices {
      let predictors = InlineArray<4, RegularDual<Scalar, 8>> {
        RegularDual(constant: unsafe x[unchecked: i &* width &+ min($0, width &- 1)])
      }
      let result = try model.value(
        parameters.span.extracting(0..<n), at: predictors.span.extracting(0..<width))
      for j in 0..<8 where first == 0 || first + j < n {
        unsafe slopes[unchecked: i &* n &+ (first + j)] = result.partials[j]
      }
      if first == 0 { room[i] = result.value - y[i] }
    }
  }
}

/// The index of a column, known to the compiler.
@usableFromInline
enum ColumnIndex<let index: Int> {}
