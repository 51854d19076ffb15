// The default kernels. Their code is the law that overrides keep.

extension LSQScalar {
  @inlinable
  public static var normThresholds: (small: Self, large: Self) {
    guard let small = Self("3.834e-20"), let large = Self("1.304e19") else {
      preconditionFailure("\(Self.self) does not read decimal text such as 3.834e-20")
    }
    return (small, large)
  }

  @inlinable
  public static func euclideanNorm(
    _ v: Span<Self>, _ lane: Lane, small: Self, large: Self
  ) -> Self {
    componentwiseNorm(v, lane, small: small, large: large)
  }

  /// The default of `euclideanNorm`, for overrides to fall back on.
  @inlinable @inline(never)
  public static func componentwiseNorm(
    _ v: Span<Self>, _ lane: Lane, small: Self, large: Self
  ) -> Self {
    guard lane.count > 0 else { return 0 }
    let largest = large / Self(lane.count)
    // Scaled sums of squares: s₁ of the large components in units of x₁, s₂ of the middle ones,
    // s₃ of the small ones in units of x₃.
    var s1: Self = 0
    var s2: Self = 0
    var s3: Self = 0
    var x1: Self = 0
    var x3: Self = 0
    for i in 0..<lane.count {
      let a = v[lane[i]].magnitude
      if a > small && a < largest {
        s2 += a * a
      } else if a <= small {
        if a > x3 {
          let q = x3 / a
          s3 = 1 + s3 * (q * q)
          x3 = a
        } else if a != 0 {
          let q = a / x3
          s3 += q * q
        }
      } else if a > x1 {
        let q = x1 / a
        s1 = 1 + s1 * (q * q)
        x1 = a
      } else {
        let q = a / x1
        s1 += q * q
      }
    }
    if s1 != 0 { return x1 * (s1 + (s2 / x1) / x1).squareRoot() }
    if s2 != 0 {
      return s2 >= x3
        ? (s2 * (1 + (x3 / s2) * (x3 * s3))).squareRoot()
        : (x3 * ((s2 / x3) + (x3 * s3))).squareRoot()
    }
    return x3 * s3.squareRoot()
  }

  /// All numbers are checked, by index, since iterating over wide numbers would copy them.
  @inlinable
  public static func areFinite(_ x: Span<Self>) -> Bool {
    var areFinite = true
    for i in x.indices { areFinite = x[i].isFinite && areFinite }
    return areFinite
  }

  @inlinable
  public static func columnNorms(
    ofRowMajor matrix: Span<Self>, rowCount: Int, columnCount: Int, small: Self, large: Self,
    into norms: inout MutableSpan<Self>
  ) {
    for j in 0..<columnCount {
      norms[j] = euclideanNorm(
        matrix, Lane(start: j, count: rowCount, stride: columnCount), small: small, large: large)
    }
  }

  @inlinable
  public static func dotProduct(
    _ x: Span<Self>, _ xLane: Lane, _ y: Span<Self>, _ yLane: Lane
  ) -> Self {
    var sum: Self = 0
    for i in 0..<xLane.count { sum += x[xLane[i]] * y[yLane[i]] }
    return sum
  }

  @inlinable
  public static func addScaled(
    _ factor: Self, _ x: Span<Self>, _ xLane: Lane, to y: inout MutableSpan<Self>, _ yLane: Lane
  ) {
    for i in 0..<xLane.count { y[yLane[i]] += factor * x[xLane[i]] }
  }

  @inlinable
  public static func addScaled(
    _ factor: Self, _ xLane: Lane, to yLane: Lane, in buffer: inout MutableSpan<Self>
  ) {
    for i in 0..<xLane.count { buffer[yLane[i]] += factor * buffer[xLane[i]] }
  }

  @inlinable
  public static func apply(
    _ operation: LaneOperation, _ x: Lane, _ y: Lane, into z: Lane,
    in buffer: inout MutableSpan<Self>
  ) {
    applyByElement(operation, x, y, into: z, in: &buffer)
  }

  /// The default of `apply`, for overrides to fall back on.
  @inlinable
  public static func applyByElement(
    _ operation: LaneOperation, _ x: Lane, _ y: Lane, into z: Lane,
    in buffer: inout MutableSpan<Self>
  ) {
    // Running indices, since products of index and stride cost more than the arithmetic.
    @inline(__always)
    func forEach(_ body: (_ x: Int, _ y: Int, _ z: Int) -> Void) {
      var (i, j, k) = (x.start, y.start, z.start)
      for _ in 0..<z.count {
        body(i, j, k)
        i &+= x.stride
        j &+= y.stride
        k &+= z.stride
      }
    }
    switch operation {
    case .copy: forEach { i, _, k in buffer[k] = buffer[i] }
    case .negate: forEach { i, _, k in buffer[k] = -buffer[i] }
    case .add: forEach { i, j, k in buffer[k] = buffer[i] + buffer[j] }
    case .subtract: forEach { i, j, k in buffer[k] = buffer[i] - buffer[j] }
    case .multiply: forEach { i, j, k in buffer[k] = buffer[i] * buffer[j] }
    case .divide: forEach { i, j, k in buffer[k] = buffer[i] / buffer[j] }
    case .addProduct: forEach { i, j, k in buffer[k] += buffer[i] * buffer[j] }
    case .subtractProduct: forEach { i, j, k in buffer[k] -= buffer[i] * buffer[j] }
    case .exponential: forEach { i, _, k in buffer[k] = .exp(buffer[i]) }
    }
  }

  @inlinable
  public static func apply(_ steps: Span<LaneStep>, in buffer: inout MutableSpan<Self>) {
    for k in steps.indices {
      let step = steps[k]
      apply(step.operation, step.x, step.y, into: step.z, in: &buffer)
    }
  }

  @inlinable
  public static func copy(
    _ x: Span<Self>, _ xLane: Lane, to y: inout MutableSpan<Self>, _ yLane: Lane
  ) {
    for i in 0..<xLane.count { y[yLane[i]] = x[xLane[i]] }
  }

  @inlinable
  public static func exchange(_ xLane: Lane, _ yLane: Lane, in buffer: inout MutableSpan<Self>) {
    for i in 0..<xLane.count { buffer.swapAt(xLane[i], yLane[i]) }
  }

  @inlinable
  public static func divide(_ lane: Lane, of buffer: inout MutableSpan<Self>, by divisor: Self) {
    for i in 0..<lane.count { buffer[lane[i]] /= divisor }
  }

  @inlinable
  public static func divideDifferences(
    _ x: Span<Self>, _ y: Span<Self>, by divisor: Self, into z: inout MutableSpan<Self>,
    _ lane: Lane
  ) {
    for i in 0..<lane.count { z[lane[i]] = (x[i] - y[i]) / divisor }
  }

  @inlinable
  public static func applyReflector(
    inColumn pivot: Int, ofRowMajor matrix: inout MutableSpan<Self>, rowCount: Int,
    columnCount: Int, sums: inout MutableSpan<Self>
  ) {
    let trailing = (pivot + 1)..<columnCount
    guard !trailing.isEmpty else { return }
    for k in trailing { sums[k] = 0 }
    for i in pivot..<rowCount {
      let row = i * columnCount
      let v = matrix[row + pivot]
      for k in trailing { sums[k] += v * matrix[row + k] }
    }
    let leading = matrix[pivot * columnCount + pivot]
    for k in trailing { sums[k] /= leading }
    for i in pivot..<rowCount {
      let row = i * columnCount
      let v = matrix[row + pivot]
      for k in trailing { matrix[row + k] -= sums[k] * v }
    }
  }

  @inlinable
  public static func reflect(
    column pivot: Int, norm: Self, ofRowMajor matrix: inout MutableSpan<Self>, rowCount: Int,
    columnCount: Int, vector: inout MutableSpan<Self>, sums: inout MutableSpan<Self>
  ) {
    let leading = pivot * columnCount + pivot
    let column = Lane(start: leading, count: rowCount - pivot, stride: columnCount)
    let rest = Lane(start: pivot, count: rowCount - pivot)
    divide(column, of: &matrix, by: norm)
    matrix[leading] += 1
    applyReflector(
      inColumn: pivot, ofRowMajor: &matrix, rowCount: rowCount, columnCount: columnCount,
      sums: &sums)
    let sum = dotProduct(matrix.span, column, vector.span, rest)
    addScaled(-sum / matrix[leading], matrix.span, column, to: &vector, rest)
  }

  @inlinable
  public static func rotate(
    _ x: inout MutableSpan<Self>, _ xLane: Lane, _ y: inout MutableSpan<Self>, _ yLane: Lane,
    cosine: Self, sine: Self
  ) {
    for i in 0..<xLane.count {
      let a = x[xLane[i]]
      let b = y[yLane[i]]
      x[xLane[i]] = cosine * a + sine * b
      y[yLane[i]] = -(sine * a) + cosine * b
    }
  }
}
