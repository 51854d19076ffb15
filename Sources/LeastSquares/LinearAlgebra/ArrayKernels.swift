import LSQScalars

/// The kernels over arrays: each opens the spans and calls the scalar type's own kernel.
extension LSQScalar {
  @inline(__always)
  static func dotProduct(_ x: [Self], _ xLane: Lane, _ y: [Self], _ yLane: Lane) -> Self {
    dotProduct(x.span, xLane, y.span, yLane)
  }

  @inline(__always)
  static func addScaled(
    _ factor: Self, _ x: [Self], _ xLane: Lane, to y: inout [Self], _ yLane: Lane
  ) {
    var target = y.mutableSpan
    addScaled(factor, x.span, xLane, to: &target, yLane)
  }

  @inline(__always)
  static func addScaled(_ factor: Self, _ xLane: Lane, to yLane: Lane, in buffer: inout [Self]) {
    var target = buffer.mutableSpan
    addScaled(factor, xLane, to: yLane, in: &target)
  }

  @inline(__always)
  static func copy(_ x: [Self], _ xLane: Lane, to y: inout [Self], _ yLane: Lane) {
    var target = y.mutableSpan
    copy(x.span, xLane, to: &target, yLane)
  }

  @inline(__always)
  static func divide(_ lane: Lane, of buffer: inout [Self], by divisor: Self) {
    var target = buffer.mutableSpan
    divide(lane, of: &target, by: divisor)
  }

  @inline(__always)
  static func rotate(
    _ x: inout [Self], _ xLane: Lane, _ y: inout [Self], _ yLane: Lane,
    by rotation: GivensRotation<Self>
  ) {
    var first = x.mutableSpan
    var second = y.mutableSpan
    rotate(&first, xLane, &second, yLane, cosine: rotation.cosine, sine: rotation.sine)
  }
}

/// Operations element by element, which check once whether an array is shared.
extension LSQScalar {
  @inline(__always)
  static func copy(_ source: [Self], into target: inout [Self]) {
    var result = target.mutableSpan
    for j in source.indices { result[j] = source[j] }
  }

  /// Copies the first elements.
  @inline(__always)
  static func copy(_ source: [Self], first count: Int, into target: inout [Self]) {
    var result = target.mutableSpan
    for j in 0..<count { result[j] = source[j] }
  }

  /// Copies the diagonal of a row-major matrix.
  @inline(__always)
  static func copy(_ diagonal: [Self], intoDiagonalOf matrix: inout [Self]) {
    var result = matrix.mutableSpan
    for j in diagonal.indices { result[j * (diagonal.count + 1)] = diagonal[j] }
  }

  @inline(__always)
  static func fill(_ target: inout [Self], with value: Self) {
    var result = target.mutableSpan
    for j in result.indices { result[j] = value }
  }

  /// Sets element j of the target to aⱼ·bⱼ.
  @inline(__always)
  static func multiply(_ a: [Self], _ b: [Self], into product: inout [Self]) {
    var result = product.mutableSpan
    for j in a.indices { result[j] = a[j] * b[j] }
  }

  /// Sets element j of the target to bⱼ − aⱼ.
  @inline(__always)
  static func subtract(_ a: [Self], from b: [Self], into difference: inout [Self]) {
    var result = difference.mutableSpan
    for j in b.indices { result[j] = b[j] - a[j] }
  }

  /// Sets element j of the target to that of the source over `divisor`.
  @inline(__always)
  static func divide(_ source: [Self], by divisor: Self, into quotient: inout [Self]) {
    var result = quotient.mutableSpan
    for j in source.indices { result[j] = source[j] / divisor }
  }

  /// Raises every element to at least that of the floor.
  @inline(__always)
  static func raise(_ target: inout [Self], to floor: [Self]) {
    var result = target.mutableSpan
    for j in floor.indices { result[j] = max(result[j], floor[j]) }
  }

  /// Pᵀ·v: element j of the target is that of the source at `permutation[j]`.
  @inline(__always)
  static func gather(_ source: [Self], _ permutation: [Int], into target: inout [Self]) {
    var result = target.mutableSpan
    for j in permutation.indices { result[j] = source[permutation[j]] }
  }
}

extension EuclideanNorm {
  @inline(__always)
  func callAsFunction(_ v: [Scalar]) -> Scalar { self(v.span) }

  @inline(__always)
  func callAsFunction(_ v: [Scalar], _ lane: Lane) -> Scalar { self(v.span, lane) }

  @inline(__always)
  func ofColumns(
    _ matrix: [Scalar], rowCount: Int, columnCount: Int, into norms: inout [Scalar]
  ) {
    var target = norms.mutableSpan
    ofColumns(matrix.span, rowCount: rowCount, columnCount: columnCount, into: &target)
  }
}

/// Has the caller's function fill residuals and Jacobian.
@inline(__always)
func fill<Scalar: LSQScalar>(
  _ residuals: inout [Scalar], _ jacobian: inout [Scalar], at parameters: [Scalar],
  by function: ResidualJacobianFunction<Scalar>
) throws {
  var values = residuals.mutableSpan
  var derivatives = jacobian.mutableSpan
  try function(parameters.span, &values, &derivatives)
}

/// Has one of the caller's functions fill an array.
@inline(__always)
func fill<Scalar: LSQScalar>(
  _ values: inout [Scalar], at parameters: [Scalar],
  by function: (Span<Scalar>, inout MutableSpan<Scalar>) throws -> Void
) throws {
  var target = values.mutableSpan
  try function(parameters.span, &target)
}
