// The kernels of Double and Float: the roundings of the defaults in the same order, without a check per
// element, and in SIMD registers where elements are independent.

extension LSQScalar where Self: SIMDScalar {
  @inlinable
  public static var normThresholds: (small: Self, large: Self) { (3.834e-20, 1.304e19) }

  /// One pass over the middle range of enorm; component by component only where that pass does not
  /// settle the norm.
  @inlinable @inline(never)
  public static func euclideanNorm(
    _ v: Span<Self>, _ lane: Lane, small: Self, large: Self
  ) -> Self {
    precondition(lane.fits(in: v.count), "\(lane) does not fit in \(v.count) elements")
    var sum: Self = 0
    var index = lane.start
    for _ in 0..<lane.count {
      let a = unsafe v[unchecked: index].magnitude
      // Written so that a NaN goes into the sum.
      sum += a <= small ? 0 : a * a
      index &+= lane.stride
    }
    // No component reaches R = large/count if the sum of squares stays well below R².
    let size = Self(lane.count)
    let isMiddle = (sum * size) * size < large * (large / 4)
    if isMiddle && sum >= decisiveSum(ofComponents: lane.count, small: small) {
      return sum.squareRoot()
    }
    return componentwiseNorm(v, lane, small: small, large: large)
  }

  /// The s₂ from which on components of at most r = `small` leave no trace in the norm: s₂ ≥ r and
  /// s₂ ≥ 4·count·r²/ε. With x₃ ≤ r and s₃ ≤ count, 1 + (x₃/s₂)·(x₃·s₃) rounds to 1.
  @inlinable
  static func decisiveSum(ofComponents count: Int, small: Self) -> Self {
    let negligible = small * (small * (Self(count) * (4 / ulpOfOne)))
    return negligible > small ? negligible : small
  }

  @inlinable
  public static func dotProduct(
    _ x: Span<Self>, _ xLane: Lane, _ y: Span<Self>, _ yLane: Lane
  ) -> Self {
    if xLane.count == 0 { return 0 }
    require(xLane, in: x.count, yLane, in: y.count)
    var sum: Self = 0
    var (i, k) = (xLane.start, yLane.start)
    for _ in 0..<xLane.count {
      sum += unsafe x[unchecked: i] * y[unchecked: k]
      i &+= xLane.stride
      k &+= yLane.stride
    }
    return sum
  }

  @inlinable
  public static func addScaled(
    _ factor: Self, _ x: Span<Self>, _ xLane: Lane, to y: inout MutableSpan<Self>, _ yLane: Lane
  ) {
    if xLane.count == 0 { return }
    require(xLane, in: x.count, yLane, in: y.count)
    if xLane.stride == 1 && yLane.stride == 1 {
      for i in 0..<xLane.count {
        unsafe y[unchecked: yLane.start &+ i] += factor * x[unchecked: xLane.start &+ i]
      }
      return
    }
    var (i, k) = (xLane.start, yLane.start)
    for _ in 0..<xLane.count {
      unsafe y[unchecked: k] += factor * x[unchecked: i]
      i &+= xLane.stride
      k &+= yLane.stride
    }
  }

  @inlinable
  public static func divideDifferences(
    _ x: Span<Self>, _ y: Span<Self>, by divisor: Self, into z: inout MutableSpan<Self>,
    _ lane: Lane
  ) {
    precondition(
      lane.count <= x.count && lane.count <= y.count && lane.fits(in: z.count),
      "\(lane) does not fit in \(z.count) elements or has too many")
    var index = lane.start
    // Two quotients side by side take the time of one.
    let pairs = lane.count / 2
    for k in 0..<pairs {
      let i = 2 &* k
      let difference = unsafe SIMD2(
        x[unchecked: i] - y[unchecked: i], x[unchecked: i &+ 1] - y[unchecked: i &+ 1])
      let quotient = difference / SIMD2(repeating: divisor)
      unsafe z[unchecked: index] = quotient[0]
      unsafe z[unchecked: index &+ lane.stride] = quotient[1]
      index &+= 2 &* lane.stride
    }
    if lane.count % 2 == 1 {
      let i = lane.count &- 1
      unsafe z[unchecked: index] = (x[unchecked: i] - y[unchecked: i]) / divisor
    }
  }

  @inlinable
  public static func copy(
    _ x: Span<Self>, _ xLane: Lane, to y: inout MutableSpan<Self>, _ yLane: Lane
  ) {
    if xLane.count == 0 { return }
    require(xLane, in: x.count, yLane, in: y.count)
    var (i, k) = (xLane.start, yLane.start)
    for _ in 0..<xLane.count {
      unsafe y[unchecked: k] = x[unchecked: i]
      i &+= xLane.stride
      k &+= yLane.stride
    }
  }

  @inlinable
  public static func exchange(_ xLane: Lane, _ yLane: Lane, in buffer: inout MutableSpan<Self>) {
    if xLane.count == 0 { return }
    require(xLane, in: buffer.count, yLane, in: buffer.count)
    var (i, k) = (xLane.start, yLane.start)
    for _ in 0..<xLane.count {
      let a = unsafe buffer[unchecked: i]
      unsafe buffer[unchecked: i] = buffer[unchecked: k]
      unsafe buffer[unchecked: k] = a
      i &+= xLane.stride
      k &+= yLane.stride
    }
  }

  @inlinable
  public static func rotate(
    _ x: inout MutableSpan<Self>, _ xLane: Lane, _ y: inout MutableSpan<Self>, _ yLane: Lane,
    cosine: Self, sine: Self
  ) {
    if xLane.count == 0 { return }
    require(xLane, in: x.count, yLane, in: y.count)
    var (i, k) = (xLane.start, yLane.start)
    for _ in 0..<xLane.count {
      let a = unsafe x[unchecked: i]
      let b = unsafe y[unchecked: k]
      unsafe x[unchecked: i] = cosine * a + sine * b
      unsafe y[unchecked: k] = -(sine * a) + cosine * b
      i &+= xLane.stride
      k &+= yLane.stride
    }
  }

  @inlinable @inline(__always)
  static func require(_ xLane: Lane, in xCount: Int, _ yLane: Lane, in yCount: Int) {
    precondition(
      xLane.count == yLane.count && xLane.fits(in: xCount) && yLane.fits(in: yCount),
      "The lanes do not fit in their buffers or to each other")
  }
}
