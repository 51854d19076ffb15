import CKernels
import LSQScalars

/// A block of rows whose sums are taken in `Double`, in the processor's widest registers.
///
/// It serves `Double`, and `Float`: the product of two `Float`s is exact in `Double`, so that the sums
/// over many rows of a `Float` problem lose nothing of what its residuals and derivatives had.
struct PackedBlock<Scalar: LSQScalar & SummedInDouble>: RowBlock {
  typealias Sum = Double

  let columnCount: Int
  /// The rows, a multiple of eight.
  private let capacity: Int
  /// From one column to the next: not a power of two, which would bring all columns to the same few
  /// lines of the cache.
  private let stride: Int
  /// By columns.
  private var elements: [Double]

  init(rowCapacity: Int, columnCount: Int) {
    self.columnCount = columnCount
    capacity = (rowCapacity + 7) / 8 * 8
    stride = capacity + 8
    elements = Array(repeating: 0, count: stride * columnCount)
  }

  mutating func load(gradients: [Scalar], residuals: [Scalar], squares: inout [Double]) {
    precondition(
      residuals.count <= capacity && gradients.count == residuals.count * (columnCount - 1)
        && squares.count == columnCount,
      "\(residuals.count) residuals and \(gradients.count) derivatives do not fit the block")
    Scalar.load(
      gradients, residuals, into: &elements, capacity: capacity, stride: stride, squares: &squares)
  }

  mutating func load(_ a: [Scalar], minus b: [Scalar], intoColumn c: Int) -> Double {
    precondition(
      a.count == b.count && a.count <= capacity && c < columnCount,
      "\(a.count) differences do not fit column \(c)")
    return Scalar.loadDifferences(
      a, b, into: &elements, start: c * stride, capacity: capacity)
  }

  mutating func load(_ triangle: Triangle<Double>, squares: inout [Double]) {
    for c in 0..<columnCount {
      for i in 0..<capacity {
        elements[c * stride + i] = i < triangle.rowCount ? triangle[i, c] : 0
      }
      squares[c] = triangle.sumOfSquares(ofColumn: c)
    }
  }

  subscript(i: Int, c: Int) -> Double { elements[c * stride + i] }

  func multiply(column: Int, into products: inout [Double]) {
    precondition(column < columnCount && products.count == columnCount, "no column \(column)")
    unsafe elements.withUnsafeBufferPointer { block in
      unsafe products.withUnsafeMutableBufferPointer { products in
        unsafe lsq_column_products(
          block.baseAddress!, capacity, stride, column, columnCount, products.baseAddress!)
      }
    }
  }

  mutating func eliminate(column: Int, factors: [Double], products: inout [Double]) {
    precondition(
      column < columnCount && factors.count == columnCount && products.count == columnCount,
      "no column \(column)")
    let (capacity, stride, columnCount) = (self.capacity, self.stride, self.columnCount)
    unsafe elements.withUnsafeMutableBufferPointer { block in
      unsafe factors.withUnsafeBufferPointer { factors in
        unsafe products.withUnsafeMutableBufferPointer { products in
          unsafe lsq_eliminate_column(
            block.baseAddress!, capacity, stride, column, columnCount, factors.baseAddress!,
            products.baseAddress!)
        }
      }
    }
  }

  mutating func scale(column c: Int, by factor: Double) {
    for i in 0..<capacity { elements[c * stride + i] *= factor }
  }

  func largest(inColumn c: Int) -> Double {
    precondition(c < columnCount, "no column \(c)")
    return unsafe elements.withUnsafeBufferPointer { block in
      unsafe lsq_largest_magnitude(block.baseAddress! + c * stride, capacity)
    }
  }

  static func sumOfSquares(_ residuals: [Scalar]) -> Double { Scalar.sumOfSquares(residuals) }
  static func widen(_ x: Scalar) -> Double { x.widened }
  static func narrow(_ x: Double) -> Scalar { Scalar(narrowing: x) }
}
