public import LSQScalars

// The kernels of the solver and of dual numbers. Each makes the roundings of the default in the same
// order; what it saves is a new value per operation: a product is made once and overwritten in place.
// Above 64 bits, where there is only MPFR's range, the inner loops work on memory (`MPFR+Lanes.swift`).

extension MPFloat: LSQScalar {
  /// An `MPFloat` is its own scalar.
  public typealias Scalar = MPFloat

  @inlinable
  public static func euclideanNorm(
    _ v: Span<Self>, _ lane: Lane, small: Self, large: Self
  ) -> Self {
    guard lane.count > 0 else { return 0 }
    let one: Self = 1
    let largest = large / Self(lane.count)
    // Scaled sums of squares, as in the default: s₁ of the large components in units of x₁, s₂ of the
    // middle ones, s₃ of the small ones in units of x₃. `term` holds what is squared and added next.
    var s1 = one - one
    var s2 = s1
    var s3 = s1
    var x1 = s1
    var x3 = s1
    var term = s1
    var i = 0
    while i < lane.count {
      if bits > 64 {
        let rest = Lane(start: lane[i], count: lane.count - i, stride: lane.stride)
        i += MPFR.addSquares(of: v, rest, to: &s2, between: small, largest, bits)
        if i == lane.count { break }
      }
      let a = v[lane[i]].magnitude
      i += 1
      if a > small && a < largest {
        term = a
        term *= a
        s2 += term
      } else if a <= small {
        if a > x3 {
          rescale(&s3, unit: x3, to: a, one: one)
          x3 = a
        } else if !a.isZero {
          addSquare(of: a, unit: x3, to: &s3)
        }
      } else if a > x1 {
        rescale(&s1, unit: x1, to: a, one: one)
        x1 = a
      } else {
        addSquare(of: a, unit: x1, to: &s1)
      }
    }
    if !s1.isZero { return x1 * (s1 + (s2 / x1) / x1).squareRoot() }
    if !s2.isZero {
      return s2 >= x3
        ? (s2 * (one + (x3 / s2) * (x3 * s3))).squareRoot()
        : (x3 * ((s2 / x3) + (x3 * s3))).squareRoot()
    }
    return x3 * s3.squareRoot()
  }

  /// sum = 1 + sum·(unit/newUnit)².
  @inlinable
  static func rescale(_ sum: inout Self, unit: Self, to newUnit: Self, one: Self) {
    var q = unit / newUnit
    q *= q
    sum *= q
    sum += one
  }

  /// sum = sum + (x/unit)².
  @inlinable
  static func addSquare(of x: Self, unit: Self, to sum: inout Self) {
    var q = x / unit
    q *= q
    sum += q
  }

  @inlinable
  public static func dotProduct(
    _ x: Span<Self>, _ xLane: Lane, _ y: Span<Self>, _ yLane: Lane
  ) -> Self {
    var sum: Self = 0
    if bits > 64 {
      MPFR.addProducts(of: x, xLane, y, yLane, to: &sum, bits)
      return sum
    }
    var product = sum
    for i in 0..<xLane.count {
      product = x[xLane[i]]
      product *= y[yLane[i]]
      sum += product
    }
    return sum
  }

  @inlinable
  public static func addScaled(
    _ factor: Self, _ x: Span<Self>, _ xLane: Lane, to y: inout MutableSpan<Self>, _ yLane: Lane
  ) {
    if bits > 64 {
      MPFR.addScaled(factor, x, xLane, to: &y, yLane, bits)
      return
    }
    var product = factor
    for i in 0..<xLane.count {
      product = x[xLane[i]]
      product *= factor
      y[yLane[i]] += product
    }
  }

  @inlinable
  public static func addScaled(
    _ factor: Self, _ xLane: Lane, to yLane: Lane, in buffer: inout MutableSpan<Self>
  ) {
    if bits > 64 {
      MPFR.addScaled(factor, xLane, to: yLane, in: &buffer, bits)
      return
    }
    var product = factor
    for i in 0..<xLane.count {
      product = buffer[xLane[i]]
      product *= factor
      buffer[yLane[i]] += product
    }
  }

  @inlinable
  public static func apply(
    _ operation: LaneOperation, _ x: Lane, _ y: Lane, into z: Lane,
    in buffer: inout MutableSpan<Self>
  ) {
    if bits > 64 {
      MPFR.apply(LaneStep(operation, x, y, into: z), in: &buffer, bits)
    } else {
      applyByElement(operation, x, y, into: z, in: &buffer)
    }
  }

  @inlinable
  public static func apply(_ steps: Span<LaneStep>, in buffer: inout MutableSpan<Self>) {
    if bits > 64 {
      MPFR.apply(steps, in: &buffer, bits)
      return
    }
    for k in steps.indices {
      let step = steps[k]
      applyByElement(step.operation, step.x, step.y, into: step.z, in: &buffer)
    }
  }

  @inlinable
  public static func copy(
    _ x: Span<Self>, _ xLane: Lane, to y: inout MutableSpan<Self>, _ yLane: Lane
  ) {
    MPFR.copy(x, xLane, to: &y, yLane, bits)
  }

  @inlinable
  public static func divide(_ lane: Lane, of buffer: inout MutableSpan<Self>, by divisor: Self) {
    if bits > 64 {
      MPFR.divide(lane, of: &buffer, by: divisor, bits)
      return
    }
    for i in 0..<lane.count { buffer[lane[i]] /= divisor }
  }

  @inlinable
  public static func applyReflector(
    inColumn pivot: Int, ofRowMajor matrix: inout MutableSpan<Self>, rowCount: Int,
    columnCount: Int, sums: inout MutableSpan<Self>
  ) {
    let trailing = (pivot + 1)..<columnCount
    guard !trailing.isEmpty else { return }
    if bits > 64 {
      MPFR.applyReflector(
        inColumn: pivot, of: &matrix, rowCount: rowCount, columnCount: columnCount, sums: &sums,
        bits)
      return
    }
    let leading = matrix[pivot * columnCount + pivot]
    let zero: Self = 0
    var v = zero
    var product = zero
    for k in trailing { sums[k] = zero }
    for i in pivot..<rowCount {
      let row = i * columnCount
      v = matrix[row + pivot]
      for k in trailing {
        product = v
        product *= matrix[row + k]
        sums[k] += product
      }
    }
    for k in trailing { sums[k] /= leading }
    for i in pivot..<rowCount {
      let row = i * columnCount
      v = matrix[row + pivot]
      for k in trailing {
        product = v
        product *= sums[k]
        matrix[row + k] -= product
      }
    }
  }

  @inlinable
  public static func rotate(
    _ x: inout MutableSpan<Self>, _ xLane: Lane, _ y: inout MutableSpan<Self>, _ yLane: Lane,
    cosine: Self, sine: Self
  ) {
    if bits > 64 {
      MPFR.rotate(&x, xLane, &y, yLane, cosine: cosine, sine: sine, bits)
      return
    }
    var sineTimesX = sine
    var sineTimesY = sine
    for i in 0..<xLane.count {
      sineTimesX = x[xLane[i]]
      sineTimesX *= sine
      sineTimesY = y[yLane[i]]
      sineTimesY *= sine
      x[xLane[i]] *= cosine
      x[xLane[i]] += sineTimesY
      y[yLane[i]] *= cosine
      y[yLane[i]] -= sineTimesX
    }
  }

  public static func sineAndCosine(of x: Self) -> (sine: Self, cosine: Self) {
    MPFR.sineAndCosine(of: x, bits)
  }

  @inlinable
  public static func multiply(_ elements: inout MutableSpan<Self>, by factor: Self) {
    if bits > 64 {
      MPFR.multiply(Lane(count: elements.count), of: &elements, by: factor, bits)
      return
    }
    for i in elements.indices { elements[i] *= factor }
  }

  @inlinable
  public static func combine(
    _ x: inout MutableSpan<Self>, times a: Self, adding y: Span<Self>, times b: Self
  ) {
    if bits > 64 {
      MPFR.combine(&x, times: a, adding: y, times: b, bits)
      return
    }
    var product = b
    for i in x.indices {
      product = y[i]
      product *= b
      x[i] *= a
      x[i] += product
    }
  }
}
