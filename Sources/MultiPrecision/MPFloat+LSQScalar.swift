public import LSQScalars

// The kernels of the solver and of dual numbers. Each makes the roundings of the default in the same
// order; all it saves is a new value per product: one product, made once, is overwritten in place.

extension MPFloat: LSQScalar {
  /// An `MPFloat` is its own scalar.
  public typealias Scalar = MPFloat

  @inlinable
  public static func dotProduct(
    _ x: Span<Self>, _ xLane: Lane, _ y: Span<Self>, _ yLane: Lane
  ) -> Self {
    var sum: Self = 0
    var product = sum
    for i in 0..<xLane.count {
      product.set(.multiply, x[xLane[i]], y[yLane[i]])
      sum.update(.add, product)
    }
    return sum
  }

  @inlinable
  public static func addScaled(
    _ factor: Self, _ x: Span<Self>, _ xLane: Lane, to y: inout MutableSpan<Self>, _ yLane: Lane
  ) {
    var product = factor
    for i in 0..<xLane.count {
      product.set(.multiply, factor, x[xLane[i]])
      y[yLane[i]].update(.add, product)
    }
  }

  @inlinable
  public static func addScaled(
    _ factor: Self, _ xLane: Lane, to yLane: Lane, in buffer: inout MutableSpan<Self>
  ) {
    var product = factor
    for i in 0..<xLane.count {
      product.set(.multiply, factor, buffer[xLane[i]])
      buffer[yLane[i]].update(.add, product)
    }
  }

  @inlinable
  public static func divide(_ lane: Lane, of buffer: inout MutableSpan<Self>, by divisor: Self) {
    for i in 0..<lane.count { buffer[lane[i]].update(.divide, divisor) }
  }

  @inlinable
  public static func applyReflector(
    inColumn pivot: Int, ofRowMajor matrix: inout MutableSpan<Self>, rowCount: Int,
    columnCount: Int, sums: inout MutableSpan<Self>
  ) {
    let trailing = (pivot + 1)..<columnCount
    guard !trailing.isEmpty else { return }
    let leading = matrix[pivot * columnCount + pivot]
    var product: Self = 0
    for k in trailing { sums[k] = 0 }
    for i in pivot..<rowCount {
      let row = i * columnCount
      for k in trailing {
        product.set(.multiply, matrix[row + pivot], matrix[row + k])
        sums[k].update(.add, product)
      }
    }
    for k in trailing { sums[k].update(.divide, leading) }
    for i in pivot..<rowCount {
      let row = i * columnCount
      for k in trailing {
        product.set(.multiply, sums[k], matrix[row + pivot])
        matrix[row + k].update(.subtract, product)
      }
    }
  }

  @inlinable
  public static func rotate(
    _ x: inout MutableSpan<Self>, _ xLane: Lane, _ y: inout MutableSpan<Self>, _ yLane: Lane,
    cosine: Self, sine: Self
  ) {
    var sineTimesX = sine
    var sineTimesY = sine
    for i in 0..<xLane.count {
      sineTimesX.set(.multiply, sine, x[xLane[i]])
      sineTimesY.set(.multiply, sine, y[yLane[i]])
      // c·x + s·y and −(s·x) + c·y, each product and each sum rounded.
      x[xLane[i]].update(.multiply, cosine)
      x[xLane[i]].update(.add, sineTimesY)
      y[yLane[i]].update(.multiply, cosine)
      y[yLane[i]].update(.subtract, sineTimesX)
    }
  }

  @inlinable
  public static func multiply(_ elements: inout MutableSpan<Self>, by factor: Self) {
    for i in elements.indices { elements[i].update(.multiply, factor) }
  }

  @inlinable
  public static func combine(
    _ x: inout MutableSpan<Self>, times a: Self, adding y: Span<Self>, times b: Self
  ) {
    var product = b
    for i in x.indices {
      product.set(.multiply, b, y[i])
      x[i].update(.multiply, a)
      x[i].update(.add, product)
    }
  }
}
