/// Evenly spaced elements of a flat buffer: a row, a column or a part of one.
///
/// Matrices are row-major, so row i of an m×n matrix is `Lane(start: i*n, count: n)` and column j is
/// `Lane(start: j, count: m, stride: n)`.
public struct Lane: Sendable, Hashable {
  /// The index of the first element.
  public var start: Int
  /// The number of elements.
  public var count: Int
  /// The distance between neighbours, not negative.
  public var stride: Int

  /// The elements `start`, `start + stride`, …, `count` of them.
  @inlinable
  public init(start: Int, count: Int, stride: Int = 1) {
    self.start = start
    self.count = count
    self.stride = stride
  }

  /// All elements of a buffer of `count`.
  @inlinable
  public init(count: Int) {
    self.init(start: 0, count: count, stride: 1)
  }

  /// Whether all elements are among the first `size` of a buffer.
  @inlinable
  func fits(in size: Int) -> Bool {
    start | count | stride >= 0 && (count == 0 || self[count &- 1] < size)
  }

  /// The buffer's index of element `i`.
  @inlinable
  public subscript(i: Int) -> Int { start + i * stride }
}

/// An operation on the elements of lanes.
public enum LaneOperation: Sendable, Hashable {
  /// zᵢ = xᵢ; y is ignored.
  case copy
  /// zᵢ = −xᵢ; y is ignored.
  case negate
  /// zᵢ = xᵢ + yᵢ.
  case add
  /// zᵢ = xᵢ − yᵢ.
  case subtract
  /// zᵢ = xᵢ·yᵢ.
  case multiply
  /// zᵢ = xᵢ/yᵢ.
  case divide
  /// zᵢ = zᵢ + xᵢ·yᵢ.
  case addProduct
  /// zᵢ = zᵢ − xᵢ·yᵢ.
  case subtractProduct
  /// zᵢ = exp(xᵢ); y is ignored.
  case exponential
}

/// One operation on the elements of three lanes of a buffer: z from x and y.
public struct LaneStep: Sendable, Hashable {
  /// The operation.
  public var operation: LaneOperation
  /// The first operand.
  public var x: Lane
  /// The second operand.
  public var y: Lane
  /// Where the result goes.
  public var z: Lane

  /// A step from x and y to z.
  @inlinable
  public init(_ operation: LaneOperation, _ x: Lane, _ y: Lane, into z: Lane) {
    self.operation = operation
    self.x = x
    self.y = y
    self.z = z
  }
}
