import CMPFRWords
public import LSQScalars

// Elements are addressed by bytes, so that code that does not know the width at compile time moves no
// value: `T` is always `MPFloat` of more than 64 bits. A lane that leaves its buffer stops the program.
extension MPFR {
  /// sum = sum + Σ xᵢ·yᵢ, upward, two roundings per term.
  @usableFromInline @safe
  static func addProducts<T: BitwiseCopyable>(
    of x: Span<T>, _ xLane: Lane, _ y: Span<T>, _ yLane: Lane, to sum: inout T, _ bits: Int
  ) {
    checkCounts(xLane, yLane)
    let size = MemoryLayout<T>.stride
    unsafe withElements(x, xLane) { x in
      unsafe withElements(y, yLane) { y in
        unsafe lsq_add_products(
          &sum, 0, x, xLane.stride * size, y, yLane.stride * size, xLane.count, 1, bits)
      }
    }
  }

  /// sum = sum + Σ xᵢ², upward, two roundings per term, as long as small < |xᵢ| < large is plain or xᵢ is
  /// zero. Returns the number of elements done with.
  @usableFromInline @safe
  static func addSquares<T: BitwiseCopyable>(
    of x: Span<T>, _ lane: Lane, to sum: inout T, between small: T, _ large: T, _ bits: Int
  ) -> Int {
    var small = small
    var large = large
    return unsafe withElements(x, lane) { x in
      unsafe lsq_add_squares(
        &sum, x, lane.stride * MemoryLayout<T>.stride, lane.count, &small, &large, bits)
    } ?? 0
  }

  /// yᵢ = yᵢ + factor·xᵢ, two roundings per element.
  @usableFromInline @safe
  static func addScaled<T: BitwiseCopyable>(
    _ factor: T, _ x: Span<T>, _ xLane: Lane, to y: inout MutableSpan<T>,
    _ yLane: Lane, _ bits: Int
  ) {
    checkCounts(xLane, yLane)
    let size = MemoryLayout<T>.stride
    var factor = factor
    unsafe withElements(x, xLane) { x in
      unsafe withElements(&y, yLane) { y in
        unsafe lsq_add_products(
          y, yLane.stride * size, &factor, 0, x, xLane.stride * size, xLane.count, 1, bits)
      }
    }
  }

  /// yᵢ = yᵢ + factor·xᵢ for two lanes of one buffer that share no element, two roundings per element.
  @usableFromInline @safe
  static func addScaled<T: BitwiseCopyable>(
    _ factor: T, _ xLane: Lane, to yLane: Lane, in buffer: inout MutableSpan<T>, _ bits: Int
  ) {
    checkCounts(xLane, yLane)
    check(xLane, in: buffer.count)
    let size = MemoryLayout<T>.stride
    var factor = factor
    unsafe withElements(&buffer, yLane) { y in
      let x = unsafe y + (xLane.start - yLane.start) * size
      unsafe lsq_add_products(
        y, yLane.stride * size, &factor, 0, x, xLane.stride * size, xLane.count, 1, bits)
    }
  }

  /// zᵢ from xᵢ and yᵢ, for lanes of one buffer.
  @usableFromInline @safe
  static func apply<T: BitwiseCopyable>(
    _ step: LaneStep, in buffer: inout MutableSpan<T>, _ bits: Int
  ) {
    let (size, count) = (MemoryLayout<T>.stride, buffer.count)
    unsafe buffer.withUnsafeMutableBytes { bytes in
      unsafe apply(step, to: bytes.baseAddress, size, count, bits)
    }
  }

  /// The same for steps one after another.
  @usableFromInline @safe
  static func apply<T: BitwiseCopyable>(
    _ steps: Span<LaneStep>, in buffer: inout MutableSpan<T>, _ bits: Int
  ) {
    let (size, count) = (MemoryLayout<T>.stride, buffer.count)
    unsafe buffer.withUnsafeMutableBytes { bytes in
      for k in steps.indices {
        unsafe apply(steps[k], to: bytes.baseAddress, size, count, bits)
      }
    }
  }

  /// A step over elements of `size` bytes.
  private static func apply(
    _ step: LaneStep, to elements: UnsafeMutableRawPointer?, _ size: Int, _ elementCount: Int,
    _ bits: Int
  ) {
    let (lanes, count) = ((x: step.x, y: step.y, z: step.z), step.z.count)
    checkCounts(lanes.x, lanes.z)
    checkCounts(lanes.y, lanes.z)
    check(lanes.x, in: elementCount)
    check(lanes.y, in: elementCount)
    check(lanes.z, in: elementCount)
    guard count > 0, let elements = unsafe elements else { return }
    let x = unsafe elements + lanes.x.start * size
    let y = unsafe elements + lanes.y.start * size
    let z = unsafe elements + lanes.z.start * size
    let (xStep, yStep, zStep) =
      (lanes.x.stride * size, lanes.y.stride * size, lanes.z.stride * size)
    switch step.operation {
    case .copy: unsafe lsq_copy_lane(z, zStep, x, xStep, count, 1, bits)
    case .negate: unsafe lsq_copy_lane(z, zStep, x, xStep, count, -1, bits)
    case .add: unsafe lsq_add_lanes(z, zStep, x, xStep, y, yStep, count, 1, bits)
    case .subtract: unsafe lsq_add_lanes(z, zStep, x, xStep, y, yStep, count, -1, bits)
    case .multiply: unsafe lsq_multiply_lanes(z, zStep, x, xStep, y, yStep, count, bits)
    case .divide: unsafe lsq_divide_lanes(z, zStep, x, xStep, y, yStep, count, bits)
    case .addProduct: unsafe lsq_add_products(z, zStep, x, xStep, y, yStep, count, 1, bits)
    case .subtractProduct: unsafe lsq_add_products(z, zStep, x, xStep, y, yStep, count, -1, bits)
    case .exponential:
      unsafe lsq_copy_lane(z, zStep, x, xStep, count, 1, bits)
      for i in 0..<count { unsafe apply(.exp, z + i * zStep, bits) }
    }
  }

  /// yᵢ = xᵢ, for buffers of their own.
  @usableFromInline @safe
  static func copy<T: BitwiseCopyable>(
    _ x: Span<T>, _ xLane: Lane, to y: inout MutableSpan<T>, _ yLane: Lane, _ bits: Int
  ) {
    checkCounts(xLane, yLane)
    let size = MemoryLayout<T>.stride
    unsafe withElements(x, xLane) { x in
      unsafe withElements(&y, yLane) { y in
        unsafe lsq_copy_lane(y, yLane.stride * size, x, xLane.stride * size, xLane.count, 1, bits)
      }
    }
  }

  /// xᵢ = xᵢ·factor.
  @usableFromInline @safe
  static func multiply<T: BitwiseCopyable>(
    _ lane: Lane, of buffer: inout MutableSpan<T>, by factor: T, _ bits: Int
  ) {
    var factor = factor
    unsafe withElements(&buffer, lane) { x in
      unsafe lsq_multiply_lane(x, lane.stride * MemoryLayout<T>.stride, lane.count, &factor, bits)
    }
  }

  /// xᵢ = xᵢ/divisor.
  @usableFromInline @safe
  static func divide<T: BitwiseCopyable>(
    _ lane: Lane, of buffer: inout MutableSpan<T>, by divisor: T, _ bits: Int
  ) {
    var divisor = divisor
    unsafe withElements(&buffer, lane) { x in
      unsafe lsq_divide_lane(x, lane.stride * MemoryLayout<T>.stride, lane.count, &divisor, bits)
    }
  }

  /// xᵢ = a·xᵢ + b·yᵢ, three roundings per element.
  @usableFromInline @safe
  static func combine<T: BitwiseCopyable>(
    _ x: inout MutableSpan<T>, times a: T, adding y: Span<T>, times b: T, _ bits: Int
  ) {
    let lane = Lane(count: x.count)
    let size = MemoryLayout<T>.stride
    var a = a
    var b = b
    unsafe withElements(&x, lane) { x in
      unsafe withElements(y, lane) { y in
        unsafe lsq_combine(x, size, &a, y, size, &b, lane.count, bits)
      }
    }
  }

  /// (xᵢ, yᵢ) = (c·xᵢ + s·yᵢ, −(s·xᵢ) + c·yᵢ), three roundings for each.
  @usableFromInline @safe
  static func rotate<T: BitwiseCopyable>(
    _ x: inout MutableSpan<T>, _ xLane: Lane, _ y: inout MutableSpan<T>, _ yLane: Lane,
    cosine: T, sine: T, _ bits: Int
  ) {
    checkCounts(xLane, yLane)
    let size = MemoryLayout<T>.stride
    var cosine = cosine
    var sine = sine
    unsafe withElements(&x, xLane) { x in
      unsafe withElements(&y, yLane) { y in
        unsafe lsq_rotate(
          x, xLane.stride * size, y, yLane.stride * size, xLane.count, &cosine, &sine, bits)
      }
    }
  }

  /// Applies the reflector in a column of a row-major matrix to the columns on its right.
  @usableFromInline @safe
  static func applyReflector<T: BitwiseCopyable>(
    inColumn pivot: Int, of matrix: inout MutableSpan<T>, rowCount: Int, columnCount: Int,
    sums: inout MutableSpan<T>, _ bits: Int
  ) {
    precondition(
      0 <= pivot && pivot < min(rowCount, columnCount),
      "no pivot \(pivot) in \(rowCount)×\(columnCount)")
    unsafe withElements(&matrix, Lane(count: rowCount * columnCount)) { matrix in
      unsafe withElements(&sums, Lane(count: columnCount)) { sums in
        unsafe lsq_apply_reflector(matrix, rowCount, columnCount, pivot, sums, bits)
      }
    }
  }

  /// Hands the address of a lane's first element to `body`, unless there is none.
  @inline(__always) @discardableResult
  private static func withElements<T: BitwiseCopyable, Result>(
    _ x: Span<T>, _ lane: Lane, _ body: (UnsafeRawPointer) -> Result
  ) -> Result? {
    check(lane, in: x.count)
    return unsafe x.withUnsafeBytes { bytes in
      guard lane.count > 0, let start = bytes.baseAddress else { return nil }
      return unsafe body(start + lane.start * MemoryLayout<T>.stride)
    }
  }

  /// Hands the address of a lane's first element to `body`, which may change the elements.
  @inline(__always) @discardableResult
  private static func withElements<T: BitwiseCopyable, Result>(
    _ x: inout MutableSpan<T>, _ lane: Lane, _ body: (UnsafeMutableRawPointer) -> Result
  ) -> Result? {
    check(lane, in: x.count)
    return unsafe x.withUnsafeMutableBytes { bytes in
      guard lane.count > 0, let start = bytes.baseAddress else { return nil }
      return unsafe body(start + lane.start * MemoryLayout<T>.stride)
    }
  }

  /// Stops the program unless both lanes have the same count.
  private static func checkCounts(_ x: Lane, _ y: Lane) {
    precondition(x.count == y.count, "lanes of \(x.count) and \(y.count) elements")
  }

  /// Stops the program unless every element of a lane lies in a buffer of `count`.
  private static func check(_ lane: Lane, in count: Int) {
    guard lane.count > 0 else { return }
    let last = lane[lane.count - 1]
    precondition(
      (0..<count).contains(lane.start) && (0..<count).contains(last),
      "a lane from \(lane.start) to \(last) leaves its \(count) elements")
  }
}
